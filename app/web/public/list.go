package public

import (
	"strings"

	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// listView is one page of a section.
type listView struct {
	*frame
	Name     string
	About    string
	Trail    []link
	Children []link
	Notes    []link  // what was, and what became of it; some lead there
	Lead     *teaser // on the first page
	Rest     []teaser
	Total    int
	Pager    pager
}

func (s *Site) makeList(r request) (*newsstand.Entry, error) {
	sec, current := s.sectionAt(r)
	if sec == nil {
		return nil, notFound()
	}
	address := sectionPath(r.lang, sec)
	if !current {
		return redirect(pageAddress(address, r.page)), nil
	}
	listing, err := s.stand.List(web.Context(r.c), r.outlet, r.lang, sec.ID, r.page)
	if err != nil {
		return nil, err
	}
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.uri())
	f.here(sec.ID)
	name := sec.Names[r.lang]
	f.Title, f.Description, f.FeedBase = name.Name, name.Description, address+"/"
	others := sectionAddresses(r.outlet, sec, "")
	f.at(pageAddress(address, r.page), others)
	if r.page > 1 {
		f.Title = f.T("list.title", "Name", name.Name, "Page", r.page)
		f.Alternates = nil // the second pages of two languages hold different articles
	}
	v := listView{
		frame: f, Name: name.Name, About: name.Description, Trail: f.trail(sec.ID),
		Rest: f.teasers(listing.Cards), Total: listing.Total, Pager: newPager(address, listing.Page, listing.Pages),
	}
	for _, child := range s.stand.Site().Children(sec.ID, r.lang) {
		v.Children = append(v.Children, link{Href: sectionPath(r.lang, child), Name: child.Names[r.lang].Name})
	}
	v.begin(sec.ID)
	f.describeTrail(v.Trail, name.Name)
	f.describeList(f.Title, name.Description, listing.Cards)
	return s.html(fiber.StatusOK, "list", f, v)
}

// sectionAt finds the section of an address. One typed in capitals, or with the
// slug that the section has in another language of the outlet, is found as
// well, and not current, unless several would answer to it.
func (s *Site) sectionAt(r request) (sec *release.Section, current bool) {
	site := s.stand.Site()
	if sec, current = site.SectionBySlug(r.lang, r.section); sec != nil {
		return sec, current
	}
	slug := strings.ToLower(r.section)
	if sec, _ = site.SectionBySlug(r.lang, slug); sec != nil {
		return sec, false
	}
	for _, lang := range r.outlet.Languages {
		other, _ := site.SectionBySlug(lang, slug)
		switch {
		case other == nil || other.Names[r.lang].Slug == "" || other == sec:
		case sec != nil:
			return nil, false
		default:
			sec = other
		}
	}
	return sec, false
}

// begin makes the newest article the lead of the first page.
func (v *listView) begin(section string) {
	dropSection(v.Rest, section)
	if v.Pager.Page == 1 && len(v.Rest) > 0 {
		v.Lead, v.Rest = v.Rest[0].lead(), v.Rest[1:]
	}
}
