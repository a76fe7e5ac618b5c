package public_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/release"
)

// What an article says of itself stands on its page, in its head and in feeds.
func TestAnArticleSaysWhatItRestsOn(t *testing.T) {
	w := newWorld(t)
	a := article(culture, "vi", "culture", 3, "Sóc Bom Bo", "soc-bom-bo")
	a.Format, a.InfoKind, a.AI = "clarification", "clarification", []string{"translation", "image"}
	a.Source = &release.Source{Name: "Báo bạn", URL: "https://bao.example/bai", At: "2026-06-01T08:30"}
	a.Sources = []release.Source{{Name: "Cục Thống kê <1>", At: "2026-05-01"}, {Name: "Sở Ngoại vụ", URL: "https://so.example/"}}
	a.Claim = &release.Claim{URL: "https://sai.example/tin", Text: "Cửa khẩu đóng cửa.", Body: "Sở Ngoại vụ"}
	w.settle(w.publish(a))
	page := w.reader().Get("/vi/van-hoa/soc-bom-bo-" + culture).Is(http.StatusOK)
	for selector, want := range map[string]string{
		".ai .label": "Có sử dụng trí tuệ nhân tạo (bản dịch, hình ảnh), đã được người kiểm chứng",
		".claim q":   "Cửa khẩu đóng cửa.",
		".source":    "Nguồn: Báo bạn, 08:30, 01/06/2026; Cục Thống kê <1>, 01/05/2026; Sở Ngoại vụ",
	} {
		if got := page.Text(selector); got != want {
			t.Errorf("%s is %q, want %q", selector, got, want)
		}
	}
	for name, want := range map[string]string{
		"DC.source":  "https://bao.example/bai; Cục Thống kê <1>; https://so.example/",
		"DC.subject": "Văn hóa – Du lịch; Thông tin giải thích, làm rõ", "DC.contributor": "Văn phòng UBND tỉnh", "DC.type": "Thông tin giải thích, làm rõ",
	} {
		if got := page.Attr("meta[name='"+name+"']", "content"); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if data := page.Text(`script[type="application/ld+json"]`); !strings.Contains(data, `"ClaimReview","claimReviewed":"Cửa khẩu đóng cửa."`) {
		t.Errorf("machines are told %s", data)
	}
	feed := w.reader().Get("/vi/atom.xml").Is(http.StatusOK).Body
	for _, want := range []string{"Có sử dụng trí tuệ nhân tạo (bản dịch, hình ảnh)", "Cửa khẩu đóng cửa.", `rel="via" href="https://bao.example/bai"`, `rel="related" href="https://so.example/"`} {
		if !strings.Contains(feed, want) {
			t.Errorf("the feed lacks %q", want)
		}
	}
}

// The elements that TT 24/2011 demands are there whatever an article lacks.
func TestDublinCoreIsNeverEmpty(t *testing.T) {
	w := newWorld(t)
	a := article(culture, "vi", "culture", 3, "Sóc Bom Bo", "soc-bom-bo")
	a.Byline, a.Standfirst, a.Agency, a.Section = "", "", "unknown", "unknown"
	w.settle(w.publish(a))
	page := w.reader().Get("/vi/-/soc-bom-bo-" + culture).Is(http.StatusOK)
	for _, name := range []string{"title", "creator", "date", "description", "publisher", "identifier", "language", "type", "format", "rights"} {
		if page.Attr("meta[name='DC."+name+"']", "content") == "" {
			t.Errorf("DC.%s is empty", name)
		}
	}
}

func label(id, vi, slug, en, enSlug string, former ...string) release.Label {
	l := release.Label{ID: id, Names: map[string]release.LabelName{"vi": {Name: vi, Slug: slug, FormerSlugs: former}}}
	if en != "" {
		l.Names["en"] = release.LabelName{Name: en, Slug: enSlug}
	}
	return l
}

// Whatever an article is marked with leads to a page of all articles with it.
func TestArticlesAreFoundByWhatTheyAreAbout(t *testing.T) {
	w := newWorld(t)
	w.put(release.TagKind, "gates", label("gates", "Cửa khẩu", "cua-khau", "Border gates", "border-gates", "cua-khau-cu"))
	merged := label("frontier", "Biên cửa", "bien-cua", "", "")
	merged.Into = "gates"
	w.put(release.TagKind, "frontier", merged)
	author := label("minhha", "Minh Hà <b>", "minh-ha", "", "")
	author.Agency = "office"
	w.put(release.AuthorKind, "minhha", author)
	w.put(release.AgencyKind, "dpi", release.Agency{ID: "dpi", Names: map[string]string{"vi": "Sở Kế hoạch"}, Into: "office"})
	ended := morning.Add(-24 * 365 * time.Hour)
	over := []release.PlaceRelation{{Kind: "merged_into", From: "bp22222222", To: "dn22222222", At: ended}}
	w.put(release.PlaceKind, "bp22222222", release.Place{ID: "bp22222222", Ended: ended, Relations: over,
		Names: []release.PlaceName{{Lang: "vi", Name: "Bình Phước", Kind: "province"}, {Lang: "en", Name: "Binh Phuoc", Kind: "province"}}})
	w.put(release.PlaceKind, "dn22222222", release.Place{ID: "dn22222222", Relations: over,
		Names: []release.PlaceName{{Lang: "vi", Name: "Đồng Nai", Kind: "province"}}})
	old, fresh := article(merger, "vi", "invest", 1, "Bài cũ", "bai-cu"), article(culture, "vi", "culture", 3, "Bài mới", "bai-moi")
	old.Tags, old.Places, old.Agencies = []string{"frontier", "gates"}, []string{"bp22222222"}, []string{"dpi"}
	fresh.Tags, fresh.Places, fresh.Authors = []string{"gates", "unknown"}, []string{"dn22222222"}, []string{"minhha"}
	w.publish(old)
	w.settle(w.publish(fresh))

	page := w.reader().Get("/vi/dau-tu/bai-cu-" + merger).Is(http.StatusOK)
	if got := page.Text("footer.after"); !strings.Contains(got, "Chủ đề: Cửa khẩu") || !strings.Contains(got, "tỉnh Bình Phước (nay thuộc tỉnh Đồng Nai)") || !strings.Contains(got, "Cơ quan: Sở Kế hoạch") {
		t.Errorf("the article says %q", got)
	}
	page = w.reader().Get("/vi/van-hoa/bai-moi-" + culture).Is(http.StatusOK)
	if got := page.Text(".byline"); got != "Minh Hà <b>, Ban Biên tập" || page.Attr(".byline a", "href") != "/vi/tac-gia/minh-ha" || page.Attr("meta[name='DC.creator']", "content") != "Minh Hà <b>; Ban Biên tập" {
		t.Errorf("it is by %q", got)
	}
	for path, want := range map[string]string{
		"/vi/chu-de/cua-khau":                  "Bài mới Bài cũ", // once, though old has both tags
		"/vi/tac-gia/minh-ha":                  "Bài mới",
		"/vi/co-quan/so-ke-hoach-dpi":          "Bài cũ",
		"/vi/dia-phuong/dong-nai-dn22222222":   "Bài mới Bài cũ", // with what it has become out of
		"/vi/dia-phuong/binh-phuoc-bp22222222": "Bài cũ",
	} {
		list := w.reader().Get(path).Is(http.StatusOK)
		var titles []string
		for _, a := range list.All(".list h2 a") {
			titles = append(titles, apptest.Text(a))
		}
		if got := strings.Join(titles, " "); got != want {
			t.Errorf("%s lists %q, want %q", path, got, want)
		}
	}
	for from, to := range map[string]string{
		"/vi/chu-de/cua-khau-cu": "/vi/chu-de/cua-khau", "/vi/chu-de/bien-cua": "/vi/chu-de/cua-khau", "/en/topic/cua-khau": "/en/topic/border-gates",
		"/vi/topic/border-gates": "/vi/chu-de/cua-khau", "/en/place/x-bp22222222": "/en/place/binh-phuoc-bp22222222", "/vi/chu-de/CUA-KHAU/atom.xml": "/vi/chu-de/cua-khau/atom.xml",
	} {
		w.reader().Get(from).Is(http.StatusMovedPermanently).LeadsTo(to)
	}
	for _, path := range []string{"/vi/chu-de/nothing", "/vi/chu-de/x/y", "/vi/co-quan/x", "/vi/dia-phuong/-", "/vi/chu-de/cua-khau?page=2", "/vi/tac-gia/atom.xml"} {
		w.reader().Get(path).Is(http.StatusNotFound)
	}
	if empty := w.reader().Get("/en/topic/border-gates").Is(http.StatusOK); empty.Attr("meta[name=robots]", "content") != "noindex" {
		t.Error("an empty list is for search engines")
	}
	if got := w.reader().Get("/vi/dia-phuong/dong-nai-dn22222222").Text(".notes"); got != "Gồm cả tỉnh Bình Phước trước đây" {
		t.Errorf("Đồng Nai is said to be %q", got)
	}
	if got := w.reader().Get("/vi/co-quan/so-ke-hoach-dpi").Text(".notes"); got != "Nay thuộc Văn phòng UBND tỉnh" {
		t.Errorf("the agency is said to be %q", got)
	}
	if got := w.reader().Get("/vi/tac-gia/minh-ha").Text(".standfirst"); !strings.HasPrefix(got, "Văn phòng UBND tỉnh") {
		t.Errorf("the author is said to be %q", got)
	}
	if feed := w.reader().Get("/vi/chu-de/cua-khau/atom.xml").Is(http.StatusOK).Body; strings.Count(feed, "<entry>") != 2 || !strings.Contains(feed, `term="cua-khau"`) {
		t.Errorf("the feed is %.400s", feed)
	}
	if siteMap := w.reader().Get("/-/sitemap/0.xml").Is(http.StatusOK).Body; !strings.Contains(siteMap, "/vi/chu-de/cua-khau<") || strings.Contains(siteMap, "border-gates") {
		t.Error("the site map does not have the tag's page, or an empty one")
	}
	w.settle(w.withdraw(fresh, ""))
	if got := len(w.reader().Get("/vi/chu-de/cua-khau").Is(http.StatusOK).All(".list h2 a")); got != 1 {
		t.Errorf("%d articles after one was withdrawn", got)
	}
}
