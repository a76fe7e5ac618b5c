package desk

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/live"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

const (
	// livePath is where open pages listen (EventSource).
	livePath = "/live"
	// liveLife is how long one answer goes on. The browser asks again from where
	// it was; the server's own patience with a connection is a little longer.
	liveLife = 50 * time.Second
)

// topics are what pages follow besides editions.
func (d *Desk) topics() []live.Topic {
	return []live.Topic{
		{Name: "notices", Channel: notice.Channel, Mark: d.noticesMark},
		{Name: "presence", Channel: newsroom.PresenceChannel, Mark: d.presenceOf},
	}
}

// live tells a page what changed meanwhile, as server-sent events. Each has the
// names of editions, a line each, and of other topics their mark behind a space.
func (d *Desk) live(c *fiber.Ctx) error {
	after, err := liveAfter(c)
	if err != nil {
		return err
	}
	var topics []string
	for _, name := range c.Context().QueryArgs().PeekMulti("on") {
		topics = append(topics, string(name))
	}
	if len(topics) == 0 {
		return c.SendStatus(fiber.StatusNoContent) // with which a browser stops asking
	}
	caller := live.Caller{Person: web.Actor(c).ID, Token: web.SessionToken(c), Address: web.Address(c)}
	line, err := d.lines.Open(web.Context(c), caller, topics, after)
	if err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/event-stream")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Set("X-Accel-Buffering", "no") // a proxy in between hands on at once
	c.Context().SetBodyStreamWriter(func(w *bufio.Writer) {
		defer line.Close()
		ctx, cancel := context.WithTimeout(context.Background(), liveLife)
		defer cancel()
		if err := tellLive(ctx, w, line); err != nil {
			slog.Warn("a page cannot be told what changed", "error", err)
		}
	})
	return nil
}

// liveAfter is what of the trail a page knows: what it was made with, or what it
// was told last.
func liveAfter(c *fiber.Ctx) (int64, error) {
	if told, err := strconv.ParseInt(strings.Clone(c.Get("Last-Event-ID")), 10, 64); err == nil && told > 0 {
		return told, nil
	}
	after, err := web.QueryInt(c, "after", 0, 0, 1<<53)
	return int64(after), err
}

// tellLive writes until the line or its time is over, or nobody takes it any more.
func tellLive(ctx context.Context, w *bufio.Writer, line *live.Line) error {
	fmt.Fprint(w, "retry: 2000\n\n")
	for w.Flush() == nil {
		told, err := line.Next(ctx)
		switch {
		case errors.Is(err, live.ErrOver), fault.KindOf(err) == fault.SignedOut, fault.KindOf(err) == fault.Forbidden:
			return nil
		case err != nil:
			return err
		}
		writeLive(w, told)
	}
	return nil
}

// writeLive writes one event; the writer remembers what goes wrong.
func writeLive(w *bufio.Writer, told live.Told) {
	if told.Empty() {
		fmt.Fprintf(w, "id: %d\n:\n\n", told.After)
		return
	}
	fmt.Fprintf(w, "id: %d\n", told.After)
	for _, name := range told.Editions {
		fmt.Fprintf(w, "data: %s\n", name)
	}
	for _, name := range slices.Sorted(maps.Keys(told.Marks)) {
		fmt.Fprintf(w, "data: %s %s\n", name, strings.Join(strings.Fields(told.Marks[name]), " "))
	}
	fmt.Fprint(w, "\n")
}
