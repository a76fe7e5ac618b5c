package newsroom

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

func TestConflictGivesTheOtherTextAndSavesNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		theirs := w.save(t, w.reporter, ref, func(c *Content) { c.Body = "Bản của phóng viên." })
		before, entries := row(t, w.db, ref), w.entries(t)
		mine := w.content("Bản của tôi")
		for _, base := range []int{1, 0, -1, 3, 1 << 40} {
			_, err := w.Save(t.Context(), w.editor, ref, base, mine)
			var conflict *ConflictError
			if !errors.As(err, &conflict) || fault.KindOf(err) != fault.Conflict {
				t.Fatalf("base %d: %v", base, err)
			}
			if conflict.Theirs.Number != theirs.Number || conflict.Theirs.Content.Body != "Bản của phóng viên." || conflict.Theirs.Author != w.reporter.ID {
				t.Errorf("base %d: theirs is %+v", base, conflict.Theirs)
			}
		}
		if row(t, w.db, ref) != before || w.entries(t) != entries || w.head(t, ref).Hash != theirs.Hash {
			t.Error("a conflict left something")
		}
		// Having read theirs, one saves over it knowingly.
		rev, err := w.Save(t.Context(), w.editor, ref, theirs.Number, mine)
		must(t, err)
		if rev.Number != theirs.Number+1 || rev.BasedOn != theirs.Number || rev.Author != w.editor.ID {
			t.Errorf("%+v", rev)
		}
	})
}

func TestSavingTheSameTextMakesNoRevision(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, state := range []State{Draft, Editing, Approved, Published, Scheduled} {
			ref := w.bring(t, w.reporter, state)
			before, entries := row(t, w.db, ref), w.entries(t)
			who := w.editor // writes and edits
			for _, base := range []int{before.Head, 0} {
				rev, err := w.Save(t.Context(), who, ref, base, w.head(t, ref).Content)
				must(t, err)
				if rev.Number != before.Head || rev.Author != w.reporter.ID {
					t.Errorf("in %s: revision %d by %s", state, rev.Number, rev.Author)
				}
			}
			if row(t, w.db, ref) != before || w.entries(t) != entries {
				t.Errorf("in %s something changed", state)
			}
		}
	})
}

func TestRevisionsAreNeverChanged(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		var want []string
		for i := range 5 {
			rev := w.save(t, w.reporter, ref, func(c *Content) { c.Body = fmt.Sprint("Bản ", i) })
			want = append(want, rev.Hash)
		}
		w.lead(t, w.reporter, ref, Published)
		w.do(t, w.chief, ref, Withdraw)
		for i, hash := range want {
			rev, err := w.Revision(t.Context(), w.editor, ref, i+2)
			must(t, err)
			if rev.Hash != hash || rev.Content.Hash() != hash || rev.Content.Body != fmt.Sprint("Bản ", i) {
				t.Errorf("revision %d is %+v", i+2, rev)
			}
		}
		for _, number := range []int{0, -1, 7, 1 << 40} {
			_, err := w.Revision(t.Context(), w.editor, ref, number)
			expectKind(t, err, fault.NotFound)
		}
		history, err := w.History(t.Context(), w.editor, ref, 3)
		must(t, err)
		if len(history) != 3 || history[0].Number != 6 || history[2].Number != 4 || history[0].Content.Body != "" {
			t.Errorf("%+v", history)
		}
	})
}

// ack is a save that was acknowledged.
type ack struct {
	number int
	line   string
}

