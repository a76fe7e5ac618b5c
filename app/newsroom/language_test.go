package newsroom

import (
	"context"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// inLanguages is somebody with every role of the agencies, limited to languages.
func (w *world) inLanguages(t *testing.T, id string, langs ...string) account.Actor {
	t.Helper()
	var all []account.Post
	for _, agency := range []string{portal, paper} {
		for _, role := range account.Roles {
			if role.HasLanguages() {
				all = append(all, account.Post{Agency: agency, Role: role, Languages: langs})
			}
		}
	}
	return w.person(t, id, all...)
}

// looking are the methods about an edition that change nothing of it, or nothing
// but the person's own: they ask for no language.
var looking = []string{
	"Answer", "AsRead", "Attend", "Awaits", "Carriers", "ChangeNotes", "Compare", "DeleteComment", "Discard", "Hint", "History", "HistoryBefore", "Known", "Leave",
	"MendComment", "Moments", "Offer", "Open", "Parallel", "Preview", "PreviewOffer", "Revision", "Rulings", "Talk",
}

// affected is what somebody whom an article is about has to say.
var affected = Reply{Party: "Công ty", Position: "Giám đốc", Received: "2026-06-01", Text: "Không đúng."}

// doing are the others, by the method's name.
func (w *world) doing(t *testing.T, who account.Actor, ref Ref) map[string]func(context.Context) error {
	hash, base, words := w.head(t, ref).Hash, row(t, w.db, ref).Head, w.content("Lời khác")
	p, err := w.Parallel(t.Context(), who, ref)
	must(t, err)
	side := p.Typed()
	side.Cells[0].Text = "Other words"
	last := func(_ any, err error) error { return err }
	return map[string]func(context.Context) error{
		"Autosave": func(c context.Context) error {
			return last(w.Autosave(c, who, ref, Unsaved{Base: base, Content: words}))
		},
		"Comment": func(c context.Context) error {
			return last(w.Comment(c, who, ref, Remark{Body: "Sai.", Blocking: true, Revision: base}))
		},
		"DropReply":     func(c context.Context) error { return last(w.DropReply(c, who, ref, base, 1)) },
		"EndExchange":   func(c context.Context) error { return w.EndExchange(c, who, ref, "x", "Đủ rồi") },
		"Explain":       func(c context.Context) error { return w.Explain(c, who, ref, hash, "x", "Đúng") },
		"Keep":          func(c context.Context) error { return last(w.Keep(c, who, ref, Saving{Base: base, Content: words})) },
		"MoveTo":        func(c context.Context) error { return w.MoveTo(c, who, ref, hash, w.db.Now().Add(48*time.Hour)) },
		"Plan":          func(c context.Context) error { return w.Plan(c, who, ref, Plan{Day: w.db.Now().Add(48 * time.Hour)}) },
		"PlanDay":       func(c context.Context) error { return w.PlanDay(c, who, ref, w.db.Now().Add(48*time.Hour)) },
		"PreviewLinks":  func(c context.Context) error { return last(w.PreviewLinks(c, who, ref)) },
		"RefuseReply":   func(c context.Context) error { return w.RefuseReply(c, who, ref, affected, "Không liên quan") },
		"Restore":       func(c context.Context) error { return last(w.Restore(c, who, ref, 1, base)) },
		"RevokePreview": func(c context.Context) error { return w.RevokePreview(c, who, ref, "x") },
		"Save":          func(c context.Context) error { return last(w.Save(c, who, ref, base, words)) },
		"SaveReply":     func(c context.Context) error { return last(w.SaveReply(c, who, ref, base, 0, affected)) },
		"SaveSide":      func(c context.Context) error { return last(w.SaveSide(c, who, ref, base, side, "")) },
		"SaveTranslation": func(c context.Context) error {
			return last(w.SaveTranslation(c, who, ref, base, 0, words))
		},
		"SayRight":     func(c context.Context) error { return w.SayRight(c, who, ref, 1, 1) },
		"SharePreview": func(c context.Context) error { return last(w.SharePreview(c, who, ref, "Bạn đọc", 1)) },
		"StartClock":   func(c context.Context) error { return w.StartClock(c, who, ref, "x", time.Time{}) },
		"StopClock":    func(c context.Context) error { return w.StopClock(c, who, ref) },
		"Translate":    func(c context.Context) error { return last(w.Translate(c, who, ref, ref.Lang)) },
	}
}

// TestNothingIsDoneInALanguageThatIsNotOnes tries whatever can be done to an
// edition by somebody who holds every role, but for other languages. What is new
// here has to say what it is.
func TestNothingIsDoneInALanguageThatIsNotOnes(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		who := w.inLanguages(t, "khmer", "km", "zh")
		source := w.bringLive(t, w.reporter, Published)
		_, err := w.SaveReply(t.Context(), w.reporter, source, 1, 0, affected)
		must(t, err)
		ref := w.translate(t, source, "en")
		sheet, err := w.Open(t.Context(), who, ref)
		must(t, err)
		if len(sheet.Verbs) > 0 || sheet.MaySave || sheet.MayExplain {
			t.Errorf("the page offers %v", sheet.Verbs)
		}
		entries := w.entries(t)
		refused := func(what string, err error) {
			t.Helper()
			f, ok := fault.As(err)
			if !ok || f.Kind != fault.Forbidden || f.Message.Key != "error.verb.language" || f.Message.Args["Language"] != fault.Language("en") {
				t.Errorf("%s: %v", what, err)
			}
		}
		for _, verb := range Verbs() {
			refused(string(verb), w.Do(t.Context(), who, ref, verb, w.ask(t, ref, verb)))
		}
		doing := w.doing(t, who, ref)
		for name, do := range doing {
			refused(name, do(t.Context()))
		}
		_, err = w.Create(t.Context(), who, Start{Kind: "article", Agency: portal, Lang: "en", Content: w.content("New")})
		refused("Create", err)

		for m := range reflect.TypeFor[*Newsroom]().Methods() {
			about := m.Type.NumIn() > 3 && m.Type.In(2) == reflect.TypeFor[account.Actor]() && m.Type.In(3) == reflect.TypeFor[Ref]()
			_, done := doing[m.Name]
			if about && m.Name != "Do" && m.Name != "Place" && !slices.Contains([]string{"ResolveComment", "ReopenComment"}, m.Name) && done == slices.Contains(looking, m.Name) {
				t.Errorf("%s: does it ask for the language?", m.Name)
			}
		}
		if n := w.entries(t); n != entries {
			t.Errorf("%d entries were left", n-entries)
		}
	})
}

