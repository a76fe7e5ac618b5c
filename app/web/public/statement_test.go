package public_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestTheSiteSaysWhatItKeepsAndForWhomItIsMade(t *testing.T) {
	r := newWorld(t).reader()
	for path, title := range map[string]string{
		"/vi/quyen-rieng-tu": "Quyền riêng tư", "/en/privacy": "Privacy", "/vi/tiep-can": "Khả năng tiếp cận", "/en/accessibility": "Accessibility",
	} {
		page := r.Get(path).Is(http.StatusOK)
		if page.Text("h1") != title || strings.ContainsAny(page.Text("main"), "{}") {
			t.Errorf("%s: %q, %q", path, page.Text("h1"), page.Text("main"))
		}
		lang := path[1:3]
		if name := map[string]string{"vi": "Cổng thông tin đối ngoại", "en": "External Information Portal"}[lang]; !strings.Contains(page.Text(".standfirst"), name) {
			t.Errorf("%s does not say whose it is: %q", path, page.Text(".standfirst"))
		}
		if months := map[string]string{"/vi/quyen-rieng-tu": "24 tháng sau khi", "/en/privacy": "24 months after"}[path]; !strings.Contains(page.Text(".body"), months) {
			t.Errorf("%s does not say for how long an address is kept", path)
		}
		if page.Attr(".body a", "href") == "" || !r.Get("/"+lang+"/").Has(`.footer-links a[href="`+path+`"]`) {
			t.Errorf("%s: its links, or the one to it, are missing", path)
		}
	}
	if got := r.Get("/vi/quyen-rieng-tu").Attr(".languages a[hreflang=en]", "href"); got != "/en/privacy" {
		t.Errorf("the switcher leads to %q", got)
	}
	r.Get("/en/quyen-rieng-tu").Is(http.StatusMovedPermanently).LeadsTo("/en/privacy")
}

// The map has every section once, in its place, and every fixed page.
func TestTheSiteIsATreeOfText(t *testing.T) {
	r := newWorld(t).reader()
	page := r.Get("/vi/so-do-trang").Is(http.StatusOK)
	for _, where := range []string{
		`.tree section:first-child > ul > li > a[href="/vi/dau-tu"]`, `.tree section:first-child > ul > li:first-child > ul a[href="/vi/khu-cong-nghiep"]`, `.tree a[href="/vi/tu-lieu"]`,
		`.tree a[href="/vi/lien-he"]`, `.tree a[href="/vi/su-kien"]`, `.tree a[href="/vi/quyen-rieng-tu"]`, `.tree a[href="/en/site-map"][lang=en]`,
	} {
		if got := len(page.All(where)); got != 1 {
			t.Errorf("%d times %s", got, where)
		}
	}
	if got := r.Get("/-/sitemap/0.xml").Is(http.StatusOK).Body; !strings.Contains(got, "/vi/lien-he<") || !strings.Contains(got, "/en/accessibility<") {
		t.Error("the map for machines lacks the fixed pages")
	}
}
