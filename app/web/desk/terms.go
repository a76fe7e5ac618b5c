package desk

import (
	"bytes"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/account"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/term"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// The termbase: the list (here), a term with its form (terms_form.go), and
// lists that come in (terms_import.go).

type termsPage struct {
	page
	Filter         term.Filter
	Found          []termSaid
	Count          int
	Agencies       []choice
	Languages      []choice
	MayDefine      bool
	Narrowed       bool
	Previous, Next string // addresses of the neighbouring pages
	Exports        []siteLink
}

// termSaid is a term in words.
type termSaid struct {
	term.Term
	AgencyName string
	In         []termIn
}

// termIn is what a term is called in a language.
type termIn struct {
	Lang, Name string
	Lists      []termTexts
}

// termTexts are renderings of one standing, with the word for it where they
// are not required.
type termTexts struct {
	Word  string
	Texts []string
	Wrong bool
}

// saidIn puts a term into words, language by language in the newsroom's order.
func (p page) saidIn(t term.Term, agencies map[string]string) termSaid {
	said := termSaid{Term: t, AgencyName: agencies[t.Agency]}
	for _, lang := range termLanguages(t) {
		in := termIn{Lang: lang, Name: p.LanguageAlone(lang)}
		for _, s := range term.Standings {
			if texts := t.In(lang, s); len(texts) > 0 {
				list := termTexts{Texts: texts, Wrong: s == term.Forbidden}
				if s != term.Required {
					list.Word = p.T("terms." + string(s) + "_short")
				}
				in.Lists = append(in.Lists, list)
			}
		}
		if len(in.Lists) > 0 {
			said.In = append(said.In, in)
		}
	}
	return said
}

// termLanguages are the newsroom's languages, and what others a term has.
func termLanguages(t term.Term) []string {
	langs := slices.Clone(newsroom.Languages)
	for _, lang := range append(t.Languages(), t.Lang) {
		if lang != "" && !slices.Contains(langs, lang) {
			langs = append(langs, lang)
		}
	}
	return langs
}

func (p page) languageChoices() []choice {
	var choices []choice
	for _, lang := range newsroom.Languages {
		choices = append(choices, choice{lang, p.LanguageAlone(lang)})
	}
	return choices
}

// terms lists the terms that a filter finds; the filter is the address.
func (d *Desk) terms(c *fiber.Ctx) error {
	show := termsPage{page: d.page(c, "terms.title", "terms")}
	var err error
	if show.Filter, err = readTermFilter(c); err != nil {
		return err
	}
	f := show.Filter
	found, count, err := d.Terms.List(web.Context(c), f)
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
	for _, t := range found {
		show.Found = append(show.Found, show.saidIn(t, names))
	}
	show.Count, show.Languages = count, show.languageChoices()
	show.MayDefine = show.Actor.MayAnywhere(account.DefineTerms)
	show.Narrowed = f != (term.Filter{Page: f.Page})
	if f.Page > 1 {
		show.Previous = termsAddress("/terms", f, f.Page-1)
	}
	if f.Page*term.PageLength < count {
		show.Next = termsAddress("/terms", f, f.Page+1)
	}
	if count > 0 {
		for _, format := range termFormats {
			show.Exports = append(show.Exports, siteLink{termsAddress("/terms/export/"+format, f, 1), strings.ToUpper(format)})
		}
	}
	return d.show(c, fiber.StatusOK, "terms", show)
}

func readTermFilter(c *fiber.Ctx) (f term.Filter, err error) {
	if f.Words, err = web.Query(c, "q", term.MaxText); err != nil {
		return f, err
	}
	for name, into := range map[string]*string{"in": &f.Lang, "without": &f.Without, "agency": &f.Agency} {
		if *into, err = web.Query(c, name, 40); err != nil {
			return f, err
		}
	}
	f.Locked, f.Ended = c.Query("locked") == "1", c.Query("ended") == "1"
	f.Page, err = web.QueryInt(c, "page", 1, 1, 10_000)
	return f, err
}

// termsAddress is the address of a filter, on a page.
func termsAddress(path string, f term.Filter, page int) string {
	q := url.Values{}
	for name, value := range map[string]string{"q": f.Words, "in": f.Lang, "without": f.Without, "agency": f.Agency} {
		if value != "" {
			q.Set(name, value)
		}
	}
	for name, wanted := range map[string]bool{"locked": f.Locked, "ended": f.Ended} {
		if wanted {
			q.Set(name, "1")
		}
	}
	if page > 1 {
		q.Set("page", strconv.Itoa(page))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// termFormats are those in which terms can be taken away.
var termFormats = []string{"csv", "tbx"}

// exportTerms sends what a filter finds, all of it, as a file.
func (d *Desk) exportTerms(c *fiber.Ctx) error {
	format := web.Param(c, "format")
	if !slices.Contains(termFormats, format) {
		return errNoPage()
	}
	f, err := readTermFilter(c)
	if err != nil {
		return err
	}
	f.All = true
	found, _, err := d.Terms.List(web.Context(c), f)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if format == "csv" {
		err = term.WriteCSV(&b, found)
		c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	} else {
		err = term.WriteTBX(&b, found)
		c.Set(fiber.HeaderContentType, "application/x-tbx+xml")
	}
	if err != nil {
		return err
	}
	name := "thuat-ngu-" + d.DB.Now().In(locale.Zone()).Format("2006-01-02") + "." + format
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.Send(b.Bytes())
}

// keptAgencies are those whose terms the person may define.
func (d *Desk) keptAgencies(c *fiber.Ctx, p page) ([]choice, error) {
	all, err := d.agencyChoices(c, p.Lang())
	return slices.DeleteFunc(all, func(a choice) bool {
		_, may := p.Actor.May(account.DefineTerms, a.Value)
		return !may
	}), err
}
