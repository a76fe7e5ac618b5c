package public_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"doingoai/app/apptest"
)

func TestTheRootChoosesALanguage(t *testing.T) {
	r := newWorld(t).reader()
	for accept, want := range map[string]string{"": "/vi/", "vi-VN,vi;q=0.9": "/vi/", "en-GB,en;q=0.8": "/en/", "ko-KR": "/en/", "de": "/en/", "ko,vi;q=0.5": "/vi/", "xx;;;q=,": "/vi/"} {
		answer := r.Get("/", "Accept-Language", accept).Is(http.StatusFound).LeadsTo(want)
		if !strings.Contains(answer.Header.Get("Vary"), "Accept-Language") {
			t.Error("a cache would give one reader's language to another")
		}
	}
}

func TestAnErrorIsToldInTheReadersLanguage(t *testing.T) {
	r := newWorld(t).reader()
	for accept, want := range map[string]string{"": "vi", "en": "en", "ko": "en", "vi": "vi"} {
		if got := r.Get("/khong-co", "Accept-Language", accept).Is(http.StatusNotFound).Attr("html", "lang"); got != want {
			t.Errorf("%q is told in %q", accept, got)
		}
	}
	if got := r.Get("/vi/khong-co", "Accept-Language", "ko").Is(http.StatusNotFound).Attr("html", "lang"); got != "vi" {
		t.Errorf("an address in Vietnamese is told in %q", got)
	}
}

func TestTheFrontPageHasALeadSecondsAndSections(t *testing.T) {
	w := newWorld(t)
	home := w.reader().Get("/vi/").Is(http.StatusOK)
	if got := home.Text(".lead h2"); got != "Sóc Bom Bo" {
		t.Errorf("the lead is %q", got)
	}
	if got := len(home.All(".second")); got != 2 {
		t.Errorf("%d seconds", got)
	}
	if home.Attr(".lead img", "fetchpriority") != "high" {
		t.Error("the largest picture is not asked for first")
	}
	if got := home.Text("h1"); got != "Cổng thông tin đối ngoại" {
		t.Errorf("the page is called %q", got)
	}
	for i := range 20 {
		w.publish(article(fmt.Sprintf("bbbbbbbb%d%d", i/8+2, i%8+2), "vi", "parks", 10+i, fmt.Sprint("Bài ", i), "bai"))
	}
	w.settle(w.publish(article("zzzzzzzz22", "vi", "empty", 5, "Một tư liệu", "tu-lieu")))
	home = w.reader().Get("/vi/").Is(http.StatusOK)
	seen := map[string]bool{}
	for _, a := range home.All("main article a") {
		href := apptest.Attr(a, "href")
		if seen[href] {
			t.Errorf("%s stands on the front page twice", href)
		}
		seen[href] = true
	}
	if got := home.Text(".block h2"); got != "Đầu tư" {
		t.Errorf("the first section is %q", got)
	}
}

func TestTheFooterHasTheIdentityThatTheLawAsksFor(t *testing.T) {
	r := newWorld(t).reader()
	for _, path := range []string{"/vi/", "/vi/dau-tu", "/vi/dau-tu/hop-nhat-" + merger, "/vi/tim-kiem", "/vi/bao-loi", "/vi/khong-co", "/vi/van-hoa/phai-go-" + removed} {
		identity := r.Get(path).Text("footer .identity")
		for _, want := range []string{"Cổng thông tin đối ngoại", "Văn phòng UBND tỉnh", "Trưởng Ban Biên tập", "Số 1", "0000", "bientap@portal.example", "Giấy phép mẫu", "portal.localhost"} {
			if !strings.Contains(identity, want) {
				t.Errorf("%s: the footer does not say %q", path, want)
			}
		}
	}
}

func TestASectionHasPages(t *testing.T) {
	w := newWorld(t)
	var last int64
	for i := range 45 {
		last = w.publish(article(fmt.Sprintf("bbbbbbbb%d%d", i/8+2, i%8+2), "vi", "parks", 10+i, fmt.Sprint("Bài ", i), "bai"))
	}
	w.settle(last)
	r := w.reader()
	first := r.Get("/vi/dau-tu").Is(http.StatusOK)
	if got := len(first.All(".list article")); got != 20 {
		t.Errorf("%d articles on a page", got)
	}
	if got := first.Attr("a[rel=next]", "href"); got != "/vi/dau-tu?page=2" {
		t.Errorf("the next page is %q", got)
	}
	if got := first.Text(".lead .section"); got != "Khu công nghiệp" {
		t.Errorf("the article's own section is %q", got)
	}
	if !first.Has("link[rel=alternate][hreflang=en]") || first.Attr("link[type='application/atom+xml']", "href") != "/vi/dau-tu/atom.xml" {
		t.Error("the section's other language or feed is missing")
	}
	third := r.Get("/vi/dau-tu?page=3").Is(http.StatusOK)
	if got := len(third.All(".list article")); got != 7 {
		t.Errorf("%d articles on the last page", got)
	}
	if third.Has("a[rel=next]") || third.Attr("a[rel=prev]", "href") != "/vi/dau-tu?page=2" || third.Has("link[hreflang]") {
		t.Error("the last page leads on, or not back, or to another language's articles")
	}
	if got := third.Text("title"); got != "Đầu tư – trang 3 – Cổng thông tin đối ngoại" {
		t.Errorf("its title is %q", got)
	}
	r.Get("/vi/dau-tu?page=4").Is(http.StatusNotFound)
	r.Get("/vi/dau-tu?page=1").Is(http.StatusOK)
}

