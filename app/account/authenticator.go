package account

import (
	"context"
	"crypto/rand"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// AppSetup is what an authenticator app is shown when it is set up.
type AppSetup struct {
	Token   string // names the setup; it is not the secret
	Secret  string // for typing
	Address string // for the square picture
}

// appSetup is what is remembered of it.
type appSetup struct{ Secret string }

// BeginApp makes a secret for an authenticator app. Nothing changes until
// FinishApp is shown a code made with it.
func (a *Accounts) BeginApp(ctx context.Context, actor Actor) (AppSetup, error) {
	secret := make([]byte, totpSecret)
	rand.Read(secret)
	setup := AppSetup{Secret: base32Text.EncodeToString(secret)}
	err := a.changeFactor(ctx, actor, func(tx *store.Tx, row personRow) error {
		setup.Address = totpAddress(a.o.Name, row.Email, secret)
		var err error
		setup.Token, err = a.beginCeremony(tx, enrolApp, actor.ID, actor.Address, appSetup{a.sealer.seal(secret, actor.ID)})
		return err
	})
	return setup, err
}

// PendingApp answers a setup that was begun, to be shown again after a code
// that was wrong.
func (a *Accounts) PendingApp(ctx context.Context, actor Actor, token string) (AppSetup, error) {
	row, err := a.peekCeremony(ctx, enrolApp, token)
	if err != nil {
		return AppSetup{}, err
	}
	secret, err := a.setupSecret(actor, row)
	if err != nil {
		return AppSetup{}, err
	}
	return AppSetup{
		Token: token, Secret: base32Text.EncodeToString(secret), Address: totpAddress(a.o.Name, actor.Email, secret),
	}, nil
}

func (a *Accounts) setupSecret(actor Actor, row ceremonyRow) ([]byte, error) {
	if actor.ID == "" || row.PersonID != actor.ID {
		return nil, ceremonyOver()
	}
	var begun appSetup
	if err := row.read(&begun); err != nil {
		return nil, err
	}
	return a.sealer.open(begun.Secret, actor.ID)
}

// FinishApp takes an app into use that has shown a right code. With the first
// second factor it answers the recovery codes, which exist nowhere else.
func (a *Accounts) FinishApp(ctx context.Context, actor Actor, token, code string) (codes []string, err error) {
	row, err := a.peekCeremony(ctx, enrolApp, token)
	if err != nil {
		return nil, err
	}
	secret, err := a.setupSecret(actor, row)
	if err != nil {
		return nil, err
	}
	step, right := matchCode(secret, plainCode(code), a.db.Now(), 0)
	if !right {
		return nil, wrongCode()
	}
	err = a.changeFactor(ctx, actor, func(tx *store.Tx, _ personRow) error {
		if _, err := endCeremony(tx, enrolApp, token, nil); err != nil {
			return err
		}
		before, err := factorsOf(tx.DB, actor.ID)
		if err != nil {
			return err
		}
		app := authenticatorRow{PersonID: actor.ID, Secret: a.sealer.seal(secret, actor.ID), CreatedAt: store.Micros(tx.Now), UsedStep: step}
		if err := replaceAuthenticator(tx, app); err != nil {
			return err
		}
		if codes, err = a.began(tx, actor, !before.Any()); err != nil {
			return err
		}
		return a.recordAndTell(tx, self(actor), "factor.app_add", actor.ID, nil)
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// RemoveApp takes the actor's authenticator app out of use.
func (a *Accounts) RemoveApp(ctx context.Context, actor Actor) error {
	return a.changeFactor(ctx, actor, func(tx *store.Tx, _ personRow) error {
		n, err := deleteAuthenticator(tx, actor.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "error.factor.none")
		}
		if err := a.removed(tx, actor); err != nil {
			return err
		}
		return a.recordAndTell(tx, self(actor), "factor.app_remove", actor.ID, nil)
	})
}
