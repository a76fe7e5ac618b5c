package web

import (
	"bytes"
	"log/slog"
	"sync"
	"time"

	"doingoai/app/fault"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"
)

// intake stands before the application and decides by the headers of a request
// how much of its body is read at all. Whoever wants to send more than is
// usual must ask for an address that takes more and show a session cookie or a
// token, and all such bodies that are under way at once share one allowance.
type intake struct {
	usual int
	roomy func(method, path, media string) int
	known map[string]bool // methods

	mu   sync.Mutex
	held map[*fasthttp.RequestHeader]lease // by the connection's header, which it uses again for each request
}

// lease is a part of the allowance. It ends with the request, or after a time
// in which that is certainly over: a connection that breaks before its body
// has begun tells nobody.
type lease struct {
	bytes int
	until time.Time
}

const (
	// allowance is the most bytes of large bodies under way at once: some
	// sixty pictures as cameras make them, or seven of the largest.
	allowance = 256 << 20
	// leaseTime is what a request takes at most.
	leaseTime = readTimeout + deadline
	// busyWait is after how many seconds a refused one may be sent again.
	busyWait = 10
)

// stand puts an intake before an application.
func stand(app *fiber.App, o Options) {
	in := &intake{usual: o.BodyLimit, roomy: o.Roomy, known: map[string]bool{}, held: map[*fasthttp.RequestHeader]lease{}}
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
		defer in.release(&ctx.Request.Header) // of which nothing may be left but its place
		if n := ctx.Request.Header.ContentLength(); err == fasthttp.ErrBodyTooLarge && n > in.usual && n <= in.limit(&ctx.Request.Header) {
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
	limit, n := in.limit(h), h.ContentLength()
	if n > in.usual && n <= limit && !in.take(h, n, time.Now()) {
		limit = in.usual
	}
	return fasthttp.RequestConfig{MaxRequestBodySize: limit}
}

// limit is how much a request may hold. A body of unannounced length, which no
// browser sends, is never more than usual.
func (in *intake) limit(h *fasthttp.RequestHeader) int {
	if in.roomy == nil || h.ContentLength() <= in.usual || !isIntroduced(h) {
		return in.usual
	}
	path, _, _ := bytes.Cut(h.RequestURI(), []byte("?"))
	return max(in.usual, in.roomy(string(h.Method()), string(path), string(h.ContentType())))
}

// isIntroduced says whether a request shows a session cookie or a token, be it
// whoever's.
func isIntroduced(h *fasthttp.RequestHeader) bool {
	return len(h.Cookie(sessionCookie)) > 0 || len(h.Cookie(securePrefix+sessionCookie)) > 0 || len(h.Peek(fiber.HeaderAuthorization)) > 0
}

// take holds a part of the allowance, if there is as much left.
func (in *intake) take(h *fasthttp.RequestHeader, n int, now time.Time) bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	delete(in.held, h)
	sum := n
	for other, l := range in.held {
		if now.After(l.until) {
			delete(in.held, other)
			continue
		}
		sum += l.bytes
	}
	if sum > allowance {
		return false
	}
	in.held[h] = lease{n, now.Add(leaseTime)}
	return true
}

func (in *intake) release(h *fasthttp.RequestHeader) {
	in.mu.Lock()
	defer in.mu.Unlock()
	delete(in.held, h)
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
