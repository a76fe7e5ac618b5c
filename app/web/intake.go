package web

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync"
	"time"

	"doingoai/app/fault"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// intake stands before the application and decides by the headers of a request
// how much of its body is read at all. Whoever wants to send more than is
// usual must ask for an address that takes more and show the session or the
// token of a person. All such bodies that are under way at once share one
// allowance, of which each person has a share: nobody stops the others, and
// somebody without an account holds nothing at all.
type intake struct {
	usual int
	roomy func(method, path, media string) int
	whose Whose
	known map[string]bool // methods

	mu   sync.Mutex
	held map[*fasthttp.RequestHeader]lease // by the connection's header, which it uses again for each request
}

// Whose answers the person to whom a session or a token belongs, "" for nobody.
type Whose func(ctx context.Context, session, token string) (person string, err error)

// lease is a part of the allowance; one of no bytes is noted for whoever has to
// come again. It ends with the request, or after a time in which that is
// certainly over: a connection that breaks before its body has begun tells nobody.
type lease struct {
	person string
	bytes  int
	until  time.Time
}

const (
	// allowance is the most bytes of large bodies under way at once: some
	// sixty pictures as cameras make them, or seven of the largest.
	allowance = 256 << 20
	// share is how much of it one person has: three of the largest at once.
	share = 100 << 20
	// whoseTime is how long it may take to find out who somebody is.
	whoseTime = 5 * time.Second
	// leaseTime is what a request takes at most.
	leaseTime = readTimeout + deadline
	// busyWait is after how many seconds a refused one may be sent again.
	busyWait = 10
)

// stand puts an intake before an application.
func stand(app *fiber.App, o Options) {
	in := &intake{usual: o.BodyLimit, roomy: o.Roomy, whose: o.Whose, known: map[string]bool{}, held: map[*fasthttp.RequestHeader]lease{}}
	for _, method := range app.Config().RequestMethods {
		in.known[method] = true
	}
	server := app.Server()
	server.HeaderReceived = in.receive
	handle, fail := server.Handler, server.ErrorHandler
	if o.First != nil {
		handle = o.First(handle)
	}
	server.Handler = func(ctx *fasthttp.RequestCtx) {
		h := &ctx.Request.Header
		if h.ContentLength() > in.usual {
			defer in.release(h)
		}
		if isDoubtful(h) || !h.IsGet() && !in.known[string(h.Method())] {
			refuse(app, ctx, malformed(nil))
			return
		}
		handle(ctx)
	}
	server.ErrorHandler = func(ctx *fasthttp.RequestCtx, err error) {
		again := in.release(&ctx.Request.Header) // of which nothing may be left but its place
		if err == fasthttp.ErrBodyTooLarge && again {
			refuse(app, ctx, &fault.Error{Kind: fault.Unavailable, Message: fault.Say("error.unavailable.title"), RetryAfter: busyWait})
			return
		}
		fail(ctx, err)
	}
}

// refuse answers what never comes to the application, and ends the connection:
// what else is on it need not be what it seems.
func refuse(app *fiber.App, ctx *fasthttp.RequestCtx, err error) {
	c := app.AcquireCtx(ctx)
	defer app.ReleaseCtx(c)
	if err := app.ErrorHandler(c, err); err != nil {
		slog.Error("a refusal could not be answered", "error", err)
	}
	ctx.SetConnectionClose()
}

// receive answers how much of a body may follow these headers.
func (in *intake) receive(h *fasthttp.RequestHeader) fasthttp.RequestConfig {
	in.release(h)
	limit, n := in.limit(h), h.ContentLength()
	if n > in.usual && n <= limit && !in.admit(h, n) {
		limit = in.usual
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: limit}
}

// limit is how much a request may hold. A body of unannounced length, which no
// browser sends, is never more than usual.
func (in *intake) limit(h *fasthttp.RequestHeader) int {
	if in.roomy == nil || h.ContentLength() <= in.usual {
		return in.usual
	}
	path, _, _ := bytes.Cut(h.RequestURI(), []byte("?"))
	return max(in.usual, in.roomy(string(h.Method()), string(path), string(h.ContentType())))
}

// admit says whether a large body is read: of a person whom we know, as far as
// there is room. Whoever is refused for want of it may come again.
func (in *intake) admit(h *fasthttp.RequestHeader, n int) bool {
	session, token := credentials(h)
	if in.whose == nil || session == "" && token == "" {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), whoseTime)
	defer cancel()
	person, err := in.whose(ctx, session, token)
	if err != nil {
		slog.Error("whose a large body is could not be found out", "error", err)
		in.take(h, lease{until: time.Now().Add(leaseTime)}, time.Now())
		return false
	}
	return person != "" && in.take(h, lease{person, n, time.Now().Add(leaseTime)}, time.Now())
}

// credentials are the session and the token that a request shows, "" for none.
func credentials(h *fasthttp.RequestHeader) (session, token string) {
	session = string(h.Cookie(securePrefix + sessionCookie))
	if session == "" {
		session = string(h.Cookie(sessionCookie))
	}
	token, _ = Bearer(string(h.Peek(fiber.HeaderAuthorization)))
	return session, token
}

// Bearer is the token of an Authorization header.
func Bearer(header string) (token string, ok bool) {
	scheme, token, ok := strings.Cut(header, " ")
	return strings.Clone(token), ok && strings.EqualFold(scheme, "Bearer")
}

// take holds a part of the allowance, if there is as much left, for everybody
// and for this person. Otherwise it notes that they may come again.
func (in *intake) take(h *fasthttp.RequestHeader, wanted lease, now time.Time) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	delete(in.held, h)
	all, own := wanted.bytes, wanted.bytes
	for other, l := range in.held {
		if now.After(l.until) {
			delete(in.held, other)
			continue
		}
		all += l.bytes
		if l.person == wanted.person {
			own += l.bytes
		}
	}
	fits := all <= allowance && own <= share
	if !fits {
		wanted.bytes = 0
	}
	in.held[h] = wanted
	return fits
}

// release gives back what a request held, and says whether it was one that may
// come again.
func (in *intake) release(h *fasthttp.RequestHeader) (again bool) {
	in.mu.Lock()
	defer in.mu.Unlock()
	l, held := in.held[h]
	delete(in.held, h)
	return held && l.bytes == 0
}

// isDoubtful says whether somebody else, such as a proxy on the way, could see
// the end of this request at another place than we do: then what follows could
// be one request to them and another to us.
func isDoubtful(h *fasthttp.RequestHeader) bool {
	lengths, codings := 0, 0
	for line := range bytes.Lines(h.RawHeaders()) {
		if line[0] == ' ' || line[0] == '\t' {
			return true // the rest of the line before, which not everybody joins to it
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch {
		case bytes.EqualFold(name, []byte(fiber.HeaderContentLength)):
			lengths++
		case bytes.EqualFold(name, []byte(fiber.HeaderTransferEncoding)):
			codings++
			if !bytes.EqualFold(bytes.TrimSpace(value), []byte("chunked")) {
				return true
			}
		}
	}
	return lengths+codings > 1
}
