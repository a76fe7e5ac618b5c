package public_test

import (
	"compress/gzip"
	"encoding/json"
	"net/http"
	"os"
	"slices"
	"strings"
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

// A translation names what it was translated from, and the source its translations.
func TestAnArticleNamesItsOtherLanguages(t *testing.T) {
	r := newWorld(t).reader()
	vi, en := "http://portal.localhost:8080/vi/dau-tu/hop-nhat-"+merger, "http://portal.localhost:8080/en/investment/merger-"+merger
	of, ok := structuredData(t, r.Get("/en/investment/merger-"+merger).Is(http.StatusOK))["translationOfWork"].(map[string]any)
	if !ok || of["url"] != vi || of["inLanguage"] != "vi" {
		t.Errorf("the translation is of %v", of)
	}
	d := structuredData(t, r.Get("/vi/dau-tu/hop-nhat-"+merger).Is(http.StatusOK))
	into, ok := d["workTranslation"].([]any)
	if !ok || len(into) != 1 || into[0].(map[string]any)["url"] != en || d["translationOfWork"] != nil {
		t.Errorf("the source is translated as %v", into)
	}
}

// Whatever pages tell machines is in the vocabulary of schema.org: types that
// there are, with properties that they have.
func TestStructuredDataIsSchemaOrgs(t *testing.T) {
	words := vocabulary(t)
	w := newWorld(t)
	a := article(culture, "en", "culture", 5, "Sóc Bom Bo </script><b>", "soc-bom-bo")
	a.Lead = w.picture("Rice mortars")
	a.Source = &release.Source{Name: "Source", URL: "https://source.example/1"}
	a.Claim = &release.Claim{URL: "https://claim.example/", Text: "The gate is closed.", Body: "Department"}
	a.Correction = &release.Correction{Note: "It was wrong.", Right: "72", At: a.Updated}
	w.settle(w.publish(a))
	var all strings.Builder
	for path, want := range map[string][]string{
		"/en/": {"GovernmentOrganization", "WebSite", "SearchAction", "EntryPoint"}, "/en/culture": {"BreadcrumbList", "CollectionPage", "ItemList", "ListItem"},
		"/en/culture/soc-bom-bo-" + culture: {"NewsArticle", "ImageObject", "CorrectionComment", "ClaimReview", "BreadcrumbList"},
	} {
		seen := map[string]bool{}
		for _, script := range w.reader().Get(path).Is(http.StatusOK).All("script[type='application/ld+json']") {
			text := apptest.Text(script)
			var d any
			if err := json.Unmarshal([]byte(text), &d); err != nil {
				t.Fatalf("%s: %v in %s", path, err, text)
			}
			words.check(t, path, d, seen)
		}
		for _, name := range want {
			if !seen[name] {
				t.Errorf("%s does not tell of a %s", path, name)
			}
		}
	}
	for _, path := range []string{"/en/", "/en/culture", "/en/culture/soc-bom-bo-" + culture} {
		for _, script := range w.reader().Get(path).All("script[type='application/ld+json']") {
			all.WriteString(path + "\n" + apptest.Text(script) + "\n")
		}
	}
	golden(t, "structured.jsonl", all.String())
}

// schemaWords are the types of schema.org with those above them, and the types
// that each property belongs to.
type schemaWords struct{ above, domains map[string][]string }

func vocabulary(t *testing.T) schemaWords {
	t.Helper()
	file, err := os.Open(apptest.TestData(t, "schemas", "schemaorg-30.0-all-https.jsonld.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	plain, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	var all struct {
		Graph []map[string]any `json:"@graph"`
	}
	if err := json.NewDecoder(plain).Decode(&all); err != nil {
		t.Fatal(err)
	}
	w := schemaWords{map[string][]string{}, map[string][]string{}}
	for _, node := range all.Graph {
		id := strings.TrimPrefix(node["@id"].(string), "schema:")
		switch node["@type"] {
		case "rdfs:Class":
			w.above[id] = ids(node["rdfs:subClassOf"])
		case "rdf:Property":
			w.domains[id] = ids(node["schema:domainIncludes"])
		}
	}
	return w
}

// ids reads one reference or a list of them.
func ids(v any) (list []string) {
	switch v := v.(type) {
	case map[string]any:
		list = append(list, strings.TrimPrefix(v["@id"].(string), "schema:"))
	case []any:
		for _, one := range v {
			list = append(list, ids(one)...)
		}
	}
	return list
}

// is says whether a type is one of others or stands below one.
func (w schemaWords) is(name string, others []string) bool {
	return slices.Contains(others, name) || slices.ContainsFunc(w.above[name], func(above string) bool { return w.is(above, others) })
}

func (w schemaWords) check(t *testing.T, path string, v any, seen map[string]bool) {
	t.Helper()
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			w.check(t, path, one, seen)
		}
	case map[string]any:
		name, typed := v["@type"].(string)
		if typed && w.above[name] == nil {
			t.Errorf("%s: there is no type %q", path, name)
		}
		seen[name] = true
		for key, value := range v {
			w.check(t, path, value, seen)
			if typed && !strings.HasPrefix(key, "@") && key != "query-input" && !w.is(name, w.domains[key]) {
				t.Errorf("%s: a %s has no %q", path, name, key)
			}
		}
	}
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
