package newsroom

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

func TestTheTrackOfALanguage(t *testing.T) {
	at := func(state State, live Live, stale int) *Edition {
		return &Edition{State: state, Live: live, Lag: Lag{LiveStale: stale}}
	}
	for _, c := range []struct {
		original    *Edition
		translation *Edition
		offered     bool
		want        Track
	}{
		{at(Published, IsLive, 0), nil, true, TrackNeeded},
		{at(Published, IsLive, 0), nil, false, NoTrack},
		{at(Draft, IsLive, 0), nil, true, TrackNeeded}, // a newer draft
		{at(Draft, NeverLive, 0), nil, true, NoTrack},  // its writer's alone
		{at(Returned, NeverLive, 0), nil, true, NoTrack},
		{at(Submitted, NeverLive, 0), nil, true, TrackNeeded},
		{at(Approval, NeverLive, 0), nil, true, TrackNeeded},
		{at(Scheduled, NeverLive, 0), nil, true, TrackNeeded},
		{at(Withdrawn, WasLive, 0), nil, true, NoTrack},
		{at(Rejected, NeverLive, 0), nil, true, NoTrack},
		{at(Published, IsLive, 0), at(Draft, NeverLive, 0), true, TrackTranslating},
		{at(Published, IsLive, 0), at(Draft, NeverLive, 0), false, TrackTranslating},
		{at(Published, IsLive, 0), at(Returned, NeverLive, 0), true, TrackReturned},
		{at(Published, IsLive, 0), at(Submitted, NeverLive, 0), true, TrackRevising},
		{at(Published, IsLive, 0), at(Editing, NeverLive, 0), true, TrackRevising},
		{at(Published, IsLive, 0), at(DeskReview, NeverLive, 0), true, TrackRevising},
		{at(Published, IsLive, 0), at(Approval, NeverLive, 0), true, TrackApproval},
		{at(Published, IsLive, 0), at(Approved, NeverLive, 0), true, TrackApproval},
		{at(Published, IsLive, 0), at(Scheduled, NeverLive, 0), true, TrackApproval},
		{at(Published, IsLive, 0), at(Published, IsLive, 0), true, TrackPublished},
		{at(Published, IsLive, 0), at(Corrected, IsLive, 0), true, TrackPublished},
		{at(Published, IsLive, 0), at(Draft, IsLive, 0), true, TrackPublished}, // readers have an older one
		{at(Published, IsLive, 0), at(Published, IsLive, 2), true, TrackOutdated},
		{at(Published, IsLive, 0), at(Approval, IsLive, 1), true, TrackOutdated},
		{at(Published, IsLive, 0), at(Withdrawn, WasLive, 0), true, TrackDropped},
		{at(Published, IsLive, 0), at(Draft, WasLive, 0), true, TrackTranslating},
		{at(Published, IsLive, 0), at(Rejected, NeverLive, 0), true, TrackDropped},
		{at(Published, IsLive, 0), at(Archived, NeverLive, 0), true, TrackDropped},
	} {
		if got := trackOf(*c.original, c.translation, c.offered); got != c.want {
			t.Errorf("%s %q, %+v, offered %v: %q, want %q", c.original.State, c.original.Live, c.translation, c.offered, got, c.want)
		}
	}
	for _, state := range States {
		if got := trackOf(Edition{}, at(state, NeverLive, 0), true); got == NoTrack && state != Published && state != Corrected {
			t.Errorf("%s is on no track", state)
		}
	}
}

// covered reads every page of the overview.
func (w *world) covered(t *testing.T, who account.Actor, f CoverageFilter, reach int) (items []Covered) {
	t.Helper()
	for {
		c, err := w.coverage(t.Context(), who, f, reach)
		must(t, err)
		items = append(items, c.Items...)
		if c.Older == (Bookmark{}) {
			return items
		}
		f.After = c.Older
	}
}

// told is the overview in words.
func told(items []Covered) string {
	var list []string
	for _, item := range items {
		var cells []string
		for _, c := range item.Cells {
			if c.Original {
				cells = append(cells, c.Lang)
			} else if c.Track != NoTrack {
				cells = append(cells, c.Lang+" "+string(c.Track))
			}
		}
		list = append(list, item.Original.Headline+": "+strings.Join(cells, ", "))
	}
	return strings.Join(list, "\n")
}

