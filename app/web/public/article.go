package public

import (
	"html/template"

	"doingoai/app/markup"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// articleView is an article.
type articleView struct {
	*frame
	*release.Article
	Trail   []link
	Place   link   // its section
	Owner   string // the agency it belongs to
	Related []teaser
	Others  []reading
	Said    []said      // its corrections, newest first
	Heard   []heard     // the replies to it
	Newer   *newer      // of a translation: what its source says by now
	Shown   *picture    // its lead picture
	Data    template.JS // what it is, in schema.org's words
	Known   []knownFact // what is known beside the text
	Beside  *kindPart   // of what is no article
	Rests   []sourced   // what it rests on, its own source first
	Machine string      // what a machine made of it, in words
	Writers []link      // its authors by their pen names; guests are in the byline
	Tagged  []link
	Named   []link // the agencies it speaks of
	Placed  []link
}

// reading is the article in another language, with the invitation to read it there.
type reading struct{ Lang, Href, Title, Invitation string }

// missingView says honestly that an article is not available in the language
// of the address, and where it can be read.
type missingView struct {
	*frame
	Others []reading
}

// goneView is what remains of a withdrawn article.
type goneView struct {
	*frame
	*release.Tombstone
	Others  []reading
	Section link
}

// makeArticle shows an article at its one address. The identifier decides;
// another slug or section in the address leads to the right one for good.
func (s *Site) makeArticle(r request) (*newsstand.Entry, error) {
	page, err := s.stand.Article(web.Context(r.c), r.outlet, r.lang, r.id)
	if err != nil {
		return nil, err
	}
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.path())
	switch {
	case page.Withdrawn != nil:
		return s.makeGone(f, page)
	case page.Elsewhere != nil:
		return s.leadElsewhere(f, page.Elsewhere)
	case page.Article == nil:
		return s.makeMissing(f, page)
	}
	a := page.Article
	address := articlePath(r.lang, f.site.Section(a.Section), a.Slug, a.ID)
	if r.path() != address {
		return redirect(address), nil
	}
	f.at(address, f.cardAddresses(page.Others))
	s.lacks(f)
	if home := s.baseOf(f.site, a.MainOutlet, a.Lang); home != "" && a.MainOutlet != r.outlet.ID {
		f.Canonical, f.Alternates = home+address, nil // its languages are told there
	}
	f.Shared = s.articleShared(f, a)
	v := newArticle(f, a)
	v.Related, v.Others = f.teasers(page.Related), f.readings(page.Others)
	v.Newer = v.newer()
	if err := s.leadToReplacing(web.Context(r.c), &v); err != nil {
		return nil, err
	}
	f.describeTrail(v.Trail, a.Title)
	dropSection(v.Related, a.Section)
	return s.html(fiber.StatusOK, "article", f, v)
}

// leadElsewhere leads to an outlet that carries an article which this one does
// not carry, or not any more: to the canonical one where it can.
func (s *Site) leadElsewhere(f *frame, a *release.Article) (*newsstand.Entry, error) {
	for _, id := range append([]string{a.MainOutlet}, a.Outlets...) {
		if base := s.baseOf(f.site, id, a.Lang); base != "" {
			return redirect(base + articlePath(a.Lang, f.site.Section(a.Section), a.Slug, a.ID)), nil
		}
	}
	return nil, notFound()
}

// baseOf is the beginning of an outlet's addresses in a language, "" where it
// has none.
func (s *Site) baseOf(site *newsstand.Site, id, lang string) string {
	if o := site.Outlet(id); o != nil && speaks(o, lang) {
		return s.base(o)
	}
	return ""
}

