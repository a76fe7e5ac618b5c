package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

// headlines are those of a list, from the top.
func headlines(page *apptest.Answer) []string {
	var list []string
	for _, a := range page.All(".rows a.headline") {
		list = append(list, apptest.Text(a))
	}
	return list
}

func TestBeginningAnArticle(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		form := p.Get("/new").Is(http.StatusOK)
		if got := len(form.All("#f-agency option")); got != 1 {
			t.Errorf("a reporter of one agency may choose among %d", got)
		}
		answer := p.send("/new", url.Values{
			"headline": {"  Cửa khẩu   Hoa Lư "}, "lang": {"vi"}, "section": {w.economy}, "agency": {w.portal},
		}).Is(http.StatusSeeOther)
		editions := p.list()
		if len(editions) != 1 || editions[0].Headline != "Cửa khẩu Hoa Lư" || editions[0].State != newsroom.Draft || editions[0].Section != w.economy {
			t.Fatalf("made %+v", editions)
		}
		answer.LeadsTo(pathOf(editions[0].Ref) + "?done=created")
		if got := p.open(editions[0].Ref).Revision.Content.Outlets; !slices.Equal(got, []string{w.portalOutlet}) {
			t.Errorf("it runs in %v, want the agency's own outlet", got)
		}
	})
}

// TestListsNameTheAuthor, and not whoever saved last.
func TestListsNameTheAuthor(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Cửa khẩu Hoa Lư"))
	s.carry(ref, newsroom.Editing)
	_, err := w.newsroom.Save(ctx, s.editor.actor, ref, 1, w.article("Cửa khẩu Hoa Lư mở lại"))
	w.must(err)
	for _, path := range []string{"/", "/editions", "/board"} {
		page := s.editor.Get(path).Is(http.StatusOK)
		if got := page.Text(".muted"); !strings.Contains(page.Text("main"), s.reporter.actor.Name) || strings.Contains(page.Text(".rows, .board"), s.editor.actor.Name) {
			t.Errorf("%s names %q", path, got)
		}
	}
}

func TestARefusedBeginningKeepsWhatWasTyped(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		for _, c := range []struct{ name, field, value, vi, en string }{
			{"no headline", "headline", "", "Hãy điền mục này.", "Fill in this field."},
			{"a long headline", "headline", strings.Repeat("ẫ", 201), "Nội dung quá dài, tối đa 200 ký tự.", "Too long: at most 200 characters."},
			{"an endless headline", "headline", strings.Repeat("ẫ", 5000), "Nội dung quá dài, tối đa 200 ký tự.", "Too long: at most 200 characters."},
			{"another encoding", "headline", "\xd0\xea tinh", "Văn bản này dùng bảng mã không đọc được. Hãy chuyển sang Unicode (UTF-8) rồi gửi lại.", "This text is in an encoding that cannot be read. Convert it to Unicode (UTF-8) and send it again."},
			{"an invented section", "section", "atlantis", "Không có chuyên mục này.", "There is no such section."},
			{"an invented language", "lang", "tlh", "Ngôn ngữ này chưa được hỗ trợ.", "This language is not supported."},
		} {
			for lang, want := range map[string]string{"vi": c.vi, "en": c.en} {
				w.must(w.accounts.SetLocale(ctx, p.actor, lang))
				typed := url.Values{"headline": {"Tin"}, "lang": {"en"}, "section": {w.culture}, "agency": {w.portal}}
				typed.Set(c.field, c.value)
				page := p.send("/new", typed).Is(http.StatusUnprocessableEntity)
				if got := page.Text("#e-" + c.field); got != want {
					t.Errorf("%s: %q, want %q", c.name, got, want)
				}
				if got := page.Attr("#f-headline", "value"); got != strings.ToValidUTF8(typed.Get("headline"), "�") {
					t.Errorf("%s: the headline is now %q", c.name, got)
				}
				if c.field == "headline" && (page.Attr("#f-section option[selected]", "value") != w.culture || page.Attr("#f-lang option[selected]", "value") != "en") {
					t.Errorf("%s: what was chosen is gone", c.name)
				}
			}
		}
		if n := len(p.list()); n != 0 {
			t.Errorf("%d articles were made", n)
		}
	})
}

