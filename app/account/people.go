package account

import (
	"context"
	"slices"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// People lists everybody with all their memberships, in two queries.
func (a *Accounts) People(ctx context.Context, actor Actor) ([]Person, error) {
	if _, err := manager(actor); err != nil {
		return nil, err
	}
	return a.people(ctx)
}

func (a *Accounts) people(ctx context.Context) ([]Person, error) {
	db := a.db.Read(ctx)
	rows, err := allPeople(db)
	if err != nil {
		return nil, err
	}
	held, err := allMemberships(db)
	if err != nil {
		return nil, err
	}
	people := make([]Person, len(rows))
	for i, row := range rows {
		people[i] = row.person(held[row.ID])
	}
	slices.SortStableFunc(people, func(p, q Person) int {
		return strings.Compare(vietnamese.Fold(p.Name), vietnamese.Fold(q.Name))
	})
	return people, nil
}

// Any says whether anybody has an account yet.
func (a *Accounts) Any(ctx context.Context) (bool, error) { return anybody(a.db.Read(ctx)) }

// Person answers one person with all memberships, or a fault of kind NotFound.
func (a *Accounts) Person(ctx context.Context, id string) (Person, error) {
	db := a.db.Read(ctx)
	row, err := personByID(db, id)
	if err != nil {
		return Person{}, err
	}
	held, err := membershipsOf(db, id)
	if err != nil {
		return Person{}, err
	}
	return row.person(held), nil
}

// Names answers the names of people by id, for lists; unknown ids are absent.
func (a *Accounts) Names(ctx context.Context, ids []string) (map[string]string, error) {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	return namesOf(a.db.Read(ctx), ids)
}

// ActorFor answers a person with the posts of this moment without a session,
// for what the program does on their behalf. Somebody disabled may do nothing
// any more and is refused with the kind Forbidden.
func (a *Accounts) ActorFor(ctx context.Context, id string) (Actor, error) {
	db := a.db.Read(ctx)
	row, err := personByID(db, id)
	if err != nil {
		return Actor{}, err
	}
	if row.DisabledAt != 0 {
		return Actor{}, fault.New(fault.Forbidden, "error.person.disabled")
	}
	return actorOf(db, row, a.db.Now())
}

// SetLocale chooses the actor's interface language.
func (a *Accounts) SetLocale(ctx context.Context, actor Actor, locale string) error {
	if actor.ID == "" {
		return signedOut()
	}
	var form fault.Form
	if a.checkLocale(&form, locale); form.Err() != nil {
		return form.Err()
	}
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		if err := setLocale(tx, actor.ID, locale); err != nil {
			return err
		}
		return self(actor).record(tx, "person.locale", actor.ID, map[string]string{"locale": locale})
	})
}

// add writes a person with their memberships; hash may be "" for somebody who
// still has to choose a password.
func (a *Accounts) add(tx *store.Tx, by authority, id string, p NewPerson, hash string) error {
	if err := lockTrail(tx); err != nil {
		return err
	}
	row := personRow{
		ID: id, Kind: string(Human), Email: p.Email, Name: p.Name, Locale: p.Locale, PasswordHash: hash, CreatedAt: store.Micros(tx.Now),
	}
	var form fault.Form
	known, err := personByEmail(tx.DB, p.Email)
	if err != nil {
		return err
	}
	if known.ID != "" {
		form.Refuse("email", "error.email.taken")
		return form.Err()
	}
	if err := insertPerson(tx, row); err != nil {
		return err
	}
	if err := by.record(tx, "person.add", id, nil); err != nil {
		return err
	}
	for _, role := range p.Roles {
		m := Membership{ID: store.NewID(), Agency: p.Agency, Role: role, Languages: p.Languages, From: tx.Now}
		if err := a.grant(tx, by, id, m); err != nil {
			return err
		}
	}
	return nil
}

// Disable ends a person's sessions and, for good, their tokens, and lets them
// in no more; their work and their name stay. The last administrator is refused.
func (a *Accounts) Disable(ctx context.Context, actor Actor, person string) error {
	by, err := manager(actor)
	if err != nil {
		return err
	}
	return a.disable(ctx, by, person)
}

func (a *Accounts) disable(ctx context.Context, by authority, person string) error {
	return a.change(ctx, person, func(tx *store.Tx, row personRow) error {
		if row.DisabledAt != 0 {
			return fault.New(fault.NotPossible, "error.person.disabled")
		}
		err := keepAdministrator(tx, func() error { return setDisabled(tx, person, store.Micros(tx.Now)) })
		if err != nil {
			return err
		}
		if err := shutOut(tx, person, ""); err != nil {
			return err
		}
		if err := revokeTokens(tx, person); err != nil {
			return err
		}
		return a.recordAndTell(tx, by, "person.disable", person, nil)
	})
}

// Enable lets a disabled person in again, with the old password.
func (a *Accounts) Enable(ctx context.Context, actor Actor, person string) error {
	by, err := manager(actor)
	if err != nil {
		return err
	}
	return a.enable(ctx, by, person)
}

func (a *Accounts) enable(ctx context.Context, by authority, person string) error {
	return a.change(ctx, person, func(tx *store.Tx, row personRow) error {
		if row.DisabledAt == 0 {
			return fault.New(fault.NotPossible, "error.person.enabled")
		}
		if err := setDisabled(tx, person, 0); err != nil {
			return err
		}
		return by.record(tx, "person.enable", person, nil)
	})
}

// shutOut ends whatever a person, or somebody in their name, has under way:
// sessions but one, links, and sign-ins that wait for their second step.
func shutOut(tx *store.Tx, person, but string) error {
	if err := deleteTickets(tx, person); err != nil {
		return err
	}
	if err := deleteCeremonies(tx, person); err != nil {
		return err
	}
	_, err := deleteSessions(tx, person, but)
	return err
}

// EndSessions ends every session of a person, who may sign in again.
func (a *Accounts) EndSessions(ctx context.Context, actor Actor, person string) (int, error) {
	by, err := manager(actor)
	if err != nil {
		return 0, err
	}
	ended := 0
	err = a.change(ctx, person, func(tx *store.Tx, _ personRow) error {
		if err := deleteCeremonies(tx, person); err != nil {
			return err
		}
		var err error
		ended, err = endSessions(tx, by, person, by.actor.Session)
		return err
	})
	return ended, err
}

// change runs f on a locked person.
func (a *Accounts) change(ctx context.Context, person string, f func(*store.Tx, personRow) error) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		row, err := lockPerson(tx, person)
		if err != nil {
			return err
		}
		return f(tx, row)
	})
}

// keepAdministrator makes a change unless it takes away the last person who
// can manage people. lockTrail has been called, so nobody else takes the other
// one away at the same time.
func keepAdministrator(tx *store.Tx, change func() error) error {
	before, err := countAdministrators(tx.DB, tx.Now)
	if err != nil {
		return err
	}
	if err := change(); err != nil {
		return err
	}
	after, err := countAdministrators(tx.DB, tx.Now)
	if err == nil && before > 0 && after == 0 {
		return fault.New(fault.NotPossible, "error.person.last_admin")
	}
	return err
}

// endSessions ends a person's sessions but one, and records it when there were any.
func endSessions(tx *store.Tx, by authority, person, but string) (int, error) {
	if err := lockTrail(tx); err != nil {
		return 0, err
	}
	n, err := deleteSessions(tx, person, but)
	if err != nil || n == 0 {
		return 0, err
	}
	return int(n), by.record(tx, "session.revoke_all", person, nil)
}
