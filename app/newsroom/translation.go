package newsroom

import (
	"errors"
	"slices"

	"doingoai/app/fault"
	"doingoai/app/markup"
	"doingoai/app/parallel"
	"doingoai/app/store"
)

// A translation is pinned to what it was made from: for each segment of its
// source, a field or a paragraph, the words that were translated (app/parallel).
// When the source changes, exactly the passages that say something else are
// behind, in drafts as in what readers have, until somebody rewrites the
// translation of each or says that it is right as it is. Saving another passage
// clears nothing.
//
// The pin is no part of the text: what was approved stays approved when somebody
// says of it that it is still right. It stands beside the edition, once for its
// newest text and once for what readers have, and beside each revision as it was
// when that was saved, so that an older text comes back with what it was made
// from.

// segments are what of a text is translated, one by one.
func (c Content) segments() []parallel.Segment { return parallel.Segments(c.fields(), c.Body) }

// fields are the translated texts beside the body, by the names of the form.
func (c Content) fields() []parallel.Segment {
	return append([]parallel.Segment{
		{Key: "headline", Text: c.Headline}, {Key: "kicker", Text: c.Kicker}, {Key: "standfirst", Text: c.Standfirst},
		{Key: "lead_alt", Text: c.Lead.Alt}, {Key: "lead_caption", Text: c.Lead.Caption},
	}, c.words()...)
}

// field answers where a translated text of a key is kept; nil for none, and for
// a fact (said, say).
func (c *Content) field(key string) *string {
	switch key {
	case "headline":
		return &c.Headline
	case "kicker":
		return &c.Kicker
	case "standfirst":
		return &c.Standfirst
	case "lead_alt":
		return &c.Lead.Alt
	case "lead_caption":
		return &c.Lead.Caption
	}
	return nil
}

// pinWhole pins a whole translation to a revision of its source: paragraph by
// paragraph where both have as many, else all paragraphs together.
func pinWhole(source []parallel.Segment, revision int, c Content) parallel.Pin {
	blocks := len(markup.Paragraphs(c.Body))
	var pin parallel.Pin
	for _, h := range parallel.Begin(source, revision) {
		if h.Key != "" && c.said(h.Key) != "" || h.Key == "" && blocks > 0 {
			pin = append(pin, h)
		}
	}
	if _, n := firstParagraph(pin); n != blocks {
		return loosened(pin, blocks)
	}
	return pin
}

// loosened is a pin of which nobody can tell which paragraphs of the translation
// belong to which of the source: the first has them all.
func loosened(pin parallel.Pin, blocks int) parallel.Pin {
	pin = slices.Clone(pin)
	first, _ := firstParagraph(pin)
	for i := first; i < len(pin); i++ {
		pin[i].Blocks = 0
	}
	if first < len(pin) {
		pin[first].Blocks = blocks
	}
	return pin
}

// firstParagraph is where in a pin the paragraphs begin, and how many there are.
func firstParagraph(pin parallel.Pin) (at, n int) {
	for at < len(pin) && pin[at].Key != "" {
		at++
	}
	return at, len(pin) - at
}

// held is a translation with what it is made from.
type held struct {
	row       translationRow
	pin, live parallel.Pin
}

// keep writes it down.
func (h *held) keep(tx *store.Tx) error {
	h.row.Pin, h.row.LivePin = encodePin(h.pin), encodePin(h.live)
	h.row.Version++
	return putTranslation(tx, h.row)
}

// beginHeld notes that nothing of a translation is made yet.
func beginHeld(tx *store.Tx, first Revision) error {
	if first.SourceLang == "" {
		return nil
	}
	h := held{row: translationRow{ItemID: first.Ref.Item, Lang: first.Ref.Lang, SourceLang: first.SourceLang}}
	if err := h.keep(tx); err != nil {
		return err
	}
	source, err := newestSource(tx.DB, first)
	if err != nil {
		return err
	}
	stale, critical, err := measure(tx.DB, source, nil)
	if err != nil {
		return err
	}
	return updateEdition(tx, first.Ref, map[string]any{"stale": stale, "critical": critical})
}

