package newsroom

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"unicode"

	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Headlines are filed by each two neighbouring words, and by the last one
// alone. Vietnamese words are several syllables, and an archive says each
// syllable everywhere: two that stand together tell far more. A text is looked
// for among the editions that are filed under all its pairs, so it has to begin
// where a word does. Scripts that set no spaces (Khmer, Chinese, Japanese) are
// not filed: what is asked for in those is looked for everywhere.

// latinWords are the words and numbers of a folded text that stand in Latin
// letters.
func latinWords(folded string) []string {
	return strings.FieldsFunc(folded, func(r rune) bool { return !unicode.Is(unicode.Latin, r) && !unicode.IsDigit(r) })
}

// headlinePairs are what a headline is filed under.
func headlinePairs(headline string) []string {
	words := latinWords(vietnamese.FoldSearch(headline))
	pairs := make([]string, len(words))
	for i := range words {
		pairs[i] = strings.Join(words[i:min(i+2, len(words))], " ")
	}
	slices.Sort(pairs)
	return slices.Compact(pairs)
}

// pairSpan is a stretch of the pairs, in their order: one pair alone, or all
// that begin alike.
type pairSpan struct{ from, to []byte }

// headlineSpans are where the pairs lie under which a headline is filed that has
// the text in it. The text's last word may be only the beginning of one, which
// is folded less (see withHeadline): what both ways of folding begin with counts.
func headlineSpans(text string) []pairSpan {
	words, parts := latinWords(vietnamese.FoldSearch(text)), latinWords(vietnamese.Fold(text))
	if len(words) == 0 {
		return nil
	}
	last := len(words) - 1
	words[last] = alikeFrom(words[last], parts[last])
	var spans []pairSpan
	for i := range max(1, last) {
		pair := strings.Join(words[i:min(i+2, len(words))], " ")
		end := pair + "\x00" // nothing lies between
		if i+1 >= last {
			end = pair + "\xff" // behind all that begin so: no text holds this byte
		}
		spans = append(spans, pairSpan{[]byte(pair), []byte(end)})
	}
	return spans
}

// alikeFrom is what two texts begin with.
func alikeFrom(a, b string) string {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	return strings.ToValidUTF8(a[:n], "")
}

// fileHeadline files an edition under its headline, and no longer under the one
// that it had.
func fileHeadline(tx *store.Tx, ref Ref, before, now string) error {
	had, has := headlinePairs(before), headlinePairs(now)
	if err := deletePairs(tx, ref, without(had, has)); err != nil {
		return err
	}
	return insertHeadlines(tx, headlineRows(ref, without(has, had)))
}

// without are the texts of a list that another does not hold.
func without(list, other []string) []string {
	return slices.DeleteFunc(slices.Clone(list), func(text string) bool { return slices.Contains(other, text) })
}

// filedAtOnce is how many headlines one transaction files.
const filedAtOnce = 5000

// FileHeadlines files the headlines that an older program left unfiled. It is
// called before lists are asked for; several processes may do so at once. An
// archive of 100,000 items takes a minute, once.
func (n *Newsroom) FileHeadlines(ctx context.Context) error {
	for {
		filed := 0
		err := n.db.Write(ctx, func(tx *store.Tx) error {
			rows, err := lockUnfiled(tx, filedAtOnce)
			if err != nil {
				return err
			}
			filed = len(rows)
			var all []headlineRow
			for _, row := range rows {
				all = append(all, headlineRows(row.ref(), headlinePairs(row.Headline))...)
			}
			slices.SortFunc(all, func(a, b headlineRow) int { return bytes.Compare(a.Pair, b.Pair) }) // each page of the table is written once
			if err := insertHeadlines(tx, all); err != nil {
				return err
			}
			return markFiled(tx, rows)
		})
		if err != nil || filed == 0 {
			return err
		}
	}
}
