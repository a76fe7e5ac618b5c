package web

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"doingoai/app/fault"

	"github.com/gofiber/fiber/v2"
)

// inside is what nobody outside may read.
const inside = "pq: password authentication failed for user bao_binh_phuoc"

// TestNothingInsideIsEverShown plants a text in everything that can go wrong.
func TestNothingInsideIsEverShown(t *testing.T) {
	for name, c := range map[string]struct {
		h      fiber.Handler
		status int
	}{
		"an error":              {func(*fiber.Ctx) error { return errors.New(inside) }, 500},
		"a wrapped error":       {func(*fiber.Ctx) error { return fmt.Errorf("load: %w", errors.New(inside)) }, 500},
		"a panic":               {func(*fiber.Ctx) error { panic(inside) }, 500},
		"a panic with an error": {func(*fiber.Ctx) error { panic(errors.New(inside)) }, 500},
		"a slip of the program": {func(c *fiber.Ctx) error { return c.SendString([]string{inside}[1+len(c.Body())]) }, 500},
		"a cause": {func(*fiber.Ctx) error {
			return &fault.Error{Kind: fault.NotPossible, Message: fault.Say("error.x"), Cause: errors.New(inside)}
		}, 409},
		"an error of fiber":           {func(*fiber.Ctx) error { return fiber.NewError(500, inside) }, 500},
		"an unusual error of fiber":   {func(*fiber.Ctx) error { return fiber.NewError(418, inside) }, 500},
		"a known error of fiber":      {func(*fiber.Ctx) error { return fiber.NewError(404, inside) }, 404},
		"an error after half a page":  {func(c *fiber.Ctx) error { c.WriteString(inside); return errors.New(inside) }, 500},
		"an unknown kind of refusal":  {func(*fiber.Ctx) error { return fault.New(fault.Internal, "error.x") }, 500},
		"a header before the mistake": {func(c *fiber.Ctx) error { return errors.Join(errors.New(inside), io.ErrUnexpectedEOF) }, 500},
	} {
		t.Run(name, func(t *testing.T) {
			record(t)
			a := visit(t, answering(c.h)).Get("/").Is(c.status)
			if strings.Contains(a.Body, inside) || strings.Contains(fmt.Sprint(a.Header), inside) {
				t.Errorf("shown: %s %v", a.Body, a.Header)
			}
			if a.Header.Get("Cache-Control") != "no-store" || a.Header.Get("Content-Security-Policy") == "" {
				t.Errorf("headers %v", a.Header)
			}
		})
	}
}

// Whoever meets a mistake of ours gets an identifier under which the log has
// the cause; refusals have none, for there is nothing to look up.
func TestMistakeIsInTheLogUnderItsIdentifier(t *testing.T) {
	for name, h := range map[string]fiber.Handler{
		"an error": func(*fiber.Ctx) error { return errors.New(inside) },
		"a panic":  func(*fiber.Ctx) error { panic(inside) },
	} {
		log := record(t)
		a := visit(t, answering(h)).Get("/").Is(500)
		_, id, _ := strings.Cut(strings.TrimSpace(a.Body), " ")
		var line struct {
			ID    string `json:"id"`
			Level string `json:"level"`
		}
		must(t, json.Unmarshal([]byte(log.line(inside)), &line))
		if id == "" || line.ID != id || line.Level != "ERROR" {
			t.Errorf("%s: shown %q, logged %+v", name, id, line)
		}
		if got := log.line(`"msg":"request"`); !strings.Contains(got, id) || !strings.Contains(got, `"status":500`) {
			t.Errorf("%s: %s", name, got)
		}
	}
	log := record(t)
	a := visit(t, answering(func(*fiber.Ctx) error { return fault.New(fault.Conflict, "error.conflict.title") })).Get("/").Is(409)
	if a.Body != "409  error.conflict.title" || log.line("ERROR") != "" {
		t.Errorf("%q %s", a.Body, log.line("ERROR"))
	}
}

