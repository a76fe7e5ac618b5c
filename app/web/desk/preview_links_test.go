package desk_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

func TestAReaderWithoutAnAccountIsShownAPreview(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		content := w.article("Cửa khẩu Hoa Lư")
		content.Body = "Một đoạn.\n\n![Cây cầu](media:" + w.picture(s.reporter) + ")"
		ref := s.reporter.write(content)
		s.carry(ref, newsroom.Editing)
		if s.reporter.Get(pathOf(ref)).Has(`a[href$="/preview-links"]`) {
			t.Error("the reporter is offered to share")
		}
		path := s.editor.Get(pathOf(ref)).Is(http.StatusOK).Attr(`a[href$="/preview-links"]`, "href")
		page := s.editor.send(path, url.Values{"reader": {"Văn phòng UBND tỉnh"}, "days": {"3"}}).Is(http.StatusOK)
		link := strings.TrimPrefix(page.Attr("#fresh", "value"), origin)
		if s.editor.Get(path).Is(http.StatusOK).Has("#fresh") {
			t.Error("the link is shown again")
		}

		stranger := w.visitor()
		shown := stranger.Get(link).Is(http.StatusOK)
		if got := shown.Text("h1"); got != "Cửa khẩu Hoa Lư" {
			t.Errorf("it shows %q", got)
		}
		if got := shown.Text("body"); !strings.Contains(got, "Bản nháp, bản lưu số 1, gửi Văn phòng UBND tỉnh xem trước tới 08:00, 04/07/2026.") {
			t.Errorf("it is not marked as a draft: %q", got)
		}
		for header, want := range map[string]string{"Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow", "Referrer-Policy": "no-referrer"} {
			if got := shown.Header.Get(header); got != want {
				t.Errorf("%s: %q", header, got)
			}
		}
		stranger.Get(shown.Attr("article img", "src")).Is(http.StatusOK)
		w.visitor().Get(shown.Attr("article img", "src")).Is(http.StatusUnauthorized)

		page = s.editor.Get(path).Is(http.StatusOK)
		if got := page.Text("main"); !strings.Contains(got, "mở 1 lần") {
			t.Errorf("the openings: %q", got)
		}
		s.editor.send(page.Attr(`form[action$="/revoke"]`, "action"), nil).Is(http.StatusSeeOther)
		gone := stranger.Get(link).Is(http.StatusNotFound)
		if got := gone.Text("h1"); !strings.HasPrefix(got, "Liên kết xem trước không có") {
			t.Errorf("afterwards it says %q", got)
		}
		stranger.Get(shown.Attr("article img", "src")).Is(http.StatusNotFound)
	})
}

// TestADeadPreviewLinkSaysWhatToDo, and offers nothing that needs an account.
func TestADeadPreviewLinkSaysWhatToDo(t *testing.T) {
	w := oneWorld(t)
	for lang, want := range map[string]string{"vi": "Hãy liên hệ tòa soạn đã gửi liên kết này và xin một liên kết mới.", "en": "Ask the newsroom that sent you this link for a new one."} {
		page := w.visitor().Get("/p/khongco", "Accept-Language", lang).Is(http.StatusNotFound)
		if got := page.Text("main p"); got != want {
			t.Errorf("%s: it says %q", lang, got)
		}
		if page.Has("main a") || page.Has(`a[href="/"]`) || !page.Has(`a[href^="/p/khongco?lang="]`) {
			t.Errorf("%s: it leads elsewhere, or not into the other language: %s", lang, page.Body)
		}
	}
}

// TestGuessedPreviewLinksAreSlowedDown, and the right one is not.
func TestGuessedPreviewLinksAreSlowedDown(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Cửa khẩu Hoa Lư"))
	s.carry(ref, newsroom.Editing)
	page := s.editor.send(pathOf(ref)+"/preview-links", url.Values{"reader": {"Văn phòng"}, "days": {"3"}}).Is(http.StatusOK)
	link := strings.TrimPrefix(page.Attr("#fresh", "value"), origin)
	guesses := 0
	for guesses < 100 && w.visitor().Get("/p/khongco"+strconv.Itoa(guesses)).Status == http.StatusNotFound {
		guesses++
	}
	if guesses != 30 {
		t.Errorf("%d wrong links are looked up at once", guesses)
	}
	picture := w.visitor()
	picture.SetCookie("preview", "khongco")
	for _, refused := range []*apptest.Answer{w.visitor().Get("/p/khongco"), picture.Get("/media/" + strings.Repeat("0", 64) + "/a.jpg")} {
		if refused.Is(http.StatusTooManyRequests).Header.Get("Retry-After") == "" {
			t.Error("it does not say when to come back")
		}
	}
	w.visitor().Get(link).Is(http.StatusOK)
	w.clock.Advance(time.Minute)
	w.visitor().Get("/p/khongco").Is(http.StatusNotFound)
}

// Moments are set, shown, and lifted on the edition's page.
func TestEmbargoAndExpiryAreSetAndLifted(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Công bố kế hoạch"))
	s.reporter.press(ref, newsroom.SetEmbargo, url.Values{"at": {"2026-07-03T09:00"}}).Is(http.StatusSeeOther)
	page := s.managing.Get(pathOf(ref))
	if got := page.Text(".rail"); !strings.Contains(got, "Không được đăng trước 09:00, 03/07/2026") {
		t.Errorf("the page says %q", got)
	}
	page = s.reporter.press(ref, newsroom.SetEmbargo, url.Values{"lift": {"1"}}).Is(http.StatusForbidden)
	if got := page.Text(".errors"); !strings.HasPrefix(got, "Chỉ thư ký tòa soạn hoặc Tổng Biên tập") {
		t.Errorf("the reporter is told %q", got)
	}
	s.managing.press(ref, newsroom.SetEmbargo, url.Values{"lift": {"1"}}).Is(http.StatusSeeOther)
	page = s.managing.press(ref, newsroom.SetExpiry, url.Values{"at": {"2020-01-01T00:00"}}).Is(http.StatusUnprocessableEntity)
	if got := page.Text("details[open] .wrong"); got == "" {
		t.Error("the refusal is not told at its field")
	}
	s.managing.press(ref, newsroom.SetExpiry, url.Values{"at": {"2026-07-09T09:00"}}).Is(http.StatusSeeOther)
	if got := s.chief.Get(pathOf(ref)).Text(".rail"); !strings.Contains(got, "Tự gỡ lúc 09:00, 09/07/2026") || strings.Contains(got, "Không được đăng") {
		t.Errorf("the page says %q", got)
	}
}
