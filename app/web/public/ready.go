package public

import (
	"bytes"
	"strconv"
	"sync"

	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/valyala/fasthttp"
)

// keys lends buffers for cache keys.
var keys = sync.Pool{New: func() any { b := make([]byte, 0, 256); return &b }}

// readyOr answers requests for a page that is ready, and hands every other
// one to next. A ready page is kept under its outlet and canonical address;
// an address written otherwise goes the long way and finds it there.
func (s *Site) readyOr(next fasthttp.RequestHandler) fasthttp.RequestHandler {
	return func(ctx *fasthttp.RequestCtx) {
		if ctx.IsGet() || ctx.IsHead() {
			buffer := keys.Get().(*[]byte)
			e := s.cached(ctx, buffer)
			keys.Put(buffer)
			if e != nil {
				write(ctx, e)
				if ctx.Response.StatusCode() != fasthttp.StatusNotModified { // the page that is kept has them
					s.secure(ctx)
				}
				return
			}
		}
		next(ctx)
	}
}

func (s *Site) cached(ctx *fasthttp.RequestCtx, buffer *[]byte) *newsstand.Entry {
	outlet := s.outlet(ctx)
	if outlet == nil {
		return nil
	}
	key := append((*buffer)[:0], outlet.ID...)
	key = append(key, ' ')
	key = append(key, ctx.Request.Header.RequestURI()...)
	*buffer = key
	return s.stand.Cached(key)
}

// outlet answers whose page a request asks for: the Host header decides, and
// a reverse proxy must hand it on as it came.
func (s *Site) outlet(ctx *fasthttp.RequestCtx) *release.Outlet {
	return s.stand.Site().OutletByHost(string(ctx.Request.Header.Host()))
}

func cacheKey(outlet, uri string) string { return outlet + " " + uri }

// header is a header of every ready page, as bytes in their canonical form:
// spelling it out anew for each answer would cost more than finding the page.
type header struct{ name, value []byte }

// guards are the headers that web.NewApp gives every other answer.
var guards = []header{
	{[]byte("Content-Security-Policy"), []byte(policy)},
	{[]byte("X-Content-Type-Options"), []byte("nosniff")},
	{[]byte("Referrer-Policy"), []byte("strict-origin-when-cross-origin")},
	{[]byte("Permissions-Policy"), []byte("camera=(), microphone=(), geolocation=(), payment=()")},
	{[]byte("Cross-Origin-Opener-Policy"), []byte("same-origin")},
}

func (s *Site) secure(ctx *fasthttp.RequestCtx) {
	h := &ctx.Response.Header
	if s.scheme == "https" {
		h.Set("Strict-Transport-Security", web.StrictTransport)
	}
	for _, g := range guards {
		h.SetCanonical(g.name, g.value)
	}
}

// fresh makes everybody ask again each time: an unchanged page is a 304, and
// a withdrawn one is gone at once.
var fresh = []byte("public, max-age=0, must-revalidate")

var (
	cacheControl   = []byte("Cache-Control")
	vary           = []byte("Vary")
	acceptEncoding = []byte("Accept-Encoding")
)

// write sends a ready answer: the smallest form the client takes, nothing
// when it has it already.
func write(ctx *fasthttp.RequestCtx, e *newsstand.Entry) {
	h := &ctx.Response.Header
	h.SetCanonical(cacheControl, fresh)
	if e.Language != "" {
		h.Set("Content-Language", e.Language)
	}
	if e.Location != "" {
		h.Set("Location", e.Location)
	}
	h.SetCanonical(vary, acceptEncoding)
	body, encoding := choose(e, ctx.Request.Header.Peek("Accept-Encoding"))
	h.Set("ETag", body.ETag)
	if e.Status == fasthttp.StatusOK && web.HasTag(ctx.Request.Header.Peek("If-None-Match"), body.ETag) {
		ctx.Response.SetStatusCode(fasthttp.StatusNotModified)
		ctx.Response.SkipBody = true
		return
	}
	h.SetContentType(e.Type)
	if encoding != "" {
		h.Set("Content-Encoding", encoding)
	}
	ctx.Response.SetStatusCode(e.Status)
	if ctx.IsHead() {
		ctx.Response.SkipBody = true
		h.Set("Content-Length", strconv.Itoa(len(body.Body)))
		return
	}
	ctx.Response.SetBodyRaw(body.Body)
}

func choose(e *newsstand.Entry, accept []byte) (*newsstand.Bytes, string) {
	if accepts(accept, "br") {
		if b, ok := e.Brotli(); ok {
			return b, "br"
		}
	}
	if accepts(accept, "gzip") {
		if b, ok := e.Gzip(); ok {
			return b, "gzip"
		}
	}
	return &e.Identity, ""
}

// accepts says whether an Accept-Encoding header names a coding without
// forbidding it by q=0.
func accepts(header []byte, coding string) bool {
	for len(header) > 0 {
		var part []byte
		part, header, _ = bytes.Cut(header, []byte(","))
		name, quality, _ := bytes.Cut(part, []byte(";"))
		if !equalFold(bytes.TrimSpace(name), coding) {
			continue
		}
		quality = bytes.TrimSpace(quality)
		if len(quality) < 2 || !equalFold(quality[:2], "q=") {
			return true
		}
		return len(bytes.Trim(quality[2:], "0.")) > 0
	}
	return false
}

func equalFold(b []byte, s string) bool {
	if len(b) != len(s) {
		return false
	}
	for i := range b {
		c := b[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != s[i] {
			return false
		}
	}
	return true
}
