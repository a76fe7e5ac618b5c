package newsroom

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
)

func TestHowAClockStands(t *testing.T) {
	two := Clock{Code: "major", From: morning, Due: morning.Add(2 * time.Hour)}
	for _, c := range []struct {
		clock Clock
		after time.Duration
		want  ClockState
	}{
		{Clock{}, 0, NoClock},
		{Clock{}, 1000 * time.Hour, NoClock},
		{two, 0, ClockOK},
		{two, 90*time.Minute - 1, ClockOK},
		{two, 90 * time.Minute, ClockSoon},
		{two, 2*time.Hour - 1, ClockSoon},
		{two, 2 * time.Hour, ClockOverdue},
		{two, 2000 * time.Hour, ClockOverdue},
		{two, -time.Hour, ClockOK}, // the clock of the machine was set back
	} {
		if got := c.clock.State(morning.Add(c.after)); got != c.want {
			t.Errorf("%v after: %q, want %q", c.after, got, c.want)
		}
	}
}

func TestStandardTargets(t *testing.T) {
	// Half past eight in the evening in Vietnam.
	evening := time.Date(2026, 7, 1, 13, 30, 0, 0, time.UTC)
	for code, want := range map[string]time.Time{
		"major":       time.Date(2026, 7, 1, 15, 30, 0, 0, time.UTC),
		"translation": time.Date(2026, 7, 1, 18, 30, 0, 0, time.UTC),
		"day":         time.Date(2026, 7, 1, 17, 0, 0, 0, time.UTC), // midnight there
	} {
		target, ok := targetOf(standardTargets, code)
		if got := target.due(evening); !ok || !got.Equal(want) {
			t.Errorf("%s is due %v, want %v", code, got, want)
		}
	}
}

// startClock starts the clock of two hours.
func (w *world) startClock(t *testing.T, ref Ref, from time.Time) {
	t.Helper()
	must(t, w.StartClock(t.Context(), w.managing, ref, "major", from))
}

func TestAClockRunsUntilReadersHaveIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Có đồng hồ")
		w.startClock(t, ref, morning.Add(-time.Hour))
		sheet, err := w.Open(t.Context(), w.editor, ref)
		must(t, err)
		if want := (Clock{"major", morning.Add(-time.Hour), morning.Add(time.Hour)}); sheet.Clock != want {
			t.Fatalf("the clock is %+v, want %+v", sheet.Clock, want)
		}
		entries := w.entries(t)
		w.startClock(t, ref, morning.Add(-time.Hour))
		if w.entries(t) != entries {
			t.Error("a clock that runs was started again")
		}
		w.lead(t, w.reporter, ref, Approved)
		if row(t, w.db, ref).Clock != "major" {
			t.Error("the clock stopped before publication")
		}
		w.do(t, w.chief, ref, Publish)
		if got := row(t, w.db, ref).clock(); got.Code != "" || !got.Due.IsZero() {
			t.Errorf("readers have it, and the clock is %+v", got)
		}
		err = w.StartClock(t.Context(), w.managing, ref, "major", morning)
		if fault.KindOf(err) != fault.NotPossible {
			t.Errorf("what readers have got a clock: %v", err)
		}
	})
}

func TestWhoMayStartAClockAndOfWhat(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Có đồng hồ")
		stranger := w.person(t, "stranger", account.Post{Agency: paper, Role: account.EditorInChief})
		for _, c := range []struct {
			name string
			who  account.Actor
			code string
			from time.Time
			want fault.Kind
		}{
			{"an auditor", account.Actor{ID: "reporter", Posts: []account.Post{{Agency: portal, Role: account.Auditor}}}, "major", morning, fault.Forbidden},
			{"somebody else's chief", stranger, "major", morning, fault.NotFound},
			{"a target that is not offered", w.editor, "never", morning, fault.Invalid},
			{"a position given tomorrow", w.editor, "major", morning.Add(time.Minute), fault.Invalid},
			{"one given long ago", w.editor, "major", morning.Add(-earliest - time.Minute), fault.Invalid},
		} {
			if err := w.StartClock(t.Context(), c.who, ref, c.code, c.from); fault.KindOf(err) != c.want {
				t.Errorf("%s: %v", c.name, err)
			}
		}
		if row(t, w.db, ref).Clock != "" {
			t.Error("a refused clock runs")
		}
	})
}

