package public_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
)

// A browser that runs no script is let in after a moment: the form comes back
// once, with everything that was typed and with when to send it again.
func TestALetterIsSentWithoutScript(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	typed := url.Values{"topic": {"press"}, "message": {"Cho hỏi"}, "contact": {"a@b.vn"}, "about": {"/vi/dau-tu"}}
	for path, kind := range map[string]string{"/vi/lien-he": "contact", "/vi/bao-loi": "error_report"} {
		if page := r.Get(path).Is(http.StatusOK); page.Attr("[name=proof]", "value") != "" || page.Attr(`script[src*="/proof.js"]`, "src") == "" {
			t.Errorf("%s: a form that was not sent yet has %q, or no script", path, page.Attr("[name=proof]", "value"))
		}
		back := r.Post(path, typed).Is(http.StatusTooManyRequests)
		if got := back.Text(".problems"); !strings.Contains(got, "10 giây rồi gửi lại") || back.Header.Get("Retry-After") != "10" {
			t.Errorf("%s says %q and Retry-After %s", path, got, back.Header.Get("Retry-After"))
		}
		if back.Text("textarea") != "Cho hỏi" || back.Attr("#contact", "value") != "a@b.vn" || kind == "contact" && back.Attr("option[selected]", "value") != "press" ||
			kind == "error_report" && back.Attr("[name=about]", "value") != "/vi/dau-tu" || back.Has("[aria-invalid]") {
			t.Errorf("%s lost what was typed: %s", path, back.Text("form.letter"))
		}
		typed.Set("proof", back.Attr("[name=proof]", "value"))
		w.ahead.Add(int64(4 * time.Second))
		early := r.Post(path, typed).Is(http.StatusTooManyRequests)
		if early.Attr("[name=proof]", "value") != typed.Get("proof") || strings.Contains(early.Text(".problems"), "10 giây") {
			t.Errorf("%s: sent too early, it begins anew: %q", path, early.Text(".problems"))
		}
		w.ahead.Add(int64(7 * time.Second))
		r.Post(path, typed).Is(http.StatusSeeOther)
		again := r.Post(path, typed).Is(http.StatusTooManyRequests)
		if got := again.Text(".problems"); !strings.Contains(got, "đã được gửi một lần") || again.Attr("[name=proof]", "value") == typed.Get("proof") {
			t.Errorf("%s: sent a second time it says %q", path, got)
		}
		typed.Del("proof")
	}
	apptest.Eventually(t, "the newsroom has both", func() bool { return len(w.received()) == 2 })
}

// A proof that was found is not lost over a field that was forgotten; one that
// was used is.
func TestAProofIsForOneLetter(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	refused := r.Write("/vi/bao-loi", url.Values{"message": {""}}).Is(http.StatusUnprocessableEntity)
	proof := refused.Attr("[name=proof]", "value")
	if proof == "" || refused.Has("[data-challenge]") {
		t.Errorf("after a mistake the proof is %q, and another is asked for: %v", proof, refused.Has("[data-challenge]"))
	}
	r.Post("/vi/lien-he", url.Values{"topic": {"press"}, "message": {"Của mẫu khác"}, "proof": {proof}}).Is(http.StatusTooManyRequests)
	r.Post("/vi/bao-loi", url.Values{"message": {"Sai"}, "proof": {proof}}).Is(http.StatusSeeOther)
	back := r.Post("/vi/bao-loi", url.Values{"message": {"Sai"}, "proof": {proof}}).Is(http.StatusTooManyRequests)
	if !back.Has("[data-challenge]") || back.Attr("[name=proof]", "value") == proof {
		t.Error("there is no way on after a proof that was used")
	}
	for _, made := range []string{"s", "....", strings.Repeat("x", 500), "w.error_report.zzzzzzzzzzzzzzzzzzzz.a.b", "\x00"} {
		if status := r.Post("/vi/bao-loi", url.Values{"message": {"Sai"}, "proof": {made}}).Status; status != http.StatusTooManyRequests && status != http.StatusUnprocessableEntity {
			t.Errorf("%.20q: status %d", made, status)
		}
	}
	apptest.Eventually(t, "the newsroom has one", func() bool { return len(w.received()) == 1 })
}
