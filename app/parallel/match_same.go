package parallel

// same finds the paragraphs that say the same.
func (m *matcher) same() {
	m.ends()
	olds, news := m.old.named(), m.new.named()
	var contested []string
	for _, i := range m.old.free() {
		u := m.old.units[i]
		mine, theirs := olds[u.name], news[u.name]
		switch {
		case mine[0] != i || len(theirs) == 0:
		case len(mine) == len(theirs):
			m.inTurn(mine, theirs)
		default:
			contested = append(contested, u.name)
		}
	}
	if len(contested) == 0 {
		return
	}
	for rounds := 0; rounds < mostRounds && m.byNeighbours(); rounds++ {
	}
	for _, name := range contested {
		mine, theirs := m.old.only(olds[name]), m.new.only(news[name])
		switch {
		case len(mine) == 0 || len(theirs) == 0:
		case len(mine) == len(theirs):
			m.inTurn(mine, theirs)
		default:
			m.tell(Unsure, mine, theirs)
		}
	}
}

// ends finds those with which both texts begin, and end.
func (m *matcher) ends() {
	old, new := m.old.units, m.new.units
	most, head := min(len(old), len(new)), 0
	for ; head < most && old[head].name == new[head].name; head++ {
		m.tell(Same, []int{head}, []int{head})
	}
	for tail := 1; tail <= most-head && old[len(old)-tail].name == new[len(new)-tail].name; tail++ {
		m.tell(Same, []int{len(old) - tail}, []int{len(new) - tail})
	}
}

// named lists the free paragraphs of each name.
func (s *side) named() map[string][]int {
	list := map[string][]int{}
	for _, i := range s.free() {
		list[s.units[i].name] = append(list[s.units[i].name], i)
	}
	return list
}

// only leaves those that are free.
func (s *side) only(which []int) []int {
	var list []int
	for _, i := range which {
		if s.isFree(i) {
			list = append(list, i)
		}
	}
	return list
}

func (m *matcher) inTurn(old, new []int) {
	for k := range old {
		m.tell(Same, old[k:k+1], new[k:k+1])
	}
}

// byNeighbours pairs paragraphs of equal words that stand beside the same
// neighbour as before, where nothing speaks for another, and says whether there
// were any.
func (m *matcher) byNeighbours() bool {
	var found [][2]int
	for i := range m.old.units {
		if j, ok := m.besideNeighbour(i); ok {
			found = append(found, [2]int{i, j})
		}
	}
	claims := map[int]int{} // by new one: how many old ones
	for _, f := range found {
		claims[f[1]]++
	}
	any := false
	for _, f := range found {
		if claims[f[1]] == 1 {
			m.tell(Same, []int{f[0]}, []int{f[1]})
			any = true
		}
	}
	return any
}

// besideNeighbour is the free new paragraph of the same words that stands
// behind what an old one stood behind, or before what it stood before; none
// when these are two with something else between them.
func (m *matcher) besideNeighbour(i int) (int, bool) {
	if !m.old.isFree(i) {
		return 0, false
	}
	behind, before := -1, -1
	if i == 0 {
		behind = 0
	} else if j, ok := m.placeOf(i - 1); ok {
		behind = j + 1
	}
	if i == len(m.old.units)-1 {
		before = len(m.new.units) - 1
	} else if j, ok := m.placeOf(i + 1); ok {
		before = j - 1
	}
	fits := func(j int) bool {
		return j >= 0 && j < len(m.new.units) && m.new.isFree(j) && m.new.units[j].name == m.old.units[i].name
	}
	switch {
	case fits(behind) && fits(before):
		for j := behind; j < before; j++ {
			if !fits(j) {
				return 0, false
			}
		}
		return behind, behind <= before
	case fits(behind):
		return behind, true
	default:
		return before, fits(before)
	}
}

// placeOf is where an old paragraph that says the same stands now.
func (m *matcher) placeOf(i int) (int, bool) {
	if f := m.old.fate[i]; f >= 0 && m.fates[f].What == Same {
		return m.fates[f].New[0], true
	}
	return 0, false
}
