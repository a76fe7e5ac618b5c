package public

import (
	"context"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/markup"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// documentsView is one page of an outlet's library of documents.
type documentsView struct {
	*frame
	Trail   []link
	Any     bool // there are documents, though none may be as was asked for
	Choices []choices
	Chosen  bool // something was asked for
	Total   int
	Papers  []paper
	Pager   pager
}

// choices narrow a list by one thing.
type choices struct {
	Name, Label, All string
	Options          []choice
}

type choice struct {
	Value, Name string
	Count       int
	Here        bool
}

// paper is a document in a list.
type paper struct {
	Title, Href, Number, Issuer string
	Date, Machine               string // of issue
	Standing                    string
	Labels                      []string
	Files                       []fileLink
}

// fileLink leads to a file, and says what it is: "PDF, 3 pages, 1.2 MB".
type fileLink struct{ Href, About string }

func (f *frame) fileLinks(files []release.File) []fileLink {
	var list []fileLink
	for _, file := range files {
		about := []string{strings.ToUpper(strings.TrimPrefix(path.Ext(file.Name), "."))}
		if file.Pages > 0 {
			about = append(about, locale.Pages(f.Lang(), file.Pages))
		}
		list = append(list, fileLink{file.Path(), strings.Join(append(about, locale.Size(f.Lang(), file.Size)), ", ")})
	}
	return list
}

var yearForm = regexp.MustCompile(`^[12][0-9]{3}$`)

// readPapers reads what the library is narrowed by. What is no year, no agency,
// no field and no standing is malformed, so that it makes no page.
func (r *request) readPapers(site *newsstand.Site) error {
	for _, one := range []struct {
		name  string
		into  *string
		known func(string) bool
	}{
		{"year", &r.papers.Year, yearForm.MatchString},
		{"agency", &r.papers.Agency, func(id string) bool { return site.Agency(id) != nil }},
		{"field", &r.papers.Field, func(text string) bool { return slices.Contains(kind.Fields, text) }},
		{"status", &r.papers.Standing, func(text string) bool { return slices.Contains(kind.Standings, text) }},
	} {
		text, err := web.Query(r.c, one.name, 40)
		if err != nil {
			return err
		}
		if text != "" && !one.known(text) {
			return fault.New(fault.Malformed, "error.malformed.title")
		}
		*one.into = text
	}
	return nil
}

// papersQuery writes them in one order.
func papersQuery(f newsstand.DocumentFilter) []string {
	var q []string
	for _, one := range [][2]string{{"year", f.Year}, {"agency", f.Agency}, {"field", f.Field}, {"status", f.Standing}} {
		if one[1] != "" {
			q = append(q, one[0]+"="+url.QueryEscape(one[1]))
		}
	}
	return q
}

func (s *Site) makeDocuments(r request) (*newsstand.Entry, error) {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	library, err := s.stand.Documents(web.Context(r.c), r.outlet, r.lang, r.papers, r.page)
	if err != nil {
		return nil, err
	}
	first := r
	first.page = 1
	others := map[string]string{}
	for _, lang := range r.outlet.Languages {
		there := first
		there.lang = lang
		others[lang] = there.uri()
	}
	f.Title, f.Description, f.FeedBase = f.T("documents.title"), f.T("documents.lead"), documentsPath(r.lang)+"/"
	f.at(r.uri(), others)
	v := newDocuments(f, library, r.papers)
	v.Pager = newPager(first.uri(), library.Page, library.Pages)
	if v.Chosen {
		f.Robots = "noindex"
	}
	if r.page > 1 {
		f.Title, f.Alternates = f.T("list.title", "Name", f.T("documents.title"), "Page", r.page), nil
	}
	f.describeTrail(v.Trail, f.T("documents.title"))
	f.describeList(f.Title, f.Description, library.Cards)
	return s.html(fiber.StatusOK, "documents", f, v)
}

// newDocuments prepares a page of the library.
func newDocuments(f *frame, l *newsstand.Library, by newsstand.DocumentFilter) documentsView {
	v := documentsView{frame: f, Trail: f.trail(""), Any: l.Any, Chosen: by != newsstand.DocumentFilter{}, Total: l.Total, Papers: f.papers(l.Cards, l.Now)}
	add := func(name, chosen string, values []string, counts map[string]int, say func(string) string) {
		c := choices{Name: name, Label: f.T("documents.by_" + name), All: f.T("documents.all_" + name)}
		for _, value := range values {
			if counts[value] > 0 || value == chosen {
				c.Options = append(c.Options, choice{value, say(value), counts[value], value == chosen})
			}
		}
		if len(c.Options) > 1 || chosen != "" {
			v.Choices = append(v.Choices, c)
		}
	}
	same := func(text string) string { return text }
	coded := func(prefix string) func(string) string { return func(code string) string { return f.T(prefix + code) } }
	agencies := withChosen(l.Agencies, by.Agency)
	slices.SortFunc(agencies, func(a, b string) int { return strings.Compare(f.AgencyName(a), f.AgencyName(b)) })
	years := withChosen(l.Years, by.Year)
	slices.Sort(years)
	slices.Reverse(years)
	add("year", by.Year, years, l.Years, same)
	add("agency", by.Agency, agencies, l.Agencies, f.AgencyName)
	add("field", by.Field, kind.Fields, l.Fields, coded("fact.field."))
	add("status", by.Standing, kind.Standings, l.Standings, f.standing)
	return v
}

// withChosen are the values that there are any of, and the chosen one.
func withChosen(counts map[string]int, chosen string) []string {
	values := slices.Collect(maps.Keys(counts))
	if chosen != "" && counts[chosen] == 0 {
		values = append(values, chosen)
	}
	return values
}

// papers prepares documents for a list.
func (f *frame) papers(cards []newsstand.Card, now time.Time) []paper {
	list := make([]paper, len(cards))
	for i, c := range cards {
		list[i] = paper{
			Title: markup.Bind(c.Title), Href: f.Href(c), Number: c.Facts["number"], Issuer: f.AgencyName(c.Facts["issuer"]),
			Machine: c.Facts["issued"], Standing: f.standing(c.Facts.Standing(now)), Labels: f.labels(c), Files: f.fileLinks(c.Files),
		}
		if day, ok := c.Facts.Day("issued"); ok {
			list[i].Date = f.Date(day)
		}
	}
	return list
}

// standing says whether a document is in force.
func (f *frame) standing(code string) string {
	switch code {
	case "":
		return ""
	case kind.NotYet:
		return f.T("documents.not_yet")
	}
	return f.T("fact.force." + code)
}

// documentPart is what a document's page has beside that of an article.
func (f *frame) documentPart(a *release.Article) *kindPart {
	standing := a.Facts.Standing(f.Now())
	p := &kindPart{Files: f.fileLinks(a.Attached)}
	if standing != kind.InForce && standing != "" {
		p.Labels = []string{f.standing(standing)}
	}
	return p
}

// leadToReplacing leads from the number of what took the place of a document to
// that one, where the outlet has it.
func (s *Site) leadToReplacing(ctx context.Context, v *articleView) error {
	card, err := s.stand.Replacing(ctx, v.Outlet, v.Article)
	if err != nil || card == nil {
		return err
	}
	for i := range v.Known {
		if v.Known[i].Key == "replaced_by" {
			v.Known[i].Href = v.Href(*card)
		}
	}
	return nil
}
