package desk

import (
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/web"
	"doingoai/app/wording"

	"github.com/gofiber/fiber/v2"
)

// The longest host name and e-mail address there can be, in characters.
const (
	maxHost  = 254
	maxEmail = 254
)

func (d *Desk) outlets(c *fiber.Ctx) error {
	show := siteListPage{page: d.page(c, "site.outlets", "outlets")}
	show.Up, show.Lead = siteLink{"/site", show.T("site.title")}, show.T("site.outlets_lead")
	show.Do = []siteLink{{"/site/outlets/new", show.T("outlets.add")}}
	all, err := d.Outlets.All(web.Context(c))
	if err != nil {
		return err
	}
	agencies, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	var list siteList
	for _, o := range all {
		row := siteRow{siteLink: siteLink{"/site/outlets/" + o.ID, outletName(o, show.Lang())}, Note: o.Hosts[0] + " · " + agencies[o.Agency]}
		if o.Default {
			row.Badge = show.T("outlets.default")
		}
		list.Rows = append(list.Rows, row)
	}
	show.Lists = []siteList{list}
	return d.show(c, fiber.StatusOK, "site-list", show)
}

func (d *Desk) newOutlet(c *fiber.Ctx) error { return d.showNewOutlet(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showNewOutlet(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := d.newThing(c, "outlets.add", "outlets", "outlets")
	show.refuse(c, refusal)
	agencies, err := d.agencyChoices(c, show.Lang())
	if err != nil {
		return err
	}
	forms := siteForms{show.page, typed}
	inputs := append([]siteInput{forms.code()}, forms.names(nil, outlet.MaxText)...)
	inputs = append(inputs,
		siteInput{Name: "agency", Type: selectInput, Choices: pick(agencies, ""), Required: true},
		siteInput{Name: "hosts", Max: outlet.MaxHosts * maxHost, Required: true, Hint: show.T("hint.hosts")},
		siteInput{Name: "theme", Type: selectInput, Choices: d.themeChoices(show.page, "base")},
	)
	show.Forms = []siteForm{forms.form("/site/outlets/new", "outlets.add", "outlets.add_button", inputs...)}
	return d.show(c, status, "site-thing", show)
}

// themeChoices are the readers' themes there are.
func (d *Desk) themeChoices(p page, chosen string) []siteChoice {
	var choices []siteChoice
	for _, name := range slices.Sorted(maps.Keys(d.Looks)) {
		label := name
		if key := "theme." + name; p.P.Has(key) {
			label = p.T(key)
		}
		choices = append(choices, siteChoice{Value: name, Label: label, Chosen: name == chosen})
	}
	return choices
}

// addOutlet sets up an outlet in the languages in which it was given a name.
func (d *Desk) addOutlet(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	o := outlet.Outlet{
		Code: form.Text("code", 60), Agency: form.Text("agency", 40), Theme: form.Text("theme", 60), Hosts: hostsOf(form),
		Texts: map[string]release.OutletText{},
	}
	names := typedNames(form, outlet.MaxText)
	for _, lang := range siteLanguages {
		if names[lang] != "" || lang == siteLanguages[0] {
			o.Languages = append(o.Languages, lang)
			o.Texts[lang] = release.OutletText{Name: names[lang]}
		}
	}
	var id string
	if err = form.Err(); err == nil {
		id, err = d.Outlets.Add(web.Context(c), web.Actor(c), o)
	}
	return d.sent(c, err, "/site/outlets/"+id, "added", func(status int, refusal error) error {
		return d.showNewOutlet(c, status, form, refusal)
	})
}

func hostsOf(form *web.Form) []string {
	return strings.Fields(strings.ReplaceAll(form.Text("hosts", outlet.MaxHosts*maxHost), ",", " "))
}

func (d *Desk) outlet(c *fiber.Ctx) error { return d.showOutlet(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showOutlet(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := siteThingPage{page: d.page(c, "site.outlets", "outlets")}
	show.refuse(c, refusal)
	o, err := d.Outlets.Get(web.Context(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	agencies, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	show.Up, show.Title, show.Code = show.up("outlets"), outletName(o, show.Lang()), o.Code
	show.Facts = []siteFact{
		{Label: show.T("field.agency"), Value: agencies[o.Agency], Href: "/site/agencies/" + o.Agency},
		{Label: show.T("field.hosts"), Value: strings.Join(o.Hosts, ", ")},
		{Label: show.T("outlets.languages"), Value: show.LanguageList(o.Languages)},
	}
	forms, path := siteForms{show.page, typed}, "/site/outlets/"+o.ID
	show.Forms = append(show.Forms, forms.form(path+"/hosts", "outlets.hosts", "site.save", siteInput{
		Name: "hosts", Value: strings.Join(o.Hosts, " "), Max: outlet.MaxHosts * maxHost, Required: true, Hint: show.T("hint.hosts"),
	}))
	show.Forms = append(show.Forms, forms.form(path+"/look", "outlets.look", "site.save",
		siteInput{Name: "theme", Type: selectInput, Choices: d.themeChoices(show.page, o.Theme)},
		siteInput{Name: "accent", Value: o.Accent, Max: len("#123456"), Hint: show.T("hint.accent")},
	))
	emblem, lead := []siteInput{{Name: "emblem", Type: "file", Hint: show.T("hint.emblem", "Max", outlet.MaxEmblem>>10)}}, "outlets.emblem_none"
	if len(o.Emblem) > 0 {
		emblem, lead = append(emblem, siteInput{Name: "emblem_none", Type: checkInput}), "outlets.emblem_own"
	}
	sign := forms.form(path+"/emblem", "outlets.emblem", "site.save", emblem...)
	sign.Lead = show.T(lead)
	show.Forms = append(show.Forms, sign)
	if show.Late, err = d.late(c, show.page, wording.Outlet, o.ID); err != nil {
		return err
	}
	show.identities(forms, path, d.Words.Languages("public"), o)
	show.Forms = append(show.Forms, forms.form(path+"/languages", "outlets.languages", "site.save", siteInput{
		Name: "languages", Label: show.T("field.languages"), Type: orderInput, Hint: show.T("hint.languages"), Choices: forms.languages(o),
	}))
	sections, err := d.sectionChoices(c, show.Lang())
	if err != nil {
		return err
	}
	for _, lang := range o.Languages {
		menu := forms.form(path+"/menus/"+lang, "outlets.menu", "site.save", siteInput{
			Name: "sections", Label: show.T("field.sections"), Type: orderInput, Hint: show.T("hint.menu"), Choices: numbered(sections, o.Menus[lang]),
		})
		menu.Title = show.T("outlets.menu", "Language", show.Language(lang))
		show.Forms = append(show.Forms, menu)
	}
	if o.Default {
		show.Badge = show.T("outlets.default")
	} else {
		first := forms.form(path+"/default", "outlets.make_default", "outlets.make_default_button")
		first.Lead = show.T("outlets.default_lead")
		show.Forms = append(show.Forms, first)
	}
	return d.show(c, status, "site-thing", show)
}

// LanguageList names languages in their order.
func (p page) LanguageList(languages []string) string {
	var names []string
	for _, lang := range languages {
		names = append(names, p.Language(lang))
	}
	return strings.Join(names, ", ")
}

// identities adds the forms of what an outlet says of itself: in the languages
// it is offered in, and in those that it could be.
func (p *siteThingPage) identities(s siteForms, path string, speakable []string, o outlet.Outlet) {
	languages := slices.Clone(o.Languages)
	for _, lang := range speakable {
		if !slices.Contains(languages, lang) {
			languages = append(languages, lang)
		}
	}
	for _, lang := range languages {
		t := o.Texts[lang]
		f := s.form(path+"/texts/"+lang, "outlets.texts", "site.save",
			siteInput{Name: "name", Value: t.Name, Max: outlet.MaxText, Lang: lang, Required: true},
			siteInput{Name: "tagline", Value: t.Tagline, Max: outlet.MaxText, Lang: lang},
			siteInput{Name: "governing", Value: t.Governing, Max: outlet.MaxText, Lang: lang},
			siteInput{Name: "unit", Value: t.Unit, Max: outlet.MaxText, Lang: lang},
			siteInput{Name: "responsible", Value: t.Responsible, Max: outlet.MaxText, Lang: lang, Hint: s.page.T("hint.responsible")},
			siteInput{Name: "address", Value: t.Address, Max: outlet.MaxText, Lang: lang},
			siteInput{Name: "phone", Value: t.Phone, Max: outlet.MaxText, Type: "tel"},
			siteInput{Name: "email", Value: t.Email, Max: maxEmail, Type: "email"},
			siteInput{Name: "licence", Value: t.Licence, Max: outlet.MaxText, Lang: lang},
			siteInput{Name: "licence_on", Value: t.LicenceOn, Max: len("2006-01-02"), Type: "date"},
			siteInput{Name: "licence_by", Value: t.LicenceBy, Max: outlet.MaxText, Lang: lang},
		)
		f.Title = s.page.T("outlets.texts", "Language", s.page.Language(lang))
		p.add(f, lang)
	}
}

// languages are those in which an outlet has a name, with their places.
func (s siteForms) languages(o outlet.Outlet) []siteChoice {
	var known []choice
	for _, lang := range languagesOf(o.Texts) {
		known = append(known, choice{lang, s.page.LanguageAlone(lang)})
	}
	return numbered(known, o.Languages)
}

// numbered are choices with the places that some of them have in an order.
func numbered(choices []choice, order []string) []siteChoice {
	list := make([]siteChoice, len(choices))
	for i, c := range choices {
		list[i] = siteChoice{Value: c.Value, Label: c.Label}
		if at := slices.Index(order, c.Value); at >= 0 {
			list[i].Number = strconv.Itoa(at + 1)
		}
	}
	return list
}

func (d *Desk) setHosts(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	hosts := hostsOf(form)
	if err = form.Err(); err == nil {
		err = d.Outlets.SetHosts(web.Context(c), web.Actor(c), web.Param(c, "id"), hosts)
	}
	return d.outletSent(c, form, err)
}

func (d *Desk) setLook(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	theme, accent := form.Text("theme", 60), form.Text("accent", len("#123456"))
	if err = form.Err(); err == nil {
		err = d.Outlets.SetLook(web.Context(c), web.Actor(c), web.Param(c, "id"), theme, accent)
	}
	return d.outletSent(c, form, err)
}

// setEmblem takes the chosen file, or gives the outlet its theme's emblem again.
func (d *Desk) setEmblem(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	picture, err := readEmblem(form)
	if err == nil {
		err = d.Outlets.SetEmblem(web.Context(c), web.Actor(c), web.Param(c, "id"), picture)
	}
	return d.outletSent(c, form, err)
}

func readEmblem(form *web.Form) ([]byte, error) {
	if form.Text("emblem_none", 1) != "" {
		return nil, form.Err()
	}
	file, _, err := form.File("emblem")
	if err != nil {
		return nil, err
	}
	if file == nil {
		var refused fault.Form
		refused.Refuse("emblem", "error.required")
		return nil, refused.Err()
	}
	defer file.Close()
	return io.ReadAll(io.LimitReader(file, outlet.MaxEmblem+1))
}

// emblem serves the emblems that pages of the desk show.
func (d *Desk) emblem(c *fiber.Ctx) error {
	all, err := d.Outlets.All(web.Context(c))
	if err != nil {
		return err
	}
	var emblems []*release.Emblem
	for _, o := range all {
		emblems = append(emblems, o.Document().Emblem)
	}
	return web.ServeEmblem(c, emblems)
}

func (d *Desk) setTexts(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	text := release.OutletText{
		Name: form.Text("name", outlet.MaxText), Tagline: form.Text("tagline", outlet.MaxText), Unit: form.Text("unit", outlet.MaxText),
		Governing: form.Text("governing", outlet.MaxText), Responsible: form.Text("responsible", outlet.MaxText),
		Address: form.Text("address", outlet.MaxText), Phone: form.Text("phone", outlet.MaxText), Email: form.Text("email", maxEmail),
		Licence: form.Text("licence", outlet.MaxText), LicenceOn: form.Text("licence_on", 40), LicenceBy: form.Text("licence_by", outlet.MaxText),
	}
	if err = form.Err(); err == nil {
		err = d.Outlets.SetText(web.Context(c), web.Actor(c), web.Param(c, "id"), web.Param(c, "lang"), text)
	}
	return d.outletSent(c, form, err)
}

func (d *Desk) outletRight(c *fiber.Ctx) error {
	return d.stillRight(c, d.Outlets.StillRight, web.Param(c, "id"), func(err error) error {
		return d.sent(c, err, "/site/outlets/"+web.Param(c, "id"), "still_right", func(status int, refusal error) error {
			return d.showOutlet(c, status, nil, refusal)
		})
	})
}

func (d *Desk) setLanguages(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	order := orderOf(form, "languages")
	if err = form.Err(); err == nil {
		err = d.Outlets.SetLanguages(web.Context(c), web.Actor(c), web.Param(c, "id"), order)
	}
	return d.outletSent(c, form, err)
}

func (d *Desk) setMenu(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	order := orderOf(form, "sections")
	if err = form.Err(); err == nil {
		err = d.Outlets.SetMenu(web.Context(c), web.Actor(c), web.Param(c, "id"), web.Param(c, "lang"), order)
	}
	return d.outletSent(c, form, err)
}

func (d *Desk) setDefaultOutlet(c *fiber.Ctx) error {
	return d.outletSent(c, nil, d.Outlets.SetDefault(web.Context(c), web.Actor(c), web.Param(c, "id")))
}

func (d *Desk) outletSent(c *fiber.Ctx, form *web.Form, err error) error {
	return d.sent(c, err, "/site/outlets/"+web.Param(c, "id"), "outlet_saved", func(status int, refusal error) error {
		return d.showOutlet(c, status, form, refusal)
	})
}
