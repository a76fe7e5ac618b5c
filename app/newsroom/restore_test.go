package newsroom

import (
	"errors"
	"strings"
	"testing"

	"doingoai/app/fault"
)

func TestAnOlderRevisionIsBroughtBackAsANewOne(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Tít đầu")
		first := w.head(t, ref)
		rev, err := w.Keep(t.Context(), w.reporter, ref, Saving{Base: 1, Content: w.content("Tít hai"), Note: " Đổi\ntít "})
		must(t, err)
		if rev.Note != "Đổi tít" {
			t.Errorf("the note is %q", rev.Note)
		}
		for _, who := range []string{"chief", "contributor"} {
			_, err := w.Restore(t.Context(), w.staff[who], ref, 1, 2)
			if kind := fault.KindOf(err); kind != fault.Forbidden && kind != fault.NotFound {
				t.Errorf("the %s: %v", who, err)
			}
		}
		_, err = w.Restore(t.Context(), w.reporter, ref, 1, 1)
		var conflict *ConflictError
		if w.head(t, ref).Number == 2 && !errors.As(err, &conflict) {
			t.Errorf("brought back over a newer one: %v", err)
		}
		base := w.head(t, ref).Number
		_, err = w.Restore(t.Context(), w.reporter, ref, 99, base)
		expectKind(t, err, fault.NotFound)
		_, err = w.Keep(t.Context(), w.reporter, ref, Saving{Base: base, Content: w.content("Tít ba")})
		must(t, err)
		back, err := w.Restore(t.Context(), w.reporter, ref, 1, base+1)
		must(t, err)
		if back.Number != base+2 || back.Hash != first.Hash || back.Restored != 1 || w.head(t, ref).Restored != 1 {
			t.Errorf("brought back as %+v", back)
		}
		list, err := w.HistoryBefore(t.Context(), w.reporter, ref, 3, 10)
		must(t, err)
		if len(list) != 2 || list[0].Number != 2 || list[0].Note != "Đổi tít" {
			t.Errorf("before the third: %+v", list)
		}
		_, err = w.Keep(t.Context(), w.reporter, ref, Saving{Base: back.Number, Content: w.content("Tít bốn"), Note: strings.Repeat("ế", MaxSaveNote+1)})
		if got := at(t, err, "save_note"); got != "error.too_long" {
			t.Errorf("a long note: %q", got)
		}
	})
}
