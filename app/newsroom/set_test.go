package newsroom

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// approvedPair is an original and its translation, both approved.
func (w *world) approvedPair(t *testing.T) (source, ref Ref) {
	t.Helper()
	source, ref = w.pair(t)
	w.lead(t, w.reporter, source, Approved)
	w.lead(t, w.translator, ref, Approved)
	return source, ref
}

// boundPair is an approvedPair that goes out together.
func (w *world) boundPair(t *testing.T) (source, ref Ref) {
	t.Helper()
	source, ref = w.approvedPair(t)
	must(t, w.Bind(t.Context(), w.managing, source.Item, []string{"vi", "en"}))
	return source, ref
}

func (w *world) set(t *testing.T, actor account.Actor, item string) *Set {
	t.Helper()
	s, err := w.Set(t.Context(), actor, item)
	must(t, err)
	return s
}

// publishSet is what a careful person asks.
func (w *world) publishSet(t *testing.T, actor account.Actor, item string) error {
	t.Helper()
	return w.PublishSet(t.Context(), actor, item, SetAsk{Hash: w.set(t, w.chief, item).Hash})
}

func (w *world) scheduleSet(t *testing.T, item string, in time.Duration) {
	t.Helper()
	must(t, w.ScheduleSet(t.Context(), w.managing, item, SetAsk{Hash: w.set(t, w.chief, item).Hash, At: w.clock.Now().Add(in)}))
}

// states are the state, the hindrance and what readers have of some editions.
func (w *world) states(t *testing.T, refs ...Ref) string {
	t.Helper()
	var list []string
	for _, ref := range refs {
		r := row(t, w.db, ref)
		s := ref.Lang + " " + r.State
		if r.Live != "" {
			s += " " + r.Live + " " + fmt.Sprint(r.LiveRevision)
		}
		if r.Hindrance != "" {
			s += " !" + r.Hindrance + " " + r.HinderedLang
		}
		list = append(list, strings.TrimSpace(s))
	}
	return strings.Join(list, ", ")
}

func (w *world) expectStates(t *testing.T, when, want string, refs ...Ref) {
	t.Helper()
	if got := w.states(t, refs...); got != want {
		t.Errorf("%s: %s\nwant %s", when, got, want)
	}
}

// Languages that are bound reach readers together, in one moment, and then each
// is on its own again.
func TestASetIsPublishedTogether(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.boundPair(t)
		if got := key(t, w.publishSet(t, w.managing, source.Item)); got != "error.verb.role" {
			t.Errorf("the managing editor may not publish: %q", got)
		}
		must(t, w.publishSet(t, w.chief, source.Item))
		w.expectStates(t, "published", "vi published live 2, en published live 2", source, ref)
		vi, en := w.releaseOf(t, source), w.releaseOf(t, ref)
		if !vi.At.Equal(en.At) || vi.Seq == en.Seq {
			t.Errorf("released %v (%d) and %v (%d)", vi.At, vi.Seq, en.At, en.Seq)
		}
		if e := w.newest(t, ref); e.Verb != "edition.publish" || e.Detail["set"] != "vi, en" || e.ActorID != w.chief.ID {
			t.Errorf("recorded as %+v", e)
		}
		if s := w.set(t, w.chief, source.Item); len(s.Members) != 0 || row(t, w.db, ref).Bound {
			t.Errorf("still bound: %+v", s)
		}
		if got := key(t, w.publishSet(t, w.chief, source.Item)); got != "error.set.none" {
			t.Errorf("published again: %q", got)
		}
		// The next update may be bound anew, with what readers of a language are told.
		for _, r := range []Ref{source, ref} {
			writer := map[string]account.Actor{"vi": w.reporter, "en": w.translator}[r.Lang]
			head := w.head(t, r)
			head.Content.Standfirst += " Thêm."
			_, err := w.SaveTranslation(t.Context(), writer, r, head.Number, w.head(t, source).Number, head.Content)
			must(t, err)
			w.lead(t, writer, r, Approved)
		}
		must(t, w.Bind(t.Context(), w.chief, source.Item, []string{"en", "vi"}))
		must(t, w.PublishSet(t.Context(), w.chief, source.Item, SetAsk{Hash: w.set(t, w.chief, source.Item).Hash, Notes: map[string]string{"en": "A new figure."}}))
		if got := w.article(t, ref).Changes; len(got) != 1 || got[0].Note != "A new figure." {
			t.Errorf("readers are told %+v", got)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM audit WHERE verb = ?", "edition."+string(CatchUp)); n != 0 {
			t.Error("somebody is to catch up with what went out with their translation")
		}
		if got := w.article(t, source).Changes; len(got) != 0 {
			t.Errorf("readers are told %+v", got)
		}
	})
}