// Menu and footer lead to nothing that is empty in the language, or here.
func TestTheMenuLeavesOutEmptySections(t *testing.T) {
	w := newWorld(t)
	menu := func(host, path string) string {
		page := apptest.NewVisitor(t, w.site.App(), "http://"+host+".localhost").Get(path)
		var names []string
		for _, a := range page.All(".menu a") {
			names = append(names, apptest.Text(a))
		}
		if footer := len(page.All(".footer-sections a")); footer != len(names) {
			t.Errorf("%s: %d in the footer, %d in the menu", path, footer, len(names))
		}
		return strings.Join(names, ", ")
	}
	for _, path := range []string{"/vi/", "/vi/tu-lieu", "/vi/khong-co", "/vi/dau-tu/hop-nhat-" + merger} {
		if got := menu("portal", path); got != "Đầu tư, Văn hóa – Du lịch" {
			t.Errorf("%s: the menu has %q", path, got)
		}
	}
	if got := menu("newspaper", "/vi/"); got != "" {
		t.Errorf("an outlet without articles has %q", got)
	}
	w.settle(w.publish(article("zzzzzzzz22", "vi", "empty", 5, "Một tư liệu", "tu-lieu")))
	if got := menu("portal", "/vi/"); got != "Đầu tư, Văn hóa – Du lịch, Tư liệu" {
		t.Errorf("with a new article the menu has %q", got)
	}
	// In English nothing is left of investment but its child.
	w.publish(article(parks, "en", "parks", 2, "Minh Hung Sikico park", "sikico"))
	w.settle(w.withdraw(article(merger, "en", "invest", 1, "", ""), ""))
	if got := menu("portal", "/en/"); got != "Investment, Culture and tourism" {
		t.Errorf("in English the menu has %q", got)
	}
	w.settle(w.withdraw(article(parks, "en", "parks", 2, "", ""), ""))
	if got := menu("portal", "/en/"); got != "Culture and tourism" {
		t.Errorf("after a withdrawal the menu has %q", got)
	}
}

func TestAnEmptySectionTeaches(t *testing.T) {
	page := newWorld(t).reader().Get("/en/papers").Is(http.StatusOK)
	if got := page.Text(".notice h2"); got != "There is nothing in this section yet" {
		t.Errorf("it says %q", got)
	}
}

func TestAFormerSectionSlugLeadsOn(t *testing.T) {
	r := newWorld(t).reader()
	r.Get("/vi/dau-tu-cu").Is(http.StatusMovedPermanently).LeadsTo("/vi/dau-tu")
	r.Get("/vi/dau-tu-cu?page=2").Is(http.StatusMovedPermanently).LeadsTo("/vi/dau-tu?page=2")
	r.Get("/vi/dau-tu-cu/atom.xml").Is(http.StatusMovedPermanently).LeadsTo("/vi/dau-tu/atom.xml")
}

// An address written otherwise must not spoil the cache for the right one,
// whichever is asked for first.
func TestOneAddressHasOneForm(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	for wrong, right := range map[string]string{
		"/vi": "/vi/", "/vi/dau-tu/": "/vi/dau-tu", "/vi/d%61u-tu": "/vi/dau-tu", "/vi/search": "/vi/tim-kiem",
		"/vi/search?q=b%C3%ACnh&x=1": "/vi/tim-kiem?q=b%C3%ACnh", "/en/tim-kiem": "/en/search", "/vi?utm=1": "/vi/",
	} {
		for _, wrongFirst := range []bool{true, false} {
			w.settle(w.publish(article(merger, "en", "invest", 1, "Merger", "merger"))) // nothing is ready
			if wrongFirst {
				r.Get(wrong).Is(http.StatusMovedPermanently).LeadsTo(right)
			}
			r.Get(right).Is(http.StatusOK)
			r.Get(wrong).Is(http.StatusMovedPermanently).LeadsTo(right)
			r.Get(right).Is(http.StatusOK)
		}
	}
}

