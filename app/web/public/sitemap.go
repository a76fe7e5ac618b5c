package public

import (
	"cmp"
	"encoding/xml"
	"slices"
	"strconv"
	"time"

	"doingoai/app/kind"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"
	"doingoai/content"
)

// The parts of a site map (sitemaps.org 0.9) with its translations.
type (
	mapIndex struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Files   []mapLoc `xml:"sitemap"`
	}
	mapLoc struct {
		Loc string `xml:"loc"`
	}
	mapSet struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		XHTML   string   `xml:"xmlns:xhtml,attr,omitempty"`
		Image   string   `xml:"xmlns:image,attr,omitempty"`
		News    string   `xml:"xmlns:news,attr,omitempty"`
		URLs    []mapURL `xml:"url"`
	}
	mapURL struct {
		Loc   string    `xml:"loc"`
		Mod   string    `xml:"lastmod,omitempty"`
		Image *mapImage `xml:"image:image"`
		News  *mapNews  `xml:"news:news"`
		Links []mapLink `xml:"xhtml:link"`
	}
	mapImage struct {
		Loc string `xml:"image:loc"`
	}
	mapNews struct {
		Name      string `xml:"news:publication>news:name"`
		Language  string `xml:"news:publication>news:language"`
		Published string `xml:"news:publication_date"`
		Title     string `xml:"news:title"`
	}
	mapLink struct {
		Rel  string `xml:"rel,attr"`
		Lang string `xml:"hreflang,attr"`
		Href string `xml:"href,attr"`
	}
)

const xmlType = "application/xml; charset=utf-8"

// makeMap lists the files of the site map: file 0 holds the home pages and
// sections, the others the articles.
func (s *Site) makeMap(r request) (*newsstand.Entry, error) {
	pages, err := s.stand.MapPages(web.Context(r.c), r.outlet)
	if err != nil {
		return nil, err
	}
	var index mapIndex
	for n := range pages + 1 {
		index.Files = append(index.Files, mapLoc{s.base(r.outlet) + mapPath(n)})
	}
	news, err := s.mapOfNews(r)
	if err != nil {
		return nil, err
	}
	if len(news) > 0 { // a map of nothing is not valid
		index.Files = append(index.Files, mapLoc{s.base(r.outlet) + newsMapPath})
	}
	return xmlEntry(xmlType, "", index)
}

func mapPath(n int) string { return "/-/sitemap/" + strconv.Itoa(n) + ".xml" }

// newsMap names the file of the site map that lists what is new.
const (
	newsMap     = "news"
	newsMapPath = "/-/sitemap/" + newsMap + ".xml"
)

func (s *Site) makeMapFile(r request) (*newsstand.Entry, error) {
	if r.file == newsMap {
		return s.makeNewsMap(r)
	}
	n, err := strconv.Atoi(r.file)
	if err != nil || strconv.Itoa(n) != r.file {
		return nil, notFound()
	}
	set := mapSet{XHTML: "http://www.w3.org/1999/xhtml", Image: "http://www.google.com/schemas/sitemap-image/1.1"}
	if n == 0 {
		subjects, err := s.mapOfSubjects(r)
		if err != nil {
			return nil, err
		}
		shelves, err := s.mapOfKinds(r)
		if err != nil {
			return nil, err
		}
		set.URLs = slices.Concat(s.mapOfSections(r.outlet), shelves, subjects)
		return xmlEntry(xmlType, "", set)
	}
	cards, err := s.stand.MapPage(web.Context(r.c), r.outlet, n)
	if err != nil {
		return nil, err
	}
	set.URLs = mapOfArticles(s.stand.Site(), r.outlet, s.base(r.outlet), cards)
	return xmlEntry(xmlType, "", set)
}

// newsLanguages are the names of languages that those who gather news ask for
// where they are not ours.
var newsLanguages = map[string]string{"zh": "zh-cn"}

func (s *Site) makeNewsMap(r request) (*newsstand.Entry, error) {
	news, err := s.mapOfNews(r)
	if err != nil {
		return nil, err
	}
	return xmlEntry(xmlType, "", mapSet{News: "http://www.google.com/schemas/sitemap-news/0.9", URLs: news})
}

