package parallel

import (
	"cmp"
	"slices"
	"unicode"

	"doingoai/app/vietnamese"
)

// few is up to how many syllables a text is so short that its syllables count
// by themselves too: a subheading of two has but one pair.
const few = 4

// grams are the pairs of neighbouring syllables of a text, marks and case
// aside, as numbers in ascending order.
func grams(text string) []uint32 {
	list := syllables(vietnamese.Fold(text))
	short := len(list) <= few
	pairs := make([]uint32, 0, len(list)+few)
	for i := range list {
		if short {
			pairs = append(pairs, list[i])
		}
		if i > 0 {
			pairs = append(pairs, list[i-1]*0x9E3779B1^list[i])
		}
	}
	slices.Sort(pairs)
	return pairs
}

// syllables are those of a folded text, as numbers. Where words are not spaced,
// each character is one.
func syllables(folded string) []uint32 {
	const offset, prime = 2166136261, 16777619 // FNV-1a
	tokens := vietnamese.Syllables(folded)
	list := make([]uint32, 0, len(tokens))
	for _, t := range tokens {
		sum := uint32(offset)
		for _, r := range t.Text {
			if r >= 0x0E00 && isUnspaced(r) {
				if sum != offset {
					list = append(list, sum)
				}
				list = append(list, (offset^uint32(r))*prime)
				sum = offset
				continue
			}
			sum = (sum ^ uint32(r)) * prime
		}
		if sum != offset {
			list = append(list, sum)
		}
	}
	return list
}

// isUnspaced tells the scripts that put no space between words.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Khmer, unicode.Lao, unicode.Thai)
}

// Shared counts what two ascending lists have in common, each part as often as
// both have it.
func Shared[T cmp.Ordered](x, y []T) int {
	same := 0
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			same, i, j = same+1, i+1, j+1
		case x[i] < y[j]:
			i++
		default:
			j++
		}
	}
	return same
}

// likeness is from 0, nothing in common, to 1, the same pairs.
func likeness(x, y []uint32) float64 {
	if len(x) == 0 || len(y) == 0 {
		return 0
	}
	return float64(2*Shared(x, y)) / float64(len(x)+len(y))
}
