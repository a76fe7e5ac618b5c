package agency

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Rename gives an agency new names from a moment on (zero: now). The names it
// had keep their days. Languages that are not given, or given empty, stay as
// they are. A date in the future is refused, because readers are told at once;
// so is one before the current name began. The same date as the current name's
// corrects that name.
func (r *Room) Rename(ctx context.Context, actor account.Actor, id string, names map[string]string, from time.Time) error {
	role, ok := actor.May(account.ManageSite, id)
	if !ok {
		return fault.New(fault.Forbidden, "error.forbidden.title")
	}
	names = clean(names)
	var form fault.Form
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
		changed, err := rename(tx, id, names, from)
		if err != nil || len(changed) == 0 {
			return err
		}
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
