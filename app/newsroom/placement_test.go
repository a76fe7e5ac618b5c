package newsroom

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/outlet"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/migrations"
)

// paperDesk are people of the newspaper: two who may agree for its outlet, and one
// who words what it carries.
func (w *world) paperDesk(t *testing.T) (editor, managing, chief account.Actor) {
	t.Helper()
	return w.person(t, "paper_editor", account.Post{Agency: paper, Role: account.Editor}), w.carrier,
		w.person(t, "paper_chief", account.Post{Agency: paper, Role: account.EditorInChief})
}

func TestOutletOfAnotherAgencyCarriesWhatItAgreedTo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		own, other := w.outlets[0], w.outlets[1]
		if doc := w.article(t, ref); !slices.Equal(doc.Outlets, []string{own}) || doc.MainOutlet != "" || doc.Stands != nil {
			t.Errorf("not asked yet: %+v", doc)
		}
		w.clock.Advance(time.Hour)
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{}))
		doc := w.article(t, ref)
		if len(doc.Outlets) != 2 || doc.MainOutlet != own || !doc.Updated.Equal(morning) {
			t.Errorf("agreed: %+v", doc)
		}
		if on := doc.On(other); !on.Published.Equal(w.clock.Now()) || on.Updated.Before(on.Published) || on.Title != doc.Title {
			t.Errorf("on the other outlet: %+v", on)
		}
		if on := doc.On(own); !on.Published.Equal(morning) {
			t.Errorf("on its own outlet: %v", on.Published)
		}
		// An update reaches both without asking again.
		w.save(t, w.reporter, ref, func(c *Content) { c.Body += "\n\nThêm." })
		w.lead(t, w.reporter, ref, Published)
		if doc = w.article(t, ref); len(doc.Outlets) != 2 {
			t.Errorf("updated: %v", doc.Outlets)
		}
		// Dropped from the one outlet, and only from it.
		must(t, w.place(t, w.carrier, ref, other, DropIt, PlaceAsk{}))
		if doc = w.article(t, ref); !slices.Equal(doc.Outlets, []string{own}) || doc.MainOutlet != "" || doc.Stands != nil {
			t.Errorf("dropped: %+v", doc)
		}
		if e := w.newest(t, ref); e.Verb != "placement.drop" || e.AgencyID != paper || e.Reason == "" || e.Detail["outlet"] != other {
			t.Errorf("recorded as %+v", e)
		}
		w.save(t, w.reporter, ref, func(c *Content) { c.Body += "\n\nNữa." })
		w.lead(t, w.reporter, ref, Published)
		if doc = w.article(t, ref); len(doc.Outlets) != 1 {
			t.Errorf("an update brought it back: %v", doc.Outlets)
		}
	})
}

