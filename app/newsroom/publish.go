package newsroom

import (
	"doingoai/app/release"
	"doingoai/app/store"
)

// publish releases the approved revision: the state, the release and the
// audit entry are one transaction.
func (a *act) publish(t transition, head Revision, doc *release.Article, ask Ask, columns map[string]any) error {
	if err := a.isApproved(head); err != nil {
		return err
	}
	noUrgency(columns)
	return a.release(t, head, doc, ask, columns)
}

// release puts a revision into the release log: readers have it from now on.
func (a *act) release(t transition, head Revision, doc *release.Article, ask Ask, columns map[string]any) error {
	item, err := loadItem(a.tx.DB, a.row.ItemID)
	if err != nil {
		return err
	}
	if t.verb == Correct {
		a.row.Correction, a.row.CorrectedAt = ask.Reason, store.Micros(a.tx.Now)
		columns["correction"], columns["corrected_at"] = a.row.Correction, a.row.CorrectedAt
	}
	if a.row.FirstLiveAt == 0 {
		a.row.FirstLiveAt = store.Micros(a.tx.Now)
	}
	complete(doc, item, a.row)
	doc.Updated = a.tx.Now
	seq, err := a.n.log.Append(a.tx, a.key(), release.Put, doc)
	if err != nil {
		return err
	}
	if err := replaceStanding(a.tx, a.row.ref(), doc.Outlets); err != nil {
		return err
	}
	columns["live"], columns["live_revision"], columns["live_seq"] = string(IsLive), head.Number, seq
	columns["first_live_at"], columns["publish_at"] = a.row.FirstLiveAt, int64(0)
	return nil
}

// withdraw takes the page from readers everywhere and leaves a tombstone. It
// answers the hash of what readers had.
func (a *act) withdraw(ask Ask, columns map[string]any) (string, error) {
	live, err := loadRevision(a.tx.DB, a.row.ref(), a.row.LiveRevision)
	if err != nil {
		return "", err
	}
	seq, err := a.n.log.Append(a.tx, a.key(), release.Withdraw, release.Tombstone{
		Outlets: live.Content.Outlets, Section: live.Content.Section,
		WithdrawnAt: a.tx.Now, Note: ask.Note,
	})
	if err != nil {
		return "", err
	}
	columns["live"], columns["live_seq"] = string(WasLive), seq
	noUrgency(columns)
	return live.Hash, nil
}

func (a *act) key() release.Key {
	return release.Key{Kind: release.ArticleKind, ID: a.row.ItemID, Lang: a.row.Lang}
}
