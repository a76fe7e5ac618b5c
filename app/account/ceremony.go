package account

import (
	"context"
	"encoding/json"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// A ceremony is what must be remembered between two requests of one proof: the
// password that was right and waits for its code, the challenge that a passkey
// is to sign, the secret that an app was shown. It is named by a token that
// exists only with whoever began it, is used once, and is soon over.

// ceremonyKind says what a ceremony is for; none can be taken for another.
type ceremonyKind string

const (
	secondStep     ceremonyKind = "second"          // a sign-in that waits for a code
	enrolApp       ceremonyKind = "app"             // an authenticator app being set up
	passkeySignIn  ceremonyKind = "passkey.sign_in" // a challenge for whoever comes
	passkeyAdd     ceremonyKind = "passkey.add"
	passkeyConfirm ceremonyKind = "passkey.confirm"
	issuerSignIn   ceremonyKind = "issuer" // somebody sent to the issuer of identities
)

const (
	ceremonyTime = 10 * time.Minute
	// ceremoniesAtOnce is how many a person may have open from one network, so
	// that nobody fills the table.
	ceremoniesAtOnce = 50
)

// beginCeremony remembers data under a new token, for a person who has proved
// something already. What anybody may begin is not remembered here: beginOpen.
func (a *Accounts) beginCeremony(tx *store.Tx, kind ceremonyKind, person, address string, data any) (string, error) {
	text, err := json.Marshal(data)
	if err != nil {
		return "", err
	}
	from := network(address, 32)
	open, err := countCeremonies(tx, person, from)
	if err != nil {
		return "", err
	}
	if open >= ceremoniesAtOnce {
		busy := fault.New(fault.TooMany, "error.signin.busy")
		busy.RetryAfter = int(ceremonyTime / time.Second)
		return "", busy
	}
	token := store.NewSecret()
	return token, insertCeremony(tx, ceremonyRow{
		TokenHash: tokenHash(token), Kind: string(kind), PersonID: person, Network: from, Data: string(text),
		ExpiresAt: store.Micros(tx.Now.Add(ceremonyTime)),
	})
}

// peekCeremony looks at a ceremony without ending it.
func (a *Accounts) peekCeremony(ctx context.Context, kind ceremonyKind, token string) (ceremonyRow, error) {
	return ceremonyByToken(a.db.Read(ctx), kind, tokenHash(token), a.db.Now())
}

// endCeremony uses a ceremony up; of two who try, one gets it.
func endCeremony(tx *store.Tx, kind ceremonyKind, token string, data any) (ceremonyRow, error) {
	row, err := ceremonyByToken(tx.DB, kind, tokenHash(token), tx.Now)
	if err != nil {
		return row, err
	}
	gone, err := deleteCeremony(tx, row.TokenHash)
	if err != nil {
		return row, err
	}
	if gone == 0 {
		return row, ceremonyOver()
	}
	return row, row.read(data)
}

func (r ceremonyRow) read(data any) error {
	if data == nil {
		return nil
	}
	return json.Unmarshal([]byte(r.Data), data)
}

// ceremonyOver is the one refusal for a token that is unknown, used or too old.
func ceremonyOver() error { return fault.New(fault.NotPossible, "error.signin.over") }
