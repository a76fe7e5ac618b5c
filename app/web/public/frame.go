package public

import (
	"context"
	"html/template"
	"log/slog"
	"slices"
	"time"

	"doingoai/app/kind"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"
)

// frame is what stands around every page: masthead, menu, languages, footer
// and what the head says of the page.
type frame struct {
	web.Base
	Outlet    *release.Outlet
	Text      release.OutletText
	Sections  []link
	Languages []languageLink // the switcher
	Home      string
	SearchAt  string
	ReportAt  string
	// CorrectionsAt is the list of all corrections.
	CorrectionsAt string
	FeedsAt       string
	Shelves       []shelf // the lists of kinds that hold anything
	FeedBase      string  // where the feeds of the page are, up to the name of their form
	Query         string  // what was searched for

	Description string
	ShareTitle  string // what a shared link is called, "" where Title says all
	Shared      *shared
	Canonical   string // absolute; "" for pages that are not to be found
	Alternates  []alternate
	Robots      string
	Described   []template.JS // what the page is, in schema.org's words
	Preview     bool
	Banner      string // what a preview says of itself
	site        *newsstand.Site
	base        string
}

// shelf is the list of a kind.
type shelf struct {
	kind kind.Kind
	link
}

type link struct {
	Href, Name string
	Here       bool
}

// languageLink leads to the same page in another language, or as near to it
// as there is.
type languageLink struct {
	Lang, Href string
	Here       bool
	// Missing says, in that language, that the page is not available in it;
	// Href then leads to the home page, named by Instead.
	Missing, Instead string
}

// alternate is a released translation of the page.
type alternate struct{ Lang, Href string }

// leadTo lets the switcher lead to what there is of the page in other languages.
func (f *frame) leadTo(cards []newsstand.Card) {
	others := f.cardAddresses(cards)
	for i := range f.Languages {
		l := &f.Languages[i]
		if href := others[l.Lang]; href != "" && !l.Here {
			l.Href = href
		}
	}
}

// leadToStones lets the switcher lead to what remains of an article in the
// languages it was withdrawn in. Such an address needs no slug: the identifier
// decides.
func (f *frame) leadToStones(page *newsstand.ArticlePage) {
	for i := range f.Languages {
		l := &f.Languages[i]
		if stone := page.Gone[l.Lang]; stone != nil && !l.Here {
			l.Href = articlePath(l.Lang, f.site.Section(stone.Section), "", page.ID)
		}
	}
}

// lacks lets the switcher say of the other languages that the page is not
// released in them, in words of those languages.
func (s *Site) lacks(f *frame) {
	for i := range f.Languages {
		l := &f.Languages[i]
		if l.Here || slices.ContainsFunc(f.Alternates, func(a alternate) bool { return a.Lang == l.Lang }) {
			continue
		}
		p := speaker(s.words, f.Outlet, l.Lang)
		l.Missing, l.Instead = p.T("missing.title", "Language", languageIn(p, l.Lang)), p.T("missing.home")
	}
}

// frame begins a page. outlet is nil before anything was released.
func (s *Site) frame(ctx context.Context, outlet *release.Outlet, lang, path string) *frame {
	site := s.stand.Site()
	f := newFrame(site, outlet, web.NewBase(speaker(s.words, outlet, lang), path))
	if outlet != nil {
		f.base = s.base(outlet)
		f.Shared = s.outletShared(f)
		s.shorten(ctx, f)
	}
	return f
}

// shorten leaves out of the menu what would lead to an empty page.
func (s *Site) shorten(ctx context.Context, f *frame) {
	filled, err := s.stand.Menu(ctx, f.Outlet, f.Lang())
	if err != nil {
		slog.Error("read which sections hold articles; all are shown", "outlet", f.Outlet.ID, "error", err)
		return
	}
	f.menu(filled)
	kinds, err := s.stand.Kinds(ctx, f.Outlet, f.Lang())
	if err != nil {
		slog.Error("read of which kinds there is anything; none is shown", "outlet", f.Outlet.ID, "error", err)
	}
	f.shelve(kinds)
}

// shelve leads to the lists of kinds.
func (f *frame) shelve(kinds []kind.Kind) {
	for _, k := range kinds {
		if path := kindPath(f.Lang(), k); path != "" {
			f.Shelves = append(f.Shelves, shelf{k, link{Href: path, Name: f.T(kindNames[k] + ".title")}})
		}
	}
}