// No language of a set reaches readers by itself, whatever leads to them; what
// takes something from readers is not hindered.
func TestWhatIsBoundGoesNowhereAlone(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.boundPair(t)
		for _, verb := range []Verb{Publish, Schedule, Correct, PublishUrgent} {
			if verb == Correct {
				sql(t, w.db, "UPDATE edition SET live = 'live', live_revision = 1 WHERE item_id = ?", source.Item)
			}
			if verb == PublishUrgent {
				sql(t, w.db, "UPDATE edition SET live = '', live_revision = 0, state = 'approval' WHERE item_id = ?", source.Item)
			}
			if got := key(t, w.Do(t.Context(), w.chief, ref, verb, w.ask(t, ref, verb))); got != "error.set.bound" {
				t.Errorf("%s: %q", verb, got)
			}
			if sheet, err := w.Open(t.Context(), w.chief, ref); err != nil || slices.Contains(sheet.Verbs, verb) {
				t.Errorf("%s is offered (%v)", verb, err)
			}
		}
		if w.releaseOf(t, ref) != nil {
			t.Error("readers have it")
		}
		must(t, w.Dissolve(t.Context(), w.managing, source.Item, "Bản tiếng Anh đợi sau."))
		sql(t, w.db, "UPDATE edition SET state = 'approved' WHERE item_id = ?", source.Item)
		w.do(t, w.chief, source, Publish)
		must(t, w.Bind(t.Context(), w.managing, source.Item, []string{"vi", "en"}))
		w.do(t, w.security, source, Block)
		w.do(t, w.chief, source, Withdraw)
	})
}

// Binding is for those who may schedule each of the languages, is written on the
// trail of each, and takes back what one was scheduled for by itself.
func TestBindingAndDissolving(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.approvedPair(t)
		w.do(t, w.managing, source, Schedule)
		bind := func(who account.Actor, langs ...string) string {
			return key(t, w.Bind(t.Context(), who, source.Item, langs))
		}
		if got := at(t, w.Bind(t.Context(), w.managing, source.Item, []string{"vi", "vi"}), "languages"); got != "error.set.few" {
			t.Errorf("one language: %q", got)
		}
		if got := at(t, w.Bind(t.Context(), w.managing, source.Item, []string{"vi", "xx"}), "languages"); got != "error.language.unknown" {
			t.Errorf("no language: %q", got)
		}
		for who, want := range map[string]string{w.editor.ID: "error.verb.role", w.reporter.ID: "error.verb.role", w.carrier.ID: "error.edition.none", w.contributor.ID: "error.edition.none"} {
			if got := bind(w.staff[who], "vi", "en"); got != want {
				t.Errorf("bound by %s: %q", who, got)
			}
		}
		if got := bind(w.managing, "vi", "en", "km"); got != "" {
			t.Fatal(got)
		}
		w.expectStates(t, "bound", "vi approved, en approved", source, ref)
		before := w.entries(t)
		if got := bind(w.managing, "km", "en", "vi"); got != "" || w.entries(t) != before {
			t.Errorf("bound as they were: %q, %d entries more", got, w.entries(t)-before)
		}
		s := w.set(t, w.managing, source.Item)
		if len(s.Members) != 3 || s.Ready() || s.Members[2].Edition != nil || !s.Members[2].Lacking(NeedBegun) {
			t.Errorf("%+v", s)
		}
		km := w.translate(t, source, "km")
		if !row(t, w.db, km).Bound {
			t.Error("what begins in a language of the set does not belong to it")
		}
		if got := bind(w.managing, "vi", "en"); got != "" || row(t, w.db, km).Bound || w.newest(t, km).Verb != "edition.unbind" {
			t.Errorf("taken out: %q, %+v", got, w.newest(t, km))
		}
		if e := w.newest(t, ref); e.Verb != "edition.bind" || e.Detail["set"] != "vi, en" || e.From != e.To {
			t.Errorf("recorded as %+v", e)
		}
		if got := at(t, w.Dissolve(t.Context(), w.managing, source.Item, " "), "reason"); got != "error.reason.required" {
			t.Errorf("dissolved without a reason: %q", got)
		}
		w.scheduleSet(t, source.Item, time.Hour)
		if got := bind(w.managing, "vi", "en", "km"); got != "error.set.scheduled" {
			t.Errorf("bound otherwise while it has a moment: %q", got)
		}
		must(t, w.Dissolve(t.Context(), w.managing, source.Item, "Không đợi nữa."))
		w.expectStates(t, "dissolved", "vi approved, en approved", source, ref)
		if e := w.newest(t, source); e.Verb != "edition.unbind" || e.Reason != "Không đợi nữa." || row(t, w.db, source).Bound {
			t.Errorf("recorded as %+v", e)
		}
		w.do(t, w.chief, source, Publish)
	})
}

