package public

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// request is a reader's request with all that may take part in its answer.
type request struct {
	c      *fiber.Ctx
	outlet *release.Outlet
	address
	page   int
	query  string    // what is searched for
	asked  bool      // a search was sent, be it empty
	filter string    // slug of the section searched in
	month  time.Time // of events; zero for this one
	papers newsstand.DocumentFilter
}

// page answers every address of the site that is a page, a feed or a map.
func (s *Site) page(c *fiber.Ctx) error {
	r := request{c: c, outlet: s.outlet(c.Context())}
	if r.outlet == nil {
		return fault.New(fault.Unavailable, "error.unavailable.title")
	}
	var ok bool
	if r.address, ok = parse(squeeze(string(c.Request().URI().PathOriginal()))); !ok {
		return notFound()
	}
	if !isEscaped(c.Request().URI().QueryString()) {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	if r.lang != "" && !speaks(r.outlet, r.lang) {
		return notFound()
	}
	if r.kind == root {
		return s.chooseLanguage(c, r.outlet)
	}
	if _, ok := letterSorts[r.kind]; ok {
		return s.letterForm(c, r)
	}
	if r.kind == rating {
		return s.rating(c, r)
	}
	if r.kind == status {
		return s.letterStatus(c, r)
	}
	return s.cachedPage(r)
}

// isEscaped tells whether every % of a query begins an escape.
func isEscaped(query []byte) bool {
	for i, b := range query {
		if b == '%' && (i+2 >= len(query) || !isHex(query[i+1]) || !isHex(query[i+2])) {
			return false
		}
	}
	return true
}

func isHex(b byte) bool { return '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'f' }

// onlyRead refuses to do anything but show what is at an address.
func (s *Site) onlyRead(c *fiber.Ctx) error {
	outlet := s.outlet(c.Context())
	a, ok := parse(string(c.Request().URI().PathOriginal()))
	if !ok || outlet == nil || a.lang != "" && !speaks(outlet, a.lang) {
		return notFound()
	}
	allowed := "GET, HEAD"
	if _, ok := letterSorts[a.kind]; ok || a.kind == rating {
		allowed = "GET, HEAD, POST"
	}
	c.Set(fiber.HeaderAllow, allowed)
	c.Set(fiber.HeaderCacheControl, "no-store")
	return s.errorPage(c, fiber.StatusMethodNotAllowed, "", fault.New(fault.Malformed, "error.method.title"))
}

// chooseLanguage leads from "/" to the language the browser asks for.
func (s *Site) chooseLanguage(c *fiber.Ctx, o *release.Outlet) error {
	lang := locale.Choose(o.Languages, c.Get(fiber.HeaderAcceptLanguage))
	c.Vary(fiber.HeaderAcceptLanguage)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return c.Redirect(homePath(lang), fiber.StatusFound)
}

// cachedPage finds the canonical address, then the page for it.
func (s *Site) cachedPage(r request) error {
	if err := r.readQuery(s.stand.Site()); err != nil {
		return err
	}
	uri := r.uri()
	entry, err := s.stand.Page(cacheKey(r.outlet.ID, uri), func() (*newsstand.Entry, error) { return s.make(r) })
	if err != nil {
		return err
	}
	// What was asked for is compared byte by byte: a slash too many or too few
	// and escapes that are not needed have one right form.
	if asked := string(r.c.Request().URI().PathOriginal()); asked != r.path() && entry.Location == "" {
		entry = redirect(uri)
	}
	write(r.c.Context(), entry)
	return nil
}

// readQuery reads the parameters that matter to the kind of page. Text that
// is not text is malformed; too much of it is left to the search to refuse.
func (r *request) readQuery(site *newsstand.Site) (err error) {
	if r.page, err = web.QueryInt(r.c, "page", 1, 1, 100_000); err != nil || r.kind != found && r.kind != events && r.kind != documents {
		return err
	}
	switch r.kind {
	case events:
		return r.readMonth()
	case documents:
		return r.readPapers(site)
	}
	text, err := web.Query(r.c, "q", maxHeaderText)
	if err != nil {
		return err
	}
	r.query = strings.Join(strings.Fields(text), " ")
	r.asked = r.c.Context().QueryArgs().Has("q")
	r.filter, err = web.Query(r.c, "section", 100)
	return err
}

// readMonth reads the month whose events are asked for. What is no month, or one
// of another century, is malformed.
func (r *request) readMonth() error {
	text, err := web.Query(r.c, "month", len(monthForm))
	if err != nil || text == "" {
		return err
	}
	month, err := time.ParseInLocation(monthForm, text, locale.Zone())
	if err != nil || month.Year() < 1997 || month.Year() > 2099 {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	r.month = month
	return nil
}

// maxHeaderText is more than a request's first line can hold.
const maxHeaderText = 1 << 20

// uri writes the address with the parameters that matter to its kind, in one
// order; everything else in the request's own is dropped.
func (r request) uri() string {
	var q []string
	if r.kind == found {
		if r.asked {
			q = append(q, "q="+url.QueryEscape(r.query))
		}
		if r.filter != "" {
			q = append(q, "section="+url.QueryEscape(r.filter))
		}
	}
	if r.kind == events && r.page == 1 && !r.month.IsZero() {
		q = append(q, "month="+r.month.Format(monthForm))
	}
	if r.kind == documents {
		q = append(q, papersQuery(r.papers)...)
	}
	if slices.Contains(paged, r.kind) && r.page > 1 {
		q = append(q, "page="+strconv.Itoa(r.page))
	}
	path := r.path()
	if len(q) == 0 {
		return path
	}
	return path + "?" + strings.Join(q, "&")
}

// paged are the targets that have several pages.
var paged = []target{list, about, found, corrections, events, documents}

// path writes the parsed path again, in its one form.
func (r request) path() string {
	switch r.kind {
	case home:
		return homePath(r.lang)
	case list:
		return "/" + r.lang + "/" + url.PathEscape(r.section)
	case article:
		return "/" + r.lang + "/" + url.PathEscape(r.section) + "/" + url.PathEscape(r.slug) + "-" + r.id
	case about:
		return fixedPath(r.lang, string(r.sort)) + "/" + url.PathEscape(r.section)
	case aboutFeed:
		return fixedPath(r.lang, string(r.sort)) + "/" + url.PathEscape(r.section) + "/" + r.file
	case found:
		return searchPath(r.lang)
	case corrections:
		return correctionsPath(r.lang)
	case correctionFeed:
		return correctionsPath(r.lang) + "/" + r.file
	case feed:
		if r.section != "" {
			return "/" + r.lang + "/" + url.PathEscape(r.section) + "/" + r.file
		}
		return homePath(r.lang) + r.file
	case feeds:
		return feedsPath(r.lang)
	case feedOutline:
		return outlinePath(r.lang)
	case events:
		return eventsPath(r.lang)
	case report:
		return reportPath(r.lang)
	case contact:
		return contactPath(r.lang)
	case statement:
		return fixedPath(r.lang, r.file)
	case tree:
		return treePath(r.lang)
	case status:
		return statusPath(r.lang)
	case rating:
		return fixedPath(r.lang, ratingName)
	case eventCalendar:
		if r.id != "" {
			return eventsPath(r.lang) + "/" + r.id + calendarEnd
		}
		return calendarPath(r.lang)
	case documents:
		return documentsPath(r.lang)
	case outline:
		return kindPath(r.lang, kind.Page)
	case kindFeed:
		return kindPath(r.lang, r.of) + "/" + r.file
	case siteMap:
		return "/sitemap.xml"
	case mapFile:
		return "/-/sitemap/" + r.file + ".xml"
	}
	return "/robots.txt"
}

// make renders what is not ready.
func (s *Site) make(r request) (*newsstand.Entry, error) {
	switch r.kind {
	case home:
		return s.makeHome(r)
	case list:
		return s.makeList(r)
	case article:
		return s.makeArticle(r)
	case about:
		return s.makeSubject(r)
	case aboutFeed:
		return s.makeSubjectFeed(r)
	case found:
		return s.makeSearch(r)
	case feed:
		return s.makeFeed(r)
	case corrections:
		return s.makeCorrections(r)
	case correctionFeed:
		return s.makeCorrectionFeed(r)
	case events:
		return s.makeEvents(r)
	case eventCalendar:
		return s.makeCalendar(r)
	case documents:
		return s.makeDocuments(r)
	case outline:
		return s.makeOutlineOfPages(r)
	case kindFeed:
		return s.makeKindFeed(r)
	case feeds:
		return s.makeFeeds(r)
	case feedOutline:
		return s.makeOutline(r)
	case statement:
		return s.makeStatement(r)
	case tree:
		return s.makeTree(r)
	case siteMap:
		return s.makeMap(r)
	case mapFile:
		return s.makeMapFile(r)
	}
	return newsstand.NewEntry(fiber.StatusOK, "text/plain; charset=utf-8",
		[]byte("User-agent: *\nAllow: /\nSitemap: "+s.base(r.outlet)+"/sitemap.xml\n")), nil
}

// redirect leads on for ever.
func redirect(to string) *newsstand.Entry {
	e := newsstand.NewEntry(fiber.StatusMovedPermanently, "text/plain; charset=utf-8", []byte(to+"\n"))
	e.Location = to
	return e
}

// iso writes a moment for machines.
func iso(t time.Time) string { return t.UTC().Format(time.RFC3339) }
