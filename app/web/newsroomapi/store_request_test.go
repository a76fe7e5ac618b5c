package newsroomapi

import (
	"errors"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/store"
)

// A request that was slow to the point of being given up, and taken over by
// another try, takes no effect when it comes to it after all.
func TestAnOvertakenRequestTakesNoEffect(t *testing.T) {
	apptest.EachDatabaseAt(t, time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC), func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		ctx := t.Context()
		exec := func(tx *store.Tx, query string) error { return tx.DB.Exec(query).Error }
		must := func(err error) {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
		}
		must(db.Write(ctx, func(tx *store.Tx) error {
			return errors.Join(
				exec(tx, "INSERT INTO person (id, email, name, locale, password_hash, created_at) VALUES ('p', 'p@example.vn', 'P', 'vi', '', 1)"),
				exec(tx, "INSERT INTO token (id, hash, person_id, name, scopes, created_by, created_at, expires_at) VALUES ('t', 'h', 'p', 'T', '', 'p', 1, 2)"))
		}))
		a := &API{Options: Options{DB: db}}
		slow := requestRow{TokenID: "t", Key: "k", Fingerprint: "f", Lease: "slow"}
		fast := slow
		fast.Lease = "fast"
		held, err := a.hold(ctx, slow)
		must(err)
		if held.Lease != "slow" {
			t.Fatalf("held by %q", held.Lease)
		}
		clock.Advance(patience)
		if held, err = a.hold(ctx, fast); err != nil || held.Lease != "fast" {
			t.Fatalf("held by %q (%v)", held.Lease, err)
		}
		take := func(mine requestRow) error {
			along := store.Along(ctx, func(tx *store.Tx) error { return markRequest(tx, mine) })
			return db.Write(along, func(tx *store.Tx) error { return exec(tx, "UPDATE person SET name = name || '!'") })
		}
		if err := take(slow); !errors.Is(err, errOvertaken) {
			t.Errorf("the slow one: %v", err)
		}
		must(take(fast))
		var name string
		must(db.Read(ctx).Raw("SELECT name FROM person").Scan(&name).Error)
		if name != "P!" {
			t.Errorf("it took effect as %q", name)
		}
	})
}