// One language that is not ready keeps all of them, and the refusal says which.
func TestASetGoesOutWholeOrNotAtAll(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for name, spoil := range map[string]func(source, ref Ref){
			"saved":     func(_, ref Ref) { w.save(t, w.editor, ref, func(c *Content) { c.Standfirst = "Other." }) },
			"objected":  func(_, ref Ref) { w.says(t, w.editor, ref, Remark{Body: "Khoan.", Blocking: true}) },
			"embargoed": func(_, ref Ref) { w.do(t, w.managing, ref, SetEmbargo) },
			"not approved": func(_, ref Ref) {
				sql(t, w.db, "UPDATE edition SET approved_hash = 'x' WHERE "+byRef, ref.Item, ref.Lang)
			},
			"on no outlet": func(_, ref Ref) {
				sql(t, w.db, "INSERT INTO placement (item_id, lang, outlet_id, state, state_at) VALUES (?, 'en', ?, 'dropped', 1)", ref.Item, w.outlets[0])
			},
		} {
			source, ref := w.boundPair(t)
			spoil(source, ref)
			before := dump(t, w.db)
			err := w.publishSet(t, w.chief, source.Item)
			var refused *SetError
			if !errors.As(err, &refused) || len(refused.Refusals) != 1 || refused.Refusals[0].Lang != "en" || key(t, err) != "error.set.unready" {
				t.Errorf("%s: %v", name, err)
			}
			expectSame(t, name, before, dump(t, w.db))
			if w.set(t, w.chief, source.Item).Ready() {
				t.Errorf("%s: said to be ready", name)
			}
		}
		source, _ := w.boundPair(t)
		if got := key(t, w.PublishSet(t.Context(), w.chief, source.Item, SetAsk{Hash: "x"})); got != "error.verb.moved_on" {
			t.Errorf("of other texts: %q", got)
		}
	})
}

func expectSame(t *testing.T, what string, before, after map[string]string) {
	t.Helper()
	for table := range maps.Keys(before) {
		if before[table] != after[table] {
			t.Errorf("%s: %s was changed\n%s\nto\n%s", what, table, before[table], after[table])
		}
	}
}

