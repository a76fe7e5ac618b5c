package public_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/release"
)

// corrected is the merger's article with so many corrections, the newest first.
func corrected(lang string, notes ...string) release.Article {
	a := article(merger, lang, "invest", 1, "Bình Phước hợp nhất vào Đồng Nai", "hop-nhat")
	for i, note := range notes {
		c := release.Correction{Note: note, Right: "72 xã và 23 phường", At: time.Now().Add(-time.Duration(i+1) * time.Minute)}
		if i == 0 {
			a.Correction, a.Updated = &c, c.At
		} else {
			a.Earlier = append(a.Earlier, c)
		}
	}
	return a
}

func TestCorrectionsHaveAPlaceOnTheFrontPageAndAPageOfTheirOwn(t *testing.T) {
	w := newWorld(t)
	if w.reader().Get("/vi/").Has("#corrections") {
		t.Error("an empty section of corrections stands on the front page")
	}
	if got := w.reader().Get("/vi/cai-chinh").Is(http.StatusOK).Text(".notice h2"); got != "Chưa có thông tin cải chính nào" {
		t.Errorf("without any correction: %q", got)
	}
	a := corrected("vi", "Bài ghi 95 xã.", "Bài ghi 94 xã.")
	a.Outlets = []string{"newspaper", "portal"}
	w.settle(w.publish(a))
	paper := apptest.NewVisitor(t, w.site.App(), "http://newspaper.localhost")
	address := "/vi/dau-tu/hop-nhat-" + merger
	for name, r := range map[string]*apptest.Visitor{"portal": w.reader(), "newspaper": paper} {
		home := r.Get("/vi/").Is(http.StatusOK)
		if got := home.Text("section[aria-labelledby=corrections] h2"); got != "Thông tin cải chính, xin lỗi" {
			t.Errorf("%s: the front page's section is called %q", name, got)
		}
		if got := home.Attr("#corrections a", "href"); got != "/vi/cai-chinh" {
			t.Errorf("%s: it leads to %q", name, got)
		}
		page := r.Get("/vi/cai-chinh").Is(http.StatusOK)
		all := page.All(".corrections article")
		if len(all) != 2 {
			t.Fatalf("%s: %d corrections", name, len(all))
		}
		got := apptest.Text(all[0])
		for _, want := range []string{"Bình Phước hợp nhất vào Đồng Nai", "Bài ghi 95 xã.", "Nay xin đọc đúng là: 72 xã và 23 phường", "Đầu tư", fmt.Sprint(time.Now().Year())} {
			if !strings.Contains(strings.ReplaceAll(got, "\u00a0", " "), want) {
				t.Errorf("%s: a correction lacks %q: %s", name, want, got)
			}
		}
		if got := page.Attr(".corrections a", "href"); got != address {
			t.Errorf("%s: the work is at %q", name, got)
		}
	}
	page := w.reader().Get("/vi/cai-chinh")
	for selector, want := range map[string]string{
		".languages a[hreflang=en]": "/en/corrections", "link[type='application/atom+xml']": "/vi/cai-chinh/atom.xml", ".footer-links li:nth-child(2) a": "/vi/cai-chinh",
	} {
		if got := page.Attr(selector, "href"); got != want {
			t.Errorf("%s leads to %q, want %q", selector, got, want)
		}
	}
	if got := w.reader().Get("/en/").Is(http.StatusOK); got.Has("#corrections") {
		t.Error("the English front page tells a correction that English readers do not need")
	}
	if got := w.reader().Get("/en/corrections").Is(http.StatusOK).Text("h1"); got != "Corrections and apologies" {
		t.Errorf("in English it is called %q", got)
	}
	w.reader().Get("/en/cai-chinh").Is(http.StatusMovedPermanently).LeadsTo("/en/corrections")
	w.reader().Get("/vi/cai-chinh?page=2").Is(http.StatusNotFound)
}

