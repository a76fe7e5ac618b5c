package place

import (
	"regexp"
	"slices"
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// MaxName is the length of the longest name, in characters.
const MaxName = 120

var codeForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,59}$`)

// checkNames tidies names, leaves out the empty ones and refuses what cannot
// be. A place that is new needs a Vietnamese one.
func checkNames(form *fault.Form, names map[string]string, isNew bool) map[string]string {
	tidy := map[string]string{}
	for lang, name := range names {
		field := "name_" + lang
		if !release.IsLanguage(lang) {
			form.Refuse(field, "error.language.unknown")
		}
		if text := vietnamese.Line(form, field, name, MaxName); text != "" {
			tidy[lang] = text
		}
	}
	if isNew && tidy["vi"] == "" {
		form.Refuse("name_vi", "error.required")
	}
	return tidy
}

func checkKind(form *fault.Form, kind string) {
	if !slices.Contains(Kinds, kind) {
		form.Refuse("kind", "error.place.kind")
	}
}

// checkAct tidies when something was done and on what basis. A day to come is
// refused, because readers are told at once.
func checkAct(tx *store.Tx, who by, form *fault.Form, a Act) Act {
	a.Basis = a.Basis.Check(form, who.present(tx))
	if a.At.IsZero() {
		a.At = tx.Now
	}
	if a.At.After(who.present(tx)) {
		form.Refuse("at", "error.day_future")
	}
	return a
}

// existing answers a place that had begun at a moment and is not over, and
// refuses any other at a field.
func existing(tx *store.Tx, form *fault.Form, field, id string, at time.Time) (Place, error) {
	p, err := begun(tx, form, field, id, at)
	if err == nil && !p.Ended.IsZero() {
		form.Refuse(field, "error.place.ended", "Name", p.Names["vi"])
	}
	return p, err
}

// begun answers a place that was there at a moment, though it may be over by
// now, and refuses any other at a field.
func begun(tx *store.Tx, form *fault.Form, field, id string, at time.Time) (Place, error) {
	p, err := one(tx.DB, id)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		form.Refuse(field, "error.place.unknown")
		return p, nil
	case err == nil && !p.Ended.IsZero() && at.After(p.Ended):
		form.Refuse(field, "error.place.ended", "Name", p.Names["vi"])
	case err == nil && at.Before(p.Began):
		form.Refuse("at", "error.place.early", "Name", p.Names["vi"])
	}
	return p, err
}
