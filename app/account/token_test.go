package account

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/fault"
)

func (w *world) token(t *testing.T, actor Actor, scopes ...Scope) string {
	t.Helper()
	text, err := w.MakeToken(t.Context(), actor, NewToken{Name: "Phần mềm của báo", Scopes: scopes, Days: 30})
	must(t, err)
	return text
}

func TestATokenSpeaksForItsPersonWithinItsScopes(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		reporter := w.actor(t, w.reporter.ID)
		text := w.token(t, reporter, EditionWrite, EditionRead)
		actor, scopes, err := w.ByToken(t.Context(), text, somewhere)
		must(t, err)
		if actor.ID != reporter.ID || actor.Token == "" || actor.Session != "" || actor.Address != somewhere ||
			!slices.Equal(scopes, Scopes{EditionRead, EditionWrite}) || !reflect.DeepEqual(actor.Posts, reporter.Posts) {
			t.Errorf("%+v %v", actor, scopes)
		}
		for action := range policy {
			_, person := reporter.May(action, paper)
			_, program := actor.May(action, paper)
			if want := person && slices.Contains(scopes, scopeOf[action]); program != want {
				t.Errorf("%s: %v, want %v", action, program, want)
			}
		}
		if !actor.Allows(EditionRead) || actor.Allows(EditionAct) || actor.Allows(MediaRead) || !reporter.Allows(SiteRead) {
			t.Error("the scopes are not those of the token")
		}
		must(t, w.GrantRole(t.Context(), w.admin, reporter.ID, paper, Editor, time.Time{}, time.Time{}))
		actor, _, err = w.ByToken(t.Context(), text, somewhere)
		must(t, err)
		if _, may := actor.May(Edit, paper); !may {
			t.Error("the posts are not those of the moment")
		}
	})
}

// TestEveryActionHasAScopeOrIsForPeopleOnly, so that a new action is thought of.
func TestEveryActionHasAScopeOrIsForPeopleOnly(t *testing.T) {
	people := []Action{UseDesk, SecureSelf, ManageUsers, ManageFlow, ReadLetters, AnswerLetters}
	for action := range policy {
		scope, scoped := scopeOf[action]
		if scoped == slices.Contains(people, action) {
			t.Errorf("%s: scope %q, and for people only: %v", action, scope, !scoped)
		}
		if scoped && !slices.Contains(AllScopes, scope) {
			t.Errorf("%s: there is no scope %q", action, scope)
		}
	}
	for name, scopes := range map[string]Scopes{"none": nil, "an empty list": {}, "an unknown one": {"edition.*"}, "another": {NoticeRead}} {
		actor := Actor{ID: "p", Token: "t", Scopes: scopes, Posts: []Post{{Agency: portal, Role: EditorInChief}, {Agency: portal, Role: SystemAdministrator}}}
		for action := range policy {
			if _, may := actor.May(action, portal); may {
				t.Errorf("a token with %s may %s", name, action)
			}
		}
	}
}

func TestATokenEnds(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, w *world, id string){
		"revoked by its person": func(t *testing.T, w *world, id string) {
			must(t, w.RevokeToken(t.Context(), w.actor(t, w.reporter.ID), id))
		},
		"revoked by the administrator": func(t *testing.T, w *world, id string) { must(t, w.RevokeToken(t.Context(), w.admin, id)) },
		"expired":                      func(_ *testing.T, w *world, _ string) { w.clock.Advance(30 * 24 * time.Hour) },
		"its person was disabled":      func(t *testing.T, w *world, _ string) { must(t, w.Disable(t.Context(), w.admin, w.reporter.ID)) },
		"its person's password was lost": func(t *testing.T, w *world, _ string) {
			_, err := w.Reset(t.Context(), w.admin, w.reporter.ID)
			must(t, err)
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				text := w.token(t, w.actor(t, w.reporter.ID), EditionRead)
				actor, _, err := w.ByToken(t.Context(), text, somewhere)
				must(t, err)
				end(t, w, actor.Token)
				actor, scopes, err := w.ByToken(t.Context(), text, somewhere)
				expectKind(t, err, fault.SignedOut)
				if key(t, err) != "error.token.bad" || actor.ID != "" || scopes != nil {
					t.Errorf("%+v %v %v", actor, scopes, err)
				}
			})
		})
	}
}

