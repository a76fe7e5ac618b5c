package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// The world's morning is that of Wednesday, 1 July 2026.

// onDay is what stands on a day of the calendar.
func onDay(page *apptest.Answer, day string) string {
	var list []string
	for _, entry := range page.All(`[data-day="` + day + `"] .entry > p:first-child`) {
		list = append(list, apptest.Text(entry))
	}
	return strings.Join(list, ", ")
}

func (p *person) plan(headline string, day time.Time) newsroom.Ref {
	p.w.t.Helper()
	ref := p.write(p.w.article(headline))
	p.w.must(p.w.newsroom.Plan(ctx, p.actor, ref, newsroom.Plan{Day: day, Note: "Chờ ảnh"}))
	return ref
}

func (s staff) scheduled(headline string, at time.Time) newsroom.Ref {
	w := s.reporter.w
	w.t.Helper()
	ref := s.reporter.write(w.article(headline))
	s.carry(ref, newsroom.Approved)
	s.managing.do(ref, newsroom.Schedule, newsroom.Ask{At: at})
	return ref
}

func TestTheCalendarByMonthAndWeek(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		s.reporter.plan("Dự kiến", morning.Add(24*time.Hour))
		s.scheduled("Hẹn giờ", morning.Add(25*time.Hour))
		s.reporter.plan("Tháng sau", morning.AddDate(0, 1, 9))
		page := s.reporter.Get("/calendar").Is(http.StatusOK)
		if got, want := onDay(page, "2026-07-02"), "Dự kiến, 09:00 Hẹn giờ"; got != want {
			t.Errorf("2 July has %q, want %q", got, want)
		}
		days := page.All("[data-day]")
		if first, last := apptest.Attr(days[0], "data-day"), apptest.Attr(days[len(days)-1], "data-day"); first != "2026-06-29" || last != "2026-08-02" || len(days) != 35 {
			t.Errorf("July goes from %s to %s", first, last)
		}
		if page.Text(".spans h2") != "Tháng 7 năm 2026" || page.Text(".today h3") != "Thứ Tư 1/7 hôm nay" {
			t.Errorf("it is %q, today %q", page.Text(".spans h2"), page.Text(".today h3"))
		}
		week := s.reporter.Get(page.Attr(`.spans a[href*="view=week"]`, "href")).Is(http.StatusOK)
		if len(week.All("[data-day]")) != 7 || week.Text(".spans h2") != "29/06/2026 – 05/07/2026" || onDay(week, "2026-07-02") != onDay(page, "2026-07-02") {
			t.Errorf("the week is %q with %q", week.Text(".spans h2"), onDay(week, "2026-07-02"))
		}
		august := s.reporter.Get(page.Attr(`a[rel="next"]`, "href")).Is(http.StatusOK)
		if onDay(august, "2026-08-10") != "Tháng sau" || august.Has(".today") || august.Text(".spans h2") != "Tháng 8 năm 2026" {
			t.Errorf("the next month is %q", august.Text(".spans h2"))
		}
		for month, want := range map[string]int{"2027-02-01": 28, "2026-11-30": 42, "2024-02-29": 35} {
			if got := len(s.reporter.Get("/calendar?day=" + month).Is(http.StatusOK).All("[data-day]")); got != want {
				t.Errorf("the month of %s shows %d days, want %d", month, got, want)
			}
		}
		if got := s.reporter.english().Get("/calendar").Text(".spans h2"); got != "July 2026" {
			t.Errorf("in English it is %q", got)
		}
		empty := w.hire(w.paper, account.Reporter).Get("/calendar").Is(http.StatusOK)
		if !empty.Has(".empty") || empty.Has(".entry") {
			t.Error("another agency's calendar is not empty")
		}
		s.reporter.Get("/calendar?day=tomorrow").Is(http.StatusBadRequest)
	})
}

func TestAnotherDayByAForm(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		planned := s.reporter.plan("Dự kiến", morning.Add(24*time.Hour))
		scheduled := s.scheduled("Hẹn giờ", morning.Add(25*time.Hour))
		page := s.managing.Get("/calendar?day=2026-07-09").Is(http.StatusOK)
		forms := map[string]url.Values{}
		for _, pick := range page.All(".entry input[name=pick]") {
			value := apptest.Attr(pick, "value")
			forms[strings.Split(value, "/")[0]] = url.Values{"pick": {value}, "day": {"2026-07-06"}, "back": {"/calendar?day=2026-07-09"}}
		}
		for _, form := range forms {
			s.managing.send("/calendar/move", form).Is(http.StatusSeeOther).LeadsTo("/calendar?day=2026-07-09&done=rescheduled")
		}
		if got := onDay(s.managing.Get("/calendar"), "2026-07-06"); got != "Dự kiến, 09:00 Hẹn giờ" {
			t.Errorf("6 July has %q", got)
		}
		if e := s.chief.open(planned).Edition; e.Plan.Note != "Chờ ảnh" || e.State != newsroom.Draft {
			t.Errorf("the plan is %+v", e.Plan)
		}
		if e := s.chief.open(scheduled).Edition; !e.PublishAt.Equal(morning.Add(25*time.Hour).AddDate(0, 0, 4)) {
			t.Errorf("it is scheduled for %v", e.PublishAt)
		}
		// Into the past it does not go, and the page says so.
		form := forms[scheduled.Item]
		form.Set("day", "2026-06-30")
		refused := s.managing.send("/calendar/move", form).Is(http.StatusUnprocessableEntity)
		if refused.Text("#errors") == "" || refused.Attr(".entry details[open] input[name=pick]", "value") != form.Get("pick") {
			t.Errorf("the refusal says %q", refused.Text("#errors"))
		}
		if s.reporter.Get("/calendar").Has(`.entry.fixed [name=pick]`) {
			t.Error("a reporter is offered to move what is scheduled")
		}
		s.reporter.send("/calendar/move", form).Is(http.StatusForbidden)
	})
}

