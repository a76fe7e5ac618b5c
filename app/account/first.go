package account

import (
	"context"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// FirstTicket answers the token of a link that makes the first administrator,
// when there is nobody who can manage people. It is valid for a day, and only
// the newest one is: every start of the program replaces it.
//
// Somebody can manage people who is an administrator today, is not disabled,
// and has a password or a link to choose one.
func (a *Accounts) FirstTicket(ctx context.Context) (token string, needed bool, err error) {
	token = store.NewSecret()
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		n, err := countAdministrators(tx.DB, tx.Now)
		if needed = n == 0; err != nil || !needed {
			return err
		}
		return issue(tx, FirstAdministrator, "", token)
	})
	if err != nil || !needed {
		return "", false, err
	}
	return token, true, nil
}

// ClaimFirst uses up the link of FirstTicket and makes its holder the first
// administrator. Agency may be "", since an administrator serves all of them.
func (a *Accounts) ClaimFirst(ctx context.Context, token string, p NewPerson) (Actor, error) {
	info, err := a.Ticket(ctx, token)
	if err != nil {
		return Actor{}, err
	}
	if info.Purpose != FirstAdministrator {
		return Actor{}, noTicket()
	}
	p.Roles = []Role{SystemAdministrator}
	hash, err := a.checkAndHash(ctx, &p)
	if err != nil {
		return Actor{}, err
	}
	id := store.NewID()
	err = a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		if _, err := useTicket(tx, tokenHash(token)); err != nil {
			return err
		}
		n, err := countAdministrators(tx.DB, tx.Now)
		if err != nil {
			return err
		}
		if n > 0 {
			return noTicket() // the command line was quicker
		}
		by := authority{Actor{ID: id}, Post{Agency: p.Agency, Role: SystemAdministrator}}
		return a.add(tx, by, id, p, hash)
	})
	if err != nil {
		return Actor{}, err
	}
	return a.ActorFor(ctx, id)
}

// checkAndHash cleans a new person who brings a password, and hashes it.
func (a *Accounts) checkAndHash(ctx context.Context, p *NewPerson) (string, error) {
	var form fault.Form
	a.clean(&form, p)
	checkPassword(&form, "password", p.Password, *p)
	if err := form.Err(); err != nil {
		return "", err
	}
	return a.hash(ctx, p.Password)
}
