// Package public is the readers' site: every page of every outlet, from the
// newsstand's data and through its page cache.
//
// A page is asked for by outlet and address. The outlet is found by the Host
// header; nothing else of the request but path and known parameters takes
// part in what is made, so that no header can get into a cached page.
// Requests for a page that is ready are answered before fiber sees them
// (ready.go); everything else is routed by its address (address.go), made,
// kept and sent.
//
// Absolute addresses in pages and feeds are the outlet's first host with the
// scheme and port of the settings, never the Host header.
package public

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"

	"doingoai/app/card"
	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/theme"
	"doingoai/app/web"
	"doingoai/content"

	"github.com/gofiber/fiber/v2"
)

// Options are what the site needs.
type Options struct {
	Stand  *newsstand.Stand
	Words  *locale.Catalogue
	Themes map[string]*theme.Theme // by the name outlets give; "base" for any other
	// PublicURL is the scheme and port of readers' addresses: "https://", "http://:8080".
	PublicURL string
	Proxies   []string
	Gallery   bool // show the gallery of samples
	// LetterMonths is how long the newsroom keeps the address of somebody whose
	// letter was dealt with, for the statement of privacy.
	LetterMonths int
}

// Site answers readers.
type Site struct {
	stand        *newsstand.Stand
	words        *locale.Catalogue
	themes       map[string]*theme.Theme
	scheme, port string // port with its colon, or ""
	app          *fiber.App
	letters      *limiter
	ratings      *limiter
	questions    *limiter                                // for what became of a letter
	statements   map[string]map[string]content.Statement // by language, then by name
	letterMonths int
	painter      *card.Painter
	assets       sync.Map // by address; there are as many as the themes have files
}

// policy allows what a page of ours holds and nothing else. Its scripts, and the
// workers that keep visited pages or solve what a form asks for, are files of
// ours; nothing asks elsewhere.
const policy = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// maxBody is enough for the longest letter.
const maxBody = 64 << 10

