package desk

import (
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/label"
	"doingoai/app/newsroom"
	"doingoai/app/vietnamese"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// Articles are marked with names: of tags, authors, agencies and places. Here
// writers look up how those are called, and tags and authors are kept.

const mostNames = 200

// labelRoom is the room of an address, nil where its names are kept elsewhere.
func (d *Desk) labelRoom(c *fiber.Ctx) *label.Room {
	switch c.Params("sort") {
	case "tags":
		return d.Tags
	case "authors":
		return d.Authors
	}
	return nil
}

// mayKeepNames says whether somebody may change tags and authors.
func mayKeepNames(p page) bool { return p.Actor.MayAnywhere(account.ManageLabels) }

// labels lists what an article may be marked with, by name.
func (d *Desk) labels(c *fiber.Ctx) error {
	sort := web.Param(c, "sort")
	if !slices.Contains([]string{"tags", "authors", "agencies", "places"}, sort) {
		return errNoPage()
	}
	show := siteListPage{page: d.page(c, "labels."+sort, "writing"), Search: &siteSearch{}}
	show.Lead = show.T("labels.lead")
	var err error
	if show.Search.Text, err = web.Query(c, "q", label.MaxName); err != nil {
		return err
	}
	show.Search.Any = show.Search.Text != ""
	rows, err := d.namedRows(c, show.page, sort, show.Search.Text)
	if err != nil {
		return err
	}
	if d.labelRoom(c) != nil && mayKeepNames(show.page) {
		show.Do = []siteLink{{"/labels/" + sort + "/new", show.T("labels.add_" + sort)}}
	}
	show.Lists = []siteList{{Rows: rows, Empty: show.T("labels.none")}}
	return d.show(c, fiber.StatusOK, "site-list", show)
}

func (d *Desk) namedRows(c *fiber.Ctx, p page, sort, words string) ([]siteRow, error) {
	var rows []siteRow
	switch sort {
	case "agencies":
		all, err := d.Agencies.All(web.Context(c))
		if err != nil {
			return nil, err
		}
		for _, a := range all {
			if strings.Contains(vietnamese.Fold(named(a.Names, p.Lang())), vietnamese.Fold(words)) {
				rows = append(rows, siteRow{siteLink: siteLink{Name: named(a.Names, p.Lang())}, Note: a.Code})
			}
		}
	case "places":
		found, err := d.Places.Find(web.Context(c), words, time.Time{})
		if err != nil {
			return nil, err
		}
		for _, pl := range found {
			row := siteRow{siteLink: siteLink{Name: named(pl.Names, p.Lang())}, Note: p.PlaceName(pl) + " · " + pl.Code}
			if !pl.Ended.IsZero() {
				row.Note += " · " + p.days(pl.Began, pl.Ended)
			}
			rows = append(rows, row)
		}
	default:
		found, err := d.labelRoom(c).Find(web.Context(c), words, mostNames)
		if err != nil {
			return nil, err
		}
		for _, l := range found {
			rows = append(rows, p.labelRow(sort, l))
		}
	}
	return rows[:min(len(rows), mostNames)], nil
}

func (p page) labelRow(sort string, l label.Label) siteRow {
	row := siteRow{siteLink: siteLink{Name: l.In(p.Lang())}, Note: l.Names[p.Lang()].Line}
	if mayKeepNames(p) {
		row.Href = "/labels/" + sort + "/" + l.ID
	}
	switch {
	case l.Into != "":
		row.Badge = p.T("labels.merged")
	case !l.Closed.IsZero():
		row.Badge = p.T("sections.closed")
	}
	return row
}

func (d *Desk) newLabel(c *fiber.Ctx) error { return d.showNewLabel(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showNewLabel(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	sort := web.Param(c, "sort")
	if d.labelRoom(c) == nil {
		return errNoPage()
	}
	show := siteThingPage{page: d.page(c, "labels.add_"+sort, "writing"), Alone: true}
	show.Up = siteLink{"/labels/" + sort, show.T("labels." + sort)}
	show.refuse(c, refusal)
	forms := siteForms{show.page, typed}
	show.Forms = []siteForm{forms.form("/names/"+sort+"/new", "labels.add_"+sort, "site.save", forms.names(nil, label.MaxName)...)}
	return d.show(c, status, "site-thing", show)
}

func (d *Desk) addLabel(c *fiber.Ctx) error {
	room := d.labelRoom(c)
	if room == nil {
		return errNoPage()
	}
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	l := label.Label{Names: map[string]label.Name{}}
	for lang, name := range typedNames(form, label.MaxName) {
		if name != "" {
			l.Names[lang] = label.Name{Name: name}
		}
	}
	var id string
	if err = form.Err(); err == nil {
		id, err = room.Add(web.Context(c), web.Actor(c), l)
	}
	return d.sent(c, err, "/names/"+web.Param(c, "sort")+"/"+id, "added", func(status int, refusal error) error {
		return d.showNewLabel(c, status, form, refusal)
	})
}

func (d *Desk) label(c *fiber.Ctx) error { return d.showLabel(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showLabel(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	room, sort := d.labelRoom(c), web.Param(c, "sort")
	if room == nil {
		return errNoPage()
	}
	show := siteThingPage{page: d.page(c, "labels."+sort, "writing")}
	show.refuse(c, refusal)
	l, err := room.Get(web.Context(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	show.Up, show.Title = siteLink{"/labels/" + sort, show.T("labels." + sort)}, l.In(show.Lang())
	forms, path := siteForms{show.page, typed}, "/names/"+sort+"/"+l.ID
	for _, lang := range slices.Compact(append(languagesOf(l.Names), otherLanguages(l.Names)...)) {
		n := l.Names[lang]
		f := forms.form(path+"/names/"+lang, "sections.rename", "site.save",
			siteInput{Name: "name", Value: n.Name, Max: label.MaxName, Lang: lang, Required: true},
			siteInput{Name: "slug", Value: n.Slug, Max: label.MaxName, Hint: show.T("hint.section_slug")},
			siteInput{Name: "line", Value: n.Line, Max: label.MaxLine, Lang: lang, Type: linesInput},
		)
		f.Title = show.T("sections.in", "Language", show.Language(lang))
		show.Forms = append(show.Forms, f)
	}
	if room.Sort() == label.Author {
		agencies, err := d.agencyChoices(c, show.Lang())
		if err != nil {
			return err
		}
		show.Forms = append(show.Forms, forms.form(path+"/agency", "labels.agency", "site.save",
			siteInput{Name: "agency", Type: selectInput, Choices: forms.optional(pick(agencies, l.Agency))}))
	}
	if l.Into != "" {
		into, err := room.Get(web.Context(c), l.Into)
		if err != nil {
			return err
		}
		show.Badge = show.T("labels.merged")
		show.Facts = []siteFact{{Label: show.T("field.into"), Value: into.In(show.Lang()), Href: "/labels/" + sort + "/" + into.ID}}
		return d.show(c, status, "site-thing", show)
	}
	merge := forms.form(path+"/merge", "labels.merge", "labels.merge_button", siteInput{Name: "into", Max: label.MaxName, Required: true})
	merge.Lead = show.T("labels.merge_lead")
	gate := forms.form(path+"/close", "labels.close", "sections.close_button")
	gate.Lead = show.T("labels.close_lead")
	if !l.Closed.IsZero() {
		show.Badge = show.T("sections.closed")
		gate = forms.form(path+"/reopen", "labels.reopen", "sections.reopen_button")
	}
	show.Forms = append(show.Forms, merge, gate)
	return d.show(c, status, "site-thing", show)
}

// otherLanguages are those of readers in which something has no name yet.
func otherLanguages(names map[string]label.Name) []string {
	return slices.DeleteFunc(slices.Clone(newsroom.Languages), func(lang string) bool {
		_, named := names[lang]
		return named || slices.Contains(siteLanguages, lang)
	})
}

func (d *Desk) renameLabel(c *fiber.Ctx) error {
	return d.changeLabel(c, "renamed", func(room *label.Room, form *web.Form, id string) error {
		name := label.Name{Name: form.Text("name", label.MaxName), Slug: form.Text("slug", label.MaxName), Line: form.Text("line", label.MaxLine)}
		if err := form.Err(); err != nil {
			return err
		}
		return room.Rename(web.Context(c), web.Actor(c), id, web.Param(c, "lang"), name)
	})
}

// mergeLabel takes the other one by its name.
func (d *Desk) mergeLabel(c *fiber.Ctx) error {
	return d.changeLabel(c, "merged", func(room *label.Room, form *web.Form, id string) error {
		into := form.Text("into", label.MaxName)
		if err := form.Err(); err != nil {
			return err
		}
		found, err := room.Known(web.Context(c), []string{into})
		if err != nil {
			return err
		}
		if len(found[into]) == 1 {
			into = found[into][0]
		}
		return room.Merge(web.Context(c), web.Actor(c), id, into)
	})
}

func (d *Desk) setLabelAgency(c *fiber.Ctx) error {
	return d.changeLabel(c, "saved", func(room *label.Room, form *web.Form, id string) error {
		agency := form.Text("agency", 40)
		if err := form.Err(); err != nil {
			return err
		}
		if agency != "" {
			if _, err := d.Agencies.Get(web.Context(c), agency); err != nil {
				return err
			}
		}
		return room.SetAgency(web.Context(c), web.Actor(c), id, agency)
	})
}

func (d *Desk) closeLabel(c *fiber.Ctx) error {
	return d.changeLabel(c, "label_closed", func(room *label.Room, _ *web.Form, id string) error {
		return room.Close(web.Context(c), web.Actor(c), id)
	})
}

func (d *Desk) reopenLabel(c *fiber.Ctx) error {
	return d.changeLabel(c, "label_reopened", func(room *label.Room, _ *web.Form, id string) error {
		return room.Reopen(web.Context(c), web.Actor(c), id)
	})
}

func (d *Desk) changeLabel(c *fiber.Ctx, done string, change func(room *label.Room, form *web.Form, id string) error) error {
	room := d.labelRoom(c)
	if room == nil {
		return errNoPage()
	}
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	id := web.Param(c, "id")
	return d.sent(c, change(room, form, id), "/names/"+web.Param(c, "sort")+"/"+id, done, func(status int, refusal error) error {
		return d.showLabel(c, status, form, refusal)
	})
}
