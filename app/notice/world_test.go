package notice_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/notice"
	"doingoai/app/store"
)

var morning = time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC) // 08:00 in Vietnam

// world is a room of notices for two people.
type world struct {
	*notice.Room
	t        *testing.T
	db       *store.DB
	clock    *apptest.ManualClock
	accounts *account.Accounts
	an, binh account.Actor
	unseen   []string // subjects that nobody may see
	events   int64
}

func eachWorld(t *testing.T, f func(w *world)) {
	t.Helper()
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		w := &world{t: t, db: db, clock: clock}
		w.accounts = account.New(db, account.Options{Argon: account.LightArgon()})
		w.Room = notice.New(db, w.sight)
		w.an, w.binh = w.person("an"), w.person("binh")
		f(w)
	})
}

func (w *world) person(name string) account.Actor {
	w.t.Helper()
	p, err := w.accounts.Program().AddPerson(context.Background(), account.NewPerson{
		Email: name + "@example.vn", Name: "Người " + name, Password: "hoa phượng đỏ ven sông", Locale: "vi",
	})
	w.must(err)
	actor, err := w.accounts.ActorFor(context.Background(), p.ID)
	w.must(err)
	return actor
}

func (w *world) sight(_ context.Context, _ string, subjects []string) (map[string]bool, error) {
	seen := map[string]bool{}
	for _, s := range subjects {
		seen[s] = !slices.Contains(w.unseen, s)
	}
	return seen, nil
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

// of is a notice about the next event.
func (w *world) of(person account.Actor, sort notice.Sort, subject string) notice.Notice {
	w.events++
	return notice.Notice{
		Person: person.ID, Event: w.events, At: w.db.Now(), Sort: sort, Subject: subject, Href: "/" + subject,
		Words: "notice.moved.approve", Who: "Bình", Title: "Cầu mới", Quote: "Đúng rồi",
	}
}

// list is all that a person is told, by event.
func (w *world) list(person account.Actor, f notice.Filter) []int64 {
	w.t.Helper()
	notices, _, err := w.List(w.t.Context(), person, f)
	w.must(err)
	var events []int64
	for _, n := range notices {
		events = append(events, n.Event)
	}
	return events
}

func (w *world) unread(person account.Actor) int {
	w.t.Helper()
	n, err := w.Unread(w.t.Context(), person)
	w.must(err)
	return n
}
