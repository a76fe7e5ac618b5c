package term

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Base are terms, ready to be held against texts. It does not change, and any
// number of texts may be held against it at once.
type Base struct {
	terms  []Term
	byLang map[string]*node // how terms are written in each language
}

// node is a place in a tree of words; a form ends where its last word leads.
type node struct {
	next map[string]*node
	gap  *node // where a few words may stand
	ends []form
}

// form is a way of writing a term in a language.
type form struct {
	term     int
	standing Standing
}

// hit is a form found in a text.
type hit struct {
	Span
	form
}

// gapWidth is how many words may stand for an ellipsis.
const gapWidth = 4

// Compile makes a base of terms.
func Compile(terms []Term) *Base {
	b := &Base{terms: terms, byLang: map[string]*node{}}
	for i, t := range terms {
		b.add(t.Lang, t.Wording, form{i, Required})
		for _, v := range t.Variants {
			b.add(t.Lang, v, form{i, Allowed})
		}
		for _, r := range t.Renderings {
			b.add(r.Lang, r.Text, form{i, r.Standing})
		}
	}
	return b
}

func (b *Base) add(lang, text string, f form) {
	at := b.byLang[lang]
	if at == nil {
		at = &node{}
		b.byLang[lang] = at
	}
	before, after, gapped := strings.Cut(strings.ReplaceAll(text, "...", "…"), "…")
	first, rest := words(lang, before), words(lang, strings.ReplaceAll(after, "…", " "))
	if at = at.under(first); gapped && len(first) > 0 && len(rest) > 0 {
		if at.gap == nil {
			at.gap = &node{}
		}
		at = at.gap
	}
	if at = at.under(rest); len(first)+len(rest) > 0 && !slices.Contains(at.ends, f) {
		at.ends = append(at.ends, f)
	}
}

// under is the node that words lead to.
func (n *node) under(words []word) *node {
	for i, w := range words {
		key := w.key
		if i > 0 {
			key = w.after + key
		}
		if n.next == nil {
			n.next = map[string]*node{}
		}
		if n.next[key] == nil {
			n.next[key] = &node{}
		}
		n = n.next[key]
	}
	return n
}

// walk tells of each node with a form's end that the words from at on lead to,
// and of the number of words up to there.
func (n *node) walk(words []word, at int, found func(n *node, upTo int)) {
	if len(n.ends) > 0 {
		found(n, at)
	}
	if at == len(words) || words[at].apart {
		return
	}
	n.step(words, at, words[at].after, found)
	if n.gap == nil {
		return
	}
	for skipped := 1; skipped <= gapWidth && at+skipped < len(words); skipped++ {
		if last, next := words[at+skipped-1], words[at+skipped]; last.apart || next.apart || last.after+next.after != "" {
			return
		}
		n.gap.step(words, at+skipped, "", found)
	}
}

// step goes on with one word, after some signs.
func (n *node) step(words []word, at int, after string, found func(n *node, upTo int)) {
	next := n.next[after+words[at].key]
	if next == nil && words[at].bare != "" {
		next = n.next[after+words[at].bare]
	}
	if next != nil {
		next.walk(words, at+1, found)
	}
}

// all finds every form of the terms that are valid at a moment, by where they
// begin.
func (b *Base) all(lang, text string, on time.Time) []hit {
	root := b.byLang[lang]
	if root == nil {
		return nil
	}
	var hits []hit
	list := words(lang, text)
	for i := range list {
		root.step(list, i, "", func(n *node, upTo int) {
			for _, f := range n.ends {
				if b.terms[f.term].On(on) {
					hits = append(hits, hit{Span{list[i].Start, list[upTo-1].End}, f})
				}
			}
		})
	}
	return hits
}