// mapOfNews lists what was published lately; a sample is no news.
func (s *Site) mapOfNews(r request) ([]mapURL, error) {
	cards, err := s.stand.News(web.Context(r.c), r.outlet)
	if err != nil {
		return nil, err
	}
	var news []mapURL
	for _, c := range cards {
		if c.Home != "" || c.Sample {
			continue
		}
		news = append(news, mapURL{
			Loc: s.base(r.outlet) + articlePath(c.Lang, s.stand.Site().Section(c.Section), c.Slug, c.ID),
			News: &mapNews{
				Name: r.outlet.Texts[c.Lang].Name, Language: cmp.Or(newsLanguages[c.Lang], c.Lang), Published: iso(c.Published), Title: c.Title,
			},
		})
	}
	return news, nil
}

// version is a page in one language.
type version struct {
	lang, href string
	updated    time.Time
	image      *mapImage
}

// mapped writes each language of a page, with all of them beside it.
func mapped(versions []version) []mapURL {
	var links []mapLink
	if len(versions) > 1 {
		for _, v := range versions {
			links = append(links, mapLink{"alternate", v.lang, v.href})
		}
		links = append(links, mapLink{"alternate", "x-default", usual(versions)})
	}
	urls := make([]mapURL, len(versions))
	for i, v := range versions {
		urls[i] = mapURL{Loc: v.href, Image: v.image, Links: links}
		if !v.updated.IsZero() {
			urls[i].Mod = iso(v.updated)
		}
	}
	return urls
}

// usual is the version for readers of any other language.
func usual(versions []version) string {
	for _, want := range []string{"en", "vi"} {
		for _, v := range versions {
			if v.lang == want {
				return v.href
			}
		}
	}
	return versions[0].href
}

func (s *Site) mapOfSections(o *release.Outlet) []mapURL {
	base := s.base(o)
	var front []version
	for _, lang := range o.Languages {
		front = append(front, version{lang: lang, href: base + homePath(lang)})
	}
	urls := mapped(front)
	for _, name := range []string{correctionsName, eventsName, contactName, treeName, content.Accessibility, content.Privacy} {
		var versions []version
		for _, lang := range o.Languages {
			versions = append(versions, version{lang: lang, href: base + fixedPath(lang, name)})
		}
		urls = append(urls, mapped(versions)...)
	}
	for _, sec := range s.sections(o) {
		var versions []version
		for _, lang := range o.Languages {
			if name := sec.Names[lang]; name.Name != "" && name.Slug != "" {
				versions = append(versions, version{lang: lang, href: base + sectionPath(lang, sec)})
			}
		}
		if len(versions) > 0 {
			urls = append(urls, mapped(versions)...)
		}
	}
	return urls
}

// mapOfKinds lists the lists of kinds that hold anything. That of events is
// always there.
func (s *Site) mapOfKinds(r request) ([]mapURL, error) {
	versions := map[kind.Kind][]version{}
	for _, lang := range r.outlet.Languages {
		kinds, err := s.stand.Kinds(web.Context(r.c), r.outlet, lang)
		if err != nil {
			return nil, err
		}
		for _, k := range kinds {
			if path := kindPath(lang, k); path != "" && k != kind.Event {
				versions[k] = append(versions[k], version{lang: lang, href: s.base(r.outlet) + path})
			}
		}
	}
	var urls []mapURL
	for _, k := range kind.All() {
		if len(versions[k]) > 0 {
			urls = append(urls, mapped(versions[k])...)
		}
	}
	return urls, nil
}

// sections lists those that have a name in any language of an outlet.
func (s *Site) sections(o *release.Outlet) []*release.Section {
	var list []*release.Section
	for _, lang := range o.Languages {
		for _, sec := range s.stand.Site().Sections(lang) {
			if !slices.Contains(list, sec) {
				list = append(list, sec)
			}
		}
	}
	return list
}

// mapOfArticles takes cards in which the languages of an article stand together.
func mapOfArticles(site *newsstand.Site, o *release.Outlet, base string, cards []newsstand.Card) []mapURL {
	var urls []mapURL
	for len(cards) > 0 {
		n := 1
		for n < len(cards) && cards[n].ID == cards[0].ID {
			n++
		}
		var versions []version
		for _, c := range cards[:n] {
			if speaks(o, c.Lang) && c.Home == "" { // the canonical outlet's map has it otherwise
				v := version{lang: c.Lang, href: base + articlePath(c.Lang, site.Section(c.Section), c.Slug, c.ID), updated: c.Updated}
				if c.Picture != nil {
					v.image = &mapImage{base + c.Picture.Fitting(sharedWidth).Path()}
				}
				versions = append(versions, v)
			}
		}
		if len(versions) > 0 {
			urls = append(urls, mapped(versions)...)
		}
		cards = cards[n:]
	}
	return urls
}
