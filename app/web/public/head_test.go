package public_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/release"
)

// checkStructuredData reads the article's description in schema.org's words.
func checkStructuredData(t *testing.T, a *apptest.Answer, address string) {
	t.Helper()
	d := structuredData(t, a)
	for key, want := range map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Sóc Bom Bo hamlet", "inLanguage": "en", "url": address,
		"datePublished": "2026-07-01T01:03:00Z", "articleSection": "Culture and tourism",
	} {
		if d[key] != want {
			t.Errorf("%s is %v, want %v", key, d[key], want)
		}
	}
}

func structuredData(t *testing.T, a *apptest.Answer) (d map[string]any) {
	t.Helper()
	if err := json.Unmarshal([]byte(apptest.Text(a.All("script[type='application/ld+json']")[0])), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// The agency that owns an article answers for it, wherever it is read.
func TestAnArticleNamesWhoAnswersForIt(t *testing.T) {
	w := newWorld(t)
	w.put(release.AgencyKind, "board", release.Agency{ID: "board", Names: map[string]string{"vi": "Ban Quản lý", "en": "Management Board"}})
	a := article(parks, "en", "parks", 2, "Sikico", "sikico")
	a.Agency = "board"
	w.settle(w.publish(a))
	for path, want := range map[string]map[string]any{
		"/en/industrial-parks/sikico-" + parks: {"@type": "Organization", "name": "Management Board"},
		"/en/investment/merger-" + merger:      {"@type": "Organization", "name": "Office of the Provincial People's Committee", "url": "http://portal.localhost:8080/"},
	} {
		d := structuredData(t, w.reader().Get(path).Is(http.StatusOK))
		for _, role := range []string{"author", "publisher"} {
			got := d[role].(map[string]any)
			if got["name"] != want["name"] || got["@type"] != want["@type"] || got["url"] != want["url"] {
				t.Errorf("%s: the %s is %v", path, role, got)
			}
		}
		if d["creditText"] != "Ban Biên tập" {
			t.Errorf("%s: the credit is %v", path, d["creditText"])
		}
	}
}
