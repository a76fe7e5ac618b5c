package public

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"doingoai/app/locale"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/vietnamese"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// subject is what a list of articles is about: a tag, an author, an agency or a
// place.
type subject struct {
	Sort       newsstand.Sort
	ID         string
	Name, Line string
	slugs      map[string]string // by each language of the outlet: where it has no name, from the one shown instead
	Notes      []link            // what else there is to say of it, newest first
}

// sortNamed is the sort whose pages have a word in their address; "" for others.
func sortNamed(word string) newsstand.Sort {
	if sort := newsstand.Sort(locale.AddressName(word)); slices.Contains(newsstand.Sorts, sort) {
		return sort
	}
	return ""
}

// path is the address of a list about something. A name that changes
// leads to it for ever: that of an agency or a place ends in its identifier,
// and a tag's and an author's slugs stay their own.
func (s *subject) path(lang string) string {
	return fixedPath(lang, string(s.Sort)) + "/" + url.PathEscape(s.slugs[lang])
}

// subject answers what there is under an identifier, nil for nothing.
func (f *frame) subject(sort newsstand.Sort, id string) *subject {
	s := &subject{Sort: sort, ID: id, slugs: map[string]string{}}
	langs := []string{f.Lang()}
	if f.Outlet != nil {
		langs = f.Outlet.Languages
	}
	switch sort {
	case newsstand.AgencySort:
		a := f.site.Agency(id)
		if a == nil {
			return nil
		}
		s.Name = f.AgencyName(id)
		for _, lang := range langs {
			s.slugs[lang] = slugged(cmp.Or(a.Names[lang], a.Names["vi"]), id)
		}
	case newsstand.PlaceSort:
		p := f.site.Place(id)
		if p == nil {
			return nil
		}
		s.Name = f.placeName(p, f.Now())
		for _, lang := range langs {
			s.slugs[lang] = slugged(newsstand.NameAt(p, lang, f.Now()).Name, id)
		}
	default:
		l := f.site.Label(sort, id)
		if l == nil {
			return nil
		}
		s.ID, s.Name, s.Line = l.ID, l.In(f.Lang()).Name, l.Names[f.Lang()].Line
		if l.Agency != "" {
			s.Line = strings.TrimPrefix(s.Line+", "+f.AgencyName(l.Agency), ", ")
		}
		for _, lang := range langs {
			s.slugs[lang] = l.In(lang).Slug
		}
	}
	return s
}

// slugged is the end of an address that an identifier ends.
func slugged(name, id string) string {
	return strings.TrimPrefix(vietnamese.Slug(name, 60)+"-"+id, "-")
}

// placeName is what a place was called at a moment, with its rank.
func (f *frame) placeName(p *release.Place, at time.Time) string {
	n := newsstand.NameAt(p, f.Lang(), at)
	if key := "place." + n.Kind; f.P.Has(key) {
		return f.T(key, "Name", n.Name)
	}
	return n.Name
}

// placeNow is placeName with where it is today, when it is no more.
func (f *frame) placeNow(p *release.Place, at time.Time) string {
	var now []string
	for _, next := range f.site.Successors(p.ID) {
		now = append(now, f.placeName(next, f.Now()))
	}
	if len(now) == 0 {
		return f.placeName(p, at)
	}
	return f.T("place.now", "Name", f.placeName(p, at), "Now", strings.Join(now, ", "))
}

// subjectAt finds what an address is about. A slug of another language, or one
// it had before, is found as well.
func (f *frame) subjectAt(r request) *subject {
	switch r.sort {
	case newsstand.AgencySort, newsstand.PlaceSort:
		id := r.section[strings.LastIndexByte(r.section, '-')+1:]
		return f.subject(r.sort, strings.ToLower(id))
	}
	for _, lang := range append([]string{r.lang}, r.outlet.Languages...) {
		for _, slug := range []string{r.section, strings.ToLower(r.section)} {
			if l := f.site.LabelBySlug(r.sort, lang, slug); l != nil {
				return f.subject(r.sort, l.ID)
			}
		}
	}
	return nil
}

// makeSubject shows one page of the articles about something.
func (s *Site) makeSubject(r request) (*newsstand.Entry, error) {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.uri())
	about := f.subjectAt(r)
	if about == nil {
		return nil, notFound()
	}
	address := about.path(r.lang)
	if r.path() != address {
		return redirect(pageAddress(address, r.page)), nil
	}
	listing, err := s.stand.ListAbout(web.Context(r.c), r.outlet, r.lang, r.sort, about.ID, r.page)
	if err != nil {
		return nil, err
	}
	speaks, err := s.stand.Speaks(web.Context(r.c), r.outlet, r.sort, about.ID)
	if err != nil {
		return nil, err
	}
	f.Title, f.Description, f.FeedBase = about.Name, about.Line, address+"/"
	others := map[string]string{}
	for _, lang := range speaks {
		others[lang] = about.path(lang)
	}
	f.at(pageAddress(address, r.page), others)
	if r.page > 1 {
		f.Title = f.T("list.title", "Name", about.Name, "Page", r.page)
		f.Alternates = nil // the second pages of two languages hold different articles
	}
	if listing.Total == 0 {
		f.Robots = "noindex"
	}
	v := listView{
		frame: f, Name: about.Name, About: about.Line, Trail: []link{{Href: f.Home, Name: f.T("site.home")}}, Notes: f.notes(about),
		Rest: f.teasers(listing.Cards), Total: listing.Total, Pager: newPager(address, listing.Page, listing.Pages),
	}
	v.begin("")
	return s.html(fiber.StatusOK, "list", f, v)
}

