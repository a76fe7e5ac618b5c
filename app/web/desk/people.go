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
	Filter    peopleFilter
	Found     int // how many there are on all pages
	Previous  string
	Next      string
	People    []personRow
	Agencies  []choice
	Roles     []account.Role
	Languages []string // of the interface
	Link      string   // a one-time link that was just made, shown this once
	LinkFor   string
	Invited   invitation // what was typed into a refused form
	Granted   grant
	Renamed   renaming
}

// invitation is the form that adds a person.
type invitation struct {
	Name, Email, Role, Agency, Locale string
	Languages                         account.Languages
}

// inviteForm is how the ids of its fields begin.
const inviteForm = "invite"

// grant is the form that gives a person a role. Dates are days in Vietnam.
type grant struct {
	Person, Role, Agency, From, To string
	Languages                      account.Languages
}

// Form is how the ids of its fields begin.
func (g grant) Form() string { return "grant-" + g.Person }

// renaming is the form that corrects a person's name.
type renaming struct{ Person, Name string }

// Form is how the ids of its fields begin.
func (r renaming) Form() string { return "rename-" + r.Person }

type personRow struct {
	account.Person
	Bare        bool // a role of today needs a second factor, and there is none
	Memberships []membershipRow
}

type membershipRow struct {
	account.Membership
	AgencyName string
	Valid      bool
	Past       bool // over; neither valid nor past is one that is still to begin
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
	names, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	protected, err := d.Accounts.Protected(web.Context(c), show.Actor)
	if err != nil {
		return err
	}
	now := d.DB.Now()
	if show.Filter, err = readPeopleFilter(c, show); err != nil {
		return err
	}
	people = show.Filter.among(people, now)
	show.turn(people)
	first := min((show.Filter.Page-1)*peoplePageSize, len(people))
	for _, p := range people[first:min(first+peoplePageSize, len(people))] {
		row := personRow{Person: p}
		for _, m := range p.Memberships {
			row.Memberships = append(row.Memberships, membershipRow{m, names[m.Agency], m.ValidAt(now), isOver(m, now)})
			row.Bare = row.Bare || m.ValidAt(now) && m.Role.Weighty() && !protected[p.ID]
		}
		show.People = append(show.People, row)
	}
	show.Roles, show.Languages = account.Roles, interfaceLanguages
	return d.show(c, status, "people", show)
}

// GrantOf is what a person's role form holds: what was typed when it was this
// one that was refused.
func (p peoplePage) GrantOf(person string) grant {
	if p.Granted.Person == person {
		return p.Granted
	}
	return grant{Person: person}
}

// RenameOf is what a person's name form holds.
func (p peoplePage) RenameOf(person account.Person) renaming {
	if p.Renamed.Person == person.ID {
		return p.Renamed
	}
	return renaming{person.ID, person.Name}
}

// invite adds a person and shows the link with which they choose a password.
func (d *Desk) invite(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := peoplePage{page: d.page(c, "people.title", "people")}
	typed := invitation{
		Name: form.Text("name", 200), Email: form.Text("email", 254), Role: form.Text("role", 40),
		Agency: form.Text("agency", 40), Locale: form.Text("locale", 10),
		Languages: form.List("post_languages", 10),
	}
	err = form.Err()
	var token string
	if err == nil {
		_, token, err = d.Accounts.Invite(web.Context(c), show.Actor, account.NewPerson{
			Email: typed.Email, Name: typed.Name, Locale: typed.Locale, Agency: typed.Agency, Roles: []account.Role{account.Role(typed.Role)},
			Languages: typed.Languages,
		})
	}
	if err != nil {
		show.Invited = typed
		return d.refusePeople(c, show, inviteForm, err)
	}
	return d.showLink(c, show, typed.Email, token)
}

// showLink shows a one-time link, which exists nowhere else.
func (d *Desk) showLink(c *fiber.Ctx, show peoplePage, email, token string) error {
	show.Link, show.LinkFor = d.Address+"/ticket/"+token, email
	return d.showPeople(c, fiber.StatusOK, show)
}

