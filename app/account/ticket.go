package account

import (
	"context"
	"errors"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// Purpose says what a link that works once is for.
type Purpose string

// The purposes of tickets.
const (
	FirstAdministrator Purpose = "first"
	Invitation         Purpose = "invite"
	PasswordReset      Purpose = "reset"
)

// lifetime is how long a ticket may be used.
func (p Purpose) lifetime() time.Duration {
	if p == Invitation {
		return 7 * 24 * time.Hour // people are on leave
	}
	return 24 * time.Hour
}

// TicketInfo is what a link says about itself before it is used.
type TicketInfo struct {
	Purpose   Purpose
	Email     string // of the person it is for; "" for the first administrator
	Name      string
	Locale    string
	ExpiresAt time.Time
}

func noTicket() error { return fault.New(fault.NotFound, "error.ticket.none") }

// Ticket looks at a link without using it. One that is unknown, used or too
// old is a fault of kind NotFound.
func (a *Accounts) Ticket(ctx context.Context, token string) (TicketInfo, error) {
	row, err := openTicket(a.db.Read(ctx), tokenHash(token), a.db.Now())
	if err != nil {
		return TicketInfo{}, err
	}
	info := TicketInfo{Purpose: Purpose(row.Purpose), ExpiresAt: store.Time(row.ExpiresAt)}
	if row.PersonID != "" {
		person, err := personByID(a.db.Read(ctx), row.PersonID)
		if err != nil {
			return TicketInfo{}, err
		}
		info.Email, info.Name, info.Locale = person.Email, person.Name, person.Locale
	}
	return info, nil
}

// Invite makes an account without a password and answers the token of the
// link with which the person chooses one, within a week.
func (a *Accounts) Invite(ctx context.Context, actor Actor, p NewPerson) (Person, string, error) {
	by, err := a.provenManager(ctx, actor)
	if err != nil {
		return Person{}, "", err
	}
	var form fault.Form
	if a.clean(&form, &p); form.Err() != nil {
		return Person{}, "", form.Err()
	}
	id, token := store.NewID(), store.NewSecret()
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if err := a.add(tx, by, id, p, ""); err != nil {
			return err
		}
		return issue(tx, Invitation, id, token)
	})
	if err != nil {
		return Person{}, "", err
	}
	person, err := a.Person(ctx, id)
	return person, token, err
}

// Reset takes a person's password, sessions and tokens away and answers the
// token of the link with which they choose a new password, within a day. It
// replaces an invitation that was lost. A second factor stays.
func (a *Accounts) Reset(ctx context.Context, actor Actor, person string) (token string, err error) {
	by, err := a.provenManager(ctx, actor)
	if err != nil {
		return "", err
	}
	return a.reset(ctx, by, person)
}

func (a *Accounts) reset(ctx context.Context, by authority, person string) (string, error) {
	token := store.NewSecret()
	err := a.change(ctx, person, func(tx *store.Tx, row personRow) error {
		if row.DisabledAt != 0 {
			return fault.New(fault.NotPossible, "error.person.disabled")
		}
		if row.Kind != string(Human) {
			return noPerson()
		}
		if err := setPassword(tx, person, ""); err != nil {
			return err
		}
		if err := shutOut(tx, person, ""); err != nil {
			return err
		}
		if err := revokeTokens(tx, person); err != nil {
			return err
		}
		if err := issue(tx, PasswordReset, person, token); err != nil {
			return err
		}
		return a.recordAndTell(tx, by, "person.reset", person, nil)
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// issue writes a ticket in the place of those the person had before.
func issue(tx *store.Tx, purpose Purpose, person, token string) error {
	if err := deleteTickets(tx, person); err != nil {
		return err
	}
	return insertTicket(tx, ticketRow{
		TokenHash: tokenHash(token), Purpose: string(purpose), PersonID: person,
		CreatedAt: store.Micros(tx.Now), ExpiresAt: store.Micros(tx.Now.Add(purpose.lifetime())),
	})
}

// SetPassword uses up an invitation or reset link: the person's password is
// the given one from now on, and sessions opened before are over. The browser in
// which it is done becomes known, see KnowDevice.
func (a *Accounts) SetPassword(ctx context.Context, token, password, before string) (device string, err error) {
	info, err := a.Ticket(ctx, token)
	if err != nil {
		return "", err
	}
	if info.Purpose == FirstAdministrator {
		return "", noTicket() // it has no person yet: ClaimFirst
	}
	var form fault.Form
	checkPassword(&form, "password", password, NewPerson{Email: info.Email, Name: info.Name})
	if err := form.Err(); err != nil {
		return "", err
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		ticket, err := useTicket(tx, tokenHash(token))
		if err != nil {
			return err
		}
		person, err := lockPerson(tx, ticket.PersonID)
		if err != nil {
			return err
		}
		if person.DisabledAt != 0 {
			return noTicket()
		}
		if err := a.replacePassword(tx, self(Actor{ID: person.ID}), person, hash); err != nil {
			return err
		}
		device, err = knowDevice(tx, person.ID, "", before)
		return err
	})
	return device, err
}

// ChangePassword replaces the actor's own password. It asks for the old one,
// under the same limits as a sign-in, and ends the actor's other sessions.
func (a *Accounts) ChangePassword(ctx context.Context, actor Actor, old, password string) error {
	if actor.ID == "" {
		return signedOut()
	}
	known, err := personByID(a.db.Read(ctx), actor.ID)
	if err != nil {
		return err
	}
	var form fault.Form
	if old == "" {
		form.Refuse("old", "error.required")
	}
	checkPassword(&form, "new", password, NewPerson{Email: known.Email, Name: known.Name})
	if err := form.Err(); err != nil {
		return err
	}
	person, attempts, err := a.prove(ctx, known.Email, old, actor.origin())
	if fault.KindOf(err) == fault.Invalid {
		form.Refuse("old", "error.password.old_wrong")
		return form.Err()
	}
	if err != nil {
		return err
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return errors.Join(err, a.abandon(ctx, attempts))
	}
	return a.change(ctx, actor.ID, func(tx *store.Tx, now personRow) error {
		if now.DisabledAt != 0 || now.PasswordHash != person.PasswordHash {
			return signedOut()
		}
		if err := takeBack(tx, attempts); err != nil {
			return err
		}
		return a.replacePassword(tx, self(actor), now, hash)
	})
}

// replacePassword stores a password that its person has just chosen, and
// ends every session but the one in which it was done.
func (a *Accounts) replacePassword(tx *store.Tx, by authority, person personRow, hash string) error {
	if err := setPassword(tx, person.ID, hash); err != nil {
		return err
	}
	if err := forgetAccount(tx, person.Email); err != nil {
		return err
	}
	if err := shutOut(tx, person.ID, by.actor.Session); err != nil {
		return err
	}
	return a.recordAndTell(tx, by, "person.password", person.ID, nil)
}
