package desk

import (
	"slices"
	"strings"

	"doingoai/app/media"
	"doingoai/app/term"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// Policy is the Content-Security-Policy of the desk's pages: everything comes
// from here, nothing is written into the page itself, nobody frames it, and a
// form goes nowhere else. Pictures may also be data or blobs, for those just
// chosen in the editor.
const Policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self'; font-src 'self'; " +
	"connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"

// Sizes of requests, in bytes. Nearly all are small. The editor's page sends the
// longest text, with room for one that is far too long, so that its writer is
// told so and loses nothing; and in a form of parts the largest picture as well.
const (
	usualBody   = 256 << 10
	textBody    = 8 << 20
	pictureBody = media.MaxBytes + textBody
)

// bodyRoom answers how much a request may send that needs room: the editor's
// page, the library, a piece of an upload, and signing in again with what could
// not be sent; 0 for any other.
func bodyRoom(method, path, mediaType string) int {
	switch {
	case isPiece(method, path):
		return media.MaxPiece
	case method != fiber.MethodPost:
		return 0
	case path == "/sign-in" || path == "/sign-in/code": // with a text that travels
		return textBody
	case path == "/terms/import":
		return term.MaxList + usualBody
	case path != "/new" && path != "/media" && !strings.HasPrefix(path, "/editions/"):
		return 0
	case strings.HasPrefix(mediaType, fiber.MIMEMultipartForm):
		return pictureBody
	}
	return textBody
}

// bySelf says whether an open page asks for this address by itself, while
// nobody does anything: no session stays open by that.
func bySelf(path string) bool {
	return path == livePath || strings.HasPrefix(path, "/editions/") && strings.HasSuffix(path, attendPath)
}

// App builds the newsroom's application: the desk's routes, and beside them
// those of machines (newsstands, supervisors) and whole parts for programs.
// Proxies are the reverse proxies whose X-Forwarded-For is believed.
func (d *Desk) App(proxies []string, machines []web.Route, parts ...web.Part) *fiber.App {
	options := web.Options{
		Name: "newsroom", BodyLimit: usualBody, Roomy: bodyRoom, Whose: d.Accounts.Whose, Proxies: proxies, ErrorPage: d.ErrorPage, Policy: Policy,
		HTTPS: strings.HasPrefix(d.Address, "https://"), Secret: []string{"ticket", "first", "p"},
	}
	for _, part := range parts {
		options = options.With(part)
	}
	app := web.NewApp(options)
	for _, part := range parts {
		part.Mount(app)
	}
	resolve, look := web.Authenticate(d.Accounts.Resolve), web.Authenticate(d.Accounts.Look)
	app.Use(func(c *fiber.Ctx) error {
		if bySelf(c.Path()) {
			return look(c)
		}
		return resolve(c)
	})
	app.Use(web.SameOrigin)
	web.Mount(app, slices.Concat(machines, d.Routes()))
	return app
}