// What a person types for an address leads there, where only one can be meant.
func TestAddressesTypedByHand(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	article := "/vi/dau-tu/hop-nhat-" + merger
	for typed, right := range map[string]string{
		"/EN/": "/en/", "/En": "/en/", "/en/Investment": "/en/investment", "/EN/INVESTMENT?page=1": "/en/investment", "/vi/investment": "/vi/dau-tu",
		"/en/Dau-Tu": "/en/investment", "/vi/Old-Investment": "/vi/dau-tu", "/vi/investment/atom.xml": "/vi/dau-tu/atom.xml",
		"/vi/Tim-Kiem?q=a": "/vi/tim-kiem?q=a", "/EN/SEARCH": "/en/search", "/vi//dau-tu": "/vi/dau-tu", "//en/": "/en/", "/vi//": "/vi/",
		"/VI/dau-tu/hop-nhat-" + merger: article, "/vi/dau-tu/hop-nhat-" + strings.ToUpper(merger): article, "/vi/Dau-Tu/Hop-Nhat-" + merger: article,
	} {
		r.Get(typed).Is(http.StatusMovedPermanently).LeadsTo(right)
	}
	// A slug that two sections have in other languages leads to neither.
	w.section("a", "", 8, "Một", "mot", "Two", "hai")
	w.settle(w.section("b", "", 9, "Hai", "hai-vi", "Same", "mot"))
	r.Get("/en/hai-vi").Is(http.StatusMovedPermanently).LeadsTo("/en/mot")
	r.Get("/vi/mot").Is(http.StatusOK)
	r.Get("/en/mot").Is(http.StatusOK)
}

func TestUnknownAddressesAndMalformedQueries(t *testing.T) {
	r := newWorld(t).reader()
	for path, status := range map[string]int{
		"/khong-co": 404, "/vi/khong-co": 404, "/fr/": 404, "/vi/dau-tu/khong-co-zzzzzzzz99": 404, "/vi/a/b/c": 404, "/VIE/": 404,
		"/-/": 404, "/-/sitemap/9.xml": 404, "/-/sitemap/01.xml": 404, "/-/sitemap/-1.xml": 404, "/-/assets/000000000000/base.css": 404,
		"/media/00/anh.png": 404, "/vi/khong-co/atom.xml": 404, "/" + strings.Repeat("a", 600): 404, "/vi/%00": 404, "/vi/../etc/passwd": 404,
		"/vi/dau-tu?page=x": 400, "/vi/dau-tu?page=0": 400, "/vi/dau-tu?page=-1": 400, "/vi/dau-tu?page=99999999999999999999": 400,
		"/vi/?page=x": 400, "/vi/tim-kiem?q=%ff": 400, "/vi/tim-kiem?q=a&section=khong-co": 400, "/vi/tim-kiem?q=a&page=2": 404,
		"/vi/bao-loi?about=%ff": 400, "/vi/tim-kiem?q=%zz": 400, "/vi/?x=%": 400, "/?%4": 400, "/vi/Khong-Co": 404, "//evil.example/": 404,
	} {
		answer := r.Get(path).Is(status)
		if strings.Contains(answer.Body, "goroutine") || strings.Contains(answer.Body, "template:") || strings.Contains(answer.Body, "⟦") {
			t.Errorf("%s shows our insides", path)
		}
		if !answer.Has("h1") || !answer.Has("footer .identity") {
			t.Errorf("%s is no page of the outlet", path)
		}
	}
}

func TestMethodsOtherThanAskingAndReporting(t *testing.T) {
	r := newWorld(t).reader()
	for _, c := range []struct{ method, path, allow string }{
		{"POST", "/vi/", "GET, HEAD"}, {"POST", "/vi/dau-tu", "GET, HEAD"}, {"DELETE", "/vi/", "GET, HEAD"}, {"PUT", "/", "GET, HEAD"},
		{"OPTIONS", "/vi/dau-tu/hop-nhat-" + merger, "GET, HEAD"}, {"POST", "/vi/dau-tu/hop-nhat-" + merger, "GET, HEAD"}, {"PATCH", "/vi/bao-loi", "GET, HEAD, POST"},
		{"POST", "/robots.txt", "GET, HEAD"}, {"POST", "/khong-co", ""}, {"POST", "/fr/", ""},
	} {
		request, err := http.NewRequest(c.method, "http://portal.localhost"+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := http.StatusMethodNotAllowed
		if c.allow == "" {
			want = http.StatusNotFound
		}
		answer := r.Do(request).Is(want)
		if got := answer.Header.Get("Allow"); got != c.allow || !answer.Has("footer .identity") {
			t.Errorf("%s %s allows %q", c.method, c.path, got)
		}
	}
}

func TestNothingIsReleasedYet(t *testing.T) {
	db, _ := apptest.NewDatabaseAt(t, morning)
	w := bare(t, db)
	r := w.reader()
	r.Get("/vi/").Is(http.StatusServiceUnavailable)
	r.Get("/-/health").Is(http.StatusOK)
	r.Post("/vi/bao-loi", nil).Is(http.StatusNotFound)
}

func TestRobotsMayReadEverything(t *testing.T) {
	answer := newWorld(t).reader().Get("/robots.txt").Is(http.StatusOK)
	if want := "User-agent: *\nAllow: /\nSitemap: http://portal.localhost:8080/sitemap.xml\n"; answer.Body != want {
		t.Errorf("robots.txt is %q", answer.Body)
	}
}

func TestTheNewsstandSaysThatItIsReady(t *testing.T) {
	r := newWorld(t).reader()
	r.Get("/-/health").Is(http.StatusOK)
	if got := r.Get("/-/ready").Is(http.StatusOK).Body; !strings.Contains(got, `"ready":true`) || !strings.Contains(got, `"state":"caught_up"`) {
		t.Errorf("ready: %s", got)
	}
}
