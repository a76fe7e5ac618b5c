package live_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/live"
	"doingoai/app/newsroom"
	"doingoai/app/store"
	"doingoai/migrations"
)

// world is a trail with people who may see the editions whose item begins with
// the name of their agency.
type world struct {
	*live.Room
	t        *testing.T
	db       *store.DB
	posts    map[string]account.Role // by person; "" is nobody any more
	counter  atomic.Int64            // the mark of the topic "count"
	sessions atomic.Bool             // false: all are over
}

func eachWorld(t *testing.T, f func(w *world)) {
	t.Helper()
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		f(w)
	})
}

func newWorld(t *testing.T, db *store.DB) *world {
	w := &world{t: t, db: db, posts: map[string]account.Role{"an": account.Reporter, "binh": account.Editor}}
	w.sessions.Store(true)
	w.Room = live.New(live.Options{DB: db, Look: w.look, Seen: w.seen, Topics: []live.Topic{{
		Name: "count", Channel: "counter", Mark: func(_ context.Context, actor account.Actor, rest string) (string, error) {
			if rest == "hidden" {
				return "", fault.New(fault.NotFound, "error.not_found.title")
			}
			return actor.ID + rest + strconv.FormatInt(w.counter.Load(), 10), nil
		},
	}}})
	t.Cleanup(w.Stop)
	return w
}

func (w *world) look(_ context.Context, token, _ string) (account.Actor, account.Session, error) {
	if !w.sessions.Load() {
		return account.Actor{}, account.Session{}, fault.New(fault.SignedOut, "error.signed_out.title")
	}
	return account.Actor{ID: token, Posts: []account.Post{{Agency: "portal", Role: w.posts[token]}}}, account.Session{}, nil
}

func (w *world) seen(_ context.Context, _ account.Actor, refs []newsroom.Ref) ([]newsroom.Edition, error) {
	var list []newsroom.Edition
	for _, r := range refs {
		if r.Item[0] == 'p' {
			list = append(list, newsroom.Edition{Ref: r})
		}
	}
	return list, nil
}

func (w *world) act(person, subject string) {
	w.t.Helper()
	w.acts(person, "edition.save", subject)
}

func (w *world) acts(person, verb, subject string) {
	w.t.Helper()
	w.must(w.db.Write(w.t.Context(), func(tx *store.Tx) error {
		return audit.Append(tx, audit.Entry{ActorID: person, Verb: verb, Subject: subject})
	}))
}

func (w *world) count() {
	w.t.Helper()
	w.must(w.db.Write(w.t.Context(), func(tx *store.Tx) error {
		w.counter.Add(1)
		return tx.Ring("counter")
	}))
}

func (w *world) open(person string, after int64, topics ...string) *live.Line {
	w.t.Helper()
	l, err := w.Open(w.t.Context(), live.Caller{Person: person, Token: person}, topics, after)
	w.must(err)
	w.t.Cleanup(l.Close)
	return l
}

// next is what a line is told next.
func (w *world) next(l *live.Line) live.Told {
	w.t.Helper()
	told, err := l.Next(w.t.Context())
	w.must(err)
	return told
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) expect(what string, got []string, want ...string) {
	w.t.Helper()
	if !slices.Equal(got, want) {
		w.t.Errorf("%s: told %q, want %q", what, got, want)
	}
}

func TestAPageIsToldWhatOthersChangedAndMaySee(t *testing.T) {
	eachWorld(t, func(w *world) {
		list, one := w.open("an", 0, live.Editions), w.open("an", 0, "edition/p2/vi")
		w.act("an", "edition/p1/vi")      // their own
		w.act("binh", "edition/secret/v") // not to be seen
		w.act("binh", "person/an")
		w.act("binh", "edition/p1/en")
		w.act("binh", "edition/p2/vi")
		w.act("binh", "edition/p2/vi")
		w.expect("the list", w.next(list).Editions, "edition/p1/en", "edition/p2/vi")
		w.expect("the page", w.next(one).Editions, "edition/p2/vi")
		w.act("system", "edition/p3/vi")
		w.expect("the list", w.next(list).Editions, "edition/p3/vi")
	})
}

// A page that shows what is said about an edition apart is told of it apart;
// any other as of anything else.
func TestTalkIsToldApart(t *testing.T) {
	eachWorld(t, func(w *world) {
		page, list, talk := w.open("an", 0, "edition/p1/vi", "talk/p1/vi"), w.open("an", 0, live.Editions), w.open("an", 0, "talk/p1/vi", "talk/secret/vi")
		w.acts("an", "comment.add", "edition/p1/vi") // their own
		w.acts("binh", "comment.add", "edition/secret/vi")
		w.acts("binh", "comment.resolve", "edition/p1/vi")
		w.expect("the page", w.next(page).Editions, "talk/p1/vi")
		w.expect("the list", w.next(list).Editions, "edition/p1/vi")
		w.expect("the talk alone", w.next(talk).Editions, "talk/p1/vi")
		w.act("binh", "edition/p1/vi")
		w.acts("binh", "comment.add", "edition/p1/vi")
		w.expect("the page", w.next(page).Editions, "edition/p1/vi", "talk/p1/vi")
		w.expect("the talk alone", w.next(talk).Editions, "talk/p1/vi")
	})
}

