package figure

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lexicon is a list of words and of what they mean, asked at a place of a text.
type lexicon map[rune][]entry

type entry struct{ word, code string }

// newLexicon reads lines like "m2: m²|mét vuông".
func newLexicon(tables ...string) lexicon {
	l := lexicon{}
	for _, table := range tables {
		for line := range strings.Lines(table) {
			code, words, ok := strings.Cut(strings.TrimSpace(line), ": ")
			if !ok {
				continue
			}
			for word := range strings.SplitSeq(words, "|") {
				first, _ := utf8.DecodeRuneInString(word)
				l[first] = append(l[first], entry{word, code})
			}
		}
	}
	for _, entries := range l {
		slices.SortStableFunc(entries, func(a, b entry) int { return cmp.Compare(len(b.word), len(a.word)) })
	}
	return l
}

// at answers the longest word of the list that stands at a place of the text.
func (l lexicon) at(low string, i int) (code string, end int, ok bool) {
	if i >= len(low) {
		return "", i, false
	}
	first, _ := utf8.DecodeRuneInString(low[i:])
	for _, e := range l[first] {
		if strings.HasPrefix(low[i:], e.word) && endsWord(low, i+len(e.word)) {
			return e.code, i + len(e.word), true
		}
	}
	return "", i, false
}

// before answers the word of the list that ends at a place of the text.
func (l lexicon) before(low string, end int) (code string, start int, ok bool) {
	low = low[:end]
	for at := max(0, end-longestWord); at < end; at++ {
		if !utf8.RuneStart(low[at]) || !startsWord(low, at) {
			continue
		}
		if code, e, ok := l.at(low, at); ok && e == end {
			return code, at, true
		}
	}
	return "", end, false
}

const longestWord = 32 // bytes; no word that is looked for backwards is longer

// endsWord tells whether a word of letters with spaces between words may end here.
func endsWord(low string, i int) bool {
	last, _ := utf8.DecodeLastRuneInString(low[:i])
	next, _ := utf8.DecodeRuneInString(low[i:])
	return !isLatin(last) || !isLatin(next) && !isDigit(next)
}

func startsWord(low string, i int) bool {
	first, _ := utf8.DecodeRuneInString(low[i:])
	last, _ := utf8.DecodeLastRuneInString(low[:i])
	return !isLatin(first) || !isLatin(last)
}

func isLatin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 0x7F && unicode.Is(unicode.Latin, r) && !(r >= 0xFF21 && r <= 0xFF5A)
}

func isDigit(r rune) bool { _, ok := digit(r); return ok }

// digit reads the digits of our languages: 0, ０, ០.
func digit(r rune) (int64, bool) {
	for _, zero := range [...]rune{'0', '០', '０'} {
		if r >= zero && r <= zero+9 {
			return int64(r - zero), true
		}
	}
	return 0, false
}

// lower is the text in small letters, every byte in its place.
func lower(text string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); r != utf8.RuneError && utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, keepBytes(text))
}

// keepBytes puts a byte that is no text to where it does no harm.
func keepBytes(text string) string {
	if utf8.ValidString(text) {
		return text
	}
	b := []byte(text)
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && size == 1 {
			b[i] = ' '
		}
		i += size
	}
	return string(b)
}
