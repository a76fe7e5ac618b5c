package public_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"doingoai/app/apptest"

	"github.com/andybalholm/brotli"
	"github.com/valyala/fasthttp"
)

// headers of a refusal and of a page that is being made come from web; those
// of a ready page from here. They must not differ.
func TestAReadyPageCarriesTheSameHeaders(t *testing.T) {
	r := newWorld(t).reader()
	first := r.Get("/vi/").Is(http.StatusOK)
	ready := r.Get("/vi/").Is(http.StatusOK)
	for name := range first.Header {
		if name != "Date" && first.Header.Get(name) != ready.Header.Get(name) {
			t.Errorf("%s: %q, and when ready %q", name, first.Header.Get(name), ready.Header.Get(name))
		}
	}
	if len(first.Header) != len(ready.Header) {
		t.Errorf("%v and when ready %v", first.Header, ready.Header)
	}
	refused := r.Get("/vi/khong-co").Is(http.StatusNotFound)
	for _, name := range []string{"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy"} {
		if ready.Header.Get(name) == "" || ready.Header.Get(name) != refused.Header.Get(name) {
			t.Errorf("%s: %q ready, %q refused", name, ready.Header.Get(name), refused.Header.Get(name))
		}
	}
	if got := ready.Header.Get("Cache-Control"); got != "public, max-age=0, must-revalidate" {
		t.Errorf("Cache-Control: %s", got)
	}
	if got := ready.Header.Get("Content-Language"); got != "vi" {
		t.Errorf("Content-Language: %s", got)
	}
	if got := refused.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("a refusal may be kept: %s", got)
	}
}

func TestAPageComesInTheFormThatTheClientTakes(t *testing.T) {
	r := newWorld(t).reader()
	plain := r.Get("/vi/").Is(http.StatusOK)
	tags := map[string]string{}
	for accept, want := range map[string]string{
		"": "", "identity": "", "gzip": "gzip", "br": "br", "gzip, deflate, br": "br", "gzip;q=1.0, br;q=0": "gzip", "BR": "br",
		"gzip;q=0, br;q=0.0": "", "*": "", "deflate": "", "gzip;Q=0": "", "br ; q=0.5": "br", "x-gzip": "", ",,;": "",
	} {
		answer := r.Get("/vi/", "Accept-Encoding", accept).Is(http.StatusOK)
		if got := answer.Header.Get("Content-Encoding"); got != want {
			t.Errorf("%q gets %q, want %q", accept, got, want)
			continue
		}
		if unpack(t, want, answer.Body) != plain.Body {
			t.Errorf("%q: another page", accept)
		}
		if answer.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: Vary is %q", accept, answer.Header.Get("Vary"))
		}
		tag := answer.Header.Get("ETag")
		if tags[want] != "" && tags[want] != tag || tag == "" {
			t.Errorf("%q: ETag %s, before %s", accept, tag, tags[want])
		}
		tags[want] = tag
	}
	if tags[""] == tags["gzip"] || tags["gzip"] == tags["br"] {
		t.Errorf("forms share a strong tag: %v", tags)
	}
}

func unpack(t *testing.T, encoding, body string) string {
	t.Helper()
	var from io.Reader = strings.NewReader(body)
	var err error
	switch encoding {
	case "gzip":
		if from, err = gzip.NewReader(from); err != nil {
			t.Fatal(err)
		}
	case "br":
		from = brotli.NewReader(from)
	}
	plain, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(plain)
}

func TestAnUnchangedPageIsNotSentAgain(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	tag := r.Get("/vi/", "Accept-Encoding", "br").Is(http.StatusOK).Header.Get("ETag")
	for _, match := range []string{tag, `"x", ` + tag, "W/" + tag, "*"} {
		answer := r.Get("/vi/", "Accept-Encoding", "br", "If-None-Match", match).Is(http.StatusNotModified)
		if answer.Body != "" || answer.Header.Get("ETag") != tag || answer.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s: %v %q", match, answer.Header, answer.Body)
		}
	}
	r.Get("/vi/", "Accept-Encoding", "br", "If-None-Match", `"x"`).Is(http.StatusOK)
	r.Get("/vi/", "Accept-Encoding", "gzip", "If-None-Match", tag).Is(http.StatusOK)
	// A release that does not touch the page makes a new epoch, not a new page.
	other := article("zzzzzzzz33", "vi", "culture", 9, "Chỉ ở báo", "bao")
	other.Outlets = []string{"newspaper"}
	w.settle(w.publish(other))
	r.Get("/vi/", "Accept-Encoding", "br", "If-None-Match", tag).Is(http.StatusNotModified)
	w.settle(w.publish(article("zzzzzzzz34", "vi", "culture", 9, "Bài mới", "moi")))
	if got := r.Get("/vi/", "Accept-Encoding", "br", "If-None-Match", tag).Is(http.StatusOK).Header.Get("ETag"); got == tag {
		t.Error("another page has the same tag")
	}
}

