package newsroom

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Clock says by when readers should have an edition. It runs from the moment
// the competent body gave the State's position, which somebody enters, until
// the edition is published; when it is rejected or archived, it is dropped.
// The zero Clock does not run.
type Clock struct {
	Code string // of the target (clock_target.go)
	From time.Time
	Due  time.Time
}

// ClockState says how a clock stands.
type ClockState string

// The states of a clock.
const (
	NoClock      ClockState = ""
	ClockOK      ClockState = "ok"
	ClockSoon    ClockState = "soon" // a quarter of its time is left, or less
	ClockOverdue ClockState = "overdue"
)

// ClockStates lists those of a clock that runs.
var ClockStates = []ClockState{ClockOverdue, ClockSoon, ClockOK}

// soonShare is the part of a clock's time that is left when it is soon.
const soonShare = 4

// State says how the clock stands at a moment.
func (c Clock) State(now time.Time) ClockState {
	switch left := c.Due.Sub(now); {
	case c.Code == "":
		return NoClock
	case left <= 0:
		return ClockOverdue
	case left*soonShare <= c.Due.Sub(c.From):
		return ClockSoon
	}
	return ClockOK
}

// earliest is how far back the position may have been given.
const earliest = 7 * 24 * time.Hour

// The verbs of a clock on the trail; no state changes by them.
const (
	clockStarted Verb = "clock"
	clockStopped Verb = "clock_stop"
)

// StartClock lets a clock run for an edition, from the moment the position was
// given, in place of one that runs already.
func (n *Newsroom) StartClock(ctx context.Context, actor account.Actor, ref Ref, code string, from time.Time) error {
	return n.on(ctx, actor, ref, account.Plan, func(a *act) error {
		if over(State(a.row.State)) {
			return fault.New(fault.NotPossible, "error.verb.state."+a.row.State)
		}
		targets, err := loadTargets(a.tx.DB, a.row.AgencyID)
		if err != nil {
			return err
		}
		target, ok := targetOf(targets, code)
		var form fault.Form
		if !ok {
			form.Refuse("clock", "error.clock.unknown")
		}
		if from.After(a.tx.Now) || from.Before(a.tx.Now.Add(-earliest)) {
			form.Refuse("clock_from", "error.clock.from")
		}
		if err := form.Err(); err != nil {
			return err
		}
		from = store.Time(store.Micros(from))
		return a.startClock(Clock{code, from, target.due(from)}, target)
	})
}

func (a *act) startClock(c Clock, target Target) error {
	if c == a.row.clock() {
		return nil
	}
	detail := map[string]string{"clock": Named(target.Names, "vi")}
	noteMoment(detail, "from", c.From)
	noteMoment(detail, "until", c.Due)
	if err := a.record(clockStarted, State(a.row.State), "", "", detail); err != nil {
		return err
	}
	return updateEdition(a.tx, a.row.ref(), map[string]any{
		"clock": c.Code, "clock_at": store.Micros(c.From), "clock_due": store.Micros(c.Due),
	})
}

// StopClock drops the clock of an edition that was started by mistake.
func (n *Newsroom) StopClock(ctx context.Context, actor account.Actor, ref Ref) error {
	return n.on(ctx, actor, ref, account.Plan, func(a *act) error {
		if a.row.Clock == "" {
			return nil
		}
		if err := a.record(clockStopped, State(a.row.State), "", "", map[string]string{}); err != nil {
			return err
		}
		return updateEdition(a.tx, a.row.ref(), noClock())
	})
}

// MayBeClocked says whether a clock can run for an edition: readers are still
// to get it.
func (e Edition) MayBeClocked() bool { return !over(e.State) }

// over says whether an edition is in a state in which no clock runs: readers
// have it, or had it, or never will.
func over(s State) bool {
	return s == Published || s == Corrected || s == Withdrawn || s == Rejected || s == Archived
}

// stopClock ends the clock of an edition that goes to a state: readers have it
// now, or will not. What they have is remembered, for the rate (Punctuality).
func (a *act) stopClock(to State, columns map[string]any) error {
	if a.row.Clock == "" || !over(to) {
		return nil
	}
	for column, value := range noClock() {
		columns[column] = value
	}
	if to != Published && to != Corrected {
		return nil
	}
	return insertClockRun(a.tx, clockRunRow{
		ID: store.NewID(), ItemID: a.row.ItemID, Lang: a.row.Lang, AgencyID: a.row.AgencyID, Code: a.row.Clock,
		StartedAt: a.row.ClockAt, Due: a.row.ClockDue, EndedAt: store.Micros(a.tx.Now),
	})
}

func noClock() map[string]any {
	return map[string]any{"clock": "", "clock_at": int64(0), "clock_due": int64(0)}
}
