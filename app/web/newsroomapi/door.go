package newsroomapi

import (
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

const localeKey = "api locale"

// admit answers for whom a token speaks, and its text, or why it does not get
// in. The right token passes however many wrong ones came from its address.
func (a *API) admit(c *fiber.Ctx, scopes account.Scopes) (actor account.Actor, token string, err error) {
	token, ok := web.Bearer(c.Get(fiber.HeaderAuthorization))
	if !ok {
		c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="newsroom"`)
		return actor, "", fault.New(fault.SignedOut, "error.api.token")
	}
	actor, _, err = a.Accounts.ByToken(web.Context(c), token, web.Address(c))
	if fault.KindOf(err) == fault.SignedOut {
		if wait := a.failures.Take(web.Address(c)); wait > 0 {
			return actor, "", web.TooMany(wait)
		}
		c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="newsroom", error="invalid_token"`)
	}
	if err != nil {
		return actor, "", err
	}
	c.Locals(localeKey, actor.Locale)
	if wait := a.requests.Take(actor.Token); wait > 0 {
		return actor, "", web.TooMany(wait)
	}
	if len(actor.Posts) == 0 { // whose roles are over has no place at the desk
		return actor, "", fault.New(fault.Forbidden, "error.forbidden.title")
	}
	for _, scope := range scopes {
		if !actor.Allows(scope) {
			c.Set(fiber.HeaderWWWAuthenticate, `Bearer realm="newsroom", error="insufficient_scope", scope="`+words(scopes)+`"`)
			return actor, "", fault.New(fault.Forbidden, "error.api.scope", "Scope", string(scope))
		}
	}
	return actor, token, nil
}

func words(scopes account.Scopes) string {
	list := make([]string, len(scopes))
	for i, s := range scopes {
		list[i] = string(s)
	}
	return strings.Join(list, " ")
}
