package newsroom

import (
	"testing"
	"time"

	"doingoai/app/fault"
)

// TestWhatADisabledPersonLeavesEnds: at once, and for good when it is told.
func TestWhatADisabledPersonLeavesEnds(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		scheduled, late, shared := w.bring(t, w.reporter, Scheduled), w.bring(t, w.reporter, Scheduled), w.bring(t, w.reporter, Editing)
		row, err := loadEdition(w.db.Read(t.Context()), scheduled)
		must(t, err)
		scheduler, token := row.ScheduledBy, w.share(t, shared)
		if scheduler == "" {
			t.Fatal("nobody scheduled it")
		}
		w.gone = map[string]bool{scheduler: true, w.editor.ID: true}
		_, err = w.OpenPreview(t.Context(), token, "")
		expectKind(t, err, fault.NotFound)
		must(t, w.Dismiss(t.Context(), w.editor.ID))
		w.gone = nil // and is back
		_, err = w.OpenPreview(t.Context(), token, "")
		expectKind(t, err, fault.NotFound)
		if n := w.newest(t, shared); n.Verb != "preview.revoke" {
			t.Errorf("%+v", n)
		}
		w.do(t, w.managing, late, Unschedule) // somebody else's choice is nobody's who left
		ask := w.ask(t, late, Schedule)
		must(t, w.Do(t.Context(), w.chief, late, Schedule, ask))
		if scheduler == w.chief.ID {
			t.Fatal("the chief scheduled both")
		}
		must(t, w.Dismiss(t.Context(), scheduler))
		must(t, w.Dismiss(t.Context(), scheduler))
		for ref, want := range map[Ref]State{scheduled: Approved, late: Scheduled} {
			row, err := loadEdition(w.db.Read(t.Context()), ref)
			must(t, err)
			if State(row.State) != want || row.ApprovedHash == "" {
				t.Errorf("%s is %s", ref.subject(), row.State)
			}
		}
	})
}

// TestNothingIsPublishedOnTheWordOfSomebodyDisabled, even before it is told that
// they left.
func TestNothingIsPublishedOnTheWordOfSomebodyDisabled(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Scheduled)
		row, err := loadEdition(w.db.Read(t.Context()), ref)
		must(t, err)
		w.gone = map[string]bool{row.ScheduledBy: true}
		w.clock.Advance(72 * time.Hour)
		if n := w.publishDue(t); n != 0 || w.releaseOf(t, ref) != nil {
			t.Errorf("%d published", n)
		}
		if row, err = loadEdition(w.db.Read(t.Context()), ref); err != nil || State(row.State) != Approved {
			t.Errorf("it is %s %v", row.State, err)
		}
	})
}

// What somebody agreed to for an outlet, and is still to come, waits for somebody
// else there when they are disabled; what its readers have stays.
func TestWhatADisabledPersonAgreedToIsAskedAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, _, chief := w.paperDesk(t)
		other := w.outlets[1]
		future := w.clock.Now().Add(time.Hour)
		stands, waits, late, others := w.bring(t, w.reporter, Published), w.bring(t, w.reporter, Scheduled), w.bring(t, w.reporter, Published), w.bring(t, w.reporter, Published)
		must(t, w.place(t, w.carrier, stands, other, CarryIt, PlaceAsk{}))
		must(t, w.place(t, w.carrier, waits, other, CarryIt, PlaceAsk{}))
		must(t, w.place(t, w.carrier, late, other, CarryIt, PlaceAsk{At: future}))
		must(t, w.place(t, chief, others, other, CarryIt, PlaceAsk{At: future}))
		w.gone = map[string]bool{w.carrier.ID: true}
		w.clock.Advance(2 * time.Hour)
		if _, err := w.DoDue(t.Context()); err != nil { // before it is told that they left
			t.Fatal(err)
		}
		must(t, w.Dismiss(t.Context(), w.carrier.ID))
		must(t, w.Dismiss(t.Context(), w.carrier.ID))
		for ref, want := range map[Ref]Placing{stands: Carried, waits: Proposed, late: Proposed, others: Carried} {
			p := w.placement(t, chief, ref, other)
			if p.Placing != want || (want == Proposed) != (w.task(t, chief, ref).Verb == Carry) || want == Proposed && p.DecidedBy != "" {
				t.Errorf("%s: %+v, and for the chief waits %q", ref.subject(), p, w.task(t, chief, ref).Verb)
			}
		}
		for _, ref := range []Ref{late, waits} {
			if doc := w.releaseOf(t, ref); doc != nil && len(w.article(t, ref).Outlets) != 1 {
				t.Errorf("%s went out on the word of somebody disabled", ref.subject())
			}
			trail := texts(t, w.db, "SELECT verb FROM audit WHERE subject = ? AND verb = 'placement.reopen'", ref.subject())
			if len(trail) != 1 {
				t.Errorf("the trail has %v", trail)
			}
		}
	})
}
