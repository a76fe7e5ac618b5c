package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/apptest"
)

func TestAReaderSaysHowUsefulAPageWas(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	about := "/vi/dau-tu/hop-nhat-" + merger
	page := r.Get(about).Is(http.StatusOK)
	if len(page.All(`.rate input[type=radio]`)) != 5 || page.Attr(`.rate input[name=about]`, "value") != about {
		t.Fatal("the form at the foot of the article is not whole")
	}
	sent := r.Post(page.Attr(".rate form", "action"), url.Values{"about": {about}, "rating": {"4"}, "comment": {" Thêm bảng. "}, "website": {""}}).Is(http.StatusSeeOther)
	thanks := r.Get(sent.Header.Get("Location")).Is(http.StatusOK)
	if thanks.Text("h1") != "Cảm ơn bạn đã đánh giá" || !thanks.Has(`main a[href="`+about+`"]`) || thanks.Header.Get("Set-Cookie")+sent.Header.Get("Set-Cookie") != "" {
		t.Errorf("the thanks: %s", thanks.Text("main"))
	}
	r.Post("/en/rating", url.Values{"about": {"/en/investment?page=2"}, "rating": {"1"}}).Is(http.StatusSeeOther)
	r.Post("/vi/danh-gia", url.Values{"about": {"/vi/tiep-can"}, "rating": {"5"}}).Is(http.StatusSeeOther)
	apptest.Eventually(t, "the newsroom has them", func() bool { return len(w.received()) == 3 })
	for _, l := range w.received() {
		if l.Kind != "rating" || l.Contact != "" {
			t.Errorf("the newsroom got %+v", l)
		}
		switch l.Rating {
		case 4:
			if l.Item != merger || l.Section != "invest" || l.Address != about || l.Message != "Thêm bảng." {
				t.Errorf("of the article: %+v", l)
			}
		case 1:
			if l.Lang != "en" || l.Section != "invest" || l.Address != "/en/investment" {
				t.Errorf("of the section: %+v", l)
			}
		}
	}
}

func TestARatingThatIsRefused(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	for _, about := range []string{"", "/", "/khong-co", "/vi/khong-co", "//evil.example/vi/", "/vi/dau-tu/x-bbbbbbbb22", "/vi/van-hoa/x-" + removed, "/en/industrial-parks/x-" + parks, "/vi/danh-gia", "/ja/", "/vi/chu-de/khong-co"} {
		if got := r.Post("/vi/danh-gia", url.Values{"about": {about}, "rating": {"5"}}).Status; got != http.StatusNotFound {
			t.Errorf("%q is rated: %d", about, got)
		}
	}
	about := "/vi/dau-tu/hop-nhat-" + merger
	for _, form := range []url.Values{
		{"about": {about}}, {"about": {about}, "rating": {"0"}}, {"about": {about}, "rating": {"6"}}, {"about": {about}, "rating": {"x"}}, {"about": {about}, "rating": {"-1"}},
		{"about": {about}, "rating": {"5"}, "website": {"http://x.example"}}, {"about": {about}, "rating": {"5"}, "comment": {strings.Repeat("a", 1001)}}, {"about": {about}, "rating": {"5"}, "comment": {"S\xe8"}},
	} {
		page := r.Post("/vi/danh-gia", form).Is(http.StatusUnprocessableEntity)
		if page.Text(".problem") == "" || page.Attr("main input[name=about]", "value") != about {
			t.Errorf("%v: %s", form, page.Text("main"))
		}
	}
	for _, path := range []string{"/vi/danh-gia", "/vi/danh-gia?receipt=x.y", "/vi/danh-gia?about=" + url.QueryEscape("https://evil.example/")} {
		r.Get(path).Is(http.StatusNotFound)
	}
	if n, err := w.stand.Waiting(ctx); n != 0 || err != nil || len(w.received()) != 0 {
		t.Error("something that was refused is counted")
	}
	last := 0
	for range 20 {
		if last = r.Post("/vi/danh-gia", url.Values{"about": {about}, "rating": {"5"}}).Status; last == http.StatusTooManyRequests {
			break
		}
	}
	if last != http.StatusTooManyRequests {
		t.Error("one network rates without end")
	}
	for _, path := range []string{"/vi/", "/vi/tim-kiem", "/vi/bao-loi", "/vi/khong-co", "/vi/trang-thai"} {
		if r.Get(path).Has(".rate") {
			t.Errorf("%s asks to be rated", path)
		}
	}
}
