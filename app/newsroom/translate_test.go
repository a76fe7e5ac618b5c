package newsroom

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

func TestTranslationBeginsWithFactsAndWithoutWords(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		m := w.picture(t, 4)
		source := w.draft(t, w.reporter, "vi", "Tít nguồn")
		w.save(t, w.reporter, source, func(c *Content) {
			c.Kicker, c.SourceName, c.SourceURL = "Đầu tư", "TTXVN", "https://vnanet.vn/1"
			c.Lead, c.Slug, c.Sample = Lead{m.Hash, "Mô tả", "Chú thích", "Minh Hà"}, "tit-nguon", true
		})
		ref := w.translate(t, source, "en")
		rev, e := w.head(t, ref), row(t, w.db, ref)
		want := Content{
			Section: w.section, Outlets: w.head(t, source).Content.Outlets, Byline: "Minh Hà", SourceName: "TTXVN",
			SourceURL: "https://vnanet.vn/1", Lead: Lead{Media: m.Hash, Credit: "Minh Hà"}, Sample: true,
		}
		if rev.Content.Hash() != want.Hash() {
			t.Errorf("begins with %+v", rev.Content)
		}
		if rev.Number != 1 || rev.SourceLang != "vi" || rev.SourceRevision != 2 || rev.Author != w.translator.ID {
			t.Errorf("%+v", rev)
		}
		if State(e.State) != Draft || e.Live != "" || e.AgencyID != portal || e.CreatedBy != w.translator.ID {
			t.Errorf("%+v", e)
		}
		if got := w.newest(t, ref); got.Verb != "edition.create" || got.Role != string(account.Translator) {
			t.Errorf("recorded as %+v", got)
		}
		// Whoever saves without the source before them changes nothing about
		// which revision of it the translation was made from.
		w.save(t, w.reporter, source, func(c *Content) { c.Body += "\n\nMới." })
		rev = w.save(t, w.translator, ref, func(c *Content) { c.Headline = "Headline" })
		if rev.SourceLang != "vi" || rev.SourceRevision != 2 {
			t.Errorf("%+v", rev)
		}
	})
}

func TestTranslationIsRefusedToOthersAndTwice(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.bring(t, w.reporter, Published)
		there := w.person(t, "there", account.Post{Agency: paper, Role: account.Translator})
		for _, c := range []struct {
			who  account.Actor
			lang string
			want fault.Kind
		}{
			{w.reporter, "en", fault.Forbidden}, {w.chief, "en", fault.Forbidden}, {there, "en", fault.NotFound},
			{account.Actor{}, "en", fault.NotFound}, {w.translator, "xx", fault.Invalid}, {w.translator, "", fault.Invalid},
			{w.translator, "vi", fault.NotPossible}, {w.translator, "en", ""}, {w.translator, "en", fault.NotPossible},
			{w.editor, "km", ""},
		} {
			_, err := w.Translate(t.Context(), c.who, source, c.lang)
			if got := fault.KindOf(err); got != c.want {
				t.Errorf("%s into %q: %v, want %q", c.who.ID, c.lang, err, c.want)
			}
		}
		if n := count(t, w.db, "SELECT COUNT(*) FROM edition"); n != 3 {
			t.Errorf("%d editions", n)
		}
	})
}

// Each language has its own way: what happens to one edition is not noticed
// by readers of the other, in either direction, but for the word that the source
// is newer.
func TestLanguagesAreReleasedIndependently(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		vi := w.draft(t, w.reporter, "vi", "Tiếng Việt")
		en := w.translate(t, vi, "en")
		w.save(t, w.translator, en, func(c *Content) { *c = w.content("English") })
		w.lead(t, w.reporter, vi, Published)
		if w.releaseOf(t, vi) == nil || w.releaseOf(t, en) != nil {
			t.Error("publishing the source released the translation")
		}
		w.do(t, w.translator, en, Submit)
		w.do(t, w.editor, en, Take, Pass)
		w.do(t, w.managing, en, Pass)
		w.do(t, w.chief, vi, Withdraw)
		w.do(t, w.chief, en, Approve)
		if w.releaseOf(t, en) != nil {
			t.Error("an unpublished translation is in the log")
		}
		w.do(t, w.chief, en, Publish)
		if doc := w.article(t, en); doc.SourceLang != "vi" || doc.Lang != "en" || doc.Title != "English" {
			t.Errorf("%+v", doc)
		}
		if got := row(t, w.db, vi); Live(got.Live) != WasLive || State(got.State) != Withdrawn {
			t.Errorf("publishing the translation touched the source: %+v", got)
		}
		before := w.article(t, en)
		w.save(t, w.reporter, vi, func(c *Content) { c.Body += "\n\nMới." })
		w.lead(t, w.reporter, vi, Published)
		after := w.article(t, en)
		if after.Behind == nil { // the one thing that readers of the translation are told
			t.Error("the translation says nothing of a newer source")
		}
		if after.Behind = nil; !reflect.DeepEqual(after, before) {
			t.Errorf("publishing the source anew changed the translation\n%+v\n%+v", before, after)
		}
	})
}

