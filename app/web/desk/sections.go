package desk

import (
	"maps"
	"slices"
	"strconv"

	"doingoai/app/section"
	"doingoai/app/web"
	"doingoai/app/wording"

	"github.com/gofiber/fiber/v2"
)

// sections shows the tree, with buttons that move a section among its neighbours.
func (d *Desk) sections(c *fiber.Ctx) error {
	show := siteListPage{page: d.page(c, "site.sections", "sections")}
	show.Up, show.Lead = siteLink{"/site", show.T("site.title")}, show.T("site.sections_lead")
	show.Do = []siteLink{{"/site/sections/new", show.T("sections.add")}}
	all, err := d.Sections.All(web.Context(c))
	if err != nil {
		return err
	}
	show.Lists = []siteList{{Rows: show.tree(all, "")}}
	return d.show(c, fiber.StatusOK, "site-list", show)
}

// tree are the rows of the sections below one.
func (p page) tree(all []section.Section, parent string) []siteRow {
	var rows []siteRow
	for _, s := range all {
		if s.ParentID != parent {
			continue
		}
		row := siteRow{siteLink: siteLink{"/site/sections/" + s.ID, sectionName(s, p.Lang())}, Note: "/" + s.Names[p.Lang()].Slug, Rows: p.tree(all, s.ID)}
		if !s.Closed.IsZero() {
			row.Badge = p.T("sections.closed")
		}
		rows = append(rows, row)
	}
	for i := range rows {
		at := rows[i].Href + "/order"
		rows[i].Moves = []siteMove{
			{at, p.CSRF, "forward", "-1", "↑", p.T("sections.earlier", "Name", rows[i].Name), i == 0},
			{at, p.CSRF, "forward", "1", "↓", p.T("sections.later", "Name", rows[i].Name), i == len(rows)-1},
		}
	}
	return rows
}

func sectionName(s section.Section, lang string) string {
	names := map[string]string{}
	for l, n := range s.Names {
		names[l] = n.Name
	}
	return named(names, lang)
}

