package account

import (
	"slices"
	"testing"
	"time"

	"doingoai/app/store"
)

// TestARoleIsHeldInLanguages: twice at once in different ones, never twice in
// the same; and the trail says in which.
func TestARoleIsHeldInLanguages(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		var never time.Time
		grant := func(role Role, langs ...string) error {
			return w.GrantRole(t.Context(), w.admin, w.reporter.ID, portal, role, never, never, langs...)
		}
		for _, c := range []struct {
			langs []string
			held  bool
		}{{[]string{"km", "en", "km"}, false}, {[]string{"en"}, true}, {nil, true}, {[]string{"zh", "km"}, true}, {[]string{"zh"}, false}} {
			if got := field(t, grant(Translator, c.langs...), "role") == "error.role.held"; got != c.held {
				t.Errorf("%v is held already: %t", c.langs, got)
			}
		}
		if got := w.newest(t, w.reporter.ID).Detail["languages"]; got != "zh" {
			t.Errorf("the trail says %q", got)
		}
		if got := field(t, grant(Editor, "xx"), "post_languages"); got != "error.language.unknown" {
			t.Errorf("an unknown language: %q", got)
		}
		for _, role := range []Role{Auditor, RoyaltyOfficer, SystemAdministrator} {
			if got := field(t, grant(role, "en"), "post_languages"); got != "error.role.languages" {
				t.Errorf("%s in English: %q", role, got)
			}
		}
		actor := w.actor(t, w.reporter.ID)
		for lang, want := range map[string]bool{"km": true, "en": true, "zh": true, "vi": false} {
			if _, may := actor.MayIn(Translate, portal, lang); may != want {
				t.Errorf("they translate into %s: %t", lang, may)
			}
			if _, may := actor.MayIn(View, portal, lang); !may {
				t.Errorf("they do not see what is in %s", lang)
			}
			bearers, err := w.Bearers(t.Context(), portal, Translator, lang)
			must(t, err)
			if slices.Contains(bearers, w.reporter.ID) != want {
				t.Errorf("%s is borne by %v", lang, bearers)
			}
		}
		if bearers, err := w.Bearers(t.Context(), portal, Translator, ""); err != nil || len(bearers) != 1 {
			t.Errorf("in whichever language: %v (%v)", bearers, err)
		}
	})
}

// TestASubstituteHasThePostsLimit.
func TestASubstituteHasThePostsLimit(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		chief := w.person(t, NewPerson{Email: "tbt@example.vn", Name: "Tổng Biên tập", Agency: paper, Roles: []Role{EditorInChief}, Languages: Languages{"en"}})
		must(t, w.AddAbsence(t.Context(), w.actor(t, chief.ID), NewAbsence{Substitute: w.reporter.ID, To: morning.Add(48 * time.Hour)}))
		actor := w.actor(t, w.reporter.ID)
		_, english := actor.MayIn(Publish, paper, "en")
		_, vietnamese := actor.MayIn(Publish, paper, "vi")
		if !english || vietnamese {
			t.Errorf("publishes in English %t, in Vietnamese %t", english, vietnamese)
		}
		for lang, want := range map[string]int{"en": 2, "vi": 0} {
			if bearers, err := w.Bearers(t.Context(), paper, EditorInChief, lang); err != nil || len(bearers) != want {
				t.Errorf("%s is borne by %v (%v)", lang, bearers, err)
			}
		}
	})
}

// TestLanguagesAreInherited by the agency that takes another one's place: what
// is held there already is not held twice, and nothing is lost.
func TestLanguagesAreInherited(t *testing.T) {
	for name, c := range map[string]struct{ next, held, want []string }{
		"nothing held":      {[]string{"km"}, []string{"-"}, []string{"km"}},
		"all of it":         {[]string{"km"}, nil, nil},
		"some of it":        {[]string{"km", "en"}, []string{"en", "zh"}, []string{"km", "en", "zh"}},
		"others":            {[]string{"km"}, []string{"en"}, []string{"km", "en"}},
		"limited, and all":  {nil, []string{"en"}, nil},
		"the very same one": {[]string{"km"}, []string{"km"}, []string{"km"}},
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				person := w.person(t, NewPerson{Email: "bd@example.vn", Name: "Biên dịch", Agency: portal, Roles: []Role{Translator}, Languages: c.next})
				var never time.Time
				if !slices.Equal(c.held, []string{"-"}) {
					must(t, w.Program().GrantRole(t.Context(), person.ID, paper, Translator, never, never, c.held...))
				}
				w.clock.Advance(time.Hour)
				must(t, w.db.Write(t.Context(), func(tx *store.Tx) error {
					_, err := w.Inherit(tx, w.admin, portal, paper)
					return err
				}))
				actor := w.actor(t, person.ID)
				for _, lang := range []string{"vi", "en", "km", "zh"} {
					if _, may := actor.MayIn(Translate, paper, lang); may != Languages(c.want).Include(lang) {
						t.Errorf("%s: %t", lang, may)
					}
				}
			})
		})
	}
}
