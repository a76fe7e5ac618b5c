package newsroom

import (
	"testing"

	"doingoai/app/kind"
	"doingoai/app/parallel"
)

// event is a text with the facts of an event.
func (w *world) event(headline string) Content {
	c := w.content(headline)
	c.Facts = kind.Facts{"starts": "2026-12-05T08:00", "ends": "2026-12-10T11:00", "status": kind.Planned, "venue": "Hội trường tỉnh", "organiser": portal}
	return c
}

func (w *world) newEvent(t *testing.T) Ref {
	t.Helper()
	ref, err := w.Create(t.Context(), w.reporter, Start{Kind: kind.Event, Agency: portal, Lang: "vi", Content: w.event("Hội nghị")})
	must(t, err)
	return ref
}

// englishEvent translates an event.
func (w *world) englishEvent(t *testing.T, source Ref) Ref {
	t.Helper()
	ref := w.translate(t, source, "en")
	w.save(t, w.translator, ref, func(c *Content) {
		c.Headline, c.Standfirst, c.Body = "Conference", "Standfirst.", "One sentence.\n\n## A part\n\nAnother sentence."
		c.Facts = kind.Facts{"venue": "Provincial Hall"}
	})
	return ref
}

func TestFactsArePartOfTheTextThatIsApproved(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.newEvent(t)
		w.lead(t, w.reporter, ref, Approved)
		before := w.head(t, ref)
		after := w.save(t, w.chief, ref, func(c *Content) { c.Facts = c.Facts.With("status", kind.Cancelled) })
		if after.Hash == before.Hash || State(row(t, w.db, ref).State) == Approved {
			t.Errorf("another fact leaves the text approved: %+v", row(t, w.db, ref))
		}
		w.lead(t, w.reporter, w.newEvent(t), Published)
		if got, _, err := w.List(t.Context(), w.reporter, Filter{Kind: kind.Event}); err != nil || len(got) != 2 || got[0].Kind != kind.Event {
			t.Errorf("listed are %+v, %v", got, err)
		}
		if got, _, err := w.List(t.Context(), w.reporter, Filter{Kind: kind.Article}); err != nil || len(got) != 0 {
			t.Errorf("articles are %+v, %v", got, err)
		}
	})
}

// What there was before there were facts has the hash that it had.
func TestAnArticleHasTheHashItAlwaysHad(t *testing.T) {
	if got := (Content{Headline: "Tít", Facts: kind.Facts{}}).Hash(); got != (Content{Headline: "Tít"}).Hash() {
		t.Error("no facts are told")
	}
}

func TestFactsThatAreNoneAreRefusedAtTheirFields(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.newEvent(t)
		for key, text := range map[string]string{
			"starts": "?mai", "place": "nowhere", "organiser": "nobody", "status": "over", "area": "12", "venue": "\xff",
		} {
			c := w.event("Hội nghị")
			c.Facts = c.Facts.With(key, text)
			_, err := w.Save(t.Context(), w.reporter, ref, 1, c)
			if at(t, err, "fact."+key) == "" {
				t.Errorf("%s %q: %v", key, text, err)
			}
		}
		// What is being typed is kept all the same.
		c := w.event("Hội nghị")
		c.Facts = c.Facts.With("starts", "?mai")
		_, err := w.Autosave(t.Context(), w.reporter, ref, Unsaved{Base: 1, Content: c})
		must(t, err)
		if got := w.unsaved(t, w.reporter, ref).Content.Facts["starts"]; got != "?mai" {
			t.Errorf("kept is %q", got)
		}
		article := w.draft(t, w.reporter, "vi", "Bài")
		_, err = w.Save(t.Context(), w.reporter, article, 1, w.event("Bài"))
		if at(t, err, "fact.starts") != "error.fact.unknown" {
			t.Errorf("an article: %v", err)
		}
		w.save(t, w.reporter, ref, func(c *Content) { c.Facts = nil })
		err = w.Do(t.Context(), w.reporter, ref, Submit, w.ask(t, ref, Submit))
		if at(t, err, "fact.starts") != "error.required" {
			t.Errorf("without a day: %v", err)
		}
	})
}

