package newsroom

import (
	"fmt"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/term"
)

// found writes down what stands out in an edition.
func (w *world) found(t *testing.T, ref Ref) string {
	t.Helper()
	sheet, err := w.Open(t.Context(), w.chief, ref)
	must(t, err)
	var list []string
	for _, f := range sheet.Findings {
		list = append(list, fmt.Sprintf("%s %s %s: %s > %s", f.Sort, f.Kind, f.Field, f.From, f.To))
	}
	return strings.Join(list, "; ")
}

// A figure that differs from the source's stands out at its place and blocks the
// approval, until it is mended or explained.
func TestFiguresAreHeldAgainstTheSource(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, ref := w.pair(t)
		w.lead(t, w.reporter, source, Published)
		if got := w.found(t, ref); got != "" {
			t.Errorf("a true translation: %s", got)
		}
		w.save(t, w.translator, ref, rewritten(2, inEnglish, "Their registered capital totals 3.5 million USD."))
		if got := w.found(t, ref); got != "figure scale : 3,5 tỷ USD > 3.5 million USD" {
			t.Errorf("%s", got)
		}
		w.lead(t, w.translator, ref, Approval)
		err := w.Do(t.Context(), w.chief, ref, Approve, w.ask(t, ref, Approve))
		if got := key(t, err); got != "error.approve.findings" {
			t.Fatalf("approved: %v", err)
		}
		sheet, err := w.Open(t.Context(), w.chief, ref)
		must(t, err)
		f := sheet.Findings[0]
		for name, err := range map[string]error{
			"no such finding":  w.Explain(t.Context(), w.chief, ref, sheet.Revision.Hash, "x", "Vì sao?"),
			"an older text":    w.Explain(t.Context(), w.chief, ref, "x", f.Key, "Vì sao?"),
			"too long":         w.Explain(t.Context(), w.chief, ref, sheet.Revision.Hash, f.Key, strings.Repeat("a", MaxReason+1)),
			"a contributor's":  w.Explain(t.Context(), w.contributor, ref, sheet.Revision.Hash, f.Key, "Vì tôi nói thế."),
			"another agency's": w.Explain(t.Context(), w.person(t, "there", account.Post{Agency: paper, Role: account.Editor}), ref, sheet.Revision.Hash, f.Key, "x"),
		} {
			if err == nil {
				t.Errorf("%s is taken", name)
			}
		}
		must(t, w.Explain(t.Context(), w.editor, ref, sheet.Revision.Hash, f.Key, "Bản gốc ghi nhầm đơn vị."))
		if got := w.newest(t, ref); got.Verb != "edition.explain" || got.Reason != "Bản gốc ghi nhầm đơn vị." || got.ActorID != w.editor.ID {
			t.Errorf("recorded as %+v", got)
		}
		sheet, err = w.Open(t.Context(), w.chief, ref)
		must(t, err)
		if f := sheet.Findings[0]; f.Open() || f.By != w.editor.ID || f.At.IsZero() {
			t.Errorf("explained: %+v", f)
		}
		must(t, w.Explain(t.Context(), w.editor, ref, sheet.Revision.Hash, f.Key, ""))
		if got := key(t, w.Do(t.Context(), w.chief, ref, Approve, w.ask(t, ref, Approve))); got != "error.approve.findings" {
			t.Errorf("approved after it was taken back: %s", got)
		}
		must(t, w.Explain(t.Context(), w.editor, ref, sheet.Revision.Hash, f.Key, "Bản gốc ghi nhầm đơn vị."))
		w.do(t, w.chief, ref, Approve)
		w.verify(t)
	})
}

// What was explained stays so while the same stands out, and not when another
// figure does.
func TestAnExplanationIsOfOneFinding(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, ref := w.pair(t)
		w.save(t, w.translator, ref, rewritten(2, inEnglish, "Their registered capital totals 3.5 million USD."))
		sheet, err := w.Open(t.Context(), w.translator, ref)
		must(t, err)
		must(t, w.Explain(t.Context(), w.translator, ref, sheet.Revision.Hash, sheet.Findings[0].Key, "Đúng như thế."))
		for text, open := range map[string]bool{
			"In all, their registered capital totals 3.5 million USD.": false,
			"Their registered capital totals 3.5 trillion USD.":        true,
		} {
			w.save(t, w.translator, ref, rewritten(2, inEnglish, text))
			sheet, err := w.Open(t.Context(), w.translator, ref)
			must(t, err)
			if len(sheet.Findings) != 1 || sheet.Findings[0].Open() != open {
				t.Errorf("%s: %+v", text, sheet.Findings)
			}
		}
	})
}

