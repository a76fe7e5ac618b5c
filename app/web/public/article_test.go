package public_test

import (
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/release"
	"doingoai/app/store"
)

// The whole way of a page, with the newsroom on either database.
func TestAnArticleIsAtItsAddress(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		w := furnish(bare(t, db))
		a := w.reader().Get("/vi/van-hoa/soc-bom-bo-" + culture).Is(http.StatusOK)
		for selector, want := range map[string]string{
			"html[lang=vi] h1":         "Sóc Bom Bo",
			"article .standfirst":      "Mở đầu của bài",
			"article .body p":          "Thông tin đối ngoại của tỉnh.",
			".byline":                  "Ban Biên tập",
			".owner":                   "Văn phòng UBND tỉnh",
			".when time":               "08:03, 01/07/2026",
			"figcaption":               "Chú thích của ảnh Nguồn ảnh: Đối Ngoại",
			".trail li:nth-child(2) a": "Văn hóa – Du lịch",
			".also a[lang=en]":         "English",
			".menu [aria-current]":     "Văn hóa – Du lịch",
		} {
			if got := a.Text(selector); got != want {
				t.Errorf("%s is %q, want %q", selector, got, want)
			}
		}
		if img := ".lead-picture img"; a.Attr(img, "alt") != "Cối giã gạo" || a.Attr(img, "width") != "1600" || a.Attr(img, "height") != "900" || !strings.Contains(a.Attr(img, "srcset"), " 480w") {
			t.Errorf("the picture is not as it was released")
		}
	})
}

func TestAnArticleNamesItselfToMachines(t *testing.T) {
	a := newWorld(t).reader().Get("/en/culture/soc-bom-bo-" + culture).Is(http.StatusOK)
	const en, vi = "http://portal.localhost:8080/en/culture/soc-bom-bo-" + culture, "http://portal.localhost:8080/vi/van-hoa/soc-bom-bo-" + culture
	for selector, want := range map[string]string{
		"link[rel=canonical]":                en,
		"link[hreflang=en][rel=alternate]":   en,
		"link[hreflang=vi][rel=alternate]":   vi,
		"link[hreflang=x-default]":           en,
		"link[type='application/atom+xml']":  "/en/atom.xml",
		"link[rel='schema.DC']":              "http://purl.org/dc/elements/1.1/",
		".languages a[hreflang=vi]":          "/vi/van-hoa/soc-bom-bo-" + culture,
		"footer a[href^='/en/report-error']": "/en/report-error?about=%2Fen%2Fculture%2Fsoc-bom-bo-" + culture,
	} {
		if got := a.Attr(selector, "href"); got != want {
			t.Errorf("%s leads to %q, want %q", selector, got, want)
		}
	}
	for name, want := range map[string]string{
		"DC.title": "Sóc Bom Bo hamlet", "DC.creator": "Ban Biên tập", "DC.date": "2026-07-01T01:03:00Z", "DC.description": "How the article begins",
		"DC.publisher": "Office of the Provincial People's Committee", "DC.identifier": en, "DC.language": "en", "DC.subject": "Culture and tourism",
		"description": "How the article begins",
	} {
		if got := a.Attr("meta[name='"+name+"']", "content"); got != want {
			t.Errorf("meta %s is %q, want %q", name, got, want)
		}
	}
	if got := a.Attr("meta[property='og:image']", "content"); !strings.HasPrefix(got, "http://portal.localhost:8080/-/card/en/"+culture) {
		t.Errorf("og:image is %q", got)
	}
	checkStructuredData(t, a, en)
}

