package public

import (
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// emblem serves the emblems that outlets have today.
func (s *Site) emblem(c *fiber.Ctx) error {
	var emblems []*release.Emblem
	for _, o := range s.stand.Site().Outlets() {
		emblems = append(emblems, o.Emblem)
	}
	return web.ServeEmblem(c, emblems)
}
