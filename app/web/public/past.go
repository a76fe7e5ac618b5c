package public

import (
	"io"

	"doingoai/app/locale"
	"doingoai/app/markup"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/theme"
	"doingoai/app/web"
)

// AsRead writes an article, or the notice of its withdrawal, as readers of an
// outlet had it at a moment; the banner says which moment that is.
func AsRead(words *locale.Catalogue, themes map[string]*theme.Theme) func(w io.Writer, p release.Past, outlet, banner string) error {
	return func(w io.Writer, p release.Past, on, banner string) error {
		site := newsstand.NewSite(p.Outlets, p.Sections, p.Agencies)
		outlet := site.Outlet(on)
		section, slug := "", ""
		if p.Article != nil {
			section, slug = p.Article.Section, p.Article.Slug
		} else if p.Stone != nil {
			section = p.Stone.Section
		}
		f := newFrame(site, outlet, web.NewBase(speaker(words, outlet, p.Lang), articlePath(p.Lang, site.Section(section), slug, p.ID)))
		f.Preview, f.Banner, f.Robots = true, banner, "noindex"
		look := themeOf(themes, outlet)
		if p.Article != nil {
			return look.Render(w, "article", newArticle(f, p.Article.On(on)))
		}
		return look.Render(w, "gone", newGone(f, p.Stone))
	}
}

// newGone prepares the notice that an article was withdrawn.
func newGone(f *frame, stone *release.Tombstone) goneView {
	f.Title = f.T("error.gone.title")
	if stone.Expired {
		f.Title = f.T("gone.expired")
	}
	f.here(stone.Section)
	shown := *stone
	shown.Note = markup.Bind(shown.Note)
	return goneView{
		frame: f, Tombstone: &shown,
		Section: link{Href: f.SectionHref(stone.Section), Name: f.SectionName(stone.Section)},
	}
}
