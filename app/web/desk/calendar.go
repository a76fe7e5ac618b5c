package desk

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// calendarPage shows what an agency is going to publish, day by day: what is
// scheduled, at its hour, and what is planned. Days are Vietnam's, and weeks
// begin on Monday. On a phone the same days stand below each other.
type calendarPage struct {
	page
	Agencies              []choice
	Agency                string
	Week                  bool
	Span                  string // in words: the month, or the week's first and last day
	Days                  []calendarDay
	Full                  bool // there was no room for everything
	Empty                 bool
	Now, Previous, Next   string // addresses: of today, and of the neighbouring spans
	InMonth, InWeek       string // addresses of the two views
	MayCreate             bool
	Refused, RefusedShown string // why an edition could not be moved, and which
}

type calendarDay struct {
	Date    time.Time
	Entries []calendarEntry
	Outside bool // of the month that is shown
	Today   bool
}

// Value is the day as a date field takes it.
func (d calendarDay) Value() string { return dayValue(d.Date) }

// Number is the day of the month.
func (d calendarDay) Number() int { return d.Date.In(locale.Zone()).Day() }

// Weekday names the day's place in the week among the words: from 1, Monday.
func (d calendarDay) Weekday() int { return fromMonday(d.Date.In(locale.Zone())) + 1 }

// fromMonday is how many days have passed since Monday.
func fromMonday(t time.Time) int { return (int(t.Weekday()) + 6) % 7 }

// calendarEntry is an edition in the calendar.
type calendarEntry struct {
	newsroom.Edition
	At    string // the hour of its publication, "" when it is only planned
	Shown string // names the edition and what was looked at, "" when the person may not move it
}

// Path is the edition's own page.
func (e calendarEntry) Path() string { return editionPath(e.Ref) }

// Out says whether readers have it already.
func (e calendarEntry) Out() bool {
	return e.State == newsroom.Published || e.State == newsroom.Corrected
}

// Day is the day it stands on, as a date field takes it.
func (e calendarEntry) Day() string { return dayValue(e.CalendarAt()) }

func (d *Desk) calendar(c *fiber.Ctx) error {
	return d.showCalendar(c, fiber.StatusOK, &calendarPage{page: d.page(c, "calendar.title", "calendar")})
}

func (d *Desk) showCalendar(c *fiber.Ctx, status int, show *calendarPage) error {
	day, err := queryDay(c, "day")
	if err != nil {
		return err
	}
	if day.IsZero() {
		day = startOfDay(show.page.Now())
	}
	view, err := web.Query(c, "view", 10)
	if err != nil {
		return err
	}
	show.Week, show.MayCreate = view == "week", show.Actor.MayAnywhere(account.Create)
	if show.Agencies, show.Agency, err = d.ownAgency(c, show.page); err != nil {
		return err
	}
	show.lay(day.In(locale.Zone()))
	if err := d.fillCalendar(c, show); err != nil {
		return err
	}
	return d.show(c, status, "calendar", show)
}

// lay lays out the days of the month, or the week, around a day.
func (p *calendarPage) lay(day time.Time) {
	first, days := day.AddDate(0, 0, 1-day.Day()), 7
	from, previous, next := day.AddDate(0, 0, -fromMonday(day)), day.AddDate(0, 0, -7), day.AddDate(0, 0, 7)
	if !p.Week {
		last := first.AddDate(0, 1, -1)
		from, previous, next = first.AddDate(0, 0, -fromMonday(first)), first.AddDate(0, -1, 0), first.AddDate(0, 1, 0)
		days = fromMonday(first) + last.Day() + 6 - fromMonday(last)
	}
	today := startOfDay(p.page.Now())
	for i := range days {
		t := from.AddDate(0, 0, i)
		p.Days = append(p.Days, calendarDay{Date: t, Outside: !p.Week && t.Month() != day.Month(), Today: t.Equal(today)})
	}
	p.Span = p.T("calendar.month_span", "Month", p.T("month."+day.Format("01")), "Year", day.Format("2006"))
	if p.Week {
		p.Span = p.T("calendar.week_span", "From", p.Date(from), "To", p.Date(from.AddDate(0, 0, 6)))
	}
	p.Previous, p.Next, p.Now = p.address(previous, p.Week), p.address(next, p.Week), p.address(time.Time{}, p.Week)
	p.InMonth, p.InWeek = p.address(day, false), p.address(day, true)
}

