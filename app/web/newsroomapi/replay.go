package newsroomapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

const (
	// keep is for how long a request is known by its key.
	keep = 24 * time.Hour
	// patience is after how long a request without an answer has certainly come
	// to its end: more than any request is given.
	patience = 2 * time.Minute
	// soon is after how many seconds one under way may be asked about again.
	soon   = 5
	maxKey = 200 // characters
)

var errOvertaken = errors.New("newsroomapi: the request was taken over by another try")

// once carries out a request under a key, or answers what became of it.
func (a *API) once(call *call, o operation, key string) error {
	if len(key) > maxKey || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return unreadable("Idempotency-Key")
	}
	mine := requestRow{TokenID: call.actor.Token, Key: key, Fingerprint: fingerprint(call.request), Lease: store.NewID()}
	held, err := a.hold(call.ctx, mine)
	if err != nil {
		return err
	}
	switch {
	case held.Lease == mine.Lease:
		return a.carryOut(call, o, mine)
	case held.Fingerprint != mine.Fingerprint:
		return refuseKey("error.api.key_used")
	case held.Status != 0:
		return resend(call.request, held)
	case held.Done:
		return fault.New(fault.Conflict, "error.api.answer_lost")
	}
	return &fault.Error{Kind: fault.Conflict, Message: fault.Say("error.api.under_way"), RetryAfter: soon}
}

func refuseKey(message string) error {
	var form fault.Form
	form.Refuse("Idempotency-Key", message)
	return form.Err()
}

// fingerprint names what a request asks.
func fingerprint(c *fiber.Ctx) string {
	text, err := json.Marshal([]string{c.Method(), c.OriginalURL(), c.Get(fiber.HeaderIfMatch), c.Get(fiber.HeaderContentType)})
	if err != nil {
		panic(err) // a list of strings always has a JSON form
	}
	sum := sha256.New()
	sum.Write(text)
	sum.Write(c.BodyRaw())
	return hex.EncodeToString(sum.Sum(nil))
}

// hold notes that a request is under way, and answers whose it is: this one's,
// or an earlier one's. One of which nothing came is taken over.
func (a *API) hold(ctx context.Context, mine requestRow) (held requestRow, err error) {
	err = a.DB.Write(ctx, func(tx *store.Tx) error {
		mine.BegunAt = store.Micros(tx.Now)
		if held, err = insertRequest(tx, mine); err != nil || held.Lease == mine.Lease {
			return err
		}
		if held.Done || held.Status != 0 || held.Fingerprint != mine.Fingerprint || tx.Now.Sub(store.Time(held.BegunAt)) < patience {
			return nil
		}
		held = mine
		return takeRequest(tx, mine)
	})
	return held, err
}

// carryOut performs a request that this one holds, and keeps the answer: also a
// refusal, for the same request would be refused again. What failed for reasons
// of ours, and took no effect, can be sent again.
func (a *API) carryOut(call *call, o operation, mine requestRow) error {
	// The note outlives the request's own time.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(call.ctx), patience/2)
	defer cancel()
	call.ctx = store.Along(call.ctx, func(tx *store.Tx) error { return markRequest(tx, mine) })
	refusal := a.perform(call, o)
	if refusal != nil && !isFinal(refusal) {
		if err := a.DB.Write(ctx, func(tx *store.Tx) error { return forgetRequest(tx, mine) }); err != nil {
			slog.Error("a request without an answer could not be forgotten", "error", err)
		}
		return refusal
	}
	if refusal == nil && o.secret {
		return nil // it is noted as done; whoever asks again is told that the answer is lost
	}
	c := call.request
	if refusal != nil {
		if err := a.problem(c, web.Status(refusal), "", refusal); err != nil {
			return err
		}
	}
	mine.Status, mine.Body, mine.Location = c.Response().StatusCode(), string(c.Response().Body()), string(c.Response().Header.Peek(fiber.HeaderLocation))
	if err := a.DB.Write(ctx, func(tx *store.Tx) error { return answerRequest(tx, mine) }); err != nil {
		slog.Error("an answer could not be kept", "error", err) // whoever asks again is told that it is lost
	}
	return nil
}

// isFinal says whether the same request would be refused again.
func isFinal(err error) bool {
	switch fault.KindOf(err) {
	case fault.Internal, fault.Unavailable, fault.TooMany, fault.SignedOut:
		return false
	}
	return true
}

// resend answers what was answered before.
func resend(c *fiber.Ctx, held requestRow) error {
	media := fiber.MIMEApplicationJSON
	if held.Status >= fiber.StatusBadRequest {
		media = problemType
	}
	if held.Location != "" {
		c.Set(fiber.HeaderLocation, held.Location)
	}
	c.Set("Idempotent-Replayed", "true")
	c.Set(fiber.HeaderCacheControl, "no-store")
	c.Status(held.Status)
	if held.Body == "" {
		return nil
	}
	c.Set(fiber.HeaderContentType, media)
	return c.SendString(held.Body)
}

// Sweep forgets the answers of requests that were sent a day ago.
func (a *API) Sweep(ctx context.Context) error {
	return a.DB.Write(ctx, func(tx *store.Tx) error { return deleteRequests(tx, tx.Now.Add(-keep)) })
}
