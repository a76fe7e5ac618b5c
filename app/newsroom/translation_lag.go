package newsroom

import (
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/markup"
	"doingoai/app/parallel"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Lag is how far a translation is behind its source: how many passages of the
// source say something else than what was translated, or are new or gone, and
// how many of those changed a figure, a date, a name or a denial.
type Lag struct {
	Stale, Critical         int // the newest text, behind the newest one of the source
	LiveStale, LiveCritical int // what readers have, behind what they have of the source
	// Since is since when readers have a source that is ahead of what they have
	// of the translation, and Due by when a critical change of it should be
	// caught up with; zero: they have not, and there is no hour for it.
	Since, Due time.Time
}

// CatchUp is the turn of those who translate, when readers have a newer source.
const CatchUp Verb = "catch_up"

// catchUpTarget is the clock that a critical change starts (domain §3: five
// hours for what needs translation), as the agency has set it.
const catchUpTarget = "translation"

// weigh is how many passages of a comparison are behind, and how many of those
// critically.
func weigh(lang string, c parallel.Comparison, which []int) (stale, critical int) {
	for _, i := range which {
		s := c.Standings[i]
		stale++
		if severity, _ := parallel.Weigh(lang, s.Old, s.New); severity == parallel.Critical {
			critical++
		}
	}
	return stale, critical
}

// behindIn lists the standings of a comparison in which a translation is behind
// a revision of its source. Where it was made from a later one it is ahead: its
// translator worked on a draft that readers do not have yet.
func behindIn(c parallel.Comparison, number int) (which []int) {
	ahead := slices.ContainsFunc(c.Pin, func(h parallel.Held) bool { return h.Revision > number })
	for i, s := range c.Standings {
		later := ahead
		for k, at := range s.Held {
			later = c.Pin[at].Revision > number && (k == 0 || later)
		}
		if s.What != parallel.Fresh && !later {
			which = append(which, i)
		}
	}
	return which
}

// followed tells the editions that are translated from this one that it says
// something else now. The item is locked, and so are they.
func (a *act) followed(now Revision) error {
	rows, err := lockDependents(a.tx, a.row.ref())
	if err != nil {
		return err
	}
	for _, row := range rows {
		b := &act{n: a.n, ctx: a.ctx, tx: a.tx, actor: a.actor, row: row}
		head, err := loadRevision(a.tx.DB, row.ref(), row.Head)
		if err != nil {
			return err
		}
		h, _, err := heldOf(a.tx.DB, row, head)
		if err != nil {
			return err
		}
		stale, critical, err := measure(a.tx.DB, now, h.pin)
		if err != nil {
			return err
		}
		if stale == row.Stale && critical == row.Critical {
			continue
		}
		if err := updateEdition(a.tx, b.row.ref(), map[string]any{"stale": stale, "critical": critical}); err != nil {
			return err
		}
	}
	return nil
}

// overtaking is a translation whose readers have a newer source from now on.
type overtaking struct {
	*act
	head Revision
	verb Verb // CatchUp, or NewFacts where that is all
	more bool // it is further behind than before
}

// overtaken has what readers are told follow, in the translations that they
// have, when they get this text of the source. The translations are locked.
func (a *act) overtaken(now Revision) error {
	for _, row := range a.readers {
		if slices.Contains(a.along, row.Lang) { // they get a newer one of it now
			continue
		}
		b := &act{n: a.n, ctx: a.ctx, tx: a.tx, actor: a.actor, post: a.post, row: row}
		head, err := loadRevision(a.tx.DB, row.ref(), row.Head)
		if err != nil {
			return err
		}
		newFacts, err := a.hasNewFacts(b, now)
		if err != nil {
			return err
		}
		h, ok, err := heldOf(a.tx.DB, row, head)
		if err != nil {
			return err
		}
		if !ok || h.row.SourceLang != a.row.Lang {
			if newFacts {
				err = a.giveFacts(b, head)
			}
			if err != nil {
				return err
			}
			continue
		}
		if row.LiveRevision == row.Head { // what was said of the draft was said of this text
			h.live = h.pin
			if err := h.keep(a.tx); err != nil {
				return err
			}
		}
		changed, more, err := b.standBehind(h.live, now)
		if err != nil {
			return err
		}
		if changed {
			a.overtook = append(a.overtook, overtaking{b, head, CatchUp, more})
		} else if newFacts {
			err = a.giveFacts(b, head)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// standBehind writes down how far what readers have is behind this text of its
// source, and releases it anew when they are told something else of that. more
// says that it is further behind than it was.
func (a *act) standBehind(live parallel.Pin, source Revision) (changed, more bool, err error) {
	columns := map[string]any{}
	behind, err := a.behind(live, source, columns)
	if err != nil || behind == nil && a.row.LiveStale == 0 {
		return false, false, err
	}
	if columns["live_seq"], err = a.again(func(doc *release.Article) { doc.Behind = behind }); err != nil {
		return false, false, err
	}
	more = columns["live_stale"].(int) > a.row.LiveStale || columns["live_critical"].(int) > a.row.LiveCritical
	return true, more, updateEdition(a.tx, a.row.ref(), columns)
}

// recordOvertaken writes on the trail of each translation that readers have a
// newer source, or newer facts.
func (a *act) recordOvertaken() error {
	for _, o := range a.overtook {
		if err := o.record(o.verb, State(o.row.State), o.row.ApprovedHash, "", map[string]string{"source": a.row.Lang}); err != nil {
			return err
		}
	}
	return nil
}

// tellOvertaken asks those who translate to catch up.
func (a *act) tellOvertaken() error {
	for _, o := range a.overtook {
		if o.more {
			if err := o.tell(CatchUp, State(o.row.State), ""); err != nil {
				return err
			}
		}
		if err := o.settle(o.head); err != nil {
			return err
		}
	}
	return nil
}

// heldWhenReleased notes that readers have the newest text from now on with what
// it is made from, and answers what they are told when that is behind.
func (a *act) heldWhenReleased(head Revision, columns map[string]any) (*release.Behind, error) {
	notBehind(columns)
	h, ok, err := heldOf(a.tx.DB, a.row, head)
	if err != nil || !ok {
		return nil, err
	}
	h.live = h.pin
	if err := h.keep(a.tx); err != nil {
		return nil, err
	}
	row, err := loadEdition(a.tx.DB, Ref{a.row.ItemID, h.row.SourceLang})
	if err != nil {
		return nil, err
	}
	source, ok, err := liveText(a.tx.DB, row)
	if err != nil || !ok {
		return nil, err
	}
	return a.behind(h.live, source, columns)
}

// notBehind is of what readers do not have, and of what nothing is newer than.
func notBehind(columns map[string]any) {
	columns["live_stale"], columns["live_critical"], columns["behind_at"], columns["behind_due"] = 0, 0, int64(0), int64(0)
}

// behind works out how far what readers have is behind what they have of its
// source, into columns, and what they are told of it: nothing when it is not.
func (a *act) behind(live parallel.Pin, source Revision, columns map[string]any) (*release.Behind, error) {
	c, err := compareWith(a.tx.DB, source, live)
	if err != nil {
		return nil, err
	}
	which := behindIn(c, source.Number)
	stale, critical := weigh(source.Ref.Lang, c, which)
	columns["live_stale"], columns["live_critical"] = stale, critical
	if stale == 0 {
		columns["behind_at"], columns["behind_due"] = int64(0), int64(0)
		return nil, nil
	}
	if a.row.BehindAt == 0 {
		columns["behind_at"] = store.Micros(a.tx.Now)
	}
	if critical == 0 {
		columns["behind_due"] = int64(0)
	} else if a.row.BehindDue == 0 {
		if columns["behind_due"], err = a.catchUpDue(); err != nil {
			return nil, err
		}
	}
	return a.behindOf(c, source, which, critical > 0)
}

// catchUpDue is by when a critical change of now should be caught up with.
func (a *act) catchUpDue() (int64, error) {
	targets, err := loadTargets(a.tx.DB, a.row.AgencyID)
	if target, ok := targetOf(targets, catchUpTarget); ok {
		return store.Micros(target.due(a.tx.Now)), err
	}
	return 0, err // the agency has no such target
}

// behindOf is what readers of a translation are told of a newer source.
func (a *act) behindOf(c parallel.Comparison, source Revision, which []int, critical bool) (*release.Behind, error) {
	b := &release.Behind{Lang: source.Ref.Lang, Count: len(which), Critical: critical}
	from := source.Number
	for _, i := range which {
		s := c.Standings[i]
		for _, at := range s.Held {
			from = min(from, c.Pin[at].Revision)
		}
		if s.Key == "" && len(s.Now) > 0 {
			text, err := a.n.plain(c.Now[s.Now[0]].Text)
			if err != nil {
				return nil, err
			}
			b.Passages = append(b.Passages, release.Beginning(text))
		}
	}
	made, err := loadRevision(a.tx.DB, source.Ref, from)
	b.From = made.CreatedAt
	return b, err
}

// plain is what a paragraph says without its form.
func (n *Newsroom) plain(paragraph string) (string, error) {
	article, err := n.markup.Article(paragraph)
	if err != nil {
		return "", err
	}
	for _, block := range markup.Blocks(article.HTML) {
		if block.Text != "" {
			return block.Text, nil
		}
	}
	return "", nil
}

// catchUpTurns are those of the writer of a translation that readers have, and
// of the translators.
func catchUpTurns(row editionRow) []turnRow {
	turn := turnRow{
		ItemID: row.ItemID, Lang: row.Lang, Verb: string(CatchUp), PersonID: row.CreatedBy, AgencyID: row.AgencyID,
		Since: row.BehindAt, Due: row.BehindDue,
	}
	turns := []turnRow{turn}
	turn.PersonID = ""
	for _, role := range rolesOf(account.Translate) {
		turn.Role = string(role)
		turns = append(turns, turn)
	}
	return turns
}
