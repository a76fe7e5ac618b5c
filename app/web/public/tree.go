package public

import (
	"doingoai/app/kind"
	"doingoai/app/newsstand"
	"doingoai/app/web"
	"doingoai/content"

	"github.com/gofiber/fiber/v2"
)

// treeView is the site as a tree of text (TT 32/2017/TT-BTTTT): its sections
// with those below them, and its fixed pages.
type treeView struct {
	*frame
	Trail []link
	Roots []branch
	Pages []link
}

// branch is a section and what is below it.
type branch struct {
	link
	Below []branch
}

func (s *Site) makeTree(r request) (*newsstand.Entry, error) {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	f.Title = f.T("tree.title")
	f.Description = f.T("tree.lead")
	f.at(r.path(), fixedPaths(r.outlet, treeName))
	return s.html(fiber.StatusOK, "tree", f, treeView{frame: f, Trail: f.trail(""), Roots: f.branches(""), Pages: f.fixedPages()})
}

// branches are the sections below one that are shown in the page's language.
func (f *frame) branches(parent string) []branch {
	var list []branch
	for _, sec := range f.site.Children(parent, f.Lang()) {
		if href := f.SectionHref(sec.ID); href != "" {
			list = append(list, branch{link{Href: href, Name: f.SectionName(sec.ID)}, f.branches(sec.ID)})
		}
	}
	return list
}

// fixedPages are the pages that every outlet has, in the order in which they
// are looked for, and the lists of kinds that hold anything.
func (f *frame) fixedPages() []link {
	pages := []link{
		{Href: f.Home, Name: f.T("site.home")}, {Href: eventsPath(f.Lang()), Name: f.T("events.title")}, {Href: f.CorrectionsAt, Name: f.T("corrections.title")},
		{Href: f.SearchAt, Name: f.T("search.title")}, {Href: f.FeedsAt, Name: f.T("feeds.title")}, {Href: f.ContactAt(), Name: f.T("contact.title")},
		{Href: f.ReportAt, Name: f.T("report.title")}, {Href: f.StatusAt(), Name: f.T("status.title")},
		{Href: f.PrivacyAt(), Name: f.T("site.privacy")}, {Href: f.AccessibilityAt(), Name: f.T("site.accessibility")},
	}
	for _, s := range f.Shelves {
		if s.kind != kind.Event { // told already
			pages = append(pages, s.link)
		}
	}
	return pages
}

// ContactAt is where readers write to the outlet.
func (f *frame) ContactAt() string { return contactPath(f.Lang()) }

// PrivacyAt is what is said of privacy.
func (f *frame) PrivacyAt() string { return fixedPath(f.Lang(), content.Privacy) }

// AccessibilityAt is what is said of accessibility.
func (f *frame) AccessibilityAt() string { return fixedPath(f.Lang(), content.Accessibility) }

// StatusAt is where whoever wrote learns how far their letter has come.
func (f *frame) StatusAt() string { return statusPath(f.Lang()) }

// TreeAt is the site as a tree.
func (f *frame) TreeAt() string { return treePath(f.Lang()) }