func (d *Desk) newSection(c *fiber.Ctx) error { return d.showNewSection(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showNewSection(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := d.newThing(c, "sections.add", "sections", "sections")
	show.refuse(c, refusal)
	others, err := d.sectionChoices(c, show.Lang())
	if err != nil {
		return err
	}
	forms := siteForms{show.page, typed}
	inputs := append([]siteInput{forms.code()}, forms.names(nil, section.MaxName)...)
	inputs = append(inputs, siteInput{Name: "parent", Type: selectInput, Choices: forms.optional(pick(others, ""))})
	show.Forms = []siteForm{forms.form("/site/sections/new", "sections.add", "sections.add_button", inputs...)}
	return d.show(c, status, "site-thing", show)
}

func (d *Desk) addSection(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	s := section.Section{Code: form.Text("code", 60), Names: map[string]section.Name{}}
	for lang, name := range typedNames(form, section.MaxName) {
		if name != "" {
			s.Names[lang] = section.Name{Name: name}
		}
	}
	if parent := form.Text("parent", 40); parent != "" {
		above, err := d.Sections.Get(web.Context(c), parent)
		if err != nil {
			return err
		}
		s.ParentCode = above.Code
	}
	var id string
	if err = form.Err(); err == nil {
		id, err = d.Sections.Add(web.Context(c), web.Actor(c), s)
	}
	return d.sent(c, err, "/site/sections/"+id, "added", func(status int, refusal error) error {
		return d.showNewSection(c, status, form, refusal)
	})
}

func (d *Desk) section(c *fiber.Ctx) error { return d.showSection(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showSection(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := siteThingPage{page: d.page(c, "site.sections", "sections")}
	show.refuse(c, refusal)
	s, err := d.Sections.Get(web.Context(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	show.Up, show.Title, show.Code = show.up("sections"), sectionName(s, show.Lang()), s.Code
	forms, path := siteForms{show.page, typed}, "/site/sections/"+s.ID
	if show.Late, err = d.late(c, show.page, wording.Section, s.ID); err != nil {
		return err
	}
	offered, err := d.Outlets.Offered(web.Context(c))
	if err != nil {
		return err
	}
	for _, lang := range languagesOf(s.Names, offered.Langs...) {
		n := s.Names[lang]
		f := forms.form(path+"/names/"+lang, "sections.rename", "site.save",
			siteInput{Name: "name", Value: n.Name, Max: section.MaxName, Lang: lang, Required: true},
			siteInput{Name: "slug", Value: n.Slug, Max: section.MaxName, Hint: show.T("hint.section_slug")},
			siteInput{Name: "description", Value: n.Description, Max: section.MaxDescription, Lang: lang, Type: linesInput},
		)
		f.Title = show.T("sections.in", "Language", show.Language(lang))
		show.add(f, lang)
	}
	others, err := d.sectionChoices(c, show.Lang())
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(o choice) bool { return o.Value == s.ID })
	show.Forms = append(show.Forms, forms.form(path+"/parent", "sections.move", "sections.move_button",
		siteInput{Name: "parent", Type: selectInput, Choices: forms.optional(pick(others, s.ParentID))}))
	gate := forms.form(path+"/close", "sections.close", "sections.close_button")
	gate.Lead = show.T("sections.close_lead")
	if !s.Closed.IsZero() {
		show.Badge = show.T("sections.closed_on", "Date", show.Date(s.Closed))
		gate = forms.form(path+"/reopen", "sections.reopen", "sections.reopen_button")
	}
	show.Forms = append(show.Forms, gate)
	return d.show(c, status, "site-thing", show)
}

// languagesOf lists the languages of a thing's names: those of the interface
// first, always, then the others it has and those it should have.
func languagesOf[N any](names map[string]N, offered ...string) []string {
	languages := slices.Clone(siteLanguages)
	for _, lang := range slices.Concat(slices.Sorted(maps.Keys(names)), offered) {
		if !slices.Contains(languages, lang) {
			languages = append(languages, lang)
		}
	}
	return languages
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
	return d.sectionSent(c, form, err, "renamed")
}

func (d *Desk) sectionRight(c *fiber.Ctx) error {
	return d.stillRight(c, d.Sections.StillRight, web.Param(c, "id"), func(err error) error { return d.sectionSent(c, nil, err, "still_right") })
}

func (d *Desk) moveSection(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	parent := form.Text("parent", 40)
	if err = form.Err(); err == nil {
		err = d.Sections.Move(web.Context(c), web.Actor(c), web.Param(c, "id"), parent)
	}
	return d.sectionSent(c, form, err, "moved")
}

func (d *Desk) orderSection(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	forward, err := strconv.Atoi(form.Text("forward", 3))
	if err != nil {
		forward = 0 // nowhere
	}
	if err := d.Sections.Shift(web.Context(c), web.Actor(c), web.Param(c, "id"), forward); err != nil {
		return err
	}
	return c.Redirect("/site/sections?done=moved", fiber.StatusSeeOther)
}

func (d *Desk) closeSection(c *fiber.Ctx) error {
	err := d.Sections.Close(web.Context(c), web.Actor(c), web.Param(c, "id"))
	return d.sectionSent(c, nil, err, "section_closed")
}

func (d *Desk) reopenSection(c *fiber.Ctx) error {
	err := d.Sections.Reopen(web.Context(c), web.Actor(c), web.Param(c, "id"))
	return d.sectionSent(c, nil, err, "section_reopened")
}

func (d *Desk) sectionSent(c *fiber.Ctx, form *web.Form, err error, done string) error {
	return d.sent(c, err, "/site/sections/"+web.Param(c, "id"), done, func(status int, refusal error) error {
		return d.showSection(c, status, form, refusal)
	})
}

// sectionChoices are all sections there are.
func (d *Desk) sectionChoices(c *fiber.Ctx, lang string) ([]choice, error) {
	return d.sectionsThat(c, lang, func(section.Section) bool { return true })
}

// openSections are those that take something new, and the one a text is in.
func (d *Desk) openSections(c *fiber.Ctx, lang, in string) ([]choice, error) {
	return d.sectionsThat(c, lang, func(s section.Section) bool { return s.Closed.IsZero() || s.ID == in })
}

func (d *Desk) sectionsThat(c *fiber.Ctx, lang string, are func(section.Section) bool) ([]choice, error) {
	sections, err := d.Sections.All(web.Context(c))
	if err != nil {
		return nil, err
	}
	var choices []choice
	for _, s := range sections {
		if are(s) {
			choices = append(choices, choice{s.ID, sectionName(s, lang)})
		}
	}
	return choices, nil
}