// refusePeople shows the list with what was refused, at the form it was typed into.
func (d *Desk) refusePeople(c *fiber.Ctx, show peoplePage, form string, refusal error) error {
	if !correctable(refusal) {
		return refusal
	}
	show.refused(refusal)
	show.Errors.Form = form
	return d.showPeople(c, web.Status(refusal), show)
}

// reset ends a person's sessions and shows the link for a new password.
func (d *Desk) reset(c *fiber.Ctx) error {
	show := peoplePage{page: d.page(c, "people.title", "people")}
	token, err := d.Accounts.Reset(web.Context(c), show.Actor, web.Param(c, "id"))
	if err != nil {
		return d.refusePeople(c, show, "", err)
	}
	person, err := d.Accounts.Person(web.Context(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	return d.showLink(c, show, person.Email, token)
}

func (d *Desk) disable(c *fiber.Ctx) error { return d.changePerson(c, d.Accounts.Disable, "disabled") }

func (d *Desk) enable(c *fiber.Ctx) error { return d.changePerson(c, d.Accounts.Enable, "enabled") }

func (d *Desk) changePerson(c *fiber.Ctx, change func(context.Context, account.Actor, string) error, done string) error {
	if err := change(web.Context(c), web.Actor(c), web.Param(c, "id")); err != nil {
		return d.refusePeople(c, peoplePage{page: d.page(c, "people.title", "people")}, "", err)
	}
	return c.Redirect("/people?done="+done, fiber.StatusSeeOther)
}

func (d *Desk) renamePerson(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	typed := renaming{web.Param(c, "id"), form.Text("name", 200)}
	if err = form.Err(); err == nil {
		err = d.Accounts.Rename(web.Context(c), web.Actor(c), typed.Person, typed.Name)
	}
	if err != nil {
		show := peoplePage{page: d.page(c, "people.title", "people"), Renamed: typed}
		return d.refusePeople(c, show, typed.Form(), err)
	}
	return c.Redirect("/people?done=renamed", fiber.StatusSeeOther)
}

func (d *Desk) grant(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	typed := grant{
		Person: web.Param(c, "id"), Role: form.Text("role", 40), Agency: form.Text("agency", 40),
		From: form.Text("from", 40), To: form.Text("to", 40),
		Languages: form.List("post_languages", 10),
	}
	from, to := form.LocalDate("from"), form.LocalDate("to")
	if !to.IsZero() {
		to = to.AddDate(0, 0, 1) // the last day counts whole
	}
	if err = form.Err(); err == nil {
		err = d.Accounts.GrantRole(web.Context(c), web.Actor(c), typed.Person, typed.Agency, account.Role(typed.Role), from, to, typed.Languages...)
	}
	if err != nil {
		show := peoplePage{page: d.page(c, "people.title", "people"), Granted: typed}
		return d.refusePeople(c, show, typed.Form(), err)
	}
	return c.Redirect("/people?done=granted", fiber.StatusSeeOther)
}

func (d *Desk) endRole(c *fiber.Ctx) error {
	if err := d.Accounts.EndRole(web.Context(c), web.Actor(c), web.Param(c, "membership")); err != nil {
		return d.refusePeople(c, peoplePage{page: d.page(c, "people.title", "people")}, "", err)
	}
	return c.Redirect("/people?done=ended", fiber.StatusSeeOther)
}

// isOver says whether a role has ended, or was ended before it had begun.
func isOver(m account.Membership, now time.Time) bool {
	return !m.To.IsZero() && (!now.Before(m.To) || !m.To.After(m.From))
}

// LastDay is the last day a role is held, as people say it: To is the
// moment it is over.
func (m membershipRow) LastDay() time.Time {
	if m.To.IsZero() {
		return m.To
	}
	return m.To.Add(-time.Second)
}
