package account

import (
	"context"
	"encoding/json"
	"errors"

	"doingoai/app/fault"
	"doingoai/app/store"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

var (
	errNoPasskey = errors.New("the key is nobody's, or somebody else's")
	errDisabled  = errors.New("its holder is disabled")
	errCopied    = errors.New("its counter went back: there is a copy of it")
)

// BeginSignIn asks whoever comes for a passkey of this newsroom.
func (p *Passkeys) BeginSignIn() (c Challenge, err error) {
	if err := p.possible(); err != nil {
		return c, err
	}
	options, session, err := p.rp.BeginDiscoverableLogin()
	if err != nil {
		return c, err
	}
	c.Options = options.Response
	c.Token, err = p.a.beginOpen(passkeySignIn, session)
	return c, err
}

// SignIn opens a session for the holder of a passkey, without any password.
func (p *Passkeys) SignIn(ctx context.Context, token string, answer []byte, address, agent string) (string, Actor, error) {
	return p.a.admission(ctx, func(tx *store.Tx) (entry, error) {
		if err := lockTrail(tx); err != nil {
			return entry{}, err
		}
		var session webauthn.SessionData
		if err := p.a.endOpen(tx, passkeySignIn, token, &session); err != nil {
			return entry{}, err
		}
		person, err := p.used(ctx, tx, session, "", answer)
		if err != nil {
			return entry{}, err
		}
		if person.DisabledAt != 0 {
			return entry{}, refusePasskey(errDisabled)
		}
		return p.a.admit(tx, person, arrival{address: address, agent: agent, strong: true, means: "passkey"})
	})
}

// BeginProof asks the actor, in an open session, for one of their passkeys.
func (p *Passkeys) BeginProof(ctx context.Context, actor Actor) (c Challenge, err error) {
	if err := p.possible(); err != nil {
		return c, err
	}
	holder, err := p.holder(ctx, actor.ID)
	if err != nil {
		return c, err
	}
	if len(holder.keys) == 0 {
		return c, fault.New(fault.NotPossible, "error.factor.none")
	}
	options, session, err := p.rp.BeginLogin(holder)
	if err != nil {
		return c, err
	}
	c.Options = options.Response
	err = p.a.db.Write(ctx, func(tx *store.Tx) error {
		c.Token, err = p.a.beginCeremony(tx, passkeyConfirm, actor.ID, actor.Address, session)
		return err
	})
	return c, err
}

// Prove takes a passkey as the proof of an actor in an open session.
func (p *Passkeys) Prove(ctx context.Context, actor Actor, token string, answer []byte) error {
	if actor.ID == "" {
		return signedOut()
	}
	return p.a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		var session webauthn.SessionData
		begun, err := endCeremony(tx, passkeyConfirm, token, &session)
		if err != nil {
			return err
		}
		if begun.PersonID != actor.ID {
			return ceremonyOver()
		}
		person, err := p.used(ctx, tx, session, actor.ID, answer)
		if err != nil {
			return err
		}
		return p.a.proved(tx, actor, person, true)
	})
}

// used checks a passkey's answer to a challenge, which has been used up, and
// answers whose it is. person is who it must be, "" for anybody.
func (p *Passkeys) used(ctx context.Context, tx *store.Tx, session webauthn.SessionData, person string, answer []byte) (personRow, error) {
	if err := p.possible(); err != nil {
		return personRow{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return personRow{}, refusePasskey(err)
	}
	row, err := passkeyByID(tx.DB, keyID(parsed.RawID))
	if err != nil {
		return personRow{}, err
	}
	if row.ID == "" || person != "" && row.PersonID != person {
		return personRow{}, refusePasskey(errNoPasskey)
	}
	holder, err := p.holder(ctx, row.PersonID)
	if err != nil {
		return personRow{}, err
	}
	key, err := p.check(holder, session, parsed)
	if err != nil {
		return personRow{}, refusePasskey(err)
	}
	text, err := json.Marshal(key)
	if err != nil {
		return personRow{}, err
	}
	row.Credential, row.UsedAt = string(text), store.Micros(tx.Now)
	if err := updatePasskey(tx, row); err != nil {
		return personRow{}, err
	}
	return lockPerson(tx, row.PersonID)
}

// check verifies the signature. A key whose counter went back was copied.
func (p *Passkeys) check(holder keyHolder, session webauthn.SessionData, answer *protocol.ParsedCredentialAssertionData) (*webauthn.Credential, error) {
	var key *webauthn.Credential
	var err error
	if session.UserID == nil {
		find := func([]byte, []byte) (webauthn.User, error) { return holder, nil }
		_, key, err = p.rp.ValidatePasskeyLogin(find, session, answer)
	} else {
		key, err = p.rp.ValidateLogin(holder, session, answer)
	}
	if err == nil && key.Authenticator.CloneWarning {
		err = errCopied
	}
	return key, err
}
