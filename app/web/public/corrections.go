package public

import (
	"time"

	"doingoai/app/markup"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// said is what a correction says to readers.
type said struct {
	Note  string // what was wrong
	Right string // what is right, in a sentence; "" where nobody said
	Date  string
	// Machine is the date for machines.
	Machine string
}

func (f *frame) said(note, right string, at time.Time) said {
	s := said{Note: markup.Bind(note), Date: f.DateTime(at), Machine: iso(at)}
	if right != "" {
		s.Right = f.T("article.right", "Text", markup.Bind(right))
	}
	return s
}

// correctionView is one correction on a list.
type correctionView struct {
	said
	Work    link // the headline of what was corrected; what to call it when readers have lost it
	Section link
	of      newsstand.Corrected
}

// correctionsView is one page of all corrections of an outlet.
type correctionsView struct {
	*frame
	Trail       []link
	Corrections []correctionView
	Pager       pager
}

// corrections prepares corrections for a list.
func (f *frame) corrections(list []newsstand.Corrected) []correctionView {
	views := make([]correctionView, len(list))
	for i, c := range list {
		name := markup.Bind(c.Title)
		switch {
		case c.Expired:
			name = f.T("corrections.expired")
		case c.Withdrawn:
			name = f.T("corrections.withdrawn")
		}
		views[i] = correctionView{
			of: c, said: f.said(c.Note, c.Right, c.At), Work: link{Href: articlePath(c.Lang, f.site.Section(c.Section), c.Slug, c.ID), Name: name},
			Section: link{Href: f.SectionHref(c.Section), Name: f.SectionName(c.Section)},
		}
	}
	return views
}

// makeCorrections shows what an outlet has ever put right.
func (s *Site) makeCorrections(r request) (*newsstand.Entry, error) {
	page, err := s.stand.Corrections(web.Context(r.c), r.outlet, r.lang, r.page)
	if err != nil {
		return nil, err
	}
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.uri())
	address, others := correctionsPath(r.lang), correctionsAddresses(r.outlet)
	f.Title, f.Description, f.FeedBase = f.T("corrections.title"), f.T("corrections.lead"), address+"/"
	f.at(pageAddress(address, r.page), others)
	if r.page > 1 {
		f.Title = f.T("list.title", "Name", f.T("corrections.title"), "Page", r.page)
		f.Alternates = nil // the second pages of two languages hold different corrections
	}
	return s.html(fiber.StatusOK, "corrections", f, correctionsView{
		frame: f, Trail: f.trail(""), Corrections: f.corrections(page.Corrections), Pager: newPager(address, page.Page, page.Pages),
	})
}

// makeCorrectionFeed writes the newest corrections, for those who have carried
// what was wrong and must carry what is right (NĐ 237/2026 Đ19).
func (s *Site) makeCorrectionFeed(r request) (*newsstand.Entry, error) {
	page, err := s.stand.Corrections(web.Context(r.c), r.outlet, r.lang, 1)
	if err != nil {
		return nil, err
	}
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	feed := newFeed(f, r.file, correctionsAddresses(r.outlet))
	feed.Title, feed.Subtitle = f.T("corrections.title")+" – "+f.Text.Name, f.T("corrections.lead")
	feed.ID = stableID("corrections", r.outlet.ID, r.lang)
	for _, c := range f.corrections(page.Corrections) {
		feed.add(correctionEntry(f, c))
	}
	return feed.entry(r)
}

// correctionsAddresses are an outlet's lists of corrections by language.
func correctionsAddresses(o *release.Outlet) map[string]string {
	pages := map[string]string{}
	for _, lang := range o.Languages {
		pages[lang] = correctionsPath(lang)
	}
	return pages
}