// Words of an outlet's own need a second person, and appear on that outlet.
func TestOutletHasWordsOfItsOwn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		editor, _, chief := w.paperDesk(t)
		ref := w.bring(t, w.reporter, Approved)
		other := w.outlets[1]
		words := Words{Kicker: " Đối ngoại ", Headline: "Tít của báo"}
		expectKind(t, w.place(t, editor, ref, other, CarryIt, PlaceAsk{}), fault.Forbidden)
		must(t, w.place(t, chief, ref, other, WordIt, PlaceAsk{Words: words}))
		if got := key(t, w.place(t, chief, ref, other, CarryIt, PlaceAsk{})); got != "error.placement.own_words" {
			t.Errorf("agreeing to one's own words: %q", got)
		}
		seen := w.placement(t, w.carrier, ref, other).Hash
		must(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "Tít khác"}}))
		expectKind(t, w.Place(t.Context(), w.carrier, ref, other, CarryIt, PlaceAsk{Hash: seen}), fault.Conflict)
		must(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: words}))
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{}))
		w.do(t, w.chief, ref, Publish)
		doc := w.article(t, ref)
		if on := doc.On(other); on.Title != "Tít của báo" || on.Kicker != "Đối ngoại" || on.Standfirst != doc.Standfirst || doc.Title == on.Title {
			t.Errorf("%+v", doc.Stands)
		}
		// New words wait while the old ones stand.
		must(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "Tít mới"}}))
		if doc = w.article(t, ref); doc.On(other).Title != "Tít của báo" {
			t.Errorf("unapproved words are with readers: %+v", doc.Stands)
		}
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{}))
		if doc = w.article(t, ref); doc.On(other).Title != "Tít mới" {
			t.Errorf("%+v", doc.Stands)
		}
		for name, bad := range map[string]Words{
			"headline": {Headline: strings.Repeat("a", MaxHeadline+1)}, "kicker": {Kicker: "\xff"}, "standfirst": {Standfirst: "\xff"},
		} {
			if at(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: bad}), name) == "" {
				t.Errorf("%s was taken", name)
			}
		}
		if got := at(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "TUYỆT MẬT"}}), "headline"); got != "error.marks.words" {
			t.Errorf("a mark of secrecy: %q", got)
		}
		if got := key(t, w.place(t, w.editor, ref, w.outlets[0], WordIt, PlaceAsk{Words: words})); got != "error.placement.canonical" {
			t.Errorf("other words on the canonical outlet: %q", got)
		}
	})
}

// An outlet has a moment of its own, kept by the schedule, once.
func TestOutletHasAMomentOfItsOwn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approved)
		other := w.outlets[1]
		if got := at(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{At: w.clock.Now()}), "at"); got != "error.schedule.past" {
			t.Errorf("now: %q", got)
		}
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{At: w.clock.Now().Add(3 * time.Hour)}))
		w.do(t, w.chief, ref, Publish)
		if doc := w.article(t, ref); len(doc.Outlets) != 1 || doc.Stands != nil {
			t.Fatalf("before its time: %+v", doc)
		}
		w.clock.Advance(2 * time.Hour)
		_, err := w.DoDue(t.Context())
		must(t, err)
		if doc := w.article(t, ref); len(doc.Outlets) != 1 {
			t.Fatalf("before its time: %v", doc.Outlets)
		}
		next, err := loadNextDue(w.db.Read(t.Context()), w.clock.Now())
		must(t, err)
		if !next.Equal(morning.Add(3 * time.Hour)) {
			t.Errorf("the schedule wakes at %v", next)
		}
		w.clock.Advance(90 * time.Minute) // half an hour late
		for range 2 {
			_, err = w.DoDue(t.Context())
			must(t, err)
		}
		doc := w.article(t, ref)
		if len(doc.Outlets) != 2 || !doc.On(other).Published.Equal(w.clock.Now()) {
			t.Errorf("%+v", doc)
		}
		if e := w.newest(t, ref); e.Verb != "placement.live" || e.Detail["late"] != "30" || e.ActorID != account.SystemID {
			t.Errorf("recorded as %+v", e)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM audit WHERE verb = 'placement.live'"); n != 1 {
			t.Errorf("done %d times", n)
		}
	})
}

// A correction of the story reaches every outlet at once, and asks each to look
// at its headline.
func TestCorrectionAsksEachOutlet(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		editor, _, chief := w.paperDesk(t)
		ref := w.bring(t, w.reporter, Published)
		other := w.outlets[1]
		must(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "Tít của báo"}}))
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{}))
		waits := func(who account.Actor) (verb Verb) {
			tasks, err := w.Waiting(t.Context(), who)
			must(t, err)
			for _, task := range tasks {
				if task.Ref == ref {
					verb = task.Verb
				}
			}
			return verb
		}
		if got := waits(editor); got != "" {
			t.Errorf("waits for %s already", got)
		}
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "Bản đúng." })
		w.lead(t, w.reporter, ref, Approved)
		w.do(t, w.chief, ref, Correct)
		doc := w.article(t, ref)
		if len(doc.Outlets) != 2 || doc.Correction == nil || doc.On(other).Title != "Tít của báo" {
			t.Errorf("%+v", doc)
		}
		if waits(editor) != Recheck || waits(chief) != Recheck {
			t.Errorf("%q waits for the editor, %q for the chief", waits(editor), waits(chief))
		}
		must(t, w.place(t, editor, ref, other, CheckIt, PlaceAsk{}))
		if got := waits(editor); got != "" {
			t.Errorf("still waits for %s", got)
		}
		expectKind(t, w.place(t, editor, ref, other, CheckIt, PlaceAsk{}), fault.NotPossible)
	})
}

