package term

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Define puts a term into the termbase and answers its identifier.
func (r *Room) Define(ctx context.Context, actor account.Actor, t Term) (id string, err error) {
	post, err := keeper(actor, t.Agency, t.Locked)
	if err != nil {
		return "", err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if err := noteChange(tx); err != nil {
			return err
		}
		t, err := checkStored(tx, t)
		if err != nil {
			return err
		}
		id = store.NewID()
		t.ID, t.Version, t.ChangedAt = id, 1, tx.Now
		if err := insert(tx, []Term{t}); err != nil {
			return err
		}
		return record(tx, actor, post, t.Agency, "term.define", id, differences(Term{}, t))
	})
	return id, err
}

// Change writes a term anew, as somebody left it who began with its Version.
// Whoever gives it to another agency answers for terms of both.
func (r *Room) Change(ctx context.Context, actor account.Actor, t Term) error {
	return r.change(ctx, actor, t.ID, t.Version, "term.change", func(before Term) Term {
		return t
	})
}

// End says from which moment on (zero: now) a term is not valid any more.
func (r *Room) End(ctx context.Context, actor account.Actor, id string, version int, at time.Time) error {
	return r.change(ctx, actor, id, version, "term.end", func(t Term) Term {
		if t.To = at; at.IsZero() {
			t.To = r.db.Now()
		}
		return t
	})
}

func (r *Room) change(ctx context.Context, actor account.Actor, id string, version int, verb string, f func(Term) Term) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := noteChange(tx); err != nil {
			return err
		}
		before, err := one(tx.DB, id)
		if err != nil {
			return err
		}
		after := f(before)
		post, err := keeper(actor, before.Agency, before.Locked || after.Locked)
		if err != nil {
			return err
		}
		if after.Agency != before.Agency {
			if _, err := keeper(actor, after.Agency, before.Locked || after.Locked); err != nil {
				return err
			}
		}
		if version != before.Version {
			return fault.New(fault.Conflict, "error.term.stale")
		}
		if after, err = checkStored(tx, after); err != nil {
			return err
		}
		detail := differences(before, after)
		if len(detail) == 0 {
			return nil
		}
		after.Version, after.ChangedAt = before.Version+1, tx.Now
		if err := update(tx, []Term{after}); err != nil {
			return err
		}
		return record(tx, actor, post, after.Agency, verb, id, detail)
	})
}

// particulars are everything that is said of a term, for the trail.
func (t Term) particulars() map[string]string {
	p := map[string]string{
		"agency": t.Agency, "lang": t.Lang, "wording": t.Wording, "variants": strings.Join(t.Variants, " | "), "note": t.Note,
		"document": t.Basis.Document, "document_on": moment(t.Basis.On), "link": t.Basis.Link,
		"valid_from": moment(t.From), "valid_to": moment(t.To), "locked": strconv.FormatBool(t.Locked),
	}
	for _, lang := range t.Languages() {
		for _, s := range Standings {
			p[RenderingField(lang, s)] = strings.Join(t.In(lang, s), " | ")
		}
	}
	return p
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// differences are the particulars in which a term differs from what it was,
// with both values; of a new one those that say something.
func differences(before, after Term) map[string]string {
	was, is := before.particulars(), after.particulars()
	detail := map[string]string{}
	names := slices.Concat(slices.Collect(maps.Keys(was)), slices.Collect(maps.Keys(is)))
	for _, name := range names {
		if was[name] == is[name] {
			continue
		}
		detail[name] = is[name]
		if before.ID != "" {
			detail[name+".before"] = was[name]
		}
	}
	if len(detail) > 0 { // what it is about, though it be called something else later
		detail["wording"] = after.Wording
	}
	return detail
}
