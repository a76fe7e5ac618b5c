package desk_test

import (
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

// picks are the boxes that a list offers, by headline.
func picks(page *apptest.Answer) map[string]string {
	boxes := map[string]string{}
	for _, box := range page.All(`input[name="pick"]`) {
		boxes[strings.TrimPrefix(apptest.Attr(box, "aria-label"), "Chọn bài ")] = apptest.Attr(box, "value")
	}
	return boxes
}

// told is what a report says: the headlines done and, with the reason, refused.
func told(page *apptest.Answer) (done []string, refused string) {
	done = headlinesIn(page, ".done")
	slices.Sort(done)
	if page.Has(".refused") {
		refused = page.Text(".refused")
	}
	return done, refused
}

func TestSeveralAreDoneEachByItself(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		for _, headline := range []string{"Một", "Hai", "Ba"} {
			s.carry(s.reporter.write(w.article(headline)), newsroom.Submitted)
		}
		list := s.editor.Get("/editions?state=submitted").Is(http.StatusOK)
		boxes := picks(list)
		if len(boxes) != 3 {
			t.Fatalf("the list offers %v", boxes)
		}
		// While the editor looked, a colleague took one of them and changed it.
		changed := w.article("Hai")
		changed.Body = "Khác."
		two := newsroom.Ref{Item: strings.Split(boxes["Hai"], "/")[0], Lang: "vi"}
		colleague := w.hire(w.portal, account.Editor)
		colleague.do(two, newsroom.Take, newsroom.Ask{})
		_, err := w.newsroom.Save(ctx, colleague.actor, two, 1, changed)
		w.must(err)

		form := url.Values{"verb": {"take"}, "back": {"/editions?state=submitted"}, "pick": {boxes["Một"], boxes["Hai"], boxes["Ba"], boxes["Ba"]}}
		report := s.editor.send("/editions/bulk", form).Is(http.StatusOK)
		done, refused := told(report)
		if !slices.Equal(done, []string{"Ba", "Một"}) || !strings.HasPrefix(refused, "Hai") || report.Text("h1") != "Nhận biên tập: xong 2 trên 3 bài" {
			t.Errorf("%s: done %q, refused %q", report.Text("h1"), done, refused)
		}
		if got := report.Attr("main a.button", "href"); got != "/editions?state=submitted" {
			t.Errorf("the way back is %q", got)
		}
		entries := w.entries()
		done, _ = told(s.editor.send("/editions/bulk", form).Is(http.StatusOK)) // pressed again: they are the editor's
		if !slices.Equal(done, []string{"Ba", "Một"}) || w.entries() != entries {
			t.Errorf("pressed again, %q are the editor's, the trail has %d more entries", done, w.entries()-entries)
		}
	})
}

func TestWhatHasToBeAskedIsAskedFirst(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Một"))
		s.carry(ref, newsroom.Approved)
		box := picks(s.managing.Get("/editions").Is(http.StatusOK))["Một"]
		form := url.Values{"verb": {"schedule"}, "pick": {box}}
		asked := s.managing.send("/editions/bulk", form).Is(http.StatusOK)
		if asked.Text("h1") != "Hẹn giờ: 1 bài" || !asked.Has("#f-publish_at") || asked.Attr(`input[name="pick"]`, "value") != box || asked.Has("#errors") {
			t.Errorf("asks %q", asked.Text("main"))
		}
		form.Set("asked", "1")
		if got := s.managing.send("/editions/bulk", form).Is(http.StatusUnprocessableEntity).Text(".field .wrong"); got == "" {
			t.Error("no time, and nothing said at the field")
		}
		form.Set("publish_at", "2026-07-02T08:00")
		done, _ := told(s.managing.send("/editions/bulk", form).Is(http.StatusOK))
		if e := s.managing.open(ref).Edition; len(done) != 1 || e.State != newsroom.Scheduled || !e.PublishAt.Equal(morning.Add(24*time.Hour)) {
			t.Errorf("%q were scheduled: %s for %v", done, e.State, e.PublishAt)
		}
		// The same once more is refused by each, not done again.
		if done, refused := told(s.managing.send("/editions/bulk", form).Is(http.StatusOK)); len(done) != 0 || refused == "" {
			t.Errorf("again: %q, %q", done, refused)
		}
		plan := url.Values{"verb": {"plan"}, "pick": {box}, "asked": {"1"}, "day": {"2026-07-09"}}
		s.reporter.send("/editions/bulk", plan).Is(http.StatusOK)
		if got := s.managing.open(ref).Plan.Day; !got.Equal(morning.Add(8*24*time.Hour - 8*time.Hour)) {
			t.Errorf("planned for %v", got)
		}
	})
}

