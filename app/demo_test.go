package app_test

import (
	"net/url"
	"strings"
	"testing"

	"doingoai/app"
	"doingoai/app/apptest"
)

// TestDemo fills the demo on either database and reads it as readers and
// people do.
func TestDemo(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, database string) {
		cfg := settings(t.TempDir())
		cfg.Database = database
		accounts, err := app.SeedDemo(t.Context(), cfg)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := app.SeedDemo(t.Context(), cfg); err != nil || again != nil {
			t.Errorf("seeding twice answers %d accounts: %v", len(again), err)
		}
		p := run(t, cfg)
		caughtUp(t, p.readers)
		for _, host := range []string{"portal.localhost", "newspaper.localhost", "broadcaster.localhost"} {
			for _, lang := range []string{"vi", "en"} {
				home := p.reader(t, host).Get("/" + lang + "/").Is(200)
				if got := len(home.All("main article, main li")); got < 5 {
					t.Errorf("%s in %s shows %d articles", host, lang, got)
				}
			}
		}
		if plain, portal := p.reader(t, "localhost").Get("/vi/"), p.reader(t, "portal.localhost").Get("/vi/"); plain.Text("title") != portal.Text("title") {
			t.Error("plain localhost does not show the portal")
		}
		for _, a := range accounts {
			who := p.signIn(t, a)
			who.Get("/").Is(200)
		}
		everyAddressAnswers(t, p)
	})
}

// everyAddressAnswers follows each link of the readers' site from its home
// pages on: none leads nowhere, and no page shows a missing word. Of a form
// that pages lead to with their own address, one is enough.
func everyAddressAnswers(t *testing.T, p *program) {
	t.Helper()
	v := p.reader(t, "portal.localhost")
	seen, queue := map[string]bool{}, []string{"/vi/", "/en/", "/km/", "/zh/", "/ko/", "/ja/"}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		path, _, isForm := strings.Cut(at, "?")
		if seen[at] || isForm && seen[path] {
			continue
		}
		seen[at], seen[path] = true, true
		queue = append(queue, linksOf(t, v, at)...)
	}
	if len(seen) < 60 {
		t.Errorf("only %d pages are linked", len(seen))
	}
}

// linksOf asks for a page, which must be well, and answers where it leads within the site.
func linksOf(t *testing.T, v *apptest.Visitor, at string) []string {
	t.Helper()
	page := v.Get(at)
	if page.Status != 200 || strings.Contains(page.Body, "⟦") {
		t.Errorf("%s answers %d, or shows a key instead of a sentence", at, page.Status)
		return nil
	}
	var links []string
	for _, a := range page.All("a[href]") {
		u, err := url.Parse(apptest.Attr(a, "href"))
		if err != nil {
			t.Errorf("%s links to %q", at, apptest.Attr(a, "href"))
			continue
		}
		if u.Host == "" && u.Scheme == "" && u.Path != "" {
			links = append(links, u.RequestURI())
		}
	}
	return links
}
