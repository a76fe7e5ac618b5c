package web

import (
	"strings"

	"doingoai/app/fault"

	"github.com/gofiber/fiber/v2"
)

// Part is a part of an application that is not for people and their browsers:
// it knows no sessions, refuses in its own way, and says how much it takes.
type Part struct {
	Prefix string  // of its addresses, without a slash at the end
	Routes []Route // all of them public: whom it lets in is its own business
	// Roomy is Options.Roomy for the part's addresses.
	Roomy func(method, path, media string) int
	// ErrorPage is Options.ErrorPage for them.
	ErrorPage func(c *fiber.Ctx, status int, id string, err error) error
}

func (p Part) has(path string) bool {
	rest, ok := strings.CutPrefix(path, p.Prefix)
	return ok && (rest == "" || rest[0] == '/')
}

// With answers the options of an application with this part in it.
func (o Options) With(p Part) Options {
	page, roomy := o.ErrorPage, o.Roomy
	o.ErrorPage = func(c *fiber.Ctx, status int, id string, err error) error {
		if p.has(c.Path()) {
			return p.ErrorPage(c, status, id, err)
		}
		return page(c, status, id, err)
	}
	o.Roomy = func(method, path, media string) int {
		if p.has(path) {
			return p.Roomy(method, path, media)
		}
		if roomy == nil {
			return 0
		}
		return roomy(method, path, media)
	}
	return o
}

// Mount puts the part into an application, before what reads sessions. What its
// table does not name is answered "not found".
func (p Part) Mount(app *fiber.App) {
	for _, r := range p.Routes {
		app.Add(r.Method, r.Path, r.Handler)
		if r.Method == fiber.MethodGet {
			app.Add(fiber.MethodHead, r.Path, r.Handler)
		}
	}
	app.Use(p.Prefix, func(*fiber.Ctx) error { return fault.New(fault.NotFound, "error.not_found.title") })
}
