package section

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/wording"
)

func subject(id string) wording.Subject { return wording.Subject{Kind: wording.Section, ID: id} }

// keepWords takes note of what the section is called in each language. A slug
// is an address, and not translated.
func (s Section) keepWords(tx *store.Tx) error {
	texts := map[string]wording.Text{}
	for lang, n := range s.Names {
		texts[lang] = wording.Text{"name": n.Name, "description": n.Description}
	}
	return wording.Keep(tx, subject(s.ID), texts)
}

// StillRight says that what a section is called in a language is right though
// its source has changed. seen is wording.Standing.Seen.
func (r *Room) StillRight(ctx context.Context, actor account.Actor, id, part, lang, seen string) error {
	role, ok := actor.May(account.ManageSite, "")
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
		return record(tx, actor, role, "section.still_right", id, detail)
	})
}
