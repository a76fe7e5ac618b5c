package store

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// notifyChannel is PostgreSQL's channel for all our wakes; the payload names ours.
const notifyChannel = "doingoai"

// bus wakes waiters inside one process.
type bus struct {
	mu      sync.Mutex
	waiters map[string]map[chan struct{}]bool
	stop    context.CancelFunc // ends the PostgreSQL listener, once there is one
}

func newBus() *bus { return &bus{waiters: map[string]map[chan struct{}]bool{}} }

func (b *bus) add(channel string, c chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.waiters[channel] == nil {
		b.waiters[channel] = map[chan struct{}]bool{}
	}
	b.waiters[channel][c] = true
}

func (b *bus) remove(channel string, c chan struct{}) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.waiters[channel], c)
}

func (b *bus) ring(channel string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for c := range b.waiters[channel] {
		wake(c)
	}
}

func (b *bus) ringAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, waiters := range b.waiters {
		for c := range waiters {
			wake(c)
		}
	}
}

func wake(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default: // a wake is already waiting to be seen
	}
}

// Ring wakes everybody who listens on a channel once this transaction has
// committed: in this process through memory, on PostgreSQL every process
// through NOTIFY. A wake is only a hint; what it hints at is in the tables.
func (tx *Tx) Ring(channel string) error {
	db := tx.owner
	tx.AfterCommit(func() { db.bus.ring(channel) })
	if db.dialect == Postgres {
		return tx.DB.Exec("SELECT pg_notify(?, ?)", notifyChannel, channel).Error
	}
	return nil
}

// Listen answers a channel that receives a value after others called Ring of
// any of some channels, until ctx ends. Wakes that come while one is unread are
// merged into it.
func (db *DB) Listen(ctx context.Context, channels ...string) <-chan struct{} {
	c := make(chan struct{}, 1)
	for _, channel := range channels {
		db.bus.add(channel, c)
		context.AfterFunc(ctx, func() { db.bus.remove(channel, c) })
	}
	if db.dialect == Postgres {
		db.listenPostgres()
	}
	return c
}

// listenPostgres starts this process's one listening connection. A lost
// connection is opened again, and its return counts as a wake for everybody.
func (db *DB) listenPostgres() {
	db.bus.mu.Lock()
	defer db.bus.mu.Unlock()
	if db.bus.stop != nil {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	db.bus.stop = stop
	go func() {
		const pause = 2 * time.Second
		for ctx.Err() == nil {
			err := db.forwardNotifications(ctx)
			if ctx.Err() != nil {
				return
			}
			slog.Warn("listening on the database broke off; trying again", "error", err)
			select {
			case <-time.After(pause):
			case <-ctx.Done():
			}
		}
	}()
}

func (db *DB) forwardNotifications(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, db.url)
	if err != nil {
		return err
	}
	defer conn.Close(context.WithoutCancel(ctx))
	if _, err := conn.Exec(ctx, "LISTEN "+notifyChannel); err != nil {
		return err
	}
	db.bus.ringAll()
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		db.bus.ring(n.Payload)
	}
}

func (b *bus) close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stop != nil {
		b.stop()
	}
}

// deadlocked tells the two refusals after which PostgreSQL asks to try again.
func deadlocked(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40P01" || pg.Code == "40001")
}
