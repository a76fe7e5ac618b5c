// Package outbox carries what happened in a transaction to what follows from
// it outside: notices, e-mails, work that takes long.
//
// A verb appends an event to its own transaction (Append): the event exists
// exactly if what it tells of does. Handlers are given a name and a topic (On);
// each event is delivered to each handler of its topic at least once, and the
// events of one subject in the order in which they happened. A handler that
// fails is asked again after a growing pause, and holds up only the later
// events of the same subject; after MaxTries the delivery is dead, waits for
// an administrator (Dead, Retry), and the later ones go on. A handler that says
// that what it needs is not there at the moment (a fault of kind Unavailable,
// such as a mail server that does not answer) is asked until it is back.
//
// "At least once" means that a handler must not mind being told twice: Event.Seq
// names the event for ever. Any number of processes may Run over one database.
// A delivery in hand is leased: if its process dies, another one takes it when
// the lease is over.
package outbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// Event is something that happened.
type Event struct {
	Topic   string            // such as "edition.moved"
	Subject string            // what it happened to, as the audit trail names it
	Actor   string            // person id, of whoever did it
	Data    map[string]string // what a handler cannot find out later

	Seq int64     // set by Append
	At  time.Time // set by Append
}

// Append adds an event to a transaction.
func Append(tx *store.Tx, e Event) error {
	data, err := json.Marshal(e.Data)
	if err != nil {
		return fmt.Errorf("event %s: %w", e.Topic, err)
	}
	seq, err := tx.Next("outbox")
	if err != nil {
		return err
	}
	err = insertEvent(tx, eventRow{Seq: seq, Topic: e.Topic, Subject: e.Subject, Actor: e.Actor, Data: string(data), At: store.Micros(tx.Now)})
	if err != nil {
		return err
	}
	return tx.Ring(channel)
}

const channel = "outbox"

// Handler deals with one event. An error means that it is to be asked again.
type Handler func(ctx context.Context, e Event) error

// How deliveries are tried.
const (
	MaxTries = 8
	lease    = 2 * time.Minute
	batch    = 50
	poll     = 10 * time.Second // a wake may be lost
	keep     = 7 * 24 * time.Hour
)

// pause is how long to wait after a number of failed tries: 5 s, 10 s, … 10 min.
func pause(tries int) time.Duration {
	return min(5*time.Second<<min(tries-1, 10), 10*time.Minute)
}

// Room is the outbox of a database.
type Room struct {
	db *store.DB

	mu       sync.Mutex
	handlers map[string][]named // by topic
	byName   map[string]Handler
}

type named struct {
	name   string
	handle Handler
}

// New opens the outbox. Handlers are added before Run.
func New(db *store.DB) *Room {
	return &Room{db: db, handlers: map[string][]named{}, byName: map[string]Handler{}}
}

// On adds a handler for a topic. Its name stays the same for ever: by it the
// deliveries are known that wait across a restart.
func (r *Room) On(topic, name string, h Handler) {
	r.mu.Lock()
	defer r.mu.Unlock()
	name = topic + "/" + name
	r.handlers[topic] = append(r.handlers[topic], named{name, h})
	r.byName[name] = h
}

// Run delivers until ctx ends.
func (r *Room) Run(ctx context.Context) {
	wake := r.db.Listen(ctx, channel)
	swept := time.Time{}
	for ctx.Err() == nil {
		next, err := r.Deliver(ctx)
		if err != nil && ctx.Err() == nil {
			slog.Error("delivering what happened failed; trying again", "error", err)
		}
		if now := r.db.Now(); err == nil && now.Sub(swept) > time.Hour {
			if err := r.sweep(ctx); err != nil && ctx.Err() == nil {
				slog.Warn("sweeping the outbox failed; trying again in an hour", "error", err)
			}
			swept = now
		}
		wait := poll
		if !next.IsZero() {
			wait = max(0, min(poll, next.Sub(r.db.Now())))
		}
		select {
		case <-time.After(wait):
		case <-wake:
		case <-ctx.Done():
		}
	}
}

