package newsroom

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// MaxCalendar is how many editions one view of the calendar shows.
const MaxCalendar = 500

// Calendar answers what is scheduled, or planned, between two moments, in the
// order of time; of all agencies when none is named. more says that there was
// no room for all of it.
func (n *Newsroom) Calendar(ctx context.Context, actor account.Actor, agency string, from, to time.Time) (editions []Edition, more bool, err error) {
	l, err := n.listing(ctx, actor)
	if err != nil {
		return nil, false, err
	}
	l.Agency = agency
	rows, err := loadCalendar(n.db.Read(ctx), l, from, to, MaxCalendar+1)
	if err != nil {
		return nil, false, err
	}
	if len(rows) > MaxCalendar {
		rows, more = rows[:MaxCalendar], true
	}
	return editionsOf(rows), more, nil
}

// CalendarAt is where an edition stands in the calendar: at the hour of its
// publication, or on the day it is planned for; zero: nowhere.
func (e Edition) CalendarAt() time.Time {
	if e.State == Scheduled {
		return e.PublishAt
	}
	return e.Plan.Day
}

// MoveTo brings an edition to another day of the calendar. One that is
// scheduled keeps its hour, and is scheduled anew by whoever may do that; any
// other is planned for the day.
func (n *Newsroom) MoveTo(ctx context.Context, actor account.Actor, ref Ref, hash string, day time.Time) error {
	if day.IsZero() {
		var form fault.Form
		form.Refuse("day", "error.bad_date")
		return form.Err()
	}
	db := n.db.Read(ctx)
	row, err := seenEdition(db, actor, ref)
	if err != nil {
		return err
	}
	e := row.edition()
	if e.State != Scheduled {
		return n.PlanDay(ctx, actor, ref, day)
	}
	at := dayOf(day).Add(e.PublishAt.Sub(dayOf(e.PublishAt)))
	if at.Equal(e.PublishAt) {
		return nil
	}
	return n.Do(ctx, actor, ref, Schedule, Ask{Hash: hash, At: at})
}
