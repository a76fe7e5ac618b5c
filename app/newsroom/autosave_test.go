package newsroom

import (
	"errors"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// unsaved is what somebody finds when they open an edition.
func (w *world) unsaved(t *testing.T, who account.Actor, ref Ref) *Unsaved {
	t.Helper()
	sheet, err := w.Open(t.Context(), who, ref)
	must(t, err)
	return sheet.Unsaved
}

func (w *world) autosave(t *testing.T, who account.Actor, ref Ref, base int, body string) {
	t.Helper()
	c := w.content("Đang gõ")
	c.Body = body
	typed := Unsaved{Base: base, Content: c}
	if stored := w.unsaved(t, who, ref); stored != nil {
		typed.SavedAt = stored.SavedAt // this window goes on with it
	}
	at, err := w.Autosave(t.Context(), who, ref, typed)
	must(t, err)
	if !at.Equal(w.db.Now()) {
		t.Errorf("kept at %v", at)
	}
}

func TestUnsavedTextIsRestoredToItsWriterOnly(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		before, entries := row(t, w.db, ref), w.entries(t)
		w.autosave(t, w.reporter, ref, 1, "Câu đang dở")
		w.clock.Advance(time.Second)
		w.autosave(t, w.reporter, ref, 1, "Câu đang dở của phóng viên")
		w.autosave(t, w.editor, ref, 1, "Câu của biên tập viên")
		if got := w.unsaved(t, w.reporter, ref); got == nil || got.Content.Body != "Câu đang dở của phóng viên" || got.Base != 1 || !got.SavedAt.Equal(w.db.Now()) {
			t.Errorf("the reporter finds %+v", got)
		}
		if got := w.unsaved(t, w.editor, ref); got == nil || got.Content.Body != "Câu của biên tập viên" {
			t.Errorf("the editor finds %+v", got)
		}
		for _, other := range []account.Actor{w.chief, w.deskHead, w.managing, w.translator} {
			if got := w.unsaved(t, other, ref); got != nil {
				t.Errorf("%s finds %+v", other.ID, got)
			}
		}
		if row(t, w.db, ref) != before || w.entries(t) != entries || w.head(t, ref).Number != 1 {
			t.Error("typing changed the edition")
		}
	})
}

func TestSavingOrDiscardingEndsWhatWasUnsaved(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		both := func() {
			w.autosave(t, w.reporter, ref, 1, "phóng viên")
			w.autosave(t, w.editor, ref, 1, "biên tập viên")
		}
		both()
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "phóng viên" })
		if w.unsaved(t, w.reporter, ref) != nil {
			t.Error("saving leaves the reporter's unsaved text")
		}
		if got := w.unsaved(t, w.editor, ref); got == nil || got.Base != 1 {
			t.Errorf("the reporter's saving took the editor's text: %+v", got)
		}
		both()
		must(t, w.Discard(t.Context(), w.editor, ref))
		must(t, w.Discard(t.Context(), w.editor, ref)) // twice is no mistake
		if w.unsaved(t, w.editor, ref) != nil || w.unsaved(t, w.reporter, ref) == nil {
			t.Error("the editor's discarding did not concern the editor alone")
		}
		// Saving what is there already also ends it.
		w.save(t, w.reporter, ref, func(*Content) {})
		if w.unsaved(t, w.reporter, ref) != nil {
			t.Error("saving without a change leaves the unsaved text")
		}
	})
}

// A conflict must not cost the writer what the browser might lose.
func TestConflictKeepsWhatWasUnsaved(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		w.save(t, w.editor, ref, func(c *Content) { c.Body = "Bản mới" })
		w.autosave(t, w.reporter, ref, 1, "Bản của tôi")
		_, err := w.Save(t.Context(), w.reporter, ref, 1, w.content("Bản của tôi"))
		expectKind(t, err, fault.Conflict)
		_, err = w.Save(t.Context(), w.reporter, ref, 2, Content{})
		expectKind(t, err, fault.Invalid)
		if got := w.unsaved(t, w.reporter, ref); got == nil || got.Content.Body != "Bản của tôi" {
			t.Errorf("%+v", got)
		}
	})
}