func TestWhatIsNoTokenIsRefused(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		text := w.token(t, w.actor(t, w.reporter.ID), EditionRead)
		session, _ := w.enter(t, reporterEmail, goodPassword)
		for _, strange := range []string{
			"", "dn_", text[1:], text + "0", text[:len(text)-1], strings.ToUpper(text), "dn_" + strings.Repeat("a", 47), session, "dn_" + session,
			tokenText(), "dn_" + strings.Repeat("0", 100_000), "dn_đđđđđđđđđđđđđđđđđ", withOther(text, 20), " " + text,
		} {
			if actor, _, err := w.ByToken(t.Context(), strange, somewhere); fault.KindOf(err) != fault.SignedOut || actor.ID != "" {
				t.Errorf("%q: %v", cut(strange, 60), err)
			}
		}
		if _, _, err := w.Resolve(t.Context(), text, somewhere); fault.KindOf(err) != fault.SignedOut {
			t.Error("a token opens a session")
		}
		if n := count(t, w.db, "SELECT count(*) FROM token WHERE hash = ?", text); n > 0 {
			t.Error("a token is stored as it is")
		}
		if n := count(t, w.db, "SELECT count(*) FROM audit WHERE detail LIKE ?", "%"+text[3:]+"%"); n > 0 {
			t.Error("a token is in the trail")
		}
	})
}

// withOther is a text with another letter at a place, whatever stands there.
func withOther(text string, at int) string {
	letter := "x"
	if text[at:at+1] == letter {
		letter = "y"
	}
	return text[:at] + letter + text[at+1:]
}

func TestTokensAreMadeWithCare(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		reporter := w.actor(t, w.reporter.ID)
		for name, c := range map[string]struct {
			n     NewToken
			field string
		}{
			"no name":        {NewToken{Scopes: Scopes{EditionRead}, Days: 1}, "name"},
			"a long name":    {NewToken{Name: strings.Repeat("a", 101), Scopes: Scopes{EditionRead}, Days: 1}, "name"},
			"no scope":       {NewToken{Name: "a", Days: 1}, "scopes"},
			"a strange one":  {NewToken{Name: "a", Scopes: Scopes{EditionRead, "admin"}, Days: 1}, "scopes"},
			"no days":        {NewToken{Name: "a", Scopes: Scopes{EditionRead}}, "days"},
			"more than that": {NewToken{Name: "a", Scopes: Scopes{EditionRead}, Days: 366}, "days"},
		} {
			if _, err := w.MakeToken(t.Context(), reporter, c.n); field(t, err, c.field) == "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for range maxTokens {
			w.token(t, reporter, EditionRead)
		}
		_, err := w.MakeToken(t.Context(), reporter, NewToken{Name: "a", Scopes: Scopes{EditionRead}, Days: 1})
		expectKind(t, err, fault.NotPossible)
		tokens, err := w.Tokens(t.Context(), reporter)
		must(t, err)
		other := w.actor(t, w.person(t, NewPerson{Email: "b@example.vn", Name: "B", Agency: paper, Roles: []Role{Editor}}).ID)
		expectKind(t, w.RevokeToken(t.Context(), other, tokens[0].ID), fault.NotFound)
		must(t, w.RevokeToken(t.Context(), reporter, tokens[0].ID))
		expectKind(t, w.RevokeToken(t.Context(), reporter, tokens[0].ID), fault.NotPossible)
		if e := w.newest(t, reporter.ID); e.Verb != "token.revoke" || e.Detail["token"] != tokens[0].ID {
			t.Errorf("recorded %+v", e)
		}
		_, _, err = w.ByToken(t.Context(), "x", somewhere)
		expectKind(t, err, fault.SignedOut)
	})
}

