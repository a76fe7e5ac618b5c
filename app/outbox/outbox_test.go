package outbox_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/outbox"
	"doingoai/app/store"
)

var morning = time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)

func happen(t *testing.T, db *store.DB, events ...outbox.Event) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		for _, e := range events {
			if err := outbox.Append(tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// heard collects what a handler was told.
type heard struct {
	mu   sync.Mutex
	list []string
	fail func(outbox.Event) error
}

func (h *heard) handle(_ context.Context, e outbox.Event) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.fail != nil {
		if err := h.fail(e); err != nil {
			return err
		}
	}
	h.list = append(h.list, e.Subject+":"+e.Data["n"])
	return nil
}

func (h *heard) all() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.list)
}

func deliver(t *testing.T, r *outbox.Room) time.Time {
	t.Helper()
	next, err := r.Deliver(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return next
}

func event(subject string, n int) outbox.Event {
	return outbox.Event{Topic: "moved", Subject: subject, Actor: "an", Data: map[string]string{"n": fmt.Sprint(n)}}
}

func TestEveryHandlerOfATopicIsToldOnceAndInOrder(t *testing.T) {
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		room := outbox.New(db)
		var first, second, other heard
		room.On("moved", "first", first.handle)
		room.On("moved", "second", second.handle)
		room.On("said", "other", other.handle)
		happen(t, db, event("a", 1), event("b", 1), event("a", 2))
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			if err := outbox.Append(tx, event("a", 99)); err != nil {
				return err
			}
			return errors.New("it did not happen after all")
		})
		if err == nil {
			t.Fatal("the transaction was kept")
		}
		deliver(t, room)
		deliver(t, room)
		want := []string{"a:1", "b:1", "a:2"}
		if got := first.all(); !slices.Equal(got, want) {
			t.Errorf("the first heard %q", got)
		}
		if got := second.all(); !slices.Equal(got, want) {
			t.Errorf("the second heard %q", got)
		}
		if got := other.all(); got != nil {
			t.Errorf("another topic's heard %q", got)
		}
	})
}

// A failure is tried again after a pause and holds up its own subject only.
func TestAFailureHoldsUpItsSubjectOnly(t *testing.T) {
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		room := outbox.New(db)
		broken := true
		var h heard
		h.fail = func(e outbox.Event) error {
			if broken && e.Subject == "a" {
				return errors.New("the mail server is away")
			}
			return nil
		}
		room.On("moved", "mail", h.handle)
		happen(t, db, event("a", 1), event("a", 2), event("b", 1))
		next := deliver(t, room)
		if got := h.all(); !slices.Equal(got, []string{"b:1"}) {
			t.Errorf("heard %q", got)
		}
		if wait := next.Sub(db.Now()); wait <= 0 || wait > time.Minute {
			t.Errorf("it is tried again after %s", wait)
		}
		deliver(t, room)
		if got := h.all(); len(got) != 1 {
			t.Errorf("it was tried again without a pause: %q", got)
		}
		broken = false
		clock.Advance(time.Minute)
		deliver(t, room)
		if got := h.all(); !slices.Equal(got, []string{"b:1", "a:1", "a:2"}) {
			t.Errorf("heard %q", got)
		}
	})
}

