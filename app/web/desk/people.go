package desk

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type peoplePage struct {
	page
	People   []personRow
	Agencies []choice
	Roles    []account.Role
	Link     string // a one-time link that was just made, shown this once
	LinkFor  string
	Typed    account.NewPerson
	RoleOf   string // the person whose role form was refused
}

type personRow struct {
	account.Person
	Memberships []membershipRow
}

type membershipRow struct {
	account.Membership
	AgencyName string
	Valid      bool
}

func (d *Desk) people(c *fiber.Ctx) error {
	return d.showPeople(c, fiber.StatusOK, peoplePage{page: d.page(c, "people.title", "people")})
}

func (d *Desk) showPeople(c *fiber.Ctx, status int, show peoplePage) error {
	people, err := d.Accounts.People(web.Context(c), show.Actor)
	if err != nil {
		return err
	}
	if show.Agencies, err = d.agencyChoices(c, show.Lang()); err != nil {
		return err
	}
	names := map[string]string{}
	for _, a := range show.Agencies {
		names[a.Value] = a.Label
	}
	now := d.DB.Now()
	for _, p := range people {
		row := personRow{Person: p}
		for _, m := range p.Memberships {
			row.Memberships = append(row.Memberships, membershipRow{m, names[m.Agency], m.ValidAt(now)})
		}
		show.People = append(show.People, row)
	}
	show.Roles = account.Roles
	return d.show(c, status, "people", show)
}

// invite adds a person and shows the link with which they choose a password.
func (d *Desk) invite(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := peoplePage{page: d.page(c, "people.title", "people")}
	show.Typed = account.NewPerson{
		Email: form.Text("email", 254), Name: form.Text("name", 200), Locale: form.Text("locale", 10),
		Agency: form.Text("agency", 40), Roles: []account.Role{account.Role(form.Text("role", 40))},
	}
	err = form.Err()
	var token string
	if err == nil {
		_, token, err = d.Accounts.Invite(web.Context(c), show.Actor, show.Typed)
	}
	if err != nil {
		if !correctable(err) {
			return err
		}
		show.refused(err)
		return d.showPeople(c, web.Status(err), show)
	}
	show.Link, show.LinkFor, show.Typed = d.Address+"/ticket/"+token, show.Typed.Email, account.NewPerson{}
	return d.showPeople(c, fiber.StatusOK, show)
}

// reset ends a person's sessions and shows the link for a new password.
func (d *Desk) reset(c *fiber.Ctx) error {
	show := peoplePage{page: d.page(c, "people.title", "people")}
	token, err := d.Accounts.Reset(web.Context(c), show.Actor, web.Param(c, "id"))
	if err != nil {
		return err
	}
	person, err := d.Accounts.Person(web.Context(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	show.Link, show.LinkFor = d.Address+"/ticket/"+token, person.Email
	return d.showPeople(c, fiber.StatusOK, show)
}

func (d *Desk) disable(c *fiber.Ctx) error { return d.changePerson(c, d.Accounts.Disable, "disabled") }

func (d *Desk) enable(c *fiber.Ctx) error { return d.changePerson(c, d.Accounts.Enable, "enabled") }

func (d *Desk) changePerson(c *fiber.Ctx, change func(context.Context, account.Actor, string) error, done string) error {
	err := change(web.Context(c), web.Actor(c), web.Param(c, "id"))
	return d.peopleAfter(c, err, done)
}

// peopleAfter goes back to the list, or shows it with the refusal.
func (d *Desk) peopleAfter(c *fiber.Ctx, err error, done string) error {
	if err == nil {
		return c.Redirect("/people?done="+done, fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	show := peoplePage{page: d.page(c, "people.title", "people"), RoleOf: web.Param(c, "id")}
	show.refused(err)
	return d.showPeople(c, web.Status(err), show)
}

func (d *Desk) grant(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	from, to := form.LocalDate("from"), form.LocalDate("to")
	if !to.IsZero() {
		to = to.AddDate(0, 0, 1) // the last day counts whole
	}
	if err = form.Err(); err == nil {
		err = d.Accounts.GrantRole(web.Context(c), web.Actor(c), web.Param(c, "id"),
			form.Text("agency", 40), account.Role(form.Text("role", 40)), from, to)
	}
	return d.peopleAfter(c, err, "granted")
}

func (d *Desk) endRole(c *fiber.Ctx) error {
	err := d.Accounts.EndRole(web.Context(c), web.Actor(c), web.Param(c, "membership"))
	return d.peopleAfter(c, err, "ended")
}

// LastDay is the last day a role is held, as people say it: To is the
// moment it is over.
func (m membershipRow) LastDay() time.Time {
	if m.To.IsZero() {
		return m.To
	}
	return m.To.Add(-time.Second)
}
