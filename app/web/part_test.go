package web

import (
	"net/http"
	"testing"

	"doingoai/app/apptest"

	"github.com/gofiber/fiber/v2"
)

// A part answers for its own addresses and for no others, without sessions.
func TestAPartAnswersForItsOwnAddresses(t *testing.T) {
	part := Part{
		Prefix: "/machines",
		Routes: []Route{{Method: fiber.MethodGet, Path: "/machines/here", Public: true, Handler: func(c *fiber.Ctx) error {
			if Actor(c).ID != "" {
				t.Error("it knows a session")
			}
			return c.SendString("here")
		}}},
		Roomy: func(string, string, string) int { return 1 << 20 },
		ErrorPage: func(c *fiber.Ctx, status int, _ string, _ error) error {
			return c.Status(status).SendString("refused by the part")
		},
	}
	options := Options{Name: "test", BodyLimit: 1 << 10, ErrorPage: plainErrors, Roomy: func(string, string, string) int { return 1 << 11 }}.With(part)
	app := NewApp(options)
	part.Mount(app)
	app.Use(Authenticate(people))
	Mount(app, nil)
	v := visit(t, app)
	v.SetCookie("session", "of-editor")
	for path, says := range map[string]string{
		"/machines/here": "here", "/machines": "refused by the part", "/machines/gone": "refused by the part",
		"/machinesx": "404  error.not_found.title", "/": "404  error.not_found.title",
	} {
		if got := v.Get(path).Body; got != says {
			t.Errorf("%s answers %q, want %q", path, got, says)
		}
	}
	if got := options.Roomy(http.MethodPost, "/machines/here", ""); got != 1<<20 {
		t.Errorf("the part takes %d bytes", got)
	}
	if got := options.Roomy(http.MethodPost, "/here", ""); got != 1<<11 {
		t.Errorf("the rest takes %d bytes", got)
	}
	apptest.NewVisitor(t, app, origin).Get("/machines/here").Is(http.StatusOK)
}
