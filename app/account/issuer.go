package account

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// IssuerOptions name an issuer of identities that speaks OpenID Connect.
type IssuerOptions struct {
	URL      string // as its identity tokens say it
	ClientID string
	Secret   string
	Label    string // on the button
	// Strong are values of a token's “amr” claim (RFC 8176) that count as a
	// second factor, such as "mfa". Without any, ours is asked for as always:
	// what an issuer means by signing somebody in is not ours to guess.
	Strong []string
}

// Issuer lets people in whom an issuer of identities vouches for. It makes no
// accounts: at the first time the verified e-mail address must be that of a
// person we know, who is then linked to the issuer's name for them; from then
// on only that name counts, for addresses are given to others.
type Issuer struct {
	a        *Accounts
	o        IssuerOptions
	redirect string
	client   *http.Client

	mu       sync.Mutex
	provider *oidc.Provider // nil until the issuer has answered once
}

const issuerPatience = 10 * time.Second

// IssuerAt answers the issuer for a newsroom at an address. redirect is where
// the issuer sends people back to. The issuer is asked nothing yet, so that the
// program starts without it.
func (a *Accounts) IssuerAt(o IssuerOptions, redirect string) *Issuer {
	return &Issuer{a: a, o: o, redirect: redirect, client: &http.Client{Timeout: issuerPatience}}
}

// Label is what the button says, "" where there is no issuer.
func (i *Issuer) Label() string {
	if i == nil || i.o.URL == "" {
		return ""
	}
	return i.o.Label
}

// issuerTrip is what is remembered while somebody is with the issuer.
type issuerTrip struct{ Nonce, Verifier, Next string }

// Begin answers where to send the browser, and the state with which it comes
// back; next is where the person wanted to go.
func (i *Issuer) Begin(ctx context.Context, next string) (location, state string, err error) {
	config, _, err := i.config(ctx)
	if err != nil {
		return "", "", err
	}
	trip := issuerTrip{Nonce: store.NewSecret(), Verifier: oauth2.GenerateVerifier(), Next: next}
	if state, err = i.a.beginOpen(issuerSignIn, trip); err != nil {
		return "", "", err
	}
	return config.AuthCodeURL(state, oidc.Nonce(trip.Nonce), oauth2.S256ChallengeOption(trip.Verifier)), state, nil
}

// config asks the issuer where its doors are, until it has said so once.
func (i *Issuer) config(ctx context.Context) (*oauth2.Config, *oidc.Provider, error) {
	if i.Label() == "" {
		return nil, nil, fault.New(fault.NotFound, "error.not_found.title")
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.provider == nil {
		// The keys are fetched later with the same context, so it must outlive the request.
		provider, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), i.client), i.o.URL)
		if err != nil {
			return nil, nil, issuerAway(err)
		}
		i.provider = provider
	}
	return &oauth2.Config{
		ClientID: i.o.ClientID, ClientSecret: i.o.Secret, Endpoint: i.provider.Endpoint(), RedirectURL: i.redirect,
		Scopes: []string{oidc.ScopeOpenID, "email"},
	}, i.provider, nil
}

func issuerAway(cause error) error {
	return &fault.Error{Kind: fault.Unavailable, Message: fault.Say("error.issuer.away"), RetryAfter: 60, Cause: cause}
}

// vouched is what an identity token says.
type vouched struct {
	subject  string
	Email    string   `json:"email"`
	Verified bool     `json:"email_verified"`
	Methods  []string `json:"amr"`
	Nonce    string   `json:"nonce"`
}

var (
	errIssuerNonce  = errors.New("the nonce is not ours")
	errIssuerNobody = errors.New("nobody we know")
)

// refuseIssued is the one refusal for somebody whom the issuer knows and we do
// not let in; why stands in the log, without their name.
func refuseIssued(cause error) error {
	slog.Info("a sign-in through the issuer was refused", "reason", cause)
	return &fault.Error{Kind: fault.NotPossible, Message: fault.Say("error.issuer.refused"), Cause: cause}
}

// SignIn takes what the issuer sent the browser back with, and answers what
// Accounts.SignIn does, and where the person wanted to go.
func (i *Issuer) SignIn(ctx context.Context, state, code, address, agent string) (token string, actor Actor, next string, err error) {
	config, provider, err := i.config(ctx)
	if err != nil {
		return "", Actor{}, "", err
	}
	var trip issuerTrip
	err = i.a.db.Write(ctx, func(tx *store.Tx) error {
		return i.a.endOpen(tx, issuerSignIn, state, &trip)
	})
	if err != nil {
		return "", Actor{}, "", err
	}
	says, err := i.ask(ctx, config, provider, code, trip)
	if err != nil {
		return "", Actor{}, trip.Next, err
	}
	token, actor, err = i.a.admission(ctx, func(tx *store.Tx) (entry, error) { return i.enter(tx, says, address, agent) })
	return token, actor, trip.Next, err
}

