package newsroom

import (
	"context"
	"slices"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/media"
	"doingoai/app/release"
	"doingoai/app/store"
)

// inForce says whether readers of an outlet get a story that is published.
func (p Placement) inForce(now time.Time) bool {
	return p.Placing == Carried && (!p.LiveAt.IsZero() || !p.PublishAt.After(now))
}

// canonicalOf answers the outlet whose address of a story counts: the first one
// of the edition's own agency, or, where that has none, the one that agreed
// first; "" where none carries it.
func canonicalOf(list []Placement, now time.Time) string {
	var first *Placement
	for i := range list { // own outlets come first
		p := &list[i]
		switch {
		case !p.inForce(now):
		case p.Own:
			return p.Outlet
		case first == nil || p.Since.Before(first.Since):
			first = p
		}
	}
	if first == nil {
		return ""
	}
	return first.Outlet
}

// spread writes into a document which outlets carry it, and how.
func spread(doc *release.Article, list []Placement, now time.Time) {
	canonical := canonicalOf(list, now)
	doc.Outlets, doc.MainOutlet, doc.Stands = nil, "", nil
	for _, p := range list {
		if !p.inForce(now) {
			continue
		}
		doc.Outlets = append(doc.Outlets, p.Outlet)
		stand := release.Stand{Kicker: p.Words.Kicker, Title: p.Words.Headline, Standfirst: p.Words.Standfirst}
		if p.Outlet == canonical {
			continue
		}
		if live := p.LiveAt; live.After(doc.Published) {
			stand.Since = live
		} else if live.IsZero() && now.After(doc.Published) {
			stand.Since = now
		}
		if stand != (release.Stand{}) {
			if doc.Stands == nil {
				doc.Stands = map[string]release.Stand{}
			}
			doc.Stands[p.Outlet] = stand
		}
	}
	slices.Sort(doc.Outlets)
	if len(doc.Outlets) > 1 {
		doc.MainOutlet = canonical
	}
}