// TestOutletsDecideInTheirLanguages: to carry a text, to word it and to take it
// off again is of its language too.
func TestOutletsDecideInTheirLanguages(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		who := w.inLanguages(t, "english", "en")
		ref := w.bring(t, w.reporter, Approved)
		place := w.placement(t, who, ref, w.outlets[1])
		if len(place.Verbs) > 0 {
			t.Errorf("they are offered %v", place.Verbs)
		}
		for _, verb := range PlaceVerbs() {
			if err := w.place(t, who, ref, w.outlets[1], verb, PlaceAsk{Words: Words{Headline: "Tít"}}); key(t, err) != "error.verb.language" {
				t.Errorf("%s: %v", verb, err)
			}
		}
		must(t, w.place(t, w.carrier, ref, w.outlets[1], CarryIt, PlaceAsk{}))
		w.do(t, w.chief, ref, Publish)
		there := w.person(t, "chief_there", account.Post{Agency: paper, Role: account.EditorInChief, Languages: account.Languages{"en"}})
		if _, err := w.Open(t.Context(), there, ref); err != nil {
			t.Errorf("who answers for the outlet sees it: %v", err)
		}
		if err := w.Do(t.Context(), there, ref, Withdraw, w.ask(t, ref, Withdraw)); key(t, err) != "error.verb.language" {
			t.Errorf("withdrawn in Vietnamese: %v", err)
		}
		there.Posts[0].Languages = account.Languages{"vi"}
		w.do(t, there, ref, Withdraw)
	})
}

// TestALimitedPostDoesItsWork: whatever the role permits, in its languages.
func TestALimitedPostDoesItsWork(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		one := func(id string, role account.Role) account.Actor {
			return w.person(t, id, account.Post{Agency: portal, Role: role, Languages: account.Languages{"en"}})
		}
		translator, editor, managing, chief := one("t", account.Translator), one("e", account.Editor), one("m", account.ManagingEditor), one("c", account.EditorInChief)
		source := w.bring(t, w.reporter, Published)
		if _, err := w.Translate(t.Context(), translator, source, "km"); key(t, err) != "error.verb.language" {
			t.Errorf("into Khmer: %v", err)
		}
		ref, err := w.Translate(t.Context(), translator, source, "en")
		must(t, err)
		w.save(t, translator, ref, func(c *Content) { *c = w.content("An article") })
		w.do(t, translator, ref, Submit)
		w.do(t, editor, ref, Take, Pass)
		w.do(t, managing, ref, Pass)
		w.do(t, chief, ref, Approve, Publish)

		// Whoever withdraws an original takes along what is theirs in other languages.
		vietnamese := w.person(t, "vi", account.Post{Agency: portal, Role: account.EditorInChief, Languages: account.Languages{"vi"}})
		if sheet, err := w.Open(t.Context(), vietnamese, source); err != nil || len(sheet.GoesWith) != 0 {
			t.Errorf("with it goes %v (%v)", sheet.GoesWith, err)
		}
		ask := w.ask(t, source, Withdraw)
		ask.Languages = []string{"en"}
		if err := w.Do(t.Context(), vietnamese, source, Withdraw, ask); key(t, err) != "error.verb.language" || row(t, w.db, source).Live != string(IsLive) {
			t.Errorf("withdrawn in English too: %v", err)
		}
		w.do(t, vietnamese, source, Withdraw)
		w.do(t, chief, ref, Withdraw)
	})
}

