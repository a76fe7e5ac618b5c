package newsroom

import (
	"doingoai/app/letter"
	"doingoai/app/media"
	"doingoai/app/release"
	"doingoai/app/store"
)

// publish releases the approved revision: the state, the release and the
// audit entry are one transaction.
func (a *act) publish(t transition, head Revision, doc *release.Article, ask Ask, columns map[string]any) error {
	if err := a.isApproved(head); err != nil {
		return err
	}
	if err := a.isSettled(); err != nil {
		return err
	}
	noUrgency(columns)
	return a.release(t, head, doc, ask, columns)
}

// release puts a revision into the release log: readers have it from now on.
func (a *act) release(t transition, head Revision, doc *release.Article, ask Ask, columns map[string]any) error {
	if err := a.isFree(a.tx.Now); err != nil {
		return err
	}
	item, err := loadItem(a.tx.DB, a.row.ItemID)
	if err != nil {
		return err
	}
	if err := a.sourceIsBack(item, columns); err != nil {
		return err
	}
	if t.verb == Correct {
		if err := letter.Answer(a.tx, a.actor, a.row.ItemID, ask.Letters, a.row.ref().subject()); err != nil {
			return err
		}
		a.row.Correction, a.row.CorrectedAt = ask.Reason, store.Micros(a.tx.Now)
		columns["correction"], columns["corrected_at"] = a.row.Correction, a.row.CorrectedAt
	}
	if a.row.FirstLiveAt == 0 {
		a.row.FirstLiveAt = store.Micros(a.tx.Now)
	}
	notes, err := a.changes(t.verb, head, ask)
	if err != nil {
		return err
	}
	complete(doc, item, a.row, notes)
	doc.Updated = a.tx.Now
	if err := a.besideSource(doc, item); err != nil {
		return err
	}
	if doc.Behind, err = a.heldWhenReleased(head, columns); err != nil {
		return err
	}
	if err := a.invite(head, false); err != nil {
		return err
	}
	if err := a.n.media.Using(a.tx, a.row.ItemID, a.row.Lang, media.Live, head.Content.fileHashes()); err != nil {
		return err
	}
	seq, err := a.standOn(doc, head.Content.Outlets)
	if err != nil {
		return err
	}
	if err := a.askForChecks(t.verb, ask.Change, head); err != nil {
		return err
	}
	columns["live"], columns["live_revision"], columns["live_seq"] = string(IsLive), head.Number, seq
	columns["first_live_at"] = a.row.FirstLiveAt
	unscheduled(columns)
	return a.overtaken(head)
}

// withdraw takes the page from readers everywhere and leaves a tombstone. It
// answers the hash of what readers had.
func (a *act) withdraw(ask Ask, columns map[string]any) (string, error) {
	return a.bury(release.Tombstone{Note: ask.Note}, columns)
}

// expire is withdraw because its time is over, which is nobody's fault.
func (a *act) expire(columns map[string]any) (string, error) {
	return a.bury(release.Tombstone{Expired: true}, columns)
}

func (a *act) bury(stone release.Tombstone, columns map[string]any) (string, error) {
	live, err := loadRevision(a.tx.DB, a.row.ref(), a.row.LiveRevision)
	if err != nil {
		return "", err
	}
	if stone.Outlets, err = loadStanding(a.tx.DB, a.row.ref()); err != nil {
		return "", err
	}
	stone.Section, stone.WithdrawnAt = live.Content.Section, a.tx.Now
	notes, err := loadChangeNotes(a.tx.DB, a.row.ref())
	if err != nil {
		return "", err
	}
	stone.Corrections = corrections(notes)
	if err := openPlacements(a.tx, a.row); err != nil {
		return "", err
	}
	if err := a.n.media.Using(a.tx, a.row.ItemID, a.row.Lang, media.Live, nil); err != nil {
		return "", err
	}
	seq, err := a.n.log.Append(a.tx, a.key(), release.Withdraw, stone)
	if err != nil {
		return "", err
	}
	columns["live"], columns["live_seq"], columns["expires_at"] = string(WasLive), seq, int64(0)
	columns["source_gone_at"] = int64(0)
	notBehind(columns)
	noUrgency(columns)
	return live.Hash, nil
}

func (a *act) key() release.Key {
	return articleKey(a.row.ref())
}
