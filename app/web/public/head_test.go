package public_test

import (
	"encoding/json"
	"testing"

	"doingoai/app/apptest"
)

// checkStructuredData reads the article's description in schema.org's words.
func checkStructuredData(t *testing.T, a *apptest.Answer, address string) {
	t.Helper()
	var d map[string]any
	if err := json.Unmarshal([]byte(apptest.Text(a.All("script[type='application/ld+json']")[0])), &d); err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]any{
		"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Sóc Bom Bo hamlet", "inLanguage": "en", "url": address,
		"datePublished": "2026-07-01T01:03:00Z", "articleSection": "Culture and tourism",
	} {
		if d[key] != want {
			t.Errorf("%s is %v, want %v", key, d[key], want)
		}
	}
}
