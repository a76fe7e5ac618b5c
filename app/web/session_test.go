package web

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/fault"

	"github.com/gofiber/fiber/v2"
)

// signing is an application with sessions: GET / says who asks and their
// token, POST / changes something, /in and /out set and clear the session.
// Requests of app.Test come from 0.0.0.0, which stands for the proxy.
func signing() *fiber.App {
	app := newApp("0.0.0.0")
	app.Use(Authenticate(people), SameOrigin)
	public := func(method, path string, h fiber.Handler) Route {
		return Route{Method: method, Path: path, Public: true, Handler: h}
	}
	Mount(app, []Route{
		public("GET", "/", func(c *fiber.Ctx) error {
			return c.SendString(Actor(c).ID + "|" + CSRFToken(c) + "|" + Actor(c).Address)
		}),
		public("POST", "/", func(c *fiber.Ctx) error { return c.SendString("changed") }),
		public("PUT", "/", func(c *fiber.Ctx) error { return c.SendString("changed") }),
		public("DELETE", "/", func(c *fiber.Ctx) error { return c.SendString("changed") }),
		public("GET", "/in", func(c *fiber.Ctx) error { Enter(c, "of-editor", account.Actor{}); return nil }),
		public("GET", "/out", func(c *fiber.Ctx) error { ClearSession(c); return nil }),
	})
	return app
}

func ask(t *testing.T, app *fiber.App, r *http.Request) (int, string, *http.Response) {
	t.Helper()
	a, err := app.Test(r, -1)
	must(t, err)
	defer a.Body.Close()
	var b strings.Builder
	_, err = io.Copy(&b, a.Body)
	must(t, err)
	return a.StatusCode, b.String(), a
}

const editors = "session=of-editor"

// formToken is what the forms of the editor's session hold.
func formToken(t *testing.T, app *fiber.App) string {
	t.Helper()
	_, body, _ := ask(t, app, request("GET", "/", "", "Cookie", editors))
	who, rest, _ := strings.Cut(body, "|")
	csrf, _, _ := strings.Cut(rest, "|")
	if who != "p1" || csrf == "" || strings.Contains(csrf, "of-editor") {
		t.Fatalf("signed in as %q with token %q", who, csrf)
	}
	return csrf
}

func TestRequestsThatAnotherSiteMadeAreRefused(t *testing.T) {
	app := signing()
	csrf := formToken(t, app)
	type headers []string
	for name, c := range map[string]struct {
		headers headers
		status  int
	}{
		"a browser that says so":              {headers{"Sec-Fetch-Site", "cross-site"}, 403},
		"a neighbouring site":                 {headers{"Sec-Fetch-Site", "same-site"}, 403},
		"a word that does not exist":          {headers{"Sec-Fetch-Site", "inside"}, 403},
		"another origin":                      {headers{"Origin", "https://evil.example"}, 403},
		"an origin that looks alike":          {headers{"Origin", origin + ".evil.example"}, 403},
		"an origin with another port":         {headers{"Origin", origin + ":8081"}, 403},
		"a hidden origin":                     {headers{"Origin", "null"}, 403},
		"an origin that is none":              {headers{"Origin", "http://%zz"}, 403},
		"cross-site, whatever the origin":     {headers{"Sec-Fetch-Site", "cross-site", "Origin", origin}, 403},
		"the same origin":                     {headers{"Origin", origin}, 200},
		"the same origin by the browser":      {headers{"Sec-Fetch-Site", "same-origin"}, 200},
		"typed into the address bar":          {headers{"Sec-Fetch-Site", "none"}, 200},
		"no browser":                          {nil, 200},
		"script with the token in its header": {headers{"X-CSRF-Token", csrf, "Origin", origin}, 200},
	} {
		for _, method := range []string{"POST", "PUT", "DELETE"} {
			form := "csrf=" + csrf
			if strings.Contains(name, "script") {
				form = ""
			}
			r := request(method, "/", form, append(c.headers, "Cookie", editors, "Content-Type", urlencoded)...)
			if status, body, _ := ask(t, app, r); status != c.status {
				t.Errorf("%s %s: %d %s", method, name, status, body)
			}
		}
		// Reading is free: it changes nothing.
		if status, _, _ := ask(t, app, request("GET", "/", "", append(c.headers, "Cookie", editors)...)); status != 200 {
			t.Errorf("GET %s: %d", name, status)
		}
	}
}