// found are the terms that a text speaks of. One within a longer one is not
// meant; of two that share some words both are: "Giám đốc Sở Ngoại vụ".
func (b *Base) found(lang, text string, on time.Time) []hit {
	hits := slices.DeleteFunc(b.all(lang, text, on), func(h hit) bool { return h.standing == Forbidden })
	slices.SortStableFunc(hits, func(a, b hit) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	var widest Span // that ends last, of those before
	return slices.DeleteFunc(hits, func(h hit) bool {
		if h.End > widest.End {
			widest = h.Span
		}
		return h.Span != widest
	})
}

// good are the ways in which a term may be written in a language, the first of
// which are those that a translation should use.
func (t Term) good(lang string) (required, allowed []string) {
	if lang == t.Lang {
		return []string{t.Wording}, t.Variants
	}
	return t.In(lang, Required), t.In(lang, Allowed)
}

// Kind says what is wrong with a translation.
type Kind string

// The kinds of deviation.
const (
	Missing Kind = "missing"   // none of the right renderings is there
	Misused Kind = "forbidden" // a forbidden one is
)

// maxOfOneTerm is how many places are told of one term: the rest would say the
// same.
const maxOfOneTerm = 20

// Deviation is a place where a translation does not keep to a term.
type Deviation struct {
	Term   Term
	Kind   Kind
	From   Span     // where the term first stands in the source; zero in CheckOne
	To     Span     // where the forbidden rendering stands; zero where it is missing
	Want   []string // what it should be called
	Locked bool     // nobody may pass over it
}

// Check holds a translation against its source. Each term that the source
// speaks of must be there in a required or allowed rendering, if the language
// has a required one, and in no forbidden one. What is forbidden as such may
// stand within a longer name that is right.
func (b *Base) Check(fromLang, from, toLang, to string, on time.Time) []Deviation {
	first, strict := map[int]Span{}, map[int]bool{}
	var order []int
	for _, h := range b.found(fromLang, from, on) {
		if _, known := first[h.term]; !known {
			first[h.term] = h.Span
			order = append(order, h.term)
		}
		if fromLang == b.terms[h.term].Lang || h.standing == Required {
			strict[h.term] = true
		}
	}
	if len(order) == 0 {
		return nil
	}
	spoken := func(h hit) bool { _, ok := first[h.term]; return ok }
	good, wrong := b.judged(toLang, to, on, spoken)
	met := map[int]bool{}
	for _, h := range good {
		met[h.term] = true
	}
	var list []Deviation
	for _, i := range order {
		t := b.terms[i]
		want, also := t.good(toLang)
		d := Deviation{Term: t, Kind: Misused, From: first[i], Want: want, Locked: t.Locked}
		if len(want) == 0 {
			d.Want = also
		}
		if len(wrong[i]) == 0 && strict[i] && len(want) > 0 && !met[i] {
			d.Kind = Missing
			list = append(list, d)
		}
		for _, h := range wrong[i][:min(len(wrong[i]), maxOfOneTerm)] {
			d.To = h.Span
			list = append(list, d)
		}
	}
	return list
}

// CheckOne finds forbidden words in a text that is no translation.
func (b *Base) CheckOne(lang, text string, on time.Time) []Deviation {
	_, wrong := b.judged(lang, text, on, func(hit) bool { return true })
	var list []Deviation
	for i, hits := range wrong {
		t := b.terms[i]
		want, also := t.good(lang)
		if len(want) == 0 {
			want = also
		}
		for _, h := range hits[:min(len(hits), maxOfOneTerm)] {
			list = append(list, Deviation{Term: t, Kind: Misused, To: h.Span, Want: want, Locked: t.Locked})
		}
	}
	slices.SortFunc(list, func(a, b Deviation) int {
		return cmp.Or(a.To.Start-b.To.Start, a.To.End-b.To.End, strings.Compare(a.Term.ID, b.Term.ID))
	})
	return list
}

// judged are the renderings in a text of the terms that are asked for: the
// good ones, and by term the forbidden ones that are not part of a good one.
func (b *Base) judged(lang, text string, on time.Time, asked func(hit) bool) (good []hit, wrong map[int][]hit) {
	var bad []hit
	for _, h := range b.all(lang, text, on) {
		switch {
		case !asked(h):
		case h.standing == Forbidden:
			bad = append(bad, h)
		default:
			good = append(good, h)
		}
	}
	wrong = map[int][]hit{}
	i, end := 0, 0 // the good ones that begin before, and how far they reach
	for _, h := range bad {
		for ; i < len(good) && good[i].Start <= h.Start; i++ {
			end = max(end, good[i].End)
		}
		if end < h.End {
			wrong[h.term] = append(wrong[h.term], h)
		}
	}
	return good, wrong
}

// Hint is a term that a text speaks of, for whoever translates it.
type Hint struct {
	Term       Term
	Places     []Span      // where it stands
	Renderings []Rendering // in the language wanted, in the order of their standing
}

// Hints finds the terms of a text that have something to say about another
// language, in the order in which they first stand.
func (b *Base) Hints(fromLang, text, toLang string, on time.Time) []Hint {
	var hints []Hint
	at := map[int]int{} // of each term among the hints
	for _, h := range b.found(fromLang, text, on) {
		i, known := at[h.term]
		if !known {
			i = len(hints)
			at[h.term] = i
			hints = append(hints, Hint{Term: b.terms[h.term], Renderings: b.terms[h.term].advice(toLang)})
		}
		hints[i].Places = append(hints[i].Places, h.Span)
	}
	return slices.DeleteFunc(hints, func(h Hint) bool { return len(h.Renderings) == 0 })
}

// advice is everything that a term says about a language.
func (t Term) advice(lang string) []Rendering {
	var list []Rendering
	if lang == t.Lang {
		list = append(list, Rendering{lang, t.Wording, Required})
		for _, v := range t.Variants {
			list = append(list, Rendering{lang, v, Allowed})
		}
	}
	for _, s := range Standings {
		for _, text := range t.In(lang, s) {
			list = append(list, Rendering{lang, text, s})
		}
	}
	return list
}
