package newsroom

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/migrations"
)

// writtenInHaste is an edition whose text the managing editor rewrote and the
// chief published urgently: nobody has approved it.
func (w *world) writtenInHaste(t *testing.T) (ref Ref, second account.Actor) {
	t.Helper()
	second = w.both(t, "second_chief", account.EditorInChief)
	ref = w.bring(t, w.reporter, Approval)
	w.save(t, w.managing, ref, func(c *Content) { c.Body = "Thư ký tòa soạn viết lại." })
	w.do(t, w.chief, ref, PublishUrgent)
	return ref, second
}

// That readers have a text does not make it approved: whoever wrote what was
// published urgently stays its writer when an approval is taken back.
func TestAVoidedApprovalDoesNotMakeUrgentTextApproved(t *testing.T) {
	for _, voiding := range []struct {
		name string
		void func(*testing.T, *world, Ref)
		gone bool // readers lose the page
	}{
		{"withdrawal", func(t *testing.T, w *world, ref Ref) { w.do(t, w.chief, ref, Withdraw) }, true},
		{"block", func(t *testing.T, w *world, ref Ref) { w.do(t, w.security, ref, Block, Unblock) }, false},
	} {
		t.Run(voiding.name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				author := w.both(t, "author", account.ManagingEditor, account.EditorInChief)
				ref := w.bring(t, w.reporter, Approval)
				w.save(t, author, ref, func(c *Content) { c.Body = "Người duyệt tự viết." })
				w.do(t, w.chief, ref, PublishUrgent)
				w.save(t, w.reporter, ref, func(c *Content) { c.Body += "." })
				w.lead(t, w.reporter, ref, Approved)
				voiding.void(t, w, ref)
				for _, verb := range []Verb{Approve, PublishUrgent} {
					if w.offered(t, author, ref, verb) {
						t.Errorf("the page offers %s to the writer", verb)
					}
					if err := w.Do(t.Context(), author, ref, verb, w.ask(t, ref, verb)); key(t, err) != own {
						t.Errorf("%s by who wrote it: %v", verb, err)
					}
				}
				if !voiding.gone {
					if err := w.Do(t.Context(), author, ref, Confirm, w.ask(t, ref, Confirm)); key(t, err) != own {
						t.Errorf("confirmed by who wrote it: %v", err)
					}
				}
				if tasks, err := w.Waiting(t.Context(), author); err != nil || slices.ContainsFunc(tasks, func(task Task) bool { return task.Verb != Withdraw }) {
					t.Errorf("it waits for the writer's approval: %+v %v", tasks, err)
				}
				if r := row(t, w.db, ref); r.Approved != 0 || r.ApprovedBy != "" {
					t.Errorf("nothing is approved, and the row says %+v", r)
				}
				w.do(t, w.chief, ref, Approve, Publish)
			})
		})
	}
}

// A newer text that was approved does not make the writer of the older one a
// second pair of eyes for it.
func TestANewerApprovalDoesNotHideWhoWroteWhatIsConfirmed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref, second := w.writtenInHaste(t)
		w.save(t, w.reporter, ref, func(c *Content) { c.Body += "\n\nThêm một câu." })
		w.lead(t, w.reporter, ref, Approved)
		approved := row(t, w.db, ref)
		if err := w.Do(t.Context(), w.managing, ref, Confirm, w.ask(t, ref, Confirm)); key(t, err) != own {
			t.Errorf("the writer confirmed: %v", err)
		}
		if w.offered(t, w.managing, ref, Confirm) {
			t.Error("the page offers it to the writer")
		}
		if tasks, err := w.Waiting(t.Context(), w.managing); err != nil || slices.ContainsFunc(tasks, func(task Task) bool { return task.Verb == Confirm }) {
			t.Errorf("it waits for the writer: %+v %v", tasks, err)
		}
		if row(t, w.db, ref).UrgentBy == "" {
			t.Error("the urgency is gone")
		}
		w.do(t, second, ref, Confirm)
		if r := row(t, w.db, ref); r.UrgentBy != "" || r.Approved != approved.Approved || r.ApprovedBy != approved.ApprovedBy {
			t.Errorf("confirming the older text changed the approval of the newer one: %+v", r)
		}
	})
}

