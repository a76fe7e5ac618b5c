package account

import (
	"context"
	"time"

	"doingoai/app/store"
)

// Program is what the program itself does with people: the verbs of its
// command line and of the demonstration, recorded as done by SystemID. Whoever
// can run them has the database already. Nothing that answers a request from
// the network may use it.
type Program struct{ a *Accounts }

// Program answers the verbs of the program itself.
func (a *Accounts) Program() Program { return Program{a} }

func system() authority { return self(System()) }

// AddPerson makes an account with a password, and with roles from now on.
func (p Program) AddPerson(ctx context.Context, person NewPerson) (Person, error) {
	hash, err := p.a.checkAndHash(ctx, &person)
	if err != nil {
		return Person{}, err
	}
	id := store.NewID()
	err = p.a.db.Write(ctx, func(tx *store.Tx) error { return p.a.add(tx, system(), id, person, hash) })
	if err != nil {
		return Person{}, err
	}
	return p.a.Person(ctx, id)
}

// People lists everybody.
func (p Program) People(ctx context.Context) ([]Person, error) { return p.a.people(ctx) }

// FindByEmail answers the id of the person with an e-mail address, or a fault of kind NotFound.
func (p Program) FindByEmail(ctx context.Context, email string) (string, error) {
	row, err := personByEmail(p.a.db.Read(ctx), cleanEmail(email))
	if err == nil && row.ID == "" {
		err = noPerson()
	}
	return row.ID, err
}

// Disable is Accounts.Disable.
func (p Program) Disable(ctx context.Context, person string) error {
	return p.a.disable(ctx, system(), person)
}

// Enable is Accounts.Enable.
func (p Program) Enable(ctx context.Context, person string) error {
	return p.a.enable(ctx, system(), person)
}

// Reset is Accounts.Reset.
func (p Program) Reset(ctx context.Context, person string) (token string, err error) {
	return p.a.reset(ctx, system(), person)
}

// ForgetFactors is Accounts.ForgetFactors.
func (p Program) ForgetFactors(ctx context.Context, person string) error {
	return p.a.forgetFactors(ctx, system(), person)
}

// GrantRole is Accounts.GrantRole.
func (p Program) GrantRole(ctx context.Context, person, agency string, role Role, from, to time.Time, langs ...string) error {
	return p.a.grantRole(ctx, system(), person, Membership{Agency: agency, Role: role, Languages: langs, From: from, To: to})
}

// EndRole is Accounts.EndRole.
func (p Program) EndRole(ctx context.Context, membership string) error {
	return p.a.endRole(ctx, system(), membership)
}

// Sweep forgets what is over: ended sessions, old tickets and failures that
// no longer count. It changes nothing anybody could notice, so it leaves no
// trace in the audit trail. Call it now and then.
func (p Program) Sweep(ctx context.Context) error {
	return p.a.db.Write(ctx, func(tx *store.Tx) error { return sweep(tx, p.a.o) })
}