// TestAStoryIsStoppedInAnyOfItsLanguagesAndFreedInAll, for a block is of the story.
func TestAStoryIsStoppedInAnyOfItsLanguagesAndFreedInAll(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.bring(t, w.reporter, Submitted)
		ref := w.translate(t, source, "en")
		english := w.person(t, "english", account.Post{Agency: portal, Role: account.SecurityReviewer, Languages: account.Languages{"en"}})
		w.do(t, english, ref, Block)
		if sheet, err := w.Open(t.Context(), english, ref); err != nil || slices.Contains(sheet.Verbs, Unblock) {
			t.Errorf("they are offered %v (%v)", sheet.Verbs, err)
		}
		if err := w.Do(t.Context(), english, ref, Unblock, w.ask(t, ref, Unblock)); key(t, err) != "error.verb.language" || row(t, w.db, source).BlockedAt == 0 {
			t.Errorf("freed: %v", err)
		}
		english.Posts = append(english.Posts, account.Post{Agency: portal, Role: account.SecurityReviewer, Languages: account.Languages{"vi"}})
		w.do(t, english, ref, Unblock)
	})
}

// TestOnlyWhatIsInOnesLanguagesWaits, be it for one's role, one's own name, or in
// somebody else's place; and it is what one's page says of it.
func TestOnlyWhatIsInOnesLanguagesWaits(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.bring(t, w.reporter, Submitted)
		ref := w.translate(t, source, "en")
		w.save(t, w.translator, ref, func(c *Content) { *c = w.content("An article") })
		w.do(t, w.translator, ref, Submit)
		in := func(langs ...string) account.Post {
			return account.Post{Agency: portal, Role: account.Editor, Languages: langs}
		}
		lent := in("en")
		lent.For = "editor"
		for name, c := range map[string]struct {
			posts []account.Post
			want  []string
		}{
			"every language":  {[]account.Post{in()}, []string{"en", "vi"}},
			"English":         {[]account.Post{in("en")}, []string{"en"}},
			"Khmer":           {[]account.Post{in("km")}, nil},
			"two posts":       {[]account.Post{in("vi"), in("km", "en")}, []string{"en", "vi"}},
			"limited and not": {[]account.Post{in("km"), {Agency: portal, Role: account.Reviser}}, []string{"en", "vi"}},
			"lent":            {[]account.Post{lent}, []string{"en"}},
			"lent beside":     {[]account.Post{in("vi"), lent}, []string{"en", "vi"}},
		} {
			who := account.Actor{ID: "somebody", Posts: c.posts}
			tasks, err := w.Waiting(t.Context(), who)
			must(t, err)
			var langs []string
			for _, task := range tasks {
				langs = append(langs, task.Ref.Lang)
				if stands := task.Ref.Lang == "en" && slices.ContainsFunc(c.posts, func(p account.Post) bool { return p.For != "" }); (task.For == "editor") != stands {
					t.Errorf("%s: %s for %q", name, task.Ref.Lang, task.For)
				}
			}
			slices.Sort(langs)
			if !slices.Equal(langs, c.want) {
				t.Errorf("%s: %v wait, want %v", name, langs, c.want)
			}
			for _, r := range []Ref{source, ref} {
				if _, ok, err := w.Awaits(t.Context(), who, r); err != nil || ok != slices.Contains(c.want, r.Lang) {
					t.Errorf("%s: %s waits: %t (%v)", name, r.Lang, ok, err)
				}
			}
		}

		// One's own draft in a language that is not one's any more waits no more.
		draft := w.draft(t, w.reporter, "vi", "Bản nháp")
		for lang, want := range map[string]bool{"vi": true, "en": false} {
			who := w.reporter
			who.Posts = []account.Post{{Agency: portal, Role: account.Reporter, Languages: account.Languages{lang}}}
			if _, ok, err := w.Awaits(t.Context(), who, draft); err != nil || ok != want {
				t.Errorf("the draft waits for who writes %s: %t (%v)", lang, ok, err)
			}
		}
	})
}

