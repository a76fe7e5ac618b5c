// Package web is what the sites of the program have in common: how a fiber
// application is built, how errors become answers, how forms are read, who is
// signed in, and how a route table is kept.
//
// fiber lives here and in the packages below. Strings that fiber hands out
// point into buffers it uses again for the next request; everything in this
// package copies what it answers, and no *fiber.Ctx leaves a handler.
package web

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"runtime/debug"
	"strings"
	"time"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/store"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// Options are what an application needs to be built.
type Options struct {
	Name string
	// BodyLimit is the most bytes of a request's body; more is answered 413.
	BodyLimit int
	// Roomy, when set, answers how many bytes a request may hold that shows the
	// session or the token of a person, who is found by Whose; for most addresses
	// 0, which means BodyLimit.
	Roomy func(method, path, media string) int
	Whose Whose
	// First, when set, sees requests before fiber does, and hands on those that
	// it does not answer.
	First func(next fasthttp.RequestHandler) fasthttp.RequestHandler
	// HTTPS says that people reach the application by https, whatever a proxy
	// says of a single request.
	HTTPS bool
	// Secret are the first words of addresses, such as "ticket", whose rest lets
	// its holder in and stays out of the log.
	Secret []string
	// Proxies are the addresses of reverse proxies whose X-Forwarded-For is believed.
	Proxies []string
	// ErrorPage shows a refusal (err is a fault) or a mistake of ours under an
	// identifier that is also in the log. It must not fail.
	ErrorPage func(c *fiber.Ctx, status int, id string, err error) error
	// Policy is the Content-Security-Policy of every page.
	Policy string
}

// Times within which a client must send and take, and a handler must answer.
const (
	readTimeout  = 30 * time.Second
	writeTimeout = 60 * time.Second
	idleTimeout  = 90 * time.Second
	deadline     = 20 * time.Second
)

// maxHeader is the most bytes of request line and headers together.
const maxHeader = 16 << 10

// NewApp builds an application with its safeguards: limits, a deadline for
// each request, security headers, one log line a request, and an error
// handler that never shows what went wrong inside.
func NewApp(o Options) *fiber.App {
	app := fiber.New(fiber.Config{
		AppName: o.Name, DisableStartupMessage: true, BodyLimit: o.BodyLimit,
		ReadTimeout: readTimeout, WriteTimeout: writeTimeout, IdleTimeout: idleTimeout,
		ReadBufferSize: maxHeader, WriteBufferSize: 64 << 10,
		EnableTrustedProxyCheck: true, TrustedProxies: o.Proxies, // see Address
		StrictRouting: true, CaseSensitive: true,
		ErrorHandler: func(c *fiber.Ctx, err error) error {
			secure(c, o) // what cannot even be read has not passed guard
			return answerError(c, err, o)
		},
	})
	app.Use(func(c *fiber.Ctx) error { return guard(c, o) })
	app.Use(refuseBytes)
	stand(app, o)
	return app
}

// guard surrounds every request.
func guard(c *fiber.Ctx, o Options) (err error) {
	began := time.Now()
	id := store.NewID()
	c.Locals(idKey, id)
	secure(c, o)
	ctx, cancel := context.WithTimeout(context.Background(), deadline)
	defer cancel()
	c.SetUserContext(ctx)
	defer func() {
		if r := recover(); r != nil {
			slog.Error("a handler panicked", "id", id, "panic", r, "stack", string(debug.Stack()))
			err = errPanicked
		}
		if err != nil {
			// Answer here, so that the line below tells the status that was sent.
			err = c.App().ErrorHandler(c, err)
		}
		slog.Info("request", "app", o.Name, "id", id, "method", c.Method(), "path", o.logged(c.Path()),
			"status", c.Response().StatusCode(), "took", time.Since(began).Round(time.Microsecond))
	}()
	if isPacked(c) {
		return malformed(nil)
	}
	return c.Next()
}

// isPacked says whether a body claims to be compressed. None that is meant for
// us ever is, and unpacking one could fill any memory.
func isPacked(c *fiber.Ctx) bool {
	for _, coding := range c.Request().Header.PeekAll(fiber.HeaderContentEncoding) {
		if len(coding) > 0 && !strings.EqualFold(string(coding), "identity") {
			return true
		}
	}
	return false
}

// logged is an address as it may stand in the log.
func (o Options) logged(path string) string {
	rest := path
	for rest != "" {
		var segment string
		segment, rest, _ = strings.Cut(rest, "/")
		for _, word := range o.Secret {
			if rest != "" && strings.EqualFold(segment, word) {
				return strings.TrimSuffix(path, rest) + "…"
			}
		}
	}
	return path
}

// refuseBytes refuses an address that is no text. Handlers look for what an
// address names in databases, which take nothing else.
func refuseBytes(c *fiber.Ctx) error {
	if !utf8.ValidString(c.OriginalURL()) || !utf8.ValidString(c.Path()) {
		return malformed(nil)
	}
	return c.Next()
}

var errPanicked = errors.New("a handler panicked")

const idKey = "request id"

// secure sets the headers that keep a page to itself.
func secure(c *fiber.Ctx, o Options) {
	if o.HTTPS {
		c.Locals(httpsKey, true)
	}
	if isSecure(c) {
		c.Set(fiber.HeaderStrictTransportSecurity, StrictTransport)
	}
	c.Set(fiber.HeaderXContentTypeOptions, "nosniff")
	c.Set(fiber.HeaderReferrerPolicy, "strict-origin-when-cross-origin")
	c.Set(fiber.HeaderPermissionsPolicy, "camera=(), microphone=(), geolocation=(), payment=()")
	c.Set("Cross-Origin-Opener-Policy", "same-origin")
	if o.Policy != "" {
		c.Set(fiber.HeaderContentSecurityPolicy, o.Policy)
	}
}

// StrictTransport is the Strict-Transport-Security of every answer by https:
// for a year the browser asks for this host by nothing else.
const StrictTransport = "max-age=31536000"

// Context is the request's context, with its deadline.
func Context(c *fiber.Ctx) context.Context { return c.UserContext() }

// Param is a part of the address as it was sent, copied.
func Param(c *fiber.Ctx, name string) string { return strings.Clone(c.Params(name)) }

// Serve answers on a listener until ctx ends, then finishes what was begun.
func Serve(ctx context.Context, app *fiber.App, listener net.Listener) error {
	done := make(chan error, 1)
	go func() { done <- app.Listener(listener) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
	}
	const grace = 10 * time.Second
	if err := app.ShutdownWithTimeout(grace); err != nil {
		return err
	}
	// If it had not begun yet, it has not seen that.
	if err := listener.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
		return err
	}
	return <-done
}

// statuses turns kinds of refusal into HTTP.
var statuses = map[fault.Kind]int{
	fault.Invalid: fiber.StatusUnprocessableEntity, fault.Malformed: fiber.StatusBadRequest,
	fault.SignedOut: fiber.StatusUnauthorized, fault.Forbidden: fiber.StatusForbidden,
	fault.NotFound: fiber.StatusNotFound, fault.Gone: fiber.StatusGone, fault.Conflict: fiber.StatusConflict,
	fault.NotPossible: fiber.StatusConflict, fault.TooLarge: fiber.StatusRequestEntityTooLarge,
	fault.TooMany: fiber.StatusTooManyRequests, fault.Unavailable: fiber.StatusServiceUnavailable,
	fault.Internal: fiber.StatusInternalServerError,
}

// Status is the HTTP status of an error.
func Status(err error) int { return statuses[fault.KindOf(err)] }