func TestSignedInFormsNeedTheTokenOfTheirSession(t *testing.T) {
	app := signing()
	csrf := formToken(t, app)
	for name, c := range map[string]struct {
		cookie, form string
		status       int
	}{
		"the token":               {editors, "csrf=" + csrf, 200},
		"none":                    {editors, "", 403},
		"an empty one":            {editors, "csrf=", 403},
		"half of it":              {editors, "csrf=" + csrf[:16], 403},
		"in capitals":             {editors, "csrf=" + strings.ToUpper(csrf), 403},
		"the session's own":       {editors, "csrf=of-editor", 403},
		"the first of two counts": {editors, "csrf=x&csrf=" + csrf, 403},
		"nobody is signed in":     {"", "", 200},
		"a session that is over":  {"session=of-nobody", "", 200},
	} {
		r := request("POST", "/", c.form, "Cookie", c.cookie, "Content-Type", urlencoded, "Origin", origin)
		if status, body, _ := ask(t, app, r); status != c.status {
			t.Errorf("%s: %d %s", name, status, body)
		}
	}
	r := multipartForm(t, url.Values{"csrf": {csrf}}, map[string]string{"picture": "x"})
	r.Header.Set("Cookie", editors)
	if status, _, _ := ask(t, app, r); status != 200 {
		t.Errorf("a form with a file: %d", status)
	}
}

func TestSessionThatIsOverCountsAsNoneAndOtherTroubleIsTold(t *testing.T) {
	record(t)
	app := signing()
	if _, body, _ := ask(t, app, request("GET", "/", "", "Cookie", "session=of-nobody")); !strings.HasPrefix(body, "|") {
		t.Errorf("%q", body)
	}
	broken := newApp()
	broken.Use(Authenticate(func(_ context.Context, _, _ string) (account.Actor, account.Session, error) {
		return account.Actor{}, account.Session{}, errors.New(inside)
	}))
	Mount(broken, nil)
	if status, body, _ := ask(t, broken, request("GET", "/", "", "Cookie", editors)); status != 500 || strings.Contains(body, inside) {
		t.Errorf("%d %q", status, body)
	}
	throttled := newApp()
	throttled.Use(Authenticate(func(_ context.Context, _, _ string) (account.Actor, account.Session, error) {
		return account.Actor{}, account.Session{}, fault.New(fault.Unavailable, "error.unavailable.title")
	}))
	Mount(throttled, nil)
	if status, _, _ := ask(t, throttled, request("GET", "/", "", "Cookie", editors)); status != 503 {
		t.Errorf("%d", status)
	}
}

// Under https the cookie has the prefix with which browsers refuse to take it
// from a neighbour; a cookie without it is then no session.
func TestCookieKeepsTheSessionToItself(t *testing.T) {
	app := signing()
	cookie := func(path string, headers ...string) *http.Cookie {
		_, _, a := ask(t, app, request("GET", path, "", headers...))
		if len(a.Cookies()) != 1 {
			t.Fatalf("%v", a.Header)
		}
		return a.Cookies()[0]
	}
	https := []string{"X-Forwarded-Proto", "https"}
	for _, c := range []struct {
		headers []string
		name    string
		secure  bool
	}{{nil, "session", false}, {https, "__Host-session", true}} {
		in := cookie("/in", c.headers...)
		if in.Name != c.name || in.Value != "of-editor" || in.Secure != c.secure || !in.HttpOnly || in.SameSite != http.SameSiteLaxMode ||
			in.Path != "/" || in.Domain != "" || !in.Expires.IsZero() || in.MaxAge != 0 {
			t.Errorf("%+v", in)
		}
		out := cookie("/out", c.headers...)
		if out.Name != c.name || out.Value != "" || out.Expires.IsZero() || out.Expires.Year() > 1970 || out.Secure != c.secure {
			t.Errorf("%+v", out)
		}
	}
	for cookie, want := range map[string]string{"__Host-session=of-editor": "p1", "session=of-editor": ""} {
		_, body, _ := ask(t, app, request("GET", "/", "", append(https, "Cookie", cookie)...))
		if who, _, _ := strings.Cut(body, "|"); who != want {
			t.Errorf("%s under https is %q", cookie, who)
		}
	}
}

