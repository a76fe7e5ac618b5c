package public

import (
	"bytes"
	"crypto/sha1"
	"encoding/xml"
	"fmt"
	"html"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/kind"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// The parts of an Atom feed (RFC 4287) and what it takes back (RFC 6721).
type (
	atomFeed struct {
		XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Stones   string      `xml:"xmlns:at,attr"`
		Lang     string      `xml:"xml:lang,attr"`
		Base     string      `xml:"xml:base,attr"`
		ID       string      `xml:"id"`
		Title    string      `xml:"title"`
		Subtitle string      `xml:"subtitle,omitempty"`
		Updated  time.Time   `xml:"updated"`
		Author   atomPerson  `xml:"author"`
		Links    []atomLink  `xml:"link"`
		Entries  []atomEntry `xml:"entry"`
		Gone     []atomStone `xml:"at:deleted-entry"`

		cover string // the picture of a podcast
	}
	atomStone struct {
		Ref  string    `xml:"ref,attr"`
		When time.Time `xml:"when,attr"`
	}
	atomPerson struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel    string `xml:"rel,attr"`
		Type   string `xml:"type,attr,omitempty"`
		Lang   string `xml:"hreflang,attr,omitempty"`
		Length int64  `xml:"length,attr,omitempty"`
		Href   string `xml:"href,attr"`
	}
	atomEntry struct {
		ID        string         `xml:"id"`
		Title     string         `xml:"title"`
		Published time.Time      `xml:"published"`
		Updated   time.Time      `xml:"updated"`
		Author    atomPerson     `xml:"author"`
		Category  []atomCategory `xml:"category"`
		Links     []atomLink     `xml:"link"`
		Summary   *atomText      `xml:"summary"`
		Content   atomText       `xml:"content"`
	}
	atomCategory struct {
		Term  string `xml:"term,attr"`
		Label string `xml:"label,attr"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)

// feedTypes are the media types of a feed's forms.
var feedTypes = map[string]string{
	atomFile: "application/atom+xml", rssFile: "application/rss+xml", jsonFile: "application/feed+json", podcastFile: "application/rss+xml",
}

// feedSize is how many articles a feed holds.
const feedSize = 30

// makeFeed writes the newest articles of an outlet or a section, complete, in
// the form that the address asks for.
func (s *Site) makeFeed(r request) (*newsstand.Entry, error) {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	title, subtitle, section, pages := f.Text.Name, f.Text.Tagline, "", homes(r.outlet.Languages)
	if r.section != "" {
		sec, current := s.sectionAt(r)
		if sec == nil {
			return nil, notFound()
		}
		if !current {
			return redirect(sectionPath(r.lang, sec) + "/" + r.file), nil
		}
		name := sec.Names[r.lang]
		title, subtitle, section = name.Name+" – "+f.Text.Name, name.Description, sec.ID
		pages = sectionAddresses(r.outlet, sec, "")
	}
	newest := s.stand.Newest
	if r.file == podcastFile {
		newest = s.stand.Heard
	}
	articles, err := newest(web.Context(r.c), r.outlet, r.lang, section, feedSize)
	if err != nil {
		return nil, err
	}
	gone, err := s.stand.Withdrawn(web.Context(r.c), r.outlet, r.lang, section)
	if err != nil {
		return nil, err
	}
	feed := newFeed(f, r.file, pages)
	feed.Title, feed.Subtitle = title, subtitle
	feed.ID, feed.cover = stableID("feed", r.outlet.ID, r.lang, section), s.cover(f).Src
	feed.fill(f, articles, gone)
	return feed.entry(r)
}

// makeKindFeed writes the newest items of a kind likewise.
func (s *Site) makeKindFeed(r request) (*newsstand.Entry, error) {
	articles, err := s.stand.NewestOf(web.Context(r.c), r.outlet, r.lang, r.of, feedSize)
	if err != nil {
		return nil, err
	}
	gone, err := s.stand.Withdrawn(web.Context(r.c), r.outlet, r.lang, "") // what remains of an item does not tell its kind
	if err != nil {
		return nil, err
	}
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	feed := newFeed(f, r.file, kindAddresses(r.outlet, r.of))
	feed.Title, feed.Subtitle = f.T(kindNames[r.of]+".title")+" – "+f.Text.Name, f.T(kindNames[r.of]+".lead")
	feed.ID, feed.cover = stableID("feed", r.outlet.ID, r.lang, "/"+string(r.of)), s.cover(f).Src
	feed.fill(f, articles, gone)
	return feed.entry(r)
}

// kindAddresses are those of the list of a kind by language.
func kindAddresses(o *release.Outlet, k kind.Kind) map[string]string {
	pages := map[string]string{}
	for _, lang := range o.Languages {
		pages[lang] = kindPath(lang, k)
	}
	return pages
}

// fill puts articles in, and takes back what was withdrawn.
func (feed *atomFeed) fill(f *frame, articles []*release.Article, gone []newsstand.Withdrawn) {
	for _, a := range articles {
		feed.add(newEntry(f, a))
	}
	for _, w := range gone {
		feed.takeBack(stableID("article", w.ID, f.Lang()), w.At)
	}
}

// newFeed begins a feed in a form, of a page with these addresses by language.
// A feed without anything has never changed.
func newFeed(f *frame, form string, pages map[string]string) *atomFeed {
	feed := &atomFeed{
		Stones: "http://purl.org/atompub/tombstones/1.0", Lang: f.Lang(), Base: f.base + "/",
		Author: atomPerson{f.Publisher()}, Updated: time.Unix(0, 0).UTC(),
		Links: []atomLink{
			{Rel: "self", Type: feedTypes[form], Href: f.base + f.Path},
			{Rel: "alternate", Type: "text/html", Lang: f.Lang(), Href: f.base + pages[f.Lang()]},
		},
	}
	for _, lang := range f.Outlet.Languages {
		if page := pages[lang]; page != "" && lang != f.Lang() {
			feed.Links = append(feed.Links, atomLink{Rel: "alternate", Type: feedTypes[form], Lang: lang, Href: f.base + strings.TrimSuffix(page, "/") + "/" + form})
		}
	}
	return feed
}

func (feed *atomFeed) add(e atomEntry) {
	feed.Entries = append(feed.Entries, e)
	feed.changed(e.Updated)
}

// takeBack tells whoever has an entry that readers have lost it.
func (feed *atomFeed) takeBack(id string, at time.Time) {
	feed.Gone = append(feed.Gone, atomStone{id, second(at)})
	feed.changed(second(at))
}

func (feed *atomFeed) changed(at time.Time) {
	if at.After(feed.Updated) {
		feed.Updated = at
	}
}

// entry answers the feed in the form that was asked for. Atom says the most,
// so the others are written from it.
func (feed *atomFeed) entry(r request) (*newsstand.Entry, error) {
	mediaType := feedTypes[r.file] + "; charset=utf-8"
	switch r.file {
	case jsonFile:
		return jsonEntry(mediaType, r.lang, newJSONFeed(feed))
	case rssFile:
		return xmlEntry(mediaType, r.lang, newRSS(feed))
	case podcastFile:
		return xmlEntry(mediaType, r.lang, newPodcast(feed, feed.cover))
	}
	return xmlEntry(mediaType, r.lang, feed)
}

// second is a moment as machines are told it.
func second(t time.Time) time.Time { return t.UTC().Truncate(time.Second) }

func newEntry(f *frame, a *release.Article) atomEntry {
	e := atomEntry{
		ID: stableID("article", a.ID, a.Lang), Title: a.Title, Published: second(a.Published), Updated: second(a.Updated),
		Author:  atomPerson{creator(f, a)},
		Links:   []atomLink{{Rel: "alternate", Type: "text/html", Lang: a.Lang, Href: f.base + articlePath(a.Lang, f.site.Section(a.Section), a.Slug, a.ID)}},
		Content: atomText{"html", feedBody(f, a)},
	}
	e.Category = category(f, a.Section)
	if a.Sample {
		e.Category = append(e.Category, atomCategory{"sample", f.T("article.sample")})
	}
	if a.Standfirst != "" || a.Sample {
		e.Summary = &atomText{"text", f.labelled(a, a.Standfirst)}
	}
	for _, id := range a.Tags {
		if l := f.site.Label(newsstand.TagSort, id); l != nil && l.Names[f.Lang()].Name != "" {
			e.Category = append(e.Category, atomCategory{l.Names[f.Lang()].Slug, l.Names[f.Lang()].Name})
		}
	}
	if a.Format != "" {
		e.Category = append(e.Category, atomCategory{a.Format, f.code("format.", a.Format)})
	}
	for i, s := range f.rests(a) {
		if s.Href != "" {
			e.Links = append(e.Links, atomLink{Rel: viaOr(i == 0 && a.Source != nil), Href: s.Href})
		}
	}
	if a.Lead != nil {
		e.enclose(f, a.Lead.Fitting(sharedWidth))
	}
	for _, file := range a.Attached {
		e.enclose(f, file)
	}
	for _, file := range a.Files {
		if file.Plays() && !strings.HasPrefix(file.Type, "image/") {
			e.enclose(f, file)
		}
	}
	return e
}

// enclose puts a file beside an entry.
func (e *atomEntry) enclose(f *frame, file release.File) {
	e.Links = append(e.Links, atomLink{Rel: "enclosure", Type: file.Type, Length: file.Size, Href: f.base + file.Path()})
}

// category is a section as feeds name it, nothing when it has no name in the language.
func category(f *frame, section string) []atomCategory {
	sec := f.site.Section(section)
	if sec == nil || sec.Names[f.Lang()].Name == "" {
		return nil
	}
	return []atomCategory{{sec.Names[f.Lang()].Slug, sec.Names[f.Lang()].Name}}
}

// correctionEntry tells a correction by itself.
func correctionEntry(f *frame, c correctionView) atomEntry {
	e := atomEntry{
		ID: stableID("correction", c.of.ID, c.of.Lang, strconv.Itoa(c.of.Number)), Title: f.T("corrections.of", "Title", c.Work.Name),
		Published: second(c.of.At), Updated: second(c.of.At), Author: atomPerson{f.Publisher()},
		Links:   []atomLink{{Rel: "alternate", Type: "text/html", Lang: c.of.Lang, Href: f.base + c.Work.Href}},
		Content: atomText{"text", strings.TrimSpace(c.Note + " " + c.Right)},
	}
	e.Category = category(f, c.of.Section)
	return e
}

// labelled is a text about an article that says when it is only a sample.
func (f *frame) labelled(a *release.Article, text string) string {
	switch {
	case !a.Sample:
		return text
	case text == "":
		return f.T("article.sample")
	}
	return f.T("article.sample_of", "Text", text)
}

// feedBody is the text with what a reader of the feed must be told as well: a
// correction, a sample, where the text was taken from.
func feedBody(f *frame, a *release.Article) string {
	var b bytes.Buffer
	say := func(label, text string) {
		fmt.Fprintf(&b, "<p><strong>%s</strong> %s</p>\n", html.EscapeString(label), html.EscapeString(text))
	}
	if a.Sample {
		say(f.T("article.sample"), "")
	}
	if machine := f.machine(a); machine != "" {
		say(machine, "")
	}
	if a.Claim != nil {
		say(f.T("article.claim"), a.Claim.Text+" ("+a.Claim.URL+")")
		say("", f.T("article.claim_body", "Name", a.Claim.Body))
	}
	for _, c := range a.Corrections() {
		s := f.said(c.Note, c.Right, c.At)
		say(f.T("article.correction"), strings.TrimSpace(s.Note+" "+s.Right)+" ("+s.Date+")")
	}
	for _, c := range a.Changes {
		say(f.T("article.updated"), f.DateTime(c.At)+": "+c.Note)
	}
	b.WriteString(string(a.HTML))
	for _, r := range a.Replies {
		h := f.heard(r)
		say(f.T("reply.title"), strings.Join(slices.DeleteFunc([]string{h.Party, h.Position, h.Round, h.Date}, func(s string) bool { return s == "" }), ", "))
		b.WriteString(string(h.Text))
		if h.Answer != "" {
			say(f.T("reply.answer"), "")
			b.WriteString(string(h.Answer))
		}
	}
	for _, s := range f.rests(a) {
		say(f.T("article.source"), strings.TrimSuffix(s.Name+", "+s.Date, ", "))
	}
	return b.String()
}

// viaOr is how a feed links a source: the one the text was taken from, or one
// that it rests on.
func viaOr(taken bool) string {
	if taken {
		return "via"
	}
	return "related"
}

// names is the name space of identifiers made of names (RFC 9562 §5.5): a
// UUID drawn once for this program.
var names = [16]byte{0x6d, 0x2f, 0x91, 0x5e, 0x0c, 0x47, 0x4b, 0xa3, 0x9e, 0x18, 0x35, 0xd7, 0x60, 0xf4, 0x8a, 0x2b}

// stableID is an identifier that a change of host, section or slug leaves as
// it is, so that no feed reader shows an article twice.
func stableID(parts ...string) string {
	h := sha1.New()
	h.Write(names[:])
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	u := h.Sum(nil)[:16]
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// xmlEntry writes a document as an answer.
func xmlEntry(mediaType, lang string, document any) (*newsstand.Entry, error) {
	body, err := xml.MarshalIndent(document, "", " ")
	if err != nil {
		return nil, err
	}
	e := newsstand.NewEntry(fiber.StatusOK, mediaType, append([]byte(xml.Header), append(body, '\n')...))
	e.Language = lang
	return e, nil
}
