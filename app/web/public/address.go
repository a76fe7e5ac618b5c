package public

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/content"
)

// target says what an address leads to.
type target int

const (
	root           target = iota // /
	home                         // /vi/
	list                         // /vi/section
	article                      // /vi/section/slug-id
	found                        // /vi/tim-kiem
	report                       // /vi/bao-loi
	corrections                  // /vi/cai-chinh
	feed                         // /vi/atom.xml, /vi/section/atom.xml
	correctionFeed               // /vi/cai-chinh/atom.xml
	feeds                        // /vi/nguon-tin
	feedOutline                  // /vi/feeds.opml
	events                       // /vi/su-kien
	eventCalendar                // /vi/events.ics, /vi/su-kien/id.ics
	documents                    // /vi/van-ban
	outline                      // /vi/gioi-thieu
	kindFeed                     // /vi/van-ban/atom.xml
	about                        // /vi/chu-de/slug
	aboutFeed                    // /vi/chu-de/slug/atom.xml
	contact                      // /vi/lien-he
	statement                    // /vi/quyen-rieng-tu, /vi/tiep-can
	tree                         // /vi/so-do-trang
	status                       // /vi/trang-thai
	rating                       // /vi/danh-gia
	siteMap                      // /sitemap.xml
	mapFile                      // /-/sitemap/1.xml
	robots                       // /robots.txt

	targets = iota // so many there are
)

// address is a path taken apart.
type address struct {
	kind    target
	lang    string
	section string         // slug
	of      kind.Kind      // of the list that a feed is of
	sort    newsstand.Sort // of what the page is about, whose slug is then the section
	slug    string
	id      string
	file    string // of mapFile: the number; of a feed: its form; of a statement: its name
	slash   bool   // the path ended in a slash that it should not have
}

// The names of fixed addresses, by which package locale knows their words. A
// word is in the language of the page; those of other languages are read too.
const (
	searchName      = "search"
	reportName      = "report"
	correctionsName = "corrections"
	eventsName      = "events"
	documentsName   = "documents"
	outlineName     = "about"
	feedsName       = "feeds"
	contactName     = "contact"
	treeName        = "site_map"
	statusName      = "status"
	ratingName      = "rating"
)

// fixed are the pages with one word of their own in every language, by its name.
var fixed = map[string]target{
	searchName: found, reportName: report, correctionsName: corrections, eventsName: events, feedsName: feeds,
	documentsName: documents, outlineName: outline, contactName: contact, treeName: tree, statusName: status, ratingName: rating,
	content.Privacy: statement, content.Accessibility: statement,
}

// fixedPath is a fixed address in a language.
func fixedPath(lang, name string) string {
	return "/" + lang + "/" + url.PathEscape(locale.AddressWord(name, lang))
}

// The forms of a feed by the names of their files.
const (
	atomFile    = "atom.xml"
	rssFile     = "feed.xml"
	jsonFile    = "feed.json"
	podcastFile = "podcast.xml"
)

// outlineFile lists all feeds of a language.
const outlineFile = "feeds.opml"

// feedForms are those names, and by which others they are asked for.
var feedForms = map[string]string{atomFile: atomFile, rssFile: rssFile, "rss.xml": rssFile, jsonFile: jsonFile, podcastFile: podcastFile}

var (
	slashes = regexp.MustCompile(`//+`)
	idForm  = regexp.MustCompile(`^[2-9b-df-hj-km-np-tv-z]{10}$`)
)

// parse takes a path apart. It says nothing of whether there is such a
// section or article; ok is false when there cannot be one. Language, words
// and identifiers are read in capitals too, as people type them, and written
// in small letters again.
func parse(path string) (address, bool) {
	path, err := url.PathUnescape(path)
	if err != nil || !strings.HasPrefix(path, "/") || len(path) > 500 {
		return address{}, false
	}
	switch path {
	case "/":
		return address{kind: root}, true
	case "/sitemap.xml":
		return address{kind: siteMap}, true
	case "/robots.txt":
		return address{kind: robots}, true
	}
	if file, ok := strings.CutPrefix(path, "/-/sitemap/"); ok {
		number, ok := strings.CutSuffix(file, ".xml")
		return address{kind: mapFile, file: number}, ok
	}
	parts := strings.Split(path[1:], "/")
	a := address{lang: strings.ToLower(parts[0])}
	if !release.IsLanguage(a.lang) {
		return address{}, false
	}
	if len(parts) == 1 || len(parts) == 2 && parts[1] == "" {
		a.kind, a.slash = home, len(parts) == 1
		return a, true
	}
	if parts[len(parts)-1] == "" {
		a.slash = true
		parts = parts[:len(parts)-1]
	}
	if slices.Contains(parts, "") {
		return address{}, false
	}
	return a, a.inside(parts[1:])
}

