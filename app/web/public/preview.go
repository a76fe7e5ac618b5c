package public

import (
	"io"

	"doingoai/app/locale"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/theme"
	"doingoai/app/web"
)

// Preview writes an article as readers of an outlet would see it, in the
// outlet's theme and marked as a preview; note says which text of the article
// it is. It needs no newsstand: what surrounds the article is given.
func Preview(words *locale.Catalogue, themes map[string]*theme.Theme) func(w io.Writer, outlet *release.Outlet, sections []release.Section, doc *release.Article, note string) error {
	return func(w io.Writer, outlet *release.Outlet, sections []release.Section, doc *release.Article, note string) error {
		site := newsstand.NewSite([]release.Outlet{*outlet}, sections, nil)
		path := articlePath(doc.Lang, site.Section(doc.Section), doc.Slug, doc.ID)
		f := newFrame(site, outlet, web.NewBase(speaker(words, outlet, doc.Lang), path))
		f.Preview, f.Banner, f.Robots = true, f.T("preview.banner"), "noindex"
		if note != "" {
			f.Banner += " · " + note
		}
		return themeOf(themes, outlet).Render(w, "article", newArticle(f, doc))
	}
}