// New builds the site.
func New(o Options) (*Site, error) {
	u, err := url.Parse(o.PublicURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() != "" {
		return nil, fmt.Errorf("the public address must be a scheme and a port, such as https:// or http://:8080, not %q", o.PublicURL)
	}
	statements, err := content.LoadStatements(content.FS)
	if err != nil {
		return nil, err
	}
	s := &Site{
		stand: o.Stand, words: o.Words, themes: o.Themes, scheme: u.Scheme, painter: card.NewPainter(), statements: statements, letterMonths: o.LetterMonths,
		letters: newLimiter(letterStep, letterBurst), ratings: newLimiter(ratingStep, ratingBurst), questions: newLimiter(questionStep, questionBurst),
	}
	if p := u.Port(); p != "" {
		s.port = ":" + p
	}
	s.app = web.NewApp(web.Options{
		Name: "readers", BodyLimit: maxBody, First: s.readyOr, Proxies: o.Proxies, HTTPS: s.scheme == "https", Policy: policy, ErrorPage: s.errorPage,
	})
	s.routes(o.Gallery)
	return s, nil
}

func (s *Site) routes(gallery bool) {
	s.app.Get("/-/health", func(c *fiber.Ctx) error { return c.SendString("ok") })
	s.app.Get("/-/ready", s.ready)
	s.app.Get(theme.AssetPrefix+":hash/:name", s.asset)
	s.app.Get("/sw.js", s.worker)
	if gallery {
		s.app.Get(galleryPath, s.gallery)
		s.app.Get(galleryPath+"/:theme/:lang/:number", s.galleryPage)
	}
	s.app.Get(web.AccentRoute, web.AccentStyle)
	s.app.Get(web.EmblemRoute, s.emblem)
	s.app.Get("/media/:hash/:name", s.media)
	s.app.Get(cardRoute, s.card)
	s.app.Post("/:lang/:word", s.sendLetter)
	s.app.Get("/*", s.page)
	s.app.All("/*", s.onlyRead)
}

// App is the fiber application, for tests that call it without a listener.
func (s *Site) App() *fiber.App { return s.app }

// Serve answers on a listener until ctx ends.
func (s *Site) Serve(ctx context.Context, l net.Listener) error { return web.Serve(ctx, s.app, l) }

func notFound() error { return fault.New(fault.NotFound, "error.not_found.title") }

// ready tells a load balancer whether readers can be sent here.
func (s *Site) ready(c *fiber.Ctx) error {
	if err := s.stand.Ready(); err != nil {
		return c.Status(fiber.StatusServiceUnavailable).JSON(fiber.Map{"ready": false})
	}
	state := "following"
	if s.stand.CaughtUp() {
		state = "caught_up"
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	return c.JSON(fiber.Map{"ready": true, "applied": s.stand.Applied(), "state": state})
}

const forever = "public, max-age=31536000, immutable"

// ofPages are headers that a browser heeds on pages and on what may be opened
// as one; on a style, a font or a script they would weigh as much as some pages.
var ofPages = []string{fiber.HeaderContentSecurityPolicy, fiber.HeaderPermissionsPolicy, fiber.HeaderReferrerPolicy, "Cross-Origin-Opener-Policy"}

// asset serves styles and fonts of any theme; the name and checksum are the
// address.
func (s *Site) asset(c *fiber.Ctx) error {
	e := s.assetEntry(web.Param(c, "hash"), web.Param(c, "name"))
	if e == nil {
		return notFound()
	}
	write(c.Context(), e)
	c.Set(fiber.HeaderCacheControl, forever)
	if !strings.HasPrefix(e.Type, "image/") {
		for _, name := range ofPages {
			c.Response().Header.Del(name)
		}
	}
	return nil
}

// worker serves the script that keeps visited pages. What it may keep is what
// lies below its address, so it is at the top.
func (s *Site) worker(c *fiber.Ctx) error {
	hash, name, ok := strings.Cut(strings.TrimPrefix(s.themes["base"].Asset("worker.js"), theme.AssetPrefix), "/")
	if !ok {
		return notFound()
	}
	write(c.Context(), s.assetEntry(hash, name))
	return nil
}

// assetEntry keeps what it made, so that a file is compressed once.
func (s *Site) assetEntry(hash, name string) *newsstand.Entry {
	address := hash + "/" + name
	if e, ok := s.assets.Load(address); ok {
		return e.(*newsstand.Entry)
	}
	for _, t := range s.themes {
		if body, mediaType, ok := t.Open(hash, name); ok {
			e, _ := s.assets.LoadOrStore(address, newsstand.NewEntry(fiber.StatusOK, mediaType, body))
			return e.(*newsstand.Entry)
		}
	}
	return nil
}

// mediaCache lets a picture be shown again for a minute without asking. Its
// bytes never change under their hash, so that asking is cheap; but one that is
// withdrawn must stop spreading, also from caches that are not ours.
const mediaCache = "public, max-age=60, must-revalidate"

// media serves a released file. A document is for saving: shown by a browser,
// it would stand under the outlet's name with whatever is in it.
func (s *Site) media(c *fiber.Ctx) error {
	path, file, err := s.stand.Media(web.Context(c), web.Param(c, "hash"))
	if err != nil {
		return err
	}
	if c.Params("name") != file.Name {
		return notFound()
	}
	body, err := os.Open(path)
	if err != nil {
		return err
	}
	info, err := body.Stat()
	if err != nil {
		return errors.Join(err, body.Close())
	}
	content := web.Content{Body: body, Size: info.Size(), Type: file.Type, Tag: `"` + file.Hash + `"`, Modified: info.ModTime()}
	if !file.Plays() {
		content.SaveAs = file.Name
	}
	c.Set(fiber.HeaderCacheControl, mediaCache) // unless it is refused
	return web.SendContent(c, content)
}

// base is the beginning of an outlet's absolute addresses.
func (s *Site) base(o *release.Outlet) string {
	if len(o.Hosts) == 0 {
		return ""
	}
	return s.scheme + "://" + o.Hosts[0] + s.port
}

// themeOf answers the look of an outlet; one that is not known, and no outlet
// at all, has the base's.
func themeOf(themes map[string]*theme.Theme, o *release.Outlet) *theme.Theme {
	if o != nil && themes[o.Theme] != nil {
		return themes[o.Theme]
	}
	return themes["base"]
}

// speaker answers who speaks on an outlet: its theme's voice.
func speaker(words *locale.Catalogue, o *release.Outlet, lang string) *locale.Printer {
	if o != nil {
		words = words.As(o.Theme)
	}
	return words.Printer("public", lang)
}

// html renders a page into an answer.
func (s *Site) html(status int, page string, f *frame, data any) (*newsstand.Entry, error) {
	var b bytes.Buffer // written to once, so that it is as large as the page
	if err := themeOf(s.themes, f.Outlet).Render(&b, page, data); err != nil {
		return nil, err
	}
	e := newsstand.NewEntry(status, "text/html; charset=utf-8", b.Bytes())
	e.Language = f.Lang()
	return e, nil
}

// errorPage shows a refusal in the language of the address, else in the one
// the browser asks for.
func (s *Site) errorPage(c *fiber.Ctx, status int, id string, err error) error {
	outlet := s.outlet(c.Context())
	languages := s.words.Languages("public")
	if outlet != nil {
		languages = outlet.Languages
	}
	lang := locale.Choose(languages, c.Get(fiber.HeaderAcceptLanguage))
	if a, ok := parse(c.Path()); ok && a.lang != "" && outlet != nil && speaks(outlet, a.lang) {
		lang = a.lang
	}
	f := s.frame(web.Context(c), outlet, lang, strings.Clone(c.Path()))
	f.Robots = "noindex"
	kind := fault.KindOf(err)
	p := errorView{frame: f, Status: status, ID: id, Body: f.T("error."+string(kind)+".body", "ID", id)}
	f.Title = f.T("error." + string(kind) + ".title")
	if fa, ok := fault.As(err); ok {
		f.Title = f.P.Message(fa.Message)
		if own, titled := strings.CutSuffix(fa.Message.Key, ".title"); titled && f.P.Has(own+".body") {
			p.Body = f.T(own+".body", "ID", id)
		}
	}
	e, renderErr := s.html(status, "error", f, p)
	if renderErr != nil {
		return c.Status(status).SendString(f.Title)
	}
	c.Status(e.Status)
	c.Set(fiber.HeaderContentType, e.Type)
	c.Set(fiber.HeaderContentLanguage, lang)
	return c.Send(e.Identity.Body)
}

type errorView struct {
	*frame
	Status int
	ID     string
	Body   string
}
