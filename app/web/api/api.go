// Package api is the newsroom's side of the wire to newsstands elsewhere.
//
// A newsstand that runs in another process follows this newsroom over HTTP,
// with a token as its only right:
//
//	GET  /-/releases?after=N&limit=M&wait=SECONDS
//	     → {"last":N,"entries":[…]}: the releases with a sequence number above
//	     after, in ascending order, at most limit of them and at most a few
//	     megabytes. With wait, the answer to an empty list is held back until
//	     something is released, the time is over or the server stops.
//	     last is the greatest number of the log.
//	GET  /-/media/{hash}
//	     → the bytes of a file that some current release refers to; else 404.
//	POST /-/letters, a letter as JSON
//	     → 204 when it is kept; the same letter again is 204 and changes
//	     nothing; 422 when no newsroom will ever take it.
//	GET  /-/receipts/{id}
//	     → how far the letter has come, for whoever wrote it; 404 when there
//	     is none of this number.
//
// The package sees the release log, released files and the letter box, and
// nothing of the newsroom behind them. Without a configured token none of
// these addresses exists.
package api

import (
	"context"
	"time"

	"doingoai/app/letter"
	"doingoai/app/media"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// Options are what the relay needs.
type Options struct {
	// Tokens are those of the newsstands that may follow; with none, nobody may.
	Tokens  []string
	Log     *release.Log
	Media   *media.Room
	Letters *letter.Room
	// Clock is for counting failures; nil means time.Now.
	Clock func() time.Time
}

// Relay answers newsstands.
type Relay struct {
	log     *release.Log
	media   *media.Room
	letters *letter.Room
	gate    *gate
	stopped context.Context // ends when the server begins to stop
	stop    context.CancelFunc
}

// New prepares the relay.
func New(o Options) *Relay {
	stopped, stop := context.WithCancel(context.Background())
	return &Relay{o.Log, o.Media, o.Letters, newGate(o.Tokens, o.Clock), stopped, stop}
}

// Stop lets waiting newsstands go at once; call it when the server begins to
// stop. They come back to whoever answers then.
func (r *Relay) Stop() { r.stop() }

// Routes are the relay's addresses, for the newsroom's application. They are
// public to its policy, which knows people only; the token is asked here.
func (r *Relay) Routes() []web.Route {
	row := func(method, path string, h fiber.Handler) web.Route {
		return web.Route{Method: method, Path: path, Public: true, Handler: func(c *fiber.Ctx) error {
			if err := r.gate.admit(c); err != nil {
				return err
			}
			c.Set(fiber.HeaderCacheControl, "no-store")
			return h(c)
		}}
	}
	return []web.Route{
		row(fiber.MethodGet, "/-/releases", r.releases),
		row(fiber.MethodGet, "/-/media/:hash", r.file),
		row(fiber.MethodPost, "/-/letters", r.letter),
		row(fiber.MethodGet, "/-/receipts/:id", r.receipt),
	}
}
