package public

import (
	"strings"
	"time"

	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/markup"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// eventsView is what an outlet tells of events: those to come, a month of them as
// a table, and those that are over.
type eventsView struct {
	*frame
	Trail    []link
	Upcoming []happening
	Over     []happening
	Month    monthView
	Calendar string // the address that a reader's calendar follows
	Pager    pager
}

// happening is an event in a list.
type happening struct {
	Title, Href, About string
	When, Machine      string
	Where              string
	Labels             []string
	Finished           bool
}

// monthView is a month in weeks.
type monthView struct {
	Name       string
	Weekdays   []string
	Weeks      [][]dayView
	Prev, Next link
}

// dayView is a day of it; one of another month has no number.
type dayView struct {
	Number int
	Today  bool
	Events []link
}

// monthsAround is how many months before and after the present one links lead
// to: without an end, whoever follows them all would never be done.
const monthsAround = 24

// monthForm is a month in an address.
const monthForm = "2006-01"

func (s *Site) makeEvents(r request) (*newsstand.Entry, error) {
	month := r.month
	if month.IsZero() {
		now := s.stand.Now().In(locale.Zone())
		month = time.Date(now.Year(), now.Month(), 1, 0, 0, 0, 0, locale.Zone())
	}
	page, err := s.stand.Events(web.Context(r.c), r.outlet, r.lang, month, r.page)
	if err != nil {
		return nil, err
	}
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.uri())
	address, others := eventsPath(r.lang), map[string]string{}
	for _, lang := range r.outlet.Languages {
		others[lang] = eventsPath(lang)
	}
	f.Title, f.Description = f.T("events.title"), f.T("events.lead")
	f.at(pageAddress(address, r.page), others)
	if r.page > 1 {
		f.Title, f.Alternates = f.T("list.title", "Name", f.T("events.title"), "Page", r.page), nil
	}
	v := eventsView{
		frame: f, Trail: f.trail(""), Upcoming: f.happenings(page.Upcoming, page.Now), Over: f.happenings(page.Over, page.Now),
		Calendar: calendarPath(r.lang), Pager: newPager(address, page.Page, page.Pages),
	}
	if r.page == 1 {
		v.Month = f.month(month, page.Month, page.Now)
	}
	return s.html(fiber.StatusOK, "events", f, v)
}

// happenings prepares events for a list.
func (f *frame) happenings(cards []newsstand.Card, now time.Time) []happening {
	list := make([]happening, 0, len(cards))
	for _, c := range cards {
		h, ok := c.Facts.Happening()
		if !ok {
			continue
		}
		e := happening{
			Title: markup.Bind(c.Title), Href: f.Href(c), About: markup.Bind(c.Standfirst), When: f.when(h), Machine: machineTime(h),
			Where: f.where(c.Facts), Labels: f.labels(c), Finished: h.Over(now),
		}
		e.Labels = append(f.eventLabels(h, now), e.Labels...)
		list = append(list, e)
	}
	return list
}

// eventLabels say what became of an event: only what is not as planned, and that
// it is over.
func (f *frame) eventLabels(h kind.Happening, now time.Time) []string {
	switch {
	case h.Status == kind.Postponed || h.Status == kind.Cancelled:
		return []string{f.T("fact.status." + h.Status)}
	case h.Over(now):
		return []string{f.T("events.over")}
	}
	return nil
}

// when says when an event takes place: "05/12/2026, 08:00 – 11:00" within a day,
// else from one moment or day until another.
func (f *frame) when(h kind.Happening) string {
	first, last := f.Date(h.Starts), f.Date(h.LastDay())
	switch {
	case h.AllDay && first == last:
		return first
	case h.AllDay:
		return first + " – " + last
	case !h.HasEnd:
		return f.DateTime(h.Starts)
	case first == last:
		zone := strings.TrimPrefix(f.DateTime(h.Ends), f.P.DateTime(h.Ends))
		return first + ", " + f.P.Time(h.Starts) + " – " + f.P.Time(h.Ends) + zone
	}
	return f.DateTime(h.Starts) + " – " + f.DateTime(h.Ends)
}

// machineTime is when it begins, for machines.
func machineTime(h kind.Happening) string {
	if h.AllDay {
		return h.Starts.In(locale.Zone()).Format(time.DateOnly)
	}
	return iso(h.Starts)
}

