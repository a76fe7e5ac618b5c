package public

import (
	"encoding/json"
	"html/template"
	"log/slog"
	"time"

	"doingoai/app/kind"
	"doingoai/app/markup"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// outlineView is the outline of the pages about the province.
type outlineView struct {
	*frame
	Trail []link
	Roots []leaf
}

// leaf is a page with those below it.
type leaf struct {
	Title, Href, About string
	Review, Machine    string // when it was looked at, in words and for machines
	Labels             []string
	Below              []leaf
	depth              int
}

func (s *Site) makeOutlineOfPages(r request) (*newsstand.Entry, error) {
	cards, now, err := s.stand.Outline(web.Context(r.c), r.outlet, r.lang)
	if err != nil {
		return nil, err
	}
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	f.Title, f.Description, f.FeedBase = f.T("about.title"), f.T("about.lead"), r.path()+"/"
	f.at(r.path(), kindAddresses(r.outlet, kind.Page))
	v := outlineView{frame: f, Trail: f.trail(""), Roots: f.leaves(cards, now)}
	f.describeTrail(v.Trail, f.Title)
	f.describeList(f.Title, f.Description, cards)
	return s.html(fiber.StatusOK, "outline", f, v)
}

// leaves lay pages, which are in their order, into a tree: each below the last
// one that stands higher.
func (f *frame) leaves(cards []newsstand.Card, now time.Time) []leaf {
	list := make([]leaf, len(cards))
	for i, c := range cards {
		list[i] = leaf{
			Title: markup.Bind(c.Title), Href: f.Href(c), About: markup.Bind(c.Standfirst), Review: f.review(c.Facts), Machine: c.Facts["reviewed"],
			Labels: append(f.overdue(c.Facts, now), f.labels(c)...), depth: len(c.Facts.Place()),
		}
	}
	return nested(list)
}

func nested(list []leaf) []leaf {
	var roots []leaf
	for i := 0; i < len(list); {
		end := i + 1
		for end < len(list) && list[end].depth > list[i].depth {
			end++
		}
		root := list[i]
		root.Below = nested(list[i+1 : end])
		roots, i = append(roots, root), end
	}
	return roots
}

// review says when a page was looked at last.
func (f *frame) review(facts kind.Facts) string {
	reviewed, _, ok := facts.Review()
	if !ok {
		return ""
	}
	return f.T("about.reviewed", "Date", f.Date(reviewed))
}

// overdue says of a page that nobody has looked at it in time.
func (f *frame) overdue(facts kind.Facts, now time.Time) []string {
	if _, due, ok := facts.Review(); ok && !now.Before(due) {
		return []string{f.T("about.overdue")}
	}
	return nil
}

// pagePart is what a page about the province has beside that of an article.
func (f *frame) pagePart(a *release.Article) *kindPart {
	return &kindPart{Labels: f.overdue(a.Facts, f.Now()), Fresh: f.review(a.Facts), Answers: f.T("about.answers", "Name", f.AgencyName(a.Facts["owner"]))}
}

// ldPage is a page about the province in schema.org's words.
type ldPage struct {
	Context     string  `json:"@context"`
	Type        string  `json:"@type"`
	Name        string  `json:"name"`
	Description string  `json:"description,omitempty"`
	URL         string  `json:"url,omitempty"`
	Language    string  `json:"inLanguage"`
	Published   string  `json:"datePublished"`
	Modified    string  `json:"dateModified"`
	Reviewed    string  `json:"lastReviewed,omitempty"`
	By          ldThing `json:"reviewedBy"`
}

func pageData(f *frame, a *release.Article) template.JS {
	text, err := json.Marshal(ldPage{
		Context: schemaOrg, Type: "AboutPage", Name: a.Title, Description: a.Standfirst, URL: f.Canonical, Language: a.Lang,
		Published: iso(a.Published), Modified: iso(a.Updated), Reviewed: a.Facts["reviewed"],
		By: ldThing{Type: "GovernmentOrganization", Name: f.AgencyName(a.Facts["owner"])},
	})
	if err != nil { // texts always have a form
		slog.Error("describe a page", "id", a.ID, "error", err)
		return "{}"
	}
	return template.JS(text)
}
