package newsroom

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/store"
)

// Plan says for which day an edition is planned, and what is to become of it.
// It binds nobody: an approved text has an hour of publication instead.
type Plan struct {
	Day  time.Time // its beginning in Vietnam; zero: for no day
	Note string
}

// MaxPlanNote is the most characters of a plan's note.
const MaxPlanNote = 200

// dayOf is the beginning of a moment's day in Vietnam.
func dayOf(t time.Time) time.Time {
	if t.IsZero() {
		return t
	}
	year, month, day := t.In(locale.Zone()).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, locale.Zone()).UTC()
}

// tidy brings a plan into the form it is kept in. Without a day there is none.
func (p Plan) tidy() (Plan, error) {
	p.Day, p.Note = dayOf(p.Day), line(p.Note)
	if p.Day.IsZero() {
		return Plan{}, nil
	}
	var form fault.Form
	if p.Day.Year() < 2000 || p.Day.Year() > 2999 {
		form.Refuse("day", "error.bad_date")
	}
	field{"plan_note", p.Note, MaxPlanNote}.check(&form)
	return p, form.Err()
}

// Planned is the verb on the trail; no state changes by it.
const planned Verb = "plan"

// Plan plans an edition for a day, or for none. A plan that is there already
// changes nothing.
func (n *Newsroom) Plan(ctx context.Context, actor account.Actor, ref Ref, p Plan) error {
	p, err := p.tidy()
	if err != nil {
		return err
	}
	return n.on(ctx, actor, ref, account.Plan, func(a *act) error { return a.plan(p) })
}

// PlanDay plans an edition for another day, or for none, and keeps the note.
func (n *Newsroom) PlanDay(ctx context.Context, actor account.Actor, ref Ref, day time.Time) error {
	p, err := Plan{Day: day}.tidy()
	if err != nil {
		return err
	}
	return n.on(ctx, actor, ref, account.Plan, func(a *act) error {
		if !p.Day.IsZero() {
			p.Note = a.row.PlanNote
		}
		return a.plan(p)
	})
}

// planNew plans an edition that has just begun. Whoever may begin one may say
// for when it is.
func (n *Newsroom) planNew(ctx context.Context, tx *store.Tx, actor account.Actor, ref Ref, p Plan) error {
	if p.Day.IsZero() {
		return nil
	}
	row, err := loadEdition(tx.DB, ref)
	if err != nil {
		return err
	}
	post, _ := actor.PostIn(account.Create, row.AgencyID, row.Lang)
	post.Agency = row.AgencyID
	return (&act{n: n, ctx: ctx, tx: tx, actor: actor, post: post, row: row}).plan(p)
}

func (a *act) plan(p Plan) error {
	if State(a.row.State) == Archived {
		return fault.New(fault.NotPossible, "error.verb.state.archived")
	}
	if store.Micros(p.Day) == a.row.PlannedAt && p.Note == a.row.PlanNote {
		return nil
	}
	if !p.Day.IsZero() && store.Micros(p.Day) != a.row.PlannedAt && p.Day.Before(dayOf(a.tx.Now)) {
		var form fault.Form
		form.Refuse("day", "error.plan.past")
		return form.Err()
	}
	detail := map[string]string{}
	noteMoment(detail, "at", p.Day)
	if p.Note != "" {
		detail["note"] = p.Note
	}
	if err := a.record(planned, State(a.row.State), "", "", detail); err != nil {
		return err
	}
	return updateEdition(a.tx, a.row.ref(), map[string]any{"planned_at": store.Micros(p.Day), "plan_note": p.Note})
}
