package newsroom

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/markup"
	"doingoai/app/media"
	"doingoai/app/media/blob"
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
			{}: "error.schedule.none", morning.AddDate(2, 0, 1): "error.schedule.far", morning.Add(-time.Hour): "error.schedule.past", morning: "error.schedule.past",
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
		sql(t, w.db, "UPDATE edition SET publish_at = publish_at - 1 WHERE item_id = ?", bad.Item)
		sql(t, w.db, "UPDATE revision SET content = 'broken' WHERE item_id = ?", bad.Item)
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
			DB: second, Log: log, Markup: markup.New(), Media: media.New(second, blob.Folder(t.TempDir())),
			Sections: section.New(second, log), Outlets: outlet.New(second, log), Person: w.at,
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

func TestAPageComesDownAtItsTime(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		w.do(t, w.managing, ref, SetExpiry) // in two days
		w.save(t, w.reporter, ref, func(c *Content) { c.Body += "\n\nNháp mới." })
		for _, step := range []struct {
			after time.Duration
			live  Live
		}{{48*time.Hour - time.Microsecond, IsLive}, {time.Microsecond, WasLive}, {time.Hour, WasLive}} {
			w.clock.Advance(step.after)
			w.publishDue(t)
			if got := row(t, w.db, ref); Live(got.Live) != step.live {
				t.Errorf("after %s readers have it: %q", step.after, got.Live)
			}
		}
		var stone release.Tombstone
		must(t, w.releaseOf(t, ref).Decode(&stone))
		if !stone.Expired || stone.Note != "" {
			t.Errorf("the tombstone says %+v", stone)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM audit WHERE verb = 'edition.expire'"); n != 1 {
			t.Errorf("it came down %d times", n)
		}
		// The draft that was under way goes on, and may be published again.
		if got := row(t, w.db, ref); State(got.State) != Draft || got.ExpiresAt != 0 {
			t.Errorf("%+v", got)
		}
		w.lead(t, w.reporter, ref, Published)
	})
}

func TestExpiryAndScheduleDoNotCross(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approved)
		ask := func(verb Verb, who account.Actor, at time.Duration) error {
			return w.Do(t.Context(), who, ref, verb, Ask{Hash: w.head(t, ref).Hash, At: w.db.Now().Add(at)})
		}
		must(t, ask(SetExpiry, w.managing, 3*time.Hour))
		if err := ask(Schedule, w.managing, 3*time.Hour); at(t, err, "publish_at") != "error.schedule.expiry" {
			t.Errorf("published when it comes down: %v", err)
		}
		must(t, ask(Schedule, w.managing, 2*time.Hour))
		for _, d := range []time.Duration{2 * time.Hour, time.Hour, -time.Hour} {
			if err := ask(SetExpiry, w.managing, d); at(t, err, "at") == "" {
				t.Errorf("it comes down %s from now: %v", d, err)
			}
		}
		must(t, w.Do(t.Context(), w.managing, ref, SetExpiry, Ask{})) // not at all
		if err := w.Do(t.Context(), w.managing, ref, SetExpiry, Ask{}); at(t, err, "at") == "" {
			t.Errorf("there was nothing to lift: %v", err)
		}
	})
}

func TestNothingIsPublishedUnderEmbargo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		until := w.db.Now().Add(5 * time.Hour)
		embargoed := func(state State) Ref {
			ref := w.bring(t, w.reporter, state)
			must(t, w.Do(t.Context(), w.reporter, ref, SetEmbargo, Ask{At: until}))
			return ref
		}
		urgent, ref := embargoed(DeskReview), embargoed(Approved)
		if err := w.Do(t.Context(), w.chief, urgent, PublishUrgent, w.ask(t, urgent, PublishUrgent)); key(t, err) != "error.publish.embargo" {
			t.Errorf("published urgently: %v", err)
		}
		if err := w.Do(t.Context(), w.chief, ref, Publish, w.ask(t, ref, Publish)); key(t, err) != "error.publish.embargo" {
			t.Errorf("published: %v", err)
		}
		if err := w.Do(t.Context(), w.managing, ref, Schedule, w.ask(t, ref, Schedule)); at(t, err, "publish_at") != "error.schedule.embargo" {
			t.Errorf("scheduled: %v", err)
		}
		// Whoever writes may lengthen it, and only those who schedule shorten it.
		must(t, w.Do(t.Context(), w.reporter, ref, SetEmbargo, Ask{At: until.Add(time.Hour)}))
		for _, at := range []time.Time{until, {}} {
			if err := w.Do(t.Context(), w.reporter, ref, SetEmbargo, Ask{At: at}); key(t, err) != "error.embargo.shorten" {
				t.Errorf("the reporter shortened it: %v", err)
			}
		}
		must(t, w.Do(t.Context(), w.managing, ref, SetEmbargo, Ask{At: until}))
		must(t, w.Do(t.Context(), w.managing, ref, Schedule, Ask{Hash: w.head(t, ref).Hash, At: until}))
		if err := w.Do(t.Context(), w.reporter, ref, SetEmbargo, Ask{At: until.Add(time.Hour)}); at(t, err, "at") != "error.embargo.scheduled" {
			t.Errorf("an embargo beyond the schedule: %v", err)
		}
		w.clock.Set(until)
		if n := w.publishDue(t); n != 1 {
			t.Errorf("%d published at the end of the embargo", n)
		}
	})
}

