package search

import (
	"strings"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/vietnamese"
)

// Bounds of a query. A headline pasted into the box and a whole question fit.
const (
	MaxQueryRunes = 200
	MaxQueryWords = 60
	// MaxHits is how deep one may page: From+Size beyond it answers no hits.
	MaxHits = 10000
	// maxSize bounds one page; defaultSize is the page when Size is not given.
	maxSize     = 1000
	defaultSize = 20
)

// Query is what a reader asks for. Text may hold "quoted phrases"; no other
// sign has a meaning. Empty Lang, Outlet, Section mean all.
type Query struct {
	Text, Lang, Outlet, Section string
	// Tagged are lists of tags: a document must have one of each list.
	Tagged [][]string
	// Count are beginnings of tags, such as "state:", of which each document of
	// the index has exactly one: of each tag that begins so, it is counted how
	// many of the found documents have it.
	Count      []string
	From, Size int
}

// Hit is a document found.
type Hit struct {
	ID, Lang string
	// Score orders the hits of one query; it means nothing across queries.
	Score float64
}

// Result is one page of hits.
type Result struct {
	// Total is how many documents were found, on all pages.
	Total uint64
	Hits  []Hit
	// Counts says how many of them, on all pages, have each tag of Query.Count
	// that any has.
	Counts map[string]int
	// Terms are the words and phrases to highlight, as the reader wrote them;
	// Comparer tells what they are equal to in a text.
	Terms []string
}

// part is a piece of the query's text: a quoted phrase, or what stands between.
type part struct {
	text   string
	quoted bool
}

// parse checks the text and cuts it at the quotation marks.
func parse(text string) ([]part, error) {
	if utf8.RuneCountInString(text) > MaxQueryRunes {
		return nil, fault.New(fault.Malformed, "search.error.too_long", "max", MaxQueryRunes)
	}
	text = strings.ToValidUTF8(strings.ReplaceAll(text, "\x00", " "), " ")
	text = strings.TrimSpace(vietnamese.NFC(text))
	if len(vietnamese.Syllables(text)) > MaxQueryWords {
		return nil, fault.New(fault.Malformed, "search.error.too_many_words", "max", MaxQueryWords)
	}
	return cutQuotes(text), nil
}

// cutQuotes makes a phrase of what stands between two quotation marks. A mark
// without its second is taken for a space.
func cutQuotes(text string) []part {
	var parts []part
	pieces := splitQuotes(text)
	for i, piece := range pieces {
		quoted := i%2 == 1 && i < len(pieces)-1
		if len(vietnamese.Syllables(piece)) > 0 {
			parts = append(parts, part{text: piece, quoted: quoted})
		}
	}
	return parts
}

// splitQuotes cuts at every quotation mark, so that every second piece stands
// between two marks.
func splitQuotes(text string) []string {
	var pieces []string
	start := 0
	for i, r := range text {
		if isQuote(r) {
			pieces = append(pieces, text[start:i])
			start = i + utf8.RuneLen(r)
		}
	}
	return append(pieces, text[start:])
}

func isQuote(r rune) bool {
	return strings.ContainsRune("\"“”„«»「」＂", r)
}

// highlights are the words of the query that are looked for, in order, each
// once, phrases whole.
func (a *analyzer) highlights(lang string, parts []part) []string {
	var out []string
	seen := map[string]bool{}
	add := func(s string) {
		if key := vietnamese.FoldSearch(s); !seen[key] {
			seen[key] = true
			out = append(out, s)
		}
	}
	for _, p := range parts {
		if p.quoted {
			add(strings.TrimSpace(p.text))
			continue
		}
		for _, word := range a.telling(lang, p.text) {
			add(word)
		}
	}
	return out
}

// telling are the words of a text that say something; all, when none does.
func (a *analyzer) telling(lang, text string) []string {
	var all, some []string
	for _, token := range vietnamese.Syllables(text) {
		if lang == "en" && isPossessive(text, token) {
			continue
		}
		all = append(all, token.Text)
		if lang != "en" || !a.englishStops[vietnamese.FoldSearch(token.Text)] {
			some = append(some, token.Text)
		}
	}
	if len(some) == 0 {
		return all
	}
	return some
}

// Comparer answers how a language's words are compared: the form in which they
// are equal, and how a syllable with marks is spelt, "" for one without. Where
// a query has marks, words that have others are found but not meant. What it
// answers remembers the words it met, and is for one goroutine.
func Comparer(lang string) func(syllable string) (form, spelling string) {
	type answer struct{ form, spelling string }
	met := map[string]answer{}
	return func(syllable string) (form, spelling string) {
		a, ok := met[syllable]
		if !ok {
			a.form, a.spelling = compared(lang, syllable)
			met[syllable] = a
		}
		return a.form, a.spelling
	}
}

func compared(lang, syllable string) (form, spelling string) {
	form = vietnamese.FoldSearch(syllable)
	if lang == "en" {
		form = stem(form)
	}
	if lower := strings.ToLower(vietnamese.NFC(syllable)); hasMarks(lower) {
		spelling = strings.ReplaceAll(oneSpelling(lower), "y", "i") // of equal forms: "kỹ" is "kĩ"
	}
	return form, spelling
}
