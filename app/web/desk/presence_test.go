package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/newsroom"
)

// attends says what a page of theirs says by itself.
func (p *person) attends(ref newsroom.Ref, page, writing string) {
	p.w.t.Helper()
	p.send(pathOf(ref)+"/attend", url.Values{"page": {page}, "writing": {writing}}).Is(http.StatusNoContent)
}

func (p *person) leaves(ref newsroom.Ref, page string) {
	p.w.t.Helper()
	p.send(pathOf(ref)+"/attend", url.Values{"page": {page}, "left": {"1"}}).Is(http.StatusNoContent)
}

func TestPagesSayWhoElseHasATextOpen(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Bài có người mở"))
		line := func(p *person) string { return p.Get(pathOf(ref)).Is(http.StatusOK).Text(".present") }
		if got := line(s.editor); got != "" {
			t.Errorf("nobody is there: %q", got)
		}
		s.reporter.attends(ref, "a", "true")
		s.chief.attends(ref, "b", "false")
		want := "Đang sửa: " + s.reporter.actor.Name + " · Đang xem: " + s.chief.actor.Name
		if got := line(s.editor); got != want {
			t.Errorf("the editor reads %q, want %q", got, want)
		}
		if got, want := line(s.reporter), "Đang xem: "+s.chief.actor.Name; got != want {
			t.Errorf("the reporter reads %q, want %q", got, want)
		}
		for _, path := range []string{"/editions", "/board", s.editor.look("mở", "")} {
			if got := s.editor.Get(path).Is(http.StatusOK).Text(".there.writing"); got != want {
				t.Errorf("%s says %q", path, got)
			}
		}
		s.reporter.leaves(ref, "a")
		if got, want := line(s.editor), "Đang xem: "+s.chief.actor.Name; got != want {
			t.Errorf("when the reporter has left: %q, want %q", got, want)
		}
		w.clock.Advance(5 * time.Minute)
		if got := line(s.editor); got != "" {
			t.Errorf("long after: %q", got)
		}
	})
}

// That a page is open is nothing that its person does.
func TestAnOpenPageKeepsNoSessionOpen(t *testing.T) {
	w := oneWorld(t)
	reporter := w.hire(w.portal, account.Reporter)
	ref := reporter.write(w.article("Bài để mở"))
	seen := func() time.Time {
		sessions, err := w.accounts.Sessions(ctx, reporter.actor)
		w.must(err)
		return sessions[0].SeenAt
	}
	reporter.csrf()
	before := seen()
	w.clock.Advance(10 * time.Minute)
	reporter.attends(ref, "a", "false")
	if !seen().Equal(before) {
		t.Error("being open was taken for doing something")
	}
}

func TestManyPeopleAreCounted(t *testing.T) {
	w := oneWorld(t)
	reporter := w.hire(w.portal, account.Reporter)
	ref := reporter.write(w.article("Bài đông người"))
	for range 5 {
		w.hire(w.portal, account.Editor).attends(ref, "a", "false")
	}
	got := reporter.Get(pathOf(ref)).Is(http.StatusOK).Text(".present")
	if !strings.HasPrefix(got, "Đang xem: ") || !strings.HasSuffix(got, " và 2 người khác") || strings.Count(got, ",") != 2 {
		t.Errorf("it reads %q", got)
	}
	if got := reporter.english().Get(pathOf(ref)).Is(http.StatusOK).Text(".present"); !strings.HasPrefix(got, "Viewing: ") || !strings.HasSuffix(got, " and 2 more") {
		t.Errorf("in English it reads %q", got)
	}
}

// One looks at an article while another opens it, types and leaves.
func TestAnOpenPageFollowsWhoComesAndGoes(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài cùng mở"))
	base := w.serve()
	one, other := s.editor.screen(base), s.reporter.screen(base)
	one.open(pathOf(ref))
	line := `(want) => { const p = document.querySelector(".present p"); return want ? p.checkVisibility() && p.textContent === want : p.hidden }`
	top := run[float64](one, `() => document.querySelector(".edition").getBoundingClientRect().top`)
	one.until("nobody to be there", line, "")
	other.open(pathOf(ref))
	one.until("the reporter to be there", line, "Đang xem: "+s.reporter.actor.Name)
	other.until("the editor to be there", line, "Đang xem: "+s.editor.actor.Name)
	other.do(`() => { const f = document.querySelector("#f-headline"); f.value = "Tít đang sửa"; f.dispatchEvent(new Event("input", { bubbles: true })) }`)
	one.until("the reporter to write", line, "Đang sửa: "+s.reporter.actor.Name)
	if now := run[float64](one, `() => document.querySelector(".edition").getBoundingClientRect().top`); now != top {
		t.Errorf("the text moved from %v to %v", top, now)
	}
	other.open("/help")
	one.until("the reporter to have left", line, "")
}

// A comment of somebody else is offered, and what is being written stays.
func TestAnOpenPageOffersNewComments(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài có góp ý"))
	say := func(p *person, words string) {
		_, err := w.newsroom.Comment(ctx, p.actor, ref, newsroom.Remark{Body: words, Revision: 1})
		w.must(err)
	}
	say(s.editor, "Góp ý đầu")
	screen := s.reporter.screen(w.serve())
	screen.open(pathOf(ref))
	screen.do(`() => { window.stayed = true;
		document.querySelector(".say").open = true;
		document.querySelector("#talk-comment").value = "đang viết dở";
		document.querySelector("#f-headline").value = "Tít đang sửa" }`)
	say(s.editor, "Góp ý thứ hai")
	screen.until("the comment to be told", `() => document.querySelector("#news span").textContent === "Có góp ý mới"`)
	screen.click("#news button")
	screen.until("the comment to be there", `() => document.querySelector("#talk").innerText.includes("Góp ý thứ hai") && document.querySelector("#news p").hidden`)
	if !run[bool](screen, `() => window.stayed && document.querySelector("#talk-comment").value === "đang viết dở" && document.querySelector("#f-headline").value === "Tít đang sửa" &&
		document.querySelectorAll("label[for=talk-comment] .counter").length === 1 && document.querySelector("[data-unscripted]").hidden`) {
		t.Error("showing the comment lost what was being written")
	}
	if got := strings.TrimSpace(screen.text("#talk-count")); got != "2 góp ý chưa xử lý" {
		t.Errorf("beside the text stands %q", got)
	}
}

// Board, calendar and history tell of what happens meanwhile.
func TestBoardCalendarAndHistoryFollow(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài của bảng"))
	screen := s.editor.screen(w.serve())
	for i, path := range []string{"/board", "/calendar", pathOf(ref) + "/history"} {
		screen.open(path)
		screen.do(`() => { window.old = true }`)
		c := w.article("Bài của bảng, lần " + string(rune('1'+i)))
		_, err := w.newsroom.Save(ctx, s.reporter.actor, ref, i+1, c)
		w.must(err)
		screen.until(path+" to be told", `() => document.querySelector("#news p").checkVisibility()`)
		screen.click("#news button")
		screen.until(path+" to be new", `() => document.querySelector("#news p").hidden`)
		if path != "/calendar" && !run[bool](screen, `() => Boolean(window.old)`) {
			t.Errorf("%s was loaded again whole", path)
		}
		if path == "/board" && !strings.Contains(screen.text(".board"), "lần 1") {
			t.Error("the board shows the old headline")
		}
	}
}