// Trying a set shows what readers would get, and leaves nothing behind.
func TestTryingASetLeavesNothingBehind(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.boundPair(t)
		files := func() (names []string) {
			must(t, fs.WalkDir(os.DirFS(w.files), ".", func(path string, _ fs.DirEntry, err error) error { names = append(names, path); return err }))
			return names
		}
		before, had := dump(t, w.db), files()
		tried, err := w.TrySet(t.Context(), w.managing, source.Item)
		must(t, err)
		expectSame(t, "tried", before, dump(t, w.db))
		if got := files(); !slices.Equal(got, had) {
			t.Errorf("files %v, before %v", got, had)
		}
		if len(tried) != 2 || tried[0].Document == nil || tried[1].Document == nil || tried[1].Document.Title != "More projects" || tried[1].Updated ||
			!slices.Equal(tried[1].Document.Outlets, []string{w.outlets[0]}) {
			t.Errorf("%+v", tried)
		}
		w.says(t, w.editor, ref, Remark{Body: "Khoan.", Blocking: true})
		before = dump(t, w.db)
		tried, err = w.TrySet(t.Context(), w.managing, source.Item)
		must(t, err)
		expectSame(t, "tried in vain", before, dump(t, w.db))
		if tried[0].Document == nil || tried[1].Document != nil || key(t, tried[1].Refusal) != "error.comment.blocking" {
			t.Errorf("%+v", tried)
		}
		if _, err := w.TrySet(t.Context(), w.editor, source.Item); key(t, err) != "error.verb.role" {
			t.Errorf("tried by an editor: %v", err)
		}
	})
}

// A scheduled set is published when it is due, late when it must be, by whichever
// process is there then.
func TestAScheduledSetIsPublishedWhenDue(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.boundPair(t)
		for want, in := range map[string]time.Duration{"error.schedule.past": -time.Hour, "error.schedule.far": 3 * 366 * 24 * time.Hour} {
			err := w.ScheduleSet(t.Context(), w.managing, source.Item, SetAsk{Hash: w.set(t, w.chief, source.Item).Hash, At: w.clock.Now().Add(in)})
			if got := at(t, err, "publish_at"); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		}
		w.scheduleSet(t, source.Item, time.Hour)
		w.expectStates(t, "scheduled", "vi scheduled, en scheduled", source, ref)
		days, _, err := w.Calendar(t.Context(), w.managing, portal, morning, morning.AddDate(0, 0, 1))
		if err != nil || len(days) != 2 || !days[0].Bound || !days[1].Bound {
			t.Errorf("the calendar has %+v, %v", days, err)
		}
		if got := key(t, w.Do(t.Context(), w.managing, ref, Unschedule, w.ask(t, ref, Unschedule))); got != "error.set.bound" {
			t.Errorf("one of them taken back: %q", got)
		}
		must(t, w.UnscheduleSet(t.Context(), w.managing, source.Item))
		w.expectStates(t, "taken back", "vi approved, en approved", source, ref)
		if !row(t, w.db, ref).Bound {
			t.Error("taking the moment back dissolved the set")
		}
		w.scheduleSet(t, source.Item, 2*time.Hour)
		if next, err := loadNextDue(w.db.Read(t.Context()), w.clock.Now()); err != nil || !next.Equal(w.clock.Now().Add(2*time.Hour)) {
			t.Errorf("next due %v, %v", next, err)
		}
		w.clock.Advance(119 * time.Minute)
		if n := w.publishDue(t); n != 0 {
			t.Fatalf("%d published before it is due", n)
		}
		w.clock.Advance(6 * time.Minute)
		again := New(Rooms{DB: w.db, Log: w.log, Markup: w.markup, Media: w.room, Sections: w.sections, Outlets: w.Newsroom.outlets, Person: w.at})
		if n, err := again.DoDue(t.Context()); n != 2 || err != nil {
			t.Fatalf("%d published, %v", n, err)
		}
		w.expectStates(t, "due", "vi published live 2, en published live 2", source, ref)
		if e := w.newest(t, ref); e.Detail["late"] != "5" || e.Detail["set"] != "vi, en" || e.ActorID != account.SystemID {
			t.Errorf("recorded as %+v", e)
		}
		if n := w.publishDue(t); n != 0 {
			t.Errorf("%d published again", n)
		}
	})
}

