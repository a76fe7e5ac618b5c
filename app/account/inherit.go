package account

import (
	"maps"
	"slices"

	"doingoai/app/store"
)

// Inherit gives the posts of an agency to the one that takes its place, from
// now on, and answers how many. It is part of the act by which agencies become
// one. Each post ends and begins anew as any other does, so that the trail says
// who held what in which agency and when; a role that somebody holds there
// already, in the same languages, is not held twice.
func (a *Accounts) Inherit(tx *store.Tx, actor Actor, from, to string) (int, error) {
	if err := lockTrail(tx); err != nil {
		return 0, err
	}
	post, _ := actor.PostFor(ManageSite, "") // the agencies' room has asked whether they may
	by := authority{actor, post}
	held, err := membershipsWithin(tx, from)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, person := range slices.Sorted(maps.Keys(held)) {
		for _, m := range held[person] {
			if m.isOver(tx.Now) {
				continue
			}
			n++
			if err := handOver(tx, by, person, m, to); err != nil {
				return n, err
			}
		}
	}
	return n, nil
}

// handOver ends a post and grants it in another agency for the rest of its time.
func handOver(tx *store.Tx, by authority, person string, m Membership, to string) error {
	next := Membership{ID: store.NewID(), Agency: to, Role: m.Role, Languages: m.Languages, From: m.From, To: m.To}
	if next.From.Before(tx.Now) {
		next.From = tx.Now
	}
	m.To = next.From
	if err := endMembership(tx, m); err != nil {
		return err
	}
	if err := by.record(tx, "role.end", person, m.detail()); err != nil {
		return err
	}
	held, err := heldMeanwhile(tx, person, next)
	if err != nil {
		return err
	}
	for _, langs := range held {
		if langs.Cover(next.Languages) {
			return nil
		}
		next.Languages = next.Languages.without(langs)
	}
	if err := insertMembership(tx, person, next); err != nil {
		return err
	}
	return by.record(tx, "role.grant", person, next.detail())
}
