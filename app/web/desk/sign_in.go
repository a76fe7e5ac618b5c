package desk

import (
	"errors"
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

// signInPage is the first step of signing in.
type signInPage struct {
	page
	Email  string
	Next   string
	Resend string // a form that is to be sent after signing in
	Issuer string // what the issuer of identities is called, "" for none
}

// codePage is the second step.
type codePage struct {
	page
	account.SecondFactorError
	Next   string
	Resend string
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

// signInPage begins the page with an address to go on to.
func (d *Desk) signInPage(c *fiber.Ctx, next string) signInPage {
	show := signInPage{
		page: d.page(c, "signin.title", ""), Next: localPath(next), Issuer: d.Issuer.Label(),
	}
	show.Switch = inLanguage("/sign-in?next="+url.QueryEscape(show.Next), show.Other)
	return show
}

func (d *Desk) signInForm(c *fiber.Ctx) error {
	return d.show(c, fiber.StatusOK, "sign-in", d.signInPage(c, strings.Clone(c.Query("next"))))
}

func (d *Desk) signIn(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := d.signInPage(c, form.Text("next", maxNext))
	show.Email, show.Resend = form.Text("email", 254), form.Text("resend", maxResend)
	var token string
	var actor account.Actor
	if err = form.Err(); err == nil {
		token, actor, err = d.Accounts.SignIn(web.Context(c), account.SignIn{
			Email: show.Email, Password: form.Secret("password"), Address: web.Address(c), Agent: agent(c),
			Device: web.DeviceToken(c),
		})
	}
	return d.welcome(c, show, token, actor, err)
}

func agent(c *fiber.Ctx) string { return strings.Clone(c.Get(fiber.HeaderUserAgent)) }

// welcome goes on after a proof: into the newsroom, to the second step, or back
// to the form with the reason. Script is told the same as JSON.
func (d *Desk) welcome(c *fiber.Ctx, show signInPage, token string, actor account.Actor, err error) error {
	var second *account.SecondFactorError
	switch {
	case err == nil:
		return d.enter(c, token, actor, show.Next, show.Resend)
	case errors.As(err, &second) && web.WantsJSON(c):
		return c.Status(fiber.StatusAccepted).JSON(fiber.Map{"second": second.Token, "app": second.App, "passkey": second.Passkey})
	case errors.As(err, &second):
		return d.showCode(c, fiber.StatusOK, codePage{
			page: d.page(c, "signin.second", ""), SecondFactorError: *second, Next: show.Next, Resend: show.Resend,
		})
	case web.WantsJSON(c) || !correctable(err):
		return err
	}
	show.refusedAs("refused.signin", err)
	return d.show(c, refusedWith(c, err), "sign-in", show)
}

// enter begins the session in the browser, which is known from now on.
func (d *Desk) enter(c *fiber.Ctx, token string, actor account.Actor, next, resend string) error {
	device, err := d.Accounts.KnowDevice(web.Context(c), actor, web.DeviceToken(c))
	if err != nil {
		return err
	}
	web.KeepDevice(c, device)
	web.Enter(c, token, actor)
	if web.WantsJSON(c) {
		return c.JSON(fiber.Map{"csrf": web.CSRFToken(c), "person": actor.ID})
	}
	if resend != "" {
		return d.showResend(c, resend)
	}
	return c.Redirect(next, fiber.StatusSeeOther)
}

func (d *Desk) showCode(c *fiber.Ctx, status int, show codePage) error {
	show.Switch = inLanguage("/sign-in?next="+url.QueryEscape(show.Next), show.Other)
	return d.show(c, status, "sign-in-code", show)
}

// signInCode takes the code of the second step.
func (d *Desk) signInCode(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := codePage{
		page: d.page(c, "signin.second", ""), Next: localPath(form.Text("next", maxNext)), Resend: form.Text("resend", maxResend),
		SecondFactorError: account.SecondFactorError{
			Token: form.Text("token", 100), Name: form.Text("name", 200), App: form.Has("app"), Passkey: form.Has("passkey"),
		},
	}
	var token string
	var actor account.Actor
	if err = form.Err(); err == nil {
		token, actor, err = d.Accounts.SignInWithCode(web.Context(c), show.Token, form.Text("code", 100), web.Address(c), web.DeviceToken(c))
	}
	switch {
	case err == nil:
		return d.enter(c, token, actor, show.Next, show.Resend)
	case web.WantsJSON(c) || !correctable(err):
		return err
	case fault.KindOf(err) == fault.NotPossible: // it took too long: from the beginning
		again := d.signInPage(c, show.Next)
		again.Resend = show.Resend
		again.refused(err)
		return d.show(c, refusedWith(c, err), "sign-in", again)
	}
	show.refusedAs("refused.code", err)
	return d.showCode(c, refusedWith(c, err), show)
}

// challengeSignIn gives script what a passkey is to sign.
func (d *Desk) challengeSignIn(c *fiber.Ctx) error {
	challenge, err := d.passkeys.BeginSignIn()
	return d.challenge(c, challenge, err)
}

func (d *Desk) challenge(c *fiber.Ctx, challenge account.Challenge, err error) error {
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(fiber.Map{"token": challenge.Token, "options": challenge.Options})
}

// signInPasskey takes a passkey's answer. Only script can ask for one, and sends
// it as a form, but for the editor's page, which is not left.
func (d *Desk) signInPasskey(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := d.signInPage(c, form.Text("next", maxNext))
	show.Resend = form.Text("resend", maxResend)
	challenge, answer := form.Text("token", account.MaxChallenge), form.Text("answer", account.MaxPasskeyAnswer)
	var token string
	var actor account.Actor
	if err = form.Err(); err == nil {
		token, actor, err = d.passkeys.SignIn(web.Context(c), challenge, []byte(answer), web.Address(c), agent(c))
	}
	return d.welcome(c, show, token, actor, err)
}

// IssuerReturn is where an issuer of identities sends people back to.
const IssuerReturn = "/sign-in/issuer/return"

// toIssuer sends the browser to the issuer.
func (d *Desk) toIssuer(c *fiber.Ctx) error {
	location, state, err := d.Issuer.Begin(web.Context(c), localPath(c.Query("next")))
	if err != nil {
		return err
	}
	web.SetTrip(c, state)
	return c.Redirect(location, fiber.StatusSeeOther)
}

// fromIssuer is where it comes back. A trip that another browser began, and one
// that the issuer broke off, end at the form.
func (d *Desk) fromIssuer(c *fiber.Ctx) error {
	state, code := strings.Clone(c.Query("state")), strings.Clone(c.Query("code"))
	if begun := web.EndTrip(c); begun == "" || begun != state || code == "" {
		return d.welcome(c, d.signInPage(c, "/"), "", account.Actor{}, fault.New(fault.NotPossible, "error.issuer.broken"))
	}
	token, actor, next, err := d.Issuer.SignIn(web.Context(c), state, code, web.Address(c), agent(c))
	return d.welcome(c, d.signInPage(c, next), token, actor, err)
}

func (d *Desk) signOut(c *fiber.Ctx) error {
	if err := d.Accounts.SignOut(web.Context(c), web.SessionToken(c)); err != nil && fault.KindOf(err) != fault.SignedOut {
		return err
	}
	web.ClearSession(c)
	return c.Redirect("/sign-in?done=signed_out", fiber.StatusSeeOther)
}
