package place

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/content"
)

// MaxEntries is how many places one list may hold.
const MaxEntries = 5000

// Import takes in a list of places, all of it or, when something in it cannot
// be, nothing, and answers how many were new. Places are named by their codes,
// and one that another is part of or was split from stands before it. A place
// that is on record already is left as it is. The program itself may do this,
// and who manages the site.
func (r *Room) Import(ctx context.Context, actor account.Actor, entries []content.Place) (added int, err error) {
	who, err := manager(actor)
	if err != nil && actor.ID != account.SystemID {
		return 0, err
	}
	if actor.ID == account.SystemID {
		who = by{actor: actor}
	}
	if len(entries) > MaxEntries {
		return 0, refuseList("error.place.many", "Max", MaxEntries)
	}
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		added, err = r.take(tx, who, entries)
		return err
	})
	if err != nil {
		return 0, err
	}
	return added, nil
}

func (r *Room) take(tx *store.Tx, who by, entries []content.Place) (added int, err error) {
	ids := map[string]string{}
	fresh := map[string]bool{}
	for _, e := range entries {
		known, err := idOf(tx, e.Code)
		if err != nil {
			return 0, err
		}
		if ids[e.Code] = known; known != "" {
			continue
		}
		fresh[e.Code] = true
		if ids[e.Code], err = r.takeOne(tx, who, e, ids); err != nil {
			return 0, inEntry(e.Code, err)
		}
	}
	for _, e := range entries { // what it ended in may stand behind it
		if !fresh[e.Code] || len(e.Into) == 0 {
			continue
		}
		if err := r.takeEnd(tx, who, e, ids); err != nil {
			return 0, inEntry(e.Code, err)
		}
	}
	return len(fresh), nil
}

func (r *Room) takeOne(tx *store.Tx, who by, e content.Place, ids map[string]string) (string, error) {
	act, err := actOn(e.From, e.Basis)
	if err != nil {
		return "", err
	}
	f := Founding{Code: e.Code, Kind: e.Kind, Names: e.Names, At: act.At, Basis: act.Basis}
	if f.Within, err = lookUp(tx, ids, e.Within); err != nil {
		return "", err
	}
	if f.SplitFrom, err = lookUp(tx, ids, e.SplitFrom); err != nil {
		return "", err
	}
	id, err := r.add(tx, who, f)
	if err != nil {
		return "", err
	}
	for _, c := range e.Changes {
		if err := r.takeChange(tx, who, id, c); err != nil {
			return "", err
		}
	}
	return id, nil
}

func (r *Room) takeChange(tx *store.Tx, who by, id string, c content.PlaceChange) error {
	act, err := actOn(c.From, c.Basis)
	if err != nil {
		return err
	}
	var form fault.Form
	act = checkAct(tx, who, &form, act)
	if c.From == "" {
		form.Refuse("from", "error.required")
	}
	return r.renameChecked(tx, who, &form, id, c.Kind, c.Names, act)
}

func (r *Room) takeEnd(tx *store.Tx, who by, e content.Place, ids map[string]string) error {
	act, err := actOn(e.Until, e.EndBasis)
	if err != nil {
		return err
	}
	var form fault.Form
	act = checkAct(tx, who, &form, act)
	if e.Until == "" {
		form.Refuse("until", "error.required")
	}
	var into []string
	for _, code := range e.Into {
		id, err := lookUp(tx, ids, code)
		if err != nil {
			return err
		}
		into = append(into, id)
	}
	return r.mergeChecked(tx, who, &form, []string{ids[e.Code]}, into, act)
}

// actOn reads a day of Vietnam's calendar and a basis from a list.
func actOn(day content.Day, b content.Basis) (Act, error) {
	at, err := day.In(locale.Zone())
	on, errOn := b.On.In(locale.Zone())
	if errors.Join(err, errOn) != nil {
		var form fault.Form
		form.Refuse("at", "error.bad_date")
		return Act{}, form.Err()
	}
	return Act{at, release.Basis{Document: b.Document, On: on, Link: b.Link}}, nil
}

// lookUp answers the place of a code, in the list or on record, "" for "".
func lookUp(tx *store.Tx, ids map[string]string, code string) (string, error) {
	if code == "" || ids[code] != "" {
		return ids[code], nil
	}
	id, err := idOf(tx, code)
	if err == nil && id == "" {
		err = refuseList("error.place.code_unknown", "Code", code)
	}
	return id, err
}

// inEntry says in which entry of a list something was refused.
func inEntry(code string, err error) error {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid || f.Fields["list"].Key != "" {
		return err
	}
	refusal := refuseList("error.place.entry", "Code", code, "Fields", strings.Join(slices.Sorted(maps.Keys(f.Fields)), ", "))
	refusal.Cause = err
	return refusal
}

func refuseList(key string, args ...any) *fault.Error {
	return &fault.Error{
		Kind: fault.Invalid, Message: fault.Say("error.form"), Fields: map[string]fault.Message{"list": fault.Say(key, args...)},
	}
}