// invite asks the agencies of the outlets that a text names, and forgets what
// was said of others. again is for an approval: whoever has not answered is
// asked once more. While readers have an earlier text, that one decides.
func (a *act) invite(text Revision, again bool) error {
	if !again || Live(a.row.Live) != IsLive {
		if err := forgetPlacements(a.tx, a.row.ref(), text.Content.Outlets); err != nil {
			return err
		}
	}
	list, err := loadPlacements(a.tx.DB, a.row, text.Content.Outlets)
	if err != nil {
		return err
	}
	for _, p := range list {
		if p.Placing != Proposed || p.Known && !again {
			continue
		}
		if !p.Known {
			err = insertPlacement(a.tx, p)
		} else {
			err = updatePlacement(a.tx, a.row.ref(), p.Outlet, map[string]any{"state_at": store.Micros(a.tx.Now)})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// standOn releases a document on the outlets that carry it, and answers the
// number of the release. One that no outlet carries is not published.
func (a *act) standOn(doc *release.Article, outlets []string) (int64, error) {
	list, err := loadPlacements(a.tx.DB, a.row, outlets)
	if err != nil {
		return 0, err
	}
	spread(doc, list, a.tx.Now)
	if len(doc.Outlets) == 0 {
		return 0, fault.New(fault.NotPossible, "error.publish.no_outlet")
	}
	err = attach(doc, func(hashes []string) (map[string]media.Media, error) { return a.n.media.In(a.tx, hashes) })
	if err != nil {
		return 0, err
	}
	seq, err := a.n.log.Append(a.tx, a.key(), release.Put, doc)
	if err != nil {
		return 0, err
	}
	for _, p := range list {
		if p.Known && p.LiveAt.IsZero() && p.inForce(a.tx.Now) {
			if err := updatePlacement(a.tx, a.row.ref(), p.Outlet, map[string]any{"live_at": store.Micros(a.tx.Now)}); err != nil {
				return 0, err
			}
		}
	}
	return seq, replaceStanding(a.tx, a.row.ref(), doc.Outlets)
}

// restand releases what readers have once more, on the outlets that carry it
// now. Nothing else of the document changes, nor when it was updated.
func (a *act) restand() error {
	if Live(a.row.Live) != IsLive {
		return nil
	}
	seq, err := a.again(func(*release.Article) {})
	if err != nil {
		return err
	}
	return updateEdition(a.tx, a.row.ref(), map[string]any{"live_seq": seq})
}

// again releases what readers have once more, with a change that is none of the
// approved text, and answers the number of the release.
func (a *act) again(change func(*release.Article)) (int64, error) {
	text, err := loadRevision(a.tx.DB, a.row.ref(), a.row.LiveRevision)
	if err != nil {
		return 0, err
	}
	now, err := a.n.log.Current(a.tx, a.key())
	if err != nil {
		return 0, err
	}
	var doc release.Article
	if err := now.Decode(&doc); err != nil {
		return 0, err
	}
	change(&doc)
	if facts := doc.Facts.Beside(a.neutral); a.neutral != nil && !facts.Same(doc.Facts) {
		doc.Facts, doc.Updated = facts, a.tx.Now
	}
	return a.standOn(&doc, text.Content.Outlets)
}

// recheckWithin is how long after a correction an outlet may leave words of its
// own unchecked before it is overdue. A correction is immediate (NĐ 237/2026
// Đ19); this is what it takes to read a headline.
const recheckWithin = time.Hour

// CheckDue is by when an outlet should have compared its words with a corrected
// text; zero where there is no hour for it.
func (p Placement) CheckDue() time.Time {
	if p.CheckFor != Correction || p.CheckSince.IsZero() {
		return time.Time{}
	}
	return p.CheckSince.Add(recheckWithin)
}

// askForChecks opens a task for each outlet whose readers had the text before,
// and whose words may no longer fit it: a correction is every outlet's business,
// a major update that of those with words of their own. A minor one changes
// nothing of what a headline could say, and a first publication nothing at all.
// An outlet that has not looked yet is asked about the gravest change, since the
// first of them.
func (a *act) askForChecks(verb Verb, change Change, text Revision) error {
	if verb == Correct {
		change = Correction
	}
	if Live(a.row.Live) != IsLive || change != Correction && change != MajorChange {
		return nil
	}
	list, err := loadPlacements(a.tx.DB, a.row, text.Content.Outlets)
	if err != nil {
		return err
	}
	for _, p := range list {
		if !p.Known || p.LiveAt.IsZero() || p.Placing != Carried || change != Correction && p.Words.IsZero() {
			continue
		}
		columns := map[string]any{}
		if p.CheckSince.IsZero() || p.CheckFor != Correction && change == Correction { // its hour begins with the correction
			columns["check_since"] = store.Micros(a.tx.Now)
		}
		if p.CheckFor != Correction {
			columns["check_for"] = string(change)
		}
		if len(columns) == 0 {
			continue
		}
		if err := updatePlacement(a.tx, a.row.ref(), p.Outlet, columns); err != nil {
			return err
		}
	}
	return nil
}

// placementTurns works out whose turn it is with the outlets of an edition.
func placementTurns(row editionRow, list []Placement) []turnRow {
	if row.BlockedAt != 0 {
		return nil
	}
	var turns []turnRow
	add := func(p Placement, verb Verb, action account.Action, since, due time.Time) {
		for _, role := range rolesOf(action) {
			t := turnRow{ItemID: row.ItemID, Lang: row.Lang, Verb: string(verb), Role: string(role), AgencyID: p.Agency, Since: store.Micros(since), Due: store.Micros(due)}
			i := slices.IndexFunc(turns, func(had turnRow) bool { return had.Verb == t.Verb && had.Role == t.Role && had.AgencyID == t.AgencyID })
			switch {
			case i < 0:
				turns = append(turns, t)
			case turns[i].Due == 0: // another outlet of the agency has no hour
				turns[i].Due = t.Due
			}
		}
	}
	for _, p := range list {
		switch {
		case p.Known && p.Placing == Proposed:
			add(p, Carry, account.Place, p.Since, time.Time{})
		case p.Draft != nil && p.Placing == Carried:
			add(p, Carry, account.Place, p.DraftedAt, time.Time{})
		}
		if !p.CheckSince.IsZero() && p.Placing == Carried {
			add(p, Recheck, account.WordPlacement, p.CheckSince, p.CheckDue())
		}
	}
	return turns
}

// placeDue lets an outlet carry what it was to carry from now on, unless it was
// somebody disabled who agreed to it.
func (n *Newsroom) placeDue(ctx context.Context, ref Ref) (done bool, err error) {
	if err := n.reopenOfGone(ctx, ref); err != nil {
		return false, err
	}
	err = n.db.Write(ctx, func(tx *store.Tx) error {
		done = false
		row, err := lockEdition(tx, ref)
		if err != nil || Live(row.Live) != IsLive || row.blocked() != nil {
			return err
		}
		a := &act{n: n, ctx: ctx, tx: tx, actor: account.System(), row: row}
		text, err := loadRevision(tx.DB, ref, row.LiveRevision)
		if err != nil {
			return err
		}
		list, err := loadPlacements(tx.DB, row, text.Content.Outlets)
		if err != nil {
			return err
		}
		var due []Placement
		for _, p := range list {
			if p.Placing != Carried || !p.LiveAt.IsZero() || p.PublishAt.IsZero() || p.PublishAt.After(tx.Now) {
				continue // somebody was faster, or changed their mind
			}
			due = append(due, p)
		}
		if len(due) == 0 {
			return nil
		}
		done = true
		if err := a.restand(); err != nil { // before the trail: see Locks
			return err
		}
		for _, p := range due {
			detail := map[string]string{}
			if late := lateness(tx.Now, store.Micros(p.PublishAt)); late > 0 {
				detail["late"] = strconv.Itoa(int(late.Minutes()))
			}
			if err := a.recordPlacement("placement.live", p, Carried, text.Hash, "", detail); err != nil {
				return err
			}
		}
		return nil
	})
	return done && err == nil, err
}
