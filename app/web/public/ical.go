package public

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/newsstand"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// Calendars of readers follow an outlet's events, or take one of them in
// (RFC 5545).

const (
	calendarFile = "events.ics"
	calendarEnd  = ".ics"
	calendarType = "text/calendar; charset=utf-8"
)

// makeCalendar writes all events of an outlet, or the one that the address names.
func (s *Site) makeCalendar(r request) (*newsstand.Entry, error) {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	var cards []newsstand.Card
	if r.id == "" {
		var err error
		if cards, err = s.stand.Calendar(web.Context(r.c), r.outlet, r.lang); err != nil {
			return nil, err
		}
	} else {
		page, err := s.stand.Article(web.Context(r.c), r.outlet, r.lang, r.id)
		if err != nil {
			return nil, err
		}
		if a := page.Article; a != nil && kind.Kind(a.Kind) == kind.Event {
			cards = append(cards, newsstand.CardOf(a, r.outlet.ID))
		}
		if len(cards) == 0 {
			return nil, notFound()
		}
	}
	e := newsstand.NewEntry(fiber.StatusOK, calendarType, []byte(f.calendar(cards)))
	e.Language = r.lang
	return e, nil
}

// calendar writes events as a calendar.
func (f *frame) calendar(cards []newsstand.Card) string {
	var c calendar
	c.line("BEGIN", "VCALENDAR")
	c.line("VERSION", "2.0")
	c.line("PRODID", escaped("-//"+f.Text.Name+"//"+strings.ToUpper(f.Lang())))
	c.line("CALSCALE", "GREGORIAN")
	c.line("METHOD", "PUBLISH")
	c.line("X-WR-CALNAME", escaped(f.T("events.title")+" – "+f.Text.Name))
	c.zone()
	for _, card := range cards {
		if h, ok := card.Facts.Happening(); ok {
			c.event(f, card, h)
		}
	}
	c.line("END", "VCALENDAR")
	return c.String()
}

type calendar struct{ strings.Builder }

const zoneName = "Asia/Ho_Chi_Minh"

// zone describes Vietnam's time, which knows no summer.
func (c *calendar) zone() {
	c.line("BEGIN", "VTIMEZONE")
	c.line("TZID", zoneName)
	c.line("BEGIN", "STANDARD")
	c.line("DTSTART", "19750613T000000")
	c.line("TZOFFSETFROM", "+0700")
	c.line("TZOFFSETTO", "+0700")
	c.line("TZNAME", "+07")
	c.line("END", "STANDARD")
	c.line("END", "VTIMEZONE")
}

// statuses are those of the standard for ours.
var statuses = map[string]string{kind.Planned: "CONFIRMED", kind.Postponed: "TENTATIVE", kind.Cancelled: "CANCELLED"}

func (c *calendar) event(f *frame, card newsstand.Card, h kind.Happening) {
	c.line("BEGIN", "VEVENT")
	c.line("UID", card.ID+"-"+card.Lang+"@doingoai")
	c.line("DTSTAMP", card.Updated.UTC().Format("20060102T150405Z"))
	c.line("SEQUENCE", fmt.Sprint(max(0, int(card.Updated.Sub(card.Published)/time.Second))))
	c.line("STATUS", statuses[h.Status])
	c.moment("DTSTART", h.Starts, h.AllDay)
	if h.AllDay || h.HasEnd {
		c.moment("DTEND", h.Ends, h.AllDay)
	}
	c.line("SUMMARY", escaped(card.Title))
	at := f.base + f.Href(card)
	c.line("DESCRIPTION", escaped(strings.TrimSpace(card.Standfirst+"\n"+at)))
	c.words("LOCATION", f.where(card.Facts))
	c.words("CONTACT", strings.Trim(strings.Join([]string{card.Facts["contact"], card.Facts["phone"], card.Facts["email"]}, " "), " "))
	c.line("URL", at)
	c.line("END", "VEVENT")
}

func (c *calendar) moment(name string, t time.Time, day bool) {
	t = t.In(locale.Zone())
	if day {
		c.line(name+";VALUE=DATE", t.Format("20060102"))
		return
	}
	c.line(name+";TZID="+zoneName, t.Format("20060102T150405"))
}

func (c *calendar) words(name, text string) {
	if text != "" {
		c.line(name, escaped(text))
	}
}

// escaped is a text as a value: what it could be taken apart by is escaped, and
// what no line may hold is left out.
func escaped(text string) string {
	text = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\r\n", `\n`, "\n", `\n`, "\r", `\n`).Replace(text)
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == utf8.RuneError {
			return -1
		}
		return r
	}, text)
}

// maxLine is how many bytes a line may have; longer ones go on in the next,
// behind a space, and no letter is cut.
const maxLine = 75

func (c *calendar) line(name, value string) {
	rest, room := name+":"+value, maxLine
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], maxLine-1
	}
	c.WriteString(rest + "\r\n")
}