// hold notes what a text that was just saved is made from, and answers how far
// it is behind. What somebody rewrote of what was behind is translated from the
// revision of the source that they had before them; what they left alone stays
// as far behind as it was.
func (a *act) hold(head, next Revision, s Saving) (stale, critical int, err error) {
	h, ok, err := heldOf(a.tx.DB, a.row, head)
	if err != nil || !ok {
		return 0, 0, err
	}
	switch {
	case s.restored != 0:
		h.pin, err = a.heldThen(s.restored)
	case s.pin != nil && h.row.Version != s.version:
		err = &ConflictError{head, fault.New(fault.Conflict, "error.translation.moved_on")}
	case s.pin != nil:
		h.pin = s.pin
	default:
		h.pin, err = a.heldAfter(h.pin, head.Content, next)
	}
	if err != nil {
		return 0, 0, err
	}
	if err := h.keep(a.tx); err != nil {
		return 0, 0, err
	}
	if err := putRevisionPin(a.tx, next.Ref, next.Number, h.row.Pin); err != nil {
		return 0, 0, err
	}
	source, err := newestSource(a.tx.DB, next)
	if err != nil {
		return 0, 0, err
	}
	return measure(a.tx.DB, source, h.pin)
}

// rightAsItIs keeps what somebody said of a translation that they went through
// and left as it was.
func (a *act) rightAsItIs(head Revision, s Saving) error {
	if s.pin == nil {
		return nil
	}
	h, _, err := heldOf(a.tx.DB, a.row, head)
	if err != nil {
		return err
	}
	if h.row.Version != s.version {
		return &ConflictError{head, fault.New(fault.Conflict, "error.translation.moved_on")}
	}
	source, err := newestSource(a.tx.DB, head)
	if err != nil {
		return err
	}
	return a.sayRight(h, s.pin, head, source)
}

// heldThen is what an older revision was made from when it was saved.
func (a *act) heldThen(number int) (parallel.Pin, error) {
	text, err := loadRevisionPin(a.tx.DB, a.row.ref(), number)
	if err != nil || text != "" {
		pin, unread := decodePin(text)
		return pin, errors.Join(err, unread)
	}
	rev, err := loadRevision(a.tx.DB, a.row.ref(), number)
	if err != nil {
		return nil, err
	}
	return wholeOf(a.tx.DB, rev)
}

// heldAfter is the pin of a translation that was edited as a whole.
func (a *act) heldAfter(pin parallel.Pin, before Content, next Revision) (parallel.Pin, error) {
	source, err := loadRevision(a.tx.DB, Ref{next.Ref.Item, next.SourceLang}, next.SourceRevision)
	if err != nil {
		return nil, err
	}
	old, now := markup.Paragraphs(before.Body), markup.Paragraphs(next.Content.Body)
	was, err := compareWith(a.tx.DB, source, pin)
	if err != nil {
		return nil, err
	}
	is := was
	if _, n := firstParagraph(pin); n == 0 { // nothing of the body was translated yet
		whole := pinWhole(source.Content.segments(), source.Number, next.Content)
		from, _ := firstParagraph(whole)
		is.Pin = append(slices.Clone(pin), whole[from:]...)
		if is, err = compareWith(a.tx.DB, source, is.Pin); err != nil {
			return nil, err
		}
		was = is
	} else if aligned, sure := parallel.Align(pin, old, now); sure {
		is.Pin = aligned
	} else {
		is.Pin = loosened(pin, len(now))
	}
	var rewritten []int
	for i, s := range is.Standings {
		if s.What == parallel.Fresh {
			continue
		}
		if s.Key != "" {
			if to := next.Content.said(s.Key); to != "" && to != before.said(s.Key) {
				rewritten = append(rewritten, i)
			}
			continue
		}
		if len(s.Held) > 0 && !slices.Equal(runOf(was, i, old), runOf(is, i, now)) {
			rewritten = append(rewritten, i)
		}
	}
	return is.Confirm(source.Number, rewritten...), nil
}

// runOf are the paragraphs of a translation that belong to a standing.
func runOf(c parallel.Comparison, i int, body []string) []string {
	from, to := c.Paragraphs(i)
	return body[min(from, len(body)):min(to, len(body))]
}