// TestTranslationsAreBegunInOnesLanguages, and looked for in those.
func TestTranslationsAreBegunInOnesLanguages(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.bring(t, w.reporter, Published)
		for lang, want := range map[string]bool{"en": true, "km": false} {
			who := w.person(t, "translator_"+lang, account.Post{Agency: portal, Role: account.Translator, Languages: account.Languages{lang}})
			c, err := w.Coverage(t.Context(), who, CoverageFilter{Track: AllTracks})
			must(t, err)
			for _, cell := range c.Items[0].Cells {
				if cell.MayBegin != (want && cell.Lang == "en") {
					t.Errorf("who translates into %s begins in %s: %t", lang, cell.Lang, cell.MayBegin)
				}
			}
			errands, langs, err := w.Errands(t.Context(), who, "")
			must(t, err)
			if begins := len(errands) == 1 && slices.Equal(errands[0].Langs, []string{"en"}); begins != want || slices.Contains(langs, "en") != want || slices.Contains(langs, "vi") {
				t.Errorf("%s: %+v among %v", lang, errands, langs)
			}
		}
	})
}

// TestAStepIsVacantForALanguage when those who hold its roles hold them for others.
func TestAStepIsVacantForALanguage(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.bring(t, w.reporter, Submitted)
		ref := w.translate(t, source, "en")
		w.save(t, w.translator, ref, func(c *Content) { *c = w.content("An article") })
		w.do(t, w.translator, ref, Submit)
		sql(t, w.db, "INSERT INTO membership (id, person_id, agency_id, role, languages, valid_from, valid_to) VALUES ('1', 'editor', ?, ?, 'vi km', 1, 0)", portal, string(account.Editor))
		empty, err := w.Vacancies(t.Context(), w.chief)
		must(t, err)
		if len(empty) != 1 || empty[0].Lang != "en" || empty[0].Waiting != 1 {
			t.Errorf("vacant are %+v", empty)
		}
		for r, want := range map[Ref]bool{source: false, ref: true} {
			sheet, err := w.Open(t.Context(), w.chief, r)
			must(t, err)
			if (sheet.Vacant.Key != "") != want {
				t.Errorf("%s is told to be vacant at %q", r.Lang, sheet.Vacant.Key)
			}
			if _, vacant, err := w.VacantStep(t.Context(), r, store.Time(row(t, w.db, r).StateAt)); err != nil || vacant != want {
				t.Errorf("%s is vacant: %t (%v)", r.Lang, vacant, err)
			}
		}
	})
}

// TestABlockingCommentIsOfALanguage: anybody who sees a text may speak of it, but
// only those of its language keep it from readers, or overrule who does.
func TestABlockingCommentIsOfALanguage(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.bring(t, w.reporter, Submitted)
		english := w.inLanguages(t, "english", "en")
		if _, err := w.Comment(t.Context(), english, ref, Remark{Body: "Chưa rõ.", Revision: 1}); err != nil {
			t.Errorf("they may speak of it: %v", err)
		}
		number, err := w.Comment(t.Context(), w.editor, ref, Remark{Body: "Sai số liệu.", Blocking: true, Revision: 1})
		must(t, err)
		if err := w.ResolveComment(t.Context(), english, ref, number); key(t, err) != "error.comment.overrule" {
			t.Errorf("overruled: %v", err)
		}
		vietnamese := w.person(t, "vi", account.Post{Agency: portal, Role: account.ManagingEditor, Languages: account.Languages{"vi"}})
		must(t, w.ResolveComment(t.Context(), vietnamese, ref, number))
	})
}

// TestEveryRoleIsAskedForItsLanguage walks the policy: whatever asks for a
// language is permitted in those of the post and in no other.
func TestEveryRoleIsAskedForItsLanguage(t *testing.T) {
	row := editionRow{AgencyID: portal, Live: string(NeverLive)}
	for _, role := range account.Roles {
		for _, tr := range transitions {
			if !account.Permits(tr.action, role) {
				continue
			}
			s := sight{actor: account.Actor{ID: "p", Posts: []account.Post{{Agency: portal, Role: role, Languages: account.Languages{"en"}}}}}
			allowed := map[string]bool{}
			for _, lang := range Languages {
				row.Lang = lang
				_, allowed[lang], _ = s.permit(tr.action, row)
			}
			maps.DeleteFunc(allowed, func(_ string, may bool) bool { return !may })
			if !maps.Equal(allowed, map[string]bool{"en": true}) {
				t.Errorf("%s by %s in %v", tr.verb, role, allowed)
			}
		}
	}
}
