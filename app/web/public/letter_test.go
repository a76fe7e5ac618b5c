package public_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/apptest"
)

func TestAReaderReportsAnError(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	about := "/vi/dau-tu/hop-nhat-" + merger
	link := r.Get(about).Is(http.StatusOK).Attr(".report a", "href")
	form := r.Get(link).Is(http.StatusOK)
	if got := form.Text(".about a"); got != "Bình Phước hợp nhất vào Đồng Nai" {
		t.Errorf("the form is about %q", got)
	}
	sent := r.Write(form.Attr("form.letter", "action"), url.Values{
		"about": {form.Attr("input[name=about]", "value")}, "message": {" Số xã phải là 72.\r\nXem NQ 1662. "}, "contact": {"doc.gia@example.vn"}, "website": {""},
	}).Is(http.StatusSeeOther)
	thanks := r.Get(sent.Header.Get("Location")).Is(http.StatusOK)
	receipt := thanks.Text(".receipt")
	apptest.Eventually(t, "the newsroom has the letter", func() bool { return len(w.received()) == 1 })
	got := w.received()[0]
	if got.ID != receipt || got.Kind != "error_report" || got.Outlet != "portal" || got.Lang != "vi" || got.Item != merger ||
		got.Address != about || got.Message != "Số xã phải là 72.\nXem NQ 1662." || got.Contact != "doc.gia@example.vn" {
		t.Errorf("the newsroom got %+v under receipt %q", got, receipt)
	}
	if thanks.Header.Get("Set-Cookie")+form.Header.Get("Set-Cookie")+sent.Header.Get("Set-Cookie") != "" {
		t.Error("a reader was given a cookie")
	}
}

func TestALetterIsKeptWhileTheNewsroomIsAway(t *testing.T) {
	w := newWorld(t)
	w.mu.Lock()
	w.away = true
	w.mu.Unlock()
	w.reader().Write("/en/report-error", url.Values{"message": {"A figure is wrong"}}).Is(http.StatusSeeOther)
	if n, err := w.stand.Waiting(ctx); err != nil || n != 1 {
		t.Errorf("%d letters wait (%v)", n, err)
	}
}

func TestALetterThatIsRefusedKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("ạ", 5001)
	for name, c := range map[string]struct {
		form        url.Values
		field, says string
	}{
		"empty":      {url.Values{"message": {" \n "}, "contact": {"a@b.vn"}}, "message", "Hãy điền mục này."},
		"too long":   {url.Values{"message": {long}}, "message", "Nội dung quá dài, tối đa 5000 ký tự."},
		"no address": {url.Values{"message": {"Sai số"}, "contact": {"không phải email"}}, "contact", "Địa chỉ thư điện tử chưa đúng, ví dụ đúng: ten@example.com."},
		"a robot":    {url.Values{"message": {"Buy"}, "website": {"http://x.example"}}, "website", "Hãy để trống ô này rồi gửi lại."},
		"not UTF-8":  {url.Values{"message": {"S\xe8 sai"}}, "message", "Văn bản này dùng bảng mã không đọc được. Hãy chuyển sang Unicode (UTF-8) rồi gửi lại."},
	} {
		t.Run(name, func(t *testing.T) {
			page := w.reader().Write("/vi/bao-loi", c.form).Is(http.StatusUnprocessableEntity)
			if got := page.Text("#" + c.field + "-problem"); got != c.says {
				t.Errorf("it says %q", got)
			}
			if got := page.Attr(".problems a", "href"); got != "#"+c.field {
				t.Errorf("the summary leads to %q", got)
			}
			if page.Attr("[name="+c.field+"]", "aria-invalid") != "true" || page.Has(".trap #"+c.field) {
				t.Error("the field is not shown as refused")
			}
			if want := c.form.Get("message"); name != "not UTF-8" && page.Text("textarea") != strings.TrimSpace(want) {
				t.Error("the message is lost")
			}
			if want := c.form.Get("contact"); page.Attr("[name=contact]", "value") != want {
				t.Error("the address is lost")
			}
			if !strings.HasPrefix(page.Text("title"), "Chưa gửi được: ") {
				t.Error("the title does not say that it failed")
			}
		})
	}
	if n, err := w.stand.Waiting(ctx); err != nil || n != 0 || len(w.received()) != 0 {
		t.Errorf("%d letters wait although all were refused (%v)", n, err)
	}
}

