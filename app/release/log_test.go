package release_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

var ctx = context.Background()

func key(id string) release.Key {
	return release.Key{Kind: release.ArticleKind, ID: id, Lang: "vi"}
}

func put(t *testing.T, db *store.DB, log *release.Log, id, title string) int64 {
	t.Helper()
	var seq int64
	err := db.Write(ctx, func(tx *store.Tx) (err error) {
		seq, err = log.Append(tx, key(id), release.Put, release.Article{ID: id, Title: title})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return seq
}

func titles(t *testing.T, log *release.Log, after int64) string {
	t.Helper()
	entries, err := log.After(ctx, after, 100)
	if err != nil {
		t.Fatal(err)
	}
	text := ""
	for _, e := range entries {
		var a release.Article
		if err := e.Decode(&a); err != nil {
			t.Fatal(err)
		}
		if e.Hash != release.Hash(e.Body) {
			t.Errorf("hash of %s is not its body's", e.Key)
		}
		text += fmt.Sprintf("%d:%s ", e.Seq, a.Title)
	}
	return text
}

func TestAFollowerSeesOnlyTheNewestReleaseOfAKeyInOrder(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		log := release.NewLog(db)
		put(t, db, log, "a", "A1")
		put(t, db, log, "b", "B1")
		put(t, db, log, "a", "A2")
		for after, want := range map[int64]string{0: "2:B1 3:A2 ", 1: "2:B1 3:A2 ", 2: "3:A2 ", 3: ""} {
			if got := titles(t, log, after); got != want {
				t.Errorf("after %d: %q, want %q", after, got, want)
			}
		}
	})
}

func TestAPageCanBeReadAsItWasOnADate(t *testing.T) {
	start := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		log := release.NewLog(db)
		put(t, db, log, "a", "first")
		clock.Advance(time.Hour)
		put(t, db, log, "a", "second")
		for at, want := range map[time.Duration]string{0: "first", 59 * time.Minute: "first", time.Hour: "second", 2 * time.Hour: "second"} {
			e, err := log.AsOf(ctx, key("a"), start.Add(at))
			if err != nil {
				t.Fatal(err)
			}
			var a release.Article
			if err := e.Decode(&a); err != nil || a.Title != want {
				t.Errorf("after %v it read %q, want %q (%v)", at, a.Title, want, err)
			}
		}
		if _, err := log.AsOf(ctx, key("a"), start.Add(-time.Second)); fault.KindOf(err) != fault.NotFound {
			t.Errorf("before the first release: %v", err)
		}
	})
}

// A follower that reads while many publish must never step over a number
// that becomes visible later.
func TestNumbersBecomeVisibleInOrderWhileManyPublish(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		log := release.NewLog(db)
		const writers, each = 6, 15
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for i := range each {
					put(t, db, log, fmt.Sprintf("w%d-%d", w, i), "x")
				}
			})
		}
		var cursor int64
		for seen := 0; seen < writers*each; {
			entries, err := log.After(ctx, cursor, 1000)
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range entries {
				if e.Seq != cursor+1 {
					t.Fatalf("after %d came %d", cursor, e.Seq)
				}
				cursor = e.Seq
				seen++
			}
		}
		wg.Wait()
	})
}

func TestWaitAnswersWhenSomethingIsReleasedOrPatienceEnds(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		log := release.NewLog(db)
		if err := log.Wait(ctx, 0, time.Millisecond); err != nil {
			t.Errorf("out of patience: %v", err)
		}
		done := make(chan error, 1)
		go func() { done <- log.Wait(ctx, 0, time.Hour) }()
		put(t, db, log, "a", "A")
		if err := <-done; err != nil {
			t.Error(err)
		}
		stopped, stop := context.WithCancel(ctx)
		stop()
		if err := log.Wait(stopped, 1, time.Hour); err != nil {
			t.Errorf("stopped: %v", err)
		}
	})
}
