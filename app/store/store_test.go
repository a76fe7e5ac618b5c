package store_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"doingoai/app/apptest"
	"doingoai/app/store"
	"doingoai/migrations"

	"gorm.io/gorm"
)

var ctx = context.Background()

func TestAFailedTransactionLeavesNothing(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		rang := false
		err := db.Write(ctx, func(tx *store.Tx) error {
			tx.AfterCommit(func() { rang = true })
			if _, err := tx.Next("release"); err != nil {
				return err
			}
			return errors.New("changed my mind")
		})
		if err == nil || rang {
			t.Fatalf("err = %v, after-commit ran = %v", err, rang)
		}
		if n := next(t, db); n != 1 {
			t.Errorf("the next number is %d: a rolled back number left a gap", n)
		}
	})
}

func next(t *testing.T, db *store.DB) (n int64) {
	t.Helper()
	err := db.Write(ctx, func(tx *store.Tx) (err error) {
		n, err = tx.Next("release")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// A server that ends a connection in the middle of a transaction: nothing of it
// is kept, it is told as the database's own trouble, and the next one works.
func TestATransactionWhoseConnectionEndsLeavesNothing(t *testing.T) {
	url := apptest.PostgresURL(t)
	db, server := openAt(t, url), openAt(t, url)
	if err := db.Migrate(ctx, migrations.Newsroom()); err != nil {
		t.Fatal(err)
	}
	before := next(t, db)
	err := db.Write(ctx, func(tx *store.Tx) error {
		if _, err := tx.Next("release"); err != nil {
			return err
		}
		var pid int
		if err := tx.DB.Raw("SELECT pg_backend_pid()").Scan(&pid).Error; err != nil {
			return err
		}
		return server.Read(ctx).Exec("SELECT pg_terminate_backend(?)", pid).Error
	})
	if err == nil || store.Trouble(err) == nil {
		t.Errorf("it ended with %v", err)
	}
	if after := next(t, db); after != before+1 {
		t.Errorf("the number after %d is %d", before, after)
	}
}

func openAt(t *testing.T, url string) *store.DB {
	t.Helper()
	db, err := store.Open(ctx, store.Options{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestNumbersAreTakenOnceByManyWriters(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		const writers, each = 8, 10
		var mu sync.Mutex
		seen := map[int64]bool{}
		var wg sync.WaitGroup
		for range writers {
			wg.Go(func() {
				for range each {
					n := next(t, db)
					mu.Lock()
					if seen[n] {
						t.Errorf("number %d was taken twice", n)
					}
					seen[n] = true
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if len(seen) != writers*each || !seen[writers*each] {
			t.Errorf("%d numbers were taken, want 1 to %d", len(seen), writers*each)
		}
	})
}

func TestAnUnknownCounterIsRefused(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		err := db.Write(ctx, func(tx *store.Tx) error { _, err := tx.Next("nothing"); return err })
		if err == nil {
			t.Error("a counter that does not exist gave a number")
		}
	})
}

func TestRingWakesListenersAfterCommit(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		wake := db.Listen(ctx, "bell")
		ring := func() {
			if err := db.Write(ctx, func(tx *store.Tx) error { return tx.Ring("bell") }); err != nil {
				t.Fatal(err)
			}
		}
		ring()
		<-wake // the test binary's own time limit is the failure
	})
}

func TestRingReachesAnotherProcess(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		here, err := store.Open(ctx, store.Options{URL: url})
		if err != nil {
			t.Fatal(err)
		}
		defer here.Close()
		if here.Dialect() == store.SQLite {
			return // one process has the file; see TestRingWakesListenersAfterCommit
		}
		there, err := store.Open(ctx, store.Options{URL: url})
		if err != nil {
			t.Fatal(err)
		}
		defer there.Close()
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		wake := there.Listen(ctx, "bell")
		<-wake // its connection is listening
		if err := here.Write(ctx, func(tx *store.Tx) error { return tx.Ring("bell") }); err != nil {
			t.Fatal(err)
		}
		<-wake
	})
}

func migration(body string) *fstest.MapFile {
	return &fstest.MapFile{Data: []byte("-- +goose Up\n" + body + "\n")}
}

func TestMigrationsThatCannotBeTrustedAreRefused(t *testing.T) {
	sums := "CREATE TABLE migration_sum (version BIGINT NOT NULL PRIMARY KEY, sum TEXT NOT NULL);"
	first := fstest.MapFS{"0001_first.sql": migration(sums)}
	both := fstest.MapFS{"0001_first.sql": migration(sums), "0002_second.sql": migration("CREATE TABLE b (id BIGINT);")}
	changed := fstest.MapFS{"0001_first.sql": migration(sums + " CREATE TABLE a (id BIGINT);")}
	for _, c := range []struct {
		name         string
		before, then fstest.MapFS
		says         string // "" for accepted
	}{
		{"the same again", both, both, ""},
		{"an older database", first, both, ""},
		{"a newer database", both, first, "knows only up to 1"},
		{"a changed migration", first, changed, "migration 1 was changed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			apptest.EachURL(t, func(t *testing.T, url string) {
				db, err := store.Open(ctx, store.Options{URL: url})
				if err != nil {
					t.Fatal(err)
				}
				defer db.Close()
				if err := db.Migrate(ctx, c.before); err != nil {
					t.Fatal(err)
				}
				err = db.Migrate(ctx, c.then)
				if c.says == "" && err != nil || c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
					t.Errorf("Migrate() = %v, want %q", err, c.says)
				}
			})
		})
	}
}

func TestAnAddressWithoutAKnownSchemeIsRefusedWithoutRepeatingIt(t *testing.T) {
	_, err := store.Open(ctx, store.Options{URL: "mysql://u:secret@h/d"})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("Open() = %v", err)
	}
}

// What a database keeps is for this user's eyes only, also in the files that
// SQLite puts beside it, and whatever the umask is.
func TestNobodyElseCanReadTheFilesOfADatabase(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "data")
	db, err := store.Open(ctx, store.Options{URL: "sqlite:" + filepath.Join(folder, "newsroom.db")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(ctx, migrations.Newsroom()); err != nil {
		t.Fatal(err)
	}
	next(t, db)
	for name, want := range map[string]fs.FileMode{
		"": 0o700 | fs.ModeDir, "newsroom.db": 0o600, "newsroom.db-wal": 0o600, "newsroom.db-shm": 0o600,
	} {
		info, err := os.Stat(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if info.Mode() != want {
			t.Errorf("%s: %v, want %v", name, info.Mode(), want)
		}
	}
}

func TestIdentifiersAreShortAndUnlikeEachOther(t *testing.T) {
	form := regexp.MustCompile(`^[2-9b-df-hj-km-np-tv-z]{10}$`)
	seen := map[string]bool{}
	for range 10_000 {
		id := store.NewID()
		if !form.MatchString(id) || seen[id] {
			t.Fatalf("identifier %q", id)
		}
		seen[id] = true
	}
}

// See hurry in store.go.
func TestPostgresIsToldWhatOurStatementsAreLike(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		if db.Dialect() != store.Postgres {
			return
		}
		ask := func(g *gorm.DB) {
			var now []string
			err := g.Raw("SELECT current_setting('jit') UNION ALL SELECT current_setting('random_page_cost')").Scan(&now).Error
			if err != nil || strings.Join(now, " ") != "off 1.1" {
				t.Errorf("%q, %v", now, err)
			}
		}
		ask(db.Read(t.Context()))
		if err := db.Write(t.Context(), func(tx *store.Tx) error { ask(tx.DB); return nil }); err != nil {
			t.Error(err)
		}
	})
}