// When one language of a scheduled set loses its approval, the others say so at
// once, and of which it is; the moment stays, and when the text is approved again
// the set goes out.
func TestOneLanguageHindersItsSet(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.boundPair(t)
		w.scheduleSet(t, source.Item, time.Hour)
		w.publishDue(t)
		w.save(t, w.editor, ref, func(c *Content) { c.Standfirst = "Another standfirst." })
		w.publishDue(t) // as the schedule does, which is woken
		w.expectStates(t, "saved", "vi scheduled !approval en, en approval", source, ref)
		if s := w.set(t, w.managing, source.Item); s.PublishAt.IsZero() || s.Ready() || !s.Members[1].Lacking(NeedApproved) || !slices.Contains(s.Members[1].Conditions[0].Roles, account.EditorInChief) {
			t.Errorf("%+v", s)
		}
		if e := w.newest(t, source); e.Verb != "edition.hinder" || e.Detail["hindered_lang"] != "en" {
			t.Errorf("recorded as %+v", e)
		}
		told := func() int { return count(t, w.db, "SELECT COUNT(*) FROM outbox WHERE topic = ?", Hindered) }
		if w.publishDue(t); told() != 1 {
			t.Errorf("told %d times", told())
		}
		w.clock.Advance(time.Hour)
		for range 3 {
			if n := w.publishDue(t); n != 0 {
				t.Fatalf("%d published", n)
			}
			w.clock.Advance(time.Minute)
		}
		if told() != 2 || w.releaseOf(t, source) != nil {
			t.Errorf("told %d times when it was due", told())
		}
		w.do(t, w.chief, ref, Approve)
		w.expectStates(t, "approved again", "vi scheduled !approval en, en scheduled", source, ref)
		if n := w.publishDue(t); n != 2 {
			t.Fatalf("%d published once nothing was in the way", n)
		}
		w.expectStates(t, "published", "vi published live 2, en published live 3", source, ref)
		if e := w.newest(t, ref); e.Detail["late"] != "3" {
			t.Errorf("recorded as %+v", e)
		}
	})
}

// What one language is hindered by is noted on each: comments before it is due,
// and what is found out only then. What is settled is forgotten.
func TestWhatHindersASetIsNotedOnEach(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.boundPair(t)
		w.scheduleSet(t, source.Item, time.Hour)
		number := w.says(t, w.editor, ref, Remark{Body: "Khoan.", Blocking: true})
		w.publishDue(t)
		w.expectStates(t, "objected", "vi scheduled !comments en, en scheduled !comments", source, ref)
		must(t, w.ResolveComment(t.Context(), w.editor, ref, number))
		w.publishDue(t)
		w.expectStates(t, "settled", "vi scheduled, en scheduled", source, ref)
		sql(t, w.db, "INSERT INTO placement (item_id, lang, outlet_id, state, state_at) VALUES (?, 'en', ?, 'dropped', 1)", ref.Item, w.outlets[0])
		w.clock.Advance(time.Hour)
		w.publishDue(t)
		w.expectStates(t, "on no outlet", "vi scheduled !outlets en, en scheduled !outlets", source, ref)
		if w.releaseOf(t, source) != nil || w.releaseOf(t, ref) != nil {
			t.Error("readers have a language of it")
		}
		sql(t, w.db, "DELETE FROM placement WHERE item_id = ? AND outlet_id = ?", ref.Item, w.outlets[0])
		if n := w.publishDue(t); n != 2 {
			t.Errorf("%d published", n)
		}
	})
}

// A translation that is critically behind what goes out with it keeps the set,
// unless somebody says why; what they said is of that text of the source only.
func TestACriticallyStaleTranslationKeepsItsSet(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.boundPair(t)
		change := func(text string) {
			w.save(t, w.editor, source, rewritten(2, inVietnamese, text))
			w.do(t, w.chief, source, Approve)
		}
		change(moreFunds)
		err := w.publishSet(t, w.chief, source.Item)
		var refused *SetError
		if !errors.As(err, &refused) || refused.Refusals[0].Lang != "en" || key(t, refused.Refusals[0].Err) != "error.set.behind" {
			t.Fatalf("%v", err)
		}
		if s := w.set(t, w.chief, source.Item); !s.Lags() || !s.Nearly() {
			t.Errorf("%+v", s)
		}
		must(t, w.ScheduleSet(t.Context(), w.managing, source.Item, SetAsk{
			Hash: w.set(t, w.chief, source.Item).Hash, At: w.clock.Now().Add(time.Hour), Behind: "Số mới chờ xác nhận.",
		}))
		if e := w.newest(t, ref); e.Detail["behind"] != "Số mới chờ xác nhận." {
			t.Errorf("recorded as %+v", e)
		}
		w.publishDue(t)
		w.expectStates(t, "accepted", "vi scheduled, en scheduled", source, ref)
		change("Tổng vốn đăng ký của các dự án này là 4,1 tỷ USD.")
		w.publishDue(t)
		w.expectStates(t, "changed again", "vi scheduled !behind en, en scheduled !behind", source, ref)
	})
}

