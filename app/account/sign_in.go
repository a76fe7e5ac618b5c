package account

import (
	"context"
	"errors"

	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// SignIn is what a person sends to sign in.
type SignIn struct {
	Email    string
	Password string
	Address  string // network address, "" for none
	Agent    string // name of the browser, for the person's list of sessions
	Device   string // the token of KnowDevice, "" for none
}

// errWrong is the one refusal for an unknown account, a wrong password, an
// account without a password and a disabled one.
var errWrong = errors.New("wrong e-mail or password")

func wrong() error { return fault.New(fault.Invalid, "error.signin.wrong") }

// SignIn opens a session and answers its token, which exists nowhere else. Of
// somebody with a second factor it asks for that first, with a
// SecondFactorError. It refuses with the kinds Invalid (wrong), TooMany
// (blocked, see RetryAfter) and Unavailable (too many sign-ins at once).
func (a *Accounts) SignIn(ctx context.Context, in SignIn) (token string, actor Actor, err error) {
	var form fault.Form
	email := cleanEmail(in.Email)
	if email == "" {
		form.Refuse("email", "error.required")
	}
	if in.Password == "" {
		form.Refuse("password", "error.required")
	}
	if err := form.Err(); err != nil {
		return "", Actor{}, err
	}
	person, attempts, err := a.prove(ctx, email, in.Password, origin{address: in.Address, device: in.Device})
	if err != nil {
		return "", Actor{}, err
	}
	renewed := ""
	if a.isOutdated(person.PasswordHash) {
		if renewed, err = a.hash(ctx, in.Password); err != nil {
			return "", Actor{}, errors.Join(err, a.abandon(ctx, attempts))
		}
	}
	return a.admission(ctx, func(tx *store.Tx) (entry, error) {
		return a.enter(tx, entrance{person, attempts, renewed, arrival{address: in.Address, agent: in.Agent, means: "password"}})
	})
}

// prove finds the person to whom e-mail and password belong. The attempt
// stays counted as a failure until takeBack.
func (a *Accounts) prove(ctx context.Context, email, password string, at origin) (personRow, []attempt, error) {
	subjects, err := a.passwordSubjects(ctx, email, at)
	if err != nil {
		return personRow{}, nil, err
	}
	attempts, err := a.begin(ctx, subjects)
	if err != nil {
		return personRow{}, nil, err
	}
	person, err := personByEmail(a.db.Read(ctx), email)
	if err != nil {
		return personRow{}, nil, errors.Join(err, a.abandon(ctx, attempts))
	}
	same, err := a.matches(ctx, person.PasswordHash, password)
	if err != nil {
		return personRow{}, nil, errors.Join(err, a.abandon(ctx, attempts))
	}
	if !same || person.DisabledAt != 0 {
		if err := a.recordLockouts(ctx, attempts, person.ID, at.address); err != nil {
			return personRow{}, nil, err
		}
		return personRow{}, nil, wrong()
	}
	return person, attempts, nil
}

// entrance is a sign-in whose password was right.
type entrance struct {
	person   personRow
	attempts []attempt
	renewed  string // a stronger hash of the same password, or ""
	arrival
}

// enter lets somebody in whose password was right. Hashing took a while, so the
// person is looked at again: in the meantime the account may have been disabled
// or reset.
func (a *Accounts) enter(tx *store.Tx, e entrance) (entry, error) {
	if err := lockTrail(tx); err != nil {
		return entry{}, err
	}
	now, err := lockPerson(tx, e.person.ID)
	if err != nil {
		return entry{}, err
	}
	if now.DisabledAt != 0 || now.PasswordHash != e.person.PasswordHash {
		return entry{}, errWrong
	}
	if err := a.succeed(tx, e); err != nil {
		return entry{}, err
	}
	return a.admit(tx, now, e.arrival)
}

// succeed takes this attempt back from all that it was counted against, forgets
// the failures of the account from this network or device, and stores a renewed
// hash.
func (a *Accounts) succeed(tx *store.Tx, e entrance) error {
	if err := takeBack(tx, e.attempts); err != nil {
		return err
	}
	for _, at := range e.attempts {
		if at.isOwn() {
			if err := forgetSubject(tx, at.subject); err != nil {
				return err
			}
		}
	}
	if e.renewed == "" {
		return nil
	}
	return setPassword(tx, e.person.ID, e.renewed)
}

// What is kept of the request, in characters.
const (
	maxAddress = 64
	maxAgent   = 300
)

// cut shortens what came from outside to n characters of clean text.
func cut(s string, n int) string {
	s, ok := vietnamese.Clean(s)
	if !ok {
		return ""
	}
	if runes := []rune(s); len(runes) > n {
		return string(runes[:n])
	}
	return s
}