func TestHEADTellsWhatGETWouldSend(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/vi/", "/vi/", "/vi/dau-tu/hop-nhat-" + merger, "/vi/atom.xml", "/sitemap.xml", "/vi/khong-co", "/vi/dau-tu/ten-cu-" + merger, "/vi/van-hoa/x-" + removed, "/vi/quyen-rieng-tu"} {
		for _, encoding := range []string{"identity", "gzip", "br"} {
			ask := func(method string) (int, http.Header, string) {
				return w.wire(method + " " + path + " HTTP/1.1\r\nHost: portal.localhost\r\nConnection: close\r\nAccept-Encoding: " + encoding + "\r\n\r\n")
			}
			status, header, body := ask("GET")
			headStatus, head, nothing := ask("HEAD")
			if status != headStatus || nothing != "" {
				t.Errorf("%s %s: %d, HEAD %d %q", path, encoding, status, headStatus, nothing)
			}
			for name := range header {
				if name != "Date" && header.Get(name) != head.Get(name) {
					t.Errorf("%s %s: %s is %q, HEAD says %q", path, encoding, name, header.Get(name), head.Get(name))
				}
			}
			if got := head.Get("Content-Length"); got != fmt.Sprint(len(body)) {
				t.Errorf("%s %s: %d bytes, HEAD says %s", path, encoding, len(body), got)
			}
		}
	}
}

// Whoever asks in whatever way must get the outlet's page, and no header of
// the request may get into it.
func TestHosts(t *testing.T) {
	w := newWorld(t)
	portal, newspaper := "Cổng thông tin đối ngoại", "Phát thanh, truyền hình tỉnh – Trang đối ngoại"
	for _, warm := range []string{"cold", "ready"} {
		for _, c := range []struct{ line, header, want string }{
			{"/vi/", "Host: portal.localhost", portal}, {"/vi/", "Host: newspaper.localhost", newspaper},
			{"/vi/", "Host: newspaper.localhost:8080", newspaper}, {"/vi/", "Host: NEWSPAPER.localhost.", newspaper},
			{"/vi/", "Host: evil.example", portal}, {"/vi/", "Host: [::1]:8080", portal}, {"/vi/", "Host: ", portal},
			{"/vi/", "Host: evil.example\r\nX-Forwarded-Host: newspaper.localhost", portal},
			{"/vi/", "Host: newspaper.localhost\r\nX-Forwarded-Host: portal.localhost\r\nX-Forwarded-Proto: https", newspaper},
			{"http://newspaper.localhost/vi/", "Host: newspaper.localhost", newspaper},
			{"/vi/?x=evil.example", "Host: portal.localhost", portal},
		} {
			status, _, body := w.wire("GET " + c.line + " HTTP/1.1\r\n" + c.header + "\r\nConnection: close\r\n\r\n")
			if status != http.StatusOK || !strings.Contains(body, "<title>"+c.want+"</title>") {
				t.Errorf("%s: %s with %q: status %d, not the page of %s", warm, c.line, c.header, status, c.want)
			}
			if strings.Contains(body, "evil") || strings.Contains(body, "https://portal") {
				t.Errorf("%s: %s with %q got into the page", warm, c.line, c.header)
			}
		}
	}
}

func TestRequestsThatNoBrowserSends(t *testing.T) {
	w := newWorld(t)
	for request, want := range map[string]int{
		"GET /vi/%zz HTTP/1.1\r\nHost: portal.localhost\r\n":                                        404,
		"GET /vi/%ff-" + merger + " HTTP/1.1\r\nHost: portal.localhost\r\n":                         404,
		"GET //vi/ HTTP/1.1\r\nHost: portal.localhost\r\n":                                          301,
		"GET /vi/#x HTTP/1.1\r\nHost: portal.localhost\r\n":                                         200,
		"GET /vi/dau-tu%2Fhop-nhat-" + merger + " HTTP/1.1\r\nHost: portal.localhost\r\n":           301,
		"GET /vi/\\..\\ HTTP/1.1\r\nHost: portal.localhost\r\n":                                     404,
		"GET /vi/dau-tu?page=2&page=3 HTTP/1.1\r\nHost: portal.localhost\r\n":                       404,
		"GET /vi/tim-kiem?q=%00%01 HTTP/1.1\r\nHost: portal.localhost\r\n":                          422,
		"BREW /vi/ HTTP/1.1\r\nHost: portal.localhost\r\n":                                          400,
		"GET /vi/ HTTP/1.1\r\nHost: portal.localhost\r\nX: " + strings.Repeat("x", 20<<10) + "\r\n": 431,
	} {
		status, header, body := w.wire(request + "Connection: close\r\n\r\n")
		if want == 431 && status == 400 {
			continue // said as a malformed request
		}
		if status != want {
			t.Errorf("%.60q: status %d, want %d", request, status, want)
		}
		if strings.Contains(body, "goroutine") || strings.Contains(header.Get("Location"), "//") {
			t.Errorf("%.60q: %v %.200s", request, header, body)
		}
	}
}

