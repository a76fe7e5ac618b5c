package desk

import (
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// queryDay reads the beginning of a day in Vietnam from the address; absent it
// is the zero time, and anything else is malformed.
func queryDay(c *fiber.Ctx, name string) (time.Time, error) {
	text, err := web.Query(c, name, len(time.DateOnly))
	if err != nil || text == "" {
		return time.Time{}, err
	}
	day, err := time.ParseInLocation(time.DateOnly, text, locale.Zone())
	if err != nil {
		return time.Time{}, &fault.Error{Kind: fault.Malformed, Message: fault.Say("error.malformed.title"), Cause: err}
	}
	return day.UTC(), nil
}

// days says from when until when something held.
func (p page) days(from, to time.Time) string {
	switch {
	case from.IsZero() && to.IsZero():
		return p.T("site.always")
	case from.IsZero():
		return p.T("site.until", "Date", p.Date(lastDay(to)))
	case to.IsZero():
		return p.T("site.since", "Date", p.Date(from))
	}
	return p.T("site.between", "From", p.Date(from), "To", p.Date(lastDay(to)))
}

// lastDay is the last day on which something held that was over at a moment.
func lastDay(over time.Time) time.Time { return over.Add(-time.Second) }

// day says when something was done and on what basis.
func (p page) day(at time.Time, b release.Basis) string {
	parts := []string{}
	if !at.IsZero() {
		parts = append(parts, p.Date(at))
	}
	if b.Document != "" {
		parts = append(parts, b.Document)
	}
	if !b.On.IsZero() {
		parts = append(parts, p.T("site.document_on", "Date", p.Date(b.On)))
	}
	return strings.Join(parts, " · ")
}