// TestNoAcknowledgedSaveIsLost lets many people write into one edition at
// once. Each adds a line to what is there; who meets a conflict reads the
// other's text and adds the line to that. Every number is won once and every
// acknowledged line is in the end still there.
func TestNoAcknowledgedSaveIsLost(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const writers, each = 20, 3
		ref := w.bring(t, w.reporter, Draft)
		head := w.head(t, ref)
		acks := make(chan ack, writers*each)
		var group sync.WaitGroup
		for i := range writers {
			group.Go(func() {
				base, content := head.Number, head.Content
				for n := 0; n < each; {
					line := fmt.Sprintf("dòng %d của người %d", n, i)
					mine := content
					mine.Body += "\n\n" + line
					rev, err := w.Save(t.Context(), w.reporter, ref, base, mine)
					var conflict *ConflictError
					switch {
					case err == nil:
						acks <- ack{rev.Number, line}
						base, content = rev.Number, rev.Content
						n++
					case errors.As(err, &conflict):
						base, content = conflict.Theirs.Number, conflict.Theirs.Content
					default:
						t.Error(err)
						return
					}
				}
			})
		}
		group.Wait()
		close(acks)
		last := w.head(t, ref)
		if last.Number != head.Number+writers*each {
			t.Errorf("%d revisions, want %d", last.Number, head.Number+writers*each)
		}
		won := map[int]string{}
		for a := range acks {
			if won[a.number] != "" {
				t.Errorf("revision %d was won by %q and %q", a.number, won[a.number], a.line)
			}
			won[a.number] = a.line
			rev, err := w.Revision(t.Context(), w.reporter, ref, a.number)
			must(t, err)
			if !strings.HasSuffix(rev.Content.Body, a.line) || rev.BasedOn != a.number-1 {
				t.Errorf("revision %d does not end in %q", a.number, a.line)
			}
			if !strings.Contains(last.Content.Body, a.line) {
				t.Errorf("%q was acknowledged and is lost", a.line)
			}
		}
	})
}

// Many more people at once than the database has connections, each with a text
// of their own from the first line to the tombstone, while the site is renamed
// and the schedule runs: everybody gets through, nobody waits for each other
// in a circle.
func TestManyEditionsMoveAtOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const people = 24
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		m := w.picture(t, 9)
		admin := w.person(t, "admin", account.Post{Agency: portal, Role: account.SystemAdministrator})
		var group sync.WaitGroup
		for i := range people {
			group.Go(func() {
				if err := w.wholeWay(ctx, fmt.Sprint("Bài số ", i), m.Hash); err != nil {
					t.Errorf("edition %d: %v", i, err)
				}
			})
		}
		group.Go(func() {
			for i := range 10 {
				name, err := w.sections.Get(ctx, w.section)
				if err == nil {
					n := name.Names["vi"]
					n.Name = fmt.Sprint("Tin đối ngoại ", i)
					err = w.sections.Rename(ctx, admin, w.section, "vi", n)
				}
				if _, due := w.DoDue(ctx); err != nil || due != nil {
					t.Error(err, due)
				}
			}
		})
		group.Wait()
		if n := count(t, w.db, "SELECT COUNT(*) FROM release WHERE op = 'withdraw'"); n != people {
			t.Errorf("%d tombstones, want %d", n, people)
		}
	})
}

// wholeWay takes a new text through every hand.
func (w *world) wholeWay(ctx context.Context, headline, picture string) error {
	c := w.content(headline)
	ref, err := w.Create(ctx, w.reporter, Start{Kind: "article", Agency: portal, Lang: "vi", Content: c})
	if err != nil {
		return err
	}
	c.Lead = Lead{picture, "Hình", "Chú thích", "Nguồn"}
	c.Body += "\n\n![Hình](media:" + picture + ")"
	if _, err := w.Autosave(ctx, w.reporter, ref, Unsaved{Base: 1, Content: c}); err != nil {
		return err
	}
	rev, err := w.Save(ctx, w.reporter, ref, 1, c)
	if err != nil {
		return err
	}
	for _, s := range append(ways[Published], step{theChief, Withdraw}) {
		err := w.Do(ctx, s.who(w), ref, s.verb, Ask{Hash: rev.Hash, Reason: "Lý do", Answers: allChecked})
		if err != nil {
			return fmt.Errorf("%s: %w", s.verb, err)
		}
	}
	return nil
}

