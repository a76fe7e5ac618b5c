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

// sitePage is where the administrator names agencies, sections and outlets.
type sitePage struct {
	page
	Agencies  []agency.Agency
	Sections  []section.Section
	Outlets   []outlet.Outlet
	Languages []string // in which names are kept here
	Refused   string   // the form that was refused, by its address
}

func (d *Desk) site(c *fiber.Ctx) error { return d.showSite(c, fiber.StatusOK, nil) }

func (d *Desk) showSite(c *fiber.Ctx, status int, refusal error) error {
	show := sitePage{page: d.page(c, "site.title", "people"), Languages: []string{"vi", "en"}}
	if refusal != nil {
		show.refused(refusal)
		show.Refused = strings.Clone(c.Path())
	}
	ctx := web.Context(c)
	var err error
	if show.Agencies, err = d.Agencies.All(ctx); err != nil {
		return err
	}
	if show.Sections, err = d.Sections.All(ctx); err != nil {
		return err
	}
	if show.Outlets, err = d.Outlets.All(ctx); err != nil {
		return err
	}
	return d.show(c, status, "site", show)
}

// siteAfter goes back to the page, or shows it with the refusal.
func (d *Desk) siteAfter(c *fiber.Ctx, err error) error {
	if err == nil {
		return c.Redirect("/site?done=renamed", fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	return d.showSite(c, web.Status(err), err)
}

func (d *Desk) renameAgency(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	names := map[string]string{}
	for _, lang := range []string{"vi", "en"} {
		names[lang] = form.Text("name_"+lang, 200)
	}
	from := form.LocalDate("from")
	if err = form.Err(); err == nil {
		err = d.Agencies.Rename(web.Context(c), web.Actor(c), web.Param(c, "id"), names, from)
	}
	return d.siteAfter(c, err)
}

func (d *Desk) renameSection(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	name := section.Name{Name: form.Text("name", 200), Slug: form.Text("slug", 200), Description: form.Text("description", 1000)}
	if err = form.Err(); err == nil {
		err = d.Sections.Rename(web.Context(c), web.Actor(c), web.Param(c, "id"), web.Param(c, "lang"), name)
	}
	return d.siteAfter(c, err)
}

func (d *Desk) setHosts(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	hosts := strings.Fields(strings.ReplaceAll(form.Text("hosts", 2000), ",", " "))
	if err = form.Err(); err == nil {
		err = d.Outlets.SetHosts(web.Context(c), web.Actor(c), web.Param(c, "id"), hosts)
	}
	return d.siteAfter(c, err)
}

func (d *Desk) setTexts(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	text := release.OutletText{
		Name: form.Text("name", 200), Tagline: form.Text("tagline", 300), Unit: form.Text("unit", 300),
		Responsible: form.Text("responsible", 300), Address: form.Text("address", 300),
		Phone: form.Text("phone", 100), Email: form.Text("email", 254), Licence: form.Text("licence", 500),
	}
	if err = form.Err(); err == nil {
		err = d.Outlets.SetText(web.Context(c), web.Actor(c), web.Param(c, "id"), web.Param(c, "lang"), text)
	}
	return d.siteAfter(c, err)
}
