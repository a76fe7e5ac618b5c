package account

import "context"

// Security is what an administrator sees of how somebody proves who they are
// (that there is a factor, never the factor), and of who stands in for them.
type Security struct {
	Person   Person
	Factors  Factors
	Required bool // the person's roles of today demand a second factor
	Sessions []Session
	Tokens   []Token

	Absences   []Absence   // that are not over
	Colleagues []Colleague // who could stand in
}

// SecurityOf answers how a person proves who they are.
func (a *Accounts) SecurityOf(ctx context.Context, actor Actor, person string) (Security, error) {
	if _, err := manager(actor); err != nil {
		return Security{}, err
	}
	var s Security
	var err error
	if s.Person, err = a.Person(ctx, person); err != nil {
		return s, err
	}
	db := a.db.Read(ctx)
	if s.Factors, err = factorsOf(db, person); err != nil {
		return s, err
	}
	posts, err := postsOf(db, person, a.db.Now())
	if err != nil {
		return s, err
	}
	s.Required = a.o.SecondFactor == Required && anyWeighty(posts)
	if s.Sessions, err = a.openSessions(ctx, person, actor.Session); err != nil {
		return s, err
	}
	if s.Tokens, err = tokensOf(db, []string{person}); err != nil {
		return s, err
	}
	if s.Absences, err = absencesAmong(db, []string{person}, a.db.Now()); err != nil {
		return s, err
	}
	s.Colleagues, err = colleaguesOf(db, person, a.db.Now())
	return s, err
}
