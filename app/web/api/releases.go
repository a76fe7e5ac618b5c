package api

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"math"
	"time"

	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

const (
	usualLimit = 100
	maxLimit   = 1000
	maxWait    = 60 // seconds
	// portion is how many releases are read at a time, and enough how many
	// bytes of them make an answer full: memory does not depend on limit.
	portion = 50
	enough  = 8 << 20
	// patience is for asking the database, beside the time spent waiting.
	patience = 20 * time.Second
	// worthwhile is the size from which compressing pays.
	worthwhile = 1 << 10
)

// answer is what a newsstand reads.
type answer struct {
	Last    int64           `json:"last"`
	Entries []release.Entry `json:"entries"`
}

// releases answers what came after a number, waiting for it if asked to.
func (r *Relay) releases(c *fiber.Ctx) error {
	after, err := web.QueryInt(c, "after", 0, 0, math.MaxInt64)
	if err != nil {
		return err
	}
	limit, err := web.QueryInt(c, "limit", usualLimit, 1, maxLimit)
	if err != nil {
		return err
	}
	wait, err := web.QueryInt(c, "wait", 0, 0, maxWait)
	if err != nil {
		return err
	}
	if wait > 0 {
		// The request's own deadline is shorter than a newsstand may wait.
		if err := r.log.Wait(r.stopped, int64(after), time.Duration(wait)*time.Second); err != nil {
			return err
		}
	}
	// What was released is told even while the server stops.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(r.stopped), patience)
	defer cancel()
	a, err := r.collect(ctx, int64(after), limit)
	if err != nil {
		return err
	}
	return send(c, a)
}

// collect reads portions until there are limit releases, enough bytes, or no more.
func (r *Relay) collect(ctx context.Context, after int64, limit int) (answer, error) {
	a := answer{Entries: []release.Entry{}}
	size := 0
	for len(a.Entries) < limit && size < enough {
		entries, err := r.log.After(ctx, after, min(portion, limit-len(a.Entries)))
		if err != nil {
			return a, err
		}
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			size += len(e.Body)
		}
		a.Entries = append(a.Entries, entries...)
		after = entries[len(entries)-1].Seq
	}
	var err error
	a.Last, err = r.log.Last(ctx)
	return a, err
}

func send(c *fiber.Ctx, a answer) error {
	body, err := json.Marshal(a)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if len(body) < worthwhile || c.AcceptsEncodings("gzip") == "" {
		return c.Send(body)
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestSpeed)
	if err != nil {
		return err
	}
	if _, err := w.Write(body); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentEncoding, "gzip")
	return c.Send(packed.Bytes())
}
