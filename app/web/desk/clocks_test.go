package desk_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"doingoai/app/newsroom"
)

func TestTargetsAreSetAndMet(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		for headline, since := range map[string]time.Duration{"Kịp": time.Hour, "Trễ": 3 * time.Hour} {
			ref := s.reporter.write(w.article(headline))
			w.must(w.newsroom.StartClock(ctx, s.reporter.actor, ref, "major", morning.Add(-since)))
			s.carry(ref, newsroom.Published)
		}
		w.clock.Advance(2 * time.Hour)
		page := s.admin.Get("/site/clocks").Is(http.StatusOK)
		if got := page.Text("tbody tr"); got != "Vấn đề quan trọng1250%" { // in cells
			t.Errorf("the rate reads %q", got)
		}
		if got := s.reporter.Get("/board").Text(".rates span"); got != "Vấn đề quan trọng: 1/2 (50%)" {
			t.Errorf("on the board it reads %q", got)
		}
		form := url.Values{"agency": {w.portal},
			"targets-0-code": {"day"}, "targets-0-vi": {"Trong ngày"}, "targets-0-minutes": {"0"},
			"targets-1-code": {"major"}, "targets-1-vi": {""}, // wanted no more
			"targets-3-vi": {"Tin khẩn"}, "targets-3-en": {"Urgent"}, "targets-3-minutes": {"half an hour"},
		}
		refused := s.admin.send("/site/clocks", form).Is(http.StatusUnprocessableEntity)
		if refused.Text("form .wrong") == "" || refused.Attr("#f-targets-1-minutes", "value") != "half an hour" || refused.Text("#errors a") != "Chỉ tiêu 2" {
			t.Errorf("refused: %q", refused.Text("#errors"))
		}
		form.Set("targets-3-minutes", "30")
		s.admin.send("/site/clocks", form).Is(http.StatusSeeOther).LeadsTo("/site/clocks?agency=" + w.portal + "&done=targets")
		targets, err := w.newsroom.Targets(ctx, w.portal)
		w.must(err)
		if len(targets) != 2 || targets[0].Code != "day" || targets[1].Names["en"] != "Urgent" || targets[1].Minutes != 30 {
			t.Errorf("the targets are %+v", targets)
		}
		if got := s.reporter.Get("/board").Text(".rates span"); got != "Vấn đề quan trọng: 1/2 (50%)" {
			t.Errorf("what is retired lost its name: %q", got)
		}
	})
}
