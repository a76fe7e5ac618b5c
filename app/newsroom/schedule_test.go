package newsroom

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/markup"
	"doingoai/app/media"
	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
	"doingoai/migrations"
)

// publications is how often an edition was published, by the trail.
func (w *world) publications(t *testing.T, ref Ref) int {
	t.Helper()
	return count(t, w.db, "SELECT COUNT(*) FROM audit WHERE verb = 'edition.publish' AND subject = ?", ref.subject())
}

func (w *world) publishDue(t *testing.T) int {
	t.Helper()
	n, err := w.DoDue(t.Context())
	must(t, err)
	return n
}

func TestScheduledEditionIsPublishedWhenDueAndOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Scheduled) // in an hour
		w.clock.Advance(time.Hour - time.Microsecond)
		if n := w.publishDue(t); n != 0 || w.releaseOf(t, ref) != nil {
			t.Errorf("%d published too early", n)
		}
		w.clock.Advance(time.Microsecond)
		for i, want := range []int{1, 0, 0} {
			if n := w.publishDue(t); n != want {
				t.Errorf("round %d published %d", i, n)
			}
		}
		e, got := w.newest(t, ref), row(t, w.db, ref)
		if State(got.State) != Published || got.PublishAt != 0 || !w.article(t, ref).Published.Equal(w.clock.Now()) {
			t.Errorf("%+v", got)
		}
		if e.ActorID != "system" || e.From != string(Scheduled) || e.To != string(Published) || e.Revision != got.ApprovedHash {
			t.Errorf("recorded as %+v", e)
		}
	})
}

// Whatever was due while the newsroom was down is published when it is back.
func TestWhatWasMissedIsPublishedLater(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var refs []Ref
		for range 3 {
			refs = append(refs, w.bring(t, w.reporter, Scheduled))
		}
		w.clock.Advance(72 * time.Hour)
		if n := w.publishDue(t); n != 3 {
			t.Errorf("%d published", n)
		}
		for _, ref := range refs {
			if !w.article(t, ref).Published.Equal(w.clock.Now()) {
				t.Error("the time of publication is not when it was published")
			}
		}
	})
}

func TestUnscheduledOrChangedEditionIsNotPublished(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		unscheduled, changed, already := w.bring(t, w.reporter, Scheduled), w.bring(t, w.reporter, Scheduled), w.bring(t, w.reporter, Scheduled)
		w.do(t, w.managing, unscheduled, Unschedule)
		w.save(t, w.editor, changed, func(c *Content) { c.Body += "," })
		w.do(t, w.chief, already, Publish)
		w.clock.Advance(2 * time.Hour)
		if n := w.publishDue(t); n != 0 || w.publications(t, already) != 1 {
			t.Errorf("%d published", n)
		}
		for _, ref := range []Ref{unscheduled, changed} {
			if w.releaseOf(t, ref) != nil {
				t.Error("published all the same")
			}
		}
	})
}

func TestScheduleAsksForATimeToCome(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approved)
		for at, want := range map[time.Time]string{
			{}: "error.bad_date", morning.Add(-time.Hour): "error.schedule.past", morning: "error.schedule.past",
		} {
			ask := w.ask(t, ref, Schedule)
			ask.At = at
			err := w.Do(t.Context(), w.managing, ref, Schedule, ask)
			f, _ := fault.As(err)
			if f == nil || f.Fields["publish_at"].Key != want {
				t.Errorf("%v: %v", at, err)
			}
		}
		if got := row(t, w.db, ref); State(got.State) != Approved || got.PublishAt != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// One edition that cannot be published does not hold up the others, and says
// which it is.
func TestOneFailingEditionDoesNotHoldUpTheOthers(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		bad, good := w.bring(t, w.reporter, Scheduled), w.bring(t, w.reporter, Scheduled)
		sql(t, w.db, "UPDATE edition SET approved_hash = 'x', publish_at = publish_at - 1 WHERE item_id = ?", bad.Item)
		w.clock.Advance(time.Hour)
		n, err := w.DoDue(t.Context())
		if n != 1 || err == nil || !strings.Contains(err.Error(), bad.subject()) {
			t.Errorf("%d published, %v", n, err)
		}
		if w.releaseOf(t, bad) != nil || w.publications(t, good) != 1 {
			t.Error("the wrong one was published")
		}
	})
}

// Two newsrooms on one database, each asking with several hands at once:
// every edition is published once.
func TestTwoNewsroomsPublishEachEditionOnce(t *testing.T) {
	apptest.EachURL(t, func(t *testing.T, url string) {
		clock := apptest.Clock(morning)
		open := func() *store.DB {
			db, err := store.Open(t.Context(), store.Options{URL: url, Clock: clock.Now})
			must(t, err)
			t.Cleanup(func() { db.Close() })
			return db
		}
		db := open()
		must(t, db.Migrate(t.Context(), migrations.Newsroom()))
		w := newWorld(t, db)
		second := open()
		log := release.NewLog(second)
		other := New(Rooms{
			DB: second, Log: log, Markup: markup.New(), Media: media.New(second, t.TempDir()),
			Sections: section.New(second, log), Outlets: outlet.New(second, log),
		})
		var refs []Ref
		for range 12 {
			refs = append(refs, w.bring(t, w.reporter, Scheduled))
		}
		clock.Advance(time.Hour)
		total := make(chan int, 8)
		var group sync.WaitGroup
		for i := range cap(total) {
			n := []*Newsroom{w.Newsroom, other}[i%2]
			group.Go(func() {
				done, err := n.DoDue(t.Context())
				if err != nil {
					t.Error(err)
				}
				total <- done
			})
		}
		group.Wait()
		close(total)
		sum := 0
		for n := range total {
			sum += n
		}
		if sum != len(refs) {
			t.Errorf("%d publications of %d editions", sum, len(refs))
		}
		for _, ref := range refs {
			if n := w.publications(t, ref); n != 1 {
				t.Errorf("%s was published %d times", ref.subject(), n)
			}
		}
		if n := count(t, db, "SELECT COUNT(*) FROM release_history WHERE kind = 'article'"); n != 0 {
			t.Errorf("%d releases were superseded", n)
		}
		w.verify(t)
	})
}

// The running schedule notices what is scheduled while it waits, is on time,
// is not stopped by an edition it cannot publish, and ends when told.
func TestRunningScheduleIsOnTime(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		w := newWorld(t, db)
		bad := w.bring(t, w.reporter, Scheduled)
		sql(t, db, "UPDATE edition SET approved_hash = 'x', publish_at = 1 WHERE item_id = ?", bad.Item)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() { defer close(ended); w.RunSchedule(ctx) }()
		for i := range 2 {
			ref := w.draft(t, w.reporter, "vi", fmt.Sprint("Đúng giờ ", i))
			w.lead(t, w.reporter, ref, Approved)
			ask := w.ask(t, ref, Schedule)
			ask.At = db.Now().Add(200 * time.Millisecond)
			must(t, w.Do(t.Context(), w.managing, ref, Schedule, ask))
			apptest.Eventually(t, "the scheduled edition to be published", func() bool { return w.releaseOf(t, ref) != nil })
			if late := w.article(t, ref).Published.Sub(ask.At); late < 0 || late > 10*time.Second {
				t.Errorf("published %v after its time", late)
			}
		}
		stop()
		<-ended
	})
}
