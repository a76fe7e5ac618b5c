package parallel

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

const (
	// partOf is from which share of its pairs on a paragraph can be a part of
	// another.
	partOf = 0.6
	// whole is from which likeness on several together are one.
	whole = 0.6
	// better is by how much they must be liker to it than the likest alone.
	better = 0.1
)

// joined finds the paragraphs that were split and those that were merged: first
// where nothing else was changed, then by likeness.
func (m *matcher) joined() {
	split := func(i int, parts []int) { m.tell(Split, []int{i}, parts) }
	merged := func(j int, parts []int) { m.tell(Merged, parts, []int{j}) }
	cutExactly(&m.old, &m.new, split)
	cutExactly(&m.new, &m.old, merged)
	cut(&m.old, &m.new, split)
	cut(&m.new, &m.old, merged)
}

// squeezed is a text without any space: where one was split, none is missed.
func squeezed(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
}

// firstBytes is how much of their beginnings tells paragraphs apart at first
// sight.
const firstBytes = 4

// cutExactly tells of each paragraph of one text that says what several of the
// other say together, one after another.
func cutExactly(wholes, parts *side, tell func(int, []int)) {
	beginning := map[string][]int{}
	for _, j := range parts.free() {
		s := parts.units[j].solid
		s = s[:min(len(s), firstBytes)]
		beginning[s] = append(beginning[s], j)
	}
	for _, i := range wholes.free() {
		if run := parts.runThat(wholes.units[i].solid, beginning); run != nil {
			tell(i, run)
		}
	}
}

// runThat are several free paragraphs that are a text together.
func (s *side) runThat(is string, beginning map[string][]int) []int {
	for n := 1; n <= min(len(is), firstBytes); n++ {
		for _, j := range beginning[is[:n]] {
			if run := s.runOf(is, j); len(run) > 1 {
				return run
			}
		}
	}
	return nil
}

// runOf are the free paragraphs from j on that are a text together.
func (s *side) runOf(text string, j int) []int {
	var run []int
	for ; text != "" && j < len(s.units) && s.isFree(j) && s.units[j].solid != ""; j++ {
		rest, ok := strings.CutPrefix(text, s.units[j].solid)
		if !ok {
			return nil
		}
		text, run = rest, append(run, j)
	}
	if text != "" {
		return nil
	}
	return run
}

// cutting is a paragraph and several that it may have been cut into.
type cutting struct {
	whole int
	parts []int
	alike float64
}

// cut tells of each paragraph of one text that is like several of the other
// together, more than like any of them.
func cut(wholes, parts *side, tell func(int, []int)) {
	var found []cutting
	for i, near := range nearby(wholes, parts) {
		u := wholes.units[i]
		var run []int
		single := 0.0
		end := func() {
			if len(run) > 1 {
				if alike := likeness(u.pairs, parts.together(run)); alike >= max(whole, single+better) {
					found = append(found, cutting{i, run, alike})
				}
			}
			run, single = nil, 0
		}
		for _, j := range near {
			p := parts.units[j]
			if len(p.pairs) == 0 || float64(Shared(u.pairs, p.pairs)) < partOf*float64(len(p.pairs)) {
				continue
			}
			if len(run) > 0 && run[len(run)-1] != j-1 {
				end()
			}
			run, single = append(run, j), max(single, likeness(u.pairs, p.pairs))
		}
		end()
	}
	slices.SortFunc(found, func(a, b cutting) int {
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.whole, b.whole))
	})
	for _, c := range found {
		if wholes.isFree(c.whole) && len(parts.only(c.parts)) == len(c.parts) {
			tell(c.whole, c.parts)
		}
	}
}

// together are the pairs of several paragraphs.
func (s *side) together(which []int) []uint32 {
	var list []uint32
	for _, j := range which {
		list = append(list, s.units[j].pairs...)
	}
	slices.Sort(list)
	return list
}