// stage makes items whose translations stand everywhere on the way.
func (w *world) stage(t *testing.T) {
	t.Helper()
	for _, s := range []State{Draft, Returned, Submitted, Editing, DeskReview, Approval, Approved, Scheduled, Published, Withdrawn, Rejected, Archived} {
		source := w.draft(t, w.reporter, "vi", "Gốc của "+string(s))
		w.lead(t, w.reporter, source, Published)
		ref := w.translate(t, source, "en")
		w.save(t, w.translator, ref, func(c *Content) { *c = w.content("Of " + string(s)) })
		w.lead(t, w.translator, ref, s)
		w.clock.Advance(time.Minute)
		w.draft(t, w.reporter, "vi", "Dở dang")
		w.bring(t, w.reporter, s)
	}
	source, _ := w.livePair(t)
	w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
	w.lead(t, w.reporter, source, Published)
	w.draft(t, w.contributor, "vi", "Của cộng tác viên")
	w.lead(t, w.contributor, w.draft(t, w.contributor, "vi", "Gửi rồi"), Submitted)
	there := w.person(t, "there", account.Post{Agency: paper, Role: account.Reporter}, account.Post{Agency: paper, Role: account.Translator})
	w.translate(t, w.draft(t, w.editor, "ko", "한국어"), "vi")
	_, err := w.Translate(t.Context(), there, w.draft(t, there, "vi", "Của báo"), "km")
	must(t, err)
}

// Whatever the overview is narrowed to, it shows of all a person may see just
// what stands so, and of nothing else that there is.
func TestTheOverviewShowsWhatStandsSo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.stage(t)
		for _, who := range []account.Actor{
			w.editor, w.contributor, w.translator, w.staff["there"], w.carrier,
			w.person(t, "auditor", account.Post{Agency: paper, Role: account.Auditor}),
			w.person(t, "chief_there", account.Post{Agency: paper, Role: account.EditorInChief}),
			w.person(t, "both", account.Post{Agency: paper, Role: account.Translator}, account.Post{Agency: portal, Role: account.Contributor}),
		} {
			all := w.covered(t, who, CoverageFilter{Track: AllTracks}, coverageReach)
			visible := map[Ref]bool{}
			for _, ref := range w.list(t, who, Filter{}) {
				visible[ref] = true
			}
			originals := 0
			for ref := range visible {
				if item, err := loadItem(w.db.Read(t.Context()), ref.Item); err == nil && item.SourceLang == ref.Lang {
					originals++
				}
			}
			if len(all) != originals {
				t.Errorf("%s is shown %d items, may see %d", who.ID, len(all), originals)
			}
			for _, item := range all {
				for _, c := range item.Cells {
					if ref := (Ref{item.Original.Ref.Item, c.Lang}); (c.Edition != nil) != visible[ref] {
						t.Errorf("%s sees %v: %v, in the overview %v", who.ID, ref, visible[ref], c.Edition != nil)
					}
				}
			}
			for _, track := range append([]Track{Gaps}, Tracks...) {
				for _, lang := range []string{"", "en", "km", "vi"} {
					want := slices.DeleteFunc(slices.Clone(all), func(item Covered) bool {
						return !slices.ContainsFunc(item.Cells, func(c CoveredCell) bool {
							gap := c.Track == TrackNeeded || c.Track == TrackOutdated
							return (lang == "" || c.Lang == lang) && (c.Track == track && track != Gaps || track == Gaps && gap)
						})
					})
					if who.ID == w.editor.ID && lang == "" && len(want) == 0 {
						t.Errorf("nothing is on %q", track)
					}
					for _, reach := range []int{3, coverageReach} {
						if got := w.covered(t, who, CoverageFilter{Track: track, Lang: lang}, reach); told(cutTo(got)) != told(cutTo(want)) {
							t.Errorf("%s, %q in %q, %d in reach:\n%s\nwant:\n%s", who.ID, track, lang, reach, told(got), told(want))
						}
					}
				}
			}
		}
		_, err := w.Coverage(t.Context(), w.person(t, "idle"), CoverageFilter{})
		expectKind(t, err, fault.Forbidden)
	})
}