// Whoever opens one language sees the others of the item that they may see.
func TestSheetListsTheItemsLanguages(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		vi := w.draft(t, w.contributor, "vi", "Của cộng tác viên")
		w.translate(t, vi, "en")
		for _, c := range []struct {
			who  account.Actor
			want int
		}{{w.contributor, 1}, {w.editor, 2}} {
			sheet, err := w.Open(t.Context(), c.who, vi)
			must(t, err)
			if len(sheet.Editions) != c.want || sheet.SourceLang != "vi" || sheet.Kind != "article" {
				t.Errorf("%s sees %+v", c.who.ID, sheet.Editions)
			}
		}
	})
}

// A translation says from which revision of its source it was made: the newest
// that the translator had before them, never an older one, never none.
func TestTranslationFollowsItsSource(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.draft(t, w.reporter, "vi", "Tít nguồn")
		ref := w.translate(t, source, "en")
		for range 3 {
			w.save(t, w.reporter, source, func(c *Content) { c.Body += "\n\nMới." })
		}
		there := func(want int) {
			t.Helper()
			sheet, err := w.Open(t.Context(), w.translator, ref)
			must(t, err)
			if got := sheet.Revision.SourceRevision; got != want || sheet.SourceHead != 4 || sheet.SourceChanged() != (want < 4) {
				t.Errorf("made from %d, want %d; the source is at %d", got, want, sheet.SourceHead)
			}
		}
		there(1)
		for i, c := range []struct{ shown, want int }{{3, 3}, {2, 3}, {0, 3}, {-1, 3}, {5, 3}, {1 << 40, 3}, {4, 4}, {3, 4}} {
			head := w.head(t, ref)
			content := w.content("Headline")
			content.Body = strings.Repeat("Text.\n\n", i+1)
			_, err := w.SaveTranslation(t.Context(), w.translator, ref, head.Number, c.shown, content)
			must(t, err)
			there(c.want)
		}
		if rev := w.save(t, w.reporter, source, func(c *Content) { c.Body += "." }); rev.SourceRevision != 0 {
			t.Error("a source has no source")
		}
		rev, err := w.SaveTranslation(t.Context(), w.reporter, source, 5, 9, w.content("Tít"))
		must(t, err)
		if rev.SourceRevision != 0 {
			t.Error("a source was made from another text")
		}
	})
}

// Only who could see the source had it before them.
func TestNobodyTranslatesFromWhatTheyCannotSee(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.draft(t, w.reporter, "vi", "Tít nguồn")
		ref := w.translate(t, source, "en")
		w.save(t, w.reporter, source, func(c *Content) { c.Body += "\n\nMới." })
		sql(t, w.db, "UPDATE edition SET created_by = ? WHERE lang = 'en'", w.contributor.ID)
		head := w.head(t, ref)
		rev, err := w.SaveTranslation(t.Context(), w.contributor, ref, head.Number, 2, w.content("Headline"))
		must(t, err)
		if rev.SourceRevision != 1 {
			t.Errorf("made from %d", rev.SourceRevision)
		}
		sheet, err := w.Open(t.Context(), w.contributor, ref)
		must(t, err)
		if sheet.SourceHead != 0 || sheet.SourceChanged() {
			t.Errorf("the contributor is told of revision %d", sheet.SourceHead)
		}
	})
}

