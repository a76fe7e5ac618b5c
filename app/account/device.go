package account

import (
	"context"
	"time"

	"doingoai/app/store"
)

// A device is a browser in which somebody has signed in, or has chosen their
// password by a link. It keeps a token, of which the database keeps the hash,
// and what is tried with that token is counted against the device alone: so
// nobody who tries from elsewhere, be it from the same address, keeps a person
// out of the newsroom. The token opens nothing; whoever stole it has as few
// guesses as any stranger.
//
// Each sign-in gives the browser another token, for everybody who is known
// there. Whatever ends a person's sessions makes their other devices unknown;
// signing out does not.

const (
	// DeviceLife is for how long a browser is known after a sign-in.
	DeviceLife = 180 * 24 * time.Hour
	// maxDevices is in how many browsers a person is known; the latest count.
	maxDevices = 20
)

// KnowDevice makes the browser known in which the actor's session was opened,
// and answers the token that it is to keep in place of before ("" for none).
func (a *Accounts) KnowDevice(ctx context.Context, actor Actor, before string) (token string, err error) {
	if actor.ID == "" || actor.Session == "" {
		return "", signedOut()
	}
	err = a.change(ctx, actor.ID, func(tx *store.Tx, _ personRow) error {
		token, err = knowDevice(tx, actor.ID, actor.Session, before)
		return err
	})
	return token, err
}

func knowDevice(tx *store.Tx, person, session, before string) (string, error) {
	token := store.NewSecret()
	if err := renameDevice(tx, tokenHash(before), tokenHash(token)); err != nil {
		return "", err
	}
	return token, saveDevice(tx, deviceRow{
		TokenHash: tokenHash(token), PersonID: person, SessionID: session, ExpiresAt: store.Micros(tx.Now.Add(DeviceLife)),
	})
}
