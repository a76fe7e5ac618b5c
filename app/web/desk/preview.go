package desk

import (
	"bytes"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

func errNoPage() error { return fault.New(fault.NotFound, "error.not_found.title") }

// preview shows the newest revision, or what the person typed and has not
// saved, as readers of an outlet would see it.
func (d *Desk) preview(c *fiber.Ctx) error {
	ctx, actor, ref := web.Context(c), web.Actor(c), refOf(c)
	sheet, err := d.Newsroom.Open(ctx, actor, ref)
	if err != nil {
		return err
	}
	outlet, err := d.Outlets.Get(ctx, web.Param(c, "outlet"))
	if err != nil {
		return err
	}
	content := sheet.Revision.Content
	if sheet.Unsaved != nil {
		content = sheet.Unsaved.Content
	}
	doc, err := d.Newsroom.Preview(ctx, actor, ref, content)
	if err != nil {
		return err
	}
	sections, err := d.Sections.Documents(ctx)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := d.Preview(&b, outlet.Document(), sections, doc); err != nil {
		return err
	}
	c.Set("X-Robots-Tag", "noindex, nofollow")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Type("html", "utf-8")
	return c.Send(b.Bytes())
}

// mediaFile shows an uploaded picture inside the newsroom, released or not.
func (d *Desk) mediaFile(c *fiber.Ctx) error {
	var file release.File
	file, err := d.Media.File(web.Context(c), web.Param(c, "hash"))
	if err != nil {
		return err
	}
	body, err := d.Media.Open(file.Hash)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, file.Type)
	c.Set(fiber.HeaderCacheControl, "private, max-age=31536000, immutable")
	return c.SendStream(body, int(file.Size)) // closes body
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
