package parallel

import "slices"

// Confirm answers the pin after somebody said of some standings that the
// translation is right for the source as it is now, which is that revision. All
// else stays as it is. Of a segment that is gone it means that the words of the
// translation stay, with what they stand behind; of one that is new, that
// nothing needs to be written for it.
func (c Comparison) Confirm(revision int, which ...int) Pin {
	e := c.edit()
	for _, at := range slices.Sorted(slices.Values(which)) {
		s := c.Standings[at]
		e.put(s, revision, c.Pin[c.run(s).from:c.run(s).to].Blocks())
	}
	return e.pin()
}

// Translated answers the pin after the translation of one standing was written
// anew from the source as it is now, in so many paragraphs, where Paragraphs
// says that they stand. Without any, and the segment gone, nothing is left of it.
func (c Comparison) Translated(revision, which, blocks int) Pin {
	e := c.edit()
	e.put(c.Standings[which], revision, blocks)
	return e.pin()
}

// Paragraphs says which paragraphs of the translation's body belong to a
// standing: those from one to before the other. For one that is new they are
// none, and would stand there. Of several that were merged from far apart they
// are those of the first.
func (c Comparison) Paragraphs(which int) (from, to int) {
	r := c.run(c.Standings[which])
	from = c.Pin[:r.from].Blocks()
	return from, from + c.Pin[r.from:r.to].Blocks()
}

// run is a stretch of a pin.
type run struct{ from, to int }

// run is where in the pin a standing is: the first of its segments there that
// follow each other, or where they would be.
func (c Comparison) run(s Standing) run {
	if len(s.Held) == 0 {
		at := c.behind(s)
		return run{at, at}
	}
	r := run{s.Held[0], s.Held[0] + 1}
	for slices.Contains(s.Held, r.to) {
		r.to++
	}
	return r
}

// behind is where in the pin a segment belongs that is not there: a field behind
// the fields, a paragraph behind what it stands behind in the source.
func (c Comparison) behind(s Standing) int {
	at := slices.IndexFunc(c.Pin, func(h Held) bool { return h.Key == "" })
	if at < 0 {
		at = len(c.Pin)
	}
	if s.Key != "" {
		return at
	}
	for _, before := range c.Standings {
		if len(before.Now) > 0 && before.Now[0] == s.Now[0] {
			break
		}
		if before.Key == "" && len(before.Held) > 0 {
			at = c.run(before).to
		}
	}
	return at
}

// edit is a pin that is being changed.
type edit struct {
	Comparison
	slots []slot // by place in the pin, and one for the end
}

// slot is what a place in a pin becomes.
type slot struct {
	before []Held // what is put in before it
	held   []Held
	spill  int // paragraphs of the translation that are left without a segment
}

func (c Comparison) edit() edit {
	e := edit{c, make([]slot, len(c.Pin)+1)}
	for i := range c.Pin {
		e.slots[i].held = c.Pin[i : i+1]
	}
	return e
}

// put holds what a standing's segments are now, with so many paragraphs of the
// translation in place of those of its run.
func (e edit) put(s Standing, revision, blocks int) {
	r := e.run(s)
	now := e.hold(s, revision, blocks)
	if len(s.Held) == 0 {
		e.slots[r.from].before = append(e.slots[r.from].before, now...)
		return
	}
	for _, i := range s.Held {
		e.slots[i].held = nil
		if i >= r.to {
			e.slots[i].spill = e.Pin[i].Blocks
		}
	}
	e.slots[r.from].held = now
	if len(now) == 0 {
		e.slots[r.from].spill = blocks
	}
}

// hold pins the segments of a standing. Each has one paragraph of the
// translation when they are as many, else the first has all: what the others
// say stands there.
func (e edit) hold(s Standing, revision, blocks int) []Held {
	var list []Held
	for k, j := range s.Now {
		h := Held{Key: s.Key, Hash: Hash(e.Now[j].Text), Revision: revision}
		switch {
		case s.Key != "":
		case blocks == len(s.Now):
			h.Blocks = 1
		case k == 0:
			h.Blocks = blocks
		}
		list = append(list, h)
	}
	return list
}

// pin is the result. Paragraphs without a segment go to the one before them, or
// where there is none to the first.
func (e edit) pin() Pin {
	pin := make(Pin, 0, len(e.Pin)+1)
	spilt := 0
	for _, s := range e.slots {
		pin = append(append(pin, s.before...), s.held...)
		spilt += s.spill
		if last := len(pin) - 1; last >= 0 && pin[last].Key == "" {
			pin[last].Blocks += spilt
			spilt = 0
		}
	}
	return pin
}