// notes are what was and what became of an agency or a place.
func (f *frame) notes(s *subject) []link {
	var notes []link
	say := func(next *subject, key string) {
		if next != nil {
			notes = append(notes, link{Href: next.path(f.Lang()), Name: f.T(key, "Name", next.Name)})
		}
	}
	switch s.Sort {
	case newsstand.AgencySort:
		a := f.site.Agency(s.ID)
		if a.Into != "" {
			say(f.subject(s.Sort, a.Into), "subject.into")
		}
		for _, n := range slices.Backward(a.Former) {
			if n.Lang == f.Lang() {
				notes = append(notes, link{Name: f.T("subject.former", "Name", n.Name, "Date", f.Date(n.Until))})
			}
		}
	case newsstand.PlaceSort:
		p := f.site.Place(s.ID)
		for _, next := range f.site.Successors(s.ID) {
			say(f.subject(s.Sort, next.ID), "subject.into")
		}
		for _, n := range slices.Backward(p.Names) {
			if n.Lang == f.Lang() && !n.To.IsZero() {
				notes = append(notes, link{Name: f.T("subject.former", "Name", f.placeName(p, n.To.Add(-time.Microsecond)), "Date", f.Date(n.To))})
			}
		}
		for _, rel := range p.Relations {
			switch {
			case rel.Kind == "merged_into" && rel.To == s.ID:
				say(f.subject(s.Sort, rel.From), "subject.from")
			case rel.Kind == "split_from" && rel.From == s.ID:
				say(f.subject(s.Sort, rel.To), "subject.from")
			}
		}
	}
	return notes
}

// makeSubjectFeed writes the newest articles about something.
func (s *Site) makeSubjectFeed(r request) (*newsstand.Entry, error) {
	f := s.frame(web.Context(r.c), r.outlet, r.lang, r.uri())
	about := f.subjectAt(r)
	if about == nil {
		return nil, notFound()
	}
	page := about.path(r.lang)
	if r.path() != page+"/"+r.file {
		return redirect(page + "/" + r.file), nil
	}
	articles, err := s.stand.NewestAbout(web.Context(r.c), r.outlet, r.lang, r.sort, about.ID, feedSize)
	if err != nil {
		return nil, err
	}
	feed := newFeed(f, r.file, map[string]string{r.lang: page})
	feed.Title, feed.Subtitle = about.Name+" – "+f.Text.Name, about.Line
	feed.ID = stableID("feed", r.outlet.ID, r.lang, string(r.sort), about.ID)
	for _, a := range articles {
		feed.add(newEntry(f, a))
	}
	return feed.entry(r)
}

// mapOfSubjects lists the pages of everything that an outlet has articles about.
func (s *Site) mapOfSubjects(r request) ([]mapURL, error) {
	var urls []mapURL
	base := s.base(r.outlet)
	for _, sort := range newsstand.Sorts {
		versions := map[string][]version{}
		var ids []string
		for _, lang := range r.outlet.Languages {
			filled, err := s.stand.About(web.Context(r.c), r.outlet, lang, sort)
			if err != nil {
				return nil, err
			}
			f := newFrame(s.stand.Site(), r.outlet, web.NewBase(s.words.Printer("public", lang), ""))
			for _, id := range filled {
				if about := f.subject(sort, id); about != nil {
					versions[id] = append(versions[id], version{lang: lang, href: base + about.path(lang)})
					ids = append(ids, id)
				}
			}
		}
		slices.Sort(ids)
		for _, id := range slices.Compact(ids) {
			urls = append(urls, mapped(versions[id])...)
		}
	}
	return urls, nil
}

// subjects are what an article says it is about, as links.
func (f *frame) subjects(sort newsstand.Sort, ids []string) []link {
	var links []link
	for _, id := range ids {
		if s := f.subject(sort, id); s != nil {
			if l := (link{Href: s.path(f.Lang()), Name: s.Name}); !slices.Contains(links, l) {
				links = append(links, l)
			}
		}
	}
	return links
}

// placed are the places of an article, called as they were on the day of what
// it tells of.
func (f *frame) placed(a *release.Article) []link {
	at := a.Published
	if day, err := time.ParseInLocation(time.DateOnly, a.Happened, locale.Zone()); err == nil {
		at = day
	}
	var links []link
	for _, id := range a.Places {
		if p := f.site.Place(id); p != nil {
			links = append(links, link{Href: f.subject(newsstand.PlaceSort, id).path(f.Lang()), Name: f.placeNow(p, at)})
		}
	}
	return links
}

// tagged are the tags of an article that have a name in the page's language.
func (f *frame) tagged(a *release.Article) []link {
	return f.subjects(newsstand.TagSort, slices.DeleteFunc(slices.Clone(a.Tags), func(id string) bool {
		l := f.site.Label(newsstand.TagSort, id)
		return l == nil || l.Names[f.Lang()].Name == ""
	}))
}

// writers are who wrote an article: by their pen names, then guests.
func (f *frame) writers(a *release.Article) []string {
	var names []string
	for _, l := range f.subjects(newsstand.AuthorSort, a.Authors) {
		names = append(names, l.Name)
	}
	if a.Byline != "" {
		names = append(names, a.Byline)
	}
	return names
}
