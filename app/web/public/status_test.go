package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/release"
)

func (w *world) goAway(away bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.away = away
}

func (w *world) say(id string, told release.Receipt) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.told = map[string]release.Receipt{id: told}
}

// From the thanks to the answer, with nothing but the number or the address.
func TestAReaderLearnsWhatBecameOfALetter(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	w.goAway(true)
	sent := r.Write("/vi/bao-loi", url.Values{"message": {"Sai"}, "contact": {"doc.gia@example.vn"}}).Is(http.StatusSeeOther)
	thanks := r.Get(sent.Header.Get("Location")).Is(http.StatusOK)
	number, signed := thanks.Text(".receipt"), thanks.Attr(`.notice a[href*="receipt="]`, "href")
	typed := "/vi/trang-thai?number=" + url.QueryEscape(strings.ToLower(strings.ReplaceAll(number, "-", " ")))
	says := func(path, title string, status int) *apptest.Answer {
		t.Helper()
		page := r.Get(path).Is(status)
		if got := page.Text("main h2"); got != title {
			t.Errorf("%s says %q, want %q", path, got, title)
		}
		if page.Header.Get("Cache-Control") != "no-store" || page.Header.Get("Set-Cookie") != "" || strings.Contains(page.Body, "doc.gia@example.vn") {
			t.Errorf("%s is kept, sets a cookie or tells the address", path)
		}
		return page
	}
	for _, path := range []string{typed, signed} {
		says(path, "Đã nhận, chưa chuyển tới tòa soạn", http.StatusOK)
	}
	w.goAway(false)
	apptest.Eventually(t, "the newsroom has the letter", func() bool { return len(w.received()) == 1 })
	apptest.Eventually(t, "the letter has left", func() bool { n, err := w.stand.Waiting(ctx); return n == 0 && err == nil })
	for _, path := range []string{typed, signed} {
		if got := says(path, "Tòa soạn đã nhận, đang xử lý", http.StatusOK).Text(".status"); !strings.Contains(got, "Hạn trả lời: 16/07/2026") {
			t.Errorf("%s does not say until when: %q", path, got)
		}
	}
	w.goAway(true)
	says(typed, "Hiện chưa tra cứu được", http.StatusOK)
	says(signed, "Đã nhận; hiện chưa biết xử lý đến đâu", http.StatusOK)
	w.goAway(false)
	w.say(number, release.Receipt{State: release.LetterAnswered, Received: morning, Done: morning, Answer: "Đúng là 72.\n<script>alert(1)</script>"})
	page := says(typed, "Đã trả lời", http.StatusOK)
	if got := page.Text(".answered"); got != "Đúng là 72. <script>alert(1)</script>" || page.Has(".answered script") {
		t.Errorf("the answer reads %q", got)
	}
	w.say(number, release.Receipt{State: release.LetterCorrected, Received: morning, Done: morning, Item: merger, Lang: "vi"})
	if got := says(signed, "Đã cải chính", http.StatusOK).Attr(".status a", "href"); got != "/vi/dau-tu/hop-nhat-"+merger {
		t.Errorf("what was corrected is at %q", got)
	}
	w.say(number, release.Receipt{State: release.LetterClosed, Received: morning, Done: morning})
	says(strings.Replace(typed, "/vi/trang-thai", "/en/status", 1), "Dealt with", http.StatusOK)
}

// Nothing is said of a letter to who does not have its number.
func TestAStatusIsTheWritersOnly(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	sent := r.Write("/vi/bao-loi", url.Values{"message": {"Sai"}}).Is(http.StatusSeeOther)
	number := r.Get(sent.Header.Get("Location")).Text(".receipt")
	other := release.NewNumber(morning)
	for path, status := range map[string]int{
		"/vi/trang-thai": 200, "/vi/trang-thai?number=": 200, "/vi/trang-thai?number=" + number[:18]: 422, "/vi/trang-thai?number=" + url.QueryEscape("<b>'\""): 422,
		"/vi/trang-thai?number=" + strings.Repeat("9", 200): 400, "/vi/trang-thai?number=%ff": 400, "/vi/trang-thai?receipt=" + number: 404,
		"/vi/trang-thai?receipt=" + number + ".AAAAAAAAAAAAAAAAAAAAAA": 404, "/vi/trang-thai?number=" + other: 404,
	} {
		page := r.Get(path).Is(status)
		if page.Has(".answered") || status != 200 && strings.Contains(page.Text("main"), "Tòa soạn đã nhận") {
			t.Errorf("%s tells of a letter: %s", path, page.Text("main"))
		}
	}
	r.Post("/vi/trang-thai", nil).Is(http.StatusMethodNotAllowed)
	last := 0
	for range 40 {
		if last = r.Get("/vi/trang-thai?number=" + other).Status; last == http.StatusTooManyRequests {
			break
		}
	}
	if last != http.StatusTooManyRequests {
		t.Error("numbers can be tried without end")
	}
}
