package desk

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// servicesPage lists the programs of agencies and their tokens.
type servicesPage struct {
	page
	Services []serviceLine
	Agencies []choice
	Roles    []account.Role // that a service may hold
	Made     string
	MadeFor  string
	Typed    typedService
	Token    typedToken // of the form that was refused
	TokenFor string     // and of which service
}

type serviceLine struct {
	account.Person
	Posts  []post
	Tokens []tokenLine
}

// typedService is what the form that adds one holds.
type typedService struct {
	Name, Agency string
	Roles        []account.Role
	Languages    account.Languages
}

// Has says whether a role is chosen.
func (t typedService) Has(r account.Role) bool {
	for _, chosen := range t.Roles {
		if chosen == r {
			return true
		}
	}
	return false
}

// TokenOf is what the form for a service's token holds.
func (p servicesPage) TokenOf(service string) typedToken {
	if p.TokenFor == service {
		return p.Token
	}
	return typedToken{Days: usualDays}
}

func (d *Desk) servicesPage(c *fiber.Ctx) servicesPage {
	return servicesPage{page: d.page(c, "services.title", "tokens")}
}

func (d *Desk) services(c *fiber.Ctx) error {
	return d.showServices(c, fiber.StatusOK, d.servicesPage(c))
}

func (d *Desk) showServices(c *fiber.Ctx, status int, show servicesPage) error {
	services, err := d.Accounts.Services(web.Context(c), show.Actor)
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
	for _, s := range services {
		line := serviceLine{Person: s.Person, Tokens: d.tokenLines(s.Tokens)}
		for _, m := range s.Memberships {
			if m.ValidAt(d.DB.Now()) {
				line.Posts = append(line.Posts, post{Role: show.Role(m.Role), Agency: names[m.Agency], Languages: m.Languages})
			}
		}
		show.Services = append(show.Services, line)
	}
	for _, r := range account.Roles {
		if !r.Weighty() {
			show.Roles = append(show.Roles, r)
		}
	}
	return d.show(c, status, "services", show)
}

// refuseServices shows the page with what was refused, at the form it was typed into.
func (d *Desk) refuseServices(c *fiber.Ctx, show servicesPage, form string, refusal error) error {
	if !correctable(refusal) {
		return refusal
	}
	show.refused(refusal)
	show.Errors.Form = form
	return d.showServices(c, web.Status(refusal), show)
}

func (d *Desk) addService(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := d.servicesPage(c)
	show.Typed = typedService{Name: form.Text("name", 200), Agency: form.Text("agency", 40), Languages: form.List("post_languages", 10)}
	for _, r := range form.List("roles", 40) {
		show.Typed.Roles = append(show.Typed.Roles, account.Role(r))
	}
	if err = form.Err(); err == nil {
		_, err = d.Accounts.AddService(web.Context(c), show.Actor, show.Typed.Name, show.Typed.Agency, show.Typed.Roles, show.Typed.Languages...)
	}
	if err != nil {
		return d.refuseServices(c, show, "service", err)
	}
	return c.Redirect("/services?done=service", fiber.StatusSeeOther)
}

func (d *Desk) makeServiceToken(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := d.servicesPage(c)
	show.Token, show.TokenFor = readToken(form), web.Param(c, "id")
	if err = form.Err(); err == nil {
		show.Made, err = d.Accounts.MakeServiceToken(web.Context(c), show.Actor, show.TokenFor, show.Token.wanted())
	}
	if err != nil {
		return d.refuseServices(c, show, "token-"+show.TokenFor, err)
	}
	show.MadeFor, show.TokenFor = show.Token.Name, ""
	return d.showServices(c, fiber.StatusOK, show)
}

func (d *Desk) revokeServiceToken(c *fiber.Ctx) error {
	err := d.Accounts.RevokeToken(web.Context(c), web.Actor(c), web.Param(c, "token"))
	if err != nil && fault.KindOf(err) != fault.NotPossible {
		return err
	}
	return c.Redirect("/services?done=token_revoked", fiber.StatusSeeOther)
}

func (d *Desk) disableService(c *fiber.Ctx) error {
	return d.changeService(c, d.Accounts.Disable, "disabled")
}

func (d *Desk) enableService(c *fiber.Ctx) error {
	return d.changeService(c, d.Accounts.Enable, "enabled")
}

func (d *Desk) changeService(c *fiber.Ctx, change func(context.Context, account.Actor, string) error, done string) error {
	if err := change(web.Context(c), web.Actor(c), web.Param(c, "id")); err != nil {
		return d.refuseServices(c, d.servicesPage(c), "", err)
	}
	return c.Redirect("/services?done="+done, fiber.StatusSeeOther)
}
