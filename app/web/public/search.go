package public

import (
	"doingoai/app/fault"
	"doingoai/app/newsstand"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// searchView is the search form with what was found.
type searchView struct {
	*frame
	Filters    []option
	Within     string // name of the section searched in
	Refused    string // why nothing was searched for
	Searched   bool
	Everywhere string // the same search in all sections
	Asked      bool   // something was sent, be it empty
	Total      int
	First      int // number of the first hit on this page
	Hits       []hit
	Pager      pager
}

// option is a choice of the section filter.
type option struct {
	Value, Name string
	Here        bool
}

type hit struct {
	newsstand.Hit
	Href, Place, Date string
	Labels            []string
}

func (s *Site) makeSearch(r request) (*newsstand.Entry, error) {
	v, within, err := s.newSearch(r)
	if err != nil {
		return nil, err
	}
	switch {
	case !r.asked:
		return s.html(fiber.StatusOK, "search", v.frame, v)
	case r.query == "":
		v.Refused = v.T("search.empty")
		return s.html(fiber.StatusUnprocessableEntity, "search", v.frame, v)
	}
	found, err := s.stand.Search(web.Context(r.c), r.outlet, r.lang, within, r.query, r.page)
	if refusal, ok := fault.As(err); ok && refusal.Kind == fault.Malformed {
		v.Refused = v.P.Message(refusal.Message)
		return s.html(fiber.StatusUnprocessableEntity, "search", v.frame, v)
	}
	if err != nil {
		return nil, err
	}
	v.show(found, r)
	return s.html(fiber.StatusOK, "search", v.frame, v)
}

// newSearch prepares the form, and the section that is searched in.
func (s *Site) newSearch(r request) (v searchView, within string, err error) {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.uri())
	f.Robots, f.Query, f.Title, f.Description = "noindex", r.query, f.T("search.title"), f.T("search.hint")
	v = searchView{frame: f, Asked: r.asked}
	if r.filter != "" {
		sec, _ := f.site.SectionBySlug(r.lang, r.filter)
		if sec == nil {
			return v, "", fault.New(fault.Malformed, "error.malformed.title")
		}
		within, v.Within = sec.ID, sec.Names[r.lang].Name
	}
	f.searchElsewhere(within)
	v.Filters = filters(f, within)
	return v, within, nil
}

// show puts what was found on the page.
func (v *searchView) show(found *newsstand.SearchPage, r request) {
	v.Searched = true
	v.Title = v.T("search.title_for", "Query", r.query)
	v.Total, v.First = found.Total, (found.Page-1)*newsstand.HitsPerPage+1
	for _, h := range found.Hits {
		v.Hits = append(v.Hits, hit{
			Hit: h, Href: v.Href(h.Card), Place: v.SectionName(h.Card.Section), Date: v.Date(h.Published), Labels: v.labels(h.Card),
		})
	}
	first := r
	first.page = 1
	v.Pager = newPager(first.uri(), found.Page, found.Pages)
	first.filter = ""
	v.Everywhere = first.uri()
}

// filters lists the sections one can search in, by their slugs.
func filters(f *frame, within string) []option {
	var list []option
	for _, sec := range f.site.Sections(f.Lang()) {
		if name := sec.Names[f.Lang()]; name.Slug != "" {
			list = append(list, option{Value: name.Slug, Name: name.Name, Here: sec.ID == within})
		}
	}
	return list
}

// searchElsewhere lets the switcher search for the same words, in the same
// section, in another language.
func (f *frame) searchElsewhere(within string) {
	for i := range f.Languages {
		l := &f.Languages[i]
		there := request{address: address{kind: found, lang: l.Lang}, query: f.Query, asked: f.Query != ""}
		if sec := f.site.Section(within); sec != nil {
			there.filter = sec.Names[l.Lang].Slug
		}
		l.Href = there.uri()
	}
}