// A page that is ready costs next to nothing.
func TestAReadyPageIsNotWorkedOn(t *testing.T) {
	w := newWorld(t)
	w.reader().Get("/vi/").Is(http.StatusOK)
	ask := askReady(w, "/vi/")
	if got := testing.AllocsPerRun(200, ask); got > 1 {
		t.Errorf("%v allocations for a ready page", got)
	}
}

// askReady asks the handler itself, over and over, without a connection.
func askReady(w *world, path string) func() {
	handler := w.site.App().Server().Handler
	var c fasthttp.RequestCtx
	return func() {
		c.Request.Reset()
		c.Response.Reset()
		c.Request.SetRequestURI(path)
		c.Request.Header.SetHost("portal.localhost")
		c.Request.Header.Set("Accept-Encoding", "gzip, deflate, br")
		handler(&c)
		if c.Response.StatusCode() != http.StatusOK || !bytes.Equal(c.Response.Header.Peek("Content-Encoding"), []byte("br")) {
			w.t.Fatalf("status %d, %s", c.Response.StatusCode(), c.Response.Header.String())
		}
	}
}

func TestAssetsAreKeptForEver(t *testing.T) {
	r := newWorld(t).reader()
	home := r.Get("/vi/").Is(http.StatusOK)
	for selector, want := range map[string]string{
		"link[href$='base.css']": "text/css; charset=utf-8", "link[href$='outlet.css']": "text/css; charset=utf-8",
		"link[href$='text.woff2']": "font/woff2", "link[rel=icon]": "image/svg+xml",
	} {
		address := home.Attr(selector, "href")
		for range 2 {
			answer := r.Get(address).Is(http.StatusOK)
			if answer.Header.Get("Content-Type") != want || answer.Header.Get("Cache-Control") != "public, max-age=31536000, immutable" {
				t.Errorf("%s: %v", address, answer.Header)
			}
		}
	}
	for selector, guarded := range map[string]bool{"link[href$='base.css']": false, "link[href$='text.woff2']": false, "script[src]": false, "link[rel=icon]": true} {
		address := home.Attr(selector, "href") + home.Attr(selector, "src")
		header := r.Get(address).Is(http.StatusOK).Header
		if got := header.Get("Content-Security-Policy") != ""; got != guarded {
			t.Errorf("%s is guarded as a page is: %v", address, got)
		}
		if header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s may be taken for what it is not", address)
		}
	}
	css := r.Get(home.Attr("link[href$='base.css']", "href")).Body
	font := home.Attr("link[href$='text.woff2']", "href")
	if !strings.Contains(css, `url("`+font+`")`) {
		t.Error("the style asks for a font at an address other than the one loaded ahead")
	}
}

func TestMediaIsServedUnderItsOwnName(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	path := r.Get("/vi/van-hoa/soc-bom-bo-"+culture).Is(http.StatusOK).Attr(".lead-picture img", "src")
	file := r.Get(path).Is(http.StatusOK)
	if file.Body != "large" || file.Header.Get("Content-Type") != "image/png" {
		t.Errorf("%q %v", file.Body, file.Header)
	}
	if got := file.Header.Get("Content-Security-Policy"); got != "default-src 'none'; sandbox" {
		t.Errorf("its policy is %q", got)
	}
	r.Get(strings.Replace(path, "anh.png", "khac.png", 1)).Is(http.StatusNotFound)
	w.settle(func() int64 {
		w.withdraw(article(culture, "vi", "culture", 3, "", ""), "")
		return w.withdraw(article(culture, "en", "culture", 3, "", ""), "")
	}())
	apptest.Eventually(t, "the picture is gone with the article", func() bool { return r.Get(path).Status == http.StatusNotFound })
}
