package public

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"doingoai/app/locale"
	"doingoai/app/release"
)

// sourced is a source as readers see it.
type sourced struct{ Name, Href, Date, Machine string }

// rests lists what an article rests on: where its text was taken from, then
// the others.
func (f *frame) rests(a *release.Article) []sourced {
	var list []sourced
	if a.Source != nil {
		list = append(list, f.sourced(*a.Source))
	}
	for _, s := range a.Sources {
		list = append(list, f.sourced(s))
	}
	return list
}

func (f *frame) sourced(s release.Source) sourced {
	view := sourced{Name: s.Name, Href: s.URL, Machine: s.At}
	if at, err := time.ParseInLocation("2006-01-02T15:04", s.At, locale.Zone()); err == nil {
		view.Date, view.Machine = f.DateTime(at), iso(at)
	} else if day, err := time.ParseInLocation(time.DateOnly, s.At, locale.Zone()); err == nil {
		view.Date = f.Date(day)
	}
	return view
}

// machine says what a machine made of an article, "" for nothing.
func (f *frame) machine(a *release.Article) string {
	if len(a.AI) == 0 {
		return ""
	}
	var uses []string
	for _, use := range a.AI {
		if key := "ai." + use; f.P.Has(key) {
			use = f.T(key)
		}
		uses = append(uses, use)
	}
	return f.T("article.ai", "Uses", strings.Join(uses, ", "))
}

// FormatName is what a form of article is called, "" when nobody said.
func (v articleView) FormatName() string { return v.code("format.", v.Format) }

// InfoKindName is what a kind of information is called.
func (v articleView) InfoKindName() string { return v.code("info_kind.", v.InfoKind) }

func (f *frame) code(prefix, code string) string {
	if code == "" || !f.P.Has(prefix+code) {
		return ""
	}
	return f.T(prefix + code)
}

// semicolons writes several values as Dublin Core wants them (TT 24/2011).
func semicolons(values ...string) string {
	var said []string
	for _, v := range values {
		if v != "" {
			said = append(said, v)
		}
	}
	return strings.Join(said, "; ")
}

// Subject is what the article is about.
func (v articleView) Subject() string {
	subjects := []string{v.Place.Name}
	for _, l := range append(slices.Clone(v.Tagged), v.Named...) {
		subjects = append(subjects, l.Name)
	}
	return semicolons(append(subjects, v.InfoKindName())...)
}

// Type is what sort of thing the article is: its form, else what Dublin Core
// calls whatever is read.
func (v articleView) Type() string { return cmp.Or(v.FormatName(), "Text") }

// Rights says whose text it is: the one it was taken from, else the publisher's.
func (v articleView) Rights() string {
	if v.Article.Source != nil {
		return "© " + v.Article.Source.Name
	}
	return "© " + v.Publisher()
}

// Coverage are the places it tells of.
func (v articleView) Coverage() string {
	var places []string
	for _, l := range v.Placed {
		places = append(places, l.Name)
	}
	return semicolons(places...)
}

// Origins are where the article's matter comes from.
func (v articleView) Origins() string {
	var list []string
	for _, s := range v.Rests {
		if s.Href != "" {
			list = append(list, s.Href)
		} else {
			list = append(list, s.Name)
		}
	}
	return semicolons(list...)
}