// newArticle prepares an article's page in a frame that knows its address.
func newArticle(f *frame, a *release.Article) articleView {
	f.here(a.Section)
	f.Title, f.Description = a.Title, a.Standfirst
	f.ShareTitle = f.labelled(a, a.Title)
	v := articleView{
		frame: f, Article: bound(a), Trail: f.trail(a.Section), Owner: f.AgencyNameAt(a.Agency, a.Published),
		Place: link{Href: f.SectionHref(a.Section), Name: f.SectionName(a.Section)},
		Data:  newsArticle(f, a),
	}
	if v.Lead != nil {
		v.Shown = show(v.Lead, articleSizes)
		v.Shown.First = true
	}
	for _, c := range a.Corrections() {
		v.Said = append(v.Said, f.said(c.Note, c.Right, c.At))
	}
	for _, r := range a.Replies {
		v.Heard = append(v.Heard, f.heard(r))
	}
	if v.Place.Name != "" {
		v.Trail = append(v.Trail, v.Place)
	}
	v.Rests, v.Machine = f.rests(a), f.machine(a)
	if v.Known, v.Beside = f.known(a), f.kindPart(a); v.Beside != nil {
		v.Data = kindData(f, a)
	}
	v.Writers, v.Tagged = f.subjects(newsstand.AuthorSort, a.Authors), f.tagged(a)
	v.Named, v.Placed = f.subjects(newsstand.AgencySort, a.Agencies), f.placed(a)
	return v
}

// bound is an article whose numbers stay with their units where it is read;
// what the head tells machines has the plain spaces that were typed.
func bound(a *release.Article) *release.Article {
	b := *a
	b.HTML = text(a)
	b.Kicker, b.Title, b.Standfirst = markup.Bind(a.Kicker), markup.Bind(a.Title), markup.Bind(a.Standfirst)
	if a.Lead != nil {
		lead := *a.Lead
		lead.Caption = markup.Bind(lead.Caption)
		b.Lead = &lead
	}
	b.Changes = nil
	for _, c := range a.Changes {
		b.Changes = append(b.Changes, release.Change{Note: markup.Bind(c.Note), At: c.At})
	}
	return &b
}

// Creator is who wrote the article: a name, else the agency.
func (v articleView) Creator() string { return creator(v.frame, v.Article) }

// Contributor is the agency that answers for it, where others wrote it.
func (v articleView) Contributor() string {
	if v.Owner == v.Creator() {
		return ""
	}
	return v.Owner
}

func creator(f *frame, a *release.Article) string {
	if writers := f.writers(a); len(writers) > 0 {
		return semicolons(writers...)
	}
	if name := f.AgencyNameAt(a.Agency, a.Published); name != "" {
		return name
	}
	return f.Publisher()
}

// Above is the word above the headline; a label says it already when it says
// that this is a sample.
func (v articleView) Above() string {
	if v.Sample && v.Kicker == v.T("article.sample") {
		return ""
	}
	return v.Kicker
}

// About describes the article where a description is a must.
func (v articleView) About() string {
	if v.Description != "" {
		return v.Description
	}
	return v.frame.Title
}

// Identifier names the article for good.
func (v articleView) Identifier() string {
	if v.Canonical != "" {
		return v.Canonical
	}
	return v.ID
}

// Changed says whether the page reads otherwise than when it first appeared.
func (v articleView) Changed() bool { return v.Updated.After(v.Published) }

func (f *frame) readings(cards []newsstand.Card) []reading {
	list := make([]reading, len(cards))
	for i, c := range cards {
		list[i] = reading{Lang: c.Lang, Href: f.Href(c), Title: markup.Bind(c.Title), Invitation: f.T("missing.read", "Language", f.language(c.Lang))}
	}
	return list
}

// makeMissing answers an article's address in a language it is not released in.
func (s *Site) makeMissing(f *frame, page *newsstand.ArticlePage) (*newsstand.Entry, error) {
	f.Robots = "noindex"
	f.Title = f.T("missing.title", "Language", f.language(f.Lang()))
	f.leadToStones(page)
	f.leadTo(page.Others)
	return s.html(fiber.StatusNotFound, "missing", f, missingView{f, f.readings(page.Others)})
}

// makeGone answers the address of a withdrawn article with its tombstone.
func (s *Site) makeGone(f *frame, page *newsstand.ArticlePage) (*newsstand.Entry, error) {
	f.Robots = "noindex"
	v := newGone(f, page.Withdrawn)
	f.leadToStones(page)
	f.leadTo(page.Others)
	v.Others = f.readings(page.Others)
	return s.html(fiber.StatusGone, "gone", f, v)
}
