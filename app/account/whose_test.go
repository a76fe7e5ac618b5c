package account

import "testing"

// TestWhoseSessionOrTokenItIs: what is made up, was ended, or belongs to
// somebody who is no longer with us is nobody's.
func TestWhoseSessionOrTokenItIs(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		session, actor := w.enter(t, reporterEmail, goodPassword)
		token, err := w.MakeToken(t.Context(), actor, NewToken{Name: "Phần mềm", Scopes: Scopes{EditionRead}, Days: 30})
		must(t, err)
		is := func(what, session, token, want string) {
			t.Helper()
			if got, err := w.Whose(t.Context(), session, token); err != nil || got != want {
				t.Errorf("%s: %q %v", what, got, err)
			}
		}
		is("nothing", "", "", "")
		is("made up", "x", tokenText(), "")
		is("a session", session, "", w.reporter.ID)
		is("a token", "", token, w.reporter.ID)
		is("a token beside a made-up session", "x", token, w.reporter.ID)
		w.clock.Advance(w.o.MaxSessionIdle)
		is("a session that ran out", session, "", w.reporter.ID)
		must(t, w.Disable(t.Context(), w.admin, w.reporter.ID))
		is("a session of somebody disabled", session, "", "")
		is("a token of somebody disabled", "", token, "")
		must(t, w.Enable(t.Context(), w.admin, w.reporter.ID))
		is("a session that was ended", session, "", "")
		is("a token that was ended for good", "", token, "")
	})
}