func TestCorrectionsAreAFeed(t *testing.T) {
	w := newWorld(t)
	w.settle(w.publish(corrected("vi", "Bài ghi <95> xã.")))
	before := readFeed(t, w.reader().Get("/vi/cai-chinh/atom.xml").Is(http.StatusOK).Body)
	w.settle(w.publish(corrected("vi", "Bài ghi 90 xã.", "Bài ghi <95> xã.")))
	after := readFeed(t, w.reader().Get("/vi/cai-chinh/atom.xml").Is(http.StatusOK).Body)
	if len(before.Entries) != 1 || len(after.Entries) != 2 || before.ID != after.ID || before.Entries[0].ID != after.Entries[1].ID || after.Entries[0].ID == after.Entries[1].ID {
		t.Errorf("an entry cannot be known again: %+v, %+v", before.Entries, after.Entries)
	}
	e := after.Entries[1]
	if e.Title != "Thông tin cải chính, xin lỗi: Bình Phước hợp nhất vào Đồng Nai" || e.Links[0].Href != "http://portal.localhost:8080/vi/dau-tu/hop-nhat-"+merger ||
		!strings.HasPrefix(e.Content, "Bài ghi <95> xã. Nay xin đọc đúng là:") || len(e.Categories) != 1 || e.Categories[0].Label != "Đầu tư" {
		t.Errorf("%+v", e)
	}
	if got := readFeed(t, w.reader().Get("/vi/atom.xml").Body); !strings.Contains(got.Entries[2].Content, "Bài ghi 90 xã.") {
		t.Errorf("the feed of articles does not tell it: %s", got.Entries[2].Content)
	}
}

// What was put right is known for ever: also when the article is gone, of which
// nothing else remains.
func TestACorrectionOutlivesItsArticle(t *testing.T) {
	for name, c := range map[string]struct {
		expired    bool
		title, was string
	}{
		"withdrawn": {false, "Nội dung đã được gỡ", "Một bài đã được gỡ"},
		"expired":   {true, "Bài này đã hết hạn đăng", "Một bài đã hết hạn đăng"},
	} {
		w := newWorld(t)
		a := corrected("vi", "Bài ghi 95 xã.", "Bài ghi 94 xã.")
		w.settle(w.publish(a))
		address := "/vi/dau-tu/hop-nhat-" + merger
		if got := len(w.reader().Get(address).Is(http.StatusOK).All(".correction time")); got != 2 {
			t.Errorf("%d corrections stand with the article", got)
		}
		search := "/vi/tim-kiem?q=" + url.QueryEscape("ghi 95 xã")
		if got := w.reader().Get(search).Text(".hit"); !strings.Contains(got, "Bình Phước hợp nhất") || !strings.Contains(got, "Đã cải chính") {
			t.Errorf("%s: search shows %q", name, got)
		}
		w.settle(w.append(release.Key{Kind: release.ArticleKind, ID: a.ID, Lang: a.Lang}, release.Withdraw, release.Tombstone{
			Outlets: a.Outlets, Section: a.Section, WithdrawnAt: morning, Expired: c.expired, Corrections: a.Corrections(),
		}))
		stone := w.reader().Get(address).Is(http.StatusGone)
		if got := stone.Text("h1"); got != c.title {
			t.Errorf("%s: the tombstone says %q", name, got)
		}
		if strings.Contains(stone.Text("main"), "Bình Phước hợp nhất") {
			t.Errorf("%s: a word of the text is left", name)
		}
		for _, path := range []string{"/vi/", "/vi/cai-chinh", "/vi/cai-chinh/atom.xml"} {
			body := w.reader().Get(path).Is(http.StatusOK).Body
			if !strings.Contains(body, "Bài ghi") || !strings.Contains(body, c.was) || strings.Contains(body, "Bình Phước hợp nhất") {
				t.Errorf("%s: %s does not tell the correction, or tells more", name, path)
			}
		}
		w.reader().Get(w.reader().Get("/vi/cai-chinh").Attr(".corrections a", "href")).Is(http.StatusGone)
		if w.reader().Get(search).Has(".hit") {
			t.Errorf("%s: search still finds it", name)
		}
		for _, path := range []string{"/vi/atom.xml", "/-/sitemap/1.xml", "/vi/dau-tu"} {
			if strings.Contains(w.reader().Get(path).Body, "hop-nhat-"+merger) {
				t.Errorf("%s: %s still has it", name, path)
			}
		}
	}
}
