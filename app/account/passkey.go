package account

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"strings"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/vietnamese"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
)

// Passkeys speaks WebAuthn with browsers. A passkey is bound to the newsroom's
// host name, so that no other site can ask for it, and the device asks its
// person for a finger, a face or a PIN each time: it is two factors in one.
type Passkeys struct {
	a  *Accounts
	rp *webauthn.WebAuthn // nil where there can be no passkeys
}

const (
	maxPasskeys    = 10
	maxPasskeyName = 60 // characters
	// MaxPasskeyAnswer is the most bytes of a browser's answer.
	MaxPasskeyAnswer = 64 << 10
	// MaxChallenge is the most characters of the token of a challenge that
	// anybody may ask for; it holds all that is remembered of it.
	MaxChallenge = 4 << 10
)

// PasskeysAt answers the passkeys of a newsroom at an address. Browsers know
// passkeys for host names only; of an address in numbers only this very
// machine's will do, under its name localhost.
func (a *Accounts) PasskeysAt(address string) (*Passkeys, error) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("the newsroom's address: %w", err)
	}
	host := u.Hostname()
	if ip := net.ParseIP(host); ip != nil {
		if !ip.IsLoopback() {
			return &Passkeys{a: a}, nil
		}
		u.Host = strings.TrimSuffix("localhost:"+u.Port(), ":")
		host = "localhost"
	}
	if host == "" || u.Scheme != "https" && host != "localhost" && !strings.HasSuffix(host, ".localhost") {
		return &Passkeys{a: a}, nil
	}
	rp, err := webauthn.New(&webauthn.Config{
		RPID: host, RPDisplayName: a.o.Name, RPOrigins: []string{u.Scheme + "://" + u.Host},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey: protocol.ResidentKeyRequirementRequired, RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification: protocol.VerificationRequired,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	return &Passkeys{a, rp}, nil
}

// Origin is the address at which passkeys work, "" where they cannot.
func (p *Passkeys) Origin() string {
	if p.rp == nil {
		return ""
	}
	return p.rp.Config.RPOrigins[0]
}

// Challenge is what a browser is asked to sign. Token names it in the answer.
type Challenge struct {
	Token   string
	Options any // as JSON for the browser's own parser
}

// keyHolder is a person as WebAuthn knows them.
type keyHolder struct {
	person personRow
	keys   []webauthn.Credential
}

func (h keyHolder) WebAuthnID() []byte                         { return []byte(h.person.ID) }
func (h keyHolder) WebAuthnName() string                       { return h.person.Email }
func (h keyHolder) WebAuthnDisplayName() string                { return h.person.Name }
func (h keyHolder) WebAuthnCredentials() []webauthn.Credential { return h.keys }

// holder answers a person with their keys.
func (p *Passkeys) holder(ctx context.Context, person string) (keyHolder, error) {
	db := p.a.db.Read(ctx)
	row, err := personByID(db, person)
	if err != nil {
		return keyHolder{}, err
	}
	rows, err := passkeysOf(db, person)
	if err != nil {
		return keyHolder{}, err
	}
	h := keyHolder{person: row}
	for _, r := range rows {
		var key webauthn.Credential
		if err := json.Unmarshal([]byte(r.Credential), &key); err != nil {
			return keyHolder{}, fmt.Errorf("passkey: %w", err)
		}
		h.keys = append(h.keys, key)
	}
	return h, nil
}

// refusePasskey is the one refusal for whatever is wrong with an answer; what
// it is stands in the log.
func refusePasskey(cause error) error {
	slog.Info("a passkey was refused", "reason", cause)
	return &fault.Error{Kind: fault.NotPossible, Message: fault.Say("error.passkey.refused"), Cause: cause}
}

func (p *Passkeys) possible() error {
	if p.rp == nil {
		return fault.New(fault.NotPossible, "error.passkey.host")
	}
	return nil
}

// BeginAdd asks a device for a new key of the actor.
func (p *Passkeys) BeginAdd(ctx context.Context, actor Actor) (Challenge, error) {
	if err := p.possible(); err != nil {
		return Challenge{}, err
	}
	var c Challenge
	err := p.a.changeFactor(ctx, actor, func(tx *store.Tx, _ personRow) error {
		holder, err := p.holder(ctx, actor.ID)
		if err != nil {
			return err
		}
		if len(holder.keys) >= maxPasskeys {
			return fault.New(fault.NotPossible, "error.passkey.many", "Max", maxPasskeys)
		}
		known := webauthn.WithExclusions(webauthn.Credentials(holder.keys).CredentialDescriptors())
		options, session, err := p.rp.BeginRegistration(holder, known)
		if err != nil {
			return err
		}
		c.Options = options.Response
		c.Token, err = p.a.beginCeremony(tx, passkeyAdd, actor.ID, actor.Address, session)
		return err
	})
	return c, err
}

// Add keeps the key that a device made. With the first second factor it
// answers the recovery codes, which exist nowhere else.
func (p *Passkeys) Add(ctx context.Context, actor Actor, token, name string, answer []byte) (codes []string, err error) {
	if err := p.possible(); err != nil {
		return nil, err
	}
	if name, err = cleanPasskeyName(name); err != nil {
		return nil, err
	}
	holder, err := p.holder(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	err = p.a.changeFactor(ctx, actor, func(tx *store.Tx, _ personRow) error {
		var session webauthn.SessionData
		row, err := endCeremony(tx, passkeyAdd, token, &session)
		if err != nil {
			return err
		}
		if row.PersonID != actor.ID {
			return ceremonyOver()
		}
		made, err := p.made(holder, session, answer)
		if err != nil {
			return err
		}
		made.Name, made.CreatedAt = name, store.Micros(tx.Now)
		before, err := factorsOf(tx.DB, actor.ID)
		if err != nil {
			return err
		}
		if err := insertPasskey(tx, made); err != nil {
			return err
		}
		if codes, err = p.a.began(tx, actor, !before.Any()); err != nil {
			return err
		}
		return p.a.recordAndTell(tx, self(actor), "factor.passkey_add", actor.ID, map[string]string{"name": name})
	})
	if err != nil {
		return nil, err
	}
	return codes, nil
}

// made reads and checks the key that a device made.
func (p *Passkeys) made(holder keyHolder, session webauthn.SessionData, answer []byte) (passkeyRow, error) {
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return passkeyRow{}, refusePasskey(err)
	}
	key, err := p.rp.CreateCredential(holder, session, parsed)
	if err != nil {
		return passkeyRow{}, refusePasskey(err)
	}
	key.Attestation = webauthn.CredentialAttestation{} // we asked for none, and keep no device's serial number
	text, err := json.Marshal(key)
	return passkeyRow{ID: keyID(key.ID), PersonID: holder.person.ID, Credential: string(text)}, err
}

func keyID(raw []byte) string { return base64.RawURLEncoding.EncodeToString(raw) }

func cleanPasskeyName(name string) (string, error) {
	var form fault.Form
	name = strings.Join(strings.Fields(vietnamese.NFC(name)), " ")
	switch {
	case name == "":
		form.Refuse("name", "error.required")
	case utf8.RuneCountInString(name) > maxPasskeyName:
		form.Refuse("name", "error.too_long", "Max", maxPasskeyName)
	}
	return name, form.Err()
}

// RenamePasskey calls one of the actor's passkeys something else.
func (a *Accounts) RenamePasskey(ctx context.Context, actor Actor, id, name string) error {
	name, err := cleanPasskeyName(name)
	if err != nil {
		return err
	}
	return a.changeFactor(ctx, actor, func(tx *store.Tx, _ personRow) error {
		n, err := renamePasskey(tx, actor.ID, id, name)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "error.factor.none")
		}
		if err != nil {
			return err
		}
		return self(actor).record(tx, "factor.passkey_rename", actor.ID, map[string]string{"name": name})
	})
}

// RemovePasskey forgets one of the actor's passkeys.
func (a *Accounts) RemovePasskey(ctx context.Context, actor Actor, id string) error {
	return a.changeFactor(ctx, actor, func(tx *store.Tx, _ personRow) error {
		row, err := passkeyByID(tx.DB, id)
		if err != nil {
			return err
		}
		n, err := deletePasskey(tx, actor.ID, id)
		if err == nil && n == 0 {
			err = fault.New(fault.NotFound, "error.factor.none")
		}
		if err != nil {
			return err
		}
		if err := a.removed(tx, actor); err != nil {
			return err
		}
		return a.recordAndTell(tx, self(actor), "factor.passkey_remove", actor.ID, map[string]string{"name": row.Name})
	})
}
