package desk_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
	"doingoai/app/release"
)

func TestAMistakeOfOursShowsAnIdentifierAndNothingElse(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	path := pathOf(ref) + "/preview/" + w.portalOutlet
	type preview = func(io.Writer, *release.Outlet, []release.Section, *release.Article, string) error
	for name, fails := range map[string]preview{
		"an error": func(io.Writer, *release.Outlet, []release.Section, *release.Article, string) error {
			return errors.New("pq: password authentication failed for user postgres")
		},
		"a panic": func(io.Writer, *release.Outlet, []release.Section, *release.Article, string) error {
			panic("nil map in /srv/app.go:42")
		},
	} {
		w.desk.Preview = fails
		page := s.editor.Get(path).Is(http.StatusInternalServerError)
		for _, secret := range []string{"pq:", "postgres", "panic", ".go:", "goroutine", "nil map"} {
			if strings.Contains(page.Body, secret) {
				t.Errorf("%s: the page shows %q", name, secret)
			}
		}
		id, ok := strings.CutPrefix(page.Text("main p.muted"), "Mã lỗi: ")
		if !ok || len(id) < 8 || !strings.Contains(page.Text("main"), "báo cho chúng tôi mã "+id) {
			t.Errorf("%s: the page says %q", name, page.Text("main"))
		}
		if page.Header.Get("Cache-Control") != "no-store" || page.Header.Get("Content-Security-Policy") == "" {
			t.Errorf("%s: the error page is not guarded", name)
		}
	}
}

func TestNothingTypedIsLostWhenTheSessionIsOver(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		ref := p.write(w.article("Bài"))
		form := formOf(p.Get(pathOf(ref)), "#editor")
		form.Set("body", "Câu cuối <b>chưa lưu</b>.")
		w.must(w.accounts.SignOut(ctx, p.token))

		page := p.Post(pathOf(ref), form).Is(http.StatusUnauthorized)
		if got := page.Attr("main a.button", "target"); got != "_blank" {
			t.Error("signing in takes the page with the text away")
		}
		if got := page.Text("#kept-body"); got != "Câu cuối <b>chưa lưu</b>." {
			t.Errorf("the page keeps %q", got)
		}
		if got, err := url.QueryUnescape(page.Attr("main a.button", "href")); err != nil || got != "/sign-in?next="+pathOf(ref) {
			t.Errorf("signing in leads to %q", got)
		}
		for _, hidden := range []string{"csrf", "lead_media", "section", "outlets"} {
			if page.Has("#kept-" + hidden) {
				t.Errorf("%s is nobody's sentence", hidden)
			}
		}
		again := w.enter(p.actor.Email) // in another tab; the form still carries the old token
		page = again.Post(pathOf(ref), form).Is(http.StatusForbidden)
		if got := page.Text("#kept-body"); got != "Câu cuối <b>chưa lưu</b>." {
			t.Errorf("with an old token the page keeps %q", got)
		}
	})
}

func TestAnotherSitesFormIsNotShown(t *testing.T) {
	w := oneWorld(t)
	page := w.visitor().Post("/new", url.Values{"headline": {"Tin của kẻ lạ"}}, "Origin", "https://evil.example").Is(http.StatusForbidden)
	if strings.Contains(page.Body, "kẻ lạ") {
		t.Error("our page shows what another site wrote")
	}
}

func TestABodyOverTheLimitIsTooLarge(t *testing.T) {
	w := oneWorld(t)
	address := strings.TrimPrefix(w.serve(), "http://")
	line, err := net.Dial("tcp", address)
	w.must(err)
	defer line.Close()
	// The newsroom refuses before the body is sent, so none is.
	_, err = fmt.Fprintf(line, "POST /new HTTP/1.1\r\nHost: %s\r\nAccept-Language: vi\r\nContent-Length: %d\r\n\r\n", address, 40<<20)
	w.must(err)
	answer, err := http.ReadResponse(bufio.NewReader(line), nil)
	w.must(err)
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	w.must(err)
	if answer.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(string(page), "<h1>Dữ liệu quá lớn</h1>") {
		t.Errorf("%d\n%s", answer.StatusCode, page)
	}
}

func TestATypedTextBeyondAllMeasureIsRefused(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	p.typing(p.write(w.article("Bài")), map[string]any{"body": strings.Repeat("x", 2*newsroom.MaxBody+1)}).Is(http.StatusUnprocessableEntity)
}

func TestAFormThatCannotBeReadIsMalformed(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	ref := p.write(w.article("Bài"))
	overTheWire := apptest.NewVisitor(t, apptest.Site(strings.TrimPrefix(w.serve(), "http://")), origin)
	overTheWire.SetCookie("session", p.token)
	many := url.Values{}
	for i := range 900 {
		many.Set(fmt.Sprint("x", i), "1")
	}
	for name, c := range map[string]struct{ kind, body string }{
		"JSON that breaks off":          {"application/json", `{"headline": "x`},
		"a list":                        {"application/json", `["x"]`},
		"a number for a list of texts":  {"application/json", `{"outlets": [1]}`},
		"an empty body":                 {"application/json", ``},
		"a multipart form without end":  {"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"headline\"\r\n\r\nx"},
		"a multipart form without name": {"multipart/form-data", "x"},
		"too many fields":               {"application/x-www-form-urlencoded", many.Encode()},
	} {
		r := httptest.NewRequest(http.MethodPost, origin+pathOf(ref), strings.NewReader(c.body))
		answer := overTheWire.Do(r, "Content-Type", c.kind, "X-CSRF-Token", p.csrf())
		if answer.Status != http.StatusBadRequest {
			t.Errorf("%s: %d", name, answer.Status)
		}
	}
	if p.open(ref).Head != 1 {
		t.Error("something was saved")
	}
}

func TestEveryPageIsGuarded(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	for _, answer := range []*apptest.Answer{
		s.editor.Get("/"), s.editor.Get("/editions"), w.visitor().Get("/sign-in"), s.editor.Get("/nothing"), w.visitor().Get("/"),
	} {
		policy := answer.Header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(policy, want) {
				t.Errorf("the policy %q lacks %s", policy, want)
			}
		}
		if strings.Contains(policy, "unsafe") || answer.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("headers %v", answer.Header)
		}
	}
}
