package account

import (
	"context"
	"errors"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// arrival is somebody at the door, whom a proof has shown to be a person of ours.
type arrival struct {
	address, agent string
	strong         bool   // the proof was of two factors
	means          string // what they came with, for the audit trail
}

// entry is what became of an arrival: a session, or a second step.
type entry struct {
	token string
	actor Actor
	next  *SecondFactorError
}

// SecondFactorError is no failure: the first proof was right, and a second one
// is due. Token is for SignInWithCode; a passkey needs none.
type SecondFactorError struct {
	Token   string
	Name    string // of whoever is to be asked
	App     bool   // they have an authenticator app; a recovery code will do
	Passkey bool
}

// Error says what is due.
func (*SecondFactorError) Error() string { return "a second factor is due" }

// Unwrap makes it a refusal of the kind SignedOut for those who do not ask.
func (*SecondFactorError) Unwrap() error { return signedOut() }

// admit opens a session, or asks somebody who has a second factor and did not
// come with it for that. lockTrail has been called, and the person is enabled.
func (a *Accounts) admit(tx *store.Tx, person personRow, at arrival) (entry, error) {
	factors, err := factorsOf(tx.DB, person.ID)
	if err != nil {
		return entry{}, err
	}
	if factors.Any() && !at.strong {
		token, err := a.beginCeremony(tx, secondStep, person.ID, at.address, waiting{Agent: cut(at.agent, maxAgent), Means: at.means})
		return entry{next: &SecondFactorError{Token: token, Name: person.Name, App: factors.HasApp(), Passkey: len(factors.Passkeys) > 0}}, err
	}
	token := store.NewSecret()
	session := sessionRow{
		TokenHash: tokenHash(token), ID: store.NewID(), PersonID: person.ID,
		CreatedAt: store.Micros(tx.Now), SeenAt: store.Micros(tx.Now), ExpiresAt: store.Micros(tx.Now.Add(a.o.MaxSession)),
		Address: cut(at.address, maxAddress), Agent: cut(at.agent, maxAgent), ProvedAt: store.Micros(tx.Now), Strong: at.strong,
	}
	if err := insertSession(tx, session); err != nil {
		return entry{}, err
	}
	actor, err := actorOf(tx.DB, person, tx.Now)
	if err != nil {
		return entry{}, err
	}
	actor.Address, actor.Session = session.Address, session.ID
	actor.Enrol = a.mustEnrol(actor.Posts, factors.Any(), at.strong)
	return entry{token: token, actor: actor},
		self(actor).record(tx, "session.begin", person.ID, map[string]string{"session": session.ID, "means": at.means})
}

// admission runs what lets somebody in, and answers what SignIn does.
func (a *Accounts) admission(ctx context.Context, f func(*store.Tx) (entry, error)) (token string, actor Actor, err error) {
	var e entry
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		var err error
		e, err = f(tx)
		return err
	})
	switch {
	case errors.Is(err, errWrong):
		return "", Actor{}, wrong()
	case err != nil:
		return "", Actor{}, err
	case e.next != nil:
		return "", Actor{}, e.next
	}
	return e.token, e.actor, nil
}

// waiting is what is remembered of a sign-in that waits for its second step.
type waiting struct{ Agent, Means string }

// SignInWithCode finishes a sign-in that a second factor was due for. The code
// is that of an authenticator app, or a recovery code; device, the token of
// KnowDevice.
func (a *Accounts) SignInWithCode(ctx context.Context, token, code, address, device string) (string, Actor, error) {
	row, err := a.peekCeremony(ctx, secondStep, token)
	if err != nil {
		return "", Actor{}, err
	}
	if plainCode(code) == "" {
		var form fault.Form
		form.Refuse("code", "error.required")
		return "", Actor{}, form.Err()
	}
	subjects, err := a.codeSubjects(ctx, row.PersonID, origin{address: address, device: device})
	if err != nil {
		return "", Actor{}, err
	}
	attempts, err := a.begin(ctx, subjects)
	if err != nil {
		return "", Actor{}, err
	}
	session, actor, err := a.admission(ctx, func(tx *store.Tx) (entry, error) {
		return a.enterWithCode(tx, token, code, address, attempts)
	})
	if err = a.afterCode(ctx, err, attempts, row.PersonID, address); err != nil {
		return "", Actor{}, err
	}
	return session, actor, nil
}

func (a *Accounts) enterWithCode(tx *store.Tx, token, code, address string, attempts []attempt) (entry, error) {
	if err := lockTrail(tx); err != nil {
		return entry{}, err
	}
	var begun waiting
	row, err := endCeremony(tx, secondStep, token, &begun)
	if err != nil {
		return entry{}, err
	}
	person, err := lockPerson(tx, row.PersonID)
	if err != nil {
		return entry{}, err
	}
	if person.DisabledAt != 0 {
		return entry{}, ceremonyOver()
	}
	if err := a.takeCode(tx, Actor{ID: person.ID, Address: cut(address, maxAddress)}, code); err != nil {
		return entry{}, err
	}
	if err := takeBack(tx, attempts); err != nil {
		return entry{}, err
	}
	return a.admit(tx, person, arrival{address: address, agent: begun.Agent, strong: true, means: begun.Means + "+code"})
}
