package account

import (
	"context"
	"errors"
	"strconv"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// Some acts ask that the person has proved not long ago who they are: granting
// roles, resetting somebody, making tokens, changing one's own factors. Signing
// in is such a proof. Whoever finds an open browser can do none of them.

// proofTime is how long a proof counts.
const proofTime = 10 * time.Minute

// clockSlack is by how much the clocks of two machines may differ.
const clockSlack = time.Minute

// proofKey names the refusal that asks for a proof.
const proofKey = "error.proof"

func proofDue() error { return fault.New(fault.Forbidden, proofKey) }

// IsProofDue says whether an act was refused only because the person must first
// prove again who they are.
func IsProofDue(err error) bool {
	f, ok := fault.As(err)
	return ok && f.Message.Key == proofKey
}

// wrongCode is the one refusal for a code that is wrong, used or not there.
func wrongCode() error {
	var form fault.Form
	form.Refuse("code", "error.code.wrong")
	return form.Err()
}

var errWrongCode = errors.New("wrong code")

// demandProof refuses an actor whose last proof is too old. What the program
// does by itself needs none, and a token can give none.
func (a *Accounts) demandProof(ctx context.Context, actor Actor) error {
	if actor.Token != "" {
		return fault.New(fault.Forbidden, "error.forbidden.title")
	}
	if actor.Session == "" {
		return nil
	}
	proved, err := provedAt(a.db.Read(ctx), actor)
	if err != nil {
		return err
	}
	if age := a.db.Now().Sub(proved); age >= proofTime || age < -clockSlack {
		return proofDue()
	}
	return nil
}

// Proof is what a person may prove themselves with in an open session.
type Proof struct {
	Code     bool // of an authenticator app, or a recovery code
	Passkey  bool
	Password bool // only for those without a second factor
}

// Proofs answers what is asked of the actor. Nothing is, of somebody who came
// from an issuer and has neither password nor second factor: they sign in anew.
func (a *Accounts) Proofs(ctx context.Context, actor Actor) (Proof, error) {
	f, err := a.Factors(ctx, actor)
	if err != nil {
		return Proof{}, err
	}
	if f.Any() {
		return Proof{Code: f.HasApp() || f.CodesLeft > 0, Passkey: len(f.Passkeys) > 0}, nil
	}
	row, err := personByID(a.db.Read(ctx), actor.ID)
	return Proof{Password: row.PasswordHash != ""}, err
}

// Prove takes the proof of an actor in an open session: a code of those who
// have a second factor, the password of others.
func (a *Accounts) Prove(ctx context.Context, actor Actor, password, code string) error {
	asked, err := a.Proofs(ctx, actor)
	if err != nil {
		return err
	}
	if asked.Password {
		return a.provePassword(ctx, actor, password)
	}
	subjects, err := a.codeSubjects(ctx, actor.ID, actor.origin())
	if err != nil {
		return err
	}
	attempts, err := a.begin(ctx, subjects)
	if err != nil {
		return err
	}
	err = a.change(ctx, actor.ID, func(tx *store.Tx, row personRow) error {
		if err := a.takeCode(tx, actor, code); err != nil {
			return err
		}
		if err := takeBack(tx, attempts); err != nil {
			return err
		}
		return a.proved(tx, actor, row, true)
	})
	return a.afterCode(ctx, err, attempts, actor.ID, actor.Address)
}

func (a *Accounts) provePassword(ctx context.Context, actor Actor, password string) error {
	var form fault.Form
	if password == "" {
		form.Refuse("password", "error.required")
		return form.Err()
	}
	person, attempts, err := a.prove(ctx, actor.Email, password, actor.origin())
	if fault.KindOf(err) == fault.Invalid {
		form.Refuse("password", "error.password.wrong")
		return form.Err()
	}
	if err != nil {
		return err
	}
	return a.change(ctx, actor.ID, func(tx *store.Tx, now personRow) error {
		if now.PasswordHash != person.PasswordHash {
			return signedOut()
		}
		if err := takeBack(tx, attempts); err != nil {
			return err
		}
		return a.proved(tx, actor, now, false)
	})
}

// proved notes the proof in the actor's session.
func (a *Accounts) proved(tx *store.Tx, actor Actor, now personRow, strong bool) error {
	if now.DisabledAt != 0 {
		return signedOut()
	}
	if err := markProved(tx, actor, strong); err != nil {
		return err
	}
	return self(actor).record(tx, "session.prove", actor.ID, map[string]string{"session": actor.Session})
}

// takeCode takes a code of the person's authenticator app, or a recovery code,
// and answers errWrongCode for any other.
func (a *Accounts) takeCode(tx *store.Tx, actor Actor, code string) error {
	code = plainCode(code)
	if len(code) == totpDigits {
		return a.takeAppCode(tx, actor.ID, code)
	}
	used, err := useRecovery(tx, actor.ID, tokenHash(code))
	if err != nil {
		return err
	}
	if !used {
		return errWrongCode
	}
	left, err := factorsOf(tx.DB, actor.ID)
	if err != nil {
		return err
	}
	return a.recordAndTell(tx, self(actor), "factor.code_use", actor.ID, map[string]string{"left": strconv.Itoa(left.CodesLeft)})
}

func (a *Accounts) takeAppCode(tx *store.Tx, person, code string) error {
	app, err := lockAuthenticator(tx, person)
	if err != nil {
		return err
	}
	if app.PersonID == "" {
		return errWrongCode
	}
	secret, err := a.sealer.open(app.Secret, person)
	if err != nil {
		return err
	}
	step, right := matchCode(secret, code, tx.Now, app.UsedStep)
	if !right {
		return errWrongCode
	}
	return useStep(tx, person, step)
}

// afterCode turns what became of an attempt at a code into what is said of it.
// Only a wrong code stays counted.
func (a *Accounts) afterCode(ctx context.Context, err error, attempts []attempt, person, address string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errWrongCode):
		if err := a.recordLockouts(ctx, attempts, person, address); err != nil {
			return err
		}
		return wrongCode()
	}
	return errors.Join(err, a.abandon(ctx, attempts))
}
