package account

import (
	"context"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// Factors are what a person can prove themselves with besides the password.
type Factors struct {
	Authenticator time.Time // since when there is an app that makes codes; zero: none
	Passkeys      []Passkey
	CodesLeft     int // recovery codes that were not used
}

// Any says whether there is a second factor at all. Recovery codes stand in for
// one that was lost and are none themselves.
func (f Factors) Any() bool { return f.HasApp() || len(f.Passkeys) > 0 }

// HasApp says whether an authenticator app is set up.
func (f Factors) HasApp() bool { return !f.Authenticator.IsZero() }

// Passkey is a key that a device or a security stick keeps for a person.
type Passkey struct {
	ID        string
	Name      string // as the person called it
	CreatedAt time.Time
	UsedAt    time.Time // zero: never
}

// Demand says who must have a second factor.
type Demand string

// The demands. Required asks those whose roles are weighty and leaves it to the
// others; Offered leaves it to everybody.
const (
	Required Demand = "required"
	Offered  Demand = "offered"
)

// mustEnrol says whether somebody has to set up a second factor before they
// may do anything else. strong: the session was opened with one, be it that of
// another issuer.
func (a *Accounts) mustEnrol(posts []Post, has, strong bool) bool {
	return a.o.SecondFactor == Required && !has && !strong && anyWeighty(posts)
}

func anyWeighty(posts []Post) bool {
	for _, p := range posts {
		if p.Role.Weighty() {
			return true
		}
	}
	return false
}

// Factors answers the actor's own second factors.
func (a *Accounts) Factors(ctx context.Context, actor Actor) (Factors, error) {
	if actor.ID == "" {
		return Factors{}, signedOut()
	}
	return factorsOf(a.db.Read(ctx), actor.ID)
}

// MustKeepFactor says whether the actor's roles demand a second factor.
func (a *Accounts) MustKeepFactor(actor Actor) bool {
	return a.o.SecondFactor == Required && anyWeighty(actor.Posts)
}

// changeFactor runs f on the actor's own account, when they have proved not
// long ago who they are.
func (a *Accounts) changeFactor(ctx context.Context, actor Actor, f func(*store.Tx, personRow) error) error {
	if actor.ID == "" {
		return signedOut()
	}
	if err := a.demandProof(ctx, actor); err != nil {
		return err
	}
	return a.change(ctx, actor.ID, f)
}

// began is what follows when a person has a new second factor: the session in
// which it was set up is as good as opened with it, those of before are over,
// and with the first factor come recovery codes, which are answered.
func (a *Accounts) began(tx *store.Tx, actor Actor, first bool) ([]string, error) {
	if err := markProved(tx, actor, true); err != nil {
		return nil, err
	}
	if !first {
		return nil, nil
	}
	if _, err := deleteSessions(tx, actor.ID, actor.Session); err != nil {
		return nil, err
	}
	return renewCodes(tx, actor.ID)
}

// removed is what follows when a factor was taken away: whoever must have one
// keeps at least one, and without any the recovery codes go as well.
func (a *Accounts) removed(tx *store.Tx, actor Actor) error {
	left, err := factorsOf(tx.DB, actor.ID)
	if err != nil || left.Any() {
		return err
	}
	if a.MustKeepFactor(actor) {
		return fault.New(fault.NotPossible, "error.factor.last")
	}
	return deleteRecovery(tx, actor.ID)
}

// ForgetFactors takes a person's second factors away when they have lost them,
// and ends their sessions. They are told; at the next sign-in those who must
// have one set up another. Nobody ever sees a factor of somebody else.
func (a *Accounts) ForgetFactors(ctx context.Context, actor Actor, person string) error {
	by, err := a.provenManager(ctx, actor)
	if err != nil {
		return err
	}
	return a.forgetFactors(ctx, by, person)
}

func (a *Accounts) forgetFactors(ctx context.Context, by authority, person string) error {
	return a.change(ctx, person, func(tx *store.Tx, _ personRow) error {
		had, err := deleteFactors(tx, person)
		if err != nil {
			return err
		}
		if !had {
			return fault.New(fault.NotPossible, "error.factor.none")
		}
		if err := deleteCeremonies(tx, person); err != nil {
			return err
		}
		if _, err := deleteSessions(tx, person, by.actor.Session); err != nil {
			return err
		}
		return a.recordAndTell(tx, by, "factor.forget", person, nil)
	})
}
