package desk

import (
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// planning is what an edition's page says of when it is wanted: for which day
// it is planned, and its clock; with the forms of those who may say so.
type planning struct {
	Plan    newsroom.Plan
	Due     dueMark
	Targets []choice // by which it can be clocked, none where the person may not or no clock can run
	May     bool
	Code    string // of the target that is chosen
	From    time.Time
}

// Day and Since are the times as their fields take them.
func (p planning) Day() string   { return dayValue(p.Plan.Day) }
func (p planning) Since() string { return asked{Ask: newsroom.Ask{At: p.From}}.PublishAt() }

// fillPlanning adds what is planned, but keeps what was typed and refused.
func (d *Desk) fillPlanning(c *fiber.Ctx, show *editionPage) error {
	e, p := show.Sheet.Edition, &show.Planning
	if !show.Errors.has("day", "plan_note") {
		p.Plan = e.Plan
	}
	_, p.May = show.Actor.MayIn(account.Plan, e.Agency, e.Ref.Lang)
	names, err := d.Newsroom.ClockNames(web.Context(c))
	if err != nil {
		return err
	}
	p.Due = show.clockMark(e, names)
	if !p.May || !e.MayBeClocked() {
		return nil
	}
	if !show.Errors.has("clock", "clock_from") {
		p.Code, p.From = e.Clock.Code, e.Clock.From
		if p.From.IsZero() {
			p.From = show.Now()
		}
	}
	targets, err := d.Newsroom.Targets(web.Context(c), e.Agency)
	for _, t := range targets {
		p.Targets = append(p.Targets, choice{t.Code, newsroom.Named(t.Names, show.Lang())})
	}
	return err
}

// has says whether one of some fields was refused.
func (e fieldErrors) has(fields ...string) bool {
	for _, f := range fields {
		if e.Fields[f] != "" {
			return true
		}
	}
	return false
}

// plan plans an edition for a day, or for none.
func (d *Desk) plan(c *fiber.Ctx) error {
	return d.setPlanning(c, "planned", func(form *web.Form, p *planning) error {
		p.Plan = newsroom.Plan{Day: form.LocalDate("day"), Note: form.Text("plan_note", 2*newsroom.MaxPlanNote)}
		if err := form.Err(); err != nil {
			return err
		}
		return d.Newsroom.Plan(web.Context(c), web.Actor(c), refOf(c), p.Plan)
	})
}

// startClock lets a clock run, or another one in its place.
func (d *Desk) startClock(c *fiber.Ctx) error {
	return d.setPlanning(c, "clock_started", func(form *web.Form, p *planning) error {
		p.Code, p.From = form.Text("clock", 40), form.LocalTime("clock_from")
		if err := form.Err(); err != nil {
			return err
		}
		return d.Newsroom.StartClock(web.Context(c), web.Actor(c), refOf(c), p.Code, p.From)
	})
}

func (d *Desk) stopClock(c *fiber.Ctx) error {
	return d.setPlanning(c, "clock_stopped", func(*web.Form, *planning) error {
		return d.Newsroom.StopClock(web.Context(c), web.Actor(c), refOf(c))
	})
}

// setPlanning reads a form of the planning and does it; the edition's page comes
// back with the reason when it is refused.
func (d *Desk) setPlanning(c *fiber.Ctx, done string, set func(*web.Form, *planning) error) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	var typed planning
	refusal := set(form, &typed)
	if refusal == nil {
		return c.Redirect(editionPath(refOf(c))+"?done="+done, fiber.StatusSeeOther)
	}
	if !correctable(refusal) {
		return refusal
	}
	sheet, err := d.Newsroom.Open(web.Context(c), web.Actor(c), refOf(c))
	if err != nil {
		return err
	}
	show := editionPage{page: d.page(c, "edition.title", "calendar"), Sheet: sheet, Content: sheet.Revision.Content, Base: sheet.Revision.Number, Planning: typed}
	show.refused(refusal)
	show.Writing = sheet.MaySave && !slices.Contains(deciding, sheet.State)
	return d.showEdition(c, web.Status(refusal), show)
}
