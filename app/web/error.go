package web

import (
	"errors"
	"log/slog"
	"strconv"
	"strings"

	"doingoai/app/fault"
	"doingoai/app/store"

	"github.com/gofiber/fiber/v2"
)

// fibers are the errors that fiber itself makes, as refusals.
var fibers = map[int]*fault.Error{
	fiber.StatusNotFound:                    fault.New(fault.NotFound, "error.not_found.title"),
	fiber.StatusMethodNotAllowed:            fault.New(fault.NotFound, "error.not_found.title"),
	fiber.StatusRequestEntityTooLarge:       fault.New(fault.TooLarge, "error.too_large.title"),
	fiber.StatusBadRequest:                  fault.New(fault.Malformed, "error.malformed.title"),
	fiber.StatusRequestHeaderFieldsTooLarge: fault.New(fault.Malformed, "error.malformed.title"),
	fiber.StatusRequestTimeout:              fault.New(fault.Malformed, "error.malformed.title"),
	fiber.StatusBadGateway:                  fault.New(fault.Malformed, "error.malformed.title"), // the connection broke off
}

// answerError turns an error into an answer: the one place that does.
func answerError(c *fiber.Ctx, err error, o Options) error {
	var own *fiber.Error
	if errors.As(err, &own) {
		if f, known := fibers[own.Code]; known {
			err = f
		}
	}
	if trouble := store.Trouble(err); trouble != nil && fault.KindOf(err) == fault.Internal {
		slog.Warn("the database is in trouble", "error", err)
		err = trouble
	}
	id, _ := c.Locals(idKey).(string) // absent when fiber refused before guard: then there is no identifier to show
	status := Status(err)
	if status == fiber.StatusInternalServerError {
		slog.Error("internal error", "id", id, "method", c.Method(), "path", o.logged(c.Path()), "error", err)
	}
	if f, ok := fault.As(err); ok && f.RetryAfter > 0 {
		c.Set(fiber.HeaderRetryAfter, strconv.Itoa(f.RetryAfter))
	}
	c.Set(fiber.HeaderCacheControl, "no-store")
	if status != fiber.StatusInternalServerError {
		id = ""
	}
	return o.ErrorPage(c, status, id, err)
}

// WantsJSON says whether the client asked for JSON rather than a page.
func WantsJSON(c *fiber.Ctx) bool {
	return strings.HasPrefix(c.Get(fiber.HeaderAccept), fiber.MIMEApplicationJSON)
}
