package kind

import (
	"time"

	"doingoai/app/fault"
	"doingoai/app/locale"
)

// What became of an event. That it is over is no fact: the clock tells it.
const (
	Planned   = "planned"
	Postponed = "postponed" // to a time that is not known yet
	Cancelled = "cancelled"
)

var eventFacts = []Fact{
	{Key: "starts", Type: Moment, Required: true},
	{Key: "ends", Type: Moment},
	{Key: "all_day", Type: Yes},
	{Key: "status", Type: Choice, Required: true, Choices: []string{Planned, Postponed, Cancelled}},
	{Key: "venue", Type: Line, Worded: true},
	{Key: "place", Type: Place},
	{Key: "organiser", Type: Agency, Required: true},
	{Key: "contact", Type: Line, Worded: true},
	{Key: "phone", Type: Phone},
	{Key: "email", Type: Email},
	{Key: "registration", Type: Web},
}

func eventRule(f Facts, form *fault.Form) {
	if ends := f["ends"]; ends != "" && ends < f["starts"] {
		form.Refuse(Prefix+"ends", "error.fact.before")
	}
}

// Happening is when an event takes place.
type Happening struct {
	Starts, Ends time.Time // from one moment until before the other
	AllDay       bool      // whole days, without hours
	HasEnd       bool      // that it ends then is told; otherwise it is the end of its day
	Status       string
}

// Happening answers when an event takes place. One whose end is not told is over
// with its day, one of whole days with the last of them. ok is false of what has
// no beginning.
func (f Facts) Happening() (h Happening, ok bool) {
	h.Status, h.AllDay = f["status"], f["all_day"] != ""
	if h.Starts, ok = f.moment("starts"); !ok {
		return h, false
	}
	if h.Ends, h.HasEnd = f.moment("ends"); !h.HasEnd {
		h.Ends = h.Starts
	}
	if h.AllDay {
		h.Starts = dayOf(h.Starts)
	}
	if h.AllDay || !h.HasEnd {
		h.Ends = dayOf(h.Ends).AddDate(0, 0, 1)
	}
	return h, true
}

// LastDay is a moment of its last day.
func (h Happening) LastDay() time.Time {
	if h.Ends.After(h.Starts) {
		return h.Ends.Add(-time.Second)
	}
	return h.Starts
}

// Over says whether it has taken place.
func (h Happening) Over(now time.Time) bool { return !h.Ends.After(now) }

// moment is a Moment by the clock of Vietnam.
func (f Facts) moment(key string) (time.Time, bool) {
	t, err := time.ParseInLocation(momentForm, f[key], locale.Zone())
	return t, err == nil
}

// Day is a Date: the moment when that day begins in Vietnam.
func (f Facts) Day(key string) (time.Time, bool) {
	t, err := time.ParseInLocation(time.DateOnly, f[key], locale.Zone())
	return t, err == nil
}

func dayOf(t time.Time) time.Time {
	y, m, d := t.In(locale.Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, locale.Zone())
}