// cutTo leaves out the languages that only some of the pages show.
func cutTo(items []Covered) []Covered {
	cut := make([]Covered, len(items))
	for i, item := range items {
		cut[i] = Covered{item.Original, slices.DeleteFunc(slices.Clone(item.Cells), func(c CoveredCell) bool { return c.Edition == nil && c.Track == NoTrack })}
	}
	return cut
}

// What is offered is what the outlets of the item's agency offer, and those who
// do not see all of it are told of nothing missing.
func TestALanguageIsNeededWhereReadersAreOfferedIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		sql(t, w.db, "INSERT INTO agency (id, code, created_at) VALUES ('department', 'department', 1)")
		sql(t, w.db, `UPDATE outlet SET languages = '["vi","en","km"]' WHERE agency_id = ?`, paper)
		clerk := w.person(t, "clerk", account.Post{Agency: "department", Role: account.Reporter}, account.Post{Agency: "department", Role: account.Editor})
		w.do(t, clerk, w.draft(t, clerk, "vi", "Của sở"), Submit)
		w.clock.Advance(time.Minute)
		w.do(t, w.contributor, w.draft(t, w.contributor, "vi", "Của cổng"), Submit)
		for _, c := range []struct {
			who  account.Actor
			lang string
			want string
		}{
			{clerk, "", "Của sở: vi, en needed, km needed"},
			{w.editor, "", "Của cổng: vi, en needed"},
			{w.editor, "km", ""},
			{w.contributor, "", ""},
			{w.person(t, "auditor", account.Post{Agency: paper, Role: account.Auditor}), "", "Của cổng: vi, en needed\nCủa sở: vi, en needed, km needed"},
			{w.staff["auditor"], "km", "Của sở: vi, en needed, km needed"},
		} {
			if got := told(w.covered(t, c.who, CoverageFilter{Track: TrackNeeded, Lang: c.lang}, coverageReach)); got != c.want {
				t.Errorf("%s in %q: %s, want %s", c.who.ID, c.lang, got, c.want)
			}
		}
		items := w.covered(t, w.translator, CoverageFilter{}, coverageReach)
		if cell := items[0].Cells[1]; !cell.MayBegin || cell.Lang != "en" {
			t.Errorf("a translator may not begin %+v", cell)
		}
		if items := w.covered(t, w.reporter, CoverageFilter{}, coverageReach); items[0].Cells[1].MayBegin {
			t.Error("a reporter may begin a translation")
		}
	})
}

func TestTheOverviewIsNarrowedAndHasPages(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source := w.draft(t, w.editor, "vi", "Cao su ở Lộc Ninh")
		w.do(t, w.editor, source, Submit)
		w.clock.Advance(24 * time.Hour)
		w.copies(t, source, 2*PageSize)
		c, err := w.Coverage(t.Context(), w.editor, CoverageFilter{})
		must(t, err)
		if len(c.Items) != PageSize || c.Older == (Bookmark{}) || !c.Reached.IsZero() || !slices.Equal(c.Langs, []string{"vi", "en"}) {
			t.Errorf("%d items, older %v, reached %v, in %v", len(c.Items), c.Older, c.Reached, c.Langs)
		}
		c, err = w.coverage(t.Context(), w.editor, CoverageFilter{}, 7)
		must(t, err)
		if len(c.Items) != 7 || c.Reached.IsZero() {
			t.Errorf("with 7 in reach: %d items, %v", len(c.Items), c.Reached)
		}
		for _, c := range []struct {
			f    CoverageFilter
			want int
		}{
			{CoverageFilter{}, 2*PageSize + 1}, {CoverageFilter{Headline: "loc ninh"}, 1}, {CoverageFilter{Headline: "hồ tiêu"}, 0},
			{CoverageFilter{Track: AllTracks, Headline: "loc ninh"}, 1},
			{CoverageFilter{Section: w.section}, 2*PageSize + 1}, {CoverageFilter{Section: w.otherSection}, 0},
			{CoverageFilter{Agency: portal}, 2*PageSize + 1}, {CoverageFilter{Agency: paper}, 0},
			{CoverageFilter{To: w.db.Now().Add(-time.Hour)}, 1}, {CoverageFilter{From: w.db.Now().Add(-time.Hour)}, 2 * PageSize},
		} {
			if got := len(w.covered(t, w.editor, c.f, 20)); got != c.want {
				t.Errorf("%+v: %d, want %d", c.f, got, c.want)
			}
		}
	})
}