func TestEveryKindOfRefusalHasItsStatus(t *testing.T) {
	for kind, status := range map[fault.Kind]int{
		fault.Invalid: 422, fault.Malformed: 400, fault.SignedOut: 401, fault.Forbidden: 403, fault.NotFound: 404, fault.Gone: 410,
		fault.Conflict: 409, fault.NotPossible: 409, fault.TooLarge: 413, fault.TooMany: 429, fault.Unavailable: 503,
	} {
		err := &fault.Error{Kind: kind, Message: fault.Say("error.x"), RetryAfter: 7}
		a := visit(t, answering(func(*fiber.Ctx) error { return fmt.Errorf("at: %w", err) })).Get("/").Is(status)
		if a.Header.Get("Retry-After") != "7" {
			t.Errorf("%s: %v", kind, a.Header)
		}
	}
	if Status(errors.New("x")) != 500 {
		t.Errorf("an error of ours: %d", Status(errors.New("x")))
	}
}

// What the server below refuses before any handler is answered like the rest:
// by our page, with our headers.
func TestRequestsThatCannotBeReadAreAnsweredProperly(t *testing.T) {
	record(t)
	address := listen(t, answering(func(c *fiber.Ctx) error {
		if _, err := ReadForm(c); err != nil {
			return err
		}
		return c.SendString("read")
	}))
	long := strings.Repeat("x", 70<<10)
	const form = "Content-Type: application/x-www-form-urlencoded\r\n"
	for name, c := range map[string]struct {
		raw    string
		status int
	}{
		"a body over the limit":          {"POST / HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 71680\r\n\r\n" + long, 413},
		"a huge body announced":          {"POST / HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 999999999999\r\n\r\nx", 413},
		"a body over the limit, in bits": {"POST / HTTP/1.1\r\nHost: x\r\n" + form + "Transfer-Encoding: chunked\r\n\r\n11800\r\n" + long + "\r\n0\r\n\r\n", 413},
		"headers over the limit":         {"GET / HTTP/1.1\r\nHost: x\r\nX-Long: " + long + "\r\n\r\n", 400},
		"an address over the limit":      {"GET /" + long + " HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		"no HTTP":                        {"Xin chào\r\n\r\n", 400},
		"a length that is none":          {"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: nhiều\r\n\r\n", 400},
		"an address of bytes":            {"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		"a query of bytes":               {"GET /?q=\xff HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		"an unknown method":              {"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
		"an unknown address":             {"GET /không-có HTTP/1.1\r\nHost: x\r\n\r\n", 404},
		"a broken multipart":             {"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=a\r\nContent-Length: 5\r\n\r\nxxxxx", 400},
		"a multipart without boundary":   {"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data\r\nContent-Length: 5\r\n\r\nxxxxx", 400},
		"a body at the limit":            {"POST / HTTP/1.1\r\nHost: x\r\n" + form + "Content-Length: 65536\r\n\r\n" + long[:64<<10], 200},
	} {
		t.Run(name, func(t *testing.T) {
			conn, err := net.Dial("tcp", address)
			must(t, err)
			defer conn.Close()
			go conn.Write([]byte(c.raw)) // the server may close before it has read all
			a, err := http.ReadResponse(bufio.NewReader(conn), nil)
			must(t, err)
			defer a.Body.Close()
			body, err := io.ReadAll(a.Body)
			must(t, err)
			if a.StatusCode != c.status {
				t.Errorf("status %d, want %d: %s", a.StatusCode, c.status, body)
			}
			if c.status != 200 && !strings.HasPrefix(string(body), fmt.Sprint(c.status, "  error.")) {
				t.Errorf("answered %q", body)
			}
			if a.Header.Get("X-Content-Type-Options") != "nosniff" || a.Header.Get("Content-Security-Policy") != "default-src 'none'" {
				t.Errorf("headers %v", a.Header)
			}
		})
	}
}
