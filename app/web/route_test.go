package web

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"

	"github.com/gofiber/fiber/v2"
)

// TestRoutesRefuseByDefault mounts rows of every sort and asks for them as
// nobody and as an editor.
func TestRoutesRefuseByDefault(t *testing.T) {
	app := newApp()
	app.Use(Authenticate(people))
	ok := func(c *fiber.Ctx) error { return c.SendString("opened") }
	Mount(app, []Route{
		{Method: "GET", Path: "/public", Public: true, Handler: ok},
		{Method: "GET", Path: "/forgotten", Handler: ok}, // neither public nor an action
		{Method: "GET", Path: "/edit", Action: account.Edit, Handler: ok},
		{Method: "POST", Path: "/edit", Action: account.Edit, Handler: ok},
		{Method: "GET", Path: "/publish", Action: account.Publish, Handler: ok},
		{Method: "POST", Path: "/publish", Action: account.Publish, Handler: ok},
		{Method: "GET", Path: "/unknown", Action: "edition.unknown", Handler: ok},
	})
	for _, c := range []struct {
		method, path   string
		nobody, editor int
	}{
		{"GET", "/public", 200, 200}, {"HEAD", "/public", 200, 200}, {"POST", "/public", 404, 404},
		{"GET", "/forgotten", 303, 403}, {"GET", "/edit", 303, 200}, {"HEAD", "/edit", 303, 200}, {"POST", "/edit", 401, 200},
		{"GET", "/publish", 303, 403}, {"POST", "/publish", 401, 403}, {"GET", "/unknown", 303, 403},
		{"PUT", "/edit", 404, 404}, {"DELETE", "/edit", 404, 404}, {"OPTIONS", "/edit", 404, 404}, {"TRACE", "/edit", 404, 404},
		{"GET", "/nowhere", 404, 404}, {"GET", "/edit/", 404, 404}, {"GET", "/EDIT", 404, 404}, {"GET", "//edit", 404, 404},
	} {
		for cookie, want := range map[string]int{"": c.nobody, editors: c.editor} {
			status, body, _ := ask(t, app, request(c.method, c.path, "", "Cookie", cookie))
			if status != want || status != 200 && strings.Contains(body, "opened") {
				t.Errorf("%s %s with %q: %d %q, want %d", c.method, c.path, cookie, status, body, want)
			}
		}
	}
	_, _, a := ask(t, app, request("GET", "/edit?a=1&next=//evil.example", ""))
	if got := a.Header.Get("Location"); got != "/sign-in?next=%2Fedit%3Fa%3D1%26next%3D%2F%2Fevil.example" {
		t.Errorf("leads to %s", got)
	}
	if status, _, _ := ask(t, app, request("GET", "/edit", "", "Accept", "application/json")); status != 401 {
		t.Errorf("script is answered %d", status)
	}
}

func TestEveryAnswerKeepsThePageToItself(t *testing.T) {
	a := visit(t, answering(func(c *fiber.Ctx) error { return c.SendString("x") })).Get("/").Is(200)
	for name, want := range map[string]string{
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin",
		"Cross-Origin-Opener-Policy": "same-origin", "Content-Security-Policy": "default-src 'none'",
	} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if a.Header.Get("Server") != "" || a.Header.Get("Permissions-Policy") == "" {
		t.Errorf("%v", a.Header)
	}
}

func TestRequestsHaveADeadline(t *testing.T) {
	visit(t, answering(func(c *fiber.Ctx) error {
		if at, ok := Context(c).Deadline(); !ok || at.IsZero() {
			t.Error("the handler might run for ever")
		}
		return nil
	})).Get("/").Is(200)
}

// What this package answers must not change under those who keep it: fiber
// uses the memory of a request again for the next one on the connection.
func TestWhatIsKeptDoesNotChangeWithTheNextRequest(t *testing.T) {
	record(t)
	type kept struct{ param, query, header, form, token, address, path string }
	var mu sync.Mutex
	var all []kept
	app := newApp()
	app.Post("/:name", func(c *fiber.Ctx) error {
		form, err := ReadForm(c)
		if err != nil {
			return err
		}
		q, err := Query(c, "q", 50)
		if err != nil {
			return err
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, kept{Param(c, "name"), q, CSRFToken(c), form.Text("f", 50), SessionToken(c), Address(c), NewBase(nil, c.Path()).Path})
		return nil
	})
	conn, err := net.Dial("tcp", listen(t, app))
	must(t, err)
	defer conn.Close()
	answers := bufio.NewReader(conn)
	const requests = 50
	word := func(i int) string { return fmt.Sprintf("chu-%03d", i) }
	for i := range requests {
		_, err := fmt.Fprintf(conn, "POST /%[1]s?q=%[1]s HTTP/1.1\r\nHost: x\r\nCookie: session=%[1]s\r\nContent-Type: %[2]s\r\nContent-Length: 9\r\n\r\nf=%[1]s", word(i), urlencoded)
		must(t, err)
		a, err := http.ReadResponse(answers, nil)
		must(t, err)
		a.Body.Close()
		if a.StatusCode != 200 {
			t.Fatalf("status %d", a.StatusCode)
		}
	}
	seen := map[string]bool{}
	for i, k := range all {
		w := word(i)
		if k.param != w || k.query != w || k.form != w || k.token != w || k.path != "/"+w || k.address != "127.0.0.1" {
			t.Errorf("request %d is kept as %+v", i, k)
		}
		seen[k.header] = true
	}
	if len(seen) != requests {
		t.Errorf("%d form tokens of %d sessions", len(seen), requests)
	}
}

// A server that is told to stop while it starts does not start.
func TestServeStoppedBeforeItBeganEnds(t *testing.T) {
	for range 20 {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		must(t, err)
		ctx, stop := context.WithCancel(t.Context())
		stop()
		done := make(chan error, 1)
		go func() { done <- Serve(ctx, newApp(), l) }()
		apptest.Eventually(t, "the server ends", func() bool { return len(done) == 1 })
		must(t, <-done)
	}
}

// Told to stop, a server finishes what it has begun and begins nothing new.
func TestServeFinishesWhatWasBegun(t *testing.T) {
	record(t)
	begun, goOn := make(chan struct{}), make(chan struct{})
	app := answering(func(c *fiber.Ctx) error {
		close(begun)
		<-goOn
		return c.SendString("finished")
	})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, stop := context.WithCancel(t.Context())
	served, answered := make(chan error, 1), make(chan string, 1)
	go func() { served <- Serve(ctx, app, l) }()
	go func() {
		a, err := http.Get("http://" + l.Addr().String() + "/")
		if err != nil {
			answered <- err.Error()
			return
		}
		defer a.Body.Close()
		answered <- fmt.Sprint(a.StatusCode)
	}()
	<-begun
	stop()
	close(goOn)
	if got := <-answered; got != "200" {
		t.Errorf("answered %s", got)
	}
	must(t, <-served)
	if _, err := net.Dial("tcp", l.Addr().String()); err == nil {
		t.Error("it still listens")
	}
}
