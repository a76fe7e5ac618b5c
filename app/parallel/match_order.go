package parallel

import (
	"cmp"
	"slices"
)

// moved notes which paragraphs stand elsewhere: all but as many as can be that
// stand in the same order as before.
func (m *matcher) moved() {
	for i := range m.fates {
		m.fates[i].Moved = len(m.fates[i].Old) > 0 && len(m.fates[i].New) > 0 && m.fates[i].What != Unsure
	}
	for _, p := range m.kept() {
		m.fates[p.fate].Moved = false
	}
}

// pair is where a paragraph whose fate is known stood and stands.
type pair struct{ old, new, fate int }

// kept are as many paragraphs as can be, of those whose fate is known, that
// stand in the same order in both texts.
func (m *matcher) kept() []pair {
	var pairs []pair
	for f, fate := range m.fates {
		if len(fate.Old) > 0 && len(fate.New) > 0 && fate.What != Unsure {
			pairs = append(pairs, pair{fate.Old[0], fate.New[0], f})
		}
	}
	slices.SortFunc(pairs, func(a, b pair) int { return cmp.Compare(a.old, b.old) })
	return ascending(pairs)
}

// ascending is a longest run of pairs, which come in the order of the old text,
// that is in the order of the new one too.
func ascending(pairs []pair) []pair {
	var ends []int // by length: which pair ends the run of that length that ends first
	before := make([]int, len(pairs))
	for i, p := range pairs {
		at, _ := slices.BinarySearchFunc(ends, p.new, func(e, place int) int { return cmp.Compare(pairs[e].new, place) })
		before[i] = -1
		if at > 0 {
			before[i] = ends[at-1]
		}
		if at == len(ends) {
			ends = append(ends, i)
		}
		ends[at] = i
	}
	run := make([]pair, len(ends))
	if len(ends) > 0 {
		last := ends[len(ends)-1]
		for at := len(run) - 1; at >= 0; at-- {
			run[at] = pairs[last]
			last = before[last]
		}
	}
	return run
}

// gaps are what lies between paragraphs that kept their place: the ones whose
// fate is open, in each of the two texts.
type gaps struct {
	old, new [][]int // by gap
	places   map[int]place
}

// place is that of an old paragraph in its gap.
type place struct{ gap, nth int }

func (m *matcher) gaps() gaps {
	kept := m.kept()
	g := gaps{old: make([][]int, len(kept)+1), new: make([][]int, len(kept)+1), places: map[int]place{}}
	at := 0
	for _, i := range m.old.free() {
		for at < len(kept) && kept[at].old < i {
			at++
		}
		g.places[i] = place{at, len(g.old[at])}
		g.old[at] = append(g.old[at], i)
	}
	at = 0
	for _, j := range m.new.free() {
		for at < len(kept) && kept[at].new < j {
			at++
		}
		g.new[at] = append(g.new[at], j)
	}
	return g
}

// opposite is the new paragraph that stands where an old one stood, when as
// many stand there as before.
func (g gaps) opposite(i int) (int, bool) {
	p, ok := g.places[i]
	if !ok || len(g.old[p.gap]) != len(g.new[p.gap]) {
		return 0, false
	}
	return g.new[p.gap][p.nth], true
}
