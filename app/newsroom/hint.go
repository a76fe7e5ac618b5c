package newsroom

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/figure"
	"doingoai/app/term"
)

// Hints is what somebody who writes a translation is told of what is there so
// far.
type Hints struct {
	Found []Finding // what would stand out if it were saved so, and is not explained
	Avoid []Avoid   // where something stands that must not be said; not told of Markdown
}

// Avoid is a place in a text, in bytes, with what it should say instead.
type Avoid struct {
	term.Span
	Want []string
}

// Written is what somebody is writing of a translation.
type Written struct {
	Passage  string // which passage it is, by its ID; "" the whole body
	Text     string
	Markdown bool // it has its form still
}

// Hint holds what is being written against what it is made from, by the rules
// by which it will be held before it is approved: a passage against what the
// source says there now, and the whole body by its terms alone, because figures
// are told passage by passage. Nothing is said of names that are missing, which
// need not be in each passage.
func (n *Newsroom) Hint(ctx context.Context, actor account.Actor, ref Ref, w Written) (Hints, error) {
	p, err := n.Parallel(ctx, actor, ref)
	if err != nil {
		return Hints{}, err
	}
	i := slices.IndexFunc(p.Passages, func(passage Passage) bool { return passage.ID == w.Passage })
	if w.Passage != "" && i < 0 {
		return Hints{}, fault.New(fault.Conflict, "error.translation.moved_on")
	}
	key, source, text := "", p.Source.Content.Body, w.Text
	if i >= 0 {
		key, source = p.Passages[i].Key, p.Passages[i].New
	}
	if key == "" {
		if source, err = n.plainText(source); err != nil {
			return Hints{}, err
		}
	}
	if w.Markdown && key == "" {
		if text, err = n.plainText(text); err != nil {
			return Hints{}, err
		}
	}
	s, err := n.seeker(ctx)
	if err != nil {
		return Hints{}, err
	}
	hints := s.hints(key, i, p.Source.Ref.Lang, source, ref.Lang, text)
	if w.Markdown {
		hints.Avoid = nil // of the plain text
	}
	if hints.Found, err = explained(n.db.Read(ctx), ref, s.once()); err != nil {
		return Hints{}, err
	}
	hints.Found = slices.DeleteFunc(hints.Found, func(f Finding) bool { return f.Reason != "" })
	return hints, nil
}

// hints gathers what stands out in a passage that is being written, or in the
// whole where its place is -1.
func (s *seeker) hints(key string, passage int, from, source, to, text string) (h Hints) {
	if passage >= 0 {
		s.figures(key, passage, figure.Compare(from, source, to, text))
	}
	s.suspects(to, key, passage, text)
	if s.terms == nil {
		return h
	}
	beside := slices.DeleteFunc(s.terms.Check(from, source, to, text, s.now), func(d term.Deviation) bool { return d.Kind != term.Misused })
	alone := s.terms.CheckOne(to, text, s.now)
	s.deviations("", passage, source, text, beside)
	s.deviations(key, passage, "", text, alone)
	h.Avoid = avoided(append(beside, alone...))
	return h
}

// avoided are the places of deviations, each once.
func avoided(list []term.Deviation) []Avoid {
	var places []Avoid
	for _, d := range list {
		places = append(places, Avoid{d.To, d.Want})
	}
	slices.SortStableFunc(places, func(a, b Avoid) int { return cmp.Or(a.Start-b.Start, a.End-b.End) })
	return slices.CompactFunc(places, func(a, b Avoid) bool { return a.Span == b.Span })
}

// Names are the agreed names of everything that the source of a translation
// speaks of, for whoever writes it as a whole.
func (n *Newsroom) Names(ctx context.Context, source Revision, lang string) ([]term.Hint, error) {
	if n.terms == nil {
		return nil, nil
	}
	base, err := n.terms.Base(ctx)
	if err != nil {
		return nil, err
	}
	body, err := n.plainText(source.Content.Body)
	if err != nil {
		return nil, err
	}
	var said []string
	for _, field := range source.Content.fields() {
		said = append(said, field.Text)
	}
	return base.Hints(source.Ref.Lang, strings.Join(append(said, body), "\n\n"), lang, n.db.Now()), nil
}