// Where the settings say https, no proxy can undo it, by its silence or by a
// mistake: the cookie is Secure, one without the prefix is none, and the
// browser is told to come by https only.
func TestSettingsOfHTTPSHoldWhateverAProxySays(t *testing.T) {
	for _, proxies := range [][]string{nil, {"0.0.0.0"}} {
		app := NewApp(Options{Name: "test", BodyLimit: 1 << 10, Proxies: proxies, HTTPS: true, ErrorPage: plainErrors})
		app.Use(Authenticate(people), SameOrigin)
		Mount(app, []Route{
			{Method: "GET", Path: "/", Public: true, Handler: func(c *fiber.Ctx) error { return c.SendString(Actor(c).ID) }},
			{Method: "GET", Path: "/in", Public: true, Handler: func(c *fiber.Ctx) error { Enter(c, "of-editor", account.Actor{}); return nil }},
		})
		for _, said := range []string{"", "http", "https"} {
			_, _, a := ask(t, app, request("GET", "/in", "", "X-Forwarded-Proto", said))
			if cookie := a.Cookies()[0]; cookie.Name != "__Host-session" || !cookie.Secure {
				t.Errorf("behind %v that says %q: %+v", proxies, said, cookie)
			}
			for cookie, want := range map[string]string{"__Host-session=of-editor": "p1", "session=of-editor": ""} {
				if _, who, _ := ask(t, app, request("GET", "/", "", "X-Forwarded-Proto", said, "Cookie", cookie)); who != want {
					t.Errorf("behind %v that says %q, %s is %q", proxies, said, cookie, who)
				}
			}
			_, _, missing := ask(t, app, request("GET", "/nope", "", "X-Forwarded-Proto", said))
			for _, answer := range []*http.Response{a, missing} {
				if answer.Header.Get("Strict-Transport-Security") != "max-age=31536000" {
					t.Errorf("behind %v that says %q: %v", proxies, said, answer.Header)
				}
			}
		}
	}
	_, _, plain := ask(t, signing(), request("GET", "/", ""))
	_, _, said := ask(t, signing(), request("GET", "/", "", "X-Forwarded-Proto", "https"))
	if plain.Header.Get("Strict-Transport-Security") != "" || said.Header.Get("Strict-Transport-Security") == "" {
		t.Errorf("%v, behind a proxy that says https %v", plain.Header, said.Header)
	}
}

// Only a trusted proxy is believed about https.
func TestStrangersCannotClaimHTTPS(t *testing.T) {
	app := newApp("10.0.0.1")
	Mount(app, []Route{{Method: "GET", Path: "/", Public: true, Handler: func(c *fiber.Ctx) error { Enter(c, "x", account.Actor{}); return nil }}})
	_, _, a := ask(t, app, request("GET", "/", "", "X-Forwarded-Proto", "https", "X-Forwarded-Ssl", "on"))
	if a.Cookies()[0].Name != "session" {
		t.Errorf("%v", a.Header)
	}
}

// The client's address is what the nearest trusted proxy saw. What the client
// wrote into the header itself is not believed: it would choose who is throttled.
func TestAddressIsSeenThroughTrustedProxiesOnly(t *testing.T) {
	for _, c := range []struct {
		proxies   []string
		forwarded []string
		want      string
	}{
		{nil, nil, "0.0.0.0"},
		{nil, []string{"203.0.113.7"}, "0.0.0.0"},
		{[]string{"10.0.0.1"}, []string{"203.0.113.7"}, "0.0.0.0"},
		{[]string{"0.0.0.0"}, nil, "0.0.0.0"},
		{[]string{"0.0.0.0"}, []string{"203.0.113.7"}, "203.0.113.7"},
		{[]string{"0.0.0.0"}, []string{"6.6.6.6, 203.0.113.7"}, "203.0.113.7"},
		{[]string{"0.0.0.0"}, []string{"6.6.6.6", "203.0.113.7"}, "203.0.113.7"},
		{[]string{"0.0.0.0", "10.0.0.0/8"}, []string{"6.6.6.6, 203.0.113.7, 10.1.2.3"}, "203.0.113.7"},
		{[]string{"0.0.0.0", "10.0.0.0/8"}, []string{"10.9.9.9, 10.1.2.3"}, "10.9.9.9"},
		{[]string{"0.0.0.0"}, []string{"203.0.113.7, not-an-address"}, "0.0.0.0"},
		{[]string{"0.0.0.0"}, []string{"203.0.113.7, "}, "0.0.0.0"},
		{[]string{"0.0.0.0"}, []string{"2001:db8::1"}, "2001:db8::1"},
		{[]string{"0.0.0.0"}, []string{"::ffff:203.0.113.7"}, "203.0.113.7"},
		{[]string{"0.0.0.0"}, []string{"fe80::1%eth0"}, "fe80::1"},
		{[]string{"0.0.0.0"}, []string{"<script>"}, "0.0.0.0"},
	} {
		app := newApp(c.proxies...)
		Mount(app, []Route{{Method: "GET", Path: "/", Public: true, Handler: func(c *fiber.Ctx) error { return c.SendString(Address(c)) }}})
		r := request("GET", "/", "")
		r.Header["X-Forwarded-For"] = c.forwarded
		if _, body, _ := ask(t, app, r); body != c.want {
			t.Errorf("behind %v, forwarded %q: %s, want %s", c.proxies, c.forwarded, body, c.want)
		}
	}
}
