package newsroom

import (
	"io/fs"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/migrations"
)

// standing brings an edition of the portal’s to readers of one outlet.
func (w *world) standing(t *testing.T, outlet string) Ref {
	t.Helper()
	ref := w.draft(t, w.reporter, "vi", "Bài của cổng")
	w.save(t, w.reporter, ref, func(c *Content) { c.Outlets = []string{outlet} })
	w.lead(t, w.reporter, ref, Approved)
	if outlet != w.outlets[0] {
		must(t, w.place(t, w.carrier, ref, outlet, CarryIt, PlaceAsk{}))
	}
	w.do(t, w.chief, ref, Publish)
	return ref
}

// Whoever answers for an outlet sees what stands there and can take it down,
// whichever agency wrote it.
func TestChiefOfAnOutletWithdrawsWhatStandsThere(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		chief := w.person(t, "chief_there", account.Post{Agency: paper, Role: account.EditorInChief})
		ref := w.standing(t, w.outlets[1])
		sheet, err := w.Open(t.Context(), chief, ref)
		must(t, err)
		if !slices.Equal(sheet.Verbs, []Verb{Withdraw}) || sheet.MaySave {
			t.Errorf("the page offers %v, saving %t", sheet.Verbs, sheet.MaySave)
		}
		for _, verb := range allVerbs {
			if verb != Withdraw {
				expectKind(t, w.Do(t.Context(), chief, ref, verb, w.ask(t, ref, verb)), fault.Forbidden)
			}
		}
		_, err = w.Save(t.Context(), chief, ref, w.head(t, ref).Number, w.content("Tít"))
		expectKind(t, err, fault.Forbidden)
		_, err = w.Translate(t.Context(), chief, ref, "en")
		expectKind(t, err, fault.Forbidden)

		w.do(t, chief, ref, Withdraw)
		if w.releaseOf(t, ref).Op != release.Withdraw {
			t.Error("readers still have it")
		}
		if e := w.newest(t, ref); e.ActorID != chief.ID || e.AgencyID != paper || e.Role != string(account.EditorInChief) {
			t.Errorf("recorded as %+v", e)
		}
		// The tombstone is on the outlet: its chief can still look it up.
		sheet, err = w.Open(t.Context(), chief, ref)
		must(t, err)
		if len(sheet.Verbs) != 0 {
			t.Errorf("the page offers %v", sheet.Verbs)
		}
	})
}

// Nobody else gains anything by where an article stands.
func TestOnlyWhoAnswersForTheOutletSeesWhatStandsThere(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		chief := w.person(t, "chief_there", account.Post{Agency: paper, Role: account.EditorInChief})
		there, elsewhere := w.standing(t, w.outlets[1]), w.standing(t, w.outlets[0])
		drafted := w.bring(t, w.reporter, Approval) // for both outlets, and not offered yet
		hidden := func(who account.Actor, ref Ref) {
			t.Helper()
			_, err := w.Open(t.Context(), who, ref)
			expectKind(t, err, fault.NotFound)
			_, err = w.Revision(t.Context(), who, ref, 1)
			expectKind(t, err, fault.NotFound)
			_, err = w.History(t.Context(), who, ref, 9)
			expectKind(t, err, fault.NotFound)
			_, err = w.Preview(t.Context(), who, ref, w.content("Tít"))
			expectKind(t, err, fault.NotFound)
			expectKind(t, w.Do(t.Context(), who, ref, Withdraw, w.ask(t, ref, Withdraw)), fault.NotFound)
			if slices.Contains(w.list(t, who, Filter{}), ref) {
				t.Errorf("%s lists what they may not see", who.ID)
			}
		}
		hidden(chief, elsewhere)
		hidden(chief, drafted)
		if got := w.list(t, chief, Filter{}); !slices.Equal(got, []Ref{there}) {
			t.Errorf("the chief lists %v", got)
		}
		stranger := w.person(t, "stranger")
		for _, role := range account.Roles {
			if role == account.EditorInChief || role == account.Auditor || role == account.SystemAdministrator {
				continue
			}
			stranger.Posts = []account.Post{{Agency: paper, Role: role}}
			hidden(stranger, there) // who words what the outlet carries sees no more of it than that
		}
		stranger.Posts = []account.Post{{Agency: "third", Role: account.EditorInChief}, {Agency: paper, Role: account.Reporter}}
		hidden(stranger, there)

		// What moves to another outlet leaves the chief's sight.
		w.save(t, w.reporter, there, func(c *Content) { c.Outlets = w.outlets[:1] })
		if _, err := w.Open(t.Context(), chief, there); err != nil {
			t.Errorf("readers still have the article there: %v", err)
		}
		w.lead(t, w.reporter, there, Published)
		hidden(chief, there)
		if trail, err := audit.Of(t.Context(), w.db, there.subject(), 99); err != nil || slices.ContainsFunc(trail, func(e audit.Entry) bool { return e.ActorID == chief.ID }) {
			t.Errorf("refusals left a trace: %v", err)
		}
	})
}

// A newsroom that published before outlets were noted has them noted by the
// migration, just as publishing notes them.
func TestMigrationNotesWhereEditionsStand(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.standing(t, w.outlets[1])
		both := w.bring(t, w.reporter, Published)
		withdrawn := w.bring(t, w.reporter, Published)
		for _, ref := range []Ref{both, withdrawn} {
			must(t, w.place(t, w.carrier, ref, w.outlets[1], CarryIt, PlaceAsk{}))
		}
		w.save(t, w.reporter, both, func(c *Content) { c.Body += "." })
		w.do(t, w.chief, withdrawn, Withdraw)
		quoting := w.draft(t, w.reporter, "vi", `"`+w.outlets[1]+`"`)
		w.save(t, w.reporter, quoting, func(c *Content) { c.Outlets = w.outlets[:1] })
		w.lead(t, w.reporter, quoting, Published)
		w.bring(t, w.reporter, Approved)
		all := func() []string {
			return texts(t, w.db, "SELECT item_id || lang || outlet_id FROM standing ORDER BY item_id, lang, outlet_id")
		}
		want := all()
		sql(t, w.db, "DELETE FROM standing")
		text, err := fs.ReadFile(migrations.Newsroom(), "0002_standing.sql")
		must(t, err)
		_, insert, _ := strings.Cut(string(text), "INSERT INTO")
		sql(t, w.db, "INSERT INTO"+insert)
		if got := all(); len(want) != 6 || !slices.Equal(got, want) {
			t.Errorf("noted %v, want %v", got, want)
		}
	})
}