func TestTheListIsFilteredByItsAddress(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		written := func(headline, section string) newsroom.Ref {
			w.clock.Advance(time.Minute)
			c := w.article(headline)
			c.Section = section
			return s.reporter.write(c)
		}
		first := written("Điều kỳ lạ 100%", w.economy)
		second := written("Lễ hội Sóc Bom Bo", w.culture)
		s.carry(second, newsroom.Submitted)
		w.clock.Advance(time.Minute)
		translated, err := w.newsroom.Translate(ctx, s.translator.actor, first, "en")
		w.must(err)
		_, err = w.newsroom.Save(ctx, s.translator.actor, translated, 1, w.article("A strange thing"))
		w.must(err)
		paper := w.hire(w.paper, account.Reporter)
		foreign := w.article("Bài của báo")
		foreign.Outlets = []string{w.paperOutlet}
		paper.write(foreign)
		w.must(w.newsroom.StartClock(ctx, s.editor.actor, first, "major", morning.Add(-3*time.Hour)))

		for query, want := range map[string][]string{
			"":                                {"A strange thing", "Lễ hội Sóc Bom Bo", "Điều kỳ lạ 100%"},
			"state=draft":                     {"A strange thing", "Điều kỳ lạ 100%"},
			"state=submitted":                 {"Lễ hội Sóc Bom Bo"},
			"state=archived":                  nil,
			"lang=en":                         {"A strange thing"},
			"section=" + w.culture:            {"Lễ hội Sóc Bom Bo"},
			"agency=" + w.paper:               nil, // not this person's to see
			"mine=1":                          {"Lễ hội Sóc Bom Bo", "Điều kỳ lạ 100%"},
			"headline=S%C3%B3c+Bom":           {"Lễ hội Sóc Bom Bo"},
			"headline=%25":                    {"Điều kỳ lạ 100%"},
			"headline=_":                      nil,
			"state=draft&lang=vi&mine=1":      {"Điều kỳ lạ 100%"},
			"person=" + s.translator.actor.ID: {"A strange thing"},
			"person=nobody":                   nil,
			"clock=overdue":                   {"Điều kỳ lạ 100%"},
			"clock=ok":                        nil,
			"outlet=" + w.portalOutlet:        nil, // nothing was published
			"from=2026-07-01&to=2026-07-01":   {"A strange thing", "Lễ hội Sóc Bom Bo", "Điều kỳ lạ 100%"},
			"from=2026-07-02":                 nil,
			"to=2026-06-30":                   nil,
		} {
			page := s.reporter.Get("/editions?" + query).Is(http.StatusOK)
			if got := headlines(page); !slices.Equal(got, want) {
				t.Errorf("%q lists %q, want %q", query, got, want)
			}
			if len(want) == 0 && !page.Has(".empty") {
				t.Errorf("%q says nothing of being empty", query)
			}
		}
		page := s.reporter.Get("/editions?state=draft&lang=en&section=" + w.economy + "&mine=1&headline=x").Is(http.StatusOK)
		for selector, want := range map[string]string{
			`#f-lang option[selected]`: "en", `#f-section option[selected]`: w.economy, `#f-headline`: "x",
			`form.finder input[name="state"]`: "draft", `input[name="mine"][checked]`: "1",
		} {
			if got := page.Attr(selector, "value"); got != want {
				t.Errorf("the form forgot %s: %q", selector, got)
			}
		}
		if got := page.Text(`.tabs a[aria-current="true"]`); got != "Bản nháp" {
			t.Errorf("the chosen state reads %q", got)
		}
		if got := s.reporter.Get("/editions?state=draft").Text(`.tabs a[aria-current="true"]`); got != "Bản nháp 2" {
			t.Errorf("of the whole list, the chosen state reads %q", got)
		}
		overdue := s.reporter.Get(s.reporter.Get("/editions").Attr(".lists .due-overdue", "href"))
		if got := headlines(overdue); !slices.Equal(got, []string{"Điều kỳ lạ 100%"}) {
			t.Errorf("what is overdue leads to %q", got)
		}
	})
}