// menu puts sections into the menu.
func (f *frame) menu(sections []*release.Section) {
	f.Sections = nil
	for _, sec := range sections {
		f.Sections = append(f.Sections, link{Href: sectionPath(f.Lang(), sec), Name: sec.Names[f.Lang()].Name})
	}
}

func newFrame(site *newsstand.Site, outlet *release.Outlet, base web.Base) *frame {
	lang := base.Lang()
	f := &frame{
		Base: base, Outlet: outlet, site: site, Home: homePath(lang), SearchAt: searchPath(lang),
		ReportAt: reportPath(lang), CorrectionsAt: correctionsPath(lang), FeedBase: homePath(lang), FeedsAt: feedsPath(lang),
	}
	if outlet == nil {
		return f
	}
	f.Text = outlet.Texts[lang]
	if f.Text.Name == "" && len(outlet.Languages) > 0 {
		f.Text = outlet.Texts[outlet.Languages[0]]
	}
	f.menu(site.Menu(outlet, lang))
	for _, l := range outlet.Languages {
		f.Languages = append(f.Languages, languageLink{Lang: l, Href: homePath(l), Here: l == lang})
	}
	return f
}

// Frame is the frame itself. A template that asks it for many fields finds
// them sooner than in the page around it.
func (f *frame) Frame() *frame { return f }

// at says where the page is: its own address and, by language, those of its
// translations that are released.
func (f *frame) at(path string, others map[string]string) {
	f.Canonical = f.base + path
	f.Alternates = []alternate{{f.Lang(), f.base + path}}
	for i := range f.Languages {
		l := &f.Languages[i]
		if l.Here {
			l.Href = path
		} else if href := others[l.Lang]; href != "" {
			l.Href = href
			f.Alternates = append(f.Alternates, alternate{l.Lang, f.base + href})
		}
	}
}

// Default is the address for readers of any other language.
func (f *frame) Default() string {
	for _, want := range []string{"en", "vi"} {
		for _, a := range f.Alternates {
			if a.Lang == want {
				return a.Href
			}
		}
	}
	return f.Canonical
}

// Emblem is the outlet's own sign, nil for the theme's.
func (f *frame) Emblem() *emblem {
	if f.Outlet == nil || f.Outlet.Emblem == nil {
		return nil
	}
	e := f.Outlet.Emblem
	return &emblem{web.EmblemPath(e), e.Width, e.Height}
}

type emblem struct {
	Path          string
	Width, Height int
}

// Accent is the stylesheet of the outlet's own colour, "" for the theme's.
func (f *frame) Accent() string {
	if f.Outlet == nil {
		return ""
	}
	return web.AccentPath(f.Outlet.Accent)
}

// scripts are the stylesheets of languages whose letters our own font lacks.
var scripts = map[string]string{"km": "script-km.css", "zh": "script-zh.css", "ko": "script-ko.css", "ja": "script-ja.css"}

// Script is the stylesheet with the fonts of the page's language, "" for one
// in Latin letters: its pages carry nothing of the others.
func (f *frame) Script() string { return scripts[f.Lang()] }

// Absolute is an address with scheme and host.
func (f *frame) Absolute(path string) string { return f.base + path }

// DateTime writes a moment for readers who may live in another time zone.
func (f *frame) DateTime(t time.Time) string { return f.P.DateTimeZone(t) }

// SectionName is a section's name in the page's language, "" when it has none.
func (f *frame) SectionName(id string) string {
	if sec := f.site.Section(id); sec != nil {
		return sec.Names[f.Lang()].Name
	}
	return ""
}

// SectionHref is a section's address, "" when it has none in this language.
func (f *frame) SectionHref(id string) string {
	sec := f.site.Section(id)
	if sec == nil || sec.Names[f.Lang()].Slug == "" {
		return ""
	}
	return sectionPath(f.Lang(), sec)
}

// Href is an article's address.
func (f *frame) Href(c newsstand.Card) string {
	return articlePath(c.Lang, f.site.Section(c.Section), c.Slug, c.ID)
}

// AgencyName is an agency's name in the page's language, else in Vietnamese.
func (f *frame) AgencyName(id string) string { return f.AgencyNameAt(id, f.Now()) }

// AgencyNameAt is what an agency was called when something appeared in its name.
func (f *frame) AgencyNameAt(id string, t time.Time) string {
	a := f.site.Agency(id)
	if a == nil {
		return ""
	}
	if name := a.NameAt(f.Lang(), t); name != "" {
		return name
	}
	return a.NameAt("vi", t)
}