func TestAStoppedClockLeavesNoTraceButOnTheTrail(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Có đồng hồ")
		w.startClock(t, ref, morning)
		entries := w.entries(t)
		must(t, w.StopClock(t.Context(), w.editor, ref))
		must(t, w.StopClock(t.Context(), w.editor, ref))
		if got := w.entries(t) - entries; got != 1 {
			t.Errorf("stopping twice left %d entries", got)
		}
		w.lead(t, w.reporter, ref, Published)
		if got := w.punctuality(t, portal); len(got) != 0 {
			t.Errorf("a clock that was dropped counts: %v", got)
		}
	})
}

// punctuality is that of July 2026.
func (w *world) punctuality(t *testing.T, agency string) map[string]string {
	t.Helper()
	july := time.Date(2026, 6, 30, 17, 0, 0, 0, time.UTC)
	list, err := w.Punctuality(t.Context(), agency, july, july.AddDate(0, 1, 0))
	must(t, err)
	got := map[string]string{}
	for _, p := range list {
		got[p.Code] = fmt.Sprintf("%d of %d", p.Met, p.Met+p.Missed)
	}
	return got
}

func TestTheRateCountsEachClockOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		inTime, late, open, running := w.bring(t, w.reporter, Approved), w.bring(t, w.reporter, Approved), w.bring(t, w.reporter, Approved), w.bring(t, w.reporter, Approved)
		rejected := w.bring(t, w.reporter, Approval)
		for _, ref := range []Ref{inTime, late, open, rejected} {
			w.startClock(t, ref, morning)
		}
		must(t, w.StartClock(t.Context(), w.managing, running, "day", morning))
		w.clock.Advance(time.Hour)
		w.do(t, w.chief, inTime, Publish)
		w.do(t, w.chief, rejected, Reject)
		w.clock.Advance(2 * time.Hour)
		w.do(t, w.chief, late, Publish)
		if got, want := w.punctuality(t, portal), map[string]string{"major": "1 of 3"}; !maps.Equal(got, want) {
			t.Errorf("%v, want %v", got, want)
		}
		w.clock.Advance(31 * 24 * time.Hour)
		w.do(t, w.chief, open, Publish) // in August, and still July's
		if got, want := w.punctuality(t, portal), map[string]string{"major": "1 of 3", "day": "0 of 1"}; !maps.Equal(got, want) {
			t.Errorf("afterwards %v, want %v", got, want)
		}
		if got := w.punctuality(t, paper); len(got) != 0 {
			t.Errorf("another agency has %v", got)
		}
	})
}

func TestClocksNarrowTheListAndAreCounted(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ok, soon, overdue := w.draft(t, w.reporter, "vi", "Còn"), w.draft(t, w.reporter, "vi", "Sắp"), w.draft(t, w.reporter, "vi", "Quá")
		w.draft(t, w.reporter, "vi", "Không có đồng hồ")
		w.startClock(t, ok, morning)
		w.startClock(t, soon, morning.Add(-90*time.Minute))
		w.startClock(t, overdue, morning.Add(-2*time.Hour))
		for state, want := range map[ClockState]Ref{ClockOK: ok, ClockSoon: soon, ClockOverdue: overdue} {
			if got := w.list(t, w.editor, Filter{Clock: state}); len(got) != 1 || got[0] != want {
				t.Errorf("%s lists %v", state, got)
			}
			if e, _ := loadEdition(w.db.Read(t.Context()), want); e.clock().State(w.db.Now()) != state {
				t.Errorf("%s stands differently by itself", state)
			}
		}
		counts, err := w.ClockCounts(t.Context(), w.editor)
		must(t, err)
		if want := map[ClockState]int{ClockOK: 1, ClockSoon: 1, ClockOverdue: 1}; !maps.Equal(counts, want) {
			t.Errorf("counted %v", counts)
		}
		counts, err = w.ClockCounts(t.Context(), w.contributor)
		must(t, err)
		if len(counts) != 0 {
			t.Errorf("somebody who sees none counts %v", counts)
		}
	})
}

