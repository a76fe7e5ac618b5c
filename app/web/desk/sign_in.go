package desk

import (
	"net/url"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// maxNext is the longest address to go on to after signing in, in characters.
const maxNext = 2000

type signInPage struct {
	page
	Email string
	Next  string
}

// printer speaks the person's language: their own choice, on pages before
// sign-in the ?lang= of the switch or what the browser asks for.
func (d *Desk) printer(c *fiber.Ctx) *locale.Printer {
	if actor := web.Actor(c); actor.ID != "" {
		return d.Words.Printer("desk", actor.Locale)
	}
	for _, lang := range interfaceLanguages {
		if c.Query("lang") == lang {
			return d.Words.Printer("desk", lang)
		}
	}
	return d.Words.Printer("desk", d.Words.Match("desk", c.Get(fiber.HeaderAcceptLanguage)))
}

func (d *Desk) signInForm(c *fiber.Ctx) error {
	return d.show(c, fiber.StatusOK, "sign-in", signInPage{page: d.page(c, "signin.title", ""), Next: localPath(c.Query("next"))})
}

func (d *Desk) signIn(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := signInPage{page: d.page(c, "signin.title", ""), Email: form.Text("email", 254), Next: localPath(form.Text("next", maxNext))}
	show.Switch = inLanguage("/sign-in?next="+url.QueryEscape(show.Next), show.Other)
	var token string
	if err = form.Err(); err == nil {
		token, _, err = d.Accounts.SignIn(web.Context(c), account.SignIn{
			Email: show.Email, Password: form.Secret("password"), Address: web.Address(c), Agent: strings.Clone(c.Get(fiber.HeaderUserAgent)),
		})
	}
	if err != nil {
		if !correctable(err) {
			return err
		}
		show.refusedAs("refused.signin", err)
		return d.show(c, refusedWith(c, err), "sign-in", show)
	}
	web.SetSession(c, token)
	return c.Redirect(show.Next, fiber.StatusSeeOther)
}

func (d *Desk) signOut(c *fiber.Ctx) error {
	if err := d.Accounts.SignOut(web.Context(c), web.SessionToken(c)); err != nil && fault.KindOf(err) != fault.SignedOut {
		return err
	}
	web.ClearSession(c)
	return c.Redirect("/sign-in?done=signed_out", fiber.StatusSeeOther)
}
