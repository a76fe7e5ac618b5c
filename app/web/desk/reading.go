package desk

import (
	"context"
	"html/template"
	"slices"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/markup"
	"doingoai/app/newsroom"
	"doingoai/app/term"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// sourceText is the text a translation is made from, as readers would see it.
type sourceText struct {
	newsroom.Revision
	Body  template.HTML
	Names []term.Hint // agreed names of what it speaks of
}

// readersPage is the edition's page on an outlet that carries it.
type readersPage struct{ Outlet, Href string }

// HasPicture says whether the text has a lead picture, or words for one.
func (p *editionPage) HasPicture() bool { return p.Content.Lead != newsroom.Lead{} }

// body renders a text as readers get it, with its pictures.
func (d *Desk) body(ctx context.Context, lang, markdown string) (template.HTML, error) {
	var failed error
	rendered, err := d.markup.ArticleWith(markdown, func(hash string) (markup.File, bool) {
		m, err := d.Media.Of(ctx, hash)
		if err != nil && fault.KindOf(err) != fault.NotFound && failed == nil {
			failed = err
		}
		return newsroom.FileInText(m, hash, lang), err == nil
	})
	if failed != nil {
		return "", failed
	}
	return rendered.HTML, err
}

// sourceOf answers the newest text of a translation's source, nil for a text
// that is no translation, or whose source the person may not see.
func (d *Desk) sourceOf(c *fiber.Ctx, sheet *newsroom.Sheet) (*sourceText, error) {
	rev := sheet.Revision
	if rev.SourceLang == "" {
		return nil, nil
	}
	ref := newsroom.Ref{Item: rev.Ref.Item, Lang: rev.SourceLang}
	source, err := d.Newsroom.Revision(web.Context(c), web.Actor(c), ref, sheet.SourceHead)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	body, err := d.body(web.Context(c), ref.Lang, source.Content.Body)
	if err != nil {
		return nil, err
	}
	names, err := d.Newsroom.Names(web.Context(c), source, rev.Ref.Lang)
	return &sourceText{source, body, names}, err
}

// readersPages are the addresses at which readers have the edition. The
// address with no more than the identifier leads to the right one, whatever
// becomes of section and headline.
func (d *Desk) readersPages(c *fiber.Ctx, sheet *newsroom.Sheet, lang string) ([]readersPage, error) {
	if sheet.Live != newsroom.IsLive || d.Readers == "" {
		return nil, nil
	}
	carriers, err := d.Newsroom.Carriers(web.Context(c), web.Actor(c), sheet.Ref)
	if err != nil {
		return nil, err
	}
	outlets, err := d.Outlets.All(web.Context(c))
	if err != nil {
		return nil, err
	}
	var pages []readersPage
	for _, o := range outlets {
		if !slices.Contains(carriers, o.ID) || !slices.Contains(o.Languages, sheet.Ref.Lang) || len(o.Hosts) == 0 {
			continue
		}
		pages = append(pages, readersPage{outletName(o, lang), d.readersAddress(o.Hosts[0], "/"+sheet.Ref.Lang+"/-/"+sheet.Ref.Item)})
	}
	return pages, nil
}

// outletAddresses are the addresses of the outlets, without a path, by id.
func (d *Desk) outletAddresses(c *fiber.Ctx) (map[string]string, error) {
	addresses := map[string]string{}
	if d.Readers == "" {
		return addresses, nil
	}
	outlets, err := d.Outlets.All(web.Context(c))
	for _, o := range outlets {
		if len(o.Hosts) > 0 {
			addresses[o.ID] = d.readersAddress(o.Hosts[0], "")
		}
	}
	return addresses, err
}

// readersAddress is a path on a host of the readers' side.
func (d *Desk) readersAddress(host, path string) string {
	scheme, port, _ := strings.Cut(d.Readers, "://")
	return scheme + "://" + host + port + path
}

// takeOlder puts the text of an older revision into the form, when the address
// asks for it by number. Saving it makes a new revision; the others stay.
func (d *Desk) takeOlder(c *fiber.Ctx, show *editionPage) error {
	number, err := web.QueryInt(c, "take", 0, 1, show.Sheet.Head)
	if err != nil || number == 0 || !show.Sheet.MaySave || show.Restored {
		return err
	}
	older, err := d.Newsroom.Revision(web.Context(c), show.Actor, show.Sheet.Ref, number)
	if err == nil {
		show.Content, show.Took = older.Content, number
	}
	return err
}
