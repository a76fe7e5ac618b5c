package account

import (
	"context"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// A service is a program of an agency, such as the newspaper's own system. It
// is an account that never signs in: tokens speak for it, and what it does is on
// the trail under its own name. It holds no weighty role, for nobody could ask
// it for a second factor, and what reaches readers is decided by people.

// ServiceAccount is a service with its tokens.
type ServiceAccount struct {
	Person
	Tokens []Token
}

func serviceRole() error {
	var form fault.Form
	form.Refuse("role", "error.service.role")
	return form.Err()
}

// Services lists the services of all agencies.
func (a *Accounts) Services(ctx context.Context, actor Actor) ([]ServiceAccount, error) {
	if _, err := manager(actor); err != nil {
		return nil, err
	}
	db := a.db.Read(ctx)
	rows, err := allServices(db)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(rows))
	for i, r := range rows {
		ids[i] = r.ID
	}
	tokens, err := tokensOf(db, ids)
	if err != nil {
		return nil, err
	}
	held, err := membershipsOfAll(db, ids)
	if err != nil {
		return nil, err
	}
	list := make([]ServiceAccount, len(rows))
	for i, r := range rows {
		list[i].Person = r.person(held[r.ID])
		for _, t := range tokens {
			if t.Person == r.ID {
				list[i].Tokens = append(list[i].Tokens, t)
			}
		}
	}
	return list, nil
}

// AddService makes a service of an agency with some roles, in some languages
// (none: in all of them).
func (a *Accounts) AddService(ctx context.Context, actor Actor, name, agency string, roles []Role, langs ...string) (Person, error) {
	by, err := a.provenManager(ctx, actor)
	if err != nil {
		return Person{}, err
	}
	var form fault.Form
	name = cleanLine(&form, "name", name, maxName)
	checkServiceRoles(&form, roles, agency)
	for _, role := range roles {
		Languages(langs).check(&form, role)
	}
	if err := form.Err(); err != nil {
		return Person{}, err
	}
	id := store.NewID()
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		// Its address is none that anybody could have or type.
		row := personRow{ID: id, Kind: string(Service), Email: "service:" + id, Name: name, Locale: a.o.Locales[0], CreatedAt: store.Micros(tx.Now)}
		if err := insertPerson(tx, row); err != nil {
			return err
		}
		if err := by.record(tx, "service.add", id, nil); err != nil {
			return err
		}
		for _, role := range roles {
			if err := a.grant(tx, by, id, Membership{ID: store.NewID(), Agency: agency, Role: role, Languages: langs, From: tx.Now}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return Person{}, err
	}
	return a.Person(ctx, id)
}

func checkServiceRoles(form *fault.Form, roles []Role, agency string) {
	if agency == "" {
		form.Refuse("agency", "error.agency.none")
	}
	if len(roles) == 0 {
		form.Refuse("role", "error.role.choose")
	}
	for _, role := range roles {
		checkPost(form, role, agency)
		if role.Weighty() {
			form.Refuse("role", "error.service.role")
		}
	}
}
