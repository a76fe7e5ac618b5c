package public_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/release"
)

const conference, fair = "cnfrnc2345", "fr23456789"

// event is the release of an event.
func event(id, title string, facts kind.Facts) release.Article {
	a := article(id, "vi", "invest", 1, title, "su-kien")
	a.Kind, a.Facts = string(kind.Event), facts
	return a
}

func inDays(n int) string {
	return time.Now().In(locale.Zone()).AddDate(0, 0, n).Format("2006-01-02") + "T08:00"
}

func TestEventsHaveAPageOfTheirOwn(t *testing.T) {
	w := newWorld(t)
	if got := w.reader().Get("/vi/su-kien").Is(http.StatusOK).Text("main"); !strings.Contains(got, "Hiện chưa có sự kiện nào sắp diễn ra") {
		t.Errorf("without any: %q", got)
	}
	w.publish(event(conference, "Hội nghị xúc tiến", kind.Facts{"starts": inDays(3), "ends": inDays(4), "status": kind.Planned, "venue": "Hội trường tỉnh", "organiser": "office"}))
	w.settle(w.publish(event(fair, "Hội chợ đã qua", kind.Facts{"starts": inDays(-9), "status": kind.Planned, "organiser": "office"})))
	page := w.reader().Get("/vi/su-kien").Is(http.StatusOK)
	if got := page.Text("section[aria-labelledby=upcoming]"); !strings.Contains(got, "Hội nghị xúc tiến") || !strings.Contains(got, "Hội trường tỉnh") || strings.Contains(got, "Hội chợ") {
		t.Errorf("to come: %q", got)
	}
	if got := page.Text("section[aria-labelledby=over]"); !strings.Contains(got, "Hội chợ đã qua") || strings.Contains(got, "Hội nghị") {
		t.Errorf("over: %q", got)
	}
	month := time.Now().In(locale.Zone()).AddDate(0, 0, 3).Format("2006-01")
	if got := w.reader().Get("/vi/su-kien?month=" + month).Is(http.StatusOK).Text("table.month"); !strings.Contains(got, "Hội nghị xúc tiến") {
		t.Errorf("in its month: %q", got)
	}
	home := w.reader().Get("/vi/").Is(http.StatusOK)
	if got := home.Text("section[aria-labelledby=events]"); !strings.Contains(got, "Hội nghị xúc tiến") || strings.Contains(got, "Hội chợ") {
		t.Errorf("on the front page: %q", got)
	}
	if got := w.reader().Get("/vi/dau-tu").Is(http.StatusOK).Text("main"); strings.Contains(got, "Hội nghị") {
		t.Error("an event stands among the news")
	}
	if got := w.reader().Get("/vi/tim-kiem?q=hoi+truong").Is(http.StatusOK).Text("main"); !strings.Contains(got, "Hội nghị xúc tiến") {
		t.Errorf("an event is not found by its venue: %q", got)
	}
	one := w.reader().Get("/vi/dau-tu/su-kien-" + conference).Is(http.StatusOK)
	if got := one.Text("dl.known"); !strings.Contains(got, "Văn phòng UBND tỉnh") || !strings.Contains(got, "Hội trường tỉnh") {
		t.Errorf("its page knows %q", got)
	}
	if got := one.Body; !strings.Contains(got, `"@type":"Event"`) || !strings.Contains(got, "/vi/su-kien/"+conference+".ics") {
		t.Error("its page tells machines nothing of it")
	}
	day := inDays(5)
	en := event(fair, "Fair", kind.Facts{"starts": day, "ends": day[:11] + "11:00", "status": kind.Planned, "organiser": "office"})
	en.Lang = "en"
	w.settle(w.publish(en))
	if got := w.reader().Get("/en/events").Is(http.StatusOK).Text("section[aria-labelledby=upcoming] .when"); !strings.Contains(got, ", 08:00 – 11:00 (GMT+7)") {
		t.Errorf("within a day: %q", got)
	}
	if far := w.reader().Get("/vi/su-kien?month=1997-01").Is(http.StatusOK); len(far.All(".months a[rel=prev]")) != 0 || len(far.All(".months a[rel=next]")) != 1 {
		t.Errorf("links lead from month to month for ever: %q", far.Text(".months"))
	}
	for _, bad := range []string{"2026-13", "x", "0001-01", "9999-01", "%ff"} {
		if status := w.reader().Get("/vi/su-kien?month=" + bad).Status; status != http.StatusBadRequest && status != http.StatusUnprocessableEntity {
			t.Errorf("the month %q is answered with %d", bad, status)
		}
	}
}

// Calendars of readers are given lines that any of them reads, whatever a text
// has in it.
func TestACalendarIsSoundWhateverIsInIt(t *testing.T) {
	w := newWorld(t)
	hostile := "Hội nghị; \"xúc tiến\", phần 1\\2\r\nEND:VCALENDAR " + strings.Repeat("đặc biệt ", 30)
	a := event(conference, hostile, kind.Facts{
		"starts": "2026-12-05T08:00", "ends": "2026-12-07T17:00", "all_day": "yes", "status": kind.Cancelled, "venue": "Nhà A; phòng 2, tầng 3", "organiser": "office",
	})
	a.Published = time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	a.Updated = a.Published.Add(90 * time.Second)
	w.settle(w.publish(a))
	answer := w.reader().Get("/vi/su-kien/" + conference + ".ics").Is(http.StatusOK)
	if got := answer.Header.Get("Content-Type"); got != "text/calendar; charset=utf-8" {
		t.Errorf("its type is %q", got)
	}
	for _, line := range strings.Split(strings.TrimSuffix(answer.Body, "\r\n"), "\r\n") {
		if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
	whole := strings.ReplaceAll(answer.Body, "\r\n ", "")
	if strings.Count(whole, "END:VCALENDAR\r\n") != 1 || strings.Count(whole, "\r\nBEGIN:VEVENT") != 1 {
		t.Error("a text ends the calendar")
	}
	for _, want := range []string{
		"UID:" + conference + "-vi@doingoai", "SEQUENCE:90", "STATUS:CANCELLED", "DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261208",
		"DTSTAMP:20261101T000130Z", `LOCATION:Nhà A\; phòng 2\, tầng 3`, `SUMMARY:Hội nghị\; "xúc tiến"\, phần 1\\2`, "TZID:Asia/Ho_Chi_Minh",
	} {
		if !strings.Contains(whole, "\r\n"+want) {
			t.Errorf("no line %q in\n%s", want, whole)
		}
	}
	all := w.reader().Get("/vi/events.ics").Is(http.StatusOK).Body
	if !strings.Contains(all, "BEGIN:VCALENDAR") {
		t.Error("the calendar of all is none")
	}
	w.reader().Get(fmt.Sprintf("/vi/su-kien/%s.ics", merger)).Is(http.StatusNotFound) // an article is no event
}