// A newer source may ask for no other words: the translator says so by saving.
// Editors who pass the text on do not become its authors.
func TestTranslatorMayFindThatNothingChanges(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.draft(t, w.reporter, "vi", "Tít nguồn")
		ref := w.translate(t, source, "en")
		w.save(t, w.translator, ref, func(c *Content) { *c = w.content("Headline") })
		w.lead(t, w.translator, ref, Editing)
		w.save(t, w.reporter, source, func(c *Content) { c.Body += "\n\nMới." })
		head := w.head(t, ref)
		same := func(who account.Actor, base int) Revision {
			t.Helper()
			rev, err := w.SaveTranslation(t.Context(), who, ref, base, 2, head.Content)
			must(t, err)
			return rev
		}
		if rev := same(w.editor, head.Number); rev.Number != head.Number || rev.SourceRevision != 1 {
			t.Errorf("passing on made %+v", rev)
		}
		w.do(t, w.editor, ref, Pass)
		w.do(t, w.managing, ref, Pass)
		w.do(t, w.chief, ref, Approve, Publish)
		if rev := same(w.translator, head.Number-1); rev.Number != head.Number {
			t.Errorf("an old page made %+v", rev)
		}
		rev := same(w.translator, head.Number)
		if rev.Number != head.Number+1 || rev.SourceRevision != 2 || rev.Hash != head.Hash || rev.Author != w.translator.ID {
			t.Errorf("comparing made %+v", rev)
		}
		if got := row(t, w.db, ref); State(got.State) != Draft || Live(got.Live) != IsLive {
			t.Errorf("%+v", got)
		}
		if again := same(w.translator, rev.Number); again.Number != rev.Number {
			t.Errorf("comparing twice made %+v", again)
		}
	})
}

// A reviser approves language quality, never of their own translation: whoever
// translated it neither takes it for editing nor passes it over that step.
func TestNobodyRevisesTheirOwnTranslation(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const refusal = "error.pass.own_translation"
		translator := w.both(t, "translating_editor", account.Translator, account.Editor, account.DeskHead, account.EditorInChief)
		ref, err := w.Translate(t.Context(), translator, w.bring(t, w.reporter, Published), "en")
		must(t, err)
		w.save(t, translator, ref, func(c *Content) { *c = w.content("A headline") })
		w.do(t, translator, ref, Submit)
		refused := func(verb Verb) {
			t.Helper()
			if err := w.Do(t.Context(), translator, ref, verb, w.ask(t, ref, verb)); key(t, err) != refusal {
				t.Errorf("%s by the translator: %v", verb, err)
			}
			if w.offered(t, translator, ref, verb) {
				t.Errorf("the page offers %s to the translator", verb)
			}
			if tasks, err := w.Waiting(t.Context(), translator); err != nil || len(tasks) != 0 {
				t.Errorf("it waits for the translator: %+v %v", tasks, err)
			}
		}
		refused(Take)
		refused(Pass) // over the step
		w.do(t, w.editor, ref, Take)
		refused(Pass)
		// What an editor changes in revising makes nobody a translator, and what
		// the translator changes meanwhile makes nobody a reviser.
		w.save(t, w.editor, ref, func(c *Content) { c.Body += "\n\nRevised." })
		w.save(t, translator, ref, func(c *Content) { c.Body += "\n\nOne thing more." })
		refused(Pass)
		w.do(t, w.editor, ref, Pass)
		w.do(t, w.managing, ref, Pass)
		w.do(t, w.chief, ref, Approve, Publish)
		// Of the next version somebody else is the translator.
		w.save(t, w.translator, ref, func(c *Content) { c.Body += "\n\nNewer." })
		w.do(t, w.translator, ref, Submit)
		w.do(t, translator, ref, Take, Pass)
	})
}

// The source is no translation: who wrote it may be an editor too, for the
// approver is somebody else.
func TestWhoWroteTheSourceMayEditIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.editor, "vi", "Biên tập viên tự viết")
		w.do(t, w.editor, ref, Submit, Take, Pass)
	})
}

// withTranslations is a published original with two translations that readers
// have, and one that is on its way.
func (w *world) withTranslations(t *testing.T) (original, english, khmer Ref) {
	t.Helper()
	original = w.bring(t, w.reporter, Published)
	for _, lang := range []string{"en", "km", "zh"} {
		ref := w.translate(t, original, lang)
		w.save(t, w.translator, ref, func(c *Content) {
			c.Headline, c.Standfirst, c.Body = "Translated", "In short.", "All of it."
		})
		if lang != "zh" {
			w.lead(t, w.translator, ref, Published)
		}
	}
	return original, Ref{original.Item, "en"}, Ref{original.Item, "km"}
}

