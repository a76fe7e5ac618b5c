package parallel

import (
	"strings"
	"sync"

	"doingoai/app/figure"
	"doingoai/app/markup"
)

// Severity is how much a change of a source matters to its translations.
type Severity string

// The severities.
const (
	Minor    Severity = "minor"    // words
	Critical Severity = "critical" // facts: readers of the translation are told something else
)

// Matter is what a changed fact is about.
type Matter string

// The matters.
const (
	Figure   Matter = "figure"   // a number, a sum, a percentage, a quantity
	Date     Matter = "date"     // a day, a year, an hour
	Document Matter = "document" // the number of a document
	Name     Matter = "name"     // of a person, a place, an organisation; also letters that stand for one
	Negation Matter = "negation" // not, never, except, forbidden
)

// Reason is a fact that changed: what was said and what is said now. One of the
// two is empty when it was only added, or only left out.
type Reason struct {
	Matter   Matter
	Old, New string
}

// Weigh says how much it matters to translations that one text became another,
// both in Markdown and in that language, and why. Facts that only stand
// elsewhere in the text have not changed.
//
// Figures are found in the languages that package figure knows, negations in
// vi, en, zh, ja, ko and km. Names are told by their capital letters, so in
// other scripts they are not; at the beginning of a sentence a single word is
// none, nor are the words of a headline that capitalises most of them. That a
// fact is said of something else now, with the same words, is not seen.
func Weigh(lang, old, new string) (Severity, []Reason) {
	was, is := read(lang, old), read(lang, new)
	reasons := figureReasons(lang, was.text, is.text)
	reasons = append(reasons, differences(Name, was.namesNotIn(is), is.namesNotIn(was))...)
	reasons = append(reasons, negationReasons(was, is)...)
	if len(reasons) > 0 {
		return Critical, reasons
	}
	return Minor, nil
}

// reading is what readers read of a text.
type reading struct {
	lang, text string
	words      []word
	// The words with two spaces between, so that each stands alone, and a stroke
	// where more than space parts them.
	spaced, lower string
}

func read(lang, markdown string) reading {
	r := reading{lang: lang, text: markdown}
	if article, err := renderer().Article(markdown); err == nil { // else it is too long for one
		r.text = article.Text
	}
	r.words = wordsOf(r.text)
	r.spaced = spaced(r.words)
	r.lower = strings.ToLower(r.spaced)
	return r
}

var renderer = sync.OnceValue(markup.New)

// figureReasons tells which figures changed. One in words counts when another
// stands for it: "hai bên", both sides, comes and goes with the sentence.
func figureReasons(lang, old, new string) []Reason {
	var list []Reason
	for _, m := range figure.Changed(lang, old, new) {
		r := Reason{}
		if m.To != nil {
			r.Matter, r.New = matterOf(m.To.Kind), m.To.Text
		}
		if m.From != nil {
			r.Matter, r.Old = matterOf(m.From.Kind), m.From.Text
		}
		if m.From == nil && m.To.Spelled || m.To == nil && m.From.Spelled {
			continue
		}
		list = append(list, r)
	}
	return list
}

func matterOf(kind figure.Kind) Matter {
	switch kind {
	case figure.Date, figure.Year, figure.Time:
		return Date
	case figure.Document:
		return Document
	}
	return Figure
}

// differences are what was said and what is said instead, as far as there are
// as many.
func differences(matter Matter, lost, found []string) []Reason {
	var list []Reason
	for k := range max(len(lost), len(found)) {
		r := Reason{Matter: matter}
		if k < len(lost) {
			r.Old = lost[k]
		}
		if k < len(found) {
			r.New = found[k]
		}
		list = append(list, r)
	}
	return list
}