func TestTooManyLettersFromOneAddress(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	for range 5 {
		r.Write("/vi/bao-loi", url.Values{"message": {"Sai"}}).Is(http.StatusSeeOther)
	}
	refused := r.Write("/vi/bao-loi", url.Values{"message": {"Sai lần nữa"}, "about": {"/vi/dau-tu/hop-nhat-" + merger}}).Is(http.StatusTooManyRequests)
	if refused.Text("textarea") != "Sai lần nữa" || refused.Attr("input[name=about]", "value") != "/vi/dau-tu/hop-nhat-"+merger {
		t.Error("what was typed is lost")
	}
	if refused.Header.Get("Retry-After") == "" || !strings.Contains(refused.Text(".problems"), "1 phút") {
		t.Errorf("it does not say when to come back: %q", refused.Text(".problems"))
	}
	apptest.Eventually(t, "the five letters arrive", func() bool { return len(w.received()) == 5 })
}

func TestALetterOverTheLimit(t *testing.T) {
	body := "message=" + strings.Repeat("x", 70<<10)
	status, _, page := newWorld(t).wire("POST /vi/bao-loi HTTP/1.1\r\nHost: portal.localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
		fmt.Sprintf("Content-Length: %d\r\nConnection: close\r\n\r\n%s", len(body), body))
	if status != http.StatusRequestEntityTooLarge || !strings.Contains(page, "<h1>") {
		t.Errorf("status %d, %q", status, page)
	}
}

// A page of somebody else's makes no reader of theirs write to us.
func TestALetterIsWrittenHere(t *testing.T) {
	w := newWorld(t)
	for _, origin := range []string{"Origin: https://evil.example", "Origin: null", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site"} {
		body := "message=Sai"
		status, _, page := w.wire("POST /vi/bao-loi HTTP/1.1\r\nHost: portal.localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n" +
			fmt.Sprintf("%s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s", origin, len(body), body))
		if status != http.StatusForbidden || !strings.Contains(page, "Hãy mở trang này tại đây và gửi lại.") {
			t.Errorf("%s: status %d, %q", origin, status, page)
		}
	}
	if got := w.received(); len(got) != 0 {
		t.Errorf("%v", got)
	}
}

func TestTheFormIsAboutPagesOfOursOnly(t *testing.T) {
	r := newWorld(t).reader()
	for _, about := range []string{"https://evil.example/", "//evil.example/vi/", "/\\evil.example/", "javascript:alert(1)", "../x", "/vi/\n"} {
		if r.Get("/vi/bao-loi?about=" + url.QueryEscape(about)).Is(http.StatusOK).Has(".about") {
			t.Errorf("it takes %q for a page", about)
		}
	}
	// A reader may tell of a page that is missing; nothing leads there.
	for _, about := range []string{"/khong-co", "/-/health"} {
		if page := r.Get("/vi/bao-loi?about=" + url.QueryEscape(about)).Is(http.StatusOK); page.Has(".about a") || !strings.HasSuffix(page.Text(".about"), about) {
			t.Errorf("of %s it says %q", about, page.Text(".about"))
		}
	}
	// Not even the headline of what is not released is told.
	if got := r.Get("/vi/bao-loi?about=" + url.QueryEscape("/en/x/y-"+parks)).Is(http.StatusOK).Text(".about a"); got != "/en/x/y-"+parks {
		t.Errorf("it names the page %q", got)
	}
	for about, name := range map[string]string{"/vi/": "Trang chủ", "/vi/dau-tu": "Đầu tư", "/vi/cai-chinh": "Thông tin cải chính, xin lỗi",
		"/vi/tim-kiem?q=khu+công": "Tìm kiếm: khu công", "/vi/tim-kiem": "Tìm kiếm", "/vi/su-kien": "Sự kiện", "/vi/lien-he": "Liên hệ", "/vi/so-do-trang": "Sơ đồ trang",
		"/vi/quyen-rieng-tu": "Quyền riêng tư", "/vi/tu-lieu": "Tư liệu"} {
		if got := r.Get("/vi/bao-loi?about=" + url.QueryEscape(about)).Is(http.StatusOK).Text(".about a"); got != name {
			t.Errorf("%s is called %q", about, got)
		}
	}
}

// Only what was sent is confirmed; the number alone is no proof.
func TestAReceiptIsOnlyConfirmedForWhatWasSent(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	real := r.Write("/vi/bao-loi", url.Values{"message": {"Sai"}}).Is(http.StatusSeeOther).Header.Get("Location")
	number := r.Get(real).Is(http.StatusOK).Text(".receipt")
	apptest.Eventually(t, "the letter has left", func() bool { return len(w.received()) == 1 })
	if got := r.Get(real).Is(http.StatusOK).Text(".receipt"); got != number || got != w.received()[0].ID {
		t.Errorf("the receipt is %q, then %q", number, got)
	}
	for _, made := range []string{"<b>", "bbbbbbbb22", number, number + ".", number + ".AAAAAAAAAAAAAAAAAAAAAA", strings.Replace(real[len("/vi/bao-loi?receipt="):], number, "bbbbbbbb22", 1)} {
		page := r.Get("/vi/bao-loi?receipt=" + url.QueryEscape(made)).Is(http.StatusOK)
		if page.Has(".receipt") || page.Text("h1") != "Không xác nhận được mã tiếp nhận" || strings.Contains(page.Text("main"), "Đã nhận") {
			t.Errorf("%q is confirmed: %s", made, page.Text("main"))
		}
	}
}

