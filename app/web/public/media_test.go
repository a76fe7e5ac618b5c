package public_test

import (
	"net/http"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/release"
	"doingoai/app/web/public"
)

// A picture never changes under its address, but may be withdrawn: caches on
// the way ask again after a minute, and asking costs no bytes.
func TestAPictureIsAskedForAgainAndSentOnce(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	file := w.picture("Cối giã gạo").File
	first := r.Get(file.Path()).Is(http.StatusOK)
	tag := `"` + file.Hash + `"`
	if first.Body != "large" || first.Header.Get("Content-Type") != "image/png" || first.Header.Get("ETag") != tag {
		t.Errorf("%q %v", first.Body, first.Header)
	}
	part := r.Get(file.Path(), "Range", "bytes=1-2").Is(http.StatusPartialContent)
	if part.Body != "ar" || part.Header.Get("Content-Range") != "bytes 1-2/5" {
		t.Errorf("a part: %q %v", part.Body, part.Header)
	}
	again := r.Get(file.Path(), "If-None-Match", `"x", W/`+tag).Is(http.StatusNotModified)
	since := r.Get(file.Path(), "If-Modified-Since", first.Header.Get("Last-Modified")).Is(http.StatusNotModified)
	if again.Body != "" || since.Body != "" {
		t.Errorf("sent again: %q %q", again.Body, since.Body)
	}
	if got := r.Get(file.Path(), "If-None-Match", `"x"`).Is(http.StatusOK).Body; got != "large" {
		t.Errorf("another tag: %q", got)
	}
	for name, a := range map[string]*apptest.Answer{"whole": first, "a part": part, "known": again, "known by time": since} {
		if a.Header.Get("Cache-Control") != "public, max-age=60, must-revalidate" || a.Header.Get("X-Content-Type-Options") != "nosniff" ||
			a.Header.Get("Content-Security-Policy") != "default-src 'none'; sandbox" || a.Header.Get("ETag") != tag {
			t.Errorf("%s: %v", name, a.Header)
		}
	}
	for _, lang := range []string{"vi", "en"} { // the only article with it
		w.settle(w.withdraw(release.Article{ID: culture, Lang: lang, Outlets: []string{"portal"}, Section: "culture"}, ""))
	}
	gone := r.Get(file.Path(), "If-None-Match", tag).Is(http.StatusNotFound)
	if gone.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("after withdrawal: %v", gone.Header)
	}
}

// A part beyond the end is refused, not as a picture and not for keeping.
func TestAPartBeyondAPicturesEndIsRefused(t *testing.T) {
	w := newWorld(t)
	file := w.picture("Cối giã gạo").File
	for _, asked := range []string{"bytes=5-", "bytes=900-901", "bytes=x", "bytes=3-1"} {
		a := w.reader().Get(file.Path(), "Range", asked).Is(http.StatusRequestedRangeNotSatisfiable)
		for name, want := range map[string]string{
			"Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Content-Range": "bytes */5",
			"Content-Security-Policy": "default-src 'none'; sandbox", "ETag": "",
		} {
			if got := a.Header.Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", asked, name, got, want)
			}
		}
	}
}

// What cannot be read, or read in two ways, is refused on the readers' side
// too, before a ready page is looked for.
func TestOddRequestsAreRefusedByThePageThatIsReady(t *testing.T) {
	w := newWorld(t)
	w.reader().Get("/vi/").Is(http.StatusOK)
	for _, request := range []string{
		"GET /vi/ HTTP/1.1\r\nHost: portal.localhost\r\nContent-Length: 5\r\nContent-Length: 0\r\n\r\n",
		"GET /vi/ HTTP/1.1\r\nHost: portal.localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
		"FOO /vi/ HTTP/1.1\r\nHost: portal.localhost\r\n\r\n",
	} {
		status, header, body := w.wire(request)
		if status != http.StatusBadRequest || header.Get("Content-Security-Policy") == "" || header.Get("Cache-Control") != "no-store" || !strings.Contains(body, "<h1") {
			t.Errorf("%q: %d %v\n%.300s", request, status, header, body)
		}
	}
}

// Where readers come by https, every answer tells their browsers to stay with it.
func TestReadersByHTTPSAreKeptThere(t *testing.T) {
	w := newWorld(t)
	for url, want := range map[string]string{"https://": "max-age=31536000", "http://:8080": ""} {
		site, err := public.New(public.Options{Stand: w.stand, Words: words(t), Themes: looks(t), PublicURL: url})
		if err != nil {
			t.Fatal(err)
		}
		r := apptest.NewVisitor(t, site.App(), "http://portal.localhost")
		for _, path := range []string{"/vi/", "/vi/", "/vi/khong-co", "/-/health", w.picture("x").Path()} {
			if got := r.Get(path).Header.Get("Strict-Transport-Security"); got != want {
				t.Errorf("%s of %s: %q", path, url, got)
			}
		}
	}
}
