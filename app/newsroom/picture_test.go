package newsroom

import (
	"testing"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/media"
)

// A picture that readers do not have is for those who see its agency's work,
// or an edition in which it is. For others it does not exist.
func TestPictureOfADraftIsForThoseWhoSeeTheDraft(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		post := func(agency string, role account.Role) account.Post { return account.Post{Agency: agency, Role: role} }
		there, admin := w.person(t, "there", post(paper, account.Reporter)), w.person(t, "admin", post(portal, account.SystemAdministrator))
		chief := w.person(t, "chief_there", post(paper, account.EditorInChief))
		expect := func(when string, m media.Media, who account.Actor, may bool) {
			t.Helper()
			f, err := w.Picture(t.Context(), who, m.Hash)
			if may && (err != nil || f != m.File) || !may && fault.KindOf(err) != fault.NotFound {
				t.Errorf("%s: %s gets %+v (%v), may %t", when, who.ID, f, err, may)
			}
		}
		m := w.picture(t, 7)
		auditor := w.person(t, "auditor", post(paper, account.Auditor))
		for _, who := range []account.Actor{w.reporter, w.editor, w.chief, auditor} {
			expect("just brought", m, who, true)
		}
		for _, who := range []account.Actor{there, chief, w.contributor, admin, {}, w.person(t, "idle")} {
			expect("just brought", m, who, false)
		}
		left := w.reporter
		left.Posts = []account.Post{post(paper, account.Reporter)}
		expect("moved to another agency", m, left, true)

		// An editor puts it into a contributor's text, in the body this time.
		ref := w.bring(t, w.contributor, Editing)
		w.save(t, w.editor, ref, func(c *Content) { c.Body += "\n\n![Cầu](media:" + m.Hash + ")" })
		expect("in the own text", m, w.contributor, true)
		expect("in a text that another agency cannot see", m, there, false)
		w.do(t, w.editor, ref, Pass)
		w.do(t, w.managing, ref, Pass)
		w.do(t, w.chief, ref, Approve)
		expect("offered to the chief's outlet", m, chief, true)
		w.do(t, w.chief, ref, Publish)
		for _, who := range []account.Actor{there, chief, admin} {
			expect("with readers", m, who, true)
		}
		w.do(t, w.chief, ref, Withdraw)
		expect("withdrawn", m, there, false)
		expect("withdrawn, and never on the own outlet", m, chief, false)

		// Whoever knows a picture's name and types it into a text does not get it:
		// not unsaved, where nobody asks, and saved it is refused.
		other := w.picture(t, 9)
		own := w.draft(t, there, "vi", "Bài của báo")
		content := w.content("Bài của báo")
		content.Lead.Media = other.Hash
		expect("before", other, there, false)
		_, err := w.Autosave(t.Context(), there, own, Unsaved{Base: 1, Content: content})
		must(t, err)
		expect("typed and not saved", other, there, false)
		if _, err := w.Save(t.Context(), there, own, 1, content); at(t, err, "lead_media") == "" {
			t.Errorf("saved: %v", err)
		}
		expect("refused", other, there, false)
		_, err = w.Picture(t.Context(), w.chief, "none")
		expectKind(t, err, fault.NotFound)
	})
}
