package parallel

import (
	"cmp"
	"slices"
)

const (
	// sure is from which likeness on a paragraph became another wherever that
	// stands. One in ten paragraphs of news is a third like another of the same
	// article.
	sure = 0.4
	// sureInPlace is the same for one that stands where it stood.
	sureInPlace = 0.2
	// clearly is by how much it must be liker than any other.
	clearly = 0.12
	// doubtful is from which likeness on it cannot be said that a paragraph
	// did not become another.
	doubtful = 0.3
	// doubtfulInPlace is the same for one that stands where it stood.
	doubtfulInPlace = 0.1
)

// candidate is an old and a new paragraph that may be one.
type candidate struct {
	old, new int
	alike    float64
	inPlace  bool
}

// alike pairs paragraphs that are versions of each other. Each pair that is
// found leaves fewer others that either could be, and more that stand in their
// place; so it is asked again until nothing more is found.
func (m *matcher) alike() {
	found := m.candidates()
	for rounds := 0; rounds < mostRounds && m.paired(found); rounds++ {
		found = slices.DeleteFunc(found, func(c candidate) bool { return !m.old.isFree(c.old) || !m.new.isFree(c.new) })
	}
	m.unsure(found)
}

// paired pairs what is beyond doubt, and says whether there was any.
func (m *matcher) paired(list []candidate) bool {
	gaps := m.gaps()
	for k, c := range list {
		j, ok := gaps.opposite(c.old)
		list[k].inPlace = ok && j == c.new
	}
	rivals, any := rivalsOf(list), false
	for _, c := range list {
		if rivals.yields(c) && m.old.isFree(c.old) && m.new.isFree(c.new) {
			m.tell(Edited, []int{c.old}, []int{c.new})
			any = true
		}
	}
	return any
}

// candidates are the pairs worth a look: those that share what few have, and
// those that stand in the same place.
func (m *matcher) candidates() []candidate {
	gaps := m.gaps()
	var list []candidate
	for i, near := range nearby(&m.old, &m.new) {
		if j, ok := gaps.opposite(i); ok && !slices.Contains(near, j) {
			near = append(near, j)
		}
		for _, j := range near {
			if alike := likeness(m.old.units[i].pairs, m.new.units[j].pairs); alike >= doubtfulInPlace {
				list = append(list, candidate{old: i, new: j, alike: alike})
			}
		}
	}
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Or(cmp.Compare(a.old, b.old), cmp.Compare(a.new, b.new)) })
	return list
}

// rivals are the two likest candidates of each paragraph.
type rivals struct{ ofOld, ofNew map[int][2]float64 }

func rivalsOf(list []candidate) rivals {
	r := rivals{map[int][2]float64{}, map[int][2]float64{}}
	note := func(of map[int][2]float64, i int, alike float64) {
		best := of[i]
		switch {
		case alike > best[0]:
			best = [2]float64{alike, best[0]}
		case alike > best[1]:
			best[1] = alike
		}
		of[i] = best
	}
	for _, c := range list {
		note(r.ofOld, c.old, c.alike)
		note(r.ofNew, c.new, c.alike)
	}
	return r
}

// yields says whether a candidate is one beyond doubt: the others of both its
// paragraphs are clearly less like, or where it stands in its place, not
// clearly liker.
func (r rivals) yields(c candidate) bool {
	other := 0.0
	for _, best := range [][2]float64{r.ofOld[c.old], r.ofNew[c.new]} {
		if best[0] == c.alike {
			other = max(other, best[1])
		} else {
			other = max(other, best[0])
		}
	}
	if c.inPlace {
		return c.alike >= sureInPlace && c.alike > other-clearly
	}
	return c.alike >= sure && c.alike >= other+clearly
}

// unsure tells of paragraphs that could each have become one of several, or
// that are not alike enough.
func (m *matcher) unsure(list []candidate) {
	rivals := rivalsOf(list)
	groups := newGroups(len(m.old.units) + len(m.new.units))
	for _, c := range list {
		near := c.alike > rivals.ofOld[c.old][0]-clearly || c.alike > rivals.ofNew[c.new][0]-clearly
		if near && (c.alike >= doubtful || c.inPlace) {
			groups.join(c.old, len(m.old.units)+c.new)
		}
	}
	for _, members := range groups.several() {
		var old, new []int
		for _, k := range members {
			if k < len(m.old.units) {
				old = append(old, k)
			} else {
				new = append(new, k-len(m.old.units))
			}
		}
		m.tell(Unsure, old, new)
	}
}

// groups are disjoint sets of numbers.
type groups []int

func newGroups(n int) groups {
	g := make(groups, n)
	for i := range g {
		g[i] = i
	}
	return g
}

func (g groups) find(i int) int {
	for g[i] != i {
		g[i] = g[g[i]]
		i = g[i]
	}
	return i
}

func (g groups) join(i, j int) { g[g.find(j)] = g.find(i) }

// several are the sets of more than one, each in ascending order.
func (g groups) several() [][]int {
	members := make([][]int, len(g))
	for i := range g {
		root := g.find(i)
		members[root] = append(members[root], i)
	}
	return slices.DeleteFunc(members, func(set []int) bool { return len(set) < 2 })
}