// A second outlet of the same agency carries a story with its approval, and may
// have words and a moment of its own.
func TestSecondOutletOfTheAgencyHasItsWay(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		second, err := w.Newsroom.outlets.Ensure(t.Context(), account.System(), outlet.Outlet{
			Code: "portal-too", Agency: portal, Theme: "portal", Hosts: []string{"too.example"}, Languages: []string{"vi"},
			Texts: map[string]release.OutletText{"vi": {Name: "Trang nữa"}},
		})
		must(t, err)
		both := []string{w.outlets[0], second}
		ref, later := w.draft(t, w.reporter, "vi", "Bài"), w.draft(t, w.reporter, "vi", "Bài sau")
		for _, r := range []Ref{ref, later} {
			w.save(t, w.reporter, r, func(c *Content) { c.Outlets = both })
			w.lead(t, w.reporter, r, Approved)
		}
		w.do(t, w.chief, ref, Publish)
		if doc := w.article(t, ref); len(doc.Outlets) != 2 || doc.MainOutlet != w.outlets[0] || doc.Stands != nil {
			t.Errorf("%+v", doc)
		}
		w.clock.Advance(time.Hour)
		must(t, w.place(t, w.editor, ref, second, WordIt, PlaceAsk{Words: Words{Headline: "Tít riêng"}}))
		must(t, w.place(t, w.managing, ref, second, CarryIt, PlaceAsk{}))
		if on := func() *release.Article { doc := w.article(t, ref); return doc.On(second) }(); on.Title != "Tít riêng" || !on.Published.Equal(morning) {
			t.Errorf("%q, published %v", on.Title, on.Published)
		}
		expectKind(t, w.place(t, w.managing, ref, second, CarryIt, PlaceAsk{}), fault.NotPossible)

		must(t, w.place(t, w.managing, later, second, CarryIt, PlaceAsk{At: w.clock.Now().Add(time.Hour)}))
		w.do(t, w.chief, later, Publish)
		if doc := w.article(t, later); !slices.Equal(doc.Outlets, w.outlets[:1]) {
			t.Errorf("before its time: %v", doc.Outlets)
		}
		w.clock.Advance(time.Hour)
		_, err = w.DoDue(t.Context())
		must(t, err)
		if doc := w.article(t, later); len(doc.Outlets) != 2 {
			t.Errorf("at its time: %v", doc.Outlets)
		}
	})
}

// After a withdrawal each outlet decides anew.
func TestWithdrawnStoryIsOfferedAnew(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		must(t, w.place(t, w.carrier, ref, w.outlets[1], CarryIt, PlaceAsk{}))
		w.do(t, w.chief, ref, Withdraw)
		var stone release.Tombstone
		must(t, w.releaseOf(t, ref).Decode(&stone))
		if len(stone.Outlets) != 2 {
			t.Errorf("the tombstone is on %v", stone.Outlets)
		}
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "Đã sửa." })
		w.lead(t, w.reporter, ref, Published)
		if doc := w.article(t, ref); !slices.Equal(doc.Outlets, w.outlets[:1]) {
			t.Errorf("it is back on %v", doc.Outlets)
		}
		must(t, w.place(t, w.carrier, ref, w.outlets[1], CarryIt, PlaceAsk{}))
		if doc := w.article(t, ref); len(doc.Outlets) != 2 {
			t.Errorf("agreed anew: %v", doc.Outlets)
		}
	})
}

