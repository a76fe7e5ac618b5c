package public_test

import (
	"net/http"
	"strings"
	"testing"

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
	for _, name := range []string{"title", "creator", "date", "description", "publisher", "identifier", "language"} {
		if page.Attr("meta[name='DC."+name+"']", "content") == "" {
			t.Errorf("DC.%s is empty", name)
		}
	}
}