// copies makes items like one, a second after each other.
func (w *world) copies(t *testing.T, ref Ref, n int) {
	t.Helper()
	like, item := row(t, w.db, ref), itemRow{}
	must(t, w.db.Write(t.Context(), func(tx *store.Tx) (err error) {
		if item, err = loadItem(tx.DB, ref.Item); err != nil {
			return err
		}
		for i := range n {
			item.ID = fmt.Sprintf("copy%05d", i)
			like.ItemID, like.SavedAt, like.Headline, like.HeadlineFolded = item.ID, store.Micros(tx.Now)+int64(i), "Bản sao", "ban sao"
			if err := insertItem(tx, item); err != nil {
				return err
			}
			if err := insertEdition(tx, like); err != nil {
				return err
			}
		}
		return nil
	}))
}

func TestWhatIsUrgentComesFirst(t *testing.T) {
	now := morning
	hour := func(h int) time.Time { return now.Add(time.Duration(h) * time.Hour) }
	list := []Errand{}
	for _, c := range []struct {
		name string
		task Task
		why  Why // "" for that of the task
	}{
		{"needed, readers never had it", Task{Edition: Edition{SavedAt: hour(-1)}}, WhyNeeded},
		{"needed, published long ago", Task{Edition: Edition{FirstLiveAt: hour(-9)}}, WhyNeeded},
		{"needed, published lately", Task{Edition: Edition{FirstLiveAt: hour(-2)}}, WhyNeeded},
		{"own draft", Task{Verb: Submit, Edition: Edition{State: Draft}, Since: hour(-3)}, ""},
		{"own older draft", Task{Verb: Submit, Edition: Edition{State: Draft}, Since: hour(-4)}, ""},
		{"to be revised", Task{Verb: Take, Edition: Edition{State: Submitted}}, ""},
		{"in hand", Task{Verb: Pass, Edition: Edition{State: Editing}, Since: hour(-1)}, ""},
		{"returned", Task{Verb: Submit, Edition: Edition{State: Returned}}, ""},
		{"clock, later", Task{Verb: Submit, Edition: Edition{State: Draft, Clock: Clock{Code: "x", Due: hour(2)}}}, ""},
		{"clock, sooner", Task{Verb: Take, Edition: Edition{State: Submitted, Clock: Clock{Code: "x", Due: hour(1)}}}, ""},
		{"stale", Task{Verb: CatchUp, Edition: Edition{Lag: Lag{LiveStale: 9}}, Since: hour(-2)}, ""},
		{"stale for longer", Task{Verb: CatchUp, Edition: Edition{Lag: Lag{LiveStale: 1}}, Since: hour(-5)}, ""},
		{"critical without an hour", Task{Verb: CatchUp, Edition: Edition{Lag: Lag{LiveStale: 1, LiveCritical: 1}}}, ""},
		{"critical", Task{Verb: CatchUp, Edition: Edition{Lag: Lag{LiveStale: 1, LiveCritical: 1}}, Due: hour(1)}, ""},
		{"overdue", Task{Verb: CatchUp, Edition: Edition{Lag: Lag{LiveStale: 1, LiveCritical: 1}}, Due: hour(-1)}, ""},
		{"overdue for longer", Task{Verb: CatchUp, Edition: Edition{Lag: Lag{LiveStale: 1, LiveCritical: 1}}, Due: hour(-2)}, ""},
	} {
		c.task.Headline = c.name
		if c.why == "" {
			c.why = c.task.why(now)
		}
		list = append(list, Errand{Task: c.task, Why: c.why})
	}
	byUrgency(list)
	var got []string
	for _, e := range list {
		got = append(got, string(e.Why)+": "+e.Headline)
	}
	want := []string{
		"overdue: overdue for longer", "overdue: overdue", "critical: critical", "critical: critical without an hour",
		"stale: stale for longer", "stale: stale", "clock: clock, sooner", "clock: clock, later", "returned: returned",
		"revise: to be revised", "revise: in hand", "draft: own older draft", "draft: own draft",
		"needed: needed, published lately", "needed: needed, published long ago", "needed: needed, readers never had it",
	}
	if !slices.Equal(got, want) {
		t.Errorf("in the order\n%s", strings.Join(got, "\n"))
	}
}

