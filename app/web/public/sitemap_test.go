package public_test

import (
	"net/http"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

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
	for golden, schema := range map[string]string{"sitemap.xml": "siteindex.xsd", "sitemap.0.xml": "sitemap_xhtml.xsd", "sitemap.1.xml": "sitemap_xhtml.xsd"} {
		out, err := exec.Command(xmllint, "--noout", "--nonet", "--schema", apptest.TestData(t, "schemas", "sitemap", schema), filepath.Join("testdata", golden)).CombinedOutput()
		if err != nil {
			t.Errorf("%s: %v\n%s", golden, err, out)
		}
	}
}
