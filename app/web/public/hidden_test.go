package public_test

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"doingoai/app/apptest"
)

// What was never released, or is no longer, is in no byte that the public can
// ask for: no page, list, feed, map, search, link, language switch or form.
func TestWhatIsNotReleasedIsNowhere(t *testing.T) {
	w := newWorld(t)
	secret := article(parks, "en", "parks", 5, "Unreleased headline", "unreleased-slug")
	secret.Standfirst, secret.HTML = "Unreleased standfirst", "<p>Unreleased body</p>"
	w.publish(secret)
	w.settle(w.withdraw(secret, "")) // it was there for a moment; caches must not remember
	for address, body := range crawl(t, w.reader()) {
		if strings.Contains(strings.ToLower(body), "unreleased") {
			t.Errorf("%s tells of it", address)
		}
		for _, a := range addresses(body) {
			if about := named(a); strings.HasPrefix(about, "/en/") && strings.HasSuffix(about, parks) && !slices.Contains(guesses, address) {
				t.Errorf("%s leads to %s", address, a)
			}
		}
	}
}

// named is the page that an address names: of a report's form, the one that it
// is about.
func named(a string) string {
	if u, err := url.Parse(a); err == nil && u.Query().Has("about") {
		return u.Query().Get("about")
	}
	return a
}

// Every link of every page leads somewhere.
func TestNoLinkIsDead(t *testing.T) {
	pages := crawl(t, newWorld(t).reader())
	if len(pages) < 25 {
		t.Errorf("only %d pages were found", len(pages))
	}
}

// guesses are addresses to which nothing leads, and which are answered with
// a refusal that names them again.
var guesses = []string{
	"/en/industrial-parks/unknown-" + parks, "/en/culture/x-" + removed,
	"/en/report-error?about=" + url.QueryEscape("/en/industrial-parks/x-"+parks),
}

// crawl asks for everything that can be reached, for searches, and for guesses.
func crawl(t *testing.T, r *apptest.Visitor) map[string]string {
	t.Helper()
	seen := map[string]string{}
	ask := append([]string{
		"/", "/sitemap.xml", "/robots.txt", "/vi/tim-kiem?q=headline+standfirst", "/en/search?q=headline", "/en/search?q=%22standfirst%22", "/vi/tim-kiem?q=doi+ngoai",
	}, guesses...)
	for len(ask) > 0 {
		path := ask[0]
		ask = ask[1:]
		if _, done := seen[path]; done {
			continue
		}
		answer := r.Get(path)
		seen[path] = answer.Body
		if slices.Contains(guesses, path) {
			continue
		}
		if answer.Status >= 400 {
			t.Errorf("%s is answered %d", path, answer.Status)
		}
		if location := answer.Header.Get("Location"); location != "" {
			ask = append(ask, location)
		}
		ask = append(ask, addresses(answer.Body)...)
	}
	return seen
}

// addresses are the paths of this site that a body names in any way.
func addresses(body string) []string {
	var list []string
	for _, quote := range []string{`href="`, `src="`, "<loc>", `content="http://portal.localhost:8080`} {
		for _, part := range strings.Split(body, quote)[1:] {
			end := strings.IndexAny(part, `"<`)
			if end < 0 {
				continue
			}
			path := strings.TrimPrefix(strings.ReplaceAll(part[:end], "&amp;", "&"), "http://portal.localhost:8080")
			path, _, _ = strings.Cut(path, "#")
			if strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//") {
				list = append(list, path)
			}
		}
	}
	return list
}
