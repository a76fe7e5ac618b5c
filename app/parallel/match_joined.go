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

// equalParts is how many parts of the same words are tried as the first of a
// whole.
const equalParts = 8

// cutExactly tells of each paragraph of one text that says what several of the
// other say together, one after another.
func cutExactly(wholes, parts *side, tell func(int, []int)) {
	saying := map[string][]int{}
	var lengths []int
	for _, j := range parts.free() {
		s := parts.units[j].solid
		if saying[s] == nil {
			lengths = append(lengths, len(s))
		}
		saying[s] = append(saying[s], j)
	}
	slices.Sort(lengths)
	lengths = slices.Compact(lengths)
	for _, i := range wholes.free() {
		text := wholes.units[i].solid
		for _, n := range lengths {
			if n == 0 || n >= len(text) {
				continue
			}
			if run := parts.runThatIs(text, saying[text[:n]]); run != nil {
				tell(i, run)
				break
			}
		}
	}
}

// runThatIs are free paragraphs that are a text together, and begin with one of
// those.
func (s *side) runThatIs(text string, beginning []int) []int {
	for _, j := range beginning[:min(len(beginning), equalParts)] {
		if run := s.runOf(text, j); run != nil {
			return run
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
		return cmp.Or(cmp.Compare(b.alike, a.alike), cmp.Compare(a.whole, b.whole), cmp.Compare(a.parts[0], b.parts[0]))
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