// What was missed while the program was down is done, and said to be late.
func TestLatenessIsRecorded(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		missed, punctual := w.bring(t, w.reporter, Scheduled), w.bring(t, w.reporter, Scheduled) // in an hour
		w.clock.Advance(time.Hour + 35*time.Minute)
		sql(t, w.db, "UPDATE edition SET publish_at = ? WHERE item_id = ?", store.Micros(w.db.Now().Add(-2*time.Second)), punctual.Item)
		w.publishDue(t)
		if got := w.newest(t, missed).Detail["late"]; got != "35" {
			t.Errorf("late by %q minutes", got)
		}
		if got := w.newest(t, punctual).Detail["late"]; got != "" {
			t.Errorf("the punctual one is late by %q", got)
		}
	})
}

// A clock that jumps back does not publish twice, and one that jumps forward
// loses nothing.
func TestAClockThatJumps(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		first, second := w.bring(t, w.reporter, Scheduled), w.bring(t, w.reporter, Scheduled)
		start := w.db.Now()
		w.clock.Set(start.Add(time.Hour))
		if n := w.publishDue(t); n != 2 {
			t.Fatalf("%d published", n)
		}
		w.clock.Set(start.Add(-24 * time.Hour))
		w.publishDue(t)
		w.clock.Set(start.Add(365 * 24 * time.Hour))
		w.publishDue(t)
		for _, ref := range []Ref{first, second} {
			if n := w.publications(t, ref); n != 1 {
				t.Errorf("published %d times", n)
			}
		}
	})
}

func TestAnOverdueApprovalIsToldOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Submitted)
		w.do(t, w.chief, ref, PublishUrgent)
		told := func() int { return count(t, w.db, "SELECT COUNT(*) FROM outbox WHERE topic = ?", Overdue) }
		w.publishDue(t)
		if told() != 0 {
			t.Error("told before it is overdue")
		}
		w.clock.Advance(25 * time.Hour)
		w.publishDue(t)
		w.publishDue(t)
		if n := told(); n != 1 {
			t.Errorf("told %d times", n)
		}
	})
}

// What keeps a due edition from readers is noted once, asked of those who can do
// something about it, and asked again until it is gone: then it is published,
// late.
func TestWhatKeepsADueEditionFromReadersIsNotedOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Scheduled) // by the managing editor, in an hour
		number, err := w.Comment(t.Context(), w.security, ref, Remark{Body: "Khoan đã.", Revision: 1, Blocking: true})
		must(t, err)
		w.clock.Advance(time.Hour)
		for range 3 {
			if n := w.publishDue(t); n != 0 {
				t.Fatalf("%d published", n)
			}
			w.clock.Advance(time.Minute)
		}
		got, due := row(t, w.db, ref), morning.Add(time.Hour)
		if Hindrance(got.Hindrance) != ByComments || got.HinderedAt != store.Micros(due) || State(got.State) != Scheduled {
			t.Errorf("%+v", got)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM audit WHERE verb = 'edition.hinder'"); n != 2 { // when it was said, and at the hour
			t.Errorf("noted %d times", n)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM outbox WHERE topic = 'edition.hindered'"); n != 2 {
			t.Errorf("told %d times", n)
		}
		if e := w.newest(t, ref); e.Verb != "edition.hinder" || e.Detail["hindrance"] != "comments" || e.ActorID != account.SystemID {
			t.Errorf("recorded as %+v", e)
		}
		for who, want := range map[string]Verb{w.chief.ID: Hinder, w.managing.ID: Hinder, w.editor.ID: "", w.reporter.ID: ""} {
			if task := w.task(t, w.staff[who], ref); task.Verb != want || want != "" && (!task.Due.Equal(due) || !task.Overdue(w.clock.Now()) || task.Hindrance != ByComments) {
				t.Errorf("%s waits for %q until %v, because of %q", who, task.Verb, task.Due, task.Hindrance)
			}
		}
		must(t, w.ResolveComment(t.Context(), w.security, ref, number))
		w.clock.Advance(10 * time.Minute)
		if n := w.publishDue(t); n != 1 {
			t.Fatalf("%d published when nothing was in the way", n)
		}
		if e := w.newest(t, ref); e.Detail["late"] != "13" {
			t.Errorf("recorded as %+v", e)
		}
		if got := row(t, w.db, ref); got.Hindrance != "" || got.HinderedAt != 0 || got.ScheduledBy != "" || w.task(t, w.chief, ref).Verb != "" {
			t.Errorf("still hindered: %+v", got)
		}
	})
}