// Deliver hands over everything that is due now and answers when the next
// delivery will be; zero: when something happens.
func (r *Room) Deliver(ctx context.Context) (next time.Time, err error) {
	for {
		if err := r.spread(ctx); err != nil {
			return time.Time{}, err
		}
		taken, err := r.take(ctx)
		if err != nil {
			return time.Time{}, err
		}
		if len(taken) == 0 {
			return loadNextDue(r.db.Read(ctx), r.names())
		}
		for _, d := range taken {
			if err := r.deliver(ctx, d); err != nil {
				return time.Time{}, err
			}
		}
	}
}

// spread makes a delivery for each handler of each event that is new. Events
// without a handler in this program are passed over: a later program that has
// one was not there when they happened.
func (r *Room) spread(ctx context.Context) error {
	return r.db.Write(ctx, func(tx *store.Tx) error {
		from, err := lockCounter(tx, "outbox_spread")
		if err != nil {
			return err
		}
		events, err := loadEvents(tx.DB, from, 500)
		if err != nil || len(events) == 0 {
			return err
		}
		var rows []deliveryRow
		for _, e := range events {
			for _, h := range r.of(e.Topic) {
				rows = append(rows, deliveryRow{Seq: e.Seq, Handler: h.name, Subject: e.Subject, State: waiting, Due: e.At})
			}
		}
		if err := insertDeliveries(tx, rows); err != nil {
			return err
		}
		return setCounter(tx, "outbox_spread", events[len(events)-1].Seq)
	})
}

func (r *Room) of(topic string) []named {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.handlers[topic]
}

// take leases deliveries that are due, of each subject the first only.
func (r *Room) take(ctx context.Context) (taken []deliveryRow, err error) {
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		taken, err = takeDue(tx, r.names(), tx.Now, tx.Now.Add(lease), batch)
		return err
	})
	return taken, err
}

func (r *Room) names() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	names := make([]string, 0, len(r.byName))
	for name := range r.byName {
		names = append(names, name)
	}
	return names
}

func (r *Room) deliver(ctx context.Context, d deliveryRow) error {
	row, err := loadEvent(r.db.Read(ctx), d.Seq)
	if err != nil {
		return err
	}
	e, err := row.event()
	if err != nil {
		return err
	}
	r.mu.Lock()
	handle := r.byName[d.Handler]
	r.mu.Unlock()
	failed := attempt(ctx, handle, e)
	if ctx.Err() != nil {
		return ctx.Err() // the lease ends by itself, and it is tried again
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if failed == nil {
			return finish(tx, d, done, d.Tries, tx.Now, "")
		}
		tries := d.Tries + 1
		slog.Warn("a handler failed", "handler", d.Handler, "event", d.Seq, "try", tries, "error", failed)
		state := waiting
		if tries >= MaxTries && fault.KindOf(failed) != fault.Unavailable {
			state = dead
		}
		return finish(tx, d, state, tries, tx.Now.Add(pause(tries)), trouble(failed))
	})
}

// attempt asks a handler, for no longer than the lease lasts.
func attempt(ctx context.Context, h Handler, e Event) (err error) {
	ctx, cancel := context.WithTimeout(ctx, lease*3/4)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("a handler panicked: %v", p)
		}
	}()
	return h(ctx, e)
}

// trouble is an error as it is kept: a refusal by its key, anything else cut
// short.
func trouble(err error) string {
	var f *fault.Error
	if errors.As(err, &f) && f.Cause == nil {
		return f.Message.Key
	}
	text := []rune(err.Error())
	return string(text[:min(len(text), 500)])
}

// Delivery is an event on its way to a handler.
type Delivery struct {
	Event
	Handler string
	Tries   int
	Trouble string // of the last try
}

// Dead lists deliveries that were given up, the newest first.
func (r *Room) Dead(ctx context.Context, limit int) ([]Delivery, error) {
	return loadDead(r.db.Read(ctx), limit)
}

// Retry lets a dead delivery be tried again, now.
func Retry(tx *store.Tx, seq int64, handler string) error {
	found, err := revive(tx, seq, handler)
	if err != nil {
		return err
	}
	if !found {
		return fault.New(fault.NotFound, "error.not_found.title")
	}
	return tx.Ring(channel)
}

// sweep forgets what was delivered a week ago.
func (r *Room) sweep(ctx context.Context) error {
	return r.db.Write(ctx, func(tx *store.Tx) error { return deleteDelivered(tx, tx.Now.Add(-keep)) })
}