func TestSeveralGiveNobodyMoreThanOne(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Kín"))
		box := picks(s.reporter.Get("/editions"))["Kín"]
		stranger := w.hire(w.paper, account.Editor, account.EditorInChief)
		report := stranger.send("/editions/bulk", url.Values{"verb": {"take"}, "pick": {box}}).Is(http.StatusOK)
		if strings.Contains(report.Text("main"), "Kín") {
			t.Error("a stranger is told of the article")
		}
		for name, form := range map[string]url.Values{
			"a verb that is none of these": {"verb": {"approve"}, "pick": {box}},
			"one they may not do":          {"verb": {"archive"}, "pick": {box}, "asked": {"1"}},
			"what names nothing":           {"verb": {"submit"}, "pick": {"x"}},
			"more than a page":             {"verb": {"submit"}, "pick": slices.Repeat([]string{box}, newsroom.PageSize+1)},
		} {
			if got := s.reporter.send("/editions/bulk", form); got.Status != http.StatusBadRequest {
				t.Errorf("%s: %d", name, got.Status)
			}
		}
		none := s.reporter.send("/editions/bulk", url.Values{"verb": {"submit"}, "back": {"//evil.example"}}).Is(http.StatusOK)
		if none.Attr("main a.button", "href") != "/" || none.Has(".done") {
			t.Error("nothing was chosen, and the way back leads elsewhere")
		}
		if s.chief.open(ref).State != newsroom.Draft {
			t.Error("it was changed")
		}
		if s.auditor.Get("/editions").Has(`input[name="pick"]`) {
			t.Error("an auditor is offered verbs")
		}
	})
}

func TestAListIsSavedAndForgotten(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		form := url.Values{"query": {"lang=en&mine=1&page=7&evil=1"}, "name": {"Tiếng Anh của tôi"}}
		p.send("/editions/saved", form).Is(http.StatusSeeOther).LeadsTo("/editions?done=search_saved&lang=en&mine=1")
		page := p.Get("/editions?mine=1&lang=en").Is(http.StatusOK)
		if page.Text(`.lists a[aria-current="true"]`) != "Tiếng Anh của tôi" {
			t.Errorf("the lists are %q", page.Text(".lists"))
		}
		for _, link := range []string{`.lists a[aria-current="true"]`, `.keeping li a`} {
			led := p.Get(page.Attr(link, "href")).Is(http.StatusOK)
			if led.Attr("#f-lang option[selected]", "value") != "en" || !led.Has(`input[name="mine"][checked]`) {
				t.Errorf("%s leads to %q, another list", link, page.Attr(link, "href"))
			}
		}
		if w.hire(w.portal, account.Reporter).Get("/editions").Has(".lists") {
			t.Error("a colleague has it, too")
		}
		refused := p.send("/editions/saved", url.Values{"query": {"lang=en"}, "name": {" "}}).Is(http.StatusUnprocessableEntity)
		if refused.Text(".keeping .wrong") == "" || refused.Attr("#f-lang option[selected]", "value") != "en" {
			t.Error("a list without a name: nothing is said, or another list is shown")
		}
		forget := page.Attr(`.keeping form[action$="/forget"]`, "action")
		p.send(forget, nil).Is(http.StatusSeeOther)
		if p.Get("/editions").Has(".lists") {
			t.Error("it is still there")
		}
	})
}
