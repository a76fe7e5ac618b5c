package desk

import (
	"strconv"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// tokensPage lists the tokens that speak for a person.
type tokensPage struct {
	page
	Tokens  []tokenLine
	Made    string // a token that was just made, shown this once
	MadeFor string
	Typed   typedToken
}

// tokenLine is a token with what can be done about it.
type tokenLine struct {
	account.Token
	Open bool
}

// tokenFacts and tokenFields are what the templates of tokens need, whichever
// page they are on.
type tokenFacts struct {
	page
	Token tokenLine
}

type tokenFields struct {
	page
	Typed  typedToken
	Scopes account.Scopes
	Errors fieldErrors
}

// TokenLine is a token on this page.
func (p page) TokenLine(t tokenLine) tokenFacts { return tokenFacts{p, t} }

// TokenFields is the form that makes a token, on this page.
func (p page) TokenFields(t typedToken, refused fieldErrors) tokenFields {
	return tokenFields{p, t, account.AllScopes, refused}
}

// typedToken is what the form that makes one holds.
type typedToken struct {
	Name   string
	Scopes account.Scopes
	Days   int
}

// Has says whether a scope is chosen.
func (t typedToken) Has(s account.Scope) bool {
	for _, chosen := range t.Scopes {
		if chosen == s {
			return true
		}
	}
	return false
}

// usualDays is how long a token is good unless one says otherwise.
const usualDays = 90

// readToken reads the form that makes one.
func readToken(form *web.Form) typedToken {
	t := typedToken{Name: form.Text("name", 200)}
	t.Days, _ = strconv.Atoi(form.Text("days", 5)) // what is no number is refused as none
	for _, s := range form.List("scopes", 40) {
		t.Scopes = append(t.Scopes, account.Scope(s))
	}
	return t
}

func (t typedToken) wanted() account.NewToken {
	return account.NewToken{Name: t.Name, Scopes: t.Scopes, Days: t.Days}
}

func (d *Desk) tokenLines(tokens []account.Token) []tokenLine {
	lines := make([]tokenLine, len(tokens))
	for i, t := range tokens {
		lines[i] = tokenLine{t, t.IsOpen(d.DB.Now())}
	}
	return lines
}

func (d *Desk) tokens(c *fiber.Ctx) error {
	return d.showTokens(c, fiber.StatusOK, tokensPage{page: d.page(c, "tokens.title", "tokens"), Typed: typedToken{Days: usualDays}}, nil)
}

func (d *Desk) showTokens(c *fiber.Ctx, status int, show tokensPage, refusal error) error {
	show.refusedAs("refused.token", refusal)
	tokens, err := d.Accounts.Tokens(web.Context(c), show.Actor)
	if err != nil {
		return err
	}
	show.Tokens = d.tokenLines(tokens)
	return d.show(c, status, "tokens", show)
}

// makeToken makes a token and shows it, this once.
func (d *Desk) makeToken(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := tokensPage{page: d.page(c, "tokens.title", "tokens"), Typed: readToken(form)}
	if err = form.Err(); err == nil {
		show.Made, err = d.Accounts.MakeToken(web.Context(c), show.Actor, show.Typed.wanted())
	}
	if err != nil {
		if !correctable(err) {
			return err
		}
		return d.showTokens(c, web.Status(err), show, err)
	}
	show.MadeFor, show.Typed = show.Typed.Name, typedToken{Days: usualDays}
	return d.showTokens(c, fiber.StatusOK, show, nil)
}

func (d *Desk) revokeToken(c *fiber.Ctx) error {
	err := d.Accounts.RevokeToken(web.Context(c), web.Actor(c), web.Param(c, "id"))
	if err != nil && fault.KindOf(err) != fault.NotPossible { // pressed twice, it is revoked
		return err
	}
	return c.Redirect("/account/tokens?done=token_revoked", fiber.StatusSeeOther)
}
