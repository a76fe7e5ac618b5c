package apptest

import (
	"context"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"doingoai/app/store"
	"doingoai/migrations"

	"github.com/jackc/pgx/v5"
)

// EachDatabase runs a test on a fresh, migrated newsroom database of either
// kind: the subtests "sqlite" and "postgres".
func EachDatabase(t *testing.T, f func(t *testing.T, db *store.DB)) {
	t.Helper()
	EachURL(t, func(t *testing.T, url string) { f(t, open(t, url, nil)) })
}

// EachDatabaseAt is EachDatabase with a clock of its own for each subtest,
// standing at start.
func EachDatabaseAt(t *testing.T, start time.Time, f func(t *testing.T, db *store.DB, clock *ManualClock)) {
	t.Helper()
	EachURL(t, func(t *testing.T, url string) {
		clock := Clock(start)
		f(t, open(t, url, clock.Now), clock)
	})
}

// EachURL runs a test with the address of an empty database of either kind,
// for tests that open, migrate or reopen it themselves.
func EachURL(t *testing.T, f func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { f(t, sqliteURL(t)) })
	t.Run("postgres", func(t *testing.T) { f(t, PostgresURL(t)) })
}

// NewDatabase opens a fresh, migrated newsroom database on SQLite, for tests
// to which the kind of database does not matter.
func NewDatabase(t testing.TB) *store.DB {
	t.Helper()
	return open(t, sqliteURL(t), nil)
}

// NewDatabaseAt is NewDatabase with a clock that stands at start.
func NewDatabaseAt(t testing.TB, start time.Time) (*store.DB, *ManualClock) {
	t.Helper()
	clock := Clock(start)
	return open(t, sqliteURL(t), clock.Now), clock
}

func open(t testing.TB, url string, clock func() time.Time) *store.DB {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, store.Options{URL: url, Clock: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Errorf("close the database: %v", err)
		}
	})
	if db.Dialect() == store.Postgres {
		defer turn(t)()
	}
	if err := db.Migrate(ctx, migrations.Newsroom()); err != nil {
		t.Fatal(err)
	}
	return db
}

func sqliteURL(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "newsroom.db")
}

// PostgresURL makes a schema for one test and answers an address whose
// connections see that schema only.
func PostgresURL(t testing.TB) string {
	t.Helper()
	address, err := url.Parse(gate(t, postgresVariable, "the URL of a PostgreSQL database"))
	if err != nil {
		t.Fatalf("%s is not a URL", postgresVariable) // err would repeat its password
	}
	schema := "test_" + store.NewID()
	execute(t, address.String(), "CREATE SCHEMA "+schema)
	t.Cleanup(func() { execute(t, address.String(), "DROP SCHEMA "+schema+" CASCADE") })
	query := address.Query()
	query.Set("search_path", schema)
	own := *address
	own.RawQuery = query.Encode()
	return own.String()
}

func execute(t testing.TB, url, statement string) {
	t.Helper()
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, url)
	if err != nil {
		t.Fatalf("reach the database of %s: %v", postgresVariable, err)
	}
	defer conn.Close(ctx)
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// turn lets one test at a time migrate. Migrating takes a lock that is the
// same for every schema of a database and asks for it anew only every few
// seconds; here tests queue for one that wakes them at once.
func turn(t testing.TB) (done func()) {
	t.Helper()
	const key = 0x646f695f74657374 // any number that nothing else uses
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, gate(t, postgresVariable, "the URL of a PostgreSQL database"))
	if err != nil {
		t.Fatalf("reach the database of %s: %v", postgresVariable, err)
	}
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", int64(key)); err != nil {
		t.Fatalf("queue for migrating: %v", err)
	}
	return func() { conn.Close(ctx) } // the lock ends with its connection
}