func TestWhatFailsForEverIsGivenUpAndCanBeRevived(t *testing.T) {
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		room := outbox.New(db)
		tries, broken := 0, true
		var h heard
		h.fail = func(e outbox.Event) error {
			if tries++; broken && e.Data["n"] == "1" {
				panic("this event cannot be dealt with")
			}
			return nil
		}
		room.On("moved", "mail", h.handle)
		happen(t, db, event("a", 1), event("a", 2))
		for range outbox.MaxTries + 2 {
			deliver(t, room)
			clock.Advance(time.Hour)
		}
		if got := h.all(); !slices.Equal(got, []string{"a:2"}) || tries != outbox.MaxTries+1 {
			t.Errorf("heard %q in %d tries", got, tries)
		}
		given, err := room.Dead(t.Context(), 10)
		if err != nil || len(given) != 1 || given[0].Data["n"] != "1" || given[0].Tries != outbox.MaxTries || given[0].Trouble == "" {
			t.Fatalf("given up: %+v %v", given, err)
		}
		broken = false
		retry := func() error {
			return db.Write(t.Context(), func(tx *store.Tx) error { return outbox.Retry(tx, given[0].Seq, given[0].Handler) })
		}
		if err := retry(); err != nil {
			t.Fatal(err)
		}
		deliver(t, room)
		if got := h.all(); !slices.Equal(got, []string{"a:2", "a:1"}) {
			t.Errorf("heard %q", got)
		}
		if err := retry(); err == nil {
			t.Error("what is done was revived")
		}
	})
}

// What a handler needs may be away for longer than it tries: a mail server for
// a night.
func TestWhatIsAwayIsWaitedFor(t *testing.T) {
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		room := outbox.New(db)
		away := true
		var h heard
		h.fail = func(outbox.Event) error {
			if away {
				return fault.New(fault.Unavailable, "error.mail.away")
			}
			return nil
		}
		room.On("moved", "mail", h.handle)
		happen(t, db, event("a", 1), event("a", 2))
		for range outbox.MaxTries * 5 {
			next := deliver(t, room)
			if wait := next.Sub(db.Now()); wait > 10*time.Minute {
				t.Fatalf("it is asked again after %s", wait)
			}
			clock.Advance(10 * time.Minute)
		}
		away = false
		deliver(t, room)
		if got := h.all(); !slices.Equal(got, []string{"a:1", "a:2"}) {
			t.Errorf("heard %q", got)
		}
	})
}

// Several programs on one database share the work, and each event is dealt
// with by one of them.
func TestSeveralProcessesShareTheWork(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		ctx, stop := context.WithCancel(t.Context())
		var h heard
		var group sync.WaitGroup
		for range 3 {
			room := outbox.New(db)
			room.On("moved", "count", h.handle)
			group.Go(func() { room.Run(ctx) })
		}
		const subjects, each = 10, 8
		for n := range each {
			for s := range subjects {
				happen(t, db, event(fmt.Sprint("s", s), n))
			}
		}
		apptest.Eventually(t, "everything to be delivered", func() bool { return len(h.all()) >= subjects*each })
		stop()
		group.Wait()
		got := h.all()
		if len(got) != subjects*each {
			t.Errorf("%d deliveries of %d events", len(got), subjects*each)
		}
		for s := range subjects {
			var order []string
			for _, x := range got {
				if subject, n, _ := cut(x); subject == fmt.Sprint("s", s) {
					order = append(order, n)
				}
			}
			if !slices.IsSorted(order) {
				t.Errorf("s%d was told in the order %v", s, order)
			}
		}
	})
}

func cut(s string) (subject, n string, ok bool) {
	for i := range s {
		if s[i] == ':' {
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}

// A process that dies with a delivery in hand leaves it to the next one.
func TestADeliveryInHandSurvivesItsProcess(t *testing.T) {
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		dying := outbox.New(db)
		ctx, die := context.WithCancel(t.Context())
		dying.On("moved", "count", func(context.Context, outbox.Event) error { die(); return nil })
		happen(t, db, event("a", 1))
		if _, err := dying.Deliver(ctx); err == nil {
			t.Fatal("it noticed nothing")
		}
		var h heard
		next := outbox.New(db)
		next.On("moved", "count", h.handle)
		deliver(t, next)
		if len(h.all()) != 0 {
			t.Error("it was taken out of living hands")
		}
		clock.Advance(10 * time.Minute)
		deliver(t, next)
		if got := h.all(); !slices.Equal(got, []string{"a:1"}) {
			t.Errorf("heard %q", got)
		}
	})
}
