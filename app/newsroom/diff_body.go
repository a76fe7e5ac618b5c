package newsroom

import (
	"slices"

	"doingoai/app/markup"
	"doingoai/app/parallel"
	"doingoai/app/vietnamese"
)

// Changed is a block of a text in two versions, as a person reads them.
type Changed struct {
	Op     rune    // '=' in both, '-' taken out, '+' put in, '~' changed, '…' for some that are left out
	Kind   string  // of the newer one: see markup.Block
	Pieces []Piece // of its text
	Form   bool    // of '~': it says the same in another way, in bold or with another link
	Count  int     // of '…': how many blocks
}

const (
	// kin is from which share of their syllables on two blocks are versions of one.
	kin = 0.4
	// beside is how many unchanged blocks are shown on either side of a change.
	beside = 1
	// maxPairs is how many pairs of blocks are looked at closely between two
	// unchanged ones: ten paragraphs rewritten into twelve are far below it.
	maxPairs = 20_000
)

// compareBlocks tells how a text became another: which blocks are new, which are
// gone, and within those that were changed, which syllables. Its work is bounded
// like Diff's.
func compareBlocks(a, b []markup.Block) []Changed {
	c := comparison{steps: maxDiffSteps}
	i, j := 0, 0
	for _, m := range append(common(a, b, &c.steps), match{len(a), len(b)}) {
		c.between(a[i:m.x], b[j:m.y])
		if m.x < len(a) {
			c.tell('=', a[m.x])
		}
		i, j = m.x+1, m.y+1
	}
	return c.changes
}

type comparison struct {
	changes []Changed
	steps   int
}

func (c *comparison) tell(op rune, b markup.Block) {
	c.changes = append(c.changes, Changed{Op: op, Kind: b.Kind, Pieces: []Piece{{op, b.Text}}})
}

// between tells what became of some blocks of which none stayed as it was.
func (c *comparison) between(a, b []markup.Block) {
	i, j := 0, 0
	for _, m := range append(c.pairs(a, b), match{len(a), len(b)}) {
		for ; i < m.x; i++ {
			c.tell('-', a[i])
		}
		for ; j < m.y; j++ {
			c.tell('+', b[j])
		}
		if i < len(a) && j < len(b) {
			c.changes = append(c.changes, Changed{Op: '~', Kind: b[j].Kind, Pieces: c.within(a[i].Text, b[j].Text), Form: a[i].Text == b[j].Text})
			i, j = i+1, j+1
		}
	}
}

// within is Diff with what is left of the work that may be done.
func (c *comparison) within(a, b string) []Piece {
	d := diff{a: a, b: b, steps: c.steps}
	d.compare(syllables(a), syllables(b), d.replace)
	c.steps = max(0, d.steps)
	return d.readable()
}

// pairs finds which blocks are versions of each other: in the same order, and
// together as alike as can be.
func (c *comparison) pairs(a, b []markup.Block) []match {
	if len(a) == 0 || len(b) == 0 {
		return nil
	}
	x, y := syllablesOf(a), syllablesOf(b)
	if len(a)*len(b) > maxPairs {
		return c.pairsInOrder(x, y)
	}
	alike := make([][]float64, len(a)+1) // of the blocks from i and j on
	share := make([][]float64, len(a))
	for i := range alike {
		alike[i] = make([]float64, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		share[i] = make([]float64, len(b))
		for j := len(b) - 1; j >= 0; j-- {
			share[i][j] = c.share(x[i], y[j])
			alike[i][j] = max(alike[i+1][j], alike[i][j+1], share[i][j]+alike[i+1][j+1])
		}
	}
	var found []match
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case share[i][j] > 0 && alike[i][j] == share[i][j]+alike[i+1][j+1]:
			found = append(found, match{i, j})
			i, j = i+1, j+1
		case alike[i][j] == alike[i+1][j]:
			i++
		default:
			j++
		}
	}
	return found
}

// pairsInOrder takes the blocks two by two, where there are too many to ask
// which is most like which.
func (c *comparison) pairsInOrder(x, y [][]string) []match {
	var found []match
	for i := range min(len(x), len(y)) {
		if c.share(x[i], y[i]) > 0 {
			found = append(found, match{i, i})
		}
	}
	return found
}

// share is how much two blocks have in common, from kin to 1; 0 for less, and
// when there is no more time to ask.
func (c *comparison) share(x, y []string) float64 {
	if c.steps -= min(len(x), len(y)) / 8; c.steps < 0 || len(x)+len(y) == 0 {
		c.steps = max(0, c.steps)
		return 0
	}
	if longer := max(len(x), len(y)); float64(2*min(len(x), len(y))) < kin*float64(longer) {
		return 0
	}
	if s := float64(2*parallel.Shared(x, y)) / float64(len(x)+len(y)); s >= kin {
		return s
	}
	return 0
}

// syllablesOf lists the syllables of each block in the order of the alphabet.
func syllablesOf(blocks []markup.Block) [][]string {
	list := make([][]string, len(blocks))
	for i, b := range blocks {
		for _, t := range vietnamese.Syllables(b.Text) {
			list[i] = append(list[i], t.Text)
		}
		slices.Sort(list[i])
	}
	return list
}

// foldUnchanged leaves out the middle of long stretches that did not change, so
// that the changes of a long text can be seen together.
func foldUnchanged(changes []Changed) []Changed {
	var out []Changed
	for at := 0; at < len(changes); {
		end := at
		for end < len(changes) && changes[end].Op == '=' {
			end++
		}
		if end == at {
			out, at = append(out, changes[at]), at+1
			continue
		}
		from, to := at, end
		if at > 0 {
			from = min(at+beside, end)
		}
		if end < len(changes) {
			to = max(end-beside, from)
		}
		if to-from > 1 {
			out = append(out, changes[at:from]...)
			out = append(append(out, Changed{Op: '…', Count: to - from}), changes[to:end]...)
		} else {
			out = append(out, changes[at:end]...)
		}
		at = end
	}
	return out
}
