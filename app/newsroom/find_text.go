package newsroom

import (
	"html/template"
	"strings"

	"doingoai/app/markup"
	"doingoai/app/search"
)

// findable is an edition as the index reads it.
type findable struct {
	row    editionRow
	newest Content
	live   *Content // what readers have, when that is another
	hosts  []string // agencies on whose outlets it stands
}

// document is the edition for the index. What readers have is found too, but
// does not weigh like the headline of today.
func (f *Finder) document(t findable) *search.Document {
	c := t.newest
	body := []string{f.plain(c.Body), c.Byline, c.SourceName, c.Lead.Caption, c.Lead.Credit, t.row.PlanNote, c.RepliesText(), c.Facts.Text()}
	body = append(body, c.About.words()...)
	if t.live != nil {
		body = append(body, t.live.Headline, t.live.Kicker, t.live.Standfirst, f.plain(t.live.Body), t.live.RepliesText(), t.live.Facts.Text())
	}
	return &search.Document{
		ID: t.row.ItemID, Lang: t.row.Lang, Tags: t.tags(), Published: t.row.edition().SavedAt,
		Title: c.Headline, Kicker: c.Kicker, Standfirst: c.Standfirst, Body: strings.Join(body, "\n"),
	}
}

// plain is what a body says. One that readers could not be given is taken as it
// was written: its writer looks for it all the same.
func (f *Finder) plain(body string) string {
	article, err := f.n.markup.Article(body)
	if err != nil {
		return body
	}
	return markup.Text(string(article.HTML))
}

const (
	excerptRunes = 240
	// beginning is how much of a body is read before all of it, in bytes: most
	// texts say near their beginning what they are about.
	beginning = 3000
)

// excerpt shows where a text speaks of what was looked for.
func (f *Finder) excerpt(c Content, terms markup.Terms) template.HTML {
	show := func(body string) template.HTML {
		return markup.Highlight(markup.Bind(strings.TrimSpace(c.Standfirst+" "+f.plain(body))), terms, excerptRunes)
	}
	if len(c.Body) > beginning {
		if end := strings.LastIndexByte(c.Body[:beginning], ' '); end > 0 {
			if marked := show(c.Body[:end]); strings.Contains(string(marked), "<mark>") {
				return marked
			}
		}
	}
	return show(c.Body)
}
