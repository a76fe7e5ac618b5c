package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/newsroom"
)

func TestAReplyIsPutDownApprovedAndRefused(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài bị phản hồi"))
		if s.reporter.Get(pathOf(ref)).Has(`a[href$="/replies"]`) {
			t.Error("a draft that nobody has read leads to replies")
		}
		s.carry(ref, newsroom.Published)
		path := s.reporter.Get(pathOf(ref)).Is(http.StatusOK).Attr(`a[href$="/replies"]`, "href")
		page := s.reporter.Get(path).Is(http.StatusOK)
		if got := page.Text(".empty"); got != "Bài chưa có phản hồi nào." {
			t.Errorf("without any: %q", got)
		}
		if page.Has(`button[value="refuse"]`) {
			t.Error("a reporter is offered to refuse")
		}
		typed := url.Values{"verb": {"save"}, "form": {"new"}, "base": {"1"}, "reply_party": {"Công ty Minh Hưng"}, "reply_received": {"2030-01-01"}, "reply_text": {"Chúng tôi phản đối."}}
		wrong := s.reporter.send(path, typed).Is(http.StatusUnprocessableEntity)
		if got := wrong.Text("details[open] .wrong"); got == "" || wrong.Attr("#new-reply_party", "value") != "Công ty Minh Hưng" || wrong.Attr(".errors a", "href") != "#new-reply_received" {
			t.Errorf("a day to come is told as %q, at %q", got, wrong.Attr(".errors a", "href"))
		}
		typed.Set("reply_received", "2026-06-30")
		if got := s.reporter.Get(s.reporter.send(path, typed).Is(http.StatusSeeOther).Header.Get("Location")).Text(".flash"); !strings.HasPrefix(got, "Đã lưu phản hồi") {
			t.Errorf("it says %q", got)
		}
		s.reporter.send(path, typed).Is(http.StatusSeeOther) // a double click changes nothing
		if got := s.reporter.Get(path).Text("#reply-1"); !strings.Contains(got, "Công ty Minh Hưng lần 1 · tòa soạn nhận ngày 30/06/2026 Chúng tôi phản đối.") || !strings.Contains(got, "Chưa tới bạn đọc") || s.reporter.Get(path).Has("#reply-2") {
			t.Errorf("the reply reads %q", got)
		}
		// Saving the text by its own form leaves the reply where it is.
		s.reporter.send(pathOf(ref), url.Values{"base": {"2"}, "headline": {"Tít khác"}, "standfirst": {"Sapo"}, "body": {"Thân"}, "section": {w.economy}, "outlets": {w.portalOutlet}}).Is(http.StatusSeeOther)
		s.carry(ref, newsroom.Approval)
		if got := s.chief.Get(pathOf(ref)).Is(http.StatusOK).Text("#reading"); !strings.Contains(got, "Chúng tôi phản đối.") {
			t.Errorf("who approves reads %q", got)
		}
		changed := s.chief.Get(pathOf(ref) + "/revisions/2?from=1").Is(http.StatusOK)
		if got := changed.Text("ins"); !strings.Contains(got, "Chúng tôi phản đối.") {
			t.Errorf("what was changed: %q", got)
		}
		s.chief.do(ref, newsroom.Approve, newsroom.Ask{})
		s.chief.do(ref, newsroom.Publish, newsroom.Ask{})
		if got := s.chief.Get(path).Text("#reply-1 .standing"); got != "Bạn đọc đã đọc được" {
			t.Errorf("after publication: %q", got)
		}
		refuse := url.Values{"verb": {"refuse"}, "form": {"refuse"}, "reply_party": {"Hộ dân"}, "reply_received": {"2026-06-30"}, "reply_text": {"Lời xúc phạm"}}
		if got := s.chief.send(path, refuse).Is(http.StatusUnprocessableEntity).Text("details[open] .wrong"); got == "" {
			t.Error("a refusal without a reason is not told at its field")
		}
		refuse.Set("reason", "Xúc phạm người khác")
		s.reporter.send(path, refuse).Is(http.StatusForbidden)
		s.chief.send(path, refuse).Is(http.StatusSeeOther)
		if got := s.reporter.Get(path).Text("main"); !strings.Contains(got, "Không đăng phản hồi của Hộ dân") || !strings.Contains(got, "Xúc phạm người khác") {
			t.Errorf("what was decided: %q", got)
		}
		end := url.Values{"verb": {"end"}, "form": {"end-1"}, "exchange": {"cong-ty-minh-hung"}, "reason": {"Đủ"}}
		if got := s.chief.send(path, end).Is(http.StatusConflict).Text(".errors"); !strings.Contains(got, "đủ 2 lần") {
			t.Errorf("ended after one round: %q", got)
		}
		s.reporter.send(path, url.Values{"verb": {"drop"}, "form": {"reply-1"}, "base": {"3"}, "number": {"1"}}).Is(http.StatusSeeOther)
		if s.reporter.Get(path).Has("#reply-1") {
			t.Error("what was taken out is still there")
		}
	})
}
