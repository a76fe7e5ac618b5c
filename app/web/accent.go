package web

import (
	"fmt"
	"regexp"

	"doingoai/app/fault"
	"doingoai/app/release"

	"github.com/gofiber/fiber/v2"
)

// An outlet's accent is a stylesheet of its own, because pages hold no style.
// Its address is the two colours and says all there is in it, so that it can be
// kept for ever and needs no look at the outlet.

// AccentRoute is where the stylesheets of accents are served.
const AccentRoute = "/-/accent/:colours"

var accentForm = regexp.MustCompile(`^([0-9a-f]{6})-([0-9a-f]{6})\.css$`)

// AccentPath is the address of an accent's stylesheet, "" for none.
func AccentPath(a *release.Accent) string {
	if a == nil {
		return ""
	}
	name := trimHash(a.Day) + "-" + trimHash(a.Night) + ".css"
	if !accentForm.MatchString(name) {
		return ""
	}
	return "/-/accent/" + name
}

func trimHash(colour string) string {
	if len(colour) > 0 && colour[0] == '#' {
		return colour[1:]
	}
	return colour
}

// AccentStyle serves the stylesheet of an accent, in the terms of the readers'
// themes: day and night are the page's to know. Readers who ask for more contrast
// keep the theme's colours, which were made for them.
func AccentStyle(c *fiber.Ctx) error {
	colours := accentForm.FindStringSubmatch(Param(c, "colours"))
	if colours == nil {
		return fault.New(fault.NotFound, "error.not_found.title")
	}
	c.Set(fiber.HeaderContentType, "text/css; charset=utf-8")
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	return c.SendString(fmt.Sprintf(":root { --own-accent: var(--day, #%s) var(--night, #%s); }\n", colours[1], colours[2]))
}
