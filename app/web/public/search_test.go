package public_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

func TestSearchFindsAndMarks(t *testing.T) {
	r := newWorld(t).reader()
	for _, q := range []string{"minh hung sikico", "Minh Hưng – SIKICO", "MINH HƯNG"} {
		page := r.Get("/vi/tim-kiem?q=" + url.QueryEscape(q)).Is(http.StatusOK)
		if got := page.Attr(".hit a", "href"); got != "/vi/khu-cong-nghiep/sikico-"+parks {
			t.Errorf("%q finds %q", q, got)
		}
		if got := page.Text(".hit mark"); !strings.HasPrefix(got, "Minh Hưng") {
			t.Errorf("%q marks %q", q, got)
		}
		if got := page.Attr("#q", "value"); got != q {
			t.Errorf("%q stands in the field as %q", q, got)
		}
	}
	page := r.Get("/vi/tim-kiem?q=doi+ngoai").Is(http.StatusOK)
	if got := page.Text(".count"); got != "Tìm thấy 3 bài" {
		t.Errorf("it found: %s", got)
	}
	if page.Attr("meta[name=robots]", "content") != "noindex" {
		t.Error("search engines are invited to search")
	}
	if got := page.Attr("meta[name=description]", "content"); !strings.Contains(got, "có dấu hay không dấu") {
		t.Errorf("the page is described as %q", got)
	}
	if got := page.Attr(".languages a[hreflang=en]", "href"); got != "/en/search?q=doi+ngoai" {
		t.Errorf("the switcher leads to %q", got)
	}
}

func TestSearchWithinASection(t *testing.T) {
	r := newWorld(t).reader()
	page := r.Get("/vi/tim-kiem?q=doi+ngoai&section=van-hoa").Is(http.StatusOK)
	if got := page.Text(".count"); got != "Tìm thấy 1 bài" {
		t.Errorf("it found: %s", got)
	}
	if got := page.Text("option[selected]"); got != "Văn hóa – Du lịch" {
		t.Errorf("the filter is %q", got)
	}
	if got := page.Attr(".languages a[hreflang=en]", "href"); got != "/en/search?q=doi+ngoai&section=culture" {
		t.Errorf("the switcher leads to %q", got)
	}
	// A section holds what its children hold.
	if got := r.Get("/vi/tim-kiem?q=sikico&section=dau-tu").Is(http.StatusOK).Text(".count"); got != "Tìm thấy 1 bài" {
		t.Errorf("below the section: %s", got)
	}
	nothing := r.Get("/vi/tim-kiem?q=sikico&section=van-hoa").Is(http.StatusOK)
	if got := nothing.Attr("a.action", "href"); got != "/vi/tim-kiem?q=sikico" {
		t.Errorf("finding nothing in a section leads to %q", got)
	}
}

func TestSearchHasPages(t *testing.T) {
	w := newWorld(t)
	var last int64
	for i := range 25 {
		last = w.publish(article(fmt.Sprintf("bbbbbbbb%d%d", i/8+2, i%8+2), "vi", "parks", 10+i, fmt.Sprint("Hạt điều ", i), "bai"))
	}
	w.settle(last)
	first := w.reader().Get("/vi/tim-kiem?q=%22h%E1%BA%A1t+%C4%91i%E1%BB%81u%22&section=dau-tu").Is(http.StatusOK)
	if len(first.All(".hit")) != 10 || first.Text(".count") != "Tìm thấy 25 bài" {
		t.Errorf("%d hits on a page, %s", len(first.All(".hit")), first.Text(".count"))
	}
	third := w.reader().Get(first.Attr(".number:nth-last-child(2) a", "href")).Is(http.StatusOK)
	if got := len(third.All(".hit")); got != 5 {
		t.Errorf("%d hits on the last page", got)
	}
	if got := third.Attr("ol[start]", "start"); got != "21" {
		t.Errorf("the last page counts from %s", got)
	}
	if got := third.Text("#section option[selected]"); got != "Đầu tư" {
		t.Errorf("the filter became %q", got)
	}
}

func TestASearchThatCannotBeMadeKeepsWhatWasTyped(t *testing.T) {
	r := newWorld(t).reader()
	long := strings.Repeat("đối ngoại ", 30)
	for text, want := range map[string]string{
		"":                       "Hãy nhập từ cần tìm.",
		"  ":                     "Hãy nhập từ cần tìm.",
		long:                     "Nội dung tìm quá dài: tối đa 200 ký tự.",
		strings.Repeat("a ", 70): "Quá nhiều từ: tối đa 60 từ.",
	} {
		page := r.Get("/vi/tim-kiem?q=" + url.QueryEscape(text)).Is(http.StatusUnprocessableEntity)
		if got := page.Text("#q-problem"); got != want {
			t.Errorf("%.20q: %q", text, got)
		}
		if got := page.Attr("#q", "value"); got != strings.TrimSpace(text) {
			t.Errorf("%.20q: the field has %q", text, got)
		}
	}
	if r.Get("/vi/tim-kiem").Is(http.StatusOK).Has(".problem") {
		t.Error("a form that nobody has sent complains")
	}
	if got := r.Get("/vi/tim-kiem?q=zzzz").Is(http.StatusOK).Text(".count"); got != "Không tìm thấy bài nào cho “zzzz”" {
		t.Errorf("finding nothing: %q", got)
	}
}
