package desk

import (
	"maps"
	"slices"
	"strings"

	"doingoai/app/agency"
	"doingoai/app/outlet"
	"doingoai/app/section"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// sitePage is where the administrator names outlets, sections and agencies:
// three lists of things, each with its forms.
type sitePage struct {
	page
	Outlets, Sections, Agencies []siteThing
}

// siteThing is something that has a name here.
type siteThing struct {
	Name, Code string
	Forms      []siteForm
}

// Open says whether one of the thing's forms was refused.
func (t siteThing) Open() bool {
	for _, f := range t.Forms {
		if f.Refused {
			return true
		}
	}
	return false
}

// siteForm is one form of a thing, mostly its words in one language.
type siteForm struct {
	ID, Action, CSRF, Save string
	Lang, Language         string // of its words, and what that is called
	Refused                bool
	Inputs                 []siteInput
}

// siteInput is a field of a form; Hint and Message may be empty.
type siteInput struct {
	ID, Name, Label, Value, Type, Lang, Hint, Message string
	Required                                          bool
	Max                                               int
}

// siteFormID is how the ids of a form's fields begin, made from its address.
func siteFormID(action string) string {
	return strings.ReplaceAll(strings.Trim(action, "/"), "/", "-")
}

func (d *Desk) showSite(c *fiber.Ctx, status int, p page, typed *web.Form) error {
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
	show, forms := sitePage{page: p}, siteForms{p, typed}
	for _, o := range outlets {
		show.Outlets = append(show.Outlets, forms.outlet(o))
	}
	for _, s := range sections {
		show.Sections = append(show.Sections, forms.section(s))
	}
	for _, a := range agencies {
		show.Agencies = append(show.Agencies, forms.agency(a))
	}
	return d.show(c, status, "site", show)
}

// siteForms makes the forms of a page, with what was typed into the refused one.
type siteForms struct {
	page  page
	typed *web.Form
}

func (s siteForms) form(action, lang string, inputs ...siteInput) siteForm {
	f := siteForm{ID: siteFormID(action), Action: action, Lang: lang, CSRF: s.page.CSRF, Save: s.page.T("site.save")}
	if lang != "" {
		f.Language = s.page.LanguageAlone(lang)
	}
	errors := s.page.Errors.Of(f.ID)
	f.Refused = errors.Summary != ""
	for _, in := range inputs {
		in.ID, in.Message = errors.ID(in.Name), errors.For(in.Name)
		if in.Label == "" {
			in.Label = s.page.T("field." + in.Name)
		}
		if in.Type == "" {
			in.Type = "text"
		}
		if f.Refused {
			in.Value = s.typed.Text(in.Name, 4*in.Max)
		}
		f.Inputs = append(f.Inputs, in)
	}
	return f
}

func (s siteForms) outlet(o outlet.Outlet) siteThing {
	names := map[string]string{}
	path := "/site/outlets/" + o.ID
	forms := []siteForm{s.form(path+"/hosts", "", siteInput{
		Name: "hosts", Value: strings.Join(o.Hosts, " "), Max: outlet.MaxHosts * maxHost, Required: true, Hint: s.page.T("hint.hosts"),
	})}
	for _, lang := range o.Languages {
		t := o.Texts[lang]
		names[lang] = t.Name
		forms = append(forms, s.form(path+"/texts/"+lang, lang,
			siteInput{Name: "name", Value: t.Name, Max: outlet.MaxText, Lang: lang, Required: true},
			siteInput{Name: "tagline", Value: t.Tagline, Max: outlet.MaxText, Lang: lang},
			siteInput{Name: "unit", Value: t.Unit, Max: outlet.MaxText, Lang: lang},
			siteInput{Name: "responsible", Value: t.Responsible, Max: outlet.MaxText, Lang: lang},
			siteInput{Name: "address", Value: t.Address, Max: outlet.MaxText, Lang: lang},
			siteInput{Name: "phone", Value: t.Phone, Max: outlet.MaxText, Type: "tel"},
			siteInput{Name: "email", Value: t.Email, Max: maxEmail, Type: "email"},
			siteInput{Name: "licence", Value: t.Licence, Max: outlet.MaxText, Lang: lang},
		))
	}
	return siteThing{named(names, s.page.Lang()), o.Code, forms}
}

func (s siteForms) section(sec section.Section) siteThing {
	names := map[string]string{}
	var forms []siteForm
	for _, lang := range languagesOf(sec.Names) {
		n := sec.Names[lang]
		names[lang] = n.Name
		forms = append(forms, s.form("/site/sections/"+sec.ID+"/"+lang, lang,
			siteInput{Name: "name", Value: n.Name, Max: section.MaxName, Lang: lang, Required: true},
			siteInput{Name: "slug", Value: n.Slug, Max: section.MaxName, Hint: s.page.T("hint.section_slug")},
			siteInput{Name: "description", Value: n.Description, Max: section.MaxDescription, Lang: lang},
		))
	}
	return siteThing{named(names, s.page.Lang()), sec.Code, forms}
}

func (s siteForms) agency(a agency.Agency) siteThing {
	var inputs []siteInput
	for _, lang := range siteLanguages {
		inputs = append(inputs, siteInput{Name: "name_" + lang, Value: a.Names[lang], Max: agency.MaxName, Lang: lang})
	}
	inputs = append(inputs, siteInput{
		Name: "from", Type: "date", Max: len("2006-01-02"), Label: s.page.T("site.name_from"), Hint: s.page.T("hint.name_from"),
	})
	return siteThing{named(a.Names, s.page.Lang()), a.Code, []siteForm{s.form("/site/agencies/"+a.ID, "", inputs...)}}
}

// languagesOf lists the languages of a thing's names: those of the interface
// first, always, then the others it has.
func languagesOf(names map[string]section.Name) []string {
	languages := slices.Clone(siteLanguages)
	for _, lang := range slices.Sorted(maps.Keys(names)) {
		if !slices.Contains(languages, lang) {
			languages = append(languages, lang)
		}
	}
	return languages
}
