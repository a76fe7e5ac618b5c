package desk

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// page is what every page of the desk has.
type page struct {
	web.Base
	Actor  account.Actor
	CSRF   string
	Menu   []menuEntry
	Flash  string // what was just done, as a key of the locales
	Help   string // the help page that explains this one
	Errors fieldErrors
	Other  string // the other interface language, for the switch
}

type menuEntry struct {
	Href, Key string
	Here      bool
}

// fieldErrors are a refused form's messages, in the person's language.
type fieldErrors struct {
	Summary string
	Fields  map[string]string
}

// For answers the message of a field, "" when it was not refused.
func (e fieldErrors) For(field string) string { return e.Fields[field] }

// menu lists the places of the desk that a person may enter.
var menu = []struct {
	href, key string
	action    account.Action
}{
	{"/", "menu.waiting", account.UseDesk},
	{"/editions", "menu.editions", account.ViewOwn},
	{"/letters", "menu.letters", account.ReadLetters},
	{"/people", "menu.people", account.ManageUsers},
	{"/site", "menu.site", account.ManageSite},
	{"/audit", "menu.audit", account.ReadAudit},
}

// flashes are the sentences that may follow a redirect; the address names
// one, so that nothing else can be put into the page by a link.
var flashes = map[string]bool{
	"saved": true, "done": true, "created": true, "discarded": true, "password": true, "revoked": true,
	"granted": true, "ended": true, "disabled": true, "enabled": true, "renamed": true, "closed": true, "signed_out": true,
}

// page begins a page in the person's language.
func (d *Desk) page(c *fiber.Ctx, title, help string, args ...any) page {
	actor := web.Actor(c)
	p := page{
		Base:  web.NewBase(d.printer(c), c.Path()),
		Actor: actor, CSRF: web.CSRFToken(c), Help: help,
	}
	p.Title = p.T(title, args...)
	if name := c.Query("done"); flashes[name] {
		p.Flash = p.T("flash." + name)
	}
	p.Other = interfaceLanguages[0]
	if p.Lang() == p.Other {
		p.Other = interfaceLanguages[1]
	}
	for _, m := range menu {
		if !actor.MayAnywhere(m.action) {
			continue
		}
		here := c.Path() == m.href || m.href != "/" && strings.HasPrefix(c.Path(), m.href)
		p.Menu = append(p.Menu, menuEntry{m.href, m.key, here})
	}
	return p
}

// refused adds a fault's messages to a page.
func (p *page) refused(err error) {
	f, ok := fault.As(err)
	if !ok {
		return
	}
	p.Errors = fieldErrors{Summary: p.P.Message(f.Message), Fields: map[string]string{}}
	for field, m := range f.Fields {
		p.Errors.Fields[field] = p.P.Message(m)
	}
}

// State is the word for a state.
func (p page) State(s newsroom.State) string { return p.T("state." + string(s)) }

// Verb is the word on a verb's button.
func (p page) Verb(v newsroom.Verb) string { return p.T("verb." + string(v)) }

// Role is the word for a role.
func (p page) Role(r account.Role) string { return p.T("role." + string(r)) }

// show renders a page whole before anything is sent.
func (d *Desk) show(c *fiber.Ctx, status int, name string, data any) error {
	var b bytes.Buffer
	if err := d.Theme.Render(&b, name, data); err != nil {
		return err
	}
	c.Status(status)
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Type("html", "utf-8")
	return c.Send(b.Bytes())
}

// isFault says whether a form should come back with messages: the person can
// correct it. Anything else goes to the error page.
func correctable(err error) bool {
	switch fault.KindOf(err) {
	case fault.Invalid, fault.NotPossible, fault.Conflict, fault.TooLarge, fault.TooMany:
		return true
	}
	return false
}

// ErrorPage shows a refusal or a mistake of ours in the person's language; it
// is the last resort of every handler.
func (d *Desk) ErrorPage(c *fiber.Ctx, status int, id string, err error) error {
	p := d.page(c, "error.title", "")
	kind := fault.KindOf(err)
	f, ok := fault.As(err)
	if !ok {
		f = fault.New(kind, "error.internal.title")
	}
	p.Title = p.P.Message(f.Message)
	show := errorPage{page: p, Status: status, ID: id, Kind: string(kind)}
	if key := "error." + string(kind) + ".body"; p.P.Has(key) {
		show.Body = p.T(key, "ID", id)
	}
	if renderErr := d.show(c, status, "error", show); renderErr != nil {
		slog.Error("the error page itself failed", "id", id, "error", errors.Join(renderErr, err))
		return c.Status(status).SendString(show.Title)
	}
	return nil
}

type errorPage struct {
	page
	Status     int
	ID         string
	Kind, Body string
}
