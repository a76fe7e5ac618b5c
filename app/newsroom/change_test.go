package newsroom

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/migrations"
)

// again makes a newer text of what readers have, approved.
func (w *world) again(t *testing.T, ref Ref) {
	t.Helper()
	w.clock.Advance(time.Hour)
	w.save(t, w.reporter, ref, func(c *Content) { c.Body += "\n\nThêm." })
	w.lead(t, w.reporter, ref, Approved)
}

func TestReadersAreToldWhatEachChangeHasToTell(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		if doc := w.article(t, ref); doc.Correction != nil || doc.Changes != nil {
			t.Errorf("a first publication changes nothing: %+v", doc)
		}
		do := func(verb Verb, ask Ask) error {
			ask.Hash = w.head(t, ref).Hash
			return w.Do(t.Context(), w.chief, ref, verb, ask)
		}
		w.again(t, ref)
		must(t, do(Publish, Ask{Note: "Sửa lỗi chính tả"}))
		if doc := w.article(t, ref); doc.Changes != nil {
			t.Errorf("a minor change is told to readers: %+v", doc.Changes)
		}
		w.again(t, ref)
		if err := do(Publish, Ask{Change: MajorChange}); at(t, err, "note") != "error.required" {
			t.Errorf("a major change without a note: %v", err)
		}
		if err := do(Publish, Ask{Change: "huge", Note: "x"}); at(t, err, "change") == "" {
			t.Errorf("an unknown change: %v", err)
		}
		must(t, do(Publish, Ask{Change: MajorChange, Note: "Bổ sung số liệu quý III"}))
		for _, wrong := range []string{"Ghi 4.686 ha", "Ghi 13 khu"} {
			w.again(t, ref)
			if err := do(Correct, Ask{Reason: wrong}); at(t, err, "right") != "error.required" {
				t.Errorf("a correction that does not say what is right: %v", err)
			}
			must(t, do(Correct, Ask{Reason: wrong, Right: "Đúng của " + wrong}))
		}
		doc := w.article(t, ref)
		if doc.Correction == nil || doc.Correction.Note != "Ghi 13 khu" || doc.Correction.Right != "Đúng của Ghi 13 khu" ||
			len(doc.Earlier) != 1 || doc.Earlier[0].Note != "Ghi 4.686 ha" || len(doc.Changes) != 1 || doc.Changes[0].Note != "Bổ sung số liệu quý III" {
			t.Errorf("readers are told %+v, %+v, %+v", doc.Correction, doc.Earlier, doc.Changes)
		}
		notes, err := w.ChangeNotes(t.Context(), w.reporter, ref)
		must(t, err)
		kinds := ""
		for _, n := range notes {
			kinds += string(n.Kind) + " "
		}
		if kinds != "correction correction major minor " || notes[3].Note != "Sửa lỗi chính tả" || notes[3].By != w.chief.ID {
			t.Errorf("the newsroom has %q: %+v", kinds, notes)
		}
		// All corrections stay when the page is published again after a withdrawal.
		w.do(t, w.chief, ref, Withdraw)
		w.again(t, ref)
		must(t, do(Publish, Ask{}))
		if doc := w.article(t, ref); doc.Correction == nil || len(doc.Earlier) != 1 {
			t.Error("a correction was forgotten")
		}
		_, err = w.ChangeNotes(t.Context(), w.contributor, ref)
		expectKind(t, err, fault.NotFound)
	})
}

// A tombstone has no word of the text, but what was put right stays known, on
// every outlet whose readers had what was wrong.
func TestWhatWasPutRightOutlivesThePage(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Published)
		had := w.article(t, ref).Outlets
		w.again(t, ref)
		must(t, w.Do(t.Context(), w.chief, ref, Correct, Ask{Hash: w.head(t, ref).Hash, Reason: "Ghi 13 khu", Right: "12 khu"}))
		if c := w.article(t, ref).Correction; c == nil || !slices.Equal(c.Outlets, had) || len(had) == 0 {
			t.Errorf("the correction is for readers of %v: %+v", had, c)
		}
		w.again(t, ref)
		must(t, w.Do(t.Context(), w.chief, ref, Publish, Ask{Hash: w.head(t, ref).Hash, Change: MajorChange, Note: "Thêm"}))
		w.do(t, w.chief, ref, Withdraw)
		var stone release.Tombstone
		must(t, w.releaseOf(t, ref).Decode(&stone))
		if len(stone.Corrections) != 1 || stone.Corrections[0].Note != "Ghi 13 khu" || stone.Corrections[0].Right != "12 khu" || !slices.Equal(stone.Corrections[0].Outlets, had) {
			t.Errorf("the tombstone keeps %+v", stone.Corrections)
		}
	})
}

// A letter that was answered before the column was there is tied to the
// correction of its moment; one that was just closed to none.
func TestMigrationTiesLettersToTheirCorrections(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bringLive(t, w.reporter, Corrected)
		at := store.Micros(w.clock.Now())
		for id, l := range map[string]struct {
			item string
			done int64
		}{"answered": {ref.Item, at}, "closed": {ref.Item, at + 1}, "open": {ref.Item, 0}, "elsewhere": {"", at}} {
			sql(t, w.db, `INSERT INTO letter (id, kind, outlet, lang, item_id, address, message, contact, sent_at, received_at, done_at)
				VALUES (?, 'error', '', 'vi', ?, '', '', '', 1, 1, ?)`, id, l.item, l.done)
		}
		text, err := fs.ReadFile(migrations.Newsroom(), "0030_answered.sql")
		must(t, err)
		_, update, _ := strings.Cut(string(text), "UPDATE letter")
		sql(t, w.db, "UPDATE letter"+update)
		want := []string{"answered " + ref.subject(), "closed ", "elsewhere ", "open "}
		if got := texts(t, w.db, "SELECT id || ' ' || answered_by FROM letter ORDER BY id"); !slices.Equal(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	})
}
