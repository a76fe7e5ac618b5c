package desk

import (
	"time"

	"doingoai/app/newsroom"
)

// dueMark says in words how long there is until something is due, for a list.
// The zero mark shows nothing.
type dueMark struct {
	State newsroom.ClockState
	Name  string // of what is due
	Left  string // how long there is, or by how much it is over
	Due   string
}

// clockNames are how clocks are called.
type clockNames func(agency, code, lang string) string

func (p page) clockMark(e newsroom.Edition, names clockNames) dueMark {
	if e.Clock.Code == "" {
		return dueMark{}
	}
	return p.dueMark(names(e.Agency, e.Clock.Code, p.Lang()), e.Clock)
}

func (p page) dueMark(name string, clock newsroom.Clock) dueMark {
	state, key := clock.State(p.Now()), "clock.left"
	if state == newsroom.ClockOverdue {
		key = "clock.over"
	}
	return dueMark{state, name, p.T(key, "Time", p.lasting(clock.Due.Sub(p.Now()).Abs())), p.DateTime(clock.Due)}
}

// lasting says a length of time as people do: the shorter it is, the closer.
func (p page) lasting(d time.Duration) string {
	minutes := int(d.Minutes())
	hours, days := minutes/60, minutes/60/24
	switch {
	case days >= 2:
		return p.T("lasting.days", "count", days)
	case hours >= 10 || hours >= 1 && minutes%60 == 0:
		return p.T("lasting.hours", "count", hours)
	case hours >= 1:
		return p.T("lasting.hours", "count", hours) + " " + p.T("lasting.minutes", "count", minutes%60)
	}
	return p.T("lasting.minutes", "count", minutes)
}
