package public_test

import (
	"net/http"
	"strings"
	"testing"

	"doingoai/app/kind"
	"doingoai/app/release"
)

const decree, plan, notice = "dcr2345678", "pln2345678", "ntc2345678"

// document is the release of a legal document.
func document(id, title string, facts kind.Facts) release.Article {
	a := article(id, "vi", "invest", 1, title, "van-ban")
	a.Kind = string(kind.Document)
	a.Facts = kind.Facts{"number": "1/QĐ-UBND", "issuer": "office", "issued": "2024-05-02", "force": kind.InForce, "field": "investment"}
	for key, text := range facts {
		a.Facts = a.Facts.With(key, text)
	}
	return a
}

func TestDocumentsHaveALibrary(t *testing.T) {
	w := newWorld(t)
	if got := w.reader().Get("/vi/van-ban").Is(http.StatusOK); !strings.Contains(got.Text("main"), "Chưa có văn bản nào") || got.Has("main form") {
		t.Errorf("without any: %q", got.Text("main"))
	}
	if got := w.reader().Get("/vi/").Is(http.StatusOK).Text(".footer-links"); strings.Contains(got, "Văn bản") {
		t.Errorf("the footer leads to an empty library: %q", got)
	}
	one := document(decree, "Quyết định ban hành danh mục", nil)
	one.Attached = []release.File{{Hash: strings.Repeat("a", 64), Name: "quyet-dinh.pdf", Type: "application/pdf", Size: 1_250_000, Pages: 3}}
	w.files[one.Attached[0].Hash] = nil
	w.publish(one)
	w.publish(document(plan, "Kế hoạch thông tin đối ngoại", kind.Facts{"number": "7/KH-UBND", "issued": "2026-06-01", "effective": inDays(9)[:10], "field": "external_relations"}))
	w.settle(w.publish(document(notice, "Thông báo cũ", kind.Facts{"number": "3/TB", "issued": "2020-01-02", "force": kind.Replaced, "replaced_by": "1/QĐ-UBND"})))
	page := w.reader().Get("/vi/van-ban").Is(http.StatusOK)
	got := page.Text(".list")
	if a, b, c := strings.Index(got, "Kế hoạch"), strings.Index(got, "Quyết định"), strings.Index(got, "Thông báo"); a < 0 || a > b || b > c {
		t.Errorf("in another order than by the day of issue: %q", got)
	}
	for _, want := range []string{"1/QĐ-UBND", "02/05/2024", "Văn phòng UBND tỉnh", "PDF, 3 trang, 1,2 MB", "chưa có hiệu lực", "đã được thay thế"} {
		if !strings.Contains(strings.ReplaceAll(got, "\u00a0", " "), want) {
			t.Errorf("the library does not tell %q: %q", want, got)
		}
	}
	for query, want := range map[string]string{
		"year=2024": "Quyết định", "field=external_relations": "Kế hoạch", "status=not_yet": "Kế hoạch", "status=replaced": "Thông báo", "year=2020&status=replaced&field=investment": "Thông báo",
	} {
		narrowed := w.reader().Get("/vi/van-ban?" + query).Is(http.StatusOK)
		if got := narrowed.All(".list article"); len(got) != 1 || !strings.Contains(narrowed.Text(".list"), want) {
			t.Errorf("%s lists %q", query, narrowed.Text(".list"))
		}
		if !strings.Contains(narrowed.Body, `content="noindex"`) {
			t.Errorf("%s is to be found by search engines", query)
		}
	}
	if got := w.reader().Get("/vi/van-ban?field=investment").Is(http.StatusOK).Text(`select[name=year]`); !strings.Contains(got, "2024 (1)") || strings.Contains(got, "2026") {
		t.Errorf("years of one field: %q", got)
	}
	if got := w.reader().Get("/vi/van-ban?year=1999").Is(http.StatusOK).Text("main"); !strings.Contains(got, "Không có văn bản nào như vậy") {
		t.Errorf("of a year without any: %q", got)
	}
	for _, bad := range []string{"year=99", "year=2024x", "agency=nobody", "agency=2222222222", "field=x", "status=over", "field=%ff", "page=9"} {
		if status := w.reader().Get("/vi/van-ban?" + bad).Status; status < 400 || status >= 500 {
			t.Errorf("%s is answered with %d", bad, status)
		}
	}
	if got := w.reader().Get("/vi/").Is(http.StatusOK); !strings.Contains(got.Text(".footer-links"), "Văn bản") || strings.Contains(got.Text("main"), "Kế hoạch") {
		t.Error("the footer leads to no library, or a document stands among the news")
	}
	if got := w.reader().Get("/-/sitemap/0.xml").Is(http.StatusOK).Body; !strings.Contains(got, "/vi/van-ban<") {
		t.Error("the site map knows no library")
	}
	if got := w.reader().Get("/vi/van-ban/atom.xml").Is(http.StatusOK).Body; !strings.Contains(got, "Kế hoạch") || !strings.Contains(got, "quyet-dinh.pdf") {
		t.Errorf("the feed has %q", got)
	}
	if got := w.reader().Get("/vi/so-do-trang").Is(http.StatusOK).Attr(`main a[href="/vi/van-ban"]`, "href"); got == "" {
		t.Error("the tree of the site knows no library")
	}
	w.reader().Get("/vi/van-ban/podcast.xml").Is(http.StatusNotFound)
}

func TestADocumentHasAPage(t *testing.T) {
	w := newWorld(t)
	w.publish(document(decree, "Quyết định", kind.Facts{"effective": "2024-06-01"}))
	w.settle(w.publish(document(notice, "Thông báo cũ", kind.Facts{"number": "3/TB", "force": kind.Replaced, "replaced_by": "1/QĐ-UBND"})))
	old := w.reader().Get("/vi/dau-tu/van-ban-" + notice).Is(http.StatusOK)
	if got := old.Attr(`dl.known a[href$="`+decree+`"]`, "href"); got == "" {
		t.Errorf("it does not lead to what took its place: %q", old.Text("dl.known"))
	}
	if got := old.Text(".above .label"); got != "đã được thay thế" {
		t.Errorf("its label is %q", got)
	}
	body := w.reader().Get("/vi/dau-tu/van-ban-" + decree).Is(http.StatusOK).Body
	for _, want := range []string{`"@type":"Legislation"`, `"legislationIdentifier":"1/QĐ-UBND"`, `"temporalCoverage":"2024-06-01/.."`, `"legislationLegalForce":"https://schema.org/InForce"`} {
		if !strings.Contains(body, want) {
			t.Errorf("machines are not told %s", want)
		}
	}
}

// The list of an agency has its documents and events too, and counts them.
func TestAnAgencysListHasItsDocuments(t *testing.T) {
	w := newWorld(t)
	a := document(decree, "Quyết định của văn phòng", nil)
	a.Agency = "office"
	w.settle(w.publish(a))
	page := w.reader().Get("/vi/co-quan/van-phong-ubnd-tinh-office")
	if page.Status == http.StatusMovedPermanently {
		page = w.reader().Get(page.Header.Get("Location"))
	}
	if got := page.Is(http.StatusOK).Text("main"); !strings.Contains(got, "Quyết định của văn phòng") {
		t.Errorf("the agency's list has %q", got)
	}
}
