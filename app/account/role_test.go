package account

import (
	"slices"
	"testing"
	"time"
)

// TestNobodyGivesThemselvesARole: an administrator who would be a chief asks
// another one; only the command line can.
func TestNobodyGivesThemselvesARole(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var never time.Time
		for _, role := range []Role{EditorInChief, Reporter, SystemAdministrator} {
			if err := w.GrantRole(t.Context(), w.admin, w.admin.ID, paper, role, never, never); key(t, err) != "error.role.self" {
				t.Errorf("%s: %v", role, err)
			}
		}
		if got := w.actor(t, w.admin.ID).Posts; len(got) != 1 {
			t.Errorf("%+v", got)
		}
		must(t, w.Program().GrantRole(t.Context(), w.admin.ID, paper, Reporter, never, never))
		other := w.person(t, NewPerson{Email: "qt2@example.vn", Name: "Quản trị hai", Agency: paper, Roles: []Role{SystemAdministrator}})
		must(t, w.GrantRole(t.Context(), w.actor(t, other.ID), w.admin.ID, paper, EditorInChief, never, never))
	})
}

// TestAWeightyRoleIsNotGivenInSilence, be it to somebody who is here already or
// to somebody new.
func TestAWeightyRoleIsNotGivenInSilence(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var never time.Time
		for _, role := range Roles {
			w.told = nil
			if role == Reporter {
				continue // which they hold
			}
			must(t, w.GrantRole(t.Context(), w.admin, w.reporter.ID, paper, role, never, never))
			if told := slices.Contains(w.told, w.reporter.ID+" role.grant "+w.admin.ID+" "+string(role)); told != role.Weighty() {
				t.Errorf("%s: told %q", role, w.told)
			}
		}
		w.told = nil
		p, _, err := w.Invite(t.Context(), w.admin, NewPerson{Email: "moi@example.vn", Name: "Mới", Agency: paper, Roles: []Role{EditorInChief}})
		must(t, err)
		if !slices.Contains(w.told, p.ID+" role.grant "+w.admin.ID+" editor_in_chief") {
			t.Errorf("of an invitation: %q", w.told)
		}
		if !Auditor.Weighty() {
			t.Error("whoever reads everything needs no second factor")
		}
	})
}