func TestTheFormIsAboutTheSamePageInAnotherLanguage(t *testing.T) {
	r := newWorld(t).reader()
	about := url.QueryEscape("/vi/dau-tu/hop-nhat-" + merger)
	if got := r.Get("/vi/bao-loi?about="+about).Is(http.StatusOK).Attr(".languages a[hreflang=en]", "href"); got != "/en/report-error?about="+about {
		t.Errorf("the switcher leads to %q", got)
	}
}

// Whatever page it is, one can say from it what is wrong with it, and the
// editors learn which page it was.
func TestAnErrorCanBeReportedOnEveryPage(t *testing.T) {
	r := newWorld(t).reader()
	for path, about := range map[string]string{
		"/vi/": "/vi/", "/vi/dau-tu": "/vi/dau-tu", "/vi/dau-tu/hop-nhat-" + merger: "/vi/dau-tu/hop-nhat-" + merger, "/vi/tim-kiem?q=khu": "/vi/tim-kiem?q=khu",
		"/vi/tim-kiem": "/vi/tim-kiem", "/vi/cai-chinh": "/vi/cai-chinh", "/vi/su-kien": "/vi/su-kien", "/vi/su-kien?month=2026-08": "/vi/su-kien?month=2026-08", "/vi/nguon-tin": "/vi/nguon-tin",
		"/vi/lien-he": "/vi/lien-he", "/vi/quyen-rieng-tu": "/vi/quyen-rieng-tu", "/vi/tiep-can": "/vi/tiep-can", "/vi/so-do-trang": "/vi/so-do-trang",
		"/vi/khong-co": "/vi/khong-co", "/khong-co": "/khong-co", "/vi/van-hoa/x-" + removed: "/vi/van-hoa/x-" + removed,
	} {
		page := r.Get(path)
		link := page.Attr(".footer-links li:first-child a", "href")
		if want := "?about=" + url.QueryEscape(about); !strings.HasSuffix(link, want) {
			t.Errorf("%s (%d): the link is %q, not for %s", path, page.Status, link, about)
			continue
		}
		if form := r.Get(link).Is(http.StatusOK); form.Attr("input[name=about]", "value") != about {
			t.Errorf("%s: the form is about %q", path, form.Attr("input[name=about]", "value"))
		}
	}
}

func TestAReaderWritesToTheOffice(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	page := r.Get("/vi/lien-he").Is(http.StatusOK)
	for _, want := range []string{"Văn phòng UBND tỉnh", "Số 1", "bientap@portal.example"} {
		if !strings.Contains(page.Text("main .identity"), want) {
			t.Errorf("whom one writes to lacks %q", want)
		}
	}
	for _, bad := range []string{"", "khac"} {
		refused := r.Write("/vi/lien-he", url.Values{"topic": {bad}, "message": {"Cho hỏi"}}).Is(http.StatusUnprocessableEntity)
		if refused.Text("#topic-problem") == "" || refused.Attr(".problems a", "href") != "#topic" || refused.Text("textarea") != "Cho hỏi" {
			t.Errorf("topic %q: %s", bad, refused.Text(".problems"))
		}
	}
	sent := r.Write(page.Attr("form.letter", "action"), url.Values{"topic": {"press"}, "message": {"Cho hỏi"}, "contact": {"a@b.vn"}}).Is(http.StatusSeeOther)
	thanks := r.Get(sent.Header.Get("Location")).Is(http.StatusOK)
	if thanks.Text("h1") != "Đã nhận thư của bạn" || thanks.Text(".receipt") == "" {
		t.Errorf("it answers %q", thanks.Text("main"))
	}
	r.Write("/en/contact", url.Values{"topic": {"data"}, "message": {"What do you hold?"}}).Is(http.StatusSeeOther)
	apptest.Eventually(t, "the newsroom has both", func() bool { return len(w.received()) == 2 })
	for _, l := range w.received() {
		if l.Kind != "contact" || l.Lang == "vi" && (l.Topic != "press" || l.Consent != "2026-12-02") || l.Lang == "en" && (l.Topic != "data" || l.Consent != "") {
			t.Errorf("the newsroom got %+v", l)
		}
	}
}
