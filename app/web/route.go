package web

import (
	"net/url"

	"doingoai/app/account"
	"doingoai/app/fault"

	"github.com/gofiber/fiber/v2"
)

// Route is a row of a route table. A row is open to everybody only when it
// says Public; otherwise its action must be permitted to the actor somewhere.
type Route struct {
	Method, Path string
	Action       account.Action
	Public       bool
	Handler      fiber.Handler
}

// Mount puts a table into an application. What the table does not name is
// answered "not found".
func Mount(app *fiber.App, table []Route) {
	for _, r := range table {
		app.Add(r.Method, r.Path, r.guard(), r.Handler)
		if r.Method == fiber.MethodGet { // whatever can be read can be asked about
			app.Add(fiber.MethodHead, r.Path, r.guard(), r.Handler)
		}
	}
	app.Use(func(*fiber.Ctx) error { return fault.New(fault.NotFound, "error.not_found.title") })
}

func (r Route) guard() fiber.Handler {
	return func(c *fiber.Ctx) error {
		if r.Public {
			return c.Next()
		}
		actor := Actor(c)
		if actor.ID == "" {
			if (c.Method() == fiber.MethodGet || c.Method() == fiber.MethodHead) && !WantsJSON(c) {
				return c.Redirect("/sign-in?next="+url.QueryEscape(c.OriginalURL()), fiber.StatusSeeOther)
			}
			return fault.New(fault.SignedOut, "error.signed_out.title")
		}
		if actor.Enrol && r.Action != account.SecureSelf {
			return enrolFirst(c)
		}
		if r.Action == "" || !actor.MayAnywhere(r.Action) {
			return fault.New(fault.Forbidden, "error.forbidden.title")
		}
		return c.Next()
	}
}

// EnrolPath is where those are sent who must set up a second factor first.
const EnrolPath = "/account/security"

func enrolFirst(c *fiber.Ctx) error {
	if c.Method() == fiber.MethodGet && !WantsJSON(c) {
		return c.Redirect(EnrolPath, fiber.StatusSeeOther)
	}
	return fault.New(fault.Forbidden, "error.factor.required")
}