// ask trades the code for an identity token and reads it.
func (i *Issuer) ask(ctx context.Context, config *oauth2.Config, provider *oidc.Provider, code string, trip issuerTrip) (says vouched, err error) {
	ctx = oidc.ClientContext(ctx, i.client)
	answer, err := config.Exchange(ctx, code, oauth2.VerifierOption(trip.Verifier))
	if err != nil {
		var refused *oauth2.RetrieveError
		if errors.As(err, &refused) {
			return says, refuseIssued(fmt.Errorf("the code was not taken: %s", refused.ErrorCode))
		}
		return says, issuerAway(err)
	}
	raw, ok := answer.Extra("id_token").(string)
	if !ok {
		return says, refuseIssued(errors.New("there is no identity token"))
	}
	verifier := provider.Verifier(&oidc.Config{ClientID: i.o.ClientID, Now: i.a.db.Now})
	id, err := verifier.Verify(ctx, raw)
	if err != nil {
		return says, refuseIssued(err)
	}
	if err := id.Claims(&says); err != nil {
		return says, refuseIssued(fmt.Errorf("claims: %w", err))
	}
	if says.subject = id.Subject; says.Nonce != trip.Nonce || says.subject == "" {
		return says, refuseIssued(errIssuerNonce)
	}
	return says, nil
}

// enter finds the person whom the issuer means and lets them in.
func (i *Issuer) enter(tx *store.Tx, says vouched, address, agent string) (entry, error) {
	if err := lockTrail(tx); err != nil {
		return entry{}, err
	}
	id, err := linkedTo(tx.DB, i.o.URL, says.subject)
	if err == nil && id == "" {
		id, err = i.link(tx, says, address)
	}
	if err != nil {
		return entry{}, err
	}
	person, err := lockPerson(tx, id)
	if err != nil {
		return entry{}, err
	}
	if person.DisabledAt != 0 {
		return entry{}, refuseIssued(errDisabled)
	}
	strong := slices.ContainsFunc(says.Methods, func(m string) bool { return slices.Contains(i.o.Strong, m) })
	return i.a.admit(tx, person, arrival{address: address, agent: agent, strong: strong, means: "issuer"})
}

// link ties a person to the issuer's name for them, by their verified address.
// Somebody who is tied to another name there already is not tied again: the
// address has been given to somebody else.
func (i *Issuer) link(tx *store.Tx, says vouched, address string) (string, error) {
	email := cleanEmail(says.Email)
	if !says.Verified || email == "" {
		return "", refuseIssued(errors.New("the address is not verified"))
	}
	person, err := personByEmail(tx.DB, email)
	if err != nil {
		return "", err
	}
	if person.ID == "" || person.Kind != string(Human) || person.DisabledAt != 0 {
		return "", refuseIssued(errIssuerNobody)
	}
	tied, err := isLinked(tx.DB, i.o.URL, person.ID)
	if err != nil {
		return "", err
	}
	if tied {
		return "", refuseIssued(errors.New("the person has another name at the issuer"))
	}
	row := identityRow{Issuer: i.o.URL, Subject: says.subject, PersonID: person.ID, CreatedAt: store.Micros(tx.Now)}
	if err := insertIdentity(tx, row); err != nil {
		return "", err
	}
	by := self(Actor{ID: person.ID, Address: cut(address, maxAddress)})
	return person.ID, i.a.recordAndTell(tx, by, "identity.link", person.ID, map[string]string{"issuer": i.o.URL})
}

// IsLinked says whether the actor can sign in through an issuer.
func (a *Accounts) IsLinked(ctx context.Context, actor Actor) (bool, error) {
	if actor.ID == "" {
		return false, signedOut()
	}
	return isLinked(a.db.Read(ctx), "", actor.ID)
}

// Unlink ends that an issuer lets the actor in. Their address may tie them
// again.
func (a *Accounts) Unlink(ctx context.Context, actor Actor) error {
	return a.changeFactor(ctx, actor, func(tx *store.Tx, row personRow) error {
		if row.PasswordHash == "" {
			return fault.New(fault.NotPossible, "error.issuer.only")
		}
		n, err := deleteIdentities(tx, actor.ID)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotFound, "error.factor.none")
		}
		return a.recordAndTell(tx, self(actor), "identity.unlink", actor.ID, nil)
	})
}