// inside takes apart what follows the language.
func (a *address) inside(parts []string) bool {
	name := locale.AddressName(strings.ToLower(parts[0]))
	a.file = feedForms[parts[len(parts)-1]]
	switch {
	case len(parts) == 1 && a.file != "":
		a.kind = feed
	case len(parts) == 1 && parts[0] == outlineFile:
		a.kind = feedOutline
	case len(parts) == 1 && fixed[name] != root:
		a.kind = fixed[name]
		if a.kind == statement {
			a.file = name
		}
	case len(parts) == 1 && parts[0] == calendarFile:
		a.kind = eventCalendar
	case len(parts) == 2 && name == eventsName && strings.HasSuffix(parts[1], calendarEnd):
		a.kind, a.id = eventCalendar, strings.ToLower(strings.TrimSuffix(parts[1], calendarEnd))
		return idForm.MatchString(a.id)
	case len(parts) == 1:
		a.kind, a.section = list, parts[0]
	case len(parts) == 2 && a.file != "" && kindNamed(name) != "":
		a.kind, a.of = kindFeed, kindNamed(name)
		return a.file != podcastFile
	case len(parts) == 2 && a.file != "" && name == correctionsName:
		a.kind = correctionFeed
		return a.file != podcastFile
	case len(parts) == 2 && a.file != "":
		a.kind, a.section = feed, parts[0]
	case len(parts) == 2 && sortNamed(strings.ToLower(parts[0])) != "":
		a.kind, a.sort, a.section = about, sortNamed(strings.ToLower(parts[0])), parts[1]
	case len(parts) == 3 && a.file != "" && sortNamed(strings.ToLower(parts[0])) != "":
		a.kind, a.sort, a.section = aboutFeed, sortNamed(strings.ToLower(parts[0])), parts[1]
		return a.file != podcastFile
	case len(parts) == 2:
		a.kind, a.section = article, parts[0]
		cut := strings.LastIndexByte(parts[1], '-')
		if cut < 0 {
			cut = 0
			a.id = parts[1]
		} else {
			a.id = parts[1][cut+1:]
		}
		a.id = strings.ToLower(a.id)
		a.slug = parts[1][:cut]
		return idForm.MatchString(a.id)
	default:
		return false
	}
	return true
}

// kindNames are the names of the lists of kinds.
var kindNames = map[kind.Kind]string{kind.Event: eventsName, kind.Document: documentsName, kind.Page: outlineName}

// kindNamed is the kind whose list has a name, "" when there is none.
func kindNamed(name string) kind.Kind {
	for k, own := range kindNames {
		if own == name {
			return k
		}
	}
	return ""
}

// kindPath is the list of a kind, "" of one that has none of its own.
func kindPath(lang string, k kind.Kind) string {
	if name := kindNames[k]; name != "" {
		return fixedPath(lang, name)
	}
	return ""
}

// squeeze makes one slash of several side by side.
func squeeze(path string) string { return slashes.ReplaceAllString(path, "/") }

func homePath(lang string) string { return "/" + lang + "/" }

func sectionPath(lang string, sec *release.Section) string {
	return "/" + lang + "/" + url.PathEscape(sec.Names[lang].Slug)
}

// articlePath is an article's one address. A section that has no name in the
// language lends its slug in another.
func articlePath(lang string, sec *release.Section, slug, id string) string {
	where := "-"
	if sec != nil {
		where = sec.Names[lang].Slug
		for _, l := range []string{"en", "vi"} {
			if where == "" {
				where = sec.Names[l].Slug
			}
		}
	}
	return "/" + lang + "/" + url.PathEscape(where) + "/" + url.PathEscape(slug) + "-" + id
}

func searchPath(lang string) string { return fixedPath(lang, searchName) }

func reportPath(lang string) string { return fixedPath(lang, reportName) }

func feedsPath(lang string) string { return fixedPath(lang, feedsName) }

func correctionsPath(lang string) string { return fixedPath(lang, correctionsName) }

func eventsPath(lang string) string { return fixedPath(lang, eventsName) }

func contactPath(lang string) string { return fixedPath(lang, contactName) }

func statusPath(lang string) string { return fixedPath(lang, statusName) }

func treePath(lang string) string { return fixedPath(lang, treeName) }

func documentsPath(lang string) string { return fixedPath(lang, documentsName) }

func calendarPath(lang string) string { return "/" + lang + "/" + calendarFile }

func speaks(o *release.Outlet, lang string) bool { return slices.Contains(o.Languages, lang) }
