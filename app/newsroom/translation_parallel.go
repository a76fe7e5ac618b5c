package newsroom

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/markup"
	"doingoai/app/parallel"
	"doingoai/app/term"
)

// Parallel is a translation laid beside its source, passage by passage.
type Parallel struct {
	Edition  Edition
	Revision Revision // the newest of the translation
	Source   Revision // the newest of what it is translated from
	Version  int64    // grows when somebody says that something is still right
	Passages []Passage

	compared parallel.Comparison
}

// Passage is a segment of the source, or several that are tied to each other,
// with what stands for it in the translation.
type Passage struct {
	ID       string // names it on a page: its key, or the words of the source that it is about
	Key      string // of a field, empty of paragraphs
	What     parallel.What
	Moved    bool
	Old, New string // what was translated, and what the source says now; Old is empty of what is fresh
	Target   string // the translation's own, several paragraphs with a blank line between them
	Severity parallel.Severity
	Reasons  []parallel.Reason
	Diff     []Piece     // from Old to New, of what is behind
	Terms    []term.Hint // what the source speaks of that has agreed names
}

// Behind says whether the source says something else than was translated.
func (p Passage) Behind() bool { return p.What != parallel.Fresh }

// Behind lists the places of the passages in which the translation is behind.
func (p *Parallel) Behind() []int {
	var which []int
	for i := range p.Passages {
		if p.Passages[i].Behind() {
			which = append(which, i)
		}
	}
	return which
}

// Loose says whether some paragraphs of the translation belong to several of
// the source together: which belongs to which cannot be told.
func (p *Parallel) Loose() bool {
	empty, several := false, false
	for _, s := range p.Passages {
		if s.Key == "" && s.What != parallel.New {
			n := len(markup.Paragraphs(s.Target))
			empty, several = empty || n == 0, several || n > 1
		}
	}
	return empty && several
}

// Parallel lays a translation beside its source for somebody who sees both. An
// original has no source: the error is NotFound.
func (n *Newsroom) Parallel(ctx context.Context, actor account.Actor, ref Ref) (*Parallel, error) {
	db := n.db.Read(ctx)
	row, err := seenEdition(db, actor, ref)
	if err != nil {
		return nil, err
	}
	p := &Parallel{Edition: row.edition()}
	if p.Revision, err = loadRevision(db, ref, row.Head); err != nil {
		return nil, err
	}
	if p.Revision.SourceLang == "" {
		return nil, fault.New(fault.NotFound, "error.translation.none")
	}
	if _, err := seenEdition(db, actor, Ref{ref.Item, p.Revision.SourceLang}); err != nil {
		return nil, err
	}
	if err := p.lay(db, row); err != nil {
		return nil, err
	}
	return p, n.hint(ctx, p)
}

// hint adds what the termbase knows of what the source says.
func (n *Newsroom) hint(ctx context.Context, p *Parallel) error {
	if n.terms == nil {
		return nil
	}
	base, err := n.terms.Base(ctx)
	if err != nil {
		return err
	}
	for i := range p.Passages {
		text := p.Passages[i].New
		if p.Passages[i].Key == "" {
			if text, err = n.plainText(text); err != nil {
				return err
			}
		}
		p.Passages[i].Terms = base.Hints(p.Source.Ref.Lang, text, p.Revision.Ref.Lang, n.db.Now())
	}
	return nil
}

func passages(c parallel.Comparison, sourceLang string, translation Content) []Passage {
	body := markup.Paragraphs(translation.Body)
	list := make([]Passage, len(c.Standings))
	named := map[string]int{}
	for i, s := range c.Standings {
		p := Passage{ID: passageID(s, named), Key: s.Key, What: s.What, Moved: s.Moved, Old: s.Old, New: s.New}
		if s.Key != "" {
			p.Target = translation.said(s.Key)
		} else {
			p.Target = strings.Join(runOf(c, i, body), "\n\n")
		}
		if p.Behind() {
			p.Severity, p.Reasons = parallel.Weigh(sourceLang, s.Old, s.New)
			p.Diff = Diff(s.Old, s.New)
		}
		list[i] = p
	}
	return list
}

