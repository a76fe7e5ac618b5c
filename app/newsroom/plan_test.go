package newsroom

import (
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// day is the beginning of a day of July 2026 in Vietnam.
func day(n int) time.Time { return time.Date(2026, 6, 30+n-1, 17, 0, 0, 0, time.UTC) }

func TestAPlanIsForADay(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Kế hoạch")
		must(t, w.Plan(t.Context(), w.reporter, ref, Plan{Day: day(9).Add(5 * time.Hour), Note: "  Chờ số liệu\nquý II "}))
		sheet, err := w.Open(t.Context(), w.editor, ref)
		must(t, err)
		if want := (Plan{day(9), "Chờ số liệu quý II"}); sheet.Plan != want {
			t.Errorf("planned %+v, want %+v", sheet.Plan, want)
		}
		if row(t, w.db, ref).State != string(Draft) {
			t.Error("planning changed the state")
		}
		entries := w.entries(t)
		must(t, w.Plan(t.Context(), w.editor, ref, Plan{Day: day(9), Note: "Chờ số liệu quý II"}))
		if w.entries(t) != entries {
			t.Error("the same plan is on the trail twice")
		}
		must(t, w.Plan(t.Context(), w.editor, ref, Plan{Note: "Một ghi chú không có ngày"}))
		if got := row(t, w.db, ref); got.PlannedAt != 0 || got.PlanNote != "" || w.entries(t) != entries+1 {
			t.Errorf("without a day it is planned for %v: %q", got.PlannedAt, got.PlanNote)
		}
	})
}

func TestWhoMayPlan(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Kế hoạch")
		for _, c := range []struct {
			who  account.Actor
			plan Plan
			want fault.Kind
		}{
			{w.security, Plan{Day: day(9)}, fault.Forbidden},
			{w.contributor, Plan{Day: day(9)}, fault.NotFound},
			{w.chief, Plan{Day: dayOf(morning).AddDate(0, 0, -1)}, fault.Invalid},
			{w.chief, Plan{Day: time.Date(1815, 6, 18, 0, 0, 0, 0, time.UTC)}, fault.Invalid},
			{w.chief, Plan{Day: day(9), Note: strings.Repeat("a", MaxPlanNote+1)}, fault.Invalid},
		} {
			if err := w.Plan(t.Context(), c.who, ref, c.plan); fault.KindOf(err) != c.want {
				t.Errorf("%s plans %+v: %v", c.who.ID, c.plan, err)
			}
		}
	})
}

func TestAnItemMayBeginWithItsPlan(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref, err := w.Create(t.Context(), w.contributor, Start{
			Kind: "article", Agency: portal, Lang: "vi", Content: Content{Headline: "Ý tưởng"}, Plan: Plan{Day: day(9), Note: "Phỏng vấn"},
		})
		must(t, err)
		if got := row(t, w.db, ref).edition().Plan; got != (Plan{day(9), "Phỏng vấn"}) {
			t.Errorf("planned %+v", got)
		}
	})
}

// calendar is what somebody finds in July 2026.
func (w *world) calendar(t *testing.T, who account.Actor, agency string) string {
	t.Helper()
	editions, more, err := w.Calendar(t.Context(), who, agency, day(1), day(32))
	must(t, err)
	if more {
		t.Error("there is no room")
	}
	var list []string
	for _, e := range editions {
		list = append(list, e.CalendarAt().In(time.FixedZone("", 7*3600)).Format("2 15:04 ")+e.Headline)
	}
	return strings.Join(list, ", ")
}