// When whoever scheduled a set is disabled, its moment is taken back, whether it
// is due before anybody is told or not.
func TestASetOfSomebodyDisabledWaits(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, dismiss := range []bool{true, false} {
			source, ref := w.boundPair(t)
			w.scheduleSet(t, source.Item, time.Hour)
			w.gone = map[string]bool{w.managing.ID: true}
			w.clock.Advance(2 * time.Hour)
			if dismiss {
				must(t, w.Dismiss(t.Context(), w.managing.ID))
			}
			if n := w.publishDue(t); n != 0 {
				t.Errorf("%d published", n)
			}
			w.expectStates(t, "disabled", "vi approved, en approved", source, ref)
			if s := w.set(t, w.chief, source.Item); !s.PublishAt.IsZero() || len(s.Members) != 2 {
				t.Errorf("%+v", s)
			}
			w.gone = nil
		}
	})
}

// A withdrawal in the meantime voids the approval of what was to replace the
// page, and the set waits; all languages can be withdrawn in one act all the same.
func TestAWithdrawnMemberHoldsTheSet(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.boundPair(t)
		must(t, w.publishSet(t, w.chief, source.Item))
		for _, r := range []Ref{source, ref} {
			writer := map[string]account.Actor{"vi": w.reporter, "en": w.translator}[r.Lang]
			w.save(t, writer, r, func(c *Content) { c.Standfirst += " Thêm." })
			w.lead(t, writer, r, Approved)
		}
		must(t, w.Bind(t.Context(), w.managing, source.Item, []string{"vi", "en"}))
		w.scheduleSet(t, source.Item, time.Hour)
		ask := w.ask(t, source, Withdraw)
		ask.Languages = []string{"en"}
		must(t, w.Do(t.Context(), w.chief, source, Withdraw, ask))
		w.expectStates(t, "withdrawn", "vi approval withdrawn 2, en approval withdrawn 2", source, ref)
		w.clock.Advance(time.Hour)
		if n := w.publishDue(t); n != 0 {
			t.Errorf("%d published", n)
		}
		if got := row(t, w.db, source); !got.Bound || got.PublishAt != 0 {
			t.Errorf("%+v", got)
		}
	})
}

// Two people release a set at the same moment: one of them does.
func TestTwoReleaseASetAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		second := w.person(t, "second", account.Post{Agency: portal, Role: account.EditorInChief})
		for range 4 {
			source, ref := w.boundPair(t)
			hash := w.set(t, w.chief, source.Item).Hash
			done := make(chan error, 3)
			for _, who := range []account.Actor{w.chief, second} {
				go func() { done <- w.PublishSet(t.Context(), who, source.Item, SetAsk{Hash: hash}) }()
			}
			go func() { _, err := w.DoDue(t.Context()); done <- err }()
			var keys []string
			for range 3 {
				keys = append(keys, key(t, <-done))
			}
			if slices.Sort(keys); !slices.Equal(keys, []string{"", "", "error.set.none"}) {
				t.Errorf("%q", keys)
			}
			if n := count(t, w.db, "SELECT COUNT(*) FROM audit WHERE verb = 'edition.publish' AND subject = ?", ref.subject()); n != 1 {
				t.Errorf("published %d times", n)
			}
		}
	})
}

