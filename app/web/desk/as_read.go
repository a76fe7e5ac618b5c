package desk

import (
	"bytes"
	"net/url"
	"slices"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// asReadPage asks for a moment, and lists those at which readers got another
// text of an edition, or lost it.
type asReadPage struct {
	page
	Path    string // of the edition
	Edition newsroom.Edition
	Moments []release.Moment
	At      string // as its field takes it
	Wrong   string
}

// Address is where the page of a moment is.
func (p asReadPage) Address(at time.Time) string {
	return p.Path + "/as-read/page?at=" + url.QueryEscape(at.UTC().Format(time.RFC3339Nano))
}

func (d *Desk) asRead(c *fiber.Ctx) error {
	ref, ctx := refOf(c), web.Context(c)
	show := asReadPage{page: d.page(c, "as_read.title", "as-read"), Path: editionPath(ref)}
	sheet, err := d.Newsroom.Open(ctx, show.Actor, ref)
	if err != nil {
		return err
	}
	show.Edition = sheet.Edition
	if show.Moments, err = d.Newsroom.Moments(ctx, show.Actor, ref); err != nil {
		return err
	}
	status := fiber.StatusOK
	if show.At = strings.Clone(c.Query("at")); show.At != "" {
		if _, ok := web.Moment(show.At); !ok {
			status, show.Wrong = fiber.StatusUnprocessableEntity, show.T("error.bad_moment")
		} else {
			return c.Redirect(show.Path+"/as-read/page?at="+url.QueryEscape(show.At), fiber.StatusSeeOther)
		}
	} else {
		show.At = d.DB.Now().In(locale.Zone()).Format("2006-01-02T15:04")
	}
	return d.show(c, status, "as-read", show)
}

// asReadAt shows what readers had at a moment, in the look of an outlet that
// carried it then: the canonical one, or the one that the address names.
func (d *Desk) asReadAt(c *fiber.Ctx) error {
	at, ok := web.Moment(c.Query("at"))
	if !ok {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	ref := refOf(c)
	past, err := d.Newsroom.AsRead(web.Context(c), web.Actor(c), ref, at)
	if err != nil {
		return err
	}
	on, outlet := past.On(), strings.Clone(c.Query("outlet"))
	switch {
	case len(on) == 0:
		return fault.New(fault.NotFound, "error.past.nothing", "Time", d.printer(c).DateTime(at))
	case outlet == "":
		outlet = on[0]
	case !slices.Contains(on, outlet):
		return fault.New(fault.NotFound, "error.past.elsewhere", "Time", d.printer(c).DateTime(at))
	}
	words := d.Words.Printer("desk", ref.Lang)
	var b bytes.Buffer
	if err := d.AsRead(&b, past, outlet, words.T("as_read.banner", "Time", words.DateTime(at), "Since", words.DateTime(past.Since))); err != nil {
		return err
	}
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Type("html", "utf-8")
	return c.Send(b.Bytes())
}
