package parallel

import "slices"

// Fate is what became of paragraphs.
type Fate struct {
	What  What
	Old   []int // places in the old text, ascending
	New   []int // places in the new one, ascending
	Moved bool  // it stands elsewhere among the others; not told of Gone, Added and Unsure
}

// What says what became of a paragraph, or how a segment stands.
type What string

// The fates of paragraphs. Compare knows more words, for segments.
const (
	Same   What = "same"   // says the same
	Edited What = "edited" // one became another
	Split  What = "split"  // one became several that follow each other
	Merged What = "merged" // several that followed each other became one
	Gone   What = "gone"   // its words are nowhere
	Added  What = "added"  // its words come from nowhere
	// Unsure: any of these old ones may have become any of these new ones, or
	// none. What it would have become may also be missing on either side.
	Unsure What = "unsure"
)

// Match tells what became of the paragraphs of a text. Each old and each new
// one is in exactly one of the fates, which stand in the order of the new text;
// what is gone stands behind what it stood behind.
func Match(old, new []string) []Fate { return match(units(old), units(new)) }

func units(texts []string) []unit {
	list := make([]unit, len(texts))
	for i, text := range texts {
		text = tidy(text)
		list[i] = unit{name: text, text: text, known: true}
	}
	return list
}

// unit is a paragraph of a text that is being matched.
type unit struct {
	name  string // of equal ones the same: the text itself, or its hash
	text  string // tidy; looked at only where the names leave something open
	known bool   // whether there is a text

	pairs []uint32 // see grams
	solid string   // see squeezed
}

// look finds out what is compared when the names are not enough.
func (u *unit) look() {
	u.pairs = grams(u.text)
	u.solid = squeezed(u.text)
}

// mostRounds is how often the same is asked again because an answer may have
// made others possible.
const mostRounds = 50

// match is Match for paragraphs whose texts need not be known where their
// names are found on the other side.
func match(old, new []unit) []Fate {
	m := &matcher{old: side{units: old, fate: nowhere(len(old))}, new: side{units: new, fate: nowhere(len(new))}}
	m.same()
	if m.open() {
		for _, s := range []*side{&m.old, &m.new} {
			for _, i := range s.free() {
				s.units[i].look()
			}
		}
		m.joined()
		m.alike()
		m.rest()
	}
	m.moved()
	return m.inOrder()
}

// matcher is a match under way.
type matcher struct {
	old, new side
	fates    []Fate
}

// side is one of the two texts.
type side struct {
	units []unit
	fate  []int // by paragraph: which of the fates, -1 for none yet
}

func nowhere(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = -1
	}
	return list
}

// free are the paragraphs that have no fate yet.
func (s *side) free() []int {
	var list []int
	for i, f := range s.fate {
		if f < 0 {
			list = append(list, i)
		}
	}
	return list
}

func (s *side) isFree(i int) bool { return s.fate[i] < 0 }

func (m *matcher) open() bool {
	return slices.Contains(m.old.fate, -1) || slices.Contains(m.new.fate, -1)
}

func (m *matcher) tell(what What, old, new []int) {
	for _, i := range old {
		m.old.fate[i] = len(m.fates)
	}
	for _, j := range new {
		m.new.fate[j] = len(m.fates)
	}
	m.fates = append(m.fates, Fate{What: what, Old: old, New: new})
}

// rest tells what nothing was found of: gone, or added. Of an old one whose
// words are not known that cannot be said.
func (m *matcher) rest() {
	gaps := m.gaps()
	for _, i := range m.old.free() {
		switch j, ok := gaps.opposite(i); {
		case m.old.units[i].known:
			m.tell(Gone, []int{i}, nil)
		case ok && m.new.isFree(j):
			m.tell(Unsure, []int{i}, []int{j})
		default:
			m.tell(Unsure, []int{i}, nil)
		}
	}
	for _, j := range m.new.free() {
		m.tell(Added, nil, []int{j})
	}
}

// inOrder answers the fates in the order of the new text.
func (m *matcher) inOrder() []Fate {
	behind := make([][]int, len(m.fates)+1) // by the fate they stand behind, 0 for none: those without a new one
	for i, f := range m.old.fate {
		if len(m.fates[f].New) > 0 || m.fates[f].Old[0] != i {
			continue
		}
		before := 0
		if i > 0 {
			before = m.old.fate[i-1] + 1
		}
		behind[before] = append(behind[before], f)
	}
	out := make([]Fate, 0, len(m.fates))
	var add func(f int)
	add = func(f int) {
		out = append(out, m.fates[f])
		for _, g := range behind[f+1] {
			add(g)
		}
	}
	for _, f := range behind[0] {
		add(f)
	}
	for j, f := range m.new.fate {
		if m.fates[f].New[0] == j {
			add(f)
		}
	}
	return out
}
