package section

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Rename gives a section another name, slug or description in one language,
// or its first ones. The slug it had keeps leading to it.
func (r *Room) Rename(ctx context.Context, actor account.Actor, id, lang string, name Name) error {
	role, ok := actor.May(account.ManageSite, "")
	if !ok {
		return fault.New(fault.Forbidden, "error.forbidden.title")
	}
	var form fault.Form
	name = checkName(&form, lang, name, formFields)
	if err := form.Err(); err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		before, err := one(tx.DB, id)
		if err != nil {
			return err
		}
		was := before.Names[lang]
		if was.Name == name.Name && was.Slug == name.Slug && was.Description == name.Description {
			return nil
		}
		if err := takeSlug(tx, id, lang, name.Slug, "slug"); err != nil {
			return err
		}
		if err := putName(tx, id, lang, name); err != nil {
			return err
		}
		return r.announce(tx, actor, role, "section.rename", id, map[string]string{
			"lang": lang, "name": name.Name, "slug": name.Slug, "name.before": was.Name, "slug.before": was.Slug,
		})
	})
}

// takeSlug makes a slug the section's own for ever, or refuses it when another
// section has it or had it; in names the field that can mend it.
func takeSlug(tx *store.Tx, id, lang, slug, in string) error {
	owner, err := slugOwner(tx, lang, slug)
	if err != nil || owner == id {
		return err
	}
	if owner != "" {
		var form fault.Form
		form.Refuse(in, "error.section.slug_taken", "Slug", slug)
		return form.Err()
	}
	return insertSlug(tx, id, lang, slug)
}
