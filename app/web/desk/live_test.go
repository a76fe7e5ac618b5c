package desk_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/newsroom"
	"doingoai/app/notice"
)

// listens opens a line for topics and answers its lines, until it ends.
func (p *person) listens(base, query string, headers ...string) <-chan string {
	p.w.t.Helper()
	ctx, cancel := context.WithCancel(ctx)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/live?"+query, nil)
	p.w.must(err)
	request.Header.Set("Cookie", "session="+p.token)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer, err := http.DefaultClient.Do(request)
	p.w.must(err)
	if got := answer.Header.Get("Content-Type"); answer.StatusCode != http.StatusOK || got != "text/event-stream" {
		p.w.t.Fatalf("%d %s", answer.StatusCode, got)
	}
	lines := make(chan string, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer close(lines)
		for scanner := bufio.NewScanner(answer.Body); scanner.Scan(); {
			lines <- scanner.Text()
		}
	}()
	p.w.t.Cleanup(func() { cancel(); answer.Body.Close(); <-done })
	return lines
}

// heard waits for a line that begins so, and answers the rest.
func (w *world) heard(lines <-chan string, beginning string) string {
	w.t.Helper()
	for {
		select {
		case line, open := <-lines:
			if rest, ok := strings.CutPrefix(line, beginning); ok {
				return rest
			}
			if !open {
				w.t.Fatalf("the line ended without %q", beginning)
			}
		case <-time.After(30 * time.Second):
			w.t.Fatalf("waited in vain for %q", beginning)
		}
	}
}

func TestTheStreamTellsWhatThePersonMaySee(t *testing.T) {
	eachWorld(t, func(w *world) {
		base := w.serve()
		reporter, editor := w.hire(w.portal, account.Reporter), w.hire(w.portal, account.Editor)
		contributor, stranger := w.hire(w.portal, account.Contributor), w.hire(w.paper, account.Editor)
		all := editor.listens(base, "on=editions")
		own := contributor.listens(base, "on=editions")
		w.heard(all, "retry:")
		ref := reporter.write(w.article("Bài của phóng viên"))
		if got := w.heard(all, "data: "); got != "edition/"+ref.Item+"/vi" {
			t.Errorf("the editor is told of %q", got)
		}
		foreign := stranger.write(w.article("Bài của báo"))
		mine := contributor.write(w.article("Bài của cộng tác viên"))
		contributor.do(mine, newsroom.Submit, newsroom.Ask{})
		editor.do(mine, newsroom.Take, newsroom.Ask{})
		if got := w.heard(own, "data: "); got != "edition/"+mine.Item+"/vi" {
			t.Errorf("the contributor is told of %q, others are %s and %s", got, ref.Item, foreign.Item)
		}
	})
}

// A line ends with its session, and listening keeps none open.
func TestAStreamEndsWithItsSession(t *testing.T) {
	w := oneWorld(t)
	base := w.serve()
	reporter, editor := w.hire(w.portal, account.Reporter), w.hire(w.portal, account.Editor)
	lines := editor.listens(base, "on=editions")
	w.heard(lines, "retry:")
	w.must(w.accounts.SignOut(ctx, editor.token))
	reporter.write(w.article("Không ai nghe"))
	for line := range lines {
		if strings.HasPrefix(line, "data:") {
			t.Errorf("somebody who has left is told: %s", line)
		}
	}
	seen := func() time.Time {
		sessions, err := w.accounts.Sessions(ctx, reporter.actor)
		w.must(err)
		return sessions[0].SeenAt
	}
	before := seen()
	w.clock.Advance(10 * time.Minute)
	w.heard(reporter.listens(base, "on=editions"), "retry:")
	if !seen().Equal(before) {
		t.Errorf("listening was taken for doing: seen at %s, before at %s", seen(), before)
	}
	reporter.Get("/").Is(http.StatusOK)
	if seen().Equal(before) {
		t.Error("doing something was not noted")
	}
}

