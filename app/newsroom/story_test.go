package newsroom

import (
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
)

// english is a translation of a published source, brought to a state.
func (w *world) english(t *testing.T, source Ref, state State) Ref {
	t.Helper()
	ref := w.translate(t, source, "en")
	w.save(t, w.translator, ref, func(c *Content) { *c = w.content("A headline") })
	w.lead(t, w.translator, ref, state)
	return ref
}

// A secret is one in every language: what is blocked is the story, with the
// translations there are and those begun later.
func TestABlockReachesEveryLanguage(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.bring(t, w.reporter, Published)
		approved := w.english(t, source, Approved)
		token, err := w.SharePreview(t.Context(), w.chief, approved, "Sở Ngoại vụ", 3)
		must(t, err)
		w.do(t, w.security, source, Block)
		for _, verb := range []Verb{Publish, Schedule} {
			expectKind(t, w.Do(t.Context(), w.chief, approved, verb, w.ask(t, approved, verb)), fault.NotPossible)
		}
		if r := row(t, w.db, approved); State(r.State) != Approval || r.ApprovedBy != "" || r.BlockReason != row(t, w.db, source).BlockReason {
			t.Errorf("the translation stands at %+v", r)
		}
		if e := w.newest(t, approved); e.Verb != "edition.block" || e.ActorID != w.security.ID || e.From != string(Approved) || e.To != string(Approval) {
			t.Errorf("on the translation's trail: %+v", e)
		}
		if _, err := w.OpenPreview(t.Context(), token, ""); key(t, err) != "error.verb.blocked" {
			t.Errorf("the preview link still shows it: %v", err)
		}
		later, err := w.Translate(t.Context(), w.translator, source, "km")
		must(t, err)
		w.save(t, w.translator, later, func(c *Content) { *c = w.content("ចំណងជើង") })
		w.do(t, w.translator, later, Submit)
		for _, ref := range []Ref{approved, later} {
			if err := w.Do(t.Context(), w.chief, ref, PublishUrgent, w.ask(t, ref, PublishUrgent)); key(t, err) != "error.verb.blocked" {
				t.Errorf("%s in haste: %v", ref.Lang, err)
			}
			if _, err := w.SharePreview(t.Context(), w.chief, ref, "Ai đó", 3); key(t, err) != "error.verb.blocked" {
				t.Errorf("%s shown outside: %v", ref.Lang, err)
			}
		}
		// It is lifted from the story as well, wherever that is said.
		w.do(t, w.security, later, Unblock)
		for _, ref := range []Ref{source, approved, later} {
			if r := row(t, w.db, ref); r.BlockedAt != 0 || r.BlockedBy != "" || r.BlockReason != "" {
				t.Errorf("%s is still stopped: %+v", ref.Lang, r)
			}
		}
		w.do(t, w.chief, approved, Approve, Publish)
	})
}

// What readers have in another language has to be withdrawn there too, and the
// chief is told.
func TestABlockAsksForWithdrawalInEveryLanguage(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.bring(t, w.reporter, Published)
		english := w.english(t, source, Published)
		w.do(t, w.security, english, Block)
		tasks, err := w.Waiting(t.Context(), w.chief)
		must(t, err)
		told := map[Ref]bool{}
		for _, task := range tasks {
			told[task.Ref] = task.Verb == Withdraw
		}
		if !told[source] || !told[english] {
			t.Errorf("the chief is told of %v", told)
		}
	})
}

// An outlet that was to carry a story later does not while it is stopped, and
// does as soon as it is not.
func TestAnOutletsMomentDoesNotPassABlock(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		must(t, w.place(t, w.carrier, ref, w.outlets[1], CarryIt, PlaceAsk{At: w.db.Now().Add(time.Hour)}))
		w.do(t, w.security, ref, Block)
		before := w.releaseOf(t, ref).Seq
		w.clock.Advance(2 * time.Hour)
		if n, err := w.DoDue(t.Context()); err != nil || n != 0 || w.releaseOf(t, ref).Seq != before {
			t.Errorf("it was released: %d %v", n, err)
		}
		if done, err := w.placeDue(t.Context(), ref); err != nil || done {
			t.Errorf("whoever came too late for the list did it: %v", err)
		}
		w.do(t, w.security, ref, Unblock)
		if _, err := w.DoDue(t.Context()); err != nil || len(w.article(t, ref).Outlets) != 2 {
			t.Errorf("it is not carried: %v", err)
		}
	})
}

