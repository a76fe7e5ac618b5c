package markup

import (
	"html/template"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"doingoai/app/vietnamese"
)

// Highlight shows where a text answers a search: the passage of about `around`
// runes that holds most of the terms, with the hits in <mark> and "…" where it
// was cut. Everything is escaped. Without a hit it is the beginning of the
// text; with around 0 or less it is all of it.
//
// Words are compared by syllable, as the search says they are. A syllable that
// the query writes with its marks is no other syllable of the text ("đối" is
// not "đổi"), but may stand there without any ("Binh Phuoc"). Vietnamese words
// are of several syllables, and a syllable alone means little: where the text
// has neighbours of the query next to each other, only those are marked ("đối
// ngoại" for "doi ngoai", not the "đời" of another word).
func Highlight(text string, terms Terms, around int) template.HTML {
	text = strings.ToValidUTF8(text, "\ufffd")
	hits := findHits(text, terms)
	start, end := 0, len(text)
	if around > 0 {
		start, end = passage(text, hits, around)
	}
	var b strings.Builder
	if start > 0 {
		b.WriteString("…")
	}
	at := start
	for _, h := range joinNeighbours(text, hits) {
		if h.start < start || h.end > end {
			continue
		}
		b.WriteString(template.HTMLEscapeString(text[at:h.start]))
		b.WriteString("<mark>" + template.HTMLEscapeString(text[h.start:h.end]) + "</mark>")
		at = h.end
	}
	b.WriteString(template.HTMLEscapeString(text[at:end]))
	if end < len(text) {
		b.WriteString("…")
	}
	return template.HTML(b.String())
}

// Terms are what a search looked for.
type Terms struct {
	// Words are as the reader wrote them; those of a phrase stand together.
	Words []string
	// Compare answers in what form the search compares a syllable, and its
	// spelling with marks, "" when it has none.
	Compare func(syllable string) (form, spelling string)
}

// hit is a syllable of the text that the query asks for.
type hit struct {
	start, end int    // bytes
	rune       int    // how many runes stand before it
	form       string // as compared
	paired     bool   // a neighbour in the query is its neighbour in the text
}

// query is what the terms ask for.
type query struct {
	wanted map[string]spellings
	pairs  map[[2]string]bool
}

// spellings are how a query writes a form; none means that any will do.
type spellings []string

func (s spellings) allow(spelling string) bool {
	return len(s) == 0 || spelling == "" || slices.Contains(s, spelling)
}

func readQuery(terms Terms) query {
	q := query{wanted: map[string]spellings{}, pairs: map[[2]string]bool{}}
	before := ""
	for _, word := range terms.Words {
		for _, u := range units(word) {
			form, spelling := terms.Compare(u.Text)
			q.want(form, spelling)
			if before != "" {
				q.pairs[[2]string{before, form}] = true
			}
			before = form
		}
	}
	return q
}

func (q *query) want(form, spelling string) {
	known, seen := q.wanted[form]
	switch {
	case spelling == "" || seen && len(known) == 0:
		q.wanted[form] = nil
	default:
		q.wanted[form] = append(known, spelling)
	}
}

// asks tells whether the query asks for a syllable of a text, and its form.
func (q *query) asks(terms Terms, syllable string) (form string, ok bool) {
	form, spelling := terms.Compare(syllable)
	allowed, wanted := q.wanted[form]
	return form, wanted && allowed.allow(spelling)
}

// units are the syllables of a text; runs of a script that does not space its
// words are taken apart into characters, each with its marks.
func units(s string) []vietnamese.Token {
	tokens := vietnamese.Syllables(s)
	out := make([]vietnamese.Token, 0, len(tokens))
	for _, t := range tokens {
		start, alone := 0, false // alone: a character that the next letter does not continue
		for i, r := range t.Text {
			unspaced := unicode.In(r, unspacedScripts...) && unicode.IsLetter(r)
			if i > start && (unspaced || alone && !unicode.IsMark(r)) {
				out = append(out, vietnamese.Token{Text: t.Text[start:i], Start: t.Start + start, End: t.Start + i})
				start, alone = i, false
			}
			alone = alone || unspaced
		}
		out = append(out, vietnamese.Token{Text: t.Text[start:], Start: t.Start + start, End: t.End})
	}
	return out
}

// unspacedScripts are those whose words the search cuts into characters.
var unspacedScripts = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Khmer, unicode.Lao, unicode.Thai}

