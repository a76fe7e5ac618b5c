package account

import (
	"context"
	"slices"
)

// Permitted lists the people who hold a role today that permits an action
// within an agency, in whichever language, by name. Those who only stand in for somebody are not among
// them: they are told in that person's place.
func (a *Accounts) Permitted(ctx context.Context, action Action, agency string) ([]Person, error) {
	people, err := a.people(ctx)
	now := a.db.Now()
	return slices.DeleteFunc(people, func(p Person) bool {
		actor := Actor{ID: p.ID}
		for _, m := range p.Memberships {
			if m.ValidAt(now) {
				actor.Posts = append(actor.Posts, Post{Agency: m.Agency, Role: m.Role, Languages: m.Languages})
			}
		}
		_, may := actor.May(action, agency)
		return p.Kind != Human || !p.DisabledAt.IsZero() || !may
	}), err
}
