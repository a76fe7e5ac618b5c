package desk

import (
	"strings"

	"doingoai/app/account"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// proofPage asks a person who is signed in to prove again who they are, and
// carries the form for which that is needed.
type proofPage struct {
	page
	account.Proof
	Next string // where to go on, for those who came without a form
	Form []resendField
	Then string // where the form is sent
}

// proofForm is asked for by those who come without a form.
func (d *Desk) proofForm(c *fiber.Ctx) error {
	return d.showProof(c, fiber.StatusOK, proofPage{page: d.page(c, "proof.title", "two-factor"), Next: localPath(c.Query("next"))}, nil)
}

// askForProof answers an act that was refused for want of a proof. The form of
// the act goes with the question and is sent as soon as that is answered.
func (d *Desk) askForProof(c *fiber.Ctx, status int) error {
	form := d.resendOf(c)
	show := proofPage{page: d.page(c, "proof.title", "two-factor"), Next: d.here(c), Form: form.Fields, Then: form.Path}
	return d.showProof(c, status, show, nil)
}

func (d *Desk) showProof(c *fiber.Ctx, status int, show proofPage, refusal error) error {
	show.refusedAs("refused.proof", refusal)
	var err error
	if show.Proof, err = d.Accounts.Proofs(web.Context(c), show.Actor); err != nil {
		return err
	}
	return d.show(c, status, "proof", show)
}

// prove takes the answer. The form that was carried along is sent on with the
// redirect, which makes the browser send the same once more.
func (d *Desk) prove(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	then := strings.Clone(c.Query("then"))
	show := proofPage{page: d.page(c, "proof.title", "two-factor"), Next: localPath(form.Text("proof_next", maxNext))}
	if then != "" && d.isSendable(then) && localPath(then) == then {
		show.Then, show.Form = then, withoutProof(d.resendOf(c).Fields)
	}
	err = d.takeProof(c, form)
	switch {
	case err == nil && web.WantsJSON(c):
		return c.SendStatus(fiber.StatusNoContent)
	case err == nil && show.Then != "":
		return c.Redirect(show.Then, fiber.StatusTemporaryRedirect)
	case err == nil:
		return c.Redirect(show.Next, fiber.StatusSeeOther)
	case web.WantsJSON(c) || !correctable(err):
		return err
	}
	return d.showProof(c, refusedWith(c, err), show, err)
}

// takeProof takes a passkey's answer where there is one, else what was typed.
func (d *Desk) takeProof(c *fiber.Ctx, form *web.Form) error {
	actor := web.Actor(c)
	if form.Has("proof_answer") {
		token, answer := form.Text("proof_token", 100), form.Text("proof_answer", account.MaxPasskeyAnswer)
		if err := form.Err(); err != nil {
			return err
		}
		return d.passkeys.Prove(web.Context(c), actor, token, []byte(answer))
	}
	code := form.Text("proof_code", 100)
	if err := form.Err(); err != nil {
		return err
	}
	return d.Accounts.Prove(web.Context(c), actor, form.Secret("proof_password"), code)
}

// withoutProof takes out what was the proof's own.
func withoutProof(fields []resendField) []resendField {
	var rest []resendField
	for _, f := range fields {
		if !strings.HasPrefix(f.Name, "proof_") {
			rest = append(rest, f)
		}
	}
	return rest
}

// challengeProof gives script what one of the person's passkeys is to sign.
func (d *Desk) challengeProof(c *fiber.Ctx) error {
	challenge, err := d.passkeys.BeginProof(web.Context(c), web.Actor(c))
	return d.challenge(c, challenge, err)
}
