package desk

import (
	"slices"

	"doingoai/app/media"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// Policy is the Content-Security-Policy of the desk's pages: everything comes
// from here, nothing is written into the page itself, nobody frames it, and a
// form goes nowhere else. Pictures may also be data or blobs, for those just
// chosen in the editor.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// maxBody is the most bytes of a request: the largest picture, and beside it
// the longest text with room to say that it is too long.
const maxBody = media.MaxBytes + 8<<20

// App builds the newsroom's application: the desk's routes, and beside them
// those of machines (newsstands, supervisors). Proxies are the reverse proxies
// whose X-Forwarded-For is believed.
func (d *Desk) App(proxies []string, machines []web.Route) *fiber.App {
	app := web.NewApp(web.Options{
		Name: "newsroom", BodyLimit: maxBody, Proxies: proxies, ErrorPage: d.ErrorPage, Policy: Policy,
	})
	app.Use(web.Authenticate(d.Accounts.Resolve))
	app.Use(web.SameOrigin)
	web.Mount(app, slices.Concat(machines, d.Routes()))
	return app
}
