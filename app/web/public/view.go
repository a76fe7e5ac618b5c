package public

import (
	"slices"
	"strings"
	"time"

	"doingoai/app/locale"
	"doingoai/app/markup"
	"doingoai/app/newsstand"
	"doingoai/app/release"
)

// Mast is the outlet's name in the masthead, cut in two where the name itself
// has a dash: "Provincial Newspaper – External Pages".
type Mast struct{ Name, Part string }

// Mast answers the name for the masthead.
func (f *frame) Mast() Mast {
	name, part, _ := strings.Cut(f.Text.Name, " – ")
	return Mast{name, part}
}

// teaser is an article in a list. Its heading has the level that its place on
// the page asks for, and its picture is waited for only at the top.
type teaser struct {
	newsstand.Card
	Href    string
	Section link // "" where the place says it
	Date    string
	Machine string // the date for machines
	Shown   *picture
	Labels  []string
}

// teaser prepares a card for a list.
func (f *frame) teaser(c newsstand.Card) teaser {
	t := teaser{Card: c, Href: f.Href(c), Date: f.Date(c.Published), Machine: iso(c.Published), Shown: show(c.Picture, itemSizes)}
	t.Kicker, t.Title, t.Standfirst = markup.Bind(c.Kicker), markup.Bind(c.Title), markup.Bind(c.Standfirst)
	t.Section = link{Href: f.SectionHref(c.Section), Name: f.SectionName(c.Section)}
	t.Labels = f.labels(c)
	return t
}

// labels are what a reader must know of an article before reading it.
func (f *frame) labels(c newsstand.Card) []string {
	var labels []string
	if c.Plays != nil {
		labels = append(labels, f.T("medium."+medium(c.Plays)))
	}
	if c.Corrected {
		labels = append(labels, f.T("article.corrected"))
	}
	if c.Sample {
		labels = append(labels, f.T("article.sample"))
	}
	return labels
}

// medium says how a file is taken in: "audio" or "video".
func medium(file *release.File) string {
	kind, _, _ := strings.Cut(file.Type, "/")
	return kind
}

// Film says whether the article is played as pictures, not as sound alone.
func (t teaser) Film() bool { return medium(t.Plays) == "video" }

// Poster is what stands where a film will play; "" where there is nothing.
func (t teaser) Poster() string {
	if t.Picture == nil {
		return ""
	}
	return t.Picture.Fitting(plainWidth).Path()
}

// lead puts a teaser at the top of a page.
func (t *teaser) lead() *teaser {
	if t.Shown != nil {
		t.Shown.First, t.Shown.Sizes = true, leadSizes
	}
	return t
}

// second puts a teaser below its picture.
func (t *teaser) second() {
	if t.Shown != nil {
		t.Shown.Sizes = secondSizes
	}
}

func (f *frame) teasers(cards []newsstand.Card) []teaser {
	list := make([]teaser, len(cards))
	for i, c := range cards {
		list[i] = f.teaser(c)
	}
	return list
}

// dropSection leaves out the section that the place already names.
func dropSection(list []teaser, section string) {
	for i := range list {
		if list[i].Card.Section == section {
			list[i].Section = link{}
		}
	}
}

// trail is the way from the home page down to a section.
func (f *frame) trail(id string) []link {
	trail := []link{{Href: f.Home, Name: f.T("site.home")}}
	for _, sec := range f.site.Ancestors(id) {
		if name := sec.Names[f.Lang()].Name; name != "" {
			trail = append(trail, link{Href: sectionPath(f.Lang(), sec), Name: name})
		}
	}
	return trail
}

// here marks the menu's entry that the page stands under.
func (f *frame) here(section string) {
	top := section
	if above := f.site.Ancestors(section); len(above) > 0 {
		top = above[0].ID
	}
	href := f.SectionHref(top)
	for i := range f.Sections {
		f.Sections[i].Here = f.Sections[i].Href == href
	}
}

// cardAddresses are the addresses of an article's released languages.
func (f *frame) cardAddresses(cards []newsstand.Card) map[string]string {
	at := map[string]string{}
	for _, c := range cards {
		at[c.Lang] = f.Href(c)
	}
	return at
}

// sectionAddresses are the addresses of a section in the outlet's languages.
func sectionAddresses(o *release.Outlet, sec *release.Section, end string) map[string]string {
	at := map[string]string{}
	for _, lang := range o.Languages {
		if sec.Names[lang].Slug != "" {
			at[lang] = sectionPath(lang, sec) + end
		}
	}
	return at
}

// Publisher is who stands behind the outlet.
func (f *frame) Publisher() string {
	if f.Outlet != nil {
		if name := f.AgencyName(f.Outlet.Agency); name != "" {
			return name
		}
	}
	return f.Text.Name
}

// Licence is the outlet's licence in one line: its number, day and issuer.
func (f *frame) Licence() string {
	parts := []string{f.Text.Licence}
	if day, err := time.Parse(time.DateOnly, f.Text.LicenceOn); err == nil {
		parts = append(parts, f.T("site.licence_on", "Date", f.Date(day)))
	}
	parts = append(parts, f.Text.LicenceBy)
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// HeadTitle is the page's name for tabs and search engines.
func (f *frame) HeadTitle() string {
	if f.Text.Name == "" || f.Title == f.Text.Name {
		return f.Title
	}
	return f.Title + " – " + f.Text.Name
}

// FeedTitle names the feed that the page belongs to.
func (f *frame) FeedTitle() string { return f.T("site.feed") + " – " + f.Text.Name }

// Domain is the outlet's first host, as the law wants it told.
func (f *frame) Domain() string {
	if f.Outlet == nil || len(f.Outlet.Hosts) == 0 {
		return ""
	}
	return f.Outlet.Hosts[0]
}

// ReportHref is the form for an error on this page.
func (f *frame) ReportHref() string { return reportAddress(f.Lang(), f.Path) }

// language is what a language is called in the page's language.
func (f *frame) language(lang string) string { return languageIn(f.P, lang) }

func languageIn(p *locale.Printer, lang string) string {
	if key := "language." + lang; p.Has(key) {
		return p.T(key)
	}
	return locale.LanguageName(lang)
}
