// Package newsroomapi is the newsroom for programs: everything a person does
// at the desk, over HTTP and JSON under /api/newsroom/v1.
//
// A program comes with a token of a person or of a service, as
// "Authorization: Bearer dn_…", and with nothing else: cookies are not looked
// at, so no browser can be made to send a request in somebody's name. What a
// token may do is what its person may do at the desk, within the token's
// scopes, because handlers call the same verbs of the same rooms, and the rooms
// ask the same policy. Nothing is decided here.
//
// # Operations
//
// Every operation is a row of one table (operations.go): its address, its
// scopes, and a function from a typed request to a typed answer. From those
// types requests are read (bind.go) and the OpenAPI document is made
// (document.go), so that there is one description and it is the program. Tests
// hold it against real answers.
//
// # Refusals
//
// A refusal is a problem document (RFC 9457) with the kind and the key of the
// room's fault, its sentence in the language of Accept-Language, and a
// sentence for each field. An answer to a save that came too late has both
// texts with it.
//
// # Once
//
// A request that changes something may carry an Idempotency-Key. It is noted
// before it is carried out, and noted as done in the very transaction in which
// it takes effect (store.Along); its answer is kept for a day. Sent again, it
// is answered with what was answered; with another content under the same key
// it is refused (422), and while the first is under way it has to wait (409).
// When the program stopped before anything took effect, the request is carried
// out as if it were new. When it stopped between effect and answer, nothing is
// done twice: the answer (409, "error.api.answer_lost") says that it was done
// and that its answer is lost, and reading tells the rest. A request whose time
// is over cannot take effect any more, for its note has another holder by then
// and its transaction fails. Without a key the verbs themselves are all there
// is; most of them are bound to the hash that was looked at.
//
// # Following
//
// /changes tells what happened to the editions that the token's person may
// see, in the order of the audit trail, waiting for it if asked to
// (changes.go). There are no calls to addresses that a program names: a server
// that calls where it is told to can be told to call its own neighbours.
package newsroomapi

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/locale"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
	"doingoai/app/outlet"
	"doingoai/app/place"
	"doingoai/app/section"
	"doingoai/app/store"
	"doingoai/app/term"
	"doingoai/app/web"
	"doingoai/app/wording"

	"github.com/gofiber/fiber/v2"
)

// Base is where the addresses begin.
const Base = "/api/newsroom/v1"

// Options are the rooms the interface stands on.
type Options struct {
	DB       *store.DB
	Accounts *account.Accounts
	Newsroom *newsroom.Newsroom
	Media    *media.Room
	Agencies *agency.Room
	Sections *section.Room
	Outlets  *outlet.Room
	Places   *place.Room
	Terms    *term.Room
	Wording  *wording.Room
	Notices  *notice.Room
	// Find answers which of a person's editions hold some words
	// (newsroom.Finder.Find). The index is opened by who answers requests.
	Find  func(ctx context.Context, actor account.Actor, w newsroom.Wanted) (newsroom.Found, error)
	Words *locale.Catalogue
	// Pause is how long a token has to wait between two requests in the long
	// run (100 ms), and Burst how many it may send at once (100).
	Pause time.Duration
	Burst int
}

// API answers programs.
type API struct {
	Options
	operations []operation
	document   []byte
	requests   *web.Pace // by token
	failures   *web.Pace // by address
	waiting    *seats
	stopped    context.Context // ends when the server begins to stop
	stop       context.CancelFunc
}

// New prepares the interface.
func New(o Options) *API {
	if o.Pause <= 0 {
		o.Pause = 100 * time.Millisecond
	}
	if o.Burst <= 0 {
		o.Burst = 100
	}
	stopped, stop := context.WithCancel(context.Background())
	a := &API{
		Options: o, requests: web.NewPace(o.Pause, o.Burst, o.DB.Now), failures: web.NewPace(6*time.Second, 10, o.DB.Now),
		waiting: newSeats(), stopped: stopped, stop: stop,
	}
	a.operations = a.table()
	a.document = document(a.operations)
	return a
}

// Stop lets programs go that wait for changes; call it when the server begins
// to stop.
func (a *API) Stop() { a.stop() }

// Part is the interface as a part of the newsroom's application. Its routes
// are public to the application's policy, which knows sessions only; the token
// is asked here.
func (a *API) Part() web.Part {
	part := web.Part{Prefix: Base, Roomy: a.room, ErrorPage: a.problem}
	for _, o := range a.operations {
		part.Routes = append(part.Routes, web.Route{Method: o.method, Path: o.route(), Public: true, Handler: func(c *fiber.Ctx) error { return a.answer(c, o) }})
	}
	return part
}

// Sizes of request bodies, in bytes: a text with room for one that is far too
// long, so that its sender is told so, and a file.
const (
	textBody = 8 << 20
	fileBody = media.MaxBytes + 1
)

// room answers how much a request may hold that shows a token of somebody.
func (a *API) room(method, path, _ string) int {
	switch {
	case method == fiber.MethodPost && path == Base+"/media":
		return fileBody
	case method == fiber.MethodPost && path == Base+"/terms/import":
		return term.MaxList + 1
	case method == fiber.MethodPost && path == Base+"/editions", method == fiber.MethodPut: // of a text, or what is typed of one
		return textBody
	}
	return 0
}