// SaveSide saves a translation that was written beside its source, over the
// revision base of the translation, under the rules of saving. A passage whose
// translation was changed, or that was said to be right, is translated from the
// revision of the source that was shown; all others stay as they were. The text
// is put together in the order of the source. Where nothing but what is right was
// said, no revision is made.
func (n *Newsroom) SaveSide(ctx context.Context, actor account.Actor, ref Ref, base int, typed Beside, note string) (Revision, error) {
	p, err := n.Parallel(ctx, actor, ref)
	if err != nil {
		return Revision{}, err
	}
	if typed.Source != p.Source.Number || typed.Version != p.Version || base != p.Revision.Number {
		return Revision{}, &ConflictError{p.Revision, fault.New(fault.Conflict, "error.translation.moved_on")}
	}
	if !slices.EqualFunc(typed.Cells, p.Passages, func(c Cell, s Passage) bool { return c.ID == s.ID }) {
		return Revision{}, errNoSuchPassages()
	}
	content := p.Revision.Content
	var body []string
	var pin parallel.Pin
	written := false
	for i, passage := range p.Passages {
		target, blocks := passage.Target, 0
		if text := tidy(typed.Cells[i].Text); text != tidy(target) {
			target = text
		}
		if passage.Key != "" {
			target = oneLine(passage.Key, target)
			content.say(passage.Key, target)
		} else {
			paragraphs := markup.Paragraphs(target)
			blocks, body = len(paragraphs), append(body, paragraphs...)
		}
		changed := target != passage.Target
		written = written || changed
		pin = append(pin, p.heldBy(i, changed || typed.Cells[i].Right, blocks)...)
	}
	if written {
		content.Body = strings.Join(body, "\n\n")
	}
	return n.Keep(ctx, actor, ref, Saving{
		Base: base, Source: typed.Source, Content: content, Note: note, pin: pin, version: typed.Version,
	})
}

// errNoSuchPassages refuses a form whose passages are not those of its texts.
func errNoSuchPassages() error { return fault.New(fault.Invalid, "error.translation.passages") }

// heldBy is what a passage is held to after it was gone through: done by what
// the source says now, else by what it was.
func (p *Parallel) heldBy(which int, done bool, blocks int) parallel.Pin {
	s := p.compared.Standings[which]
	var list parallel.Pin
	if done {
		for _, at := range s.Now {
			list = append(list, parallel.Held{Key: s.Key, Hash: parallel.Hash(p.compared.Now[at].Text), Revision: p.Source.Number})
		}
	}
	if !done || len(list) == 0 && blocks > 0 { // words that stay though the source has none any more
		for _, at := range s.Held {
			h := p.compared.Pin[at]
			h.Blocks = 0
			list = append(list, h)
		}
	}
	switch {
	case s.Key != "":
	case blocks == len(list):
		for i := range list {
			list[i].Blocks = 1
		}
	case len(list) > 0:
		list[0].Blocks = blocks
	}
	return list
}

// StillRight is the verb of saying that a translation is right as it stands
// where its source has changed.
const StillRight Verb = "still_right"

// SayRight says of passages of a translation, by their IDs, that they are right
// for the source as it is now. The text, and what was approved of it, stays as it is. version
// and source are those of the Parallel that the person had before them; when
// either has moved on, nothing happens and the error is a conflict.
func (n *Newsroom) SayRight(ctx context.Context, actor account.Actor, ref Ref, version int64, source int, passages ...string) error {
	return n.on(ctx, actor, ref, account.Translate, func(a *act) error {
		head, err := loadRevision(a.tx.DB, ref, a.row.Head)
		if err != nil {
			return err
		}
		h, ok, err := heldOf(a.tx.DB, a.row, head)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.NotFound, "error.translation.none")
		}
		now, err := newestSource(a.tx.DB, head)
		if err != nil {
			return err
		}
		if h.row.Version != version || now.Number != source {
			return fault.New(fault.Conflict, "error.translation.moved_on")
		}
		c, err := compareWith(a.tx.DB, now, h.pin)
		if err != nil {
			return err
		}
		which, err := placesOf(c, passages)
		if err != nil {
			return err
		}
		return a.sayRight(h, c.Confirm(now.Number, which...), head, now)
	})
}

// placesOf are the places of passages by their IDs.
func placesOf(c parallel.Comparison, passages []string) (which []int, err error) {
	named, ids := map[string]int{}, make([]string, len(c.Standings))
	for i, s := range c.Standings {
		ids[i] = passageID(s, named)
	}
	for _, id := range passages {
		at := slices.Index(ids, id)
		if at < 0 {
			return nil, errNoSuchPassages()
		}
		which = append(which, at)
	}
	return which, nil
}

// sayRight notes what a text that stays as it is was said to be right for.
// Readers who have this very text are told so, when they have that source. Where
// all of it was so already, nothing happens.
func (a *act) sayRight(h held, pin parallel.Pin, head, source Revision) error {
	if slices.Equal(h.pin, pin) {
		return nil
	}
	h.pin = pin
	row, err := loadEdition(a.tx.DB, source.Ref)
	if err != nil {
		return err
	}
	same := a.row.LiveRevision == a.row.Head && Live(a.row.Live) == IsLive
	if same = same && Live(row.Live) == IsLive && row.LiveRevision == source.Number; same {
		h.live = pin
		if _, _, err := a.standBehind(pin, source); err != nil {
			return err
		}
	}
	if err := h.keep(a.tx); err != nil {
		return err
	}
	stale, critical, err := measure(a.tx.DB, source, pin)
	if err != nil {
		return err
	}
	if err := updateEdition(a.tx, a.row.ref(), map[string]any{"stale": stale, "critical": critical}); err != nil {
		return err
	}
	detail := map[string]string{"source_revision": strconv.Itoa(source.Number), "behind": strconv.Itoa(stale)}
	if err := a.record(StillRight, State(a.row.State), head.Hash, "", detail); err != nil {
		return err
	}
	return a.settle(head)
}