// Two reviewers stop one story in two languages, while it is translated: it is
// stopped in all of them, and nobody is in anybody's way.
func TestAStoryIsStoppedOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.bring(t, w.reporter, Published)
		english := w.english(t, source, Submitted)
		asks := map[Ref]Ask{source: w.ask(t, source, Block), english: w.ask(t, english, Block)}
		done := make(chan error)
		for _, ref := range []Ref{source, english} {
			go func() { done <- w.Do(t.Context(), w.security, ref, Block, asks[ref]) }()
		}
		go func() {
			_, err := w.Translate(t.Context(), w.translator, source, "km")
			done <- err
		}()
		refused := 0
		for range 3 {
			if err := <-done; err != nil {
				if key(t, err) != "error.verb.block" {
					t.Errorf("refused: %v", err)
				}
				refused++
			}
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM edition WHERE item_id = ? AND blocked_at > 0", source.Item); n != 3 || refused != 1 {
			t.Errorf("%d of three are stopped, %d were refused", n, refused)
		}
	})
}

// A translation is not public before its source may be.
func TestATranslationWaitsForTheSourcesEmbargo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.draft(t, w.reporter, "vi", "Bài cấm đăng")
		english := w.english(t, source, Approved)
		until := w.db.Now().Add(48 * time.Hour)
		must(t, w.Do(t.Context(), w.reporter, source, SetEmbargo, Ask{At: until}))
		if err := w.Do(t.Context(), w.chief, english, Publish, w.ask(t, english, Publish)); key(t, err) != "error.publish.embargo" {
			t.Errorf("published: %v", err)
		}
		if err := w.Do(t.Context(), w.chief, english, Schedule, w.ask(t, english, Schedule)); at(t, err, "publish_at") != "error.schedule.embargo" {
			t.Errorf("scheduled: %v", err)
		}
		hasty := w.translate(t, source, "km")
		w.save(t, w.translator, hasty, func(c *Content) { *c = w.content("ចំណងជើង") })
		w.do(t, w.translator, hasty, Submit)
		if err := w.Do(t.Context(), w.chief, hasty, PublishUrgent, w.ask(t, hasty, PublishUrgent)); key(t, err) != "error.publish.embargo" {
			t.Errorf("in haste: %v", err)
		}
		sheet, err := w.Open(t.Context(), w.translator, english)
		must(t, err)
		if !sheet.EmbargoUntil.Equal(until) {
			t.Errorf("its page says until %v", sheet.EmbargoUntil)
		}
		for _, earlier := range []time.Time{{}, until.Add(-time.Hour)} {
			if err := w.Do(t.Context(), w.chief, english, SetEmbargo, Ask{At: earlier}); at(t, err, "at") != "error.embargo.source" {
				t.Errorf("an embargo until %v, before the source's: %v", earlier, err)
			}
		}
		// Its own, where that is later; then the source's again.
		must(t, w.Do(t.Context(), w.translator, english, SetEmbargo, Ask{At: until.Add(time.Hour)}))
		w.clock.Advance(48*time.Hour + time.Minute)
		expectKind(t, w.Do(t.Context(), w.chief, english, Publish, w.ask(t, english, Publish)), fault.NotPossible)
		must(t, w.Do(t.Context(), w.chief, english, SetEmbargo, Ask{}))
		w.do(t, w.chief, english, Publish)
		if w.releaseOf(t, english).Op != release.Put {
			t.Error("readers do not have it")
		}
		// The source does not wait for its translations.
		must(t, w.Do(t.Context(), w.translator, hasty, SetEmbargo, Ask{At: w.db.Now().Add(time.Hour)}))
		w.lead(t, w.reporter, source, Published)
	})
}

// Who may stop nothing here learns nothing of a story by its other languages.
func TestABlockIsTheAgencysReviewers(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Submitted)
		there := w.person(t, "security_there", account.Post{Agency: paper, Role: account.SecurityReviewer})
		expectKind(t, w.Do(t.Context(), there, ref, Block, w.ask(t, ref, Block)), fault.NotFound)
		expectKind(t, w.Do(t.Context(), w.security, Ref{"\x00", "vi"}, Block, Ask{Reason: "Lý do"}), fault.NotFound)
		expectKind(t, w.Do(t.Context(), w.chief, ref, Block, w.ask(t, ref, Block)), fault.Forbidden)
	})
}
