package public_test

import (
	"net/http"
	"strings"
	"testing"

	"doingoai/app/kind"
	"doingoai/app/release"
)

const land, gates, people = "dnd2345678", "gts2345678", "ppl2345678"

// page is the release of a page about the province.
func page(id, title, position, reviewed string) release.Article {
	a := article(id, "vi", "invest", 1, title, "trang")
	a.Kind = string(kind.Page)
	a.Facts = kind.Facts{"position": position, "owner": "office", "reviewed": reviewed, "review_every": "3", "contact": "Bộ phận tư liệu"}
	return a
}

func TestPagesAboutTheProvinceHaveAnOutline(t *testing.T) {
	w := newWorld(t)
	if got := w.reader().Get("/vi/gioi-thieu").Is(http.StatusOK).Text("main"); !strings.Contains(got, "Chưa có trang nào") {
		t.Errorf("without any: %q", got)
	}
	w.publish(page(people, "Các dân tộc", "2", inDays(-5)[:10]))
	w.publish(page(gates, "Cửa khẩu", "1.10", inDays(-200)[:10]))
	w.settle(w.publish(page(land, "Đất và người", "1", inDays(-1)[:10])))
	tree := w.reader().Get("/vi/gioi-thieu").Is(http.StatusOK)
	if got := tree.Text("main .outline > ol > li > ol"); !strings.Contains(got, "Cửa khẩu") || strings.Contains(got, "Các dân tộc") || !strings.Contains(got, "đang chờ rà soát lại") {
		t.Errorf("below the first page stand %q", got)
	}
	if got := tree.Text(".outline"); strings.Index(got, "Đất và người") > strings.Index(got, "Các dân tộc") {
		t.Errorf("in another order: %q", got)
	}
	one := w.reader().Get("/vi/dau-tu/trang-" + gates).Is(http.StatusOK)
	if got := one.Text(".fresh"); !strings.Contains(got, "Cập nhật, rà soát lần cuối") || !strings.Contains(got, "Văn phòng UBND tỉnh") {
		t.Errorf("it says %q", got)
	}
	if got := one.Text(".above .label"); got != "đang chờ rà soát lại" {
		t.Errorf("its label is %q", got)
	}
	if got := one.Text("dl.known"); !strings.Contains(got, "Bộ phận tư liệu") || strings.Contains(got, "1.10") {
		t.Errorf("it knows %q", got)
	}
	if !strings.Contains(one.Body, `"@type":"AboutPage"`) || !strings.Contains(one.Body, `"lastReviewed":"`) {
		t.Error("machines are not told when it was reviewed")
	}
	if got := w.reader().Get("/vi/dau-tu/trang-" + land).Is(http.StatusOK); got.Has(".above .label") {
		t.Error("what was just reviewed awaits review")
	}
	home := w.reader().Get("/vi/").Is(http.StatusOK)
	if got := home.Attr(`.footer-links a[href="/vi/gioi-thieu"]`, "href"); got == "" || strings.Contains(home.Text("main"), "Các dân tộc") {
		t.Error("the footer leads to no outline, or a page stands among the news")
	}
	if got := w.reader().Get("/-/sitemap/0.xml").Is(http.StatusOK).Body; !strings.Contains(got, "/vi/gioi-thieu<") {
		t.Error("the site map knows no outline")
	}
}
