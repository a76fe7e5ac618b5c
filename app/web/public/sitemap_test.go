package public_test

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
)

func TestSiteMaps(t *testing.T) {
	r := newWorld(t).reader()
	for name, path := range map[string]string{"sitemap.xml": "/sitemap.xml", "sitemap.0.xml": "/-/sitemap/0.xml", "sitemap.1.xml": "/-/sitemap/1.xml"} {
		answer := r.Get(path).Is(http.StatusOK)
		if got := answer.Header.Get("Content-Type"); got != "application/xml; charset=utf-8" {
			t.Errorf("%s is %s", path, got)
		}
		golden(t, name, answer.Body)
	}
	r.Get("/-/sitemap/2.xml").Is(http.StatusNotFound)
}

// Those who gather news find what is new, and nothing else.
func TestTheNewsMapListsWhatIsNew(t *testing.T) {
	w := newWorld(t)
	fresh := article(parks, "vi", "parks", 2, "Khu công nghiệp <mới> & tin", "sikico")
	fresh.Published = time.Now()
	fresh.Updated = fresh.Published
	sample := article("zzzzzzzz22", "vi", "parks", 2, "Bài mẫu", "mau")
	sample.Published, sample.Updated, sample.Sample = fresh.Published, fresh.Published, true
	old := article(merger, "vi", "invest", 1, "Cũ", "cu")
	old.Published = time.Now().AddDate(0, 0, -3)
	w.publish(sample)
	w.settle(w.publish(old))
	if got := locations(w.reader().Get("/sitemap.xml").Is(http.StatusOK).Body); slices.Contains(got, "/-/sitemap/news.xml") {
		t.Errorf("a map of no news is named: %q", got)
	}
	w.settle(w.publish(fresh))
	if got := locations(w.reader().Get("/sitemap.xml").Is(http.StatusOK).Body); !slices.Contains(got, "/-/sitemap/news.xml") {
		t.Errorf("the map of news is not named: %q", got)
	}
	body := w.reader().Get("/-/sitemap/news.xml").Is(http.StatusOK).Body
	if got := locations(body); len(got) != 1 || got[0] != "/vi/khu-cong-nghiep/sikico-"+parks {
		t.Errorf("the news are %q", got)
	}
	for _, want := range []string{"<news:name>Cổng thông tin đối ngoại</news:name>", "<news:language>vi</news:language>", "<news:title>Khu công nghiệp &lt;mới&gt; &amp; tin</news:title>"} {
		if !strings.Contains(body, want) {
			t.Errorf("the map of news lacks %q:\n%s", want, body)
		}
	}
	file := filepath.Join(t.TempDir(), "news.xml")
	if err := os.WriteFile(file, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
	validMap(t, file)
}

// Every address that the map names is there.
func TestTheSiteMapTellsTheTruth(t *testing.T) {
	r := newWorld(t).reader()
	for _, file := range locations(r.Get("/sitemap.xml").Body) {
		for _, address := range locations(r.Get(file).Is(http.StatusOK).Body) {
			r.Get(address).Is(http.StatusOK)
		}
	}
}

// locations are the paths of a site map's addresses.
func locations(body string) []string {
	var list []string
	for _, part := range strings.Split(body, "<loc>http://portal.localhost:8080")[1:] {
		path, _, _ := strings.Cut(part, "</loc>")
		list = append(list, path)
	}
	return list
}

// The goldens are valid by the schemas of sitemaps.org.
func TestSiteMapsAreValid(t *testing.T) {
	xmllint := apptest.Program(t, "xmllint", "libxml2-utils")
	for golden, schema := range map[string]string{"sitemap.xml": "siteindex.xsd", "sitemap.0.xml": "sitemap_xhtml.xsd"} {
		out, err := exec.Command(xmllint, "--noout", "--nonet", "--schema", apptest.TestData(t, "schemas", "sitemap", schema), filepath.Join("testdata", golden)).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", golden, err, out)
		}
	}
	validMap(t, filepath.Join("testdata", "sitemap.1.xml"))
}

// validMap checks a file by the schema of sitemaps.org with what translations,
// pictures and news add to it.
func validMap(t *testing.T, file string) {
	t.Helper()
	xmllint := apptest.Program(t, "xmllint", "libxml2-utils")
	var imports strings.Builder
	for space, schema := range map[string]string{
		"http://www.sitemaps.org/schemas/sitemap/0.9":     apptest.TestData(t, "schemas", "sitemap", "sitemap.xsd"),
		"http://www.w3.org/1999/xhtml":                    apptest.TestData(t, "schemas", "sitemap", "xhtml1-strict.xsd"),
		"http://www.google.com/schemas/sitemap-image/1.1": filepath.Join("testdata", "sitemap-image.xsd"),
		"http://www.google.com/schemas/sitemap-news/0.9":  filepath.Join("testdata", "sitemap-news.xsd"),
	} {
		at, err := filepath.Abs(schema)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&imports, "<xsd:import namespace=%q schemaLocation=%q/>\n", space, filepath.ToSlash(at))
	}
	all := filepath.Join(t.TempDir(), "all.xsd")
	text := `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:all">` + imports.String() + `</xsd:schema>`
	if err := os.WriteFile(all, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(xmllint, "--noout", "--nonet", "--schema", all, file).CombinedOutput(); err != nil {
		t.Errorf("%s: %v\n%s", file, err, out)
	}
}
