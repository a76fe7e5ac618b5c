package vietnamese

import (
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold brings text to the form in which words are compared: lower case,
// Latin letters without their marks (ế → e, ơ → o, ư → u), đ → d, NFC. So
// "hoà", "hòa" and "HOA" are equal. Letters of other scripts keep their marks:
// a Khmer vowel or a Japanese voicing sign is part of the word. Folding folded
// text changes nothing.
//
// ð and its capital Ð count as đ: they look the same on screen and often
// stand for it in text that passed through old encodings.
func Fold(s string) string {
	if isASCII(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	table := latinFolds()
	for _, r := range s {
		folded, ok := table.fold(r)
		if !ok {
			return foldByDecomposing(s)
		}
		b.WriteRune(folded)
	}
	return b.String()
}

// foldByDecomposing is Fold for any text at all.
func foldByDecomposing(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	latin := false // whether the marks that follow belong to a Latin letter
	for _, r := range norm.NFD.String(s) {
		if isCombining(r) {
			if !latin {
				b.WriteRune(r)
			}
			continue
		}
		r = foldLetter(r)
		latin = unicode.Is(unicode.Latin, r)
		b.WriteRune(r)
	}
	return norm.NFC.String(b.String())
}

// isCombining tells the marks that Latin letters are decomposed into; those
// of other scripts have blocks of their own.
func isCombining(r rune) bool { return r >= 0x0300 && r <= 0x036F }

func foldLetter(r rune) rune {
	r = unicode.ToLower(r)
	switch r {
	case 'đ', 'ð', 'ɖ':
		return 'd'
	}
	return r
}

// The composed Latin letters stand in two ranges of Unicode. Folding them by
// table is several times faster than decomposing, and is what nearly all of
// our text needs.
const (
	latinFirst, latinLast           = 0x00A0, 0x024F
	vietnameseFirst, vietnameseLast = 0x1E00, 0x1EFF
)

type foldTable struct {
	latin      [latinLast - latinFirst + 1]rune
	vietnamese [vietnameseLast - vietnameseFirst + 1]rune
}

// latinFolds computes the table from the long way, so that both agree.
var latinFolds = sync.OnceValue(func() *foldTable {
	t := &foldTable{}
	for i := range t.latin {
		t.latin[i] = foldedRune(rune(latinFirst + i))
	}
	for i := range t.vietnamese {
		t.vietnamese[i] = foldedRune(rune(vietnameseFirst + i))
	}
	return t
})

// foldedRune is the fold of one letter, 0 when that is not one letter.
func foldedRune(r rune) rune {
	folded := []rune(foldByDecomposing(string(r)))
	if len(folded) != 1 {
		return 0
	}
	return folded[0]
}

// fold answers false for what the table does not know: other scripts, and
// marks that stand apart from their letter.
func (t *foldTable) fold(r rune) (rune, bool) {
	switch {
	case r < 0x80:
		if r >= 'A' && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r, true
	case r >= latinFirst && r <= latinLast:
		folded := t.latin[r-latinFirst]
		return folded, folded != 0
	case r >= vietnameseFirst && r <= vietnameseLast:
		folded := t.vietnamese[r-vietnameseFirst]
		return folded, folded != 0
	case r >= 0x2010 && r <= 0x2026: // dashes, quotation marks, ellipsis
		return r, true
	}
	return 0, false
}

// FoldSearch folds further than Fold, for finding: it writes i for y in the
// syllables that are spelt both ways in practice, so that "kỹ" finds "kĩ",
// "Mỹ" finds "Mĩ", "quý" finds "quí". Those are whole syllables made of h, k,
// l, m, s, t, v or qu and a single y.
//
// Where the letter carries the sound the two stay apart: "tay" is not "tai",
// "thúy" is not "thúi". So do "ý" alone, names such as Thy and Thi, and any
// longer foreign word ("city").
func FoldSearch(s string) string {
	folded := Fold(s)
	if strings.IndexByte(folded, 'y') < 0 {
		return folded
	}
	out := []byte(folded)
	for _, t := range Syllables(folded) {
		if variesInY(t.Text) {
			out[t.End-1] = 'i'
		}
	}
	return string(out)
}

func variesInY(syllable string) bool {
	switch syllable {
	case "hy", "ky", "ly", "my", "sy", "ty", "vy", "quy":
		return true
	}
	return false
}
