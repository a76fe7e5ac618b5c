package outlet

import (
	"context"
	"maps"
	"slices"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/wording"
)

func subject(id string) wording.Subject { return wording.Subject{Kind: wording.Outlet, ID: id} }

// keepWords takes note of what the outlet says of itself in each language.
func (o Outlet) keepWords(tx *store.Tx) error {
	texts := map[string]wording.Text{}
	for lang, t := range o.Texts {
		texts[lang] = partsOf(t)
	}
	return wording.Keep(tx, subject(o.ID), texts)
}

// partsOf are the parts of a text, which are the fields of its form.
func partsOf(t release.OutletText) wording.Text {
	return wording.Text{
		"name": t.Name, "tagline": t.Tagline, "unit": t.Unit, "governing": t.Governing, "responsible": t.Responsible, "address": t.Address,
		"phone": t.Phone, "email": t.Email, "licence": t.Licence, "licence_on": t.LicenceOn, "licence_by": t.LicenceBy,
	}
}

// KeepOld takes note of the words of outlets that an older program set up: what
// stands there is level with what stands there.
func (r *Room) KeepOld(ctx context.Context) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		all, err := list(tx.DB)
		if err != nil {
			return err
		}
		for _, o := range all {
			if err := o.keepWords(tx); err != nil {
				return err
			}
		}
		return nil
	})
}

// StillRight says that what an outlet says of itself in a language is right
// though its source has changed. seen is wording.Standing.Seen.
func (r *Room) StillRight(ctx context.Context, actor account.Actor, id, part, lang, seen string) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		o, err := one(tx.DB, id)
		if err != nil {
			return err
		}
		role, ok := actor.May(account.ManageSite, o.Agency)
		if !ok {
			return fault.New(fault.Forbidden, "error.forbidden.title")
		}
		detail, err := wording.Right(tx, subject(id), part, lang, seen)
		if err != nil {
			return err
		}
		return by{actor, role}.record(tx, "outlet.still_right", o, detail)
	})
}

// Offered says in which languages readers are offered what the site has: those
// of any outlet, and of each its own.
func (r *Room) Offered(ctx context.Context) (wording.Offer, error) {
	offer := wording.Offer{Outlets: map[string][]string{}}
	all, err := r.All(ctx)
	langs := map[string]bool{}
	for _, o := range all {
		offer.Outlets[o.ID] = o.Languages
		for _, lang := range o.Languages {
			langs[lang] = true
		}
	}
	offer.Langs = slices.Sorted(maps.Keys(langs))
	return offer, err
}