// A comment that will keep a scheduled edition from readers is noted when it is
// made, and forgotten when it is settled or taken back.
func TestABlockingCommentHindersAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Scheduled)
		expect := func(after string, want Hindrance) {
			t.Helper()
			verb := Verb("")
			if want != NotHindered {
				verb = Hinder
			}
			task := w.task(t, w.managing, ref)
			if got := Hindrance(row(t, w.db, ref).Hindrance); got != want || task.Verb != verb || task.Overdue(w.clock.Now()) {
				t.Errorf("after %s: hindered by %q, for the scheduler waits %q", after, got, task.Verb)
			}
			days, _, err := w.Calendar(t.Context(), w.managing, portal, morning, morning.AddDate(0, 0, 1))
			if err != nil || len(days) != 1 || days[0].Hindrance != want {
				t.Errorf("after %s the calendar has %+v, %v", after, days, err)
			}
		}
		w.says(t, w.editor, ref, Remark{Body: "Chỉ là một lời."})
		expect("a remark", NotHindered)
		first := w.says(t, w.editor, ref, Remark{Body: "Khoan đã.", Blocking: true})
		second := w.says(t, w.editor, ref, Remark{Body: "Còn nữa.", Blocking: true})
		expect("two objections", ByComments)
		must(t, w.ResolveComment(t.Context(), w.editor, ref, first))
		expect("one is settled", ByComments)
		must(t, w.DeleteComment(t.Context(), w.editor, ref, second))
		expect("the other is taken back", NotHindered)
		must(t, w.ReopenComment(t.Context(), w.editor, ref, first))
		expect("not settled after all", ByComments)
		must(t, w.ResolveComment(t.Context(), w.editor, ref, first))
		w.clock.Advance(time.Hour)
		if n := w.publishDue(t); n != 1 {
			t.Errorf("%d published at the hour", n)
		}
		if e := w.newest(t, ref); e.Detail["late"] != "" {
			t.Errorf("late: %+v", e)
		}
	})
}

// Each thing that can be in the way has its name, and whatever sets another time
// or takes it back is rid of it.
func TestHindrancesHaveTheirNames(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		p := w.picture(t, 7)
		for want, hinder := range map[Hindrance]func(Ref){
			ByOutlets: func(ref Ref) {
				sql(t, w.db, "INSERT INTO placement (item_id, lang, outlet_id, state, state_at) VALUES (?, 'vi', ?, 'dropped', 1)", ref.Item, w.outlets[0])
			},
			ByApproval: func(ref Ref) { sql(t, w.db, "UPDATE edition SET approved_hash = 'x' WHERE item_id = ?", ref.Item) },
			ByEmbargo: func(ref Ref) {
				sql(t, w.db, "UPDATE edition SET embargo_until = ? WHERE item_id = ?", store.Micros(w.clock.Now().Add(72*time.Hour)), ref.Item)
			},
			ByFiles: func(Ref) { sql(t, w.db, "UPDATE media SET expires_at = 1 WHERE hash = ?", p.Hash) },
		} {
			ref := w.draft(t, w.reporter, "vi", "Bài")
			if want == ByFiles {
				w.save(t, w.reporter, ref, func(c *Content) { c.Lead = Lead{Media: p.Hash, Alt: "Cầu", Caption: "Cầu", Credit: "An"} })
			}
			w.lead(t, w.reporter, ref, Scheduled)
			hinder(ref)
			w.clock.Advance(2 * time.Hour)
			w.publishDue(t)
			if got := row(t, w.db, ref); Hindrance(got.Hindrance) != want {
				t.Errorf("%q, want %q", got.Hindrance, want)
			}
			w.do(t, w.managing, ref, Unschedule)
			if got := row(t, w.db, ref); got.Hindrance != "" || got.ScheduledBy != "" {
				t.Errorf("%s: not scheduled, and %+v", want, got)
			}
			if w.publishDue(t) != 0 {
				t.Errorf("%s: published", want)
			}
		}
	})
}

// Nothing is scheduled while something is to be settled first.
func TestWhatIsBlockedIsNotScheduled(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approved)
		_, err := w.Comment(t.Context(), w.editor, ref, Remark{Body: "Khoan.", Revision: 1, Blocking: true})
		must(t, err)
		if got := key(t, w.Do(t.Context(), w.managing, ref, Schedule, w.ask(t, ref, Schedule))); got != "error.comment.blocking" {
			t.Errorf("%q", got)
		}
	})
}
