package agency

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/wording"
)

func subject(id string) wording.Subject { return wording.Subject{Kind: wording.Agency, ID: id} }

// keepWords takes note of what the agency is called in each language today. One
// in whose place another stands is not renamed any more.
func (a Agency) keepWords(tx *store.Tx) error {
	if !a.Ended.IsZero() {
		return wording.Forget(tx, wording.Agency, a.ID)
	}
	texts := map[string]wording.Text{}
	for lang, name := range a.Names {
		texts[lang] = wording.Text{"name": name}
	}
	return wording.Keep(tx, subject(a.ID), texts)
}

// StillRight says that an agency's name in a language is right though its source
// has changed. seen is wording.Standing.Seen.
func (r *Room) StillRight(ctx context.Context, actor account.Actor, id, part, lang, seen string) error {
	role, ok := actor.May(account.ManageSite, id)
	if !ok {
		return fault.New(fault.Forbidden, "error.forbidden.title")
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		if _, err := one(tx.DB, id); err != nil {
			return err
		}
		detail, err := wording.Right(tx, subject(id), part, lang, seen)
		if err != nil {
			return err
		}
		return record(tx, actor, role, "agency.still_right", id, detail)
	})
}
