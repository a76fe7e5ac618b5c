package newsroom

import (
	"fmt"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/term"
)

// hinted writes down what a translator is told of what they have typed so far.
func (w *world) hinted(t *testing.T, ref Ref, written Written) string {
	t.Helper()
	hints, err := w.Hint(t.Context(), w.translator, ref, written)
	must(t, err)
	var list []string
	for _, f := range hints.Found {
		list = append(list, fmt.Sprintf("%s %s: %s > %s", f.Sort, f.Kind, f.From, f.To))
	}
	for _, a := range hints.Avoid {
		list = append(list, fmt.Sprintf("avoid %q", written.Text[a.Start:a.End]))
	}
	return strings.Join(list, "; ")
}

func TestATranslatorIsToldWhileWriting(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		terms := term.New(w.db)
		w.Newsroom.terms = terms
		_, err := terms.Define(t.Context(), w.chief, term.Term{
			Agency: portal, Lang: "vi", Wording: "khu công nghiệp",
			Renderings: []term.Rendering{{Lang: "en", Text: "industrial park", Standing: term.Required}, {Lang: "en", Text: "industrial zone", Standing: term.Forbidden}},
		})
		must(t, err)
		source, ref := w.pair(t)
		passage := func(start string) string {
			for _, p := range w.parallel(t, ref).Passages {
				if strings.HasPrefix(p.New, start) {
					return p.ID
				}
			}
			t.Fatalf("no passage begins with %q", start)
			return ""
		}
		first := passage("Khu công nghiệp")
		for name, c := range map[string]struct {
			written Written
			want    string
		}{
			"as it stands":       {Written{Passage: first, Text: inEnglish[0]}, ""},
			"only begun":         {Written{Passage: first, Text: "Becamex"}, "figure missing: 240 ha > "},
			"another figure":     {Written{Passage: first, Text: "It leased out 24 ha in the first quarter."}, "figure scale: 240 ha > 24 ha"},
			"a forbidden name":   {Written{Passage: first, Text: "The Industrial Zone let 240 ha in the first quarter."}, `term forbidden: Khu công nghiệp > Industrial Zone; avoid "Industrial Zone"`},
			"in bold":            {Written{Passage: first, Text: "The industrial **zone** let 240 ha in the first quarter.", Markdown: true}, `term forbidden: Khu công nghiệp > industrial zone`},
			"the whole, begun":   {Written{Text: "The industrial zone"}, `term forbidden: Khu công nghiệp > industrial zone; avoid "industrial zone"`},
			"a point as a comma": {Written{Text: "Investors pledged 3,5 billion USD."}, "figure written:  > 3,5 billion USD"},
		} {
			if got := w.hinted(t, ref, c.written); got != c.want {
				t.Errorf("%s: %s", name, got)
			}
		}

		// What somebody explained is not told again, and what is behind is held
		// against what the source says now.
		typed := "It leased out 24 ha in the first quarter."
		w.save(t, w.translator, ref, rewritten(0, inEnglish, typed))
		sheet, err := w.Open(t.Context(), w.chief, ref)
		must(t, err)
		must(t, w.Explain(t.Context(), w.editor, ref, sheet.Revision.Hash, sheet.Findings[0].Key, "Bản gốc ghi nhầm."))
		if got := w.hinted(t, ref, Written{Passage: first, Text: typed}); got != "" {
			t.Errorf("explained: %s", got)
		}
		w.save(t, w.reporter, source, func(c *Content) { c.Body = strings.Replace(c.Body, "12 dự án", "15 dự án", 1) })
		if got := w.hinted(t, ref, Written{Passage: passage("Ban Quản lý"), Text: inEnglish[1]}); got != "figure changed: 15 > 12" {
			t.Errorf("behind: %s", got)
		}

		names, err := w.Names(t.Context(), w.parallel(t, ref).Source, "en")
		if err != nil || len(names) != 1 || names[0].Term.Wording != "khu công nghiệp" {
			t.Errorf("the whole speaks of %+v, %v", names, err)
		}
		if _, err := w.Hint(t.Context(), w.translator, ref, Written{Passage: "p-gone", Text: "x"}); fault.KindOf(err) != fault.Conflict {
			t.Errorf("a passage that is gone: %v", err)
		}
		if _, err := w.Hint(t.Context(), w.person(t, "there", account.Post{Agency: paper, Role: account.Editor}), ref, Written{Text: "x"}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody who does not see it: %v", err)
		}
		if _, err := w.Hint(t.Context(), w.translator, source, Written{Text: "x"}); fault.KindOf(err) != fault.NotFound {
			t.Errorf("an original: %v", err)
		}
	})
}
