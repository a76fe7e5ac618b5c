// Package place keeps the places that articles speak of: provinces, districts,
// communes, border gates.
//
// Places change. A place keeps its identifier through new names and ranks
// (a district that becomes a town), as long as it is one and the same; every
// name has the days on which it was valid. It ends when it becomes part of
// another, or of several; what is split from it is a place of its own. All of
// that are relations, which read as sentences ("Bình Phước, merged into, Đồng
// Nai"), each with its day and the document it rests on.
//
// So an article can name a place as it was called on the day it tells of, say
// what has become of it since, and be found under the place of today
// (Predecessors). Readers are given each place as one release.
package place

import (
	"context"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Kinds are the ranks of places, the largest first.
var Kinds = []string{
	"country", "province", "city", "district", "town", "township", "commune", "ward", "special_zone", "border_gate", "area",
}

// Place is a place as it is today, or as it was when it ended.
type Place struct {
	ID           string
	Code         string
	Kind         string
	Names        map[string]string // by language
	Began, Ended time.Time         // zero: before our records, and still there
	Within       string            // id of the place it is part of, "" for none
}

// Name is what a place was called in one language, and its rank, from a moment
// (zero: since it began) until another (zero: still).
type Name struct {
	Lang, Name, Kind string
	From, To         time.Time
}

// Relation is the sentence From, Kind, To. A new name or rank is about one
// place, which stands on both sides.
type Relation struct {
	Kind      string
	From, To  string // place ids
	At, Until time.Time
	Basis     release.Basis
}

// The kinds of relation.
const (
	MergedInto = "merged_into"
	SplitFrom  = "split_from"
	Renamed    = "renamed"
	Upgraded   = "upgraded"
	PartOf     = "part_of"
)

// Room keeps the places of a newsroom.
type Room struct {
	db  *store.DB
	log *release.Log
}

// New gives the room over a newsroom database.
func New(db *store.DB, log *release.Log) *Room { return &Room{db, log} }

// All lists every place by its code.
func (r *Room) All(ctx context.Context) ([]Place, error) { return list(r.db.Read(ctx), "") }

// Get answers one place, or a fault of kind NotFound.
func (r *Room) Get(ctx context.Context, id string) (Place, error) { return one(r.db.Read(ctx), id) }

// Exists says whether there is, or was, a place with this identifier.
func (r *Room) Exists(ctx context.Context, id string) (bool, error) {
	_, err := r.Get(ctx, id)
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}

// At answers a place as it was at a moment: called and ranked, and within
// which other. One that had not begun then, or was over, is answered as it was
// on its first or last day.
func (r *Room) At(ctx context.Context, id string, when time.Time) (Place, error) {
	db := r.db.Read(ctx)
	p, err := one(db, id)
	if err != nil {
		return p, err
	}
	names, err := history(db, id)
	if err != nil {
		return p, err
	}
	relations, err := relations(db, id)
	if err != nil {
		return p, err
	}
	return p.at(when, names, relations), nil
}

// at is a place as it was at a moment, by its names and its relations.
func (p Place) at(when time.Time, names []Name, relations []Relation) Place {
	if when.Before(p.Began) {
		when = p.Began
	}
	if !p.Ended.IsZero() && !when.Before(p.Ended) {
		when = p.Ended.Add(-time.Microsecond)
	}
	p.Within = ""
	for _, rel := range relations {
		if rel.Kind == PartOf && rel.From == p.ID && holds(when, rel.At, rel.Until) {
			p.Within = rel.To
		}
	}
	p.Names = map[string]string{}
	for _, n := range names {
		if holds(when, n.From, n.To) {
			p.Names[n.Lang], p.Kind = n.Name, n.Kind
		}
	}
	return p
}

func holds(when, from, to time.Time) bool {
	return !when.Before(from) && (to.IsZero() || when.Before(to))
}

// Find lists the places that have, or once had, a name with these words, typed
// with or without marks; every place when there are none. With a moment, only
// places that were there then are listed, as they were.
func (r *Room) Find(ctx context.Context, words string, when time.Time) ([]Place, error) {
	db := r.db.Read(ctx)
	all, err := list(db, "")
	if err != nil {
		return nil, err
	}
	names, err := allNames(db)
	if err != nil {
		return nil, err
	}
	parts, err := allParts(db)
	if err != nil {
		return nil, err
	}
	words = vietnamese.Fold(strings.Join(strings.Fields(words), " "))
	var found []Place
	for _, p := range all {
		called := slices.ContainsFunc(names[p.ID], func(n Name) bool { return strings.Contains(vietnamese.Fold(n.Name), words) })
		if !called || !when.IsZero() && !holds(when, p.Began, p.Ended) {
			continue
		}
		if !when.IsZero() {
			p = p.at(when, names[p.ID], parts[p.ID])
		}
		found = append(found, p)
	}
	return found, nil
}

// History lists all names a place ever had, oldest first.
func (r *Room) History(ctx context.Context, id string) ([]Name, error) {
	return history(r.db.Read(ctx), id)
}

// Relations lists what happened to a place, and to others that had to do with
// it, oldest first.
func (r *Room) Relations(ctx context.Context, id string) ([]Relation, error) {
	return relations(r.db.Read(ctx), id)
}

// Predecessors lists the places out of which one has become: what was merged
// into it, what it was split from, and their predecessors again. Whoever looks
// for a place of today looks for these too.
func (r *Room) Predecessors(ctx context.Context, id string) ([]string, error) {
	before, err := descent(r.db.Read(ctx))
	if err != nil {
		return nil, err
	}
	found := []string{id}
	for i := 0; i < len(found); i++ {
		for _, earlier := range before[found[i]] {
			if !slices.Contains(found, earlier) {
				found = append(found, earlier)
			}
		}
	}
	return found[1:], nil
}

// by is who changes places, by virtue of which role.
type by struct {
	actor account.Actor
	role  account.Role
}

// present is the moment that no act may lie beyond, since people and readers
// are told at once. The list that the program itself brings along is believed
// whatever its clock says, which may be wrong.
func (who by) present(tx *store.Tx) time.Time {
	if who.actor.ID == account.SystemID {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return tx.Now
}

// manager is an actor who may change places.
func manager(actor account.Actor) (by, error) {
	role, ok := actor.May(account.ManageSite, "")
	if !ok {
		return by{}, fault.New(fault.Forbidden, "error.forbidden.title")
	}
	return by{actor, role}, nil
}

// announce releases a place as it stands now and records who changed it.
func (r *Room) announce(tx *store.Tx, who by, verb, id string, detail map[string]string) error {
	if err := r.release(tx, id); err != nil {
		return err
	}
	return audit.Append(tx, audit.Entry{
		ActorID: who.actor.ID, Role: string(who.role), Address: who.actor.Address, Verb: verb, Subject: "place/" + id,
		Detail: who.actor.Trace(account.Post{}, detail),
	})
}

// release tells readers of a place: what it is, was, and what came of it.
func (r *Room) release(tx *store.Tx, id string) error {
	p, err := one(tx.DB, id)
	if err != nil {
		return err
	}
	names, err := history(tx.DB, id)
	if err != nil {
		return err
	}
	relations, err := relations(tx.DB, id)
	if err != nil {
		return err
	}
	document := release.Place{ID: p.ID, Code: p.Code, Began: p.Began, Ended: p.Ended}
	for _, n := range names {
		document.Names = append(document.Names, release.PlaceName(n))
	}
	for _, rel := range relations {
		document.Relations = append(document.Relations, release.PlaceRelation(rel))
	}
	_, err = r.log.Append(tx, release.Key{Kind: release.PlaceKind, ID: id}, release.Put, document)
	return err
}