func TestAnAgencysTargets(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		admin := w.person(t, "admin", account.Post{Agency: portal, Role: account.SystemAdministrator})
		ref := w.draft(t, w.reporter, "vi", "Có đồng hồ")
		w.startClock(t, ref, morning)
		must(t, w.SetTargets(t.Context(), admin, portal, []Target{
			{Code: "day", Names: map[string]string{"vi": "Trong ngày", "en": "Same day"}},
			{Code: "mine", Minutes: 30, Names: map[string]string{"vi": " Tin  khẩn "}},
		}))
		targets, err := w.Targets(t.Context(), portal)
		must(t, err)
		if len(targets) != 2 || targets[0].Code != "day" || targets[1].Names["vi"] != "Tin khẩn" || targets[1].Minutes != 30 {
			t.Fatalf("the targets are %+v", targets)
		}
		if targets[1].Code == "mine" || targets[1].Code == "" {
			t.Errorf("a new target has the code %q, which somebody chose", targets[1].Code)
		}
		if err := w.StartClock(t.Context(), w.managing, ref, "major", morning); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a retired target was started: %v", err)
		}
		if got := row(t, w.db, ref).clock(); got.Code != "major" || !got.Due.Equal(morning.Add(2*time.Hour)) {
			t.Errorf("the clock that ran is %+v", got)
		}
		names, err := w.ClockNames(t.Context())
		must(t, err)
		for _, c := range [][4]string{
			{portal, "day", "en", "Same day"}, {paper, "day", "en", "Other external news"}, {portal, "major", "vi", "Vấn đề quan trọng"},
			{portal, targets[1].Code, "en", "Tin khẩn"}, {paper, targets[1].Code, "vi", "Tin khẩn"}, // of an agency it took the place of
		} {
			if got := names(c[0], c[1], c[2]); got != c[3] {
				t.Errorf("%v is called %q", c[:3], got)
			}
		}
		entries := w.entries(t)
		must(t, w.SetTargets(t.Context(), admin, portal, targets))
		if w.entries(t) != entries {
			t.Error("the same targets once more are on the trail")
		}
	})
}

func TestTargetsThatAreRefused(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		admin := w.person(t, "admin", account.Post{Agency: portal, Role: account.SystemAdministrator})
		one := Target{Names: map[string]string{"vi": "Tên"}, Minutes: 5}
		with := func(change func(*Target)) []Target {
			t := one
			t.Names = maps.Clone(one.Names)
			change(&t)
			return []Target{t}
		}
		for name, targets := range map[string][]Target{
			"none":                nil,
			"too many":            slices.Repeat([]Target{one}, MaxTargets+1),
			"one without a name":  with(func(t *Target) { t.Names = map[string]string{"en": "Name"} }),
			"less than no time":   with(func(t *Target) { t.Minutes = -1 }),
			"more than a month":   with(func(t *Target) { t.Minutes = MaxTargetMinutes + 1 }),
			"the same code twice": {{Code: "day", Names: one.Names}, {Code: "day", Names: one.Names}},
		} {
			if err := w.SetTargets(t.Context(), admin, portal, targets); fault.KindOf(err) != fault.Invalid {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := w.SetTargets(t.Context(), w.chief, portal, []Target{one}); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("the chief set targets: %v", err)
		}
		targets, err := w.Targets(t.Context(), portal)
		must(t, err)
		if len(targets) != len(standardTargets) {
			t.Errorf("the targets are %v", targets)
		}
	})
}