// Nobody decides for an outlet but its own people, nobody about a text that is
// not approved, and no verb leaves a trace when it is refused.
func TestPlacementIsForTheOutletsPeople(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		draft, ref := w.bring(t, w.reporter, DeskReview), w.bring(t, w.reporter, Published)
		other := w.outlets[1]
		hash := w.placement(t, w.chief, ref, other).Hash
		entries := w.entries(t)
		for _, verb := range PlaceVerbs() {
			ask := PlaceAsk{Hash: hash, Reason: "Lý do"}
			expectKind(t, w.Place(t.Context(), w.chief, ref, other, verb, ask), fault.Forbidden)
			expectKind(t, w.Place(t.Context(), w.carrier, draft, other, verb, ask), fault.NotFound)
			expectKind(t, w.Place(t.Context(), w.chief, draft, other, verb, ask), fault.NotPossible)
			expectKind(t, w.Place(t.Context(), w.chief, ref, "none", verb, ask), fault.NotFound)
			stranger := w.person(t, "stranger"+string(verb), account.Post{Agency: "third", Role: account.EditorInChief})
			expectKind(t, w.Place(t.Context(), stranger, ref, other, verb, ask), fault.NotFound)
			if p := w.placement(t, w.chief, ref, other); len(p.Verbs) != 0 {
				t.Errorf("the author's chief is offered %v", p.Verbs)
			}
		}
		expectKind(t, w.Place(t.Context(), w.carrier, ref, other, "sing", PlaceAsk{Hash: hash}), fault.NotFound)
		if got := at(t, w.Place(t.Context(), w.carrier, ref, other, DeclineIt, PlaceAsk{Hash: hash}), "reason"); got != "error.reason.required" {
			t.Errorf("declined without a reason: %q", got)
		}
		if n := w.entries(t); n != entries {
			t.Errorf("refusals left %d entries", n-entries)
		}
		must(t, w.place(t, w.carrier, ref, other, DeclineIt, PlaceAsk{}))
		if _, err := w.Open(t.Context(), w.carrier, ref); fault.KindOf(err) != fault.NotFound {
			t.Errorf("what was declined is still theirs to see: %v", err)
		}
	})
}

// An agency without an outlet publishes where another one has agreed.
func TestStoryThatNoOutletCarriesIsNotPublished(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Chỉ cho báo")
		w.save(t, w.reporter, ref, func(c *Content) { c.Outlets = w.outlets[1:] })
		w.lead(t, w.reporter, ref, Approved)
		before := row(t, w.db, ref)
		if got := key(t, w.Do(t.Context(), w.chief, ref, Publish, w.ask(t, ref, Publish))); got != "error.publish.no_outlet" {
			t.Errorf("%q", got)
		}
		if row(t, w.db, ref) != before {
			t.Error("the refusal changed the edition")
		}
		must(t, w.place(t, w.carrier, ref, w.outlets[1], CarryIt, PlaceAsk{}))
		w.do(t, w.chief, ref, Publish)
		if doc := w.article(t, ref); !slices.Equal(doc.Outlets, w.outlets[1:]) {
			t.Errorf("%v", doc.Outlets)
		}
		if got := key(t, w.place(t, w.carrier, ref, w.outlets[1], DropIt, PlaceAsk{})); got != "error.publish.no_outlet" {
			t.Errorf("the last outlet dropped it: %q", got)
		}
	})
}

