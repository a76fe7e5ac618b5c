package public

import (
	"encoding/xml"

	"doingoai/app/newsstand"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// feedsView lists what can be followed.
type feedsView struct {
	*frame
	Trail   []link
	Feeds   []feedLine
	Outline string
}

// feedLine is a feed in its forms.
type feedLine struct {
	Name  string
	page  string
	Forms []link
}

// feedNames are what the forms are called, in the order in which they are told.
var feedNames = []link{{atomFile, "Atom", false}, {rssFile, "RSS", false}, {jsonFile, "JSON Feed", false}}

func feedOf(name, page, base string) feedLine {
	line := feedLine{Name: name, page: page}
	for _, form := range feedNames {
		line.Forms = append(line.Forms, link{Href: base + form.Href, Name: form.Name})
	}
	return line
}

// feedLines lists the feeds of a language: of everything, of each section and
// each list of a kind that holds something, of the corrections; and a podcast where there is one.
func (f *frame) feedLines(heard bool) []feedLine {
	all := feedOf(f.T("feeds.all"), f.Home, f.Home)
	if heard {
		all.Forms = append(all.Forms, link{Href: f.Home + podcastFile, Name: "Podcast"})
	}
	lines := []feedLine{all}
	for _, l := range f.Sections {
		lines = append(lines, feedOf(l.Name, l.Href, l.Href+"/"))
	}
	for _, s := range f.Shelves {
		lines = append(lines, feedOf(s.Name, s.Href, s.Href+"/"))
	}
	return append(lines, feedOf(f.T("corrections.title"), f.CorrectionsAt, f.CorrectionsAt+"/"))
}

// outlinePath is where all feeds of a language are in one file.
func outlinePath(lang string) string { return homePath(lang) + outlineFile }

// makeFeeds shows what can be followed, and how.
func (s *Site) makeFeeds(r request) (*newsstand.Entry, error) {
	heard, err := s.stand.Heard(web.Context(r.c), r.outlet, r.lang, "", 1)
	if err != nil {
		return nil, err
	}
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	others := map[string]string{}
	for _, lang := range r.outlet.Languages {
		others[lang] = feedsPath(lang)
	}
	f.Title, f.Description = f.T("feeds.title"), f.T("feeds.lead")
	f.at(feedsPath(r.lang), others)
	return s.html(fiber.StatusOK, "feeds", f, feedsView{
		frame: f, Trail: f.trail(""), Feeds: f.feedLines(len(heard) > 0), Outline: outlinePath(r.lang),
	})
}

// The parts of an OPML 2.0 list of feeds.
type (
	opml struct {
		XMLName  xml.Name      `xml:"opml"`
		Version  string        `xml:"version,attr"`
		Title    string        `xml:"head>title"`
		Outlines []opmlOutline `xml:"body>outline"`
	}
	opmlOutline struct {
		Text string `xml:"text,attr"`
		Type string `xml:"type,attr"`
		Lang string `xml:"language,attr"`
		Feed string `xml:"xmlUrl,attr"`
		Page string `xml:"htmlUrl,attr"`
	}
)

// makeOutline lists the feeds of a language for programs that read feeds, each
// in one form, so that nobody follows the same one twice.
func (s *Site) makeOutline(r request) (*newsstand.Entry, error) {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	list := opml{Version: "2.0", Title: f.Text.Name}
	for _, l := range f.feedLines(false) {
		list.Outlines = append(list.Outlines, opmlOutline{
			Text: l.Name, Type: "rss", Lang: r.lang, Feed: f.base + l.Forms[0].Href, Page: f.base + l.page,
		})
	}
	return xmlEntry("text/x-opml; charset=utf-8", r.lang, list)
}
