package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/release"
)

func TestRepliesStandUnderTheArticle(t *testing.T) {
	w := newWorld(t)
	address := "/vi/dau-tu/hop-nhat-" + merger
	if w.reader().Get(address).Is(http.StatusOK).Has(".replies") {
		t.Error("an article without replies has a place for them")
	}
	a := article(merger, "vi", "invest", 1, "Bình Phước hợp nhất vào Đồng Nai", "hop-nhat")
	a.Outlets = []string{"newspaper", "portal"}
	a.Replies = []release.Reply{
		{Party: "Công ty <Minh Hưng>", Position: "Chủ đầu tư", Received: "2026-07-02", Round: 1, HTML: "<p>Chúng tôi phản đối con số bảy nghìn.</p>", Answer: "<p>Tòa soạn đã kiểm tra.</p>"},
		{Party: "Công ty <Minh Hưng>", Received: "2026-07-09", Round: 2, HTML: "<p>Vẫn phản đối.</p>"},
	}
	w.settle(w.publish(a))
	board := strings.NewReplacer("tòa soạn nhận", "Ban Biên tập nhận", "của tòa soạn", "của Ban Biên tập") // an office has no newsroom
	for name, r := range map[string]*apptest.Visitor{"portal": w.reader(), "newspaper": apptest.NewVisitor(t, w.site.App(), "http://newspaper.localhost")} {
		page := r.Get(address).Is(http.StatusOK)
		if got := page.Text(".replies h2"); got != "Phản hồi thông tin" {
			t.Errorf("%s: they are called %q", name, got)
		}
		all := page.All(".reply")
		if len(all) != 2 {
			t.Fatalf("%s: %d replies", name, len(all))
		}
		for i, want := range []string{
			"Công ty <Minh Hưng> Chủ đầu tư · tòa soạn nhận ngày 02/07/2026 Chúng tôi phản đối con số bảy nghìn. Ý kiến của tòa soạn Tòa soạn đã kiểm tra.",
			"Công ty <Minh Hưng> lần 2 · tòa soạn nhận ngày 09/07/2026 Vẫn phản đối.",
		} {
			if name == "portal" {
				want = board.Replace(want)
			}
			if got := apptest.Text(all[i]); got != want {
				t.Errorf("%s: reply %d reads %q", name, i, got)
			}
		}
	}
	if got := w.reader().Get("/vi/tim-kiem?q=" + url.QueryEscape("phản đối con số bảy nghìn")).Text(".hit"); !strings.Contains(got, "hợp nhất vào Đồng Nai") {
		t.Errorf("search for a reply shows %q", got)
	}
	feed := readFeed(t, w.reader().Get("/vi/atom.xml").Body)
	if got := feed.Entries[2].Content; !strings.Contains(got, "Công ty &lt;Minh Hưng&gt;, lần 2") || !strings.Contains(got, "<p>Vẫn phản đối.</p>") {
		t.Errorf("the feed says %s", got)
	}
}
