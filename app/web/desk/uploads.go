package desk

import (
	"strconv"
	"strings"

	"doingoai/app/media"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// Files that script brings in pieces, so that they go on after a line that
// dropped. Without script the form of the library brings them whole.

// Headers that say how far an upload is and how long it will be.
const (
	uploadOffset = "Upload-Offset"
	uploadLength = "Upload-Length"
)

// uploadsPath begins the addresses of uploads.
const uploadsPath = "/media/uploads"

// beginUpload answers the address of an upload.
func (d *Desk) beginUpload(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	agency, name := form.Text("agency", 40), form.Text("name", roomy)
	size, err := strconv.ParseInt(form.Text("size", 20), 10, 64)
	if err != nil {
		size = 0 // is none
	}
	u, err := d.Media.Begin(web.Context(c), web.Actor(c), agency, name, size)
	if err != nil {
		return err
	}
	return c.Status(fiber.StatusCreated).JSON(fiber.Map{"address": uploadsPath + "/" + u.ID, "piece": media.MaxPiece})
}

// uploading answers how far an upload is.
func (d *Desk) uploading(c *fiber.Ctx) error {
	u, err := d.Media.Uploading(web.Context(c), web.Actor(c), web.Param(c, "upload"))
	return arrived(c, u, err)
}

// continueUpload takes a piece, which begins at the offset in the address.
func (d *Desk) continueUpload(c *fiber.Ctx) error {
	from, err := strconv.ParseInt(c.Query("offset"), 10, 64)
	if err != nil {
		from = -1 // begins nowhere
	}
	u, err := d.Media.Continue(web.Context(c), web.Actor(c), web.Param(c, "upload"), from, c.BodyRaw())
	return arrived(c, u, err)
}

// arrived says how far an upload is, also beside a refusal.
func arrived(c *fiber.Ctx, u media.Upload, err error) error {
	if u.ID != "" {
		c.Set(uploadOffset, strconv.FormatInt(u.Arrived, 10))
		c.Set(uploadLength, strconv.FormatInt(u.Size, 10))
		c.Set(fiber.HeaderCacheControl, "no-store")
	}
	if err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// finishUpload answers the page of the file that an upload became.
func (d *Desk) finishUpload(c *fiber.Ctx) error {
	m, err := d.Media.Finish(web.Context(c), web.Actor(c), web.Param(c, "upload"))
	if err != nil {
		return err
	}
	return c.JSON(fiber.Map{"page": mediaPath(m.Hash) + "?done=media_added"})
}

func (d *Desk) stopUpload(c *fiber.Ctx) error {
	if err := d.Media.Abandon(web.Context(c), web.Actor(c), web.Param(c, "upload")); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// isPiece says whether a request brings a piece of an upload.
func isPiece(method, path string) bool {
	return method == fiber.MethodPatch && strings.HasPrefix(path, uploadsPath+"/")
}