func TestAnAddressThatMakesNoSenseIsRefused(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Editor)
	for _, path := range []string{
		"/editions?after=abc", "/editions?after=0", "/editions?after=-.a.vi", "/editions?after=1.a.vi.x", "/editions?after=99999999999999999999.a.vi",
		"/editions?state=flying", "/editions?clock=stopped", "/editions?from=yesterday", "/editions?to=2026-02-30", "/editions?headline=" + strings.Repeat("a", 201), "/editions?headline=%ff%fe", "/editions?lang=%c3%28",
		"/letters?page=abc", "/letters?page=0",
	} {
		page := p.Get(path).Is(http.StatusBadRequest)
		if got := page.Text("h1"); got != "Yêu cầu không hợp lệ" {
			t.Errorf("%s: %q", path, got)
		}
	}
	for _, path := range []string{
		"/nothing", "/editions/none", "/editions/none/vi", "/editions/none/vi/revisions/1", "/help/none", "/media/none/x.png",
		"/-/assets/000000000000/desk.css", "/-/assets/none/none", "/editions/", "/New", "/%2e%2e/etc/passwd",
	} {
		page := p.Get(path).Is(http.StatusNotFound)
		if page.Text("h1") == "" || !page.Has(`main a[href="/"]`) {
			t.Errorf("%s: the page is no help", path)
		}
	}
}

func TestALongListHasPagesAndAFixedNumberOfQueries(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		w.must(w.newsroom.PlanDay(ctx, p.actor, p.write(w.article("Bài số 0")), morning))
		if w.queries(func() { p.Get("/help") }) == 0 {
			t.Fatal("nothing is counted")
		}
		few := w.queries(func() { p.Get("/editions").Is(http.StatusOK) })
		fewWaiting := w.queries(func() { p.Get("/").Is(http.StatusOK) })
		fewOnBoard := w.queries(func() { p.Get("/board").Is(http.StatusOK) })
		fewPlanned := w.queries(func() { p.Get("/calendar").Is(http.StatusOK) })
		const n = 1000
		for i := 1; i < n; i++ {
			p.write(w.article(fmt.Sprintf("Bài số %d", i)))
			w.clock.Advance(time.Millisecond)
		}
		for _, e := range p.list() {
			w.must(w.newsroom.PlanDay(ctx, p.actor, e.Ref, morning))
		}
		all := p.list()
		old := all[len(all)-1]
		for path, want := range map[string]int{
			"/editions": few, "/editions?after=" + old.Bookmark().String() + "&state=draft": few, "/": fewWaiting, "/board": fewOnBoard, "/calendar": fewPlanned,
		} {
			if got := w.queries(func() { p.Get(path).Is(http.StatusOK) }); got != want {
				t.Errorf("%s asks the database %d times for 1,000 articles, %d times for one", path, got, want)
			}
		}
		if got := p.Get("/editions").Is(http.StatusOK).Text(`#states a[href="/editions?state=draft"]`); got != "Bản nháp 100+" {
			t.Errorf("the count of drafts: %q", got)
		}
		seen := map[string]bool{}
		path, pages := "/editions?state=draft&mine=1&lang=vi", 0
		for ; path != ""; pages++ {
			page := p.Get(path).Is(http.StatusOK)
			for _, h := range headlines(page) {
				seen[h] = true
			}
			path = ""
			if page.Has(`a[rel="next"]`) {
				path = page.Attr(`a[rel="next"]`, "href")
			}
			if pages > 0 != page.Has(`.paging a[href="/editions?lang=vi&mine=1&state=draft"]`) {
				t.Errorf("page %d and its way back", pages+1)
			}
		}
		if want := (n + newsroom.PageSize - 1) / newsroom.PageSize; pages != want || len(seen) != n {
			t.Errorf("%d pages show %d articles, want %d and %d", pages, len(seen), want, n)
		}
		if got := headlines(p.Get("/editions?after=1.a.vi").Is(http.StatusOK)); len(got) != 0 { // saved in 1970
			t.Errorf("a page behind the last shows %q", got)
		}
	})
}

// Who has no article yet is not told to take filters away that they never set.
func TestAnEmptyListSaysWhy(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Contributor)
	if got := p.Get("/editions").Is(http.StatusOK).Text(".empty"); !strings.HasPrefix(got, "Chưa có bài nào bạn được xem.") {
		t.Errorf("without a filter: %q", got)
	}
	for _, narrow := range []string{"state=draft", "headline=abc", "lang=en"} {
		if got := p.Get("/editions?" + narrow).Is(http.StatusOK).Text(".empty"); !strings.HasPrefix(got, "Không có bài nào khớp.") {
			t.Errorf("%s: %q", narrow, got)
		}
	}
}
