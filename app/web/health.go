package web

import (
	"context"
	"log/slog"

	"doingoai/app/fault"

	"github.com/gofiber/fiber/v2"
)

// Health are the addresses that tell a supervisor how a server is: /-/health
// answers while the process does, /-/ready while what it depends on does.
func Health(ready func(context.Context) error) []Route {
	return []Route{
		{Method: fiber.MethodGet, Path: "/-/health", Public: true, Handler: func(c *fiber.Ctx) error {
			return c.SendString("ok")
		}},
		{Method: fiber.MethodGet, Path: "/-/ready", Public: true, Handler: func(c *fiber.Ctx) error {
			c.Set(fiber.HeaderCacheControl, "no-store")
			if err := ready(Context(c)); err != nil {
				slog.Warn("not ready", "error", err)
				return fault.New(fault.Unavailable, "error.unavailable.title")
			}
			return c.JSON(fiber.Map{"ready": true})
		}},
	}
}