// address is that of a view; no day means today.
func (p *calendarPage) address(day time.Time, week bool) string {
	q := url.Values{}
	if !day.IsZero() {
		q.Set("day", dayValue(day))
	}
	if week {
		q.Set("view", "week")
	}
	if len(p.Agencies) > 1 {
		q.Set("agency", p.Agency)
	}
	if len(q) == 0 {
		return "/calendar"
	}
	return "/calendar?" + q.Encode()
}

func (d *Desk) fillCalendar(c *fiber.Ctx, show *calendarPage) error {
	from, to := show.Days[0].Date, show.Days[len(show.Days)-1].Date.AddDate(0, 0, 1)
	editions, more, err := d.Newsroom.Calendar(web.Context(c), show.Actor, show.Agency, from, to)
	if err != nil {
		return err
	}
	heads, err := d.Newsroom.Heads(web.Context(c), editions)
	if err != nil {
		return err
	}
	show.Full, show.Empty = more, len(editions) == 0
	for _, e := range editions {
		entry := calendarEntry{Edition: e}
		if e.State == newsroom.Scheduled {
			entry.At = show.P.Time(e.PublishAt)
		}
		if mayMove(show.Actor, e) {
			entry.Shown = shown{e.Ref, heads[e.Ref]}.String()
		}
		day := int(startOfDay(e.CalendarAt()).Sub(from).Hours()) / 24 // Vietnam keeps one time all year
		show.Days[day].Entries = append(show.Days[day].Entries, entry)
	}
	return nil
}

// mayMove says whether a person may bring an edition to another day.
func mayMove(actor account.Actor, e newsroom.Edition) bool {
	action := account.Plan
	if e.State == newsroom.Scheduled {
		action = account.Schedule
	}
	_, may := actor.MayIn(action, e.Agency, e.Ref.Lang)
	return may
}

// move brings an edition to another day; script is answered without a page.
func (d *Desk) move(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := &calendarPage{page: d.page(c, "calendar.title", "calendar")}
	text, day, back := form.Text("pick", 200), form.LocalDate("day"), localPath(form.Text("back", maxNext))
	edition, ok := readOne(text)
	if !ok {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	if err = form.Err(); err == nil {
		err = d.Newsroom.MoveTo(web.Context(c), show.Actor, edition.Ref, edition.Hash, day)
	}
	switch {
	case err == nil && web.WantsJSON(c):
		return c.SendStatus(fiber.StatusNoContent)
	case err == nil:
		return c.Redirect(withDone(back, "rescheduled"), fiber.StatusSeeOther)
	case !correctable(err) || web.WantsJSON(c):
		return err
	}
	f, _ := fault.As(err)
	show.Refused, show.RefusedShown = show.why(f), text
	_, query, _ := strings.Cut(back, "?")
	c.Request().URI().SetQueryString(query)
	return d.showCalendar(c, web.Status(err), show)
}

// withDone adds to an address what was done.
func withDone(address, done string) string {
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + "done=" + done
}

// ownAgency is the agency that the address names, or else the person's first;
// and those that can be chosen.
func (d *Desk) ownAgency(c *fiber.Ctx, p page) (choices []choice, chosen string, err error) {
	all, err := d.agencyChoices(c, p.Lang())
	if err != nil {
		return nil, "", err
	}
	ids, everywhere := p.Actor.Agencies(account.ViewOwn)
	own := ""
	for _, a := range all {
		if !everywhere && !slices.Contains(ids, a.Value) {
			continue
		}
		choices = append(choices, a)
		if own == "" && slices.ContainsFunc(p.Actor.Posts, func(post account.Post) bool { return post.Agency == a.Value }) {
			own = a.Value
		}
	}
	if chosen, err = web.Query(c, "agency", 40); err != nil {
		return nil, "", err
	}
	if !slices.ContainsFunc(choices, func(a choice) bool { return a.Value == chosen }) {
		chosen = own
	}
	return choices, chosen, nil
}
