package account

import (
	"context"
	"hash/crc32"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Tokens let programs speak for a person, or for a service. A token is shown
// once; the database keeps its hash. It ends with a checksum, so that a mistake
// in copying is told from a token that was revoked, and a scanner for secrets
// knows one when it finds one.

// Token is what is known of one.
type Token struct {
	ID        string
	Person    string // for whom it speaks
	Name      string // what it is for
	Scopes    Scopes
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    time.Time // to the minute; zero: never
	Address   string    // of the last use
	RevokedAt time.Time // zero while it is good
}

// IsOpen says whether it is good at a moment.
func (t Token) IsOpen(now time.Time) bool { return t.RevokedAt.IsZero() && now.Before(t.ExpiresAt) }

// NewToken is what must be said to make one.
type NewToken struct {
	Name   string
	Scopes Scopes
	Days   int
}

const (
	tokenPrefix  = "dn_"
	checkLength  = 7 // characters of the checksum
	maxTokens    = 20
	maxTokenDays = 365
	maxTokenName = 100 // characters
)

// tokenText makes the text of a token.
func tokenText() string {
	secret := store.NewSecret()
	return tokenPrefix + secret + checksum(secret)
}

// checksum is a number of seven digits to the base of 36.
func checksum(secret string) string {
	sum := strconv.FormatUint(uint64(crc32.ChecksumIEEE([]byte(tokenPrefix+secret))), 36)
	return strings.Repeat("0", checkLength-len(sum)) + sum
}

// isToken says whether a text could be a token at all.
func isToken(text string) bool {
	body, ok := strings.CutPrefix(text, tokenPrefix)
	if !ok || len(body) <= checkLength || len(body) > 100 {
		return false
	}
	secret := body[:len(body)-checkLength]
	return checksum(secret) == body[len(secret):]
}

// MakeToken makes a token that speaks for the actor, and answers its text.
func (a *Accounts) MakeToken(ctx context.Context, actor Actor, n NewToken) (string, error) {
	if actor.ID == "" {
		return "", signedOut()
	}
	if err := a.demandProof(ctx, actor); err != nil {
		return "", err
	}
	return a.makeToken(ctx, self(actor), actor.ID, n)
}

// MakeServiceToken makes a token of a service.
func (a *Accounts) MakeServiceToken(ctx context.Context, actor Actor, service string, n NewToken) (string, error) {
	by, err := a.provenManager(ctx, actor)
	if err != nil {
		return "", err
	}
	row, err := personByID(a.db.Read(ctx), service)
	if err == nil && row.Kind != string(Service) {
		err = noPerson() // nobody makes tokens in another person's name
	}
	if err != nil {
		return "", err
	}
	return a.makeToken(ctx, by, service, n)
}

func (a *Accounts) makeToken(ctx context.Context, by authority, person string, n NewToken) (string, error) {
	var form fault.Form
	n.Name = cleanLine(&form, "name", n.Name, maxTokenName)
	n.Scopes = checkScopes(&form, n.Scopes)
	if n.Days < 1 || n.Days > maxTokenDays {
		form.Refuse("days", "error.token.days", "Max", maxTokenDays)
	}
	if err := form.Err(); err != nil {
		return "", err
	}
	text := tokenText()
	err := a.change(ctx, person, func(tx *store.Tx, row personRow) error {
		if row.DisabledAt != 0 {
			return fault.New(fault.NotPossible, "error.person.disabled")
		}
		open, err := countTokens(tx, person)
		if err != nil {
			return err
		}
		if open >= maxTokens {
			return fault.New(fault.NotPossible, "error.token.many", "Max", maxTokens)
		}
		t := tokenRow{
			ID: store.NewID(), Hash: tokenHash(text), PersonID: person, Name: n.Name, Scopes: n.Scopes.stored(),
			CreatedBy: by.actor.ID, CreatedAt: store.Micros(tx.Now), ExpiresAt: store.Micros(tx.Now.AddDate(0, 0, n.Days)),
		}
		if err := insertToken(tx, t); err != nil {
			return err
		}
		return a.recordAndTell(tx, by, "token.add", person, map[string]string{"token": t.ID, "name": t.Name, "scopes": t.Scopes})
	})
	if err != nil {
		return "", err
	}
	return text, nil
}

// cleanLine brings a line of text into its stored form and notes what is wrong with it.
func cleanLine(form *fault.Form, field, text string, most int) string {
	text = strings.Join(strings.Fields(vietnamese.NFC(text)), " ")
	switch {
	case !utf8.ValidString(text):
		form.Refuse(field, "error.not_utf8")
	case text == "":
		form.Refuse(field, "error.required")
	case utf8.RuneCountInString(text) > most:
		form.Refuse(field, "error.too_long", "Max", most)
	}
	return text
}

// Tokens lists the actor's tokens, the newest first.
func (a *Accounts) Tokens(ctx context.Context, actor Actor) ([]Token, error) {
	if actor.ID == "" {
		return nil, signedOut()
	}
	return tokensOf(a.db.Read(ctx), []string{actor.ID})
}

// RevokeToken ends one of the actor's own tokens, or one of anybody's when an
// administrator asks.
func (a *Accounts) RevokeToken(ctx context.Context, actor Actor, id string) error {
	if actor.ID == "" {
		return signedOut()
	}
	by, managing := manager(actor)
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		row, err := tokenByID(tx.DB, id)
		if err != nil {
			return err
		}
		switch {
		case row.PersonID == actor.ID:
			by = self(actor)
		case managing != nil:
			return noToken()
		}
		n, err := revokeToken(tx, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.NotPossible, "error.token.revoked")
		}
		return by.record(tx, "token.revoke", row.PersonID, map[string]string{"token": id, "name": row.Name})
	})
}

func noToken() error { return fault.New(fault.NotFound, "error.token.none") }

// ByToken answers who a token speaks for, with the posts that are valid now,
// and for what it is good. A text that is no token, an unknown, revoked or
// ended one, and one of somebody disabled is refused with the kind SignedOut;
// one of somebody who must first set up a second factor with Forbidden.
func (a *Accounts) ByToken(ctx context.Context, text, address string) (Actor, Scopes, error) {
	if !isToken(text) {
		return Actor{}, nil, fault.New(fault.SignedOut, "error.token.bad")
	}
	now, db := a.db.Now(), a.db.Read(ctx)
	held, err := tokenByHash(db, tokenHash(text))
	if err != nil {
		return Actor{}, nil, err
	}
	t := held.Token.token()
	if t.ID == "" || !t.IsOpen(now) || held.DisabledAt != 0 {
		return Actor{}, nil, fault.New(fault.SignedOut, "error.token.bad")
	}
	actor, err := actorOf(db, held.person(), now)
	if err != nil {
		return Actor{}, nil, err
	}
	actor.Address, actor.Token, actor.Scopes = cut(address, maxAddress), t.ID, t.Scopes
	if held.Kind == string(Human) && a.mustEnrol(actor.Posts, held.HasFactor, false) {
		return Actor{}, nil, fault.New(fault.Forbidden, "error.factor.required")
	}
	if since := now.Sub(t.UsedAt); since >= seenEvery || since < -clockSlack {
		if err := a.db.Write(ctx, func(tx *store.Tx) error { return touchToken(tx, t.ID, actor.Address) }); err != nil {
			return Actor{}, nil, err
		}
	}
	return actor, t.Scopes, nil
}