// What happened between the making of a page and its listening is told, and so
// is what happened while the line was cut; once.
func TestNothingIsMissedWhileNobodyListens(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.act("binh", "edition/p1/vi")
		made, err := audit.Last(t.Context(), w.db)
		w.must(err)
		w.act("binh", "edition/p2/vi")
		told := w.next(w.open("an", made, live.Editions))
		w.expect("since the page was made", told.Editions, "edition/p2/vi")
		w.act("binh", "edition/p3/vi")
		w.expect("since it was told", w.next(w.open("an", told.After, live.Editions)).Editions, "edition/p3/vi")
	})
}

func TestAPageFarBehindIsToldJustThat(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.must(w.db.Write(t.Context(), func(tx *store.Tx) error {
			for i := range 4*newsroom.MaxSeen + 1 {
				if err := audit.Append(tx, audit.Entry{ActorID: "binh", Subject: fmt.Sprint("edition/p", i, "/vi")}); err != nil {
					return err
				}
			}
			return nil
		}))
		told := w.next(w.open("an", 1, live.Editions))
		w.expect("far behind", told.Editions, live.Everything)
		if last, _ := audit.Last(t.Context(), w.db); told.After != last {
			t.Errorf("it goes on from %d, the trail has %d", told.After, last)
		}
	})
}

func TestMarksAreToldWhenTheyAreOther(t *testing.T) {
	eachWorld(t, func(w *world) {
		l := w.open("an", 0, "count", "count/x", "count/hidden")
		if got := fmt.Sprint(w.next(l).Marks); got != "map[count:an0 count/hidden: count/x:anx0]" {
			t.Errorf("at first: %s", got)
		}
		w.count()
		if got := fmt.Sprint(w.next(l).Marks); got != "map[count:an1 count/x:anx1]" {
			t.Errorf("then: %s", got)
		}
	})
}

func TestALineEndsWithItsSession(t *testing.T) {
	eachWorld(t, func(w *world) {
		l, other := w.open("an", 0, live.Editions), w.open("binh", 0, live.Editions)
		w.posts["binh"] = ""
		w.act("system", "edition/p1/vi")
		if told, err := other.Next(t.Context()); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("without a role: %v %v", told, err)
		}
		w.sessions.Store(false)
		if told, err := l.Next(t.Context()); fault.KindOf(err) != fault.SignedOut {
			t.Errorf("signed out: %v %v", told, err)
		}
	})
}

func TestLinesAreLimitedAndComeBack(t *testing.T) {
	db, _ := apptest.NewDatabaseAt(t, time.Now())
	w := newWorld(t, db)
	var lines []*live.Line
	for range live.MaxOwn {
		lines = append(lines, w.open("an", 1, live.Editions))
	}
	open := func(person string, topics ...string) error {
		l, err := w.Open(t.Context(), live.Caller{Person: person, Token: person}, topics, 1)
		if err == nil {
			defer l.Close()
		}
		return err
	}
	if err := open("an", live.Editions); fault.KindOf(err) != fault.TooMany {
		t.Errorf("one too many: %v", err)
	}
	if err := open("binh", live.Editions); err != nil {
		t.Errorf("somebody else: %v", err)
	}
	for _, odd := range []string{"notices/\ndata: edition/evil/vi", "edition/a/vi\r", "", "odd", "edition/p1", "edition"} {
		if err := open("binh", odd); fault.KindOf(err) != fault.Malformed {
			t.Errorf("%q: %v", odd, err)
		}
	}
	if err := open("binh", slices.Repeat([]string{"count"}, 100)...); fault.KindOf(err) != fault.Malformed {
		t.Errorf("a hundred topics: %v", err)
	}
	ended := make(chan error)
	go func() {
		_, err := lines[0].Next(t.Context())
		ended <- err
	}()
	w.Stop()
	if err := <-ended; !errors.Is(err, live.ErrOver) {
		t.Errorf("a line goes on although the newsroom stops: %v", err)
	}
}

// Two processes on one database: each tells what happens in the other.
func TestPagesAreToldAcrossProcesses(t *testing.T) {
	url := apptest.PostgresURL(t)
	open := func() *world {
		db, err := store.Open(t.Context(), store.Options{URL: url})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		if err := db.Migrate(t.Context(), migrations.Newsroom()); err != nil {
			t.Fatal(err)
		}
		return newWorld(t, db)
	}
	here, there := open(), open()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { there.Run(ctx); close(done) }()
	l := there.open("an", 0, live.Editions, "count")
	there.expect("at first", there.next(l).Editions)
	here.act("binh", "edition/p1/vi")
	there.expect("the other process", there.next(l).Editions, "edition/p1/vi")
	apptest.Eventually(t, "pages are made with the newest number", func() bool {
		last, _ := audit.Last(t.Context(), here.db)
		return there.Now() == last
	})
	stop()
	<-done
}
