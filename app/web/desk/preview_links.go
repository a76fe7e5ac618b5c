package desk

import (
	"bytes"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/outlet"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// previewLinksPage lists the links by which readers without an account read an
// edition, and makes new ones.
type previewLinksPage struct {
	page
	Path     string // of the edition
	Headline string
	Links    []newsroom.PreviewLink
	At       time.Time // by the newsroom's clock, which ends the links
	Names    map[string]string
	Reader   string // as typed
	Days     int
	MaxDays  int
	Fresh    string // the link that was just made: it is shown this once
}

func (d *Desk) previewLinks(c *fiber.Ctx) error {
	return d.showPreviewLinks(c, fiber.StatusOK, &previewLinksPage{page: d.page(c, "preview_links.title", "preview"), Days: newsroom.UsualPreviewDays})
}

func (d *Desk) showPreviewLinks(c *fiber.Ctx, status int, show *previewLinksPage) error {
	ref := refOf(c)
	sheet, err := d.Newsroom.Open(web.Context(c), show.Actor, ref)
	if err != nil {
		return err
	}
	show.At = d.DB.Now()
	show.Path, show.Headline, show.MaxDays = editionPath(ref), sheet.Headline, newsroom.MaxPreviewDays
	if show.Links, err = d.Newsroom.PreviewLinks(web.Context(c), show.Actor, ref); err != nil {
		return err
	}
	var ids []string
	for _, l := range show.Links {
		ids = append(ids, l.CreatedBy)
	}
	if show.Names, err = d.Accounts.Names(web.Context(c), ids); err != nil {
		return err
	}
	return d.show(c, status, "preview-links", show)
}

func (d *Desk) sharePreview(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := &previewLinksPage{page: d.page(c, "preview_links.title", "preview"), Reader: form.Text("reader", roomy)}
	show.Days, _ = strconv.Atoi(form.Text("days", 5)) // 0 is refused by the newsroom
	token := ""
	if err = form.Err(); err == nil {
		token, err = d.Newsroom.SharePreview(web.Context(c), show.Actor, refOf(c), show.Reader, show.Days)
	}
	if err != nil {
		if !correctable(err) {
			return err
		}
		show.refused(err)
		return d.showPreviewLinks(c, web.Status(err), show)
	}
	show.Fresh, show.Reader, show.Days = d.Address+"/p/"+token, "", newsroom.UsualPreviewDays
	return d.showPreviewLinks(c, fiber.StatusOK, show)
}

func (d *Desk) revokePreview(c *fiber.Ctx) error {
	err := d.Newsroom.RevokePreview(web.Context(c), web.Actor(c), refOf(c), web.Param(c, "id"))
	if err == nil {
		return c.Redirect(editionPath(refOf(c))+"/preview-links?done=preview_revoked", fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	show := &previewLinksPage{page: d.page(c, "preview_links.title", "preview"), Days: newsroom.UsualPreviewDays}
	show.refused(err)
	return d.showPreviewLinks(c, web.Status(err), show)
}

// previewCookie carries a preview link's token to the pictures of its page.
const previewCookie = "preview"

// Links that lead nowhere: as many may be tried at once from a network, and one
// more after each pause. The right link opens however many wrong ones came from there.
const (
	guessBurst = 30
	guessPause = 20 * time.Second
)

// guessed turns what became of a link into what is said of it.
func (d *Desk) guessed(c *fiber.Ctx, err error) error {
	if fault.KindOf(err) == fault.NotFound {
		if wait := d.guesses.Take(newsroom.Network(web.Address(c))); wait > 0 {
			return web.TooMany(wait)
		}
	}
	return err
}

// sharedPreview shows what a preview link leads to, to whoever has it.
func (d *Desk) sharedPreview(c *fiber.Ctx) error {
	ctx, token := web.Context(c), web.Param(c, "token")
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set(fiber.HeaderReferrerPolicy, "no-referrer")
	shown, err := d.Newsroom.OpenPreview(ctx, token, web.Address(c))
	if err != nil {
		return d.guessed(c, err)
	}
	face, err := d.faceOf(c, shown.Outlets)
	if err != nil {
		return err
	}
	sections, err := d.Sections.Documents(ctx)
	if err != nil {
		return err
	}
	words := d.Words.Printer("desk", shown.Ref.Lang)
	note := words.T("preview.shared", "Number", shown.Number, "Reader", shown.Reader, "Time", shown.Until)
	if !shown.Embargo.IsZero() {
		note = joined(" ", note, words.T("preview.embargo", "Time", shown.Embargo))
	}
	var b bytes.Buffer
	if err := d.Preview(&b, face.Document(), sections, shown.Article, note); err != nil {
		return err
	}
	c.Cookie(&fiber.Cookie{
		Name: previewCookie, Value: token, Path: "/media/", HTTPOnly: true, Secure: c.Protocol() == "https",
		SameSite: fiber.CookieSameSiteStrictMode, MaxAge: int(time.Hour / time.Second),
	})
	c.Type("html", "utf-8")
	return c.Send(b.Bytes())
}

// faceOf is the outlet in whose look an edition is shown: the first that is
// to carry it, or any where none is chosen yet.
func (d *Desk) faceOf(c *fiber.Ctx, chosen []string) (outlet.Outlet, error) {
	if len(chosen) > 0 {
		return d.Outlets.Get(web.Context(c), chosen[0])
	}
	all, err := d.Outlets.All(web.Context(c))
	if err == nil && len(all) == 0 {
		err = fault.New(fault.NotFound, "error.preview.none")
	}
	if err != nil {
		return outlet.Outlet{}, err
	}
	return all[0], nil
}

// MayShare says whether the person may make preview links of an edition.
func (p *editionPage) MayShare() bool {
	_, ok := p.Actor.MayIn(account.SharePreview, p.Sheet.Agency, p.Sheet.Ref.Lang)
	return ok
}
