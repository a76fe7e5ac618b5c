package newsroom

import (
	"slices"

	"doingoai/app/account"
	"doingoai/app/outbox"
	"doingoai/app/release"
	"doingoai/app/store"
)

// What was false in an original is false in every language, and what an order
// is about is to be gone from all of them (domain: NĐ 237/2026 Đ19–20). Whoever
// withdraws an original says which of its translations go with it, in the same
// transaction. A translation that stays is marked as one whose original is gone,
// until it is withdrawn itself or published anew, or the original is back; that
// is asked of its writer and of those who may withdraw it.

// SourceGone is the turn of those who are to decide about such a translation.
const SourceGone Verb = "source_gone"

// translation is an edition that readers have in another language than that of
// an original that is withdrawn.
type translation struct {
	editionRow
	post account.Post // that permits to withdraw it
	goes bool         // with the original
}

// translations locks what readers have of the item in other languages, before
// anything of the withdrawal takes a number (see Locks), and asks the policy for
// each of them that is to go too. One that is not public any more needs no word.
func (a *act) translations(verb Verb, ask Ask) ([]translation, error) {
	if verb != Withdraw {
		return nil, nil
	}
	item, err := loadItem(a.tx.DB, a.row.ItemID)
	if err != nil || item.SourceLang != a.row.Lang {
		return nil, err
	}
	rows, err := lockOtherLanguages(a.tx, a.row.ref())
	if err != nil {
		return nil, err
	}
	list := make([]translation, len(rows))
	for i, row := range rows {
		list[i] = translation{editionRow: row, goes: slices.Contains(ask.Languages, row.Lang)}
		if list[i].goes {
			if list[i].post, err = sightOf(a.tx.DB, a.actor).demand(account.Withdraw, row); err != nil {
				return nil, err
			}
		}
	}
	return list, nil
}

// takeAlong withdraws the translations that go with an original, and marks those
// that stay. What readers of the original are told is in its language: it is not
// said to others.
func (a *act) takeAlong(t transition, list []translation, ask Ask) error {
	for _, other := range list {
		b := &act{n: a.n, ctx: a.ctx, tx: a.tx, actor: a.actor, post: other.post, row: other.editionRow}
		head, err := loadRevision(a.tx.DB, other.ref(), other.Head)
		if err != nil {
			return err
		}
		if other.goes {
			err = b.perform(t, head, proof{}, Ask{Reason: ask.Reason})
		} else {
			err = b.loseSource(head)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// loseSource marks a translation whose original was withdrawn, and tells of it.
// Nothing is newer any more than what it says.
func (a *act) loseSource(head Revision) (err error) {
	columns := map[string]any{"source_gone_at": store.Micros(a.tx.Now)}
	if a.row.LiveStale > 0 {
		notBehind(columns)
		if columns["live_seq"], err = a.again(func(doc *release.Article) { doc.Behind = nil }); err != nil {
			return err
		}
	}
	if err := updateEdition(a.tx, a.row.ref(), columns); err != nil {
		return err
	}
	err = outbox.Append(a.tx, outbox.Event{
		Topic: Moved, Subject: a.row.ref().subject(), Actor: a.actor.ID, Data: map[string]string{
			"verb": string(SourceGone), "from": a.row.State, "to": a.row.State, "agency": a.row.AgencyID,
		},
	})
	if err != nil {
		return err
	}
	return a.settle(head)
}

// sourceIsBack takes the mark from an item's translations when their original is
// published, and from the translation that is published itself.
func (a *act) sourceIsBack(item itemRow, columns map[string]any) error {
	columns["source_gone_at"] = int64(0)
	if item.SourceLang != a.row.Lang {
		return nil
	}
	return forgetSourceGone(a.tx, a.row.ref())
}

// sourceGoneTurns are those of the writer, and of those who may withdraw it.
func sourceGoneTurns(row editionRow) []turnRow {
	turn := turnRow{ItemID: row.ItemID, Lang: row.Lang, Verb: string(SourceGone), PersonID: row.CreatedBy, AgencyID: row.AgencyID, Since: row.SourceGoneAt}
	turns := []turnRow{turn}
	turn.PersonID = ""
	for _, role := range rolesOf(account.Withdraw) {
		turn.Role = string(role)
		turns = append(turns, turn)
	}
	return turns
}

// goesWith lists what readers have in other languages, of an original that this
// person may withdraw: what they may withdraw with it.
func (a *act) goesWith(s *Sheet, rows []editionRow) ([]Edition, error) {
	if s.SourceLang != s.Ref.Lang || !slices.Contains(s.Verbs, Withdraw) {
		return nil, nil
	}
	var list []Edition
	for _, row := range rows {
		if row.Lang == s.Ref.Lang || Live(row.Live) != IsLive {
			continue
		}
		_, may, err := sightOf(a.db(), a.actor).permit(account.Withdraw, row)
		if err != nil {
			return nil, err
		}
		if may {
			list = append(list, row.edition())
		}
	}
	return list, nil
}