// A translation words what is worded; a change of that word in the source is a
// passage that is behind, a change of a day is none.
func TestWordedFactsAreTranslatedAsPassages(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.newEvent(t)
		ref := w.englishEvent(t, source)
		passage := func() (p Passage, n int) {
			side := w.parallel(t, ref)
			for _, one := range side.Passages {
				if one.Key == "fact.venue" {
					p = one
				}
			}
			return p, len(side.Behind())
		}
		if p, n := passage(); p.New != "Hội trường tỉnh" || p.Target != "Provincial Hall" || p.Behind() || n != 0 {
			t.Errorf("%+v, %d are behind", p, n)
		}
		w.save(t, w.reporter, source, func(c *Content) { c.Facts = c.Facts.With("starts", "2026-12-06T08:00") })
		if _, n := passage(); n != 0 {
			t.Errorf("another day makes %d passages stale", n)
		}
		w.save(t, w.reporter, source, func(c *Content) { c.Facts = c.Facts.With("venue", "Nhà văn hóa") })
		if p, n := passage(); p.What != parallel.Stale || n != 1 {
			t.Errorf("another venue: %+v, %d", p, n)
		}
		side := w.parallel(t, ref)
		typed := side.Typed()
		for i, cell := range typed.Cells {
			if cell.ID == "fact.venue" {
				typed.Cells[i].Text = "House of  Culture"
			}
		}
		_, err := w.SaveSide(t.Context(), w.translator, ref, side.Revision.Number, typed, "")
		must(t, err)
		if p, n := passage(); p.Target != "House of Culture" || n != 0 {
			t.Errorf("after it was translated: %+v, %d", p, n)
		}
		if _, err := w.Save(t.Context(), w.translator, ref, w.head(t, ref).Number, w.event("Conference")); at(t, err, "fact.starts") != "error.fact.unknown" {
			t.Errorf("a translation with a day of its own: %v", err)
		}
	})
}

// Readers of a translation have the day that readers of the source have: from
// its own release, and at once from every later one of the source, without
// anybody approving the translation again.
func TestTranslationsFollowTheFactsOfTheirSource(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.newEvent(t)
		ref := w.englishEvent(t, source)
		w.lead(t, w.translator, ref, Approved)
		if err := w.Do(t.Context(), w.chief, ref, Publish, w.ask(t, ref, Publish)); key(t, err) != "error.publish.source_first" {
			t.Fatalf("published before its source: %v", err)
		}
		w.lead(t, w.reporter, source, Published)
		w.do(t, w.chief, ref, Publish)
		if got := w.article(t, ref).Facts; got["starts"] != "2026-12-05T08:00" || got["venue"] != "Provincial Hall" || len(got) != 5 {
			t.Errorf("readers get %v", got)
		}
		approved := row(t, w.db, ref).ApprovedHash
		w.save(t, w.reporter, source, func(c *Content) { c.Facts = c.Facts.With("starts", "2026-12-05T09:00") })
		if got := w.article(t, ref).Facts["starts"]; got != "2026-12-05T08:00" {
			t.Errorf("readers get %q, which nobody has approved", got)
		}
		w.lead(t, w.reporter, source, Published)
		if got := w.article(t, ref); got.Facts["starts"] != "2026-12-05T09:00" || got.Facts["venue"] != "Provincial Hall" || got.Behind != nil {
			t.Errorf("after the source: %+v", got)
		}
		if r := row(t, w.db, ref); r.ApprovedHash != approved || r.LiveSeq != w.releaseOf(t, ref).Seq {
			t.Errorf("%+v", r)
		}
		if got := w.newest(t, ref); got.Verb != "edition.new_facts" {
			t.Errorf("on its trail: %+v", got)
		}
		// Words that changed with the day make one release, and the day is there.
		w.save(t, w.reporter, source, func(c *Content) {
			c.Facts = c.Facts.With("starts", "2026-12-05T10:00").With("venue", "Nhà văn hóa")
		})
		w.lead(t, w.reporter, source, Published)
		if got := w.article(t, ref); got.Facts["starts"] != "2026-12-05T10:00" || got.Facts["venue"] != "Provincial Hall" || got.Behind == nil || got.Behind.Count != 1 {
			t.Errorf("behind: %+v", got)
		}
		if got := w.newest(t, ref); got.Verb != "edition.catch_up" {
			t.Errorf("on its trail: %+v", got)
		}
		// What is not public any more is told nothing.
		w.do(t, w.chief, ref, Withdraw)
		w.save(t, w.reporter, source, func(c *Content) { c.Facts = c.Facts.With("starts", "2026-12-06T08:00") })
		w.lead(t, w.reporter, source, Published)
		if e := w.releaseOf(t, ref); e.Op != "withdraw" {
			t.Errorf("%+v", e)
		}
	})
}

// A source that says the same again releases no translation.
func TestTheSameFactsReleaseNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.newEvent(t)
		ref := w.englishEvent(t, source)
		w.lead(t, w.reporter, source, Published)
		w.lead(t, w.translator, ref, Published)
		before := w.releaseOf(t, ref).Seq
		w.save(t, w.reporter, source, func(c *Content) { c.Byline = "Hà Minh" })
		w.lead(t, w.reporter, source, Published)
		if got := w.releaseOf(t, ref).Seq; got != before {
			t.Errorf("released again as %d", got)
		}
	})
}

func TestAPreviewOfATranslationHasTheNewestFacts(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.newEvent(t)
		ref := w.englishEvent(t, source)
		w.save(t, w.reporter, source, func(c *Content) { c.Facts = c.Facts.With("starts", "2026-12-09T08:00") })
		doc, err := w.Preview(t.Context(), w.translator, ref, w.head(t, ref).Content)
		must(t, err)
		if doc.Facts["starts"] != "2026-12-09T08:00" || doc.Facts["venue"] != "Provincial Hall" {
			t.Errorf("previewed with %v", doc.Facts)
		}
	})
}