// What stood on outlets of other agencies before they were asked stays there.
func TestMigrationKeepsWhatStands(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		must(t, w.place(t, w.carrier, ref, w.outlets[1], CarryIt, PlaceAsk{}))
		w.bring(t, w.reporter, Published)
		sql(t, w.db, "DELETE FROM placement")
		text, err := fs.ReadFile(migrations.Newsroom(), "0016_placement.sql")
		must(t, err)
		_, insert, _ := strings.Cut(string(text), "INSERT INTO placement")
		insert, _, _ = strings.Cut(insert, ";")
		sql(t, w.db, "INSERT INTO placement"+insert)
		w.save(t, w.reporter, ref, func(c *Content) { c.Body += "." })
		w.lead(t, w.reporter, ref, Published)
		if doc := w.article(t, ref); len(doc.Outlets) != 2 {
			t.Errorf("%v", doc.Outlets)
		}
		if n := count(t, w.db, fmt.Sprint("SELECT COUNT(*) FROM placement WHERE live_at = ", store.Micros(morning))); n != 1 {
			t.Errorf("%d placements", n)
		}
	})
}

// task is what an edition waits for of a person.
func (w *world) task(t *testing.T, who account.Actor, ref Ref) Task {
	t.Helper()
	task, _, err := w.Awaits(t.Context(), who, ref)
	must(t, err)
	return task
}

// Outlets are asked to compare their words with a story only when something
// happened that words could contradict.
func TestOutletIsAskedOnlyAboutAChangeThatMatters(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		editor, _, _ := w.paperDesk(t)
		ref := w.bring(t, w.reporter, Approved)
		other := w.outlets[1]
		must(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "Tít của báo"}}))
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{}))
		w.do(t, w.chief, ref, Publish)
		asked := func(when string, want Change, due time.Time) {
			t.Helper()
			p, task := w.placement(t, editor, ref, other), w.task(t, editor, ref)
			if p.CheckFor != want || p.CheckSince.IsZero() != (want == "") || (task.Verb == Recheck) != (want != "") || !task.Due.Equal(due) {
				t.Errorf("%s: asked about %q since %v; waits for %q until %v", when, p.CheckFor, p.CheckSince, task.Verb, task.Due)
			}
		}
		asked("first publication", "", time.Time{})
		again := func(verb Verb, ask Ask) {
			t.Helper()
			w.clock.Advance(time.Hour)
			w.save(t, w.reporter, ref, func(c *Content) { c.Body += "." })
			w.lead(t, w.reporter, ref, Approved)
			ask.Hash, ask.Reason, ask.Right = w.head(t, ref).Hash, "Sai số", "Số đúng"
			must(t, w.Do(t.Context(), w.chief, ref, verb, ask))
		}
		again(Publish, Ask{Change: MinorChange})
		asked("minor update", "", time.Time{})
		again(Publish, Ask{Change: MajorChange, Note: "Số mới"})
		asked("major update", MajorChange, time.Time{})
		again(Correct, Ask{})
		corrected := w.clock.Now()
		asked("correction", Correction, corrected.Add(recheckWithin))
		again(Publish, Ask{Change: MajorChange, Note: "Thêm"})
		asked("update after it", Correction, corrected.Add(recheckWithin))
		must(t, w.place(t, editor, ref, other, CheckIt, PlaceAsk{}))
		asked("checked", "", time.Time{})
	})
}

// Whoever is about to correct a story sees which outlets keep words of their own.
func TestTheCorrectorSeesOutletsOwnWords(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		editor, _, _ := w.paperDesk(t)
		ref := w.bring(t, w.reporter, Published)
		must(t, w.place(t, editor, ref, w.outlets[1], WordIt, PlaceAsk{Words: Words{Headline: "Vốn 4 tỷ"}}))
		must(t, w.place(t, w.carrier, ref, w.outlets[1], CarryIt, PlaceAsk{}))
		w.save(t, w.reporter, ref, func(c *Content) { c.Body += " Vốn 4 triệu." })
		w.lead(t, w.reporter, ref, Approved)
		for who, want := range map[string]int{w.chief.ID: 1, w.reporter.ID: 0} {
			sheet, err := w.Open(t.Context(), w.staff[who], ref)
			must(t, err)
			if len(sheet.Worded) != want || want == 1 && sheet.Worded[0].Words.Headline != "Vốn 4 tỷ" {
				t.Errorf("%s sees %+v", who, sheet.Worded)
			}
		}
	})
}

