package account

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/fault"
)

const day = 24 * time.Hour

// TestASubstituteHoldsThePostsForTheTime, marked as the absent person's.
func TestASubstituteHoldsThePostsForTheTime(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		chief := w.person(t, NewPerson{Email: "tbt@example.vn", Name: "Tổng Biên tập", Agency: paper, Roles: []Role{EditorInChief, Auditor}})
		from, to := morning.Add(day), morning.Add(3*day)
		must(t, w.AddAbsence(t.Context(), w.actor(t, chief.ID), NewAbsence{Substitute: w.reporter.ID, From: from, To: to, Note: "Công tác"}))
		lent := Post{Agency: paper, Role: EditorInChief, For: chief.ID}
		for _, c := range []struct {
			at   time.Time
			want bool
		}{{from.Add(-time.Microsecond), false}, {from, true}, {to.Add(-time.Microsecond), true}, {to, false}} {
			w.clock.Advance(c.at.Sub(w.clock.Now()))
			actor := w.actor(t, w.reporter.ID)
			if holds(actor, lent) != c.want || actor.MayAnywhere(Publish) != c.want || !holds(actor, Post{Agency: paper, Role: Reporter}) {
				t.Errorf("%v: %+v", c.at, actor.Posts)
			}
			if post, ok := actor.PostFor(Publish, paper); ok != c.want || c.want && !reflect.DeepEqual(post, lent) {
				t.Errorf("%v: publishes by %+v", c.at, post)
			}
			if post, _ := actor.PostFor(Create, paper); post.For != "" {
				t.Errorf("%v: creates by %+v, not by the own role", c.at, post)
			}
		}
		if !holds(w.actor(t, chief.ID), Post{Agency: paper, Role: EditorInChief}) {
			t.Error("the absent person lost the post")
		}
	})
}

func TestPostsAreLentOnceAndNeverTheAdministrators(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		a := w.person(t, NewPerson{Email: "a@example.vn", Name: "A", Agency: paper, Roles: []Role{EditorInChief, SystemAdministrator}})
		b := w.person(t, NewPerson{Email: "b@example.vn", Name: "B", Agency: paper, Roles: []Role{Editor}})
		until := morning.Add(day)
		must(t, w.AddAbsence(t.Context(), w.actor(t, a.ID), NewAbsence{Substitute: b.ID, To: until}))
		must(t, w.AddAbsence(t.Context(), w.actor(t, b.ID), NewAbsence{Substitute: w.reporter.ID, To: until}))
		if got := w.actor(t, b.ID).Posts; !reflect.DeepEqual(got, []Post{{Agency: paper, Role: Editor}, {Agency: paper, Role: EditorInChief, For: a.ID}}) {
			t.Errorf("the substitute holds %+v", got)
		}
		if got := w.actor(t, w.reporter.ID).Posts; !reflect.DeepEqual(got, []Post{{Agency: paper, Role: Reporter}, {Agency: paper, Role: Editor, For: b.ID}}) {
			t.Errorf("the substitute's substitute holds %+v", got)
		}
		must(t, w.Disable(t.Context(), w.admin, a.ID))
		if got := w.actor(t, b.ID).Posts; len(got) != 1 {
			t.Errorf("of somebody disabled the substitute holds %+v", got)
		}
	})
}

// TestASubstituteOfAChiefMustEnrolToo: a lent post weighs what it weighs.
func TestASubstituteOfAChiefMustEnrolToo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		chief := w.person(t, NewPerson{Email: "tbt@example.vn", Name: "Tổng Biên tập", Agency: paper, Roles: []Role{EditorInChief}})
		must(t, w.AddAbsence(t.Context(), w.actor(t, chief.ID), NewAbsence{Substitute: w.reporter.ID, To: morning.Add(day)}))
		w.Accounts = w.required()
		if _, actor := w.enter(t, reporterEmail, goodPassword); !actor.Enrol {
			t.Error("the substitute publishes with a password alone")
		}
	})
}

func TestAnAbsenceMakesSense(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		colleague := w.person(t, NewPerson{Email: "b@example.vn", Name: "B", Agency: paper, Roles: []Role{Editor}})
		gone := w.person(t, NewPerson{Email: "c@example.vn", Name: "C", Agency: paper, Roles: []Role{Editor}})
		must(t, w.Disable(t.Context(), w.admin, gone.ID))
		me := w.actor(t, w.reporter.ID)
		good := NewAbsence{Substitute: colleague.ID, From: morning.Add(day), To: morning.Add(2 * day)}
		for name, c := range map[string]struct {
			change func(*NewAbsence)
			field  string
			key    string
		}{
			"nobody":              {func(n *NewAbsence) { n.Substitute = "" }, "substitute", "error.substitute.none"},
			"oneself":             {func(n *NewAbsence) { n.Substitute = me.ID }, "substitute", "error.absence.colleague"},
			"of another agency":   {func(n *NewAbsence) { n.Substitute = w.admin.ID }, "substitute", "error.absence.colleague"},
			"somebody disabled":   {func(n *NewAbsence) { n.Substitute = gone.ID }, "substitute", "error.absence.colleague"},
			"nobody we know":      {func(n *NewAbsence) { n.Substitute = "x" }, "substitute", "error.absence.colleague"},
			"the wrong way round": {func(n *NewAbsence) { n.To = n.From.Add(-time.Hour) }, "to", "error.absence.period"},
			"over already":        {func(n *NewAbsence) { n.From, n.To = morning.Add(-2*day), morning.Add(-day) }, "to", "error.absence.period"},
			"without end":         {func(n *NewAbsence) { n.To = time.Time{} }, "to", "error.bad_date"},
			"two years":           {func(n *NewAbsence) { n.To = n.From.Add(2 * maxAbsence) }, "to", "error.absence.long"},
			"a novel":             {func(n *NewAbsence) { n.Note = strings.Repeat("a", maxAbsenceNote+1) }, "absence_note", "error.too_long"},
		} {
			n := good
			c.change(&n)
			if err := w.AddAbsence(t.Context(), me, n); field(t, err, c.field) != c.key {
				t.Errorf("%s: %v", name, err)
			}
		}
		must(t, w.AddAbsence(t.Context(), me, good))
		if e := w.newest(t, me.ID); e.Verb != "absence.add" || e.Detail["substitute"] != colleague.ID {
			t.Errorf("recorded %+v", e)
		}
		if !slices.Contains(w.told, colleague.ID+" absence.stand_in "+me.ID) {
			t.Errorf("told %q", w.told)
		}
		if err := w.AddAbsence(t.Context(), me, good); field(t, err, "from") != "error.absence.overlap" {
			t.Errorf("twice: %v", err)
		}
		good.From, good.To = good.To, good.To.Add(day)
		must(t, w.AddAbsence(t.Context(), me, good)) // one after the other
		expectKind(t, w.AddAbsence(t.Context(), me, NewAbsence{Person: colleague.ID, Substitute: me.ID, To: morning.Add(day)}), fault.Forbidden)
		must(t, w.AddAbsence(t.Context(), w.admin, NewAbsence{Person: colleague.ID, Substitute: me.ID, To: morning.Add(day)}))
	})
}

func TestComingBackEarlyEndsIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		colleague := w.person(t, NewPerson{Email: "b@example.vn", Name: "B", Agency: paper, Roles: []Role{Editor}})
		me, other := w.actor(t, w.reporter.ID), w.actor(t, colleague.ID)
		must(t, w.AddAbsence(t.Context(), me, NewAbsence{Substitute: other.ID, To: morning.Add(5 * day)}))
		must(t, w.AddAbsence(t.Context(), me, NewAbsence{Substitute: other.ID, From: morning.Add(9 * day), To: morning.Add(10 * day)}))
		own, _, err := w.OwnAbsences(t.Context(), me)
		must(t, err)
		_, standIn, err := w.OwnAbsences(t.Context(), other)
		must(t, err)
		if len(own) != 2 || len(standIn) != 2 || own[0].SubstituteName != "B" || standIn[0].PersonName != "Phóng viên" {
			t.Fatalf("%+v %+v", own, standIn)
		}
		away, err := w.Absences(t.Context(), []string{me.ID, other.ID})
		must(t, err)
		if len(away) != 1 || away[me.ID].Substitute != other.ID {
			t.Errorf("away are %+v", away)
		}
		expectKind(t, w.EndAbsence(t.Context(), other, own[0].ID), fault.NotFound)
		must(t, w.EndAbsence(t.Context(), me, own[0].ID))
		expectKind(t, w.EndAbsence(t.Context(), me, own[0].ID), fault.NotPossible)
		must(t, w.EndAbsence(t.Context(), w.admin, own[1].ID))
		if got := w.actor(t, other.ID).Posts; len(got) != 1 {
			t.Errorf("the substitute still holds %+v", got)
		}
		w.clock.Advance(9 * day)
		if got := w.actor(t, other.ID).Posts; len(got) != 1 {
			t.Errorf("an absence that was cancelled began: %+v", got)
		}
	})
}

// TestWhoeverReadsEverythingLendsThatOnlyThroughAnAdministrator: an auditor
// makes nobody an auditor, and an administrator nobody's substitute of themself.
func TestWhoeverReadsEverythingLendsThatOnlyThroughAnAdministrator(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, role := range guarded {
			holder := w.person(t, NewPerson{Email: string(role) + "@example.vn", Name: "Người giữ vai trò", Agency: paper, Roles: []Role{role, Editor}})
			substitute := w.person(t, NewPerson{Email: "thay-" + string(role) + "@example.vn", Name: "Người thay", Agency: paper, Roles: []Role{Contributor}})
			lends := func(what string, want bool) {
				t.Helper()
				lent := Post{Agency: paper, Role: role, For: holder.ID}
				if got := holds(w.actor(t, substitute.ID), lent); got != want {
					t.Errorf("%s lends %s: %t", what, role, got)
				}
				bearers, err := w.Bearers(t.Context(), paper, role, "")
				if err != nil || slices.Contains(bearers, substitute.ID) != want {
					t.Errorf("%s: those who hold %s are %v %v", what, role, bearers, err)
				}
				if !holds(w.actor(t, substitute.ID), Post{Agency: paper, Role: Editor, For: holder.ID}) {
					t.Errorf("%s does not lend the other role", what)
				}
			}
			must(t, w.AddAbsence(t.Context(), w.actor(t, holder.ID), NewAbsence{Substitute: substitute.ID, To: morning.Add(day)}))
			lends("whoever holds it", false)
			own, _, err := w.OwnAbsences(t.Context(), w.actor(t, holder.ID))
			must(t, err)
			must(t, w.EndAbsence(t.Context(), w.actor(t, holder.ID), own[0].ID))
			must(t, w.AddAbsence(t.Context(), w.admin, NewAbsence{Person: holder.ID, Substitute: substitute.ID, To: morning.Add(day)}))
			lends("an administrator", true)
		}
		second := w.person(t, NewPerson{Email: "qt2@example.vn", Name: "Quản trị hai", Agency: paper, Roles: []Role{SystemAdministrator}})
		err := w.AddAbsence(t.Context(), w.actor(t, second.ID), NewAbsence{Person: w.reporter.ID, Substitute: second.ID, To: morning.Add(day)})
		if field(t, err, "substitute") != "error.absence.self" {
			t.Errorf("an administrator stands in by their own word: %v", err)
		}
	})
}
