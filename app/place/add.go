package place

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Act is when something was done to places (zero: now), and on what basis.
type Act struct {
	At    time.Time
	Basis release.Basis
}

// Founding is a place to be put on record. One that was there before our
// records has no At; one that was split from another says which.
type Founding struct {
	Code      string
	Kind      string
	Names     map[string]string
	Within    string // place id, "" for none
	SplitFrom string // place id, "" for none
	At        time.Time
	Basis     release.Basis
}

// Add puts a place on record and answers its identifier.
func (r *Room) Add(ctx context.Context, actor account.Actor, f Founding) (id string, err error) {
	who, err := manager(actor)
	if err != nil {
		return "", err
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		id, err = r.add(tx, who, f)
		return err
	})
	return id, err
}

func (r *Room) add(tx *store.Tx, who by, f Founding) (string, error) {
	f, err := checkFounding(tx, who, f)
	if err != nil {
		return "", err
	}
	id := store.NewID()
	if err := insert(tx, Place{ID: id, Code: f.Code, Began: f.At}); err != nil {
		return "", err
	}
	for lang, name := range f.Names {
		if err := insertName(tx, id, Name{Lang: lang, Name: name, Kind: f.Kind, From: f.At}); err != nil {
			return "", err
		}
	}
	if f.Within != "" {
		if err := insertRelation(tx, Relation{Kind: PartOf, From: id, To: f.Within, At: f.At, Basis: f.Basis}); err != nil {
			return "", err
		}
	}
	detail := map[string]string{"name": f.Names["vi"]}
	if f.SplitFrom != "" {
		if err := insertRelation(tx, Relation{Kind: SplitFrom, From: id, To: f.SplitFrom, At: f.At, Basis: f.Basis}); err != nil {
			return "", err
		}
		if err := r.release(tx, f.SplitFrom); err != nil {
			return "", err
		}
		detail["place"] = f.SplitFrom
	}
	return id, r.announce(tx, who, "place.add", id, noted(detail, Act{f.At, f.Basis}))
}

// checkFounding tidies a new place and refuses what cannot be.
func checkFounding(tx *store.Tx, who by, f Founding) (Founding, error) {
	var form fault.Form
	if !codeForm.MatchString(f.Code) {
		form.Refuse("code", "error.code")
	}
	known, err := idOf(tx, f.Code)
	if err != nil {
		return f, err
	}
	if known != "" {
		form.Refuse("code", "error.code_taken", "Code", f.Code)
	}
	checkKind(&form, f.Kind)
	f.Names = checkNames(&form, f.Names, true)
	f.Basis = f.Basis.Check(&form, who.present(tx))
	at := f.At
	switch {
	case at.After(who.present(tx)):
		form.Refuse("at", "error.day_future")
	case at.IsZero() && f.SplitFrom != "":
		form.Refuse("at", "error.required")
	case at.IsZero(): // as it is today
		at = who.present(tx)
	}
	if f.Within != "" {
		if _, err := existing(tx, &form, "within", f.Within, at); err != nil {
			return f, err
		}
	}
	if f.SplitFrom != "" {
		if _, err := begun(tx, &form, "split_from", f.SplitFrom, at); err != nil {
			return f, err
		}
	}
	return f, form.Err()
}

// noted adds an act to the particulars of an audit entry.
func noted(detail map[string]string, a Act) map[string]string {
	if !a.At.IsZero() {
		detail["at"] = a.At.UTC().Format(time.RFC3339)
	}
	if a.Basis.Document != "" {
		detail["document"] = a.Basis.Document
	}
	if !a.Basis.On.IsZero() {
		detail["document_on"] = a.Basis.On.UTC().Format(time.RFC3339)
	}
	if a.Basis.Link != "" {
		detail["link"] = a.Basis.Link
	}
	return detail
}
