package desk

import (
	"bytes"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

func errNoPage() error { return fault.New(fault.NotFound, "error.not_found.title") }

// preview shows an edition as readers of an outlet would see it: the newest
// revision, which is what the buttons of its page are about. What the person
// typed and has not saved is shown only to whoever asks for it.
func (d *Desk) preview(c *fiber.Ctx) error {
	ctx := web.Context(c)
	outlet, err := d.Outlets.Get(ctx, web.Param(c, "outlet"))
	if err != nil {
		return err
	}
	doc, note, err := d.previewedOn(c, outlet.ID)
	if err != nil {
		return err
	}
	sections, err := d.Sections.Documents(ctx)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := d.Preview(&b, outlet.Document(), sections, doc, note); err != nil {
		return err
	}
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Type("html", "utf-8")
	return c.Send(b.Bytes())
}

// previewedOn answers the document to show, under the words that the outlet has
// of its own or is to have, and which text it is. Who is only asked to carry the
// edition is shown what they are asked about.
func (d *Desk) previewedOn(c *fiber.Ctx, outlet string) (doc *release.Article, note string, err error) {
	ctx, actor, ref := web.Context(c), web.Actor(c), refOf(c)
	sheet, err := d.Newsroom.Open(ctx, actor, ref)
	if fault.KindOf(err) == fault.NotFound {
		doc, err = d.Newsroom.PreviewOffer(ctx, actor, ref, outlet)
		return doc, d.Words.Printer("desk", ref.Lang).T("preview.offered"), err
	}
	if err != nil {
		return nil, "", err
	}
	content, note := d.previewed(sheet, c.Query("unsaved") == "1")
	if doc, err = d.Newsroom.Preview(ctx, actor, ref, content); err != nil {
		return nil, "", err
	}
	offer, err := d.Newsroom.Offer(ctx, actor, ref)
	if err != nil {
		return nil, "", err
	}
	for _, p := range offer.Placements {
		if p.Outlet == outlet {
			p.Wording().Over(doc)
		}
	}
	return doc, note, nil
}

// previewed chooses the text to show, and says which it is in the language of
// the page. An unsaved text that began with an older revision is not shown: it
// would hide what others have saved since.
func (d *Desk) previewed(sheet *newsroom.Sheet, wantsUnsaved bool) (newsroom.Content, string) {
	words, rev, unsaved := d.Words.Printer("desk", sheet.Ref.Lang), sheet.Revision, sheet.Unsaved
	switch {
	case !wantsUnsaved || unsaved == nil:
		return rev.Content, words.T("preview.saved", "Number", rev.Number)
	case unsaved.Base != rev.Number:
		return rev.Content, words.T("preview.behind", "Number", rev.Number, "Base", unsaved.Base)
	}
	return unsaved.Content, words.T("preview.unsaved")
}

// mediaFile shows an uploaded picture inside the newsroom, released or not, to
// who may see it: by their account, or by a preview link of an edition that
// has it. What is not released is kept by nobody: permission may end.
func (d *Desk) mediaFile(c *fiber.Ctx) error {
	file, err := d.pictureFor(c)
	if err != nil {
		return err
	}
	body, err := d.Media.Open(web.Context(c), file.Hash)
	if err != nil {
		return err
	}
	content := web.Content{Body: body, Size: body.Size, Type: file.Type, Tag: `"` + file.Hash + `"`}
	if !file.Plays() {
		content.SaveAs = file.Name
	}
	c.Set(fiber.HeaderCacheControl, "private, no-store")
	return web.SendContent(c, content)
}

func (d *Desk) pictureFor(c *fiber.Ctx) (release.File, error) {
	hash, token := web.Param(c, "hash"), strings.Clone(c.Cookies(previewCookie))
	switch actor := web.Actor(c); {
	case actor.MayAnywhere(account.UseDesk):
		return d.Newsroom.Picture(web.Context(c), actor, hash)
	case actor.ID != "":
		return release.File{}, fault.New(fault.Forbidden, "error.forbidden.title")
	case token != "":
		file, err := d.Newsroom.PreviewPicture(web.Context(c), token, hash)
		return file, d.guessed(c, err)
	}
	return release.File{}, fault.New(fault.SignedOut, "error.signed_out.title")
}

// asset serves the desk's scripts and styles, and those of the readers' looks
// that a preview shows, named by their checksum.
func (d *Desk) asset(c *fiber.Ctx) error {
	body, mediaType, ok := d.Theme.Open(c.Params("hash"), c.Params("name"))
	for _, look := range d.Looks {
		if ok {
			break
		}
		body, mediaType, ok = look.Open(c.Params("hash"), c.Params("name"))
	}
	if !ok {
		return errNoPage()
	}
	c.Set(fiber.HeaderContentType, mediaType)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return c.Send(body)
}
