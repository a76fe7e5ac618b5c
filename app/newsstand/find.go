package newsstand

import (
	"context"
	"html/template"
	"slices"
	"strings"

	"doingoai/app/markup"
	"doingoai/app/release"
	"doingoai/app/search"
)

// SearchPage is one page of what was found.
type SearchPage struct {
	Hits        []Hit
	Page, Pages int
	Total       int
}

// Hit is an article that was found, with the words that were looked for marked.
type Hit struct {
	Card
	Title   template.HTML
	Excerpt template.HTML
}

// HitsPerPage is how many hits one page of a search shows.
const HitsPerPage = 10

const (
	maxPages     = 50 // nobody reads further, and each costs a walk over all before it
	excerptRunes = 240
)

// Search looks for words in an outlet's articles of a language. Hits that
// were withdrawn in this very moment are left out. A page past the end does
// not exist; finding nothing is one empty page.
func (s *Stand) Search(ctx context.Context, outlet *release.Outlet, lang, section, text string, page int) (*SearchPage, error) {
	if page < 1 || page > maxPages {
		return nil, notFound()
	}
	result, err := s.index.Search(ctx, search.Query{
		Text: text, Lang: lang, Outlet: outlet.ID, Section: section, From: (page - 1) * HitsPerPage, Size: HitsPerPage,
	})
	if err != nil {
		return nil, err
	}
	found := &SearchPage{Page: page, Total: int(result.Total)}
	found.Pages = min(maxPages, max(1, (found.Total+HitsPerPage-1)/HitsPerPage))
	if page > found.Pages {
		return nil, notFound()
	}
	keys := make([]release.Key, len(result.Hits))
	for i, h := range result.Hits {
		keys[i] = release.Key{Kind: release.ArticleKind, ID: h.ID, Lang: h.Lang}
	}
	rows, err := loadArticles(s.db.Read(ctx), keys)
	if err != nil {
		return nil, err
	}
	compare := search.Comparer(lang)
	for _, row := range rows {
		a, err := decode(row.entry())
		if err != nil {
			return nil, err
		}
		// The index may be a moment behind: an outlet may just have dropped it.
		if slices.Contains(a.Outlets, outlet.ID) {
			found.Hits = append(found.Hits, hitOf(a.On(outlet.ID), outlet.ID, row.Text, markup.Terms{Words: result.Terms, Compare: compare}))
		}
	}
	return found, nil
}

func hitOf(a *release.Article, outlet, text string, terms markup.Terms) Hit {
	if text == "" {
		text = a.Standfirst
	}
	return Hit{
		Card:    cardOf(a, outlet),
		Title:   markup.Highlight(markup.Bind(a.Title), terms, 0),
		Excerpt: excerpt(text, terms),
	}
}

// excerpt shows where a text speaks of what was looked for. Most texts do so
// near their beginning; the rest is read only when that says nothing.
func excerpt(text string, terms markup.Terms) template.HTML {
	const beginning = 3000 // bytes: some 400 words
	if len(text) > beginning {
		if end := strings.LastIndexByte(text[:beginning], ' '); end > 0 {
			marked := markup.Highlight(markup.Bind(text[:end]), terms, excerptRunes)
			if strings.Contains(string(marked), "<mark>") {
				return marked
			}
		}
	}
	return markup.Highlight(markup.Bind(text), terms, excerptRunes)
}
