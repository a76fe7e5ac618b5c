package newsroom

import (
	"slices"
	"testing"

	"doingoai/app/account"
	"doingoai/app/fault"
)

func TestSeenAreThoseThatCouldBeOpened(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		elsewhere := w.person(t, "elsewhere", account.Post{Agency: paper, Role: account.EditorInChief})
		stranger := w.person(t, "stranger", account.Post{Agency: paper, Role: account.Contributor})
		refs := []Ref{
			w.bring(t, w.reporter, Draft), w.bring(t, w.contributor, Submitted), w.bringLive(t, w.reporter, Published),
			{Item: "nothing", Lang: "vi"}, {Item: "a\x00b", Lang: "vi"}, {Item: "x", Lang: "xx"},
		}
		refs = append(refs, w.translate(t, refs[2], "en"), refs[0])
		for _, actor := range []account.Actor{w.reporter, w.contributor, w.editor, w.chief, elsewhere, stranger, {}} {
			seen, err := w.Seen(t.Context(), actor, refs)
			must(t, err)
			for _, ref := range refs {
				_, err := w.Open(t.Context(), actor, ref)
				if err != nil && fault.KindOf(err) != fault.NotFound {
					t.Fatal(err)
				}
				if has := slices.ContainsFunc(seen, func(e Edition) bool { return e.Ref == ref }); has != (err == nil) {
					t.Errorf("%q and %s: seen %t, opened: %v", actor.ID, ref.subject(), has, err)
				}
			}
		}
	})
}
