package newsstand_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"doingoai/app/newsstand"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/gzip"
)

// pages is a newsstand whose cache holds a mebibyte.
func pages(t *testing.T) (*stand, *newsroom) {
	t.Helper()
	n := newNewsroom(t)
	s := newStand(t, n)
	s.catchUp(t, n)
	return s, n
}

func html(text string) func() (*newsstand.Entry, error) {
	return func() (*newsstand.Entry, error) {
		return newsstand.NewEntry(200, "text/html; charset=utf-8", []byte(text)), nil
	}
}

func page(t *testing.T, s *stand, key string, render func() (*newsstand.Entry, error)) *newsstand.Entry {
	t.Helper()
	e, err := s.Page(key, render)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestAPageIsMadeOnceInAnEpoch(t *testing.T) {
	s, n := pages(t)
	if e := s.Cached([]byte("/vi/")); e != nil {
		t.Error("a page that nobody made")
	}
	first := page(t, s, "/vi/", html("một"))
	if page(t, s, "/vi/", html("hai")) != first || s.Cached([]byte("/vi/")) != first {
		t.Error("it was made twice")
	}
	if page(t, s, "/en/", html("one")) == first {
		t.Error("another address has the same page")
	}
	s.upTo(t, n.publish(t, n.draft("a", "vi", "Một")))
	if s.Cached([]byte("/vi/")) != nil {
		t.Error("a page of an earlier epoch is still shown")
	}
	if got := page(t, s, "/vi/", html("hai")); string(got.Identity.Body) != "hai" || got.Identity.ETag == first.Identity.ETag {
		t.Errorf("%q %s", got.Identity.Body, got.Identity.ETag)
	}
}

func TestAnUnchangedPageKeepsItsTagAndItsCompressedForms(t *testing.T) {
	s, n := pages(t)
	text := strings.Repeat("đối ngoại ", 200)
	first := page(t, s, "/vi/", html(text))
	packed, ok := first.Brotli()
	if !ok {
		t.Fatal("not compressed")
	}
	s.upTo(t, n.publish(t, n.draft("a", "vi", "Một")))
	again := page(t, s, "/vi/", html(text))
	if again == first || again.Identity.ETag != first.Identity.ETag {
		t.Error("the same bytes have another tag")
	}
	if b, ok := again.Brotli(); !ok || &b.Body[0] != &packed.Body[0] {
		t.Error("the same bytes were compressed again")
	}
}

func TestAnErrorIsNotKept(t *testing.T) {
	s, _ := pages(t)
	broken := errors.New("broken")
	if _, err := s.Page("/vi/", func() (*newsstand.Entry, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("Page() = %v", err)
	}
	if got := page(t, s, "/vi/", html("ok")); string(got.Identity.Body) != "ok" {
		t.Errorf("%q", got.Identity.Body)
	}
}

func TestManyReadersOfOnePageCauseOneRender(t *testing.T) {
	s, _ := pages(t)
	var renders atomic.Int32
	var readers sync.WaitGroup
	for range 50 {
		readers.Go(func() {
			e, err := s.Page("/vi/", func() (*newsstand.Entry, error) {
				renders.Add(1)
				return html("một")()
			})
			if err != nil || string(e.Identity.Body) != "một" {
				t.Errorf("%v", err)
			}
		})
	}
	readers.Wait()
	if n := renders.Load(); n != 1 {
		t.Errorf("%d renders", n)
	}
}

// What changes while a page is being made must not be hidden by it.
func TestAPageThatIsOvertakenIsNotShownLater(t *testing.T) {
	s, n := pages(t)
	page(t, s, "/vi/", func() (*newsstand.Entry, error) {
		s.upTo(t, n.publish(t, n.draft("a", "vi", "Một")))
		if got := page(t, s, "/vi/", html("new")); string(got.Identity.Body) != "new" {
			t.Errorf("%q", got.Identity.Body)
		}
		return html("old")()
	})
	if e := s.Cached([]byte("/vi/")); e == nil || string(e.Identity.Body) != "new" {
		t.Errorf("%+v", e)
	}
}

func TestTheCacheIsBounded(t *testing.T) {
	s, _ := pages(t)
	big := strings.Repeat("x", 100<<10)
	page(t, s, "/too-big", html(big))
	if s.Cached([]byte("/too-big")) != nil {
		t.Error("a page of more than an eighth of the cache is kept")
	}
	body := strings.Repeat("x", 4<<10)
	for i := range 2000 {
		page(t, s, "/vi/", html(body)) // asked for all the time
		page(t, s, fmt.Sprint("/vi/", i), html(body))
		if st, err := s.Status(ctx); err != nil || st.Cache.Bytes > 1<<20 || st.Cache.Entries > 200 {
			t.Fatalf("after %d: %+v %v", i, st.Cache, err)
		}
	}
	st, err := s.Status(ctx)
	if err != nil || st.Cache.Entries < 50 {
		t.Errorf("%+v %v", st.Cache, err)
	}
	if st.Cache.Renders > 2500 {
		t.Errorf("%d renders: a page that is asked for all the time does not stay", st.Cache.Renders)
	}
}

func TestManyReadersWhileReleasesComeSeeWholePages(t *testing.T) {
	s, n := pages(t)
	var readers sync.WaitGroup
	for r := range 8 {
		readers.Go(func() {
			for i := range 300 {
				key := fmt.Sprint("/", (i*7+r)%40)
				want := key + strings.Repeat(key, 2000)
				e := s.Cached([]byte(key))
				if e == nil {
					e, _ = s.Page(key, html(want))
				}
				if b, ok := e.Gzip(); string(e.Identity.Body) != want || ok && len(b.Body) >= len(want) {
					t.Errorf("%s: a page of %d bytes", key, len(e.Identity.Body))
				}
			}
		})
	}
	for i := range 5 {
		s.upTo(t, n.publish(t, n.draft(fmt.Sprint("a", i), "vi", "Một")))
	}
	readers.Wait()
}

func TestLookingUpAReadyPageDoesNotAllocate(t *testing.T) {
	s, _ := pages(t)
	page(t, s, "portal /vi/", html("một"))
	key := []byte("portal /vi/")
	if n := testing.AllocsPerRun(100, func() { s.Cached(key) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestTextIsCompressedWhereItPays(t *testing.T) {
	text := strings.Repeat("đối ngoại ", 100)
	for _, c := range []struct {
		mediaType, body string
		want            bool
	}{
		{"text/html; charset=utf-8", text, true},
		{"application/atom+xml; charset=utf-8", text, true},
		{"application/json", text, true},
		{"image/svg+xml", text, true},
		{"text/html; charset=utf-8", "short", false},
		{"image/png", text, false},
		{"", text, false},
	} {
		e := newsstand.NewEntry(200, c.mediaType, []byte(c.body))
		g, gzipped := e.Gzip()
		b, brotlied := e.Brotli()
		if gzipped != c.want || brotlied != c.want {
			t.Errorf("%s, %d bytes: gzip %v, brotli %v", c.mediaType, len(c.body), gzipped, brotlied)
			continue
		}
		if !c.want {
			continue
		}
		unzipped, err := gzip.NewReader(bytes.NewReader(g.Body))
		if err != nil {
			t.Fatal(err)
		}
		for tag, from := range map[string]io.Reader{g.ETag: unzipped, b.ETag: brotli.NewReader(bytes.NewReader(b.Body))} {
			if got, err := io.ReadAll(from); err != nil || string(got) != c.body || tag == e.Identity.ETag {
				t.Errorf("%s %s: %v", c.mediaType, tag, err)
			}
		}
		if g.ETag == b.ETag {
			t.Error("two forms share one strong tag")
		}
	}
}
