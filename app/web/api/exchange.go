package api

import (
	"encoding/json"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// maxLetter is the most bytes of a letter; the longest one that the letter box
// takes has less than half.
const maxLetter = 64 << 10

// file answers a released file. Newsstands check the bytes by the hash.
func (r *Relay) file(c *fiber.Ctx) error {
	body, err := r.media.OpenReleased(web.Context(c), web.Param(c, "hash"))
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEOctetStream)
	return c.SendStream(body) // closes body
}

// letter takes what a reader wrote at a newsstand.
func (r *Relay) letter(c *fiber.Ctx) error {
	body := c.BodyRaw() // Body would unpack it, to any size
	if len(body) > maxLetter {
		return fault.New(fault.TooLarge, "error.too_large.title")
	}
	var l release.Letter
	if err := json.Unmarshal(body, &l); err != nil {
		return &fault.Error{Kind: fault.Malformed, Message: fault.Say("error.malformed.title"), Cause: err}
	}
	if err := r.letters.Accept(web.Context(c), l); err != nil {
		return err
	}
	return c.SendStatus(fiber.StatusNoContent)
}

// receipt tells how far a letter has come.
func (r *Relay) receipt(c *fiber.Ctx) error {
	told, err := r.letters.Receipt(web.Context(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	return c.JSON(told)
}
