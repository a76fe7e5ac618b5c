package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/release"
)

// hostile closes every context that a page may put text into.
const hostile = `"'></title></script><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}` + "`${7*7}" + "\u2028]]>&amp;"

// Whatever stands in a document or in an address is text on the page.
func TestHostileTextStaysText(t *testing.T) {
	w := newWorld(t)
	a := article(culture, "vi", "culture", 9, hostile, "xss")
	a.Kicker, a.Standfirst, a.Byline = hostile, hostile, hostile
	a.Lead = w.picture(hostile)
	a.Lead.Caption, a.Lead.Credit = hostile, hostile
	a.Source = &release.Source{Name: hostile, URL: "javascript:alert(3)"}
	a.Correction = &release.Correction{Note: hostile, At: a.Updated}
	w.publish(a)
	w.withdraw(article(removed, "vi", "culture", 4, "", ""), hostile)
	w.settle(w.section("culture", "", 3, hostile, "van-hoa", hostile, "culture"))
	r := w.reader()
	q := url.QueryEscape(hostile)
	for path, status := range map[string]int{
		"/vi/": 200, "/vi/van-hoa": 200, "/vi/van-hoa/xss-" + culture: 200, "/en/culture/soc-bom-bo-" + culture: 200, "/vi/van-hoa/x-" + removed: 410,
		"/vi/tim-kiem?q=" + q: 200, "/vi/bao-loi?about=" + url.QueryEscape("/vi/"+hostile): 200, "/vi/" + url.PathEscape(hostile): 404,
		"/vi/van-hoa/" + url.PathEscape(strings.ReplaceAll(hostile, "/", "")) + "-" + culture: 301, "/vi/tim-kiem?q=a&section=" + q: 400, "/vi/bao-loi?receipt=" + q: 200,
	} {
		answer := r.Get(path).Is(status)
		for _, bad := range []string{"<script>alert", "<img src=x", "onerror=alert(2)>\"", `href="javascript`, "</title></script>"} {
			if strings.Contains(answer.Body, bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
		if strings.ContainsAny(answer.Header.Get("Location"), "\"'<>\r\n") {
			t.Errorf("%s leads to %q", path, answer.Header.Get("Location"))
		}
		scripts := answer.All("script:not([type='application/ld+json'], [src^='/-/assets/'])")
		if len(scripts) > 0 || answer.Has("[onerror]") {
			t.Errorf("%s has a script", path)
		}
	}
	page := r.Get("/vi/van-hoa/xss-" + culture)
	if got := page.Text("h1"); got != strings.ReplaceAll(hostile, "\u2028", " ") && got != hostile {
		t.Errorf("the headline reads %q", got)
	}
	for _, path := range []string{"/vi/atom.xml", "/vi/van-hoa/atom.xml"} {
		if f := readFeed(t, r.Get(path).Is(http.StatusOK).Body); f.Entries[0].Title != hostile || strings.Contains(f.Entries[0].Content, "<script>") {
			t.Errorf("%s: %+v", path, f.Entries[0])
		}
	}
}