// What cannot be saved yet can be kept: no headline, too long, no known section.
func TestUnfinishedTextIsKeptAsItIs(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		long := strings.Repeat("ể", MaxBody+MaxBody/2)
		for name, c := range map[string]Content{
			"nothing": {}, "no headline": {Body: "Thân"}, "a long body": {Headline: "Tít", Body: long},
			"an unknown section": {Headline: "Tít", Section: "?"}, "bytes": {Headline: "Tít\xff", Body: "\x00"},
		} {
			must(t, w.Discard(t.Context(), w.reporter, ref))
			if _, err := w.Autosave(t.Context(), w.reporter, ref, Unsaved{Base: 1, Content: c}); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if got := w.unsaved(t, w.reporter, ref); got == nil || got.Content.Section != c.Section || len(got.Content.Body) < len(c.Body)-1 {
				t.Errorf("%s: something is missing", name)
			}
		}
	})
}

func TestUnsavedTextIsLimitedInSize(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		w.autosave(t, w.reporter, ref, 1, "vừa")
		for name, c := range map[string]Content{
			"body": {Body: strings.Repeat("x", maxUnsaved)}, "headline": {Headline: strings.Repeat("x", maxUnsaved)},
			"outlets": {Outlets: []string{strings.Repeat("x", maxUnsaved)}},
		} {
			_, err := w.Autosave(t.Context(), w.reporter, ref, Unsaved{Base: 1, Content: c})
			if fault.KindOf(err) != fault.TooLarge {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := w.unsaved(t, w.reporter, ref); got.Content.Body != "vừa" {
			t.Error("the refusal replaced what was kept")
		}
	})
}

func TestOnlyWhoMaySaveMayAutosave(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		submitted, editing := w.bring(t, w.reporter, Submitted), w.bring(t, w.reporter, Editing)
		stranger := w.person(t, "stranger", account.Post{Agency: paper, Role: account.Editor})
		for _, c := range []struct {
			who  account.Actor
			ref  Ref
			want fault.Kind
		}{
			{w.reporter, submitted, fault.NotPossible}, {w.reporter, editing, fault.Forbidden}, {w.editor, editing, ""},
			{stranger, editing, fault.NotFound}, {account.Actor{}, editing, fault.NotFound},
		} {
			_, err := w.Autosave(t.Context(), c.who, c.ref, Unsaved{Base: 1, Content: w.content("Tít")})
			expectKind(t, err, c.want)
		}
	})
}

// Two windows of one person: the second does not replace what it never saw.
func TestAnotherWindowsTextIsNotReplaced(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		keep := func(body string, knows time.Time) (time.Time, error) {
			w.clock.Advance(time.Second)
			c := w.content("Đang gõ")
			c.Body = body
			return w.Autosave(t.Context(), w.reporter, ref, Unsaved{Base: 1, Content: c, SavedAt: knows})
		}
		first, err := keep("thẻ thứ nhất", time.Time{})
		must(t, err)
		for _, knows := range []time.Time{{}, first.Add(-time.Second), first.Add(time.Second)} {
			_, err := keep("thẻ thứ hai", knows)
			var elsewhere *ElsewhereError
			if !errors.As(err, &elsewhere) || elsewhere.Stored.Content.Body != "thẻ thứ nhất" || !elsewhere.Stored.SavedAt.Equal(first) {
				t.Fatalf("a window that knows %v: %v", knows, err)
			}
			expectKind(t, err, fault.Conflict)
		}
		if got := w.unsaved(t, w.reporter, ref); got.Content.Body != "thẻ thứ nhất" {
			t.Fatalf("the first window's text became %q", got.Content.Body)
		}
		same, err := keep("thẻ thứ nhất", time.Time{}) // an answer that was lost, asked again
		must(t, err)
		_, err = keep("thẻ thứ hai", same) // chosen
		must(t, err)
		if got := w.unsaved(t, w.reporter, ref); got.Content.Body != "thẻ thứ hai" {
			t.Errorf("what was chosen is not kept: %q", got.Content.Body)
		}
	})
}

// A text in which everything was taken back is nothing unsaved, in this
// window or another.
func TestWhatTheNewestVersionSaysIsNotUnsaved(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Draft)
		w.autosave(t, w.reporter, ref, 1, "gõ thử")
		head := w.head(t, ref).Content
		_, err := w.Autosave(t.Context(), w.reporter, ref, Unsaved{Base: 1, Content: head, SavedAt: w.unsaved(t, w.reporter, ref).SavedAt})
		must(t, err)
		if got := w.unsaved(t, w.reporter, ref); got != nil {
			t.Errorf("there is still %+v", got)
		}
		w.clock.Advance(time.Second)
		w.autosave(t, w.reporter, ref, 1, "thẻ khác") // which knows of nothing
	})
}
