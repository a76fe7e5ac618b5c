package desk_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"doingoai/app/newsroom"
)

func TestAnEditionsPlanAndClock(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Kế hoạch"))
		path := pathOf(ref)
		s.reporter.send(path+"/plan", url.Values{"day": {"2026-07-09"}, "plan_note": {"Chờ ảnh"}}).Is(http.StatusSeeOther).LeadsTo(path + "?done=planned")
		s.reporter.send(path+"/clock", url.Values{"clock": {"major"}, "clock_from": {"2026-07-01T06:30"}}).Is(http.StatusSeeOther).LeadsTo(path + "?done=clock_started")
		page := s.editor.Get(path).Is(http.StatusOK)
		if page.Attr("#f-day", "value") != "2026-07-09" || page.Attr("#f-plan_note", "value") != "Chờ ảnh" || page.Attr("#f-clock_from", "value") != "2026-07-01T06:30" {
			t.Errorf("the forms show %q, %q, %q", page.Attr("#f-day", "value"), page.Attr("#f-plan_note", "value"), page.Attr("#f-clock_from", "value"))
		}
		if got := page.Text("#planning .due-soon"); got != "Vấn đề quan trọng: còn 30 phút" {
			t.Errorf("the clock reads %q", got)
		}
		auditor := s.auditor.Get(path)
		if auditor.Text("#planning .due") == "" || auditor.Has("#planning form") {
			t.Error("an auditor sees no clock, or may set it")
		}
		s.reporter.send(path+"/clock/stop", nil).Is(http.StatusSeeOther)
		s.reporter.send(path+"/plan", url.Values{"day": {""}}).Is(http.StatusSeeOther)
		if e := s.editor.open(ref).Edition; e.Clock.Code != "" || e.Plan != (newsroom.Plan{}) {
			t.Errorf("left: %+v, %+v", e.Clock, e.Plan)
		}
	})
}

func TestARefusedClockKeepsWhatWasTyped(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Kế hoạch"))
	page := s.reporter.send(pathOf(ref)+"/clock", url.Values{"clock": {"translation"}, "clock_from": {"2026-07-01T09:30"}}).Is(http.StatusUnprocessableEntity)
	if page.Text("#planning .wrong") == "" || page.Attr("#f-clock_from", "value") != "2026-07-01T09:30" || page.Attr("#f-clock option[selected]", "value") != "translation" {
		t.Errorf("refused: %q", page.Text("#planning"))
	}
	if !page.Has("#editor") {
		t.Error("the writer's text is not there to go on with")
	}
	published := s.reporter.write(w.article("Đã đăng"))
	s.carry(published, newsroom.Published)
	if s.reporter.Get(pathOf(published)).Has("#f-clock") {
		t.Error("what readers have can be clocked")
	}
	w.clock.Advance(time.Minute)
	s.reporter.send(pathOf(published)+"/clock", url.Values{"clock": {"major"}, "clock_from": {"2026-07-01T07:30"}}).Is(http.StatusConflict)
}
