package web

import (
	"doingoai/app/fault"
	"doingoai/app/release"

	"github.com/gofiber/fiber/v2"
)

// EmblemRoute is where the emblems of outlets are served. The name of one says
// all there is in it, so that it can be kept for ever.
const EmblemRoute = "/-/emblem/:name"

// EmblemPath is the address of an emblem.
func EmblemPath(e *release.Emblem) string { return "/-/emblem/" + e.Name }

// ServeEmblem serves the emblem that is asked for, if it is one of those.
func ServeEmblem(c *fiber.Ctx, emblems []*release.Emblem) error {
	name := Param(c, "name")
	for _, e := range emblems {
		if e != nil && e.Name == name {
			c.Set(fiber.HeaderContentType, "image/png")
			c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
			return c.Send(e.PNG)
		}
	}
	return fault.New(fault.NotFound, "error.not_found.title")
}