// errands are those of somebody in words.
func (w *world) errands(t *testing.T, who account.Actor, lang string) string {
	t.Helper()
	list, _, err := w.Errands(t.Context(), who, lang)
	must(t, err)
	var words []string
	for _, e := range list {
		words = append(words, strings.TrimSpace(fmt.Sprint(e.Why, " ", e.Headline, " ", strings.Join(e.Langs, "+"))))
	}
	return strings.Join(words, ", ")
}

// Who translates is shown what they can do about translations, and who revises
// what is not their own.
func TestTheQueueIsOfThoseWhoTranslateAndRevise(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		reviser := w.person(t, "reviser", account.Post{Agency: portal, Role: account.Reviser})
		source, _ := w.livePair(t)
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		w.lead(t, w.reporter, source, Published)
		w.do(t, w.reporter, w.draft(t, w.reporter, "vi", "Chưa dịch"), Submit)
		w.draft(t, w.reporter, "vi", "Bản nháp của phóng viên")
		translated := func(by account.Actor, headline string) Ref {
			ref, err := w.Translate(t.Context(), by, w.draft(t, w.reporter, "vi", "Nguồn"), "en")
			must(t, err)
			w.save(t, by, ref, func(c *Content) { *c = w.content(headline) })
			return ref
		}
		w.do(t, w.translator, translated(w.translator, "By the translator"), Submit)
		w.clock.Advance(time.Minute)
		w.do(t, w.editor, translated(w.editor, "By the editor"), Submit)
		translated(w.translator, "Unfinished")
		w.clock.Advance(time.Minute)
		for _, c := range []struct {
			who  account.Actor
			lang string
			want string
		}{
			{w.translator, "", "critical More projects, draft Unfinished, needed Chưa dịch en"},
			{w.translator, "km", ""},
			{reviser, "", "revise By the translator, revise By the editor"},
			{reviser, "en", "revise By the translator, revise By the editor"},
			{w.editor, "en", "critical More projects, revise By the translator, needed Chưa dịch en"},
			{w.reporter, "", ""},
		} {
			if got := w.errands(t, c.who, c.lang); got != c.want {
				t.Errorf("%s in %q: %s, want %s", c.who.ID, c.lang, got, c.want)
			}
		}
		w.clock.Advance(6 * time.Hour)
		if got := w.errands(t, w.translator, "en"); !strings.HasPrefix(got, "overdue More projects") {
			t.Errorf("when the hour is over: %s", got)
		}
		_, _, err := w.Errands(t.Context(), w.person(t, "idle"), "")
		expectKind(t, err, fault.Forbidden)
	})
}

func TestTheOverviewTakesAFixedNumberOfQueries(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		source, _ := w.livePair(t)
		w.save(t, w.reporter, source, rewritten(2, inVietnamese, moreFunds))
		w.lead(t, w.reporter, source, Published)
		w.do(t, w.translator, func() Ref {
			ref := w.translate(t, w.draft(t, w.reporter, "vi", "Nguồn"), "en")
			w.save(t, w.translator, ref, func(c *Content) { *c = w.content("Text") })
			return ref
		}(), Submit)
		needed := w.draft(t, w.reporter, "vi", "Cần dịch")
		w.do(t, w.reporter, needed, Submit)
		reads := func() (counts []int) {
			for _, track := range append([]Track{Gaps, AllTracks}, Tracks...) {
				counts = append(counts, queries(t, w.db, func() {
					_, err := w.Coverage(t.Context(), w.editor, CoverageFilter{Track: track})
					must(t, err)
				}))
			}
			return append(counts, queries(t, w.db, func() {
				_, _, err := w.Errands(t.Context(), w.editor, "")
				must(t, err)
			}))
		}
		few := reads()
		w.copies(t, needed, 1000)
		many := reads()
		if !slices.Equal(few, many) || slices.Max(many[:len(many)-1]) > 4 || many[len(many)-1] > 8 {
			t.Errorf("with 1,000 items %v, with few %v", many, few)
		}
	})
}