func findHits(text string, terms Terms) []hit {
	q := readQuery(terms)
	if len(q.wanted) == 0 {
		return nil
	}
	var hits []hit
	runes, counted := 0, 0
	for _, u := range units(text) {
		form, ok := q.asks(terms, u.Text)
		if !ok {
			continue
		}
		runes += utf8.RuneCountInString(text[counted:u.Start])
		counted = u.Start
		h := hit{start: u.Start, end: u.End, rune: runes, form: form}
		if n := len(hits); n > 0 && q.pairs[[2]string{hits[n-1].form, form}] && touch(text, hits[n-1], h) {
			h.paired, hits[n-1].paired = true, true
		}
		hits = append(hits, h)
	}
	return dropStrays(hits)
}

// touch tells whether only space stands between two hits.
func touch(text string, a, b hit) bool {
	return strings.TrimFunc(text[a.end:b.start], unicode.IsSpace) == ""
}

// dropStrays drops the hits that stand alone of syllables that elsewhere
// stand beside their neighbour.
func dropStrays(hits []hit) []hit {
	pairedSomewhere := map[string]bool{}
	for _, h := range hits {
		if h.paired {
			pairedSomewhere[h.form] = true
		}
	}
	kept := hits[:0]
	for _, h := range hits {
		if h.paired || !pairedSomewhere[h.form] {
			kept = append(kept, h)
		}
	}
	return kept
}

// joinNeighbours makes one mark of hits that only space separates.
func joinNeighbours(text string, hits []hit) []hit {
	var joined []hit
	for _, h := range hits {
		if n := len(joined); n > 0 && touch(text, joined[n-1], h) {
			joined[n-1].end = h.end
		} else {
			joined = append(joined, h)
		}
	}
	return joined
}

// passage chooses the bytes to show: the window with the most different
// terms, then the most neighbours, then the most hits, then the first.
func passage(text string, hits []hit, around int) (start, end int) {
	if len(hits) == 0 {
		return 0, wordEnd(text, forward(text, 0, around))
	}
	first, last := bestWindow(hits, around)
	from, to := hits[first], hits[last]
	spare := max(0, around-(to.rune-from.rune)-utf8.RuneCountInString(text[to.start:to.end]))
	start = wordStart(text, backward(text, from.start, spare/2), from.start)
	shown := utf8.RuneCountInString(text[start:to.end])
	end = max(to.end, wordEnd(text, forward(text, to.end, around-shown)))
	return start, end
}

// bestWindow is the first and last hit of the best window. Many hits mean a
// common word: the first thousand decide.
func bestWindow(hits []hit, around int) (first, last int) {
	best := -1
	for i := range hits[:min(len(hits), 1000)] {
		seen := map[string]bool{}
		pairs, j := 0, i
		for ; j < len(hits) && hits[j].rune-hits[i].rune < around; j++ {
			seen[hits[j].form] = true
			if hits[j].paired {
				pairs++
			}
		}
		if score := len(seen)*10_000 + min(pairs, 99)*100 + min(j-i, 99); score > best {
			best, first, last = score, i, j-1
		}
	}
	return first, last
}

func forward(s string, from, runes int) int {
	for ; runes > 0 && from < len(s); runes-- {
		_, size := utf8.DecodeRuneInString(s[from:])
		from += size
	}
	return from
}

func backward(s string, from, runes int) int {
	for ; runes > 0 && from > 0; runes-- {
		_, size := utf8.DecodeLastRuneInString(s[:from])
		from -= size
	}
	return from
}

// wordStart moves a cut forward to the beginning of a word, at most to limit.
func wordStart(s string, at, limit int) int {
	if at == 0 {
		return 0
	}
	if i := strings.IndexFunc(s[at:limit], unicode.IsSpace); i >= 0 {
		at += i
		return at + len(s[at:limit]) - len(strings.TrimLeftFunc(s[at:limit], unicode.IsSpace))
	}
	return at
}

// wordEnd moves a cut back to the end of a word, if there is one near.
func wordEnd(s string, at int) int {
	if at >= len(s) {
		return len(s)
	}
	const near = 40 // bytes; beyond that the text has no spaces to speak of
	from := backward(s, at, near/4)
	if i := strings.LastIndexFunc(s[from:at], unicode.IsSpace); i >= 0 {
		return len(strings.TrimRightFunc(s[:from+i], unicode.IsSpace))
	}
	return at
}