// An outlet's moment is not lost, and not set twice.
func TestAnOutletsMomentIsChangedOnPurpose(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		editor, _, _ := w.paperDesk(t)
		ref := w.bring(t, w.reporter, Approved)
		other, at3 := w.outlets[1], w.clock.Now().Add(3*time.Hour)
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{At: at3}))
		if got := at(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{At: at3}), "at"); got != "error.schedule.same" {
			t.Errorf("the same moment: %q", got)
		}
		must(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "Tít"}}))
		w.clock.Advance(4 * time.Hour) // the story itself is late
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{At: at3}))
		if p := w.placement(t, w.carrier, ref, other); !p.PublishAt.Equal(at3) || p.Words.Headline != "Tít" {
			t.Errorf("%+v", p)
		}
		later := w.clock.Now().Add(time.Hour)
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{At: later}))
		if p := w.placement(t, w.carrier, ref, other); !p.PublishAt.Equal(later) {
			t.Errorf("%+v", p)
		}
	})
}

// Words that are none are not proposed, unless they give back the story's.
func TestNoWordsAreRefused(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		editor, _, _ := w.paperDesk(t)
		ref := w.bring(t, w.reporter, Published)
		other := w.outlets[1]
		if got := at(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "  "}}), "headline"); got != "error.placement.no_words" {
			t.Errorf("%q", got)
		}
		must(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "Tít"}}))
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{}))
		must(t, w.place(t, editor, ref, other, WordIt, PlaceAsk{}))
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{}))
		if p := w.placement(t, editor, ref, other); !p.Words.IsZero() {
			t.Errorf("%+v", p.Words)
		}
	})
}

// Nobody is asked for, or offered, what they would be refused: to agree to words
// of their own, or to a text of their own.
func TestTheProposerIsNotAskedToAgree(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, _, chief := w.paperDesk(t)
		ref := w.bring(t, w.reporter, Published)
		other := w.outlets[1]
		asked := func(who account.Actor) (Verb, bool) {
			t.Helper()
			return w.task(t, who, ref).Verb, slices.Contains(w.placement(t, who, ref, other).Verbs, CarryIt)
		}
		expect := func(when string, who account.Actor, want bool) {
			t.Helper()
			if verb, offered := asked(who); (verb == Carry) != want || offered != want {
				t.Errorf("%s: %s waits for %q, is offered it %t", when, who.ID, verb, offered)
			}
		}
		expect("invited", chief, true)
		must(t, w.place(t, chief, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "Tít của tôi"}}))
		expect("own words", chief, false)
		expect("a colleague's words", w.carrier, true)
		must(t, w.place(t, w.carrier, ref, other, CarryIt, PlaceAsk{}))
		must(t, w.place(t, chief, ref, other, WordIt, PlaceAsk{Words: Words{Headline: "Tít mới của tôi"}}))
		expect("own new words", chief, false)
		expect("a colleague's new words", w.carrier, true)

		both := w.person(t, "both", account.Post{Agency: portal, Role: account.Reporter}, account.Post{Agency: paper, Role: account.ManagingEditor})
		mine := w.bring(t, both, Published)
		if p := w.placement(t, both, mine, other); slices.Contains(p.Verbs, CarryIt) || w.task(t, both, mine).Verb == Carry {
			t.Errorf("an author is asked to agree: %v", p.Verbs)
		}
		if w.task(t, chief, mine).Verb != Carry {
			t.Error("nobody is asked")
		}
	})
}

func TestOutletsDecideNothingAboutAWithdrawnStory(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		w.do(t, w.chief, ref, Withdraw)
		for _, who := range []account.Actor{w.chief, w.carrier} {
			err := w.Place(t.Context(), who, ref, w.outlets[1], CarryIt, PlaceAsk{})
			if got := key(t, err); got != "error.placement.withdrawn" {
				t.Errorf("%s: %q", who.ID, got)
			}
		}
	})
}