// What was approved before stays approved when a later approval is taken back:
// its writers are judged from there on.
func TestTheApprovalBeforeStandsAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Approval)
		second := w.both(t, "second_chief", account.EditorInChief)
		w.save(t, second, ref, func(c *Content) { c.Body += "\n\nCâu của phó ban." })
		w.do(t, w.chief, ref, Approve, Publish)
		first := row(t, w.db, ref)
		w.save(t, w.reporter, ref, func(c *Content) { c.Body += "\n\nMới." })
		w.lead(t, w.reporter, ref, Approved)
		w.do(t, w.security, ref, Block, Unblock)
		if r := row(t, w.db, ref); r.Approved != first.Approved || r.ApprovedHash != first.ApprovedHash || r.ApprovedBy != first.ApprovedBy {
			t.Errorf("approved is %+v, want that of %+v", r, first)
		}
		for _, verb := range []Verb{Publish, Schedule} {
			expectKind(t, w.Do(t.Context(), w.chief, ref, verb, w.ask(t, ref, verb)), fault.NotPossible)
		}
		if got := w.approving(t, second, ref); got != "" {
			t.Errorf("whose sentence the chief had approved: %q", got)
		}
	})
}

// A newsroom from before approvals were kept learns them from the trail, just
// as approving notes them.
func TestMigrationKnowsWhatWasApproved(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		twice := w.bringLive(t, w.reporter, Approved)
		w.do(t, w.chief, twice, Publish)
		voided := w.bringLive(t, w.reporter, Approved)
		w.do(t, w.chief, voided, Withdraw)
		confirmed, second := w.writtenInHaste(t)
		w.do(t, second, confirmed, Confirm)
		again := w.bring(t, w.reporter, Approved)
		old := w.head(t, again).Content
		w.clock.Advance(time.Minute)
		w.save(t, w.editor, again, func(c *Content) { c.Body = "Khác." })
		w.save(t, w.editor, again, func(c *Content) { *c = old })
		w.do(t, w.chief, again, Approve)
		w.do(t, w.security, again, Block, Unblock)
		w.do(t, w.chief, again, Approve)
		hasty := w.bring(t, w.reporter, Approval)
		w.do(t, w.managing, hasty, PublishUrgent)
		refs := []Ref{twice, voided, confirmed, again, hasty}
		all := func() []string {
			return texts(t, w.db, "SELECT item_id || lang || revision || hash || person_id || at FROM approval ORDER BY item_id, lang, revision")
		}
		want, rows := all(), make([]editionRow, len(refs))
		for i, ref := range refs {
			rows[i] = row(t, w.db, ref)
		}
		sql(t, w.db, "DELETE FROM approval")
		sql(t, w.db, "UPDATE edition SET approved = live_revision, approved_hash = '', approved_by = '', approved_at = 0")
		text, err := fs.ReadFile(migrations.Newsroom(), "0027_insider.sql")
		must(t, err)
		_, rest, _ := strings.Cut(string(text), "INSERT INTO approval")
		rest, _, _ = strings.Cut(rest, "-- Where an edition stood")
		for _, statement := range strings.SplitAfter("INSERT INTO approval"+rest, ";\n") {
			if strings.TrimSpace(statement) != "" {
				sql(t, w.db, statement)
			}
		}
		if got := all(); len(want) != 6 || !slices.Equal(got, want) {
			t.Errorf("noted %v, want %v", got, want)
		}
		for i, ref := range refs {
			if got := row(t, w.db, ref); got != rows[i] {
				t.Errorf("the row is %+v, was %+v", got, rows[i])
			}
		}
	})
}
