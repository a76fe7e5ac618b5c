package search

import (
	"context"
	"fmt"
	"math"

	index "github.com/blevesearch/bleve_index_api"
)

// Search answers one page of the documents that hold what q asks for, best
// first, newer first among those that match about equally well. A text
// without letters or digits finds nothing; one over the bounds is refused
// with a fault. The work stops when ctx ends.
func (x *Index) Search(ctx context.Context, q Query) (Result, error) {
	parts, err := parse(q.Text)
	if err != nil || len(parts) == 0 {
		return Result{}, err
	}
	result := Result{Terms: x.terms.highlights(q.Lang, parts)}
	err = x.view(func(r index.IndexReader) error {
		s := &search{ctx: ctx, reader: r, query: q.bounded()}
		if err := s.plan(x.terms, parts); err != nil {
			return err
		}
		return s.run(&result)
	})
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	return result, nil
}

// bounded brings the page into its bounds.
func (q Query) bounded() Query {
	q.From = max(q.From, 0)
	if q.Size <= 0 {
		q.Size = defaultSize
	}
	q.Size = min(q.Size, maxSize)
	return q
}

// search is one query under way on one snapshot.
type search struct {
	ctx    context.Context
	reader index.IndexReader
	query  Query
	plans  []plan
}

// plan makes the query ready for its language, or for every language of the index.
func (s *search) plan(a *analyzer, parts []part) error {
	langs := []string{s.query.Lang}
	if s.query.Lang == "" {
		var err error
		if langs, err = s.languages(); err != nil {
			return err
		}
	}
	for _, lang := range langs {
		if isLang(lang) {
			s.plans = append(s.plans, a.planFor(lang, parts))
		}
	}
	return nil
}

// languages lists the languages that the index holds.
func (s *search) languages() ([]string, error) {
	dictionary, err := s.reader.FieldDict(langField)
	if err != nil {
		return nil, fmt.Errorf("list languages: %w", err)
	}
	defer dictionary.Close()
	var langs []string
	for {
		entry, err := dictionary.Next()
		if err != nil || entry == nil {
			return langs, err
		}
		langs = append(langs, entry.Term)
	}
}

// run asks tier after tier until one is satisfied, and reads that one's page.
func (s *search) run(result *Result) error {
	var hits []found
	var met []uint64
	for t := neighbours; t < tiers; t++ {
		if !s.adds(t) {
			continue
		}
		top := &best{size: s.window()}
		total := uint64(0)
		met = met[:0]
		for i := range s.plans {
			n, err := s.ask(&s.plans[i], t, top, &met)
			if err != nil {
				return err
			}
			total += n
		}
		result.Total, hits = total, top.sorted()
		if t.satisfied(total, s.longest()) {
			break
		}
	}
	if err := s.count(met, result); err != nil {
		return err
	}
	return s.page(hits, result)
}

func (s *search) adds(t tier) bool {
	for i := range s.plans {
		if s.plans[i].adds(t) {
			return true
		}
	}
	return false
}

func (s *search) longest() int {
	n := 0
	for i := range s.plans {
		n = max(n, s.plans[i].length)
	}
	return n
}

// ask runs one tier of one language, and adds what is to be counted to met.
func (s *search) ask(p *plan, t tier, top *best, met *[]uint64) (uint64, error) {
	o := &opener{search: s, lang: p.lang}
	defer o.close()
	var q request
	switch t {
	case neighbours:
		q.all = o.scored(p.units, nil)
	case everyWord:
		q.all = o.scored(p.phrases, p.words)
		q.bonus = o.scored(p.pairs, nil)
	case mostWords:
		q.all = o.scored(p.phrases, nil)
		q.some, q.atLeast = o.scored(p.words, nil), p.atLeast()
		q.bonus = o.scored(p.pairs, nil)
	}
	q.bonus = append(q.bonus, o.scored(p.heads, p.marks)...)
	q.filter, q.among = o.filters(), o.tagged()
	if len(s.query.Count) > 0 {
		q.met = met
	}
	if o.err != nil {
		return 0, o.err
	}
	return q.run(s.ctx, top)
}

// opener opens the cursors of one request and closes them together.
type opener struct {
	*search
	lang      string
	documents uint64 // of the language
	opened    []*cursor
	err       error // the first that happened
}

func (o *opener) open(field, text string, scored bool) *cursor {
	if o.err != nil {
		return &cursor{}
	}
	c, err := openCursor(o.ctx, o.reader, field, text, scored)
	if err != nil {
		o.err = fmt.Errorf("look up a term: %w", err)
		return &cursor{}
	}
	o.opened = append(o.opened, c)
	return c
}

func (o *opener) close() {
	for _, c := range o.opened {
		_ = c.reader.Close() // gives buffers back; nothing to lose
	}
}

// scored opens terms that weigh the more the rarer they are.
func (o *opener) scored(lists ...[]want) []*cursor {
	if o.opened == nil {
		o.documents = o.open(langField, o.lang, false).count
	}
	var out []*cursor
	for _, list := range lists {
		for _, w := range list {
			c := o.open(fieldOf(w.field, o.lang), w.text, isScored(w.field))
			c.weight = boost(w.field) * rarity(c.count, o.documents)
			out = append(out, c)
		}
	}
	return out
}

// isScored tells the fields that know frequency and length.
func isScored(field string) bool { return field == wordsField || field == pairsField }

func boost(field string) float64 {
	switch field {
	case pairsField:
		return pairBoost
	case headField:
		return headBoost
	case marksField:
		return markBoost
	}
	return wordBoost
}

// rarity is the inverse document frequency as BM25 takes it, never below 0.
func rarity(count, documents uint64) float64 {
	n, all := float64(count), float64(max(documents, count))
	return math.Log(1 + (all-n+0.5)/(n+0.5))
}

func (o *opener) filters() []*cursor {
	var out []*cursor
	for _, f := range []want{{outletField, o.query.Outlet}, {sectionField, o.query.Section}} {
		if f.text == "" {
			continue
		}
		// What every document has need not be asked of each.
		if c := o.open(f.field, f.text, false); c.count < o.everything() {
			out = append(out, c)
		}
	}
	return out
}

// tagged opens the lists of which a document must have one tag each. A tag that
// no document has is left out.
func (o *opener) tagged() [][]*cursor {
	var lists [][]*cursor
	for _, tags := range o.query.Tagged {
		list := []*cursor{}
		for _, tag := range tags {
			if c := o.open(tagField, tag, false); c.count > 0 {
				list = append(list, c)
			}
		}
		lists = append(lists, list)
	}
	return lists
}

// everything is how many documents the index holds, in all languages.
func (o *opener) everything() uint64 {
	n, err := o.reader.DocCount()
	if err != nil && o.err == nil {
		o.err = err
	}
	return n
}
