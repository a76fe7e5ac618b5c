package desk

import (
	"html/template"
	"strings"

	"doingoai/app/account"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// securityPage is where a person sets up how they prove who they are.
type securityPage struct {
	page
	Has      account.Factors
	Required bool     // their roles demand a second factor
	Linked   bool     // an issuer of identities lets them in
	Codes    []string // recovery codes that were just made, shown this once
	Setup    *account.AppSetup
}

func (d *Desk) security(c *fiber.Ctx) error {
	return d.showSecurity(c, fiber.StatusOK, securityPage{page: d.page(c, "security.title", "two-factor")}, nil)
}

func (d *Desk) showSecurity(c *fiber.Ctx, status int, show securityPage, refusal error) error {
	show.refusedAs("refused.security", refusal)
	show.Required = d.Accounts.MustKeepFactor(show.Actor)
	var err error
	if show.Has, err = d.Accounts.Factors(web.Context(c), show.Actor); err != nil {
		return err
	}
	if show.Linked, err = d.Accounts.IsLinked(web.Context(c), show.Actor); err != nil {
		return err
	}
	return d.show(c, status, "security", show)
}

// beginApp shows the secret that an authenticator app is to share.
func (d *Desk) beginApp(c *fiber.Ctx) error {
	setup, err := d.Accounts.BeginApp(web.Context(c), web.Actor(c))
	if err != nil {
		return err
	}
	return d.showSecurity(c, fiber.StatusOK, securityPage{page: d.page(c, "security.app_setup", "two-factor"), Setup: &setup}, nil)
}

// finishApp takes the first code of the app.
func (d *Desk) finishApp(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	token, code := form.Text("token", 100), form.Text("code", 20)
	var codes []string
	if err = form.Err(); err == nil {
		codes, err = d.Accounts.FinishApp(web.Context(c), web.Actor(c), token, code)
	}
	if err == nil {
		return d.showCodes(c, codes, "app")
	}
	if !correctable(err) {
		return err
	}
	show := securityPage{page: d.page(c, "security.app_setup", "two-factor")}
	if setup, pending := d.Accounts.PendingApp(web.Context(c), show.Actor, token); pending == nil {
		show.Setup = &setup
	}
	return d.showSecurity(c, refusedWith(c, err), show, err)
}

// showCodes shows recovery codes once, where there are new ones.
func (d *Desk) showCodes(c *fiber.Ctx, codes []string, done string) error {
	if codes == nil {
		return c.Redirect("/account/security?done="+done, fiber.StatusSeeOther)
	}
	show := securityPage{page: d.page(c, "security.codes_title", "two-factor"), Codes: codes}
	show.Flash = show.T("flash." + done)
	show.Actor.Enrol = false // that was the last thing to do
	return d.showSecurity(c, fiber.StatusOK, show, nil)
}

func (d *Desk) removeApp(c *fiber.Ctx) error {
	return d.changeSecurity(c, d.Accounts.RemoveApp(web.Context(c), web.Actor(c)), "app_removed")
}

func (d *Desk) renewCodes(c *fiber.Ctx) error {
	codes, err := d.Accounts.RenewCodes(web.Context(c), web.Actor(c))
	if err != nil {
		return d.changeSecurity(c, err, "")
	}
	return d.showCodes(c, codes, "codes")
}

func (d *Desk) unlinkIssuer(c *fiber.Ctx) error {
	return d.changeSecurity(c, d.Accounts.Unlink(web.Context(c), web.Actor(c)), "unlinked")
}

// changeSecurity goes back to the page after a change, with the reason when
// there was none.
func (d *Desk) changeSecurity(c *fiber.Ctx, err error, done string) error {
	if err == nil {
		return c.Redirect("/account/security?done="+done, fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	return d.showSecurity(c, web.Status(err), securityPage{page: d.page(c, "security.title", "two-factor")}, err)
}

// challengePasskey gives script what a new passkey is made of.
func (d *Desk) challengePasskey(c *fiber.Ctx) error {
	challenge, err := d.passkeys.BeginAdd(web.Context(c), web.Actor(c))
	return d.challenge(c, challenge, err)
}

// addPasskey keeps the passkey that a device made. It comes by script, as a
// form, so that recovery codes are shown on a page of their own.
func (d *Desk) addPasskey(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	token, name, answer := form.Text("token", 100), form.Text("name", 60), form.Text("answer", account.MaxPasskeyAnswer)
	var codes []string
	if err = form.Err(); err == nil {
		codes, err = d.passkeys.Add(web.Context(c), web.Actor(c), token, name, []byte(answer))
	}
	if err != nil {
		return d.changeSecurity(c, err, "")
	}
	return d.showCodes(c, codes, "passkey")
}

func (d *Desk) renamePasskey(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	name := form.Text("name", 60)
	if err = form.Err(); err == nil {
		err = d.Accounts.RenamePasskey(web.Context(c), web.Actor(c), web.Param(c, "id"), name)
	}
	return d.changeSecurity(c, err, "renamed")
}

func (d *Desk) removePasskey(c *fiber.Ctx) error {
	return d.changeSecurity(c, d.Accounts.RemovePasskey(web.Context(c), web.Actor(c), web.Param(c, "id")), "passkey_removed")
}

// QR draws the address for an authenticator app.
func (p securityPage) QR() (web.Square, error) { return web.NewSquare(p.Setup.Address) }

// Open is the address for an authenticator app on this very device.
func (p securityPage) Open() template.URL { return template.URL(p.Setup.Address) }

// Groups is the secret as people type it.
func (p securityPage) Groups() string {
	var groups []string
	for rest := p.Setup.Secret; rest != ""; rest = rest[min(4, len(rest)):] {
		groups = append(groups, rest[:min(4, len(rest))])
	}
	return strings.Join(groups, " ")
}