// A number and its unit stay together, and moments say whose clock it is; what
// machines read has plain spaces.
func TestNumbersStayWithTheirUnits(t *testing.T) {
	w := newWorld(t)
	a := article(culture, "en", "culture", 3, "A park of 655 ha", "park")
	a.Standfirst, a.Kicker, a.Sample = "For VND 115,357 a day", "Up 3 %", true
	a.Lead = w.picture("Rice mortars")
	a.Lead.Caption = "All 655 ha of it"
	a.Correction = &release.Correction{Note: "Not 656 ha.", At: a.Published}
	w.settle(w.publish(a))
	page := w.reader().Get("/en/culture/park-" + culture).Is(http.StatusOK)
	home := w.reader().Get("/en/").Is(http.StatusOK)
	for _, want := range []string{"<h1>A park of 655\u00a0ha</h1>", "For VND\u00a0115,357 a day</p>", "Up 3\u00a0%<", "All 655\u00a0ha of it", "Not 656\u00a0ha."} {
		if !strings.Contains(page.Body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if !strings.Contains(home.Body, "A park of 655\u00a0ha</a>") || !strings.Contains(home.Body, "For VND\u00a0115,357 a day") {
		t.Error("a number on the front page leaves its unit")
	}
	found := w.reader().Get("/en/search?q=655+ha").Is(http.StatusOK)
	if !strings.Contains(found.Body, "A park of <mark>655\u00a0ha</mark>") {
		t.Error("the search does not mark over the space")
	}
	if got := page.Attr("meta[name='DC.title']", "content"); got != "A park of 655 ha" {
		t.Errorf("machines read %q", got)
	}
	if got := page.Attr("meta[property='og:title']", "content"); got != "Sample article: A park of 655 ha" {
		t.Errorf("a shared sample is called %q", got)
	}
	if got := page.Text("header .when time"); got != "1 July 2026, 08:03 (GMT+7)" {
		t.Errorf("published %q", got)
	}
}

func TestAnotherSlugOrSectionLeadsToTheRightAddress(t *testing.T) {
	w := newWorld(t)
	right := "/vi/dau-tu/hop-nhat-" + merger
	for _, wrong := range []string{
		"/vi/dau-tu/ten-cu-" + merger, "/vi/van-hoa/hop-nhat-" + merger, "/vi/dau-tu-cu/hop-nhat-" + merger,
		"/vi/khong-co/hop-nhat-" + merger, "/vi/dau-tu/" + merger, "/vi/dau-tu/-" + merger, "/vi/%64au-tu/ten-" + merger,
	} {
		w.reader().Get(wrong).Is(http.StatusMovedPermanently).LeadsTo(right)
	}
	w.reader().Get(right).Is(http.StatusOK)
	w.reader().Get(right + "/").Is(http.StatusMovedPermanently).LeadsTo(right)
}

func TestAddressesOutliveNewSlugs(t *testing.T) {
	w := newWorld(t)
	w.reader().Get("/vi/dau-tu/hop-nhat-" + merger).Is(http.StatusOK)
	w.publish(article(merger, "vi", "invest", 1, "Bình Phước hợp nhất", "ten-moi"))
	w.settle(w.section("invest", "", 1, "Kinh tế", "kinh-te", "Economy", "economy"))
	w.reader().Get("/vi/dau-tu/hop-nhat-" + merger).Is(http.StatusMovedPermanently).LeadsTo("/vi/kinh-te/ten-moi-" + merger)
	w.reader().Get("/vi/kinh-te/ten-moi-" + merger).Is(http.StatusOK)
}

func TestWhatIsNotReleasedInALanguageIsSaidHonestly(t *testing.T) {
	r := newWorld(t).reader()
	missing := r.Get("/en/industrial-parks/sikico-" + parks).Is(http.StatusNotFound)
	if got := missing.Text("h1"); got != "This article is not available in English" {
		t.Errorf("the page says %q", got)
	}
	there := "/vi/khu-cong-nghiep/sikico-" + parks
	if got := missing.Attr(".readings a", "href"); got != there {
		t.Errorf("it leads to %q", got)
	}
	if got := missing.Attr(".languages a[hreflang=vi]", "href"); got != there {
		t.Errorf("its switcher leads to %q", got)
	}
	if missing.Attr("meta[name=robots]", "content") != "noindex" || missing.Has("link[rel=canonical]") {
		t.Error("search engines are invited to a page that is none")
	}
	// Where the article is, the switcher says so before anybody goes there.
	a := r.Get(there).Is(http.StatusOK)
	if got := a.Text(".languages details[lang=en] p"); got != "This article is not available in English." {
		t.Errorf("the switcher says %q", got)
	}
	if a.Has("link[hreflang]") || a.Has("a[href*='/en/industrial-parks/sikico']") {
		t.Error("something leads to a translation that is not released")
	}
}

func TestAWithdrawnArticleLeavesItsTombstone(t *testing.T) {
	w := newWorld(t)
	gone := w.reader().Get("/vi/van-hoa/phai-go-" + removed).Is(http.StatusGone)
	if got := gone.Text(".note"); got != "Gỡ để kiểm tra lại số liệu." {
		t.Errorf("the note is %q", got)
	}
	if got := gone.Attr("time", "datetime"); got != "2026-07-01T02:00:00Z" {
		t.Errorf("withdrawn at %q", got)
	}
	if strings.Contains(gone.Body, "Bài phải gỡ") {
		t.Error("the headline is still there")
	}
	w.reader().Get("/vi/dau-tu/ten-khac-" + removed).Is(http.StatusGone)
	w.reader().Get("/en/culture/phai-go-" + removed).Is(http.StatusNotFound)
}

// A tombstone says what it knows, and leads to what there is in other languages.
func TestATombstoneLeadsToItsSiblings(t *testing.T) {
	w := newWorld(t)
	stone := w.reader().Get("/vi/van-hoa/phai-go-" + removed).Is(http.StatusGone)
	if got := stone.Text("main .notice p"); got != "Đây từng là một bài trong chuyên mục “Văn hóa – Du lịch”." {
		t.Errorf("it says %q", got)
	}
	if got := stone.Attr(".languages a[hreflang=en]", "href"); got != "/en/" {
		t.Errorf("without a sibling the switcher leads to %q", got)
	}
	en := article(removed, "en", "culture", 4, "An article to go", "to-go")
	w.settle(w.publish(en))
	if got := w.reader().Get("/vi/van-hoa/phai-go-"+removed).Is(http.StatusGone).Attr(".languages a[hreflang=en]", "href"); got != "/en/culture/to-go-"+removed {
		t.Errorf("with an article it leads to %q", got)
	}
	w.settle(w.withdraw(en, ""))
	there := w.reader().Get("/vi/van-hoa/phai-go-"+removed).Is(http.StatusGone).Attr(".languages a[hreflang=en]", "href")
	back := w.reader().Get(there).Is(http.StatusGone).Attr(".languages a[hreflang=vi]", "href")
	w.reader().Get(back).Is(http.StatusGone)
}

func TestACorrectionIsShownWithTheArticle(t *testing.T) {
	w := newWorld(t)
	a := article(merger, "vi", "invest", 1, "Bình Phước hợp nhất vào Đồng Nai", "hop-nhat")
	a.Updated = a.Published.Add(48 * time.Hour)
	a.Correction = &release.Correction{Note: "Bài trước ghi 95 xã; đúng là 72 xã và 23 phường.", At: a.Updated}
	a.Sample = true
	a.Source = &release.Source{Name: "TTXVN", URL: "https://vnanet.example/tin"}
	w.settle(w.publish(a))
	page := w.reader().Get("/vi/dau-tu/hop-nhat-" + merger).Is(http.StatusOK)
	if got := page.Text(".correction"); !strings.HasPrefix(got, "Thông tin cải chính, xin lỗi Bài trước ghi 95 xã") {
		t.Errorf("the correction reads %q", got)
	}
	if got := page.Text(".updated"); got != "Cập nhật 08:01, 03/07/2026" {
		t.Errorf("updated: %q", got)
	}
	if got := page.Text("header .above"); got != "Bài mẫu Đã cải chính" {
		t.Errorf("labels: %q", got)
	}
	if got := page.Attr(".source a", "href"); got != "https://vnanet.example/tin" {
		t.Errorf("source: %q", got)
	}
	if home := w.reader().Get("/vi/"); !strings.Contains(home.Text("main"), "Đã cải chính") {
		t.Error("the list does not say that it was corrected")
	}
}

// Readers of a translation are told what is newer in its source, and led there;
// many passages do not push the article away.
func TestATranslationSaysWhatIsNewerInItsSource(t *testing.T) {
	w := newWorld(t)
	w.publish(article("zzzzzzzz45", "vi", "invest", 1, "Đã đổi", "da-doi"))
	read := func(b *release.Behind) *apptest.Answer {
		en := article("zzzzzzzz45", "en", "invest", 1, "Moved on", "moved-on")
		en.Behind = b
		w.settle(w.publish(en))
		to := w.reader().Get("/en/-/zzzzzzzz45").Is(http.StatusMovedPermanently).Header.Get("Location")
		return w.reader().Get(to).Is(http.StatusOK)
	}
	if read(nil).Has(".newer") {
		t.Error("a translation that is up to date says that it is not")
	}
	few := read(&release.Behind{Lang: "vi", From: morning, Count: 2, Critical: true, Passages: []string{"Có 12 dự án", "Đất, rừng - 5%"}})
	if got := few.Text(".newer p"); !strings.Contains(got, "Important facts have changed since.") || few.Has(".newer details") {
		t.Errorf("of two passages it says %q", few.Text(".newer"))
	}
	if got := few.Attr(".newer li:nth-child(2) a", "href"); !strings.HasSuffix(got, "#:~:text=%C4%90%E1%BA%A5t%2C%20r%E1%BB%ABng%20%2D%205%25") {
		t.Errorf("it leads to %q", got)
	}
	many := &release.Behind{Lang: "vi", From: morning, Count: 60}
	for i := range 60 {
		many.Passages = append(many.Passages, "Đoạn số "+strconv.Itoa(i))
	}
	if page := read(many); len(page.All(".newer details li")) != 60 || len(page.All(".newer > ul")) != 0 || strings.Contains(page.Text(".newer > p"), "Important") {
		t.Errorf("of 60 passages it says %.300q", page.Text(".newer"))
	}
}

func TestAnOutletShowsOnlyWhatItCarries(t *testing.T) {
	w := newWorld(t)
	r := apptest.NewVisitor(t, w.site.App(), "http://newspaper.localhost")
	r.Get("/vi/dau-tu/hop-nhat-" + merger).Is(http.StatusMovedPermanently)
	r.Get("/vi/van-hoa/phai-go-" + removed).Is(http.StatusGone)
	home := r.Get("/vi/").Is(http.StatusOK)
	if got := home.Text(".notice h2"); got != "Trang này chưa có bài nào" {
		t.Errorf("the front page says %q", got)
	}
}

// An address answers for ever: also when another outlet carries the article now.
func TestAnArticleThatMovedToAnotherOutletIsFoundThere(t *testing.T) {
	w := newWorld(t)
	address := "/vi/van-hoa/chuyen-nha-zzzzzzzz44"
	moving := article("zzzzzzzz44", "vi", "culture", 9, "Chuyển nhà", "chuyen-nha")
	w.settle(w.publish(moving))
	w.reader().Get(address).Is(http.StatusOK)
	moving.Outlets = []string{"nobody", "newspaper"}
	w.settle(w.publish(moving))
	w.reader().Get(address).Is(http.StatusMovedPermanently).LeadsTo("http://newspaper.localhost:8080" + address)
	apptest.NewVisitor(t, w.site.App(), "http://newspaper.localhost").Get(address).Is(http.StatusOK)
}

// The languages of a story are told at the address that counts; the switcher
// keeps its reader on it at every outlet.
func TestAStoryOfTwoOutletsKeepsItsLanguages(t *testing.T) {
	w := newWorld(t)
	const id = "zzzzzzzz66"
	for _, lang := range []string{"vi", "en"} {
		shared := article(id, lang, "culture", 9, "Tít "+lang, "tit-"+lang)
		shared.Outlets, shared.MainOutlet = []string{"newspaper", "portal"}, "portal"
		w.settle(w.publish(shared))
	}
	for host, told := range map[string]int{"portal.localhost": 3, "newspaper.localhost": 0} { // vi, en and x-default
		page := apptest.NewVisitor(t, w.site.App(), "http://"+host).Get("/vi/van-hoa/tit-vi-" + id).Is(http.StatusOK)
		if got := len(page.All(`link[hreflang]`)); got != told {
			t.Errorf("%s tells of %d languages, not %d", host, got, told)
		}
		if got := page.Attr(`.languages a[lang="en"]`, "href"); got != "/en/culture/tit-en-"+id {
			t.Errorf("%s: the switcher leads to %q", host, got)
		}
		if len(page.All(".languages details")) > 0 {
			t.Errorf("%s says that a language is missing", host)
		}
	}
}

// Each outlet shows a story under its own words and since its own moment; the
// address that counts is the main outlet's.
func TestAnOutletCarriesAStoryInItsOwnWay(t *testing.T) {
	w := newWorld(t)
	const id = "zzzzzzzz55"
	shared := article(id, "vi", "culture", 9, "Tít của bài", "tit-cua-bai")
	shared.Outlets, shared.MainOutlet = []string{"newspaper", "portal"}, "portal"
	since := shared.Published.Add(48 * time.Hour)
	shared.Stands = map[string]release.Stand{"newspaper": {Title: "Tít riêng của báo", Since: since}}
	w.settle(w.publish(shared))
	paper := apptest.NewVisitor(t, w.site.App(), "http://newspaper.localhost")
	address := "/vi/van-hoa/tit-cua-bai-" + id
	for _, c := range []struct {
		who   *apptest.Visitor
		own   string
		other string
		day   string
	}{
		{w.reader(), "Tít của bài", "Tít riêng của báo", "01/07/2026"},
		{paper, "Tít riêng của báo", "Tít của bài", "03/07/2026"},
	} {
		page := c.who.Get(address).Is(http.StatusOK)
		if got := page.Text("h1"); got != c.own {
			t.Errorf("headline %q, want %q", got, c.own)
		}
		if got := page.Attr(`link[rel="canonical"]`, "href"); got != "http://portal.localhost:8080"+address {
			t.Errorf("%s: canonical %q", c.own, got)
		}
		if got := page.Text("main header"); !strings.Contains(got, c.day) {
			t.Errorf("%s: published %q", c.own, got)
		}
		for _, path := range []string{"/vi/", "/vi/van-hoa", "/vi/atom.xml", "/vi/tim-kiem?q=" + url.QueryEscape(c.own)} {
			if got := c.who.Get(path).Is(http.StatusOK).Body; !strings.Contains(html.UnescapeString(strings.NewReplacer("<mark>", "", "</mark>", "", "\u00a0", " ").Replace(got)), c.own) ||
				strings.Contains(got, c.other) {
				t.Errorf("%s does not say %q, or says %q", path, c.own, c.other)
			}
		}
	}
	if got := w.reader().Get("/-/sitemap/1.xml").Is(http.StatusOK).Body; !strings.Contains(got, id) {
		t.Error("the main outlet's map lacks it")
	}
	if got := paper.Get("/-/sitemap/1.xml").Is(http.StatusOK).Body; strings.Contains(got, id) {
		t.Error("the map of the other outlet has it too")
	}
}
