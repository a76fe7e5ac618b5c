package newsroomapi

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"
	"strings"

	"doingoai/app/account"
	"doingoai/app/media/blob"
	"doingoai/app/release"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// operation is a row of the table.
type operation struct {
	method, path string // the path with its parts in braces, below Base
	id           string
	summary      string
	scopes       account.Scopes // all of which the token needs
	open         bool           // without a token
	secret       bool           // what is answered is told this once, and not kept for who asks again
	status       int            // of an answer that is no refusal
	in, out      reflect.Type
	run          func(*call) (any, error)
}

// op makes a row of a handler. Its types say what is read of a request and
// what is answered; see bind and schema.
func op[In, Out any](method, path, id, summary string, scopes account.Scopes, handle func(*call, In) (Out, error)) operation {
	return operation{
		method: method, path: path, id: id, summary: summary, scopes: scopes, status: fiber.StatusOK,
		in: reflect.TypeFor[In](), out: reflect.TypeFor[Out](),
		run: func(c *call) (any, error) {
			var in In
			if err := bind(c.request, reflect.ValueOf(&in).Elem()); err != nil {
				return nil, err
			}
			return handle(c, in)
		},
	}
}

// making is an operation that makes something which has an address of its own.
func making(o operation) operation {
	o.status = fiber.StatusCreated
	return o
}

// telling is an operation whose answer holds a secret.
func telling(o operation) operation {
	o.secret = true
	return o
}

// route is the path as fiber writes it.
func (o operation) route() string {
	return Base + strings.NewReplacer("{", ":", "}", "").Replace(o.path)
}

// changes says whether the operation does anything but read.
func (o operation) changes() bool { return o.method != fiber.MethodGet }

// call is a request under way.
type call struct {
	request *fiber.Ctx // for bind
	ctx     context.Context
	actor   account.Actor
	token   string // its text
}

// nothing is an answer without a body, or a request without anything in it.
type nothing struct{}

// located is an answer about something that has an address below Base.
type located interface{ location() string }

// file is an answer of bytes. Whoever sends it closes body.
type file struct {
	release.File
	body *blob.File
}

// raw is an answer of bytes that stand ready.
type raw []byte

// answer carries out an operation, once if it has to be.
func (a *API) answer(c *fiber.Ctx, o operation) error {
	call := &call{request: c, ctx: web.Context(c)}
	if !o.open {
		var err error
		if call.actor, call.token, err = a.admit(c, o.scopes); err != nil {
			return err
		}
	}
	if key := strings.Clone(c.Get("Idempotency-Key")); o.changes() && key != "" {
		return a.once(call, o, key)
	}
	return a.perform(call, o)
}

// perform runs a handler and sends what it answers.
func (a *API) perform(call *call, o operation) error {
	result, err := o.run(call)
	if err != nil {
		return err
	}
	c := call.request
	if it, ok := result.(located); ok && o.status == fiber.StatusCreated {
		c.Set(fiber.HeaderLocation, Base+it.location())
	}
	switch result := result.(type) {
	case nothing:
		return c.SendStatus(fiber.StatusNoContent)
	case file:
		return sendFile(c, result)
	case raw:
		return send(c, o, result)
	}
	body, err := json.Marshal(result)
	if err != nil {
		return err
	}
	return send(c, o, body)
}

// send sends JSON. What was read can be asked about again by its tag.
func send(c *fiber.Ctx, o operation, body []byte) error {
	c.Status(o.status).Set(fiber.HeaderContentType, fiber.MIMEApplicationJSON)
	if o.changes() {
		c.Set(fiber.HeaderCacheControl, "no-store")
		return c.Send(body)
	}
	sum := sha256.Sum256(body)
	tag := `"` + hex.EncodeToString(sum[:16]) + `"`
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Set(fiber.HeaderVary, fiber.HeaderAuthorization)
	c.Set(fiber.HeaderETag, tag)
	if web.HasTag(c.Request().Header.Peek(fiber.HeaderIfNoneMatch), tag) {
		return c.SendStatus(fiber.StatusNotModified)
	}
	return c.Send(body)
}

// sendFile sends bytes that no browser shall take for a page.
func sendFile(c *fiber.Ctx, f file) error {
	c.Set(fiber.HeaderCacheControl, "private, no-cache")
	c.Set(fiber.HeaderVary, fiber.HeaderAuthorization)
	return web.SendContent(c, web.Content{Body: f.body, Size: f.body.Size, Type: f.Type, Tag: `"` + f.Hash + `"`, SaveAs: f.Name})
}
