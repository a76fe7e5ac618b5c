package agency

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Renaming is new names from a moment on (zero: now), and the document that
// says so, if there is one.
type Renaming struct {
	Names map[string]string
	From  time.Time
	Basis release.Basis
}

// Rename gives an agency new names. The names it had keep their days.
// Languages that are not given, or given empty, stay as they are. A date in
// the future is refused, because readers are told at once; so is one before
// the current name began. The same date as the current name's corrects that
// name.
func (r *Room) Rename(ctx context.Context, actor account.Actor, id string, to Renaming) error {
	role, ok := actor.May(account.ManageSite, id)
	if !ok {
		return fault.New(fault.Forbidden, "error.forbidden.title")
	}
	names := clean(to.Names)
	var form fault.Form
	basis := to.Basis.Check(&form, r.db.Now())
	for lang, name := range names {
		checkName(&form, lang, name)
	}
	if len(names) == 0 {
		form.Refuse("name_vi", "error.required")
	}
	if err := form.Err(); err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		changed, err := rename(tx, id, names, to.From)
		if err != nil || len(changed) == 0 {
			return err
		}
		note(changed, basis)
		return r.announce(tx, actor, role, "agency.rename", id, changed)
	})
}

// rename writes the names that differ and answers, by language, the new name
// and the one before for the audit trail.
func rename(tx *store.Tx, id string, names map[string]string, from time.Time) (map[string]string, error) {
	if from.IsZero() {
		from = tx.Now
	}
	var form fault.Form
	if from.After(tx.Now) {
		form.Refuse("from", "error.agency.from_future")
		return nil, form.Err()
	}
	if _, err := one(tx.DB, id); err != nil {
		return nil, err
	}
	changed := map[string]string{}
	for _, lang := range languages(names) {
		current, err := currentName(tx, id, lang)
		if err != nil {
			return nil, err
		}
		if current.Name == names[lang] {
			continue
		}
		if store.Micros(from) < current.ValidFrom {
			form.Refuse("from", "error.agency.from_early", "Name", current.Name)
			continue
		}
		next := nameRow{AgencyID: id, Lang: lang, Name: names[lang], ValidFrom: store.Micros(from)}
		if err := replaceName(tx, current, next); err != nil {
			return nil, err
		}
		changed[lang], changed[lang+".before"] = next.Name, current.Name
	}
	return changed, form.Err()
}