// TestATokenMakesNoToken, nor anything else that wants a proof.
func TestATokenMakesNoToken(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		text := w.token(t, w.admin, AllScopes...)
		actor, _, err := w.ByToken(t.Context(), text, somewhere)
		must(t, err)
		_, err = w.MakeToken(t.Context(), actor, NewToken{Name: "a", Scopes: Scopes{EditionRead}, Days: 1})
		expectKind(t, err, fault.Forbidden)
		_, err = w.BeginApp(t.Context(), actor)
		expectKind(t, err, fault.Forbidden)
		expectKind(t, w.GrantRole(t.Context(), actor, w.reporter.ID, portal, Editor, time.Time{}, time.Time{}), fault.Forbidden)
		_, err = w.Services(t.Context(), actor)
		expectKind(t, err, fault.Forbidden)
	})
}

func TestATokenOfSomebodyWhoMustEnrolWaits(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		text := w.token(t, w.admin, EditionRead)
		w.Accounts = w.required()
		_, _, err := w.ByToken(t.Context(), text, somewhere)
		if fault.KindOf(err) != fault.Forbidden || key(t, err) != "error.factor.required" {
			t.Errorf("%v", err)
		}
		_, admin := w.enter(t, adminEmail, goodPassword)
		w.enrol(t, admin)
		_, _, err = w.ByToken(t.Context(), text, somewhere)
		must(t, err)
	})
}

func TestAServiceWorksAndNeverSignsIn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, role := range Roles {
			_, err := w.AddService(t.Context(), w.admin, "Phần mềm", paper, []Role{role})
			if (field(t, err, "role") == "error.service.role") != role.Weighty() {
				t.Errorf("%s: %v", role, err)
			}
		}
		s, err := w.AddService(t.Context(), w.admin, "Phần mềm tòa soạn", paper, []Role{Reporter, Translator})
		must(t, err)
		expectKind(t, w.GrantRole(t.Context(), w.admin, s.ID, paper, EditorInChief, time.Time{}, time.Time{}), fault.Invalid)
		text, err := w.MakeServiceToken(t.Context(), w.admin, s.ID, NewToken{Name: "máy chủ", Scopes: Scopes{EditionWrite}, Days: 30})
		must(t, err)
		w.Accounts = w.required()
		actor, _, err := w.ByToken(t.Context(), text, somewhere)
		must(t, err)
		if _, may := actor.May(Create, paper); !may || actor.Name != "Phần mềm tòa soạn" {
			t.Errorf("%+v", actor)
		}
		if got := w.try(t, s.Email, goodPassword, somewhere); got != "error.signin.wrong" {
			t.Errorf("signing in: %s", got)
		}
		_, err = w.Reset(t.Context(), w.admin, s.ID)
		expectKind(t, err, fault.NotFound)
		_, err = w.MakeServiceToken(t.Context(), w.admin, w.reporter.ID, NewToken{Name: "a", Scopes: Scopes{EditionRead}, Days: 1})
		expectKind(t, err, fault.NotFound) // nobody speaks in a person's name but they themselves
		people, err := w.People(t.Context(), w.admin)
		must(t, err)
		if slices.ContainsFunc(people, func(p Person) bool { return p.Kind == Service }) {
			t.Error("the list of people has a service")
		}
		must(t, w.Disable(t.Context(), w.admin, s.ID))
		_, _, err = w.ByToken(t.Context(), text, somewhere)
		expectKind(t, err, fault.SignedOut)
	})
}

func TestTheTrailSaysWhichTokenAndForWhom(t *testing.T) {
	actor := Actor{ID: "p", Token: "tok"}
	given := map[string]string{"late": "3"}
	got := actor.Trace(Post{Role: Editor, For: "away"}, given)
	if got["token"] != "tok" || got["for"] != "away" || got["late"] != "3" || len(given) != 1 {
		t.Errorf("%v, given %v", got, given)
	}
	if got := (Actor{ID: "p"}).Trace(Post{Role: Editor}, nil); got != nil {
		t.Errorf("%v", got)
	}
}