// where says where it takes place.
func (f *frame) where(facts kind.Facts) string {
	var parts []string
	for _, p := range []string{facts["venue"], f.site.PlaceName(facts["place"], f.Lang())} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// month lays events into the days of a month. Weeks begin on Monday.
func (f *frame) month(first time.Time, cards []newsstand.Card, now time.Time) monthView {
	v := monthView{Name: f.T("events.month", "Month", int(first.Month()), "Year", first.Year())}
	for day := 1; day <= 7; day++ {
		v.Weekdays = append(v.Weekdays, f.T("weekday."+string(rune('0'+day))))
	}
	address := eventsPath(f.Lang()) + "?month="
	before, after := first.AddDate(0, -1, 0), first.AddDate(0, 1, 0)
	if now.AddDate(0, -monthsAround, 0).Before(first) {
		v.Prev = link{Href: address + before.Format(monthForm), Name: f.T("events.month", "Month", int(before.Month()), "Year", before.Year())}
	}
	if now.AddDate(0, monthsAround, 0).After(first) {
		v.Next = link{Href: address + after.Format(monthForm), Name: f.T("events.month", "Month", int(after.Month()), "Year", after.Year())}
	}
	offset := (int(first.Weekday()) + 6) % 7
	week := make([]dayView, offset)
	for day := first; day.Before(after); day = day.AddDate(0, 0, 1) {
		d := dayView{Number: day.Day(), Today: f.Date(day) == f.Date(now)}
		for _, c := range cards {
			if h, ok := c.Facts.Happening(); ok && h.Starts.Before(day.AddDate(0, 0, 1)) && h.Ends.After(day) {
				d.Events = append(d.Events, link{Href: f.Href(c), Name: markup.Bind(c.Title)})
			}
		}
		if week = append(week, d); len(week) == 7 {
			v.Weeks, week = append(v.Weeks, week), nil
		}
	}
	if len(week) > 0 {
		v.Weeks = append(v.Weeks, append(week, make([]dayView, 7-len(week))...))
	}
	return v
}

// factNames is what the things are called that facts name.
func (f *frame) factNames(t kind.Type, id string) string {
	switch t {
	case kind.Agency:
		return f.AgencyName(id)
	case kind.Place:
		return f.site.PlaceName(id, f.Lang())
	}
	return ""
}

// knownFact is a fact as readers read it.
type knownFact struct {
	Label string
	kind.Shown
}

// known lists the facts of an article. When an event takes place is told in one
// line.
func (f *frame) known(a *release.Article) []knownFact {
	var list []knownFact
	h, timed := a.Facts.Happening()
	facts := a.Facts
	if timed {
		list = append(list, knownFact{f.T("events.when"), kind.Shown{Key: "when", Text: f.when(h)}})
		facts = facts.With("starts", "").With("ends", "").With("all_day", "")
	}
	if kind.Kind(a.Kind) == kind.Page { // told in sentences (pagePart)
		for _, key := range []string{"position", "owner", "reviewed", "review_every"} {
			facts = facts.With(key, "")
		}
	}
	for _, fact := range facts.View(kind.Kind(a.Kind), f.P, f.factNames) {
		if fact.Key == "force" { // as of today
			fact.Text = f.standing(a.Facts.Standing(f.Now()))
		}
		fact.Text = markup.Bind(fact.Text)
		list = append(list, knownFact{f.T("field." + kind.Prefix + fact.Key), fact})
	}
	return list
}

// kindPart is what the page of any other kind has beside that of an article.
type kindPart struct {
	Calendar string // an event's own, for a reader's calendar
	Files    []fileLink
	All      link // the list of the kind
	Labels   []string
	// When a page about the province was looked at last, and who answers for it.
	Fresh, Answers string
}

// kindPart is nil of an article.
func (f *frame) kindPart(a *release.Article) *kindPart {
	k := kind.Kind(a.Kind)
	var p *kindPart
	switch k {
	case kind.Event:
		p = f.eventPart(a)
	case kind.Document:
		p = f.documentPart(a)
	case kind.Page:
		p = f.pagePart(a)
	}
	if p != nil {
		p.All = link{Href: kindPath(a.Lang, k), Name: f.T(kindNames[k] + ".title")}
	}
	return p
}

func (f *frame) eventPart(a *release.Article) *kindPart {
	h, ok := a.Facts.Happening()
	if !ok {
		return nil
	}
	return &kindPart{Calendar: eventsPath(a.Lang) + "/" + a.ID + calendarEnd, Labels: f.eventLabels(h, f.Now())}
}
