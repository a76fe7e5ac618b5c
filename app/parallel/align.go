package parallel

import "slices"

// Align answers the pin after the body of a translation was edited as a whole:
// each segment keeps its paragraphs wherever they stand now. Paragraphs that
// were moved take their segment along. One that was put in belongs to the
// segment around it, or to one in this place that has none. Where that cannot be
// told, or paragraphs of several segments were mixed, the answer is false: the
// pin is then a guess that a person should look at. Its Blocks are as many as
// the new paragraphs in any case, unless it holds no paragraph at all.
func Align(pin Pin, oldTarget, newTarget []string) (Pin, bool) {
	a := aligning{pin: pin, owner: nowhere(len(newTarget)), ok: true}
	a.follow(oldTarget, newTarget)
	a.fill()
	return a.result()
}

// aligning is an alignment under way.
type aligning struct {
	pin   Pin
	owner []int // by new paragraph: the place in the pin of what it translates, -1 while unknown
	ok    bool
}

func (a *aligning) isBody(i int) bool { return a.pin[i].Key == "" }

// follow gives the new paragraphs to those that the old ones they come from
// belonged to.
func (a *aligning) follow(oldTarget, newTarget []string) {
	var owners []int // by old paragraph
	for i, h := range a.pin {
		owners = append(owners, slices.Repeat([]int{i}, h.Blocks)...)
	}
	if len(owners) != len(oldTarget) {
		a.ok = len(newTarget) == 0
		return
	}
	for _, f := range Match(oldTarget, newTarget) {
		for k, j := range f.New {
			if len(f.Old) == 0 {
				continue
			}
			a.owner[j] = owners[f.Old[min(k, len(f.Old)-1)]]
		}
		if f.What == Unsure && owners[f.Old[0]] != owners[f.Old[len(f.Old)-1]] {
			a.ok = false
		}
	}
}

// fill gives each run of paragraphs that come from nowhere to somebody.
func (a *aligning) fill() {
	for from := 0; from < len(a.owner); from++ {
		to := from
		for to < len(a.owner) && a.owner[to] < 0 {
			to++
		}
		if to > from {
			a.give(from, to)
			from = to - 1
		}
	}
}

// give gives the paragraphs from one to before another to those segments
// between the neighbours' that have none, else to a neighbour's.
func (a *aligning) give(from, to int) {
	before, after := -1, len(a.pin)
	if from > 0 {
		before = a.owner[from-1]
	}
	if to < len(a.owner) {
		after = a.owner[to]
	}
	var idle []int
	for i := before + 1; i < after; i++ {
		if a.isBody(i) && !slices.Contains(a.owner, i) {
			idle = append(idle, i)
		}
	}
	if len(idle) == 0 {
		idle = a.neighbour(before, after)
	}
	if len(idle) == 0 {
		return
	}
	a.ok = a.ok && len(idle) == 1
	for j := from; j < to; j++ {
		a.owner[j] = idle[min(j-from, len(idle)-1)]
	}
}

// neighbour is the one before, or where there is none the one after.
func (a *aligning) neighbour(before, after int) []int {
	switch {
	case before < 0 && after == len(a.pin):
		a.ok = false
		return nil
	case before < 0:
		return []int{after}
	case after < len(a.pin) && after != before:
		a.ok = false
	}
	return []int{before}
}

// result counts the paragraphs of each segment, and brings the segments into
// their order.
func (a *aligning) result() (Pin, bool) {
	counts := make([]int, len(a.pin))
	var order []int
	for j, i := range a.owner {
		switch {
		case i < 0:
			continue
		case counts[i] > 0 && i != order[len(order)-1]: // another stands between
			a.ok = false
			i = order[len(order)-1]
			a.owner[j] = i
		case counts[i] == 0:
			order = append(order, i)
		}
		counts[i]++
	}
	out := make(Pin, 0, len(a.pin))
	add := func(i int) { // and those behind it that have no paragraphs, which stay there
		for first := true; i < len(a.pin) && (first || counts[i] == 0); i++ {
			h := a.pin[i]
			h.Blocks = counts[i]
			out = append(out, h)
			first = false
		}
	}
	if len(a.pin) > 0 && counts[0] == 0 {
		add(0)
	}
	for _, i := range order {
		add(i)
	}
	return out, a.ok
}
