package desk

import (
	"strings"

	"doingoai/app/agency"
	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

func (d *Desk) site(c *fiber.Ctx) error {
	return d.showSite(c, fiber.StatusOK, d.page(c, "site.title", "people"), nil)
}

// siteAfter goes back to the page, or shows it with the refusal at the form
// it was typed into.
func (d *Desk) siteAfter(c *fiber.Ctx, form *web.Form, err error) error {
	if err == nil {
		return c.Redirect("/site?done=renamed", fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	show := d.page(c, "site.title", "people")
	show.refused(err)
	show.Errors.Form = siteFormID(c.Path())
	return d.showSite(c, web.Status(err), show, form)
}

// The longest host name and e-mail address there can be, in characters.
const (
	maxHost  = 254
	maxEmail = 254
)

// siteLanguages are those in which names are kept here: the interface's.
var siteLanguages = interfaceLanguages

func (d *Desk) renameAgency(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, lang := range siteLanguages {
		names[lang] = form.Text("name_"+lang, agency.MaxName)
	}
	from := form.LocalDate("from")
	if err = form.Err(); err == nil {
		err = d.Agencies.Rename(web.Context(c), web.Actor(c), web.Param(c, "id"), names, from)
	}
	return d.siteAfter(c, form, err)
}

func (d *Desk) renameSection(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	name := section.Name{
		Name: form.Text("name", section.MaxName), Slug: form.Text("slug", section.MaxName), Description: form.Text("description", section.MaxDescription),
	}
	if err = form.Err(); err == nil {
		err = d.Sections.Rename(web.Context(c), web.Actor(c), web.Param(c, "id"), web.Param(c, "lang"), name)
	}
	return d.siteAfter(c, form, err)
}

func (d *Desk) setHosts(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	hosts := strings.Fields(strings.ReplaceAll(form.Text("hosts", outlet.MaxHosts*maxHost), ",", " "))
	if err = form.Err(); err == nil {
		err = d.Outlets.SetHosts(web.Context(c), web.Actor(c), web.Param(c, "id"), hosts)
	}
	return d.siteAfter(c, form, err)
}

func (d *Desk) setTexts(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	text := release.OutletText{
		Name: form.Text("name", outlet.MaxText), Tagline: form.Text("tagline", outlet.MaxText), Unit: form.Text("unit", outlet.MaxText),
		Responsible: form.Text("responsible", outlet.MaxText), Address: form.Text("address", outlet.MaxText),
		Phone: form.Text("phone", outlet.MaxText), Email: form.Text("email", maxEmail), Licence: form.Text("licence", outlet.MaxText),
	}
	if err = form.Err(); err == nil {
		err = d.Outlets.SetText(web.Context(c), web.Actor(c), web.Param(c, "id"), web.Param(c, "lang"), text)
	}
	return d.siteAfter(c, form, err)
}
