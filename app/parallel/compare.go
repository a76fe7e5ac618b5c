package parallel

import "strings"

// How a translation stands to a segment of its source. Gone and Unsure are said
// of segments as of paragraphs.
const (
	Fresh What = "fresh" // the source says what was translated
	Stale What = "stale" // it says something else
	New   What = "new"   // it says what is not translated
)

// Standing is how a translation stands to a segment of its source, or to several
// that are tied to each other: a paragraph that became two, or two of which it
// cannot be told what became of which.
type Standing struct {
	What  What
	Key   string
	Moved bool  // it stands elsewhere in the source than it did
	Held  []int // places in the pin, ascending; none of what is new
	Now   []int // places in the source as it is now, ascending; none of what is gone
	// Old is what was translated and New what stands there now, several with a
	// blank line between them: the two sides of a diff. Old is empty of what is
	// fresh, and where its revision does not have it.
	Old, New string
}

// Comparison is a pin laid beside its source.
type Comparison struct {
	Pin       Pin
	Now       []Segment
	Standings []Standing
}

// Compare lays a pin beside the source as it is now. Old answers a revision of
// the source; it is asked only where something has changed, once for each
// revision, and may answer nothing. Each segment of the source that says
// something, and each of the pin, is in exactly one of the standings: first
// fields, then paragraphs, in the order of the source; what is gone stands
// behind what it stood behind.
func Compare(pin Pin, old func(revision int) []Segment, now []Segment) Comparison {
	c := comparing{Comparison{Pin: pin, Now: now}, archive{old, map[int]map[string]string{}}}
	c.fields()
	c.paragraphs()
	return c.Comparison
}

// comparing is a comparison under way.
type comparing struct {
	Comparison
	archive archive
}

// archive answers what a segment of the pin said.
type archive struct {
	old   func(revision int) []Segment
	texts map[int]map[string]string // by revision and hash
}

func (a archive) text(h Held) (string, bool) {
	texts, asked := a.texts[h.Revision]
	if !asked {
		texts = map[string]string{}
		for _, s := range a.old(h.Revision) {
			texts[Hash(s.Text)] = s.Text
		}
		a.texts[h.Revision] = texts
	}
	text, ok := texts[h.Hash]
	return text, ok
}

func (c *comparing) tell(s Standing) { c.Standings = append(c.Standings, s) }

// fields compares what has a key: each with the one of the same key.
func (c *comparing) fields() {
	held := map[string]int{}
	for i, h := range c.Pin {
		if h.Key != "" {
			held[h.Key] = i
		}
	}
	for j, s := range c.Now {
		i, ok := held[s.Key]
		switch {
		case s.Key == "" || tidy(s.Text) == "":
			continue
		case !ok:
			c.tell(Standing{What: New, Key: s.Key, Now: []int{j}, New: s.Text})
		case c.Pin[i].Hash == Hash(s.Text):
			c.tell(Standing{What: Fresh, Key: s.Key, Held: []int{i}, Now: []int{j}, New: s.Text})
		default:
			text, _ := c.archive.text(c.Pin[i])
			c.tell(Standing{What: Stale, Key: s.Key, Held: []int{i}, Now: []int{j}, Old: text, New: s.Text})
		}
		delete(held, s.Key)
	}
	for i, h := range c.Pin {
		if _, left := held[h.Key]; left {
			text, _ := c.archive.text(h)
			c.tell(Standing{What: Gone, Key: h.Key, Held: []int{i}, Old: text})
		}
	}
}

// paragraphs compares the bodies.
func (c *comparing) paragraphs() {
	var held, now []int
	var old, new []unit
	names := map[string]int{} // how often each is in the source, less how often in the pin
	for j, s := range c.Now {
		if s.Key == "" && tidy(s.Text) != "" {
			u := unit{name: Hash(s.Text), text: tidy(s.Text), known: true}
			now, new = append(now, j), append(new, u)
			names[u.name]++
		}
	}
	for i, h := range c.Pin {
		if h.Key == "" {
			held, old = append(held, i), append(old, unit{name: h.Hash})
			names[h.Hash]--
		}
	}
	for k, i := range held {
		if names[old[k].name] < 0 {
			old[k].text, old[k].known = c.archive.text(c.Pin[i])
			old[k].text = tidy(old[k].text)
		}
	}
	for _, f := range match(old, new) {
		s := Standing{What: standing(f, old, new), Moved: f.Moved, Held: places(held, f.Old), Now: places(now, f.New)}
		for k, j := range s.Now {
			s.New += between(k) + c.Now[j].Text
		}
		for k, i := range s.Held {
			if s.What != Fresh {
				text, _ := c.archive.text(c.Pin[i])
				s.Old += between(k) + text
			}
		}
		c.tell(s)
	}
}

// standing is how a translation stands to paragraphs of which that became. Those
// that were split or merged and say the same together are as fresh as before.
func standing(f Fate, old, new []unit) What {
	switch f.What {
	case Same:
		return Fresh
	case Added:
		return New
	case Split, Merged:
		if together(old, f.Old) == together(new, f.New) {
			return Fresh
		}
		return Stale
	case Edited:
		return Stale
	}
	return f.What
}

// together is what several say one after another, without space.
func together(units []unit, which []int) string {
	var b strings.Builder
	for _, i := range which {
		b.WriteString(units[i].solid)
	}
	return b.String()
}

func places(of, which []int) []int {
	var list []int
	for _, i := range which {
		list = append(list, of[i])
	}
	return list
}

func between(k int) string {
	if k == 0 {
		return ""
	}
	return "\n\n"
}
