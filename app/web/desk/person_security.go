package desk

import (
	"doingoai/app/account"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// personSecurityPage is what an administrator sees of how somebody proves who
// they are, and what can be done when a device or a password is in wrong hands.
type personSecurityPage struct {
	page
	account.Security
	Tokens []tokenLine
	Typed  typedAbsence
}

func (d *Desk) personSecurity(c *fiber.Ctx) error {
	return d.showPersonSecurity(c, fiber.StatusOK, typedAbsence{}, nil)
}

func (d *Desk) showPersonSecurity(c *fiber.Ctx, status int, typed typedAbsence, refusal error) error {
	show := personSecurityPage{page: d.page(c, "person_security.title", "people"), Typed: typed}
	show.refused(refusal)
	var err error
	if show.Security, err = d.Accounts.SecurityOf(web.Context(c), show.Actor, web.Param(c, "id")); err != nil {
		return err
	}
	show.Title = show.Person.Name
	show.Tokens = d.tokenLines(show.Security.Tokens)
	return d.show(c, status, "person-security", show)
}

// Device names a browser and its system as people call them.
func (personSecurityPage) Device(agent string) string { return deviceOf(agent) }

func (d *Desk) endSessions(c *fiber.Ctx) error {
	_, err := d.Accounts.EndSessions(web.Context(c), web.Actor(c), web.Param(c, "id"))
	return d.changePersonSecurity(c, err, "revoked")
}

func (d *Desk) forgetFactors(c *fiber.Ctx) error {
	return d.changePersonSecurity(c, d.Accounts.ForgetFactors(web.Context(c), web.Actor(c), web.Param(c, "id")), "forgotten")
}

func (d *Desk) revokePersonToken(c *fiber.Ctx) error {
	return d.changePersonSecurity(c, d.Accounts.RevokeToken(web.Context(c), web.Actor(c), web.Param(c, "token")), "token_revoked")
}

func (d *Desk) changePersonSecurity(c *fiber.Ctx, err error, done string) error {
	if err == nil {
		return c.Redirect("/people/"+web.Param(c, "id")+"/security?done="+done, fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	return d.showPersonSecurity(c, web.Status(err), typedAbsence{}, err)
}

// addPersonAbsence is for somebody who cannot say so themselves any more.
func (d *Desk) addPersonAbsence(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	typed, wanted, err := readAbsence(form)
	if err == nil {
		wanted.Person = web.Param(c, "id")
		err = d.Accounts.AddAbsence(web.Context(c), web.Actor(c), wanted)
	}
	if err != nil && correctable(err) {
		return d.showPersonSecurity(c, web.Status(err), typed, err)
	}
	return d.changePersonSecurity(c, err, "absence")
}

func (d *Desk) endPersonAbsence(c *fiber.Ctx) error {
	return d.changePersonSecurity(c, d.Accounts.EndAbsence(web.Context(c), web.Actor(c), web.Param(c, "absence")), "back")
}