func TestAStreamGoesOnFromWhereItWasCut(t *testing.T) {
	w := oneWorld(t)
	base := w.serve()
	reporter, editor := w.hire(w.portal, account.Reporter), w.hire(w.portal, account.Editor)
	lines := editor.listens(base, "on=editions")
	w.heard(lines, "retry:")
	reporter.write(w.article("Bài thứ nhất"))
	known := w.heard(lines, "id: ")
	second := reporter.write(w.article("Bài thứ hai"))
	again := editor.listens(base, "on=editions&after=1", "Last-Event-ID", known)
	if got := w.heard(again, "data: "); got != "edition/"+second.Item+"/vi" {
		t.Errorf("it goes on with %q", got)
	}
}

// Two people: one looks at a list and at an article, the other works.
func TestOpenPagesFollowWhatOthersDo(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài đang xem"))
	base := w.serve()
	screen := s.editor.screen(base)
	screen.open("/editions")
	if got := screen.text("#news"); got != "" {
		t.Fatalf("before anything happened: %q", got)
	}
	s.reporter.write(w.article("Bài mới một"))
	screen.until("the first to be told", `() => document.querySelector("#news p").checkVisibility() && document.querySelector("#news span").textContent === "Có 1 thay đổi"`)
	s.reporter.write(w.article("Bài mới hai"))
	screen.until("the second to be told", `() => document.querySelector("#news span").textContent === "Có 2 thay đổi"`)
	if strings.Contains(screen.text("#list"), "Bài mới") {
		t.Error("the list moved by itself")
	}
	screen.do(`() => { window.stayed = true; document.querySelector("#f-headline").value = "đang gõ"; document.querySelector("input[name=pick]").checked = true }`)
	picked := run[string](screen, `() => document.querySelector("input[name=pick]").value`)
	screen.click("#news button")
	screen.until("the list to be new", `() => document.querySelector("#list").innerText.includes("Bài mới hai") && document.querySelector("#news p").hidden`)
	if !run[bool](screen, `(picked) => window.stayed && document.querySelector("#f-headline").value === "đang gõ" && document.querySelector("input[name=pick][value='" + picked + "']").checked && document.activeElement.id === "states"`, picked) {
		t.Error("showing the news lost what was typed, ticked or looked at")
	}

	screen.open(pathOf(ref))
	s.reporter.do(ref, newsroom.Submit, newsroom.Ask{})
	screen.until("the article's page to be told", `() => document.querySelector("#news span").textContent === "Có 1 thay đổi"`)
	screen.click("#news button")
	screen.until("the page to be new", `() => !document.querySelector("#news span").textContent && document.querySelector(".badge").textContent.includes("Chờ biên tập")`)
}

// The number of unread notices follows by itself.
func TestTheNumberOfNoticesFollows(t *testing.T) {
	w := oneWorld(t)
	reporter := w.hire(w.portal, account.Reporter)
	screen := reporter.screen(w.serve())
	screen.open("/account")
	count := `(want) => { const b = document.querySelector("[data-live=notices]"); return want === "" ? b.hidden : b.checkVisibility() && b.textContent === want }`
	screen.until("nothing", count, "")
	w.must(w.notices.Tell(ctx, []notice.Notice{{Person: reporter.actor.ID, Event: 1, At: morning, Sort: notice.Waiting, Subject: "edition/x/vi", Words: "notice.edition.submit"}}))
	screen.until("one", count, "1")
	w.must(w.notices.Saw(ctx, reporter.actor, "edition/x/vi"))
	screen.until("none again", count, "")
}

func TestTheSearchBoxIsOneKeyAway(t *testing.T) {
	w := oneWorld(t)
	reporter := w.hire(w.portal, account.Reporter)
	screen := reporter.screen(w.serve())
	screen.open("/editions")
	screen.key("/")
	screen.until("the box to have the caret", `() => document.activeElement.matches("[data-seek]") && document.activeElement.value === ""`)
	screen.key("a/b")
	if got := run[string](screen, `() => document.activeElement.value`); got != "a/b" {
		t.Errorf("the box has %q", got)
	}
}