// A calendar's entry goes to another day with the mouse, and with the keyboard.
func TestAnotherDayByHandAndByKeyboard(t *testing.T) {
	w := oneWorld(t)
	st := w.hireStaff()
	planned := st.reporter.plan("Dự kiến", morning.Add(24*time.Hour))
	scheduled := st.scheduled("Hẹn giờ", morning.Add(25*time.Hour))
	s := st.managing.screen(w.serve())
	s.size(1280, 900)
	s.open("/calendar")
	s.until("the script", `() => document.querySelector(".entry .lift") !== null`)

	s.drag(`[data-day="2026-07-02"] .entry:not(.fixed)`, `[data-day="2026-07-07"]`)
	s.until("the answer", `() => document.querySelector("[data-said]").textContent.startsWith("Đã dời sang")`)
	if got := st.chief.open(planned).Plan.Day; !got.Equal(morning.AddDate(0, 0, 6).Add(-8 * time.Hour)) {
		t.Errorf("dragged, it is planned for %v", got)
	}
	if got := s.text(`[data-day="2026-07-07"] .entry a`); got != "Dự kiến" {
		t.Errorf("7 July shows %q", got)
	}

	s.do(`() => document.querySelector(".entry.fixed .lift").focus()`)
	s.key(kb.Enter + kb.ArrowDown + kb.ArrowLeft)
	s.until("the day it is over", `() => document.querySelector("[data-said]").textContent.includes("Thứ Tư 08/07/2026")`)
	s.key(kb.Enter)
	s.until("the answer", `() => document.querySelector("[data-said]").textContent === "Đã dời sang Thứ Tư 08/07/2026."`)
	if got := st.chief.open(scheduled).PublishAt; !got.Equal(morning.Add(25*time.Hour).AddDate(0, 0, 6)) {
		t.Errorf("carried, it is scheduled for %v", got)
	}
	if !run[bool](s, `() => document.activeElement.classList.contains("lift")`) {
		t.Error("the keyboard has lost its place")
	}
	// Escape lets go; what is refused goes back, and says why.
	s.key(kb.Enter + kb.ArrowRight + kb.Escape)
	s.key(kb.Enter + kb.ArrowUp + kb.ArrowLeft + kb.Enter)
	s.until("the refusal", `() => document.querySelector("[data-said]").textContent === "Giờ đăng phải ở sau thời điểm hiện tại."`)
	if got := s.text(`[data-day="2026-07-08"] .entry a`); got != "Hẹn giờ" {
		t.Errorf("refused, it is not where it was: %q", got)
	}
	s.open("/calendar")
	if got := s.text(`[data-day="2026-07-08"] .entry a`) + s.text(`[data-day="2026-07-07"] .entry a`); got != "Hẹn giờDự kiến" {
		t.Errorf("read again, the days show %q", got)
	}
}

// drag drags one element onto another as a mouse does.
func (s *screen) drag(what, where string) {
	s.t.Helper()
	middle := func(selector string) (x, y float64) {
		at := run[[]float64](s, `(s) => { const r = document.querySelector(s).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] }`, selector)
		return at[0], at[1]
	}
	taken := make(chan *input.DragData, 1)
	s.w.must(chromedp.Listen(s.ctx, func(event any) {
		if e, ok := event.(*input.EventDragIntercepted); ok {
			taken <- e.Data
		}
	}))
	s.call(chromedp.Call(s.limit(), input.SetInterceptDrags, input.SetInterceptDragsParams{Enabled: true}))
	mouse := func(kind input.DispatchMouseEventType, x, y float64) {
		s.call(chromedp.Call(s.limit(), input.DispatchMouseEvent, input.DispatchMouseEventParams{Type: kind, X: x, Y: y, Button: input.MouseButtonLeft, ClickCount: 1}))
	}
	x, y := middle(what)
	mouse(input.DispatchMouseEventTypeMousePressed, x, y)
	mouse(input.DispatchMouseEventTypeMouseMoved, x+10, y+10)
	mouse(input.DispatchMouseEventTypeMouseMoved, x+20, y+20)
	var data *input.DragData
	select {
	case data = <-taken:
	case <-s.limit().Done():
		s.t.Fatal("nothing was taken")
	}
	x, y = middle(where)
	for _, kind := range []input.DispatchDragEventType{
		input.DispatchDragEventTypeDragEnter, input.DispatchDragEventTypeDragOver, input.DispatchDragEventTypeDrop,
	} {
		s.call(chromedp.Call(s.limit(), input.DispatchDragEvent, input.DispatchDragEventParams{Type: kind, X: x, Y: y, Data: data}))
	}
	mouse(input.DispatchMouseEventTypeMouseReleased, x, y)
}

// What will keep a scheduled article from readers is seen as soon as somebody
// says so: at the article, among what waits, and in the calendar.
func TestABlockingCommentIsSeenBeforeTheHour(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Vốn đầu tư"))
	s.carry(ref, newsroom.Approved)
	s.managing.do(ref, newsroom.Schedule, newsroom.Ask{At: w.clock.Now().Add(time.Hour)})
	_, err := w.newsroom.Comment(ctx, s.editor.actor, ref, newsroom.Remark{Body: "Khoan.", Revision: 1, Blocking: true})
	w.must(err)
	for path, place := range map[string]string{pathOf(ref): ".warning", "/": "#hinder", "/calendar": ".entry"} {
		if got := s.managing.Get(path).Is(http.StatusOK).Text(place); !strings.Contains(got, "còn góp ý phải xử lý") {
			t.Errorf("%s says %q", path, got)
		}
	}
}