func TestTheCalendarShowsWhatIsScheduledAndPlanned(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		titled := func(ref Ref, headline string) Ref {
			w.save(t, w.reporter, ref, func(c *Content) { c.Headline = headline })
			return ref
		}
		planned := w.draft(t, w.reporter, "vi", "Dự kiến")
		must(t, w.Plan(t.Context(), w.reporter, planned, Plan{Day: day(3)}))
		next := w.draft(t, w.reporter, "vi", "Tháng sau")
		must(t, w.Plan(t.Context(), w.reporter, next, Plan{Day: day(32)}))
		w.draft(t, w.reporter, "vi", "Không dự kiến")
		scheduled := titled(w.bring(t, w.reporter, Draft), "Hẹn giờ")
		must(t, w.Plan(t.Context(), w.reporter, scheduled, Plan{Day: day(20)}))
		w.lead(t, w.reporter, scheduled, Approved)
		ask := w.ask(t, scheduled, Schedule)
		ask.At = day(2).Add(8 * time.Hour)
		must(t, w.Do(t.Context(), w.chief, scheduled, Schedule, ask))
		rejected := titled(w.bring(t, w.reporter, Draft), "Không duyệt")
		must(t, w.Plan(t.Context(), w.reporter, rejected, Plan{Day: day(4)}))
		w.lead(t, w.reporter, rejected, Submitted)
		w.do(t, w.chief, rejected, Reject)

		if got, want := w.calendar(t, w.editor, portal), "2 08:00 Hẹn giờ, 3 00:00 Dự kiến"; got != want {
			t.Errorf("the calendar has %s, want %s", got, want)
		}
		if got := w.calendar(t, w.editor, ""); got != w.calendar(t, w.editor, portal) {
			t.Errorf("that of all agencies has %s", got)
		}
		if got := w.calendar(t, w.contributor, ""); got != "" {
			t.Errorf("somebody who sees none of them has %s", got)
		}
		if got := w.calendar(t, w.editor, paper); got != "" {
			t.Errorf("another agency has %s", got)
		}
	})
}

func TestToAnotherDayOfTheCalendar(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		move := func(who account.Actor, ref Ref, n int) error {
			return w.MoveTo(t.Context(), who, ref, w.head(t, ref).Hash, day(n))
		}
		draft := w.draft(t, w.reporter, "vi", "Dự kiến")
		must(t, w.Plan(t.Context(), w.reporter, draft, Plan{Day: day(3), Note: "Chờ ảnh"}))
		must(t, move(w.reporter, draft, 5))
		if got := row(t, w.db, draft).edition().Plan; got != (Plan{day(5), "Chờ ảnh"}) {
			t.Errorf("planned %+v", got)
		}
		ref := w.bring(t, w.reporter, Approved)
		ask := w.ask(t, ref, Schedule)
		ask.At = day(2).Add(7*time.Hour + 30*time.Minute)
		must(t, w.Do(t.Context(), w.chief, ref, Schedule, ask))

		if err := move(w.reporter, ref, 5); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the reporter scheduled: %v", err)
		}
		if err := move(w.managing, ref, 1); fault.KindOf(err) != fault.Invalid { // this morning is over
			t.Errorf("scheduled for the past: %v", err)
		}
		if err := w.MoveTo(t.Context(), w.managing, ref, "what it said once", day(5)); fault.KindOf(err) != fault.Conflict {
			t.Errorf("scheduled what was not looked at: %v", err)
		}
		if err := w.MoveTo(t.Context(), w.managing, ref, ask.Hash, time.Time{}); fault.KindOf(err) != fault.Invalid {
			t.Errorf("moved to no day: %v", err)
		}
		if err := move(w.person(t, "stranger", account.Post{Agency: paper, Role: account.Reporter}), ref, 5); fault.KindOf(err) != fault.NotFound {
			t.Errorf("a stranger may: %v", err)
		}
		must(t, move(w.managing, ref, 5))
		entries := w.entries(t)
		must(t, move(w.managing, ref, 5)) // pressed twice
		got := row(t, w.db, ref)
		if at := day(5).Add(7*time.Hour + 30*time.Minute); !got.edition().PublishAt.Equal(at) || got.State != string(Scheduled) || w.entries(t) != entries {
			t.Errorf("it is %s for %v, want %v", got.State, got.edition().PublishAt, at)
		}
		w.clock.Advance(5 * 24 * time.Hour)
		if n, err := w.DoDue(t.Context()); err != nil || n != 1 {
			t.Errorf("%d were published at the new hour: %v", n, err)
		}
	})
}
