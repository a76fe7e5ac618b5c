package apptest

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doingoai/app/store"

	"github.com/chromedp/chromedp"
)

func TestEachDatabaseIsFreshAndMigrated(t *testing.T) {
	for _, run := range []string{"first", "second"} {
		t.Run(run, func(t *testing.T) {
			EachDatabase(t, func(t *testing.T, db *store.DB) {
				if got := people(t, db); got != 0 {
					t.Errorf("a new database has %d people", got)
				}
				err := db.Write(t.Context(), func(tx *store.Tx) error { _, err := tx.Next("audit"); return err })
				if err != nil {
					t.Error(err)
				}
			})
		})
	}
}

func TestClockMovesWhenTold(t *testing.T) {
	start := time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)
	EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *ManualClock) {
		if !db.Now().Equal(start) {
			t.Errorf("Now = %v, want %v", db.Now(), start)
		}
		clock.Advance(90 * time.Minute)
		if want := start.Add(90 * time.Minute); !db.Now().Equal(want) {
			t.Errorf("Now = %v, want %v", db.Now(), want)
		}
	})
}

func TestRootHoldsTheModule(t *testing.T) {
	if _, err := os.Stat(filepath.Join(Root(), "go.mod")); err != nil {
		t.Error(err)
	}
}

func TestSkippedTestSaysHowToRunIt(t *testing.T) {
	t.Setenv(postgresVariable, "")
	for strict, want := range map[string]string{"": "skip", "1": "fatal"} {
		t.Setenv(strictVariable, strict)
		probe := &probe{TB: t}
		done := make(chan struct{})
		go func() { defer close(done); gate(probe, postgresVariable, "a URL") }()
		<-done
		if probe.kind != want || !strings.Contains(probe.text, postgresVariable) {
			t.Errorf("strict %q: %s %q", strict, probe.kind, probe.text)
		}
	}
}

func TestBrowserOpensPage(t *testing.T) {
	ctx, cancel := context.WithTimeout(Browser(t), time.Minute)
	defer cancel()
	const page = "data:text/html;charset=utf-8,<title>%C4%90%E1%BB%91i%20ngo%E1%BA%A1i</title>"
	if err := chromedp.Do(ctx, chromedp.Navigate(page)); err != nil {
		t.Fatal(err)
	}
	title, err := chromedp.Run(ctx, chromedp.Title())
	if err != nil || title != "Đối ngoại" {
		t.Errorf("title %q: %v", title, err)
	}
}