// Whoever withdraws an original takes the translations along that they name, in
// one act; the others are marked and asked about.
func TestAnOriginalTakesItsTranslationsAlong(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		original, english, khmer := w.withTranslations(t)
		sheet, err := w.Open(t.Context(), w.chief, original)
		must(t, err)
		if len(sheet.GoesWith) != 2 || sheet.GoesWith[0].Ref != english || sheet.GoesWith[1].Ref != khmer {
			t.Errorf("offered to go along: %+v", sheet.GoesWith)
		}
		if sheet, err = w.Open(t.Context(), w.chief, english); err != nil || len(sheet.GoesWith) != 0 {
			t.Errorf("with a translation: %v %+v", err, sheet.GoesWith)
		}
		w.clock.Advance(time.Hour)
		ask := w.ask(t, original, Withdraw)
		ask.Languages, ask.Note = []string{"en", "zh", "xx"}, "Bài có chi tiết sai."
		must(t, w.Do(t.Context(), w.chief, original, Withdraw, ask))
		for ref, want := range map[Ref]Live{original: WasLive, english: WasLive, khmer: IsLive} {
			if got := row(t, w.db, ref); Live(got.Live) != want {
				t.Errorf("%s: %q", ref.subject(), got.Live)
			}
		}
		var stone release.Tombstone
		must(t, w.releaseOf(t, english).Decode(&stone))
		if e := w.newest(t, english); stone.Note != "" || e.Verb != "edition.withdraw" || e.Reason != ask.Reason || e.ActorID != w.chief.ID {
			t.Errorf("the translation has %+v, recorded as %+v", stone, e)
		}
		if got := row(t, w.db, khmer); got.SourceGoneAt != store.Micros(w.clock.Now()) {
			t.Errorf("the one that stays is not marked: %+v", got)
		}
		for who, want := range map[string]Verb{w.translator.ID: SourceGone, w.chief.ID: SourceGone, w.editor.ID: ""} {
			if got := w.task(t, w.staff[who], khmer).Verb; got != want {
				t.Errorf("%s is asked for %q", who, got)
			}
		}
	})
}

// The mark goes when somebody decides: the translation is withdrawn or published
// anew, or the original is back.
func TestTheMarkOfAWithdrawnOriginalGoes(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for name, decide := range map[string]func(original, english Ref){
			"withdrawn": func(_, english Ref) { w.do(t, w.chief, english, Withdraw) },
			"published anew": func(_, english Ref) {
				w.save(t, w.translator, english, func(c *Content) { c.Body += " Without what was wrong." })
				w.lead(t, w.translator, english, Published)
			},
			"the original is back": func(original, _ Ref) {
				w.save(t, w.reporter, original, func(c *Content) { c.Body = "Đã sửa." })
				w.lead(t, w.reporter, original, Published)
			},
		} {
			original, english, _ := w.withTranslations(t)
			w.do(t, w.chief, original, Withdraw)
			if row(t, w.db, english).SourceGoneAt == 0 || w.task(t, w.chief, english).Verb != SourceGone {
				t.Fatalf("%s: it was not marked", name)
			}
			decide(original, english)
			if got := w.task(t, w.chief, english).Verb; row(t, w.db, english).SourceGoneAt != 0 || got == SourceGone {
				t.Errorf("%s: still marked, and asked for %q", name, got)
			}
		}
	})
}

// A refusal in one language is a refusal of all, and somebody of another agency
// does not reach beyond what stands on their outlet.
func TestTranslationsGoTogetherOrNotAtAll(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, _, paperChief := w.paperDesk(t)
		original, english, _ := w.withTranslations(t)
		must(t, w.place(t, w.carrier, original, w.outlets[1], CarryIt, PlaceAsk{}))
		sheet, err := w.Open(t.Context(), paperChief, original)
		must(t, err)
		if len(sheet.GoesWith) != 0 {
			t.Errorf("offered %+v", sheet.GoesWith)
		}
		entries := w.entries(t)
		ask := w.ask(t, original, Withdraw)
		ask.Languages = []string{"en"}
		expectKind(t, w.Do(t.Context(), paperChief, original, Withdraw, ask), fault.Forbidden)
		if Live(row(t, w.db, original).Live) != IsLive || Live(row(t, w.db, english).Live) != IsLive || w.entries(t) != entries {
			t.Error("the refusal withdrew something")
		}
	})
}
