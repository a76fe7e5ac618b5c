package desk

import (
	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// absencePage is where a person says that they will be away and who stands in.
type absencePage struct {
	page
	Own        []account.Absence
	StandIn    []account.Absence // in which the person stands in for somebody
	Away       []account.Absence // colleagues who are away now
	Colleagues []account.Colleague
	Typed      typedAbsence
}

// typedAbsence is what the form holds. Dates are days in Vietnam, both counted.
type typedAbsence struct{ Substitute, From, To, Note string }

// Begun says whether an absence has begun.
func (p absencePage) Begun(b account.Absence) bool { return b.ValidAt(p.Base.Now()) }

func (d *Desk) absence(c *fiber.Ctx) error {
	return d.showAbsence(c, fiber.StatusOK, absencePage{page: d.page(c, "absence.title", "absence")}, nil)
}

func (d *Desk) showAbsence(c *fiber.Ctx, status int, show absencePage, refusal error) error {
	show.refusedAs("refused.absence", refusal)
	ctx := web.Context(c)
	var err error
	if show.Own, show.StandIn, err = d.Accounts.OwnAbsences(ctx, show.Actor); err != nil {
		return err
	}
	if show.Colleagues, err = d.Accounts.Colleagues(ctx, show.Actor); err != nil {
		return err
	}
	ids := make([]string, len(show.Colleagues))
	for i, p := range show.Colleagues {
		ids[i] = p.ID
	}
	away, err := d.Accounts.Absences(ctx, ids)
	if err != nil {
		return err
	}
	for _, p := range show.Colleagues {
		if b, is := away[p.ID]; is {
			show.Away = append(show.Away, b)
		}
	}
	return d.show(c, status, "absence", show)
}

func (d *Desk) addAbsence(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	typed, wanted, err := readAbsence(form)
	show := absencePage{page: d.page(c, "absence.title", "absence"), Typed: typed}
	if err == nil {
		err = d.Accounts.AddAbsence(web.Context(c), show.Actor, wanted)
	}
	if err != nil {
		if !correctable(err) {
			return err
		}
		return d.showAbsence(c, web.Status(err), show, err)
	}
	return c.Redirect("/account/absence?done=absence", fiber.StatusSeeOther)
}

// readAbsence reads the form, as it was typed and as the room wants it.
func readAbsence(form *web.Form) (typedAbsence, account.NewAbsence, error) {
	typed := typedAbsence{
		Substitute: form.Text("substitute", 40), From: form.Text("from", 40), To: form.Text("to", 40), Note: form.Text("absence_note", 600),
	}
	wanted := account.NewAbsence{Substitute: typed.Substitute, From: form.LocalDate("from"), To: form.LocalDate("to"), Note: typed.Note}
	if !wanted.To.IsZero() {
		wanted.To = wanted.To.AddDate(0, 0, 1) // the last day counts whole
	}
	return typed, wanted, form.Err()
}

func (d *Desk) endAbsence(c *fiber.Ctx) error {
	err := d.Accounts.EndAbsence(web.Context(c), web.Actor(c), web.Param(c, "id"))
	if err != nil && fault.KindOf(err) != fault.NotPossible { // it is over already
		return err
	}
	return c.Redirect("/account/absence?done=back", fiber.StatusSeeOther)
}
