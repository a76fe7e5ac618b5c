package desk

import (
	"strconv"

	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// What the site is made of is kept on pages of two kinds: a list of things and
// one thing with its forms. Agencies, outlets, sections and places fill them
// in, each in a file of its own.

// siteLanguages are those in which names are kept here: the interface's.
var siteLanguages = interfaceLanguages

// siteLink leads somewhere.
type siteLink struct{ Href, Name string }

// siteRow is a line of a list: a thing, what is to be said of it, and what
// stands below it.
type siteRow struct {
	siteLink
	Note, Badge string
	Moves       []siteMove
	Rows        []siteRow
}

// siteMove is a button that changes a line's place.
type siteMove struct {
	Action, CSRF, Name, Value, Word, Label string
	Off                                    bool // there is nowhere to go
}

// siteList are some lines under a heading.
type siteList struct {
	Title, Empty string
	Rows         []siteRow
}

// siteListPage lists things of one sort.
type siteListPage struct {
	page
	Up     siteLink
	Lead   string
	Do     []siteLink // what can be done, the most usual first
	Search *siteSearch
	Lists  []siteList
}

// siteSearch is the form that looks for a thing; its fields are the address.
type siteSearch struct {
	Text, On string // On is a day
	Any      bool   // something is looked for
	Dated    bool   // one may look for it on a day
}

// siteFact is something to know of a thing.
type siteFact struct{ Label, Value, Href string }

// siteThingPage is one thing: what is known of it and the forms that change it.
type siteThingPage struct {
	page
	Up          siteLink
	Code, Badge string
	Lead        string
	Facts       []siteFact
	Lists       []siteList
	Do          []siteLink
	Forms       []siteForm
	Late        []lateWords // words that are behind their source
	Alone       bool        // the page is there for its one form, which stands open
}

// FieldLabel names a refused field as its form does.
func (p siteThingPage) FieldLabel(field string) string {
	for _, f := range p.Forms {
		for _, in := range f.Inputs {
			if f.Refused && in.Name == field {
				return in.Label
			}
		}
	}
	return p.page.FieldLabel(field)
}

// site shows what there is to keep, with a count of each.
func (d *Desk) site(c *fiber.Ctx) error {
	show := siteListPage{page: d.page(c, "site.title", "outlets")}
	show.Lead = show.T("site.lead")
	ctx := web.Context(c)
	outlets, err := d.Outlets.All(ctx)
	if err != nil {
		return err
	}
	sections, err := d.Sections.All(ctx)
	if err != nil {
		return err
	}
	agencies, err := d.Agencies.All(ctx)
	if err != nil {
		return err
	}
	places, err := d.Places.All(ctx)
	if err != nil {
		return err
	}
	var list siteList
	for _, part := range []struct {
		path  string
		count int
	}{{"outlets", len(outlets)}, {"sections", len(sections)}, {"agencies", len(agencies)}, {"places", len(places)}} {
		list.Rows = append(list.Rows, siteRow{
			siteLink: siteLink{"/site/" + part.path, show.T("site." + part.path)}, Note: show.T("site." + part.path + "_lead"), Badge: strconv.Itoa(part.count),
		})
	}
	names := siteRow{siteLink: siteLink{"/site/names", show.T("names.title")}, Note: show.T("names.lead")}
	if names.Badge, err = d.namesBadge(c, show.page); err != nil {
		return err
	}
	list.Rows = append(list.Rows, names)
	list.Rows = append(list.Rows, siteRow{siteLink: siteLink{"/terms", show.T("terms.title")}, Note: show.T("terms.lead")})
	list.Rows = append(list.Rows, siteRow{siteLink: siteLink{"/site/clocks", show.T("site.clocks")}, Note: show.T("site.clocks_lead")})
	list.Rows = append(list.Rows, siteRow{
		siteLink: siteLink{"/site/mail", show.T("site.mail")}, Note: show.T("site.mail_lead"), Badge: show.T(onOff(d.Courier.Mailing())),
	})
	show.Lists = []siteList{list}
	return d.show(c, fiber.StatusOK, "site-list", show)
}

// up leads from a thing to the list it stands in.
func (p page) up(path string) siteLink { return siteLink{"/site/" + path, p.T("site." + path)} }

// newThing begins the page of a form that adds something.
func (d *Desk) newThing(c *fiber.Ctx, title, help, list string) siteThingPage {
	show := siteThingPage{page: d.page(c, title, help), Alone: true}
	show.Up = show.up(list)
	return show
}

// sent ends a form of a thing's page: it goes back to the page, or has it shown
// again with the refusal at the form it was typed into.
func (d *Desk) sent(c *fiber.Ctx, err error, back, done string, again func(status int, refusal error) error) error {
	if err == nil {
		return c.Redirect(back+"?done="+done, fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	return again(web.Status(err), err)
}

// refuse puts a refusal at the form that was sent.
func (p *siteThingPage) refuse(c *fiber.Ctx, refusal error) {
	if refusal != nil {
		p.refused(refusal)
		p.Errors.Form = siteFormID(c.Path())
	}
}
