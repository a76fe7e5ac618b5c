package newsroom

import (
	"testing"
)

// What was typed beside an older source is laid where it belongs: by the words
// of the source, else by its place; what was not touched gives way to what others
// wrote, and what has no place is left over.
func TestWhatWasTypedFindsItsPlaceAgain(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.pair(t)
		begun := w.parallel(t, ref)
		typed := begun.Typed()
		at := func(b Beside, text string) int {
			for i, cell := range b.Cells {
				if cell.Text == text {
					return i
				}
			}
			return -1
		}
		first, second, third := at(typed, inEnglish[0]), at(typed, inEnglish[1]), at(typed, inEnglish[2])
		typed.Cells[first].Text, typed.Cells[third].Text = "My first.", "My third."
		typed.Cells[second].Text = ""

		w.save(t, w.reporter, source, func(c *Content) {
			c.Body = body("Một đoạn mới đứng đầu bài.", inVietnamese[0], inVietnamese[1], inVietnamese[2])
		})
		l := w.parallel(t, ref).Lay(typed, begun.Revision.Content)
		if at(l.Beside, "My first.") != first+1 || at(l.Beside, "My third.") != third+1 || at(l.Beside, inEnglish[1]) >= 0 || len(l.Left)+len(l.Both) != 0 {
			t.Errorf("one more paragraph: %+v", l)
		}
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		w.save(t, w.translator, ref, func(c *Content) {
			c.Headline, c.Body = "Their headline", body("Their first.", inEnglish[1], inEnglish[2])
		})
		l = w.parallel(t, ref).Lay(typed, begun.Revision.Content)
		if at(l.Beside, "My first.") != first || at(l.Beside, "My third.") != third || l.Cells[second].Text != "" || at(l.Beside, "Their headline") != 0 {
			t.Errorf("both have written: %+v", l)
		}
		if len(l.Left) != 0 || len(l.Both) != 1 || l.Both[0] != first {
			t.Errorf("both have written: %+v", l)
		}
	})
}

// What was typed for a paragraph that the source had only for a while is told.
func TestWhatWasTypedForWhatIsNoMoreIsLeft(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.pair(t)
		w.save(t, w.reporter, source, func(c *Content) { c.Body += "\n\nMột đoạn chỉ có trong chốc lát." })
		begun := w.parallel(t, ref)
		typed := begun.Typed()
		typed.Cells[len(typed.Cells)-1].Text = "Only for a while."
		w.save(t, w.reporter, source, func(c *Content) { c.Body = body(inVietnamese...) })
		l := w.parallel(t, ref).Lay(typed, begun.Revision.Content)
		if len(l.Left) != 1 || l.Left[0].Text != "Only for a while." {
			t.Errorf("left is %+v", l.Left)
		}
	})
}

// An unsaved text that was typed passage by passage comes back so, and as a
// whole text on the page of the whole.
func TestWhatIsTypedBesideTheSourceIsKeptAsItWasTyped(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, ref := w.pair(t)
		p := w.parallel(t, ref)
		typed := p.Typed()
		typed.Cells[len(typed.Cells)-1].Text = "One.\n\nTwo."
		typed.Cells[0].Right = true
		at, err := w.Autosave(t.Context(), w.translator, ref, Unsaved{Base: p.Revision.Number, Beside: &typed})
		must(t, err)
		u := w.unsaved(t, w.translator, ref)
		if u.Beside == nil || u.Beside.encode() != typed.encode() || u.Content.Body != body(inEnglish[0], inEnglish[1], "One.", "Two.") || u.Content.Section != p.Revision.Content.Section {
			t.Errorf("kept is %+v", u)
		}
		whole := u.Content
		whole.Body = "As a whole."
		_, err = w.Autosave(t.Context(), w.translator, ref, Unsaved{Base: p.Revision.Number, Content: whole, SavedAt: at})
		must(t, err)
		if u := w.unsaved(t, w.translator, ref); u.Beside != nil || u.Content.Body != "As a whole." {
			t.Errorf("kept is %+v", u)
		}
	})
}

// Saying what is right makes no version, however the text's lines are spaced.
func TestWhatIsRightMakesNoVersion(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.pair(t)
		w.save(t, w.translator, ref, func(c *Content) { c.Body = inEnglish[0] + "\n\n\n\n" + inEnglish[1] + "\n\n\n" + inEnglish[2] })
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		p := w.parallel(t, ref)
		rev, err := w.saveSide(t, ref, p, nil, p.Behind()...)
		must(t, err)
		if rev.Number != p.Revision.Number || w.lag(t, ref) != "0/0 live 0/0" {
			t.Errorf("version %d after %d, %s", rev.Number, p.Revision.Number, w.lag(t, ref))
		}
	})
}
