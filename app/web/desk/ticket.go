package desk

import (
	"doingoai/app/account"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type firstPage struct {
	page
	Agencies    []choice
	Email, Name string
	Agency      string
}

// choice is an option of a select.
type choice struct{ Value, Label string }

// firstForm is where the one-time link of the first start leads.
func (d *Desk) firstForm(c *fiber.Ctx) error {
	if _, err := d.Accounts.Ticket(web.Context(c), web.Param(c, "token")); err != nil {
		return err
	}
	return d.showFirst(c, fiber.StatusOK, firstPage{page: d.page(c, "first.title", "")})
}

func (d *Desk) showFirst(c *fiber.Ctx, status int, show firstPage) error {
	agencies, err := d.agencyChoices(c, show.Lang())
	if err != nil {
		return err
	}
	show.Agencies = agencies
	return d.show(c, status, "first", show)
}

// agencyChoices are the agencies that stand for themselves.
func (d *Desk) agencyChoices(c *fiber.Ctx, lang string) ([]choice, error) {
	agencies, err := d.Agencies.All(web.Context(c))
	if err != nil {
		return nil, err
	}
	var choices []choice
	for _, a := range agencies {
		if a.Ended.IsZero() {
			choices = append(choices, choice{a.ID, named(a.Names, lang)})
		}
	}
	return choices, nil
}

// named picks a name in the wanted language, else in Vietnamese, else any.
func named(names map[string]string, lang string) string {
	for _, l := range []string{lang, "vi"} {
		if names[l] != "" {
			return names[l]
		}
	}
	for _, name := range names {
		return name
	}
	return ""
}

func (d *Desk) first(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := firstPage{page: d.page(c, "first.title", ""), Email: form.Text("email", 254), Name: form.Text("name", 200), Agency: form.Text("agency", 40)}
	if err = form.Err(); err == nil {
		_, err = d.Accounts.ClaimFirst(web.Context(c), web.Param(c, "token"), account.NewPerson{
			Email: show.Email, Name: show.Name, Password: form.Secret("password"), Locale: show.Lang(), Agency: show.Agency,
		})
	}
	if err != nil {
		if !correctable(err) {
			return err
		}
		show.refusedAs("refused.first", err)
		return d.showFirst(c, web.Status(err), show)
	}
	return c.Redirect("/sign-in?done=ready", fiber.StatusSeeOther)
}

type ticketPage struct {
	page
	Email string
}

// ticketForm is where an invitation or a reset leads: choose a password.
func (d *Desk) ticketForm(c *fiber.Ctx) error {
	info, err := d.Accounts.Ticket(web.Context(c), web.Param(c, "token"))
	if err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "ticket", ticketPage{d.page(c, "ticket.title", ""), info.Email})
}

func (d *Desk) ticket(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	info, err := d.Accounts.Ticket(web.Context(c), web.Param(c, "token"))
	if err != nil {
		return err
	}
	show := ticketPage{d.page(c, "ticket.title", ""), info.Email}
	device, err := d.Accounts.SetPassword(web.Context(c), web.Param(c, "token"), form.Secret("password"), web.DeviceToken(c))
	if err != nil {
		if !correctable(err) {
			return err
		}
		show.refusedAs("refused.password", err)
		return d.show(c, web.Status(err), "ticket", show)
	}
	web.KeepDevice(c, device)
	return c.Redirect("/sign-in?done=ready", fiber.StatusSeeOther)
}
