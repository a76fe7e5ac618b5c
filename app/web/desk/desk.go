// Package desk is the newsroom as people see it: pages and forms over the
// newsroom's rooms.
//
// A handler reads the form, asks one room to do one thing, and shows a page
// or sends the person on. It decides nothing: who may do what is the policy's
// and the rooms' business, and their refusals come back as faults with words
// for the person. Every page works without script; script adds the rich
// editor and saves what is being typed.
//
// Routes (routes.go) are a table: what is not in it does not exist, and each
// row names the action a person must be permitted somewhere to enter.
package desk

import (
	"context"
	"fmt"
	"io"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/label"
	"doingoai/app/letter"
	"doingoai/app/live"
	"doingoai/app/locale"
	"doingoai/app/markup"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
	"doingoai/app/outlet"
	"doingoai/app/place"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
	"doingoai/app/term"
	"doingoai/app/theme"
	"doingoai/app/web"
	"doingoai/app/wording"
	"doingoai/content"

	"github.com/gofiber/fiber/v2"
)

// Deps are the rooms the desk stands on.
type Deps struct {
	DB       *store.DB
	Accounts *account.Accounts
	Newsroom *newsroom.Newsroom
	Finder   *newsroom.Finder
	Agencies *agency.Room
	Sections *section.Room
	Outlets  *outlet.Room
	Places   *place.Room
	Tags     *label.Room
	Authors  *label.Room
	Terms    *term.Room
	Media    *media.Room
	Letters  *letter.Room
	Wording  *wording.Room
	Notices  *notice.Room
	Courier  *notice.Courier
	Issuer   *account.Issuer // nil: nobody else vouches for people
	Words    *locale.Catalogue
	Theme    *theme.Theme
	// Looks are the readers' themes; a preview is shown in one of them.
	Looks map[string]*theme.Theme
	// Preview writes an article as readers of an outlet would see it, and says
	// with note which text of it that is.
	Preview func(w io.Writer, outlet *release.Outlet, sections []release.Section, doc *release.Article, note string) error
	// AsRead writes a page as readers of an outlet had it at a moment of the past.
	AsRead func(w io.Writer, p release.Past, outlet, banner string) error
	// Readers is the scheme and port of readers' addresses, such as https:// or
	// http://:8080, for links to what is published; "" when the desk cannot know.
	Readers string
	// Address is the newsroom's address as people type it, for one-time links.
	Address string
}

// Desk answers the newsroom's pages.
type Desk struct {
	Deps
	help     map[string][]content.HelpPage // by language
	handbook []content.HelpPage            // in English
	readable [][]string                    // see here
	sendable [][]string                    // see resend
	passkeys *account.Passkeys
	markup   *markup.Renderer
	lines    *live.Room
	guesses  *web.Pace // of preview links, by the network they come from
}

// New prepares the desk.
func New(d Deps) (*Desk, error) {
	handbook, err := content.LoadHandbook(content.FS)
	if err != nil {
		return nil, fmt.Errorf("handbook: %w", err)
	}
	desk := &Desk{Deps: d, help: map[string][]content.HelpPage{}, handbook: handbook, markup: markup.New()}
	desk.guesses = web.NewPace(guessPause, guessBurst, d.DB.Now)
	for _, lang := range interfaceLanguages {
		pages, err := content.LoadHelp(content.FS, lang)
		if err != nil {
			return nil, fmt.Errorf("help (%s): %w", lang, err)
		}
		desk.help[lang] = pages
	}
	if desk.passkeys, err = d.Accounts.PasskeysAt(d.Address); err != nil {
		return nil, err
	}
	desk.lines = live.New(live.Options{DB: d.DB, Look: d.Accounts.Look, Seen: d.Newsroom.Seen, Topics: desk.topics()})
	desk.readable, desk.sendable = desk.paths(fiber.MethodGet), desk.paths(fiber.MethodPost)
	return desk, nil
}

// Follow keeps what open pages are told at the present, until ctx ends.
func (d *Desk) Follow(ctx context.Context) { d.lines.Run(ctx) }

// Stop lets open pages go that listen; call it when the server begins to stop.
func (d *Desk) Stop() { d.lines.Stop() }

// interfaceLanguages are those the newsroom itself speaks.
var interfaceLanguages = []string{"vi", "en"}