// Somebody saves a language while the set is released: either they were first,
// and nothing goes out, or readers have exactly what was approved, in every
// language.
func TestALanguageIsSavedWhileTheSetIsReleased(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for range 6 {
			source, ref := w.boundPair(t)
			hash, c := w.set(t, w.chief, source.Item).Hash, w.head(t, ref).Content
			c.Standfirst = "Changed at the last moment."
			done := make(chan error, 2)
			go func() {
				_, err := w.Save(t.Context(), w.editor, ref, 2, c)
				done <- err
			}()
			go func() { done <- w.PublishSet(t.Context(), w.chief, source.Item, SetAsk{Hash: hash}) }()
			for range 2 {
				if err := <-done; fault.KindOf(err) == fault.Internal {
					t.Fatal(err)
				}
			}
			vi, en := row(t, w.db, source), row(t, w.db, ref)
			if vi.Live != en.Live || Live(en.Live) == IsLive && en.LiveRevision != 2 {
				t.Errorf("vi %+v\nen %+v", vi, en)
			}
		}
	})
}

// Six languages go out in one moment.
func TestSixLanguagesGoOutTogether(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, en := w.pair(t)
		refs := []Ref{source, en}
		for _, lang := range []string{"km", "zh", "ko", "ja"} {
			ref := w.translate(t, source, lang)
			w.save(t, w.translator, ref, func(c *Content) { c.Headline, c.Standfirst, c.Body = lang+" 12", "Sapo.", body(inEnglish...) })
			refs = append(refs, ref)
		}
		must(t, w.Bind(t.Context(), w.managing, source.Item, Languages))
		for _, ref := range refs {
			writer := w.translator
			if ref == source {
				writer = w.reporter
			}
			for _, f := range w.sheet(t, w.editor, ref).Findings {
				if f.Open() {
					must(t, w.Explain(t.Context(), w.editor, ref, w.head(t, ref).Hash, f.Key, "Đã kiểm tra."))
				}
			}
			w.lead(t, writer, ref, Approved)
		}
		must(t, w.publishSet(t, w.chief, source.Item))
		if n := count(t, w.db, "SELECT COUNT(DISTINCT at) FROM release WHERE kind = 'article'"); n != 1 {
			t.Errorf("in %d moments", n)
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM edition WHERE live = 'live' AND NOT bound AND publish_at = 0"); n != 6 {
			t.Errorf("%d languages are with readers", n)
		}
	})
}

func (w *world) sheet(t *testing.T, actor account.Actor, ref Ref) *Sheet {
	t.Helper()
	s, err := w.Open(t.Context(), actor, ref)
	must(t, err)
	return s
}

// A language that is approved asks nobody to publish it while others of its set
// are not: it says which it waits for, and asks when the last of them is there.
func TestAnApprovedLanguageWaitsForItsSet(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.pair(t)
		w.lead(t, w.reporter, source, Approved)
		asks := func(actor account.Actor) (langs []string) {
			tasks, err := w.Waiting(t.Context(), actor)
			must(t, err)
			for _, task := range tasks {
				if task.Verb == Publish || task.Verb == Schedule {
					langs = append(langs, task.Edition.Ref.Lang)
				}
			}
			slices.Sort(langs)
			return langs
		}
		expect := func(when string, awaited []string, asked ...string) {
			t.Helper()
			sheet, err := w.Open(t.Context(), w.chief, source)
			must(t, err)
			if !slices.Equal(sheet.SetAwaits, awaited) {
				t.Errorf("%s it waits for %v", when, sheet.SetAwaits)
			}
			for name, actor := range map[string]account.Actor{"chief": w.chief, "managing editor": w.managing} {
				if got := asks(actor); !slices.Equal(got, asked) {
					t.Errorf("%s the %s is asked for %v", when, name, got)
				}
			}
		}
		expect("alone", nil, "vi")
		must(t, w.Bind(t.Context(), w.managing, source.Item, []string{"vi", "en", "km"}))
		expect("bound", []string{"en", "km"})
		must(t, w.Bind(t.Context(), w.managing, source.Item, []string{"vi", "en"}))
		expect("bound with what is begun", []string{"en"})
		w.lead(t, w.translator, ref, Approved)
		expect("all approved", nil, "en", "vi")
		w.save(t, w.editor, ref, rewritten(2, inEnglish, "In all, their registered capital totals 3.5 billion USD."))
		expect("one changed", []string{"en"})
		must(t, w.Dissolve(t.Context(), w.managing, source.Item, "Đăng riêng."))
		expect("dissolved", nil, "vi")
	})
}
