package desk

import (
	"net/url"
	"slices"
	"strconv"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type editionsPage struct {
	page
	Filter         newsroom.Filter
	Rows           []editionRow
	States         []stateCount
	Languages      []string
	Agencies       []choice
	Sections       []choice
	Previous, Next string // addresses of the neighbouring pages
	MayCreate      bool
}

type stateCount struct {
	State newsroom.State
	Count int
}

// editions lists what the person may see; the filter is the address.
func (d *Desk) editions(c *fiber.Ctx) error {
	show := editionsPage{page: d.page(c, "editions.title", "states"), Languages: newsroom.Languages}
	show.MayCreate = show.Actor.MayAnywhere(account.Create)
	f, err := readFilter(c)
	if err != nil {
		return err
	}
	show.Filter = f
	editions, more, err := d.Newsroom.List(web.Context(c), show.Actor, f)
	if err != nil {
		return err
	}
	if show.Rows, err = d.rows(c, show.page, editions); err != nil {
		return err
	}
	counts, err := d.Newsroom.Counts(web.Context(c), show.Actor)
	if err != nil {
		return err
	}
	for _, s := range newsroom.States {
		if counts[s] > 0 || s == f.State {
			show.States = append(show.States, stateCount{s, counts[s]})
		}
	}
	if show.Agencies, err = d.agencyChoices(c, show.Lang()); err != nil {
		return err
	}
	if show.Sections, err = d.sectionChoices(c, show.Lang()); err != nil {
		return err
	}
	if f.Page > 1 {
		show.Previous = pageAddress(f, f.Page-1)
	}
	if more {
		show.Next = pageAddress(f, f.Page+1)
	}
	return d.show(c, fiber.StatusOK, "editions", show)
}

func readFilter(c *fiber.Ctx) (newsroom.Filter, error) {
	var f newsroom.Filter
	var err error
	if f.Page, err = web.QueryInt(c, "page", 1, 1, 10_000); err != nil {
		return f, err
	}
	text := func(name string) string {
		if err != nil {
			return ""
		}
		var value string
		value, err = web.Query(c, name, newsroom.MaxHeadline)
		return value
	}
	f.State, f.Lang, f.Agency = newsroom.State(text("state")), text("lang"), text("agency")
	f.Section, f.Mine, f.Headline = text("section"), text("mine") == "1", text("headline")
	if f.State != "" && !slices.Contains(newsroom.States, f.State) {
		return f, fault.New(fault.Malformed, "error.malformed.title")
	}
	return f, err
}

// pageAddress is the list's address with another page number.
func pageAddress(f newsroom.Filter, page int) string {
	q := url.Values{}
	for name, value := range map[string]string{
		"state": string(f.State), "lang": f.Lang, "agency": f.Agency, "section": f.Section, "headline": f.Headline,
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Mine {
		q.Set("mine", "1")
	}
	q.Set("page", strconv.Itoa(page))
	return "/editions?" + q.Encode()
}

type newPage struct {
	page
	Agencies, Sections        []choice
	Languages                 []string
	Agency, Section, Language string
	Headline                  string
}

func (d *Desk) newForm(c *fiber.Ctx) error {
	return d.showNew(c, fiber.StatusOK, newPage{page: d.page(c, "new.title", "writing"), Language: "vi"})
}

func (d *Desk) showNew(c *fiber.Ctx, status int, show newPage) error {
	all, err := d.agencyChoices(c, show.Lang())
	if err != nil {
		return err
	}
	show.Agencies = slices.DeleteFunc(all, func(a choice) bool {
		_, may := show.Actor.May(account.Create, a.Value)
		return !may
	})
	if show.Sections, err = d.openSections(c, show.Lang(), ""); err != nil {
		return err
	}
	show.Languages = newsroom.Languages
	return d.show(c, status, "new", show)
}

// create begins an item and goes on to its editor.
func (d *Desk) create(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := newPage{
		page: d.page(c, "new.title", "writing"), Agency: form.Text("agency", 40), Section: form.Text("section", 40),
		Language: form.Text("lang", 10), Headline: form.Text("headline", 2*newsroom.MaxHeadline),
	}
	start := newsroom.Start{
		Kind: "article", Agency: show.Agency, Lang: show.Language,
		Content: newsroom.Content{Headline: show.Headline, Section: show.Section},
	}
	if start.Content.Outlets, err = d.ownOutlets(c, show.Agency); err != nil {
		return err
	}
	err = form.Err()
	var ref newsroom.Ref
	if err == nil {
		ref, err = d.Newsroom.Create(web.Context(c), show.Actor, start)
	}
	if err != nil {
		if !correctable(err) {
			return err
		}
		show.refused(err)
		return d.showNew(c, web.Status(err), show)
	}
	return c.Redirect(editionPath(ref)+"?done=created", fiber.StatusSeeOther)
}

// ownOutlets are the agency's outlets: where its items run unless said otherwise.
func (d *Desk) ownOutlets(c *fiber.Ctx, agency string) ([]string, error) {
	outlets, err := d.Outlets.All(web.Context(c))
	var ids []string
	for _, o := range outlets {
		if o.Agency == agency {
			ids = append(ids, o.ID)
		}
	}
	return ids, err
}
