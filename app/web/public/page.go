package public

import (
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"doingoai/app/fault"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/vietnamese"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// request is a reader's request with all that may take part in its answer.
type request struct {
	c      *fiber.Ctx
	outlet *release.Outlet
	address
	page  int
	query string
}

// page answers every address of the site that is a page, a feed or a map.
func (s *Site) page(c *fiber.Ctx) error {
	r := request{c: c, outlet: s.stand.Site().OutletByHost(c.Hostname())}
	if r.outlet == nil {
		return fault.New(fault.Unavailable, "error.unavailable.title")
	}
	var ok bool
	if r.address, ok = parse(string(c.Request().URI().PathOriginal())); !ok {
		return notFound()
	}
	if r.lang != "" && !speaks(r.outlet, r.lang) {
		return notFound()
	}
	if r.kind == root {
		return s.chooseLanguage(c, r.outlet)
	}
	if r.kind == report {
		return s.letterForm(c, r)
	}
	return s.cachedPage(r)
}

// chooseLanguage leads from "/" to the language the browser asks for.
func (s *Site) chooseLanguage(c *fiber.Ctx, o *release.Outlet) error {
	lang := s.words.Match("public", c.Get(fiber.HeaderAcceptLanguage))
	if !speaks(o, lang) {
		lang = o.Languages[0]
	}
	c.Vary(fiber.HeaderAcceptLanguage)
	c.Set(fiber.HeaderCacheControl, "no-cache")
	return c.Redirect(homePath(lang), fiber.StatusFound)
}

// cachedPage finds the canonical address, then the page for it.
func (s *Site) cachedPage(r request) error {
	var err error
	if r.page, err = web.QueryInt(r.c, "page", 1, 1, 100_000); err != nil {
		return err
	}
	if r.query, err = queryText(r.c); err != nil {
		return err
	}
	uri := r.uri()
	entry, err := s.stand.Page(cacheKey(r.outlet.ID, uri), func() (*newsstand.Entry, error) { return s.make(r, uri) })
	if err != nil {
		return err
	}
	write(r.c.Context(), entry)
	return nil
}

// queryText reads what is searched for. Text that is not text is malformed;
// too much of it is left to the search to refuse.
func queryText(c *fiber.Ctx) (string, error) {
	text, ok := vietnamese.Clean(strings.Clone(c.Query("q")))
	if !ok {
		return "", fault.New(fault.Malformed, "error.malformed.title")
	}
	return strings.Join(strings.Fields(text), " "), nil
}

// uri writes the address with the parameters that matter to its kind, in one
// order; everything else in the request's own is dropped.
func (r request) uri() string {
	var q []string
	if r.kind == found {
		if r.query != "" {
			q = append(q, "q="+url.QueryEscape(r.query))
		}
		if sec := r.c.Query("section"); sec != "" && utf8.ValidString(sec) && len(sec) < 60 {
			q = append(q, "section="+url.QueryEscape(sec))
		}
	}
	if (r.kind == list || r.kind == found) && r.page > 1 {
		q = append(q, "page="+strconv.Itoa(r.page))
	}
	path := r.path()
	if len(q) == 0 {
		return path
	}
	return path + "?" + strings.Join(q, "&")
}

// path writes the parsed path again, in its one form.
func (r request) path() string {
	switch r.kind {
	case home:
		return homePath(r.lang)
	case list:
		return "/" + r.lang + "/" + url.PathEscape(r.section) + slash(r.slash)
	case article:
		return "/" + r.lang + "/" + url.PathEscape(r.section) + "/" + url.PathEscape(r.slug) + "-" + r.id + slash(r.slash)
	case found:
		return searchPath(r.lang)
	case feed:
		if r.section != "" {
			return "/" + r.lang + "/" + url.PathEscape(r.section) + "/" + feedFile
		}
		return homePath(r.lang) + feedFile
	case siteMap:
		return "/sitemap.xml"
	case mapFile:
		return "/-/sitemap/" + r.file + ".xml"
	}
	return "/robots.txt"
}

func slash(yes bool) string {
	if yes {
		return "/"
	}
	return ""
}

// make renders what is not ready.
func (s *Site) make(r request, uri string) (*newsstand.Entry, error) {
	if moved := s.moved(r, uri); moved != "" {
		return redirect(moved), nil
	}
	switch r.kind {
	case home:
		return s.makeHome(r)
	case list:
		return s.makeList(r)
	case article:
		return s.makeArticle(r)
	case found:
		return s.makeSearch(r)
	case feed:
		return s.makeFeed(r)
	case siteMap:
		return s.makeMap(r)
	case mapFile:
		return s.makeMapFile(r)
	}
	return newsstand.NewEntry(fiber.StatusOK, "text/plain; charset=utf-8",
		[]byte("User-agent: *\nAllow: /\nSitemap: "+s.base(r.outlet)+"/sitemap.xml\n")), nil
}

// moved answers where an address that is written otherwise leads for good.
// What was asked for is compared byte by byte: /VI, a slash too many and
// escapes that are not needed have one right form.
func (s *Site) moved(r request, uri string) string {
	asked := string(r.c.Request().URI().PathOriginal())
	path, _, _ := strings.Cut(uri, "?")
	switch {
	case r.kind == home && r.slash:
		return homePath(r.lang)
	case r.slash:
		return strings.TrimSuffix(path, "/")
	case r.kind == found && asked != path:
		return uri
	}
	return ""
}

// redirect leads on for ever.
func redirect(to string) *newsstand.Entry {
	e := newsstand.NewEntry(fiber.StatusMovedPermanently, "text/plain; charset=utf-8", []byte(to+"\n"))
	e.Location = to
	return e
}

// iso writes a moment for machines.
func iso(t time.Time) string { return t.UTC().Format(time.RFC3339) }