// An original is held against itself, and numbers against the way in which its
// language writes them.
func TestAnOriginalIsHeldAgainstItself(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Thu hút 23,53 tỷ USD vốn đầu tư")
		w.save(t, w.reporter, ref, func(c *Content) { c.Body = "Tỉnh đã thu hút 23,53 triệu USD vốn đầu tư." })
		if got := w.found(t, ref); got != "figure scale headline: 23,53 tỷ USD > 23,53 triệu USD" {
			t.Errorf("%s", got)
		}
		en := w.draft(t, w.reporter, "en", "Investment in the province")
		w.save(t, w.reporter, en, func(c *Content) { c.Standfirst, c.Body = "The standfirst.", "Investors pledged 3,5 billion USD." })
		if got := w.found(t, en); got != "figure written :  > 3,5 billion USD" {
			t.Errorf("%q", got)
		}
	})
}

// Terms that are not kept to are listed; official names cannot be explained away.
func TestTermsAreHeldAgainstTheTermbase(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		terms := term.New(w.db)
		w.Newsroom.terms = terms
		for _, c := range []term.Term{
			{Lang: "vi", Wording: "Ban Quản lý Khu kinh tế", Locked: true, Renderings: []term.Rendering{{Lang: "en", Text: "Economic Zone Authority", Standing: term.Required}}},
			{Lang: "vi", Wording: "khu công nghiệp", Renderings: []term.Rendering{{Lang: "en", Text: "industrial park", Standing: term.Required}, {Lang: "en", Text: "industrial zone", Standing: term.Forbidden}}},
		} {
			c.Agency = portal
			_, err := terms.Define(t.Context(), w.chief, c)
			must(t, err)
		}
		source, ref := w.pair(t)
		w.lead(t, w.reporter, source, Published)
		if got := w.found(t, ref); got != "" {
			t.Errorf("a true translation: %s", got)
		}
		var hints []string
		for _, passage := range w.parallel(t, ref).Passages {
			for _, h := range passage.Terms {
				hints = append(hints, fmt.Sprint(passage.ID, " ", h.Term.Wording, " ", len(h.Renderings)))
			}
		}
		if len(hints) != 2 || !strings.HasSuffix(hints[0], " khu công nghiệp 2") || !strings.HasSuffix(hints[1], " Ban Quản lý Khu kinh tế 1") {
			t.Errorf("beside the source stand %q", hints)
		}
		w.save(t, w.translator, ref, func(c *Content) {
			c.Body = body("Becamex – Binh Phuoc Industrial Zone leased out 240 ha in the first quarter.", "The Management Board said 12 more projects had been licensed.", inEnglish[2])
		})
		sheet, err := w.Open(t.Context(), w.chief, ref)
		must(t, err)
		locked, open := 0, 0
		for _, f := range sheet.Findings {
			err := w.Explain(t.Context(), w.editor, ref, sheet.Revision.Hash, f.Key, "Cách gọi của chủ đầu tư.")
			if f.Sort != AboutTerm || (fault.KindOf(err) == fault.NotPossible) != f.Locked {
				t.Errorf("%+v: %v", f, err)
			}
			if open++; f.Locked {
				locked++
			}
		}
		if locked != 1 || open != 2 { // what is forbidden is told once, held against the source
			t.Errorf("%d findings, %d of them locked: %+v", open, locked, sheet.Findings)
		}
		w.lead(t, w.translator, ref, Approval)
		if got := key(t, w.Do(t.Context(), w.chief, ref, Approve, w.ask(t, ref, Approve))); got != "error.approve.findings" {
			t.Errorf("approved: %s", got)
		}
	})
}
