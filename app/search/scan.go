package search

import (
	"cmp"
	"container/heap"
	"context"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// How occurrences become a score (BM25). The length against which long texts
// are held is a constant, so that a document's score does not move when others
// come and go.
const (
	saturation  = 1.2
	lengthShare = 0.6
	usualLength = 400
)

// finished is the place of a cursor behind its last document.
const finished = math.MaxUint64

// cursor walks the documents that hold one term, in the engine's order.
type cursor struct {
	reader index.TermFieldReader
	doc    index.TermFieldDoc
	target index.IndexInternalID
	begun  bool   // whether at says anything yet
	at     uint64 // the engine's number of the present document
	count  uint64 // how many documents hold the term
	weight float64
	scored bool // whether the field knows frequency and length
}

// openCursor stands before the first document.
func openCursor(ctx context.Context, r index.IndexReader, fieldName, text string, scored bool) (*cursor, error) {
	reader, err := r.TermFieldReader(ctx, []byte(text), fieldName, scored, scored, false)
	if err != nil {
		return nil, err
	}
	return &cursor{reader: reader, count: reader.Count(), scored: scored}, nil
}

func (c *cursor) place(doc *index.TermFieldDoc, err error) error {
	c.begun = true
	if err != nil || doc == nil {
		c.at = finished
		return err
	}
	c.at = doc.ID.Value()
	return nil
}

func (c *cursor) next() error {
	return c.place(c.reader.Next(c.doc.Reset()))
}

// seek goes to the first document at or after number. The engine starts over
// when asked to go back, so it is never asked.
func (c *cursor) seek(number uint64) error {
	if c.begun && c.at >= number {
		return nil
	}
	c.target = index.NewIndexInternalID(c.target, number)
	return c.place(c.reader.Advance(c.target, c.doc.Reset()))
}

// score is what the term adds to the present document.
func (c *cursor) score() float64 {
	if !c.scored {
		return c.weight
	}
	frequency := float64(c.doc.Freq)
	length := 1 / (c.doc.Norm * c.doc.Norm)
	return c.weight * frequency / (frequency + saturation*(1-lengthShare+lengthShare*length/usualLength))
}

// request is one tier of a search in one language.
type request struct {
	all     []*cursor // every one must hold the document
	some    []*cursor // at least atLeast of these must
	atLeast int
	bonus   []*cursor   // these only add to the score
	filter  []*cursor   // every one must hold the document; no score
	among   [][]*cursor // of each list one must hold the document; no score
	met     *[]uint64   // the documents found, when they are to be counted
}

// empty tells that nothing can be found.
func (q *request) empty() bool {
	for _, c := range slices.Concat(q.all, q.filter) {
		if c.count == 0 {
			return true
		}
	}
	nobody := func(list []*cursor) bool { return len(list) == 0 }
	return nobody(q.all) && nobody(q.some) || slices.ContainsFunc(q.among, nobody)
}

// order puts rare terms first: the walk is as long as its rarest term is.
func (q *request) order() {
	byCount := func(a, b *cursor) int { return cmp.Compare(a.count, b.count) }
	slices.SortStableFunc(q.all, byCount)
	slices.SortStableFunc(q.some, byCount)
	slices.SortStableFunc(q.filter, byCount)
}

// leaders are cursors of which each document that can match has at least one:
// the rarest of all; or so many of the rarest of some that a document with
// none of them could not have enough of the rest.
func (q *request) leaders() []*cursor {
	if len(q.all) > 0 {
		return q.all[:1]
	}
	return q.some[:len(q.some)-q.atLeast+1]
}

// run finds every document the request asks for: how many, and the best into top.
func (q *request) run(ctx context.Context, top *best) (total uint64, err error) {
	if q.empty() {
		return 0, nil
	}
	q.order()
	leaders := q.leaders()
	if err := advance(leaders, 0); err != nil {
		return 0, err
	}
	for steps := 0; ; steps++ {
		if steps%1024 == 0 && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		number := lowest(leaders)
		if number == finished {
			return total, nil
		}
		again, err := q.matches(number)
		if err != nil {
			return 0, err
		}
		if again == number {
			total++
			if q.met != nil {
				*q.met = append(*q.met, number)
			}
			if err := q.rank(number, top); err != nil {
				return 0, err
			}
			again++
		}
		if again == finished {
			return total, nil
		}
		if err := advance(leaders, again); err != nil {
			return 0, err
		}
	}
}

// advance brings every leader to number or behind it. One step is cheaper to
// walk than to seek.
func advance(leaders []*cursor, number uint64) error {
	for _, c := range leaders {
		step := c.seek
		if !c.begun || c.at != finished && c.at+1 == number {
			step = func(uint64) error { return c.next() }
		}
		if err := step(number); err != nil {
			return err
		}
	}
	return nil
}

func lowest(cursors []*cursor) uint64 {
	number := uint64(finished)
	for _, c := range cursors {
		number = min(number, c.at)
	}
	return number
}

// matches answers number when the document is asked for, else the next number
// that can be.
func (q *request) matches(number uint64) (uint64, error) {
	for _, must := range [][]*cursor{q.all, q.filter} {
		for _, c := range must {
			if err := c.seek(number); err != nil {
				return 0, err
			}
			if c.at > number {
				return c.at, nil
			}
		}
	}
	for _, list := range q.among {
		for _, c := range list {
			if err := c.seek(number); err != nil {
				return 0, err
			}
		}
		if at := lowest(list); at > number {
			return at, nil
		}
	}
	missing := len(q.some) - q.atLeast
	for _, c := range q.some {
		if err := c.seek(number); err != nil {
			return 0, err
		}
		if c.at != number {
			missing--
		}
		if missing < 0 {
			return number + 1, nil
		}
	}
	return number, nil
}

// rank scores the document and offers it to top. Cursors that only add are
// left alone when all of them together could not lift it among the best.
func (q *request) rank(number uint64, top *best) error {
	score := 0.0
	for _, must := range [][]*cursor{q.all, q.some} {
		for _, c := range must {
			if c.at == number {
				score += c.score()
			}
		}
	}
	possible := score
	for _, c := range q.bonus {
		possible += c.weight
	}
	for _, c := range q.bonus {
		if !top.wants(possible) {
			return nil
		}
		if err := c.seek(number); err != nil {
			return err
		}
		possible -= c.weight
		if c.at == number {
			score += c.score()
			possible += c.score()
		}
	}
	top.offer(found{number: number, score: score})
	return nil
}

// found is a document by the engine's number.
type found struct {
	number uint64
	score  float64
}

// before orders hits: better first, and of equals the one applied later.
func (f found) before(g found) bool {
	if f.score != g.score {
		return f.score > g.score
	}
	return f.number > g.number
}

// best keeps the best hits, worst on top of the heap.
type best struct {
	size int
	hits []found
}

func (b *best) Len() int           { return len(b.hits) }
func (b *best) Less(i, j int) bool { return b.hits[j].before(b.hits[i]) }
func (b *best) Swap(i, j int)      { b.hits[i], b.hits[j] = b.hits[j], b.hits[i] }
func (b *best) Push(v any)         { b.hits = append(b.hits, v.(found)) }
func (b *best) Pop() any {
	last := b.hits[len(b.hits)-1]
	b.hits = b.hits[:len(b.hits)-1]
	return last
}

// wants tells whether a hit of that score would be kept.
func (b *best) wants(score float64) bool {
	return b.size > 0 && (len(b.hits) < b.size || score >= b.hits[0].score)
}

func (b *best) offer(f found) {
	switch {
	case len(b.hits) < b.size:
		heap.Push(b, f)
	case b.size > 0 && f.before(b.hits[0]):
		b.hits[0] = f
		heap.Fix(b, 0)
	}
}

// sorted empties the heap, best first.
func (b *best) sorted() []found {
	out := b.hits
	slices.SortFunc(out, func(f, g found) int {
		if f.before(g) {
			return -1
		}
		return 1
	})
	b.hits = nil
	return out
}
