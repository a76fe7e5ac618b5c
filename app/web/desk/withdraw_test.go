package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/newsroom"
)

// translated is a published article with an English edition that readers have.
func (s staff) translated(headline string) (vi, en newsroom.Ref) {
	w := s.reporter.w
	w.t.Helper()
	vi = s.reporter.write(w.article(headline))
	s.carry(vi, newsroom.Published)
	en, err := w.newsroom.Translate(ctx, s.translator.actor, vi, "en")
	w.must(err)
	content := s.translator.open(en).Revision.Content
	content.Headline, content.Standfirst, content.Body = "In English", "In short.", "All of it."
	_, err = w.newsroom.Save(ctx, s.translator.actor, en, 1, content)
	w.must(err)
	s.translator.do(en, newsroom.Submit, newsroom.Ask{})
	s.editor.do(en, newsroom.Take, newsroom.Ask{})
	s.editor.do(en, newsroom.Pass, newsroom.Ask{})
	s.managing.do(en, newsroom.Pass, newsroom.Ask{})
	s.chief.do(en, newsroom.Approve, newsroom.Ask{})
	s.chief.do(en, newsroom.Publish, newsroom.Ask{})
	return vi, en
}

// The form of a withdrawal offers the other languages, all of them chosen; one
// that is left out stays, and says so.
func TestAWithdrawalOffersTheOtherLanguages(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	vi, en := s.translated("Bài sai")
	page := s.chief.Get(pathOf(vi)).Is(http.StatusOK)
	if got := page.Text("#f-languages"); !page.Has(`input[name="languages"][value="en"][checked]`) || !strings.Contains(got, "In English") {
		t.Errorf("offered: %q", got)
	}
	page = s.chief.press(vi, newsroom.Withdraw, url.Values{"reason": {""}}).Is(http.StatusUnprocessableEntity)
	if !page.Has(`input[name="languages"][value="en"]`) || page.Has(`input[name="languages"][value="en"][checked]`) {
		t.Error("what was left out is chosen again")
	}
	s.chief.press(vi, newsroom.Withdraw, url.Values{"reason": {"Sai"}}).Is(http.StatusSeeOther)
	if sheet := s.chief.open(en); sheet.Live != newsroom.IsLive {
		t.Fatalf("the translation is %q", sheet.Live)
	}
	for path, want := range map[string]string{pathOf(en): "Bản gốc bị gỡ lúc", pathOf(vi): "Bản gốc đã gỡ", "/": "Bản gốc đã gỡ, bản dịch còn đăng"} {
		if got := s.chief.Get(path).Is(http.StatusOK).Text("main"); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q: %q", path, want, got)
		}
	}
	vi, en = s.translated("Bài sai nữa")
	s.chief.press(vi, newsroom.Withdraw, url.Values{"reason": {"Sai"}, "languages": {"en"}}).Is(http.StatusSeeOther)
	if sheet := s.chief.open(en); sheet.Live != newsroom.WasLive {
		t.Errorf("the translation is %q", sheet.Live)
	}
}

// A scheduled article that could not go out says why: on its page, and to those
// for whom it waits.
func TestAHinderedArticleSaysWhy(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài hẹn giờ"))
	s.carry(ref, newsroom.Approved)
	s.managing.do(ref, newsroom.Schedule, newsroom.Ask{At: w.clock.Now().Add(time.Hour)})
	if s.auditor.Get(pathOf(ref)).Is(http.StatusOK).Has(`input[name="blocking"]`) || !s.editor.Get(pathOf(ref)).Has(`input[name="blocking"]`) {
		t.Error("the wrong people are offered to block what is approved")
	}
	s.auditor.say(ref, url.Values{"comment": {"Khoan."}, "revision": {"1"}, "blocking": {"1"}}).Is(http.StatusUnprocessableEntity)
	s.editor.say(ref, url.Values{"comment": {"Khoan."}, "revision": {"1"}, "blocking": {"1"}}).Is(http.StatusSeeOther)
	w.clock.Advance(61 * time.Minute)
	_, err := w.newsroom.DoDue(ctx)
	w.must(err)
	const why = "còn góp ý phải xử lý trước khi duyệt"
	for path, want := range map[string]string{pathOf(ref): "Chưa đăng được vì " + why, "/": "Vì " + why} {
		if got := s.managing.Get(path).Is(http.StatusOK).Text("main"); !strings.Contains(got, want) {
			t.Errorf("%s does not say %q: %q", path, want, got)
		}
	}
	if got := s.managing.english().Get("/").Text("#now"); !strings.Contains(got, "Because blocking comments are open") {
		t.Errorf("it is not pressing: %q", got)
	}
}

// Two presses of one form begin one article; a new form begins another.
func TestAFormSentTwiceBeginsOneArticle(t *testing.T) {
	w := oneWorld(t)
	reporter := w.hire(w.portal, account.Reporter)
	form := func() url.Values {
		values := formOf(reporter.Get("/new").Is(http.StatusOK), `form[action="/new"]`)
		values.Set("headline", "Bài mới")
		values.Set("agency", w.portal)
		values.Set("lang", "vi")
		return values
	}
	values := form()
	first := reporter.send("/new", values).Is(http.StatusSeeOther).Header.Get("Location")
	if second := reporter.send("/new", values).Is(http.StatusSeeOther).Header.Get("Location"); second != first {
		t.Errorf("two articles: %s and %s", first, second)
	}
	if third := reporter.send("/new", form()).Is(http.StatusSeeOther).Header.Get("Location"); third == first {
		t.Error("another form leads to the same article")
	}
}

// The form to submit stands on the workflow that a returned text was on, and the
// page says when it was changed.
func TestAReturnedTextIsSubmittedAsBefore(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	s.reporter.do(ref, newsroom.Submit, newsroom.Ask{Workflow: "desk"})
	s.editor.do(ref, newsroom.Return, newsroom.Ask{Reason: "Sửa"})
	if got := s.reporter.Get(pathOf(ref)).Is(http.StatusOK).Attr(`select[name="workflow"] option[selected]`, "value"); got != "desk" {
		t.Errorf("the form stands on %q", got)
	}
	s.reporter.do(ref, newsroom.Submit, newsroom.Ask{Workflow: "chain"})
	if got := s.reporter.Get(pathOf(ref)).Text("main"); !strings.Contains(got, "Đổi quy trình: Quy trình rút gọn của phòng → Quy trình đầy đủ") {
		t.Errorf("the page does not say it: %q", got)
	}
}

// The chief, who does not write, reads how a correction begins.
func TestTheChiefReadsHowACorrectionBegins(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	s.carry(ref, newsroom.Published)
	page := s.chief.Get(pathOf(ref)).Is(http.StatusOK)
	if !strings.Contains(page.Text("main"), "Muốn sửa hay cải chính bài này") || !page.Has(`main a[href="/help/publishing"]`) {
		t.Errorf("%q", page.Text("main"))
	}
	if got := s.auditor.Get(pathOf(ref)).Text("main"); strings.Contains(got, "Muốn sửa hay cải chính bài này") {
		t.Error("the auditor is told how to correct")
	}
}