// Who may write what has not been submitted: its writers and the editors of its
// agency; translators any translation, and nobody else anything of another's.
func TestWhoWritesWhat(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		original := w.bring(t, w.reporter, Draft)
		translation := w.translate(t, original, "en")
		public := w.bring(t, w.reporter, Published)
		posts := map[account.Role]account.Actor{}
		for _, role := range account.Roles {
			posts[role] = w.person(t, "other_"+string(role), account.Post{Agency: portal, Role: role})
		}
		standIn := w.person(t, "stand_in", account.Post{Agency: portal, Role: account.Reporter, For: w.reporter.ID})
		editors := []account.Actor{posts[account.Editor]}
		for ref, writers := range map[Ref][]account.Actor{
			original: append(editors, w.reporter, standIn), public: append(editors, w.reporter, standIn),
			translation: append(editors, w.translator, posts[account.Translator]),
		} {
			for _, who := range append(slices.Collect(maps.Values(posts)), w.reporter, w.translator, standIn) {
				want := slices.ContainsFunc(writers, func(a account.Actor) bool { return a.ID == who.ID })
				sheet, err := w.Open(t.Context(), who, ref)
				if fault.KindOf(err) == fault.NotFound && !want {
					continue
				}
				must(t, err)
				if sheet.MaySave != want || slices.Contains(sheet.Verbs, Submit) != (want && ref != public) {
					t.Errorf("%s of %s: may save %t, is offered %v", who.ID, ref.subject(), sheet.MaySave, sheet.Verbs)
				}
				head := w.head(t, ref)
				c := head.Content
				c.Headline, c.Body = "Tít", c.Body+" Chữ của "+who.ID
				before := row(t, w.db, ref)
				if _, err = w.Save(t.Context(), who, ref, head.Number, c); (err == nil) != want {
					t.Errorf("%s saves %s: %v", who.ID, ref.subject(), err)
				}
				w.forget(t, before)
			}
		}
		// Who has written some of it goes on.
		public2 := w.bring(t, w.reporter, Published)
		both := w.person(t, "was_editor", account.Post{Agency: portal, Role: account.Editor})
		w.save(t, both, public2, func(c *Content) { c.Body += " Một câu." })
		both.Posts[0].Role = account.Reporter
		w.save(t, both, public2, func(c *Content) { c.Body += " Câu nữa." })
	})
}

// A form that is sent again begins nothing new, also when both arrive at once.
func TestAFormSentTwiceBeginsOneItem(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		before := w.entries(t)
		start := Start{Kind: "article", Agency: portal, Lang: "vi", Content: w.content("Một bài"), ID: store.NewID()}
		var sent sync.WaitGroup
		for range 4 {
			sent.Go(func() {
				if ref, err := w.Create(t.Context(), w.reporter, start); err != nil || ref != (Ref{start.ID, "vi"}) {
					t.Errorf("%v %v", ref, err)
				}
			})
		}
		sent.Wait()
		if n := count(t, w.db, "SELECT COUNT(*) FROM item"); n != 1 || w.entries(t) != before+1 {
			t.Errorf("%d items were begun, the trail has %d more entries", n, w.entries(t)-before)
		}
		_, err := w.Create(t.Context(), w.editor, start)
		expectKind(t, err, fault.NotPossible)
		for name, change := range map[string]func(*Start){
			"another text": func(s *Start) { s.Content.Headline = "Bài khác" }, "another language": func(s *Start) { s.Lang = "en" },
		} {
			other := start
			change(&other)
			_, err := w.Create(t.Context(), w.reporter, other)
			var begun *BegunError
			if !errors.As(err, &begun) || begun.First != (Ref{start.ID, "vi"}) || fault.KindOf(err) != fault.NotPossible {
				t.Errorf("%s: %v", name, err)
			}
		}
		for _, odd := range []string{"x", "../secret!", "ABCDEFGHIJ", strings.Repeat("b", 300)} {
			start.ID = odd
			_, err = w.Create(t.Context(), w.reporter, start)
			expectKind(t, err, fault.Invalid)
		}
	})
}
