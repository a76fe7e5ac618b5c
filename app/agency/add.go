package agency

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Founding is an agency to be set up. One that was part of another says which
// (SplitFrom), since when and on what legal basis; the other one stays what it
// is, with its people and articles.
type Founding struct {
	Code      string
	Names     map[string]string
	SplitFrom string    // agency id, "" for none
	At        time.Time // of the split; zero: now
	Basis     release.Basis
}

// Add sets up an agency and answers its identifier. A code that is taken is
// refused.
func (r *Room) Add(ctx context.Context, actor account.Actor, n Founding) (id string, err error) {
	role, ok := actor.May(account.ManageSite, "")
	if !ok {
		return "", fault.New(fault.Forbidden, "error.forbidden.title")
	}
	a := Agency{Code: n.Code, Names: clean(n.Names)}
	if err := check(a); err != nil {
		return "", err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		var form fault.Form
		n.Basis = n.Basis.Check(&form, tx.Now)
		if known, err := idOf(tx, n.Code); err != nil {
			return err
		} else if known != "" {
			form.Refuse("code", "error.code_taken", "Code", n.Code)
		}
		if n.SplitFrom == "" {
			if err := form.Err(); err != nil {
				return err
			}
			id, err = r.insert(tx, actor, role, a, nil)
			return err
		}
		id, err = r.split(tx, actor, role, a, n, &form)
		return err
	})
	return id, err
}

// split sets up an agency that was part of another.
func (r *Room) split(tx *store.Tx, actor account.Actor, role account.Role, a Agency, n Founding, form *fault.Form) (string, error) {
	n.At = day(form, n.At, tx.Now)
	if n.Basis.Document == "" {
		form.Refuse("document", "error.required")
	}
	if _, err := standing(tx, n.SplitFrom, form, "split_from"); err != nil {
		return "", err
	}
	if err := form.Err(); err != nil {
		return "", err
	}
	detail := map[string]string{"split_from": n.SplitFrom, "at": n.At.Format(time.RFC3339)}
	note(detail, n.Basis)
	id, err := r.insert(tx, actor, role, a, detail)
	if err != nil {
		return "", err
	}
	return id, insertRelation(tx, Relation{Kind: SplitFrom, From: id, To: n.SplitFrom, At: n.At, Basis: n.Basis})
}

// standing answers an agency that stands for itself, and refuses any other at
// a field.
func standing(tx *store.Tx, id string, form *fault.Form, field string) (Agency, error) {
	a, err := one(tx.DB, id)
	switch {
	case fault.KindOf(err) == fault.NotFound:
		form.Refuse(field, "error.agency.unknown")
		return a, nil
	case err == nil && !a.Ended.IsZero():
		form.Refuse(field, "error.agency.ended", "Name", a.Names["vi"])
	}
	return a, err
}

// day is the day of an act, which cannot be one to come: readers and people are
// told at once.
func day(form *fault.Form, at, now time.Time) time.Time {
	if at.IsZero() {
		return now
	}
	if at.After(now) {
		form.Refuse("at", "error.day_future")
	}
	return at
}

// note adds the legal basis of an act to its particulars.
func note(detail map[string]string, b release.Basis) {
	if b.Document == "" {
		return
	}
	detail["document"] = b.Document
	if !b.On.IsZero() {
		detail["document_on"] = b.On.Format(time.RFC3339)
	}
	if b.Link != "" {
		detail["link"] = b.Link
	}
}
