package web

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/fault"

	"github.com/gofiber/fiber/v2"
)

const origin = "http://newsroom.example"

// plainErrors shows what an error page may show: the status, the identifier
// and the message keys.
func plainErrors(c *fiber.Ctx, status int, id string, err error) error {
	text := fmt.Sprint(status, " ", id)
	if f, ok := fault.As(err); ok {
		text += " " + f.Message.Key
		for name, m := range f.Fields {
			text += " " + name + "=" + m.Key
		}
	}
	return c.Status(status).SendString(text)
}

func newApp(proxies ...string) *fiber.App {
	return NewApp(Options{Name: "test", BodyLimit: 64 << 10, Proxies: proxies, ErrorPage: plainErrors, Policy: "default-src 'none'"})
}

// answering is an application with one open address, /, for every method.
func answering(h fiber.Handler) *fiber.App {
	app := newApp()
	Mount(app, []Route{
		{Method: fiber.MethodGet, Path: "/", Public: true, Handler: h},
		{Method: fiber.MethodPost, Path: "/", Public: true, Handler: h},
	})
	return app
}

func visit(t *testing.T, app *fiber.App) *apptest.Visitor { return apptest.NewVisitor(t, app, origin) }

// people knows two session tokens, "of-editor" and "of-nobody", whose session is over.
func people(_ context.Context, token, address string) (account.Actor, account.Session, error) {
	if token != "of-editor" {
		return account.Actor{}, account.Session{}, fault.New(fault.SignedOut, "error.signed_out.title")
	}
	return account.Actor{ID: "p1", Posts: []account.Post{{Agency: "a", Role: account.Editor}}}, account.Session{}, nil
}

// listen serves an application on a real listener until the test ends.
func listen(t *testing.T, app *fiber.App) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	ctx, stop := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- Serve(ctx, app, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-done; err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	return l.Addr().String()
}

// record catches the log until the test ends.
func record(t *testing.T) *journal {
	t.Helper()
	j := &journal{}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewJSONHandler(j, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	return j
}

type journal struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.text.Write(p)
}

// line is the first line of the log with a text in it.
func (j *journal) line(text string) string {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, line := range strings.Split(j.text.String(), "\n") {
		if strings.Contains(line, text) {
			return line
		}
	}
	return ""
}

func request(method, path string, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, origin+path, strings.NewReader(body))
	r.RequestURI = path
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return r
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
