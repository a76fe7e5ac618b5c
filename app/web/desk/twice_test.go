package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/newsroom"
	"doingoai/app/store"
)

// atOnce sends the same form several times at the same moment, as an impatient
// finger does, and answers the statuses.
func (p *person) atOnce(path string, form url.Values) map[int]int {
	p.w.t.Helper()
	token := p.csrf()
	var mu sync.Mutex
	var sent sync.WaitGroup
	statuses := map[int]int{}
	for range 4 {
		sent.Go(func() {
			status := p.again(token).Post(path, form, "X-CSRF-Token", token).Status
			mu.Lock()
			defer mu.Unlock()
			statuses[status]++
		})
	}
	sent.Wait()
	return statuses
}

// again is another line of the same browser.
func (p *person) again(token string) *person {
	other := &person{Visitor: p.w.visitor(), w: p.w, actor: p.actor, token: p.token, form: token}
	other.SetCookie("session", p.token)
	return other
}

// deeds counts what the trail has of a person, by verb.
func (w *world) deeds(p *person) map[string]int {
	w.t.Helper()
	found, err := audit.Find(ctx, w.db, audit.Filter{Actors: []string{p.actor.ID}}, 0, 200)
	w.must(err)
	deeds := map[string]int{}
	for _, e := range found.Entries {
		deeds[e.Verb]++
	}
	return deeds
}

func TestADoubleClickDoesNothingTwice(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		begin := formOf(s.reporter.Get("/new").Is(http.StatusOK), `form[action="/new"]`)
		begin.Set("headline", "Bấm hai lần")
		begin.Set("agency", w.portal)
		if got := s.reporter.atOnce("/new", begin); got[http.StatusSeeOther] != 4 || w.deeds(s.reporter)["edition.create"] != 1 {
			t.Errorf("beginning: answers %v, trail %v", got, w.deeds(s.reporter))
		}
		ref := newsroom.Ref{Item: begin.Get("id"), Lang: "vi"}

		// Gone back to and changed, the form tells so, keeps what was typed, and
		// begins another article when it is sent again.
		begin.Set("headline", "Bài thứ hai")
		again := s.reporter.send("/new", begin).Is(http.StatusConflict)
		if again.Attr(`main a[href="`+pathOf(ref)+`"]`, "href") == "" || again.Attr("#f-headline", "value") != "Bài thứ hai" || !strings.HasPrefix(again.Text("#errors"), "Từ biểu mẫu này bạn đã tạo một bài khác.") {
			t.Errorf("another headline with the same form: %s", again.Text("main"))
		}
		s.reporter.send("/new", formOf(again, `form[action="/new"]`)).Is(http.StatusSeeOther)
		if n := w.deeds(s.reporter)["edition.create"]; n != 2 {
			t.Errorf("%d articles were begun", n)
		}

		save := formOf(s.reporter.Get(pathOf(ref)).Is(http.StatusOK), "#editor")
		content := w.article("Bấm hai lần")
		for name, value := range map[string]string{"standfirst": content.Standfirst, "body": content.Body, "section": content.Section} {
			save.Set(name, value)
		}
		if got := s.reporter.atOnce(pathOf(ref), save); got[http.StatusSeeOther] != 4 || w.deeds(s.reporter)["edition.save"] != 1 {
			t.Errorf("saving: answers %v, trail %v", got, w.deeds(s.reporter))
		}

		hash := s.reporter.open(ref).Revision.Hash
		say := url.Values{"comment": {"Xem giúp tít."}, "revision": {"2"}}
		if got := s.reporter.atOnce(pathOf(ref)+"/comments", say); got[http.StatusSeeOther] != 4 || w.deeds(s.reporter)["comment.add"] != 1 {
			t.Errorf("commenting: answers %v, trail %v", got, w.deeds(s.reporter))
		}
		submit := url.Values{"verb": {"submit"}, "hash": {hash}}
		if got := s.reporter.atOnce(pathOf(ref)+"/do", submit); got[http.StatusSeeOther] != 1 || got[http.StatusConflict] != 3 || w.deeds(s.reporter)["edition.submit"] != 1 {
			t.Errorf("submitting: answers %v, trail %v", got, w.deeds(s.reporter))
		}
		s.editor.do(ref, newsroom.Take, newsroom.Ask{})
		s.editor.do(ref, newsroom.Pass, newsroom.Ask{})
		s.managing.do(ref, newsroom.Pass, newsroom.Ask{})
		s.chief.do(ref, newsroom.Approve, newsroom.Ask{})
		publish := url.Values{"verb": {"publish"}, "hash": {hash}}
		if got := s.chief.atOnce(pathOf(ref)+"/do", publish); got[http.StatusSeeOther] != 1 || got[http.StatusConflict] != 3 || w.deeds(s.chief)["edition.publish"] != 1 {
			t.Errorf("publishing: answers %v, trail %v", got, w.deeds(s.chief))
		}
	})
}

// Where a second time could not be told from the first, script sends it once.
func TestASecondClickIsNotSent(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài để chia sẻ"))
	screen := s.editor.screen(w.serve())
	screen.open(pathOf(ref) + "/preview-links")
	held, release := make(chan struct{}), make(chan struct{})
	holding := make(chan error)
	go func() { // the newsroom is slow: it is not done before somebody clicks again
		holding <- w.db.Write(ctx, func(*store.Tx) error { close(held); <-release; return nil })
	}()
	<-held
	run[bool](screen, `async () => {
		const form = document.querySelector("main form.stack");
		form.elements.reader.value = "Sở Ngoại vụ";
		form.querySelector("button").click();
		await new Promise((next) => setTimeout(next, 250)); // as fast as a finger
		form.querySelector("button").click();
		return true }`)
	close(release)
	w.must(<-holding)
	screen.until("the link to be there", `() => document.readyState === "complete" && Boolean(document.querySelector(".rows li") && document.querySelector("#fresh"))`)
	links, err := w.newsroom.PreviewLinks(ctx, s.editor.actor, ref)
	w.must(err)
	if len(links) != 1 {
		t.Errorf("there are %d links", len(links))
	}
}

// Whoever loses a role while a page is open does nothing any more that it let
// them do, is told so in a sentence, and keeps what they typed.
func TestARoleThatEndsInMidAction(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Vai trò hết giữa chừng"))
		s.carry(ref, newsroom.Approval)
		decide := formOf(s.chief.Get(pathOf(ref)+"?edit=1").Is(http.StatusOK), "#editor")
		decide.Set("body", "Câu gõ dở lúc vai trò hết hiệu lực.")
		approve := url.Values{"verb": {"approve"}, "hash": {s.chief.open(ref).Revision.Hash}}
		before := s.chief.open(ref)
		w.endRoles(s.chief)

		page := s.chief.send(pathOf(ref), decide).Is(http.StatusForbidden)
		if !page.Has("h1") || !strings.Contains(page.Body, "Câu gõ dở lúc vai trò hết hiệu lực.") {
			t.Errorf("what was typed is not on the page that says %q", page.Text("h1"))
		}
		s.chief.send(pathOf(ref)+"/do", approve).Is(http.StatusForbidden)
		s.chief.send(pathOf(ref)+"/autosave", decide, "Accept", "application/json").Is(http.StatusForbidden)
		if now := s.reporter.open(ref); now.Head != before.Head || now.State != before.State {
			t.Errorf("it went from %s, %d to %s, %d", before.State, before.Head, now.State, now.Head)
		}

		// Of two roles one is enough to see it, and not to decide.
		both := w.hire(w.portal, account.Editor, account.EditorInChief)
		approve.Set("hash", both.open(ref).Revision.Hash)
		w.endRole(both, account.EditorInChief)
		answer := both.send(pathOf(ref)+"/do", approve).Is(http.StatusForbidden)
		if !answer.Has("#errors, .errors, h1") || both.open(ref).State != before.State {
			t.Errorf("with the smaller role it stands at %s", both.open(ref).State)
		}
	})
}

func (w *world) endRoles(p *person) {
	w.t.Helper()
	for _, role := range account.Roles {
		w.endRole(p, role)
	}
}

// endRole ends a role of somebody's, if they hold it.
func (w *world) endRole(p *person, role account.Role) {
	w.t.Helper()
	who, err := w.accounts.Person(ctx, p.actor.ID)
	w.must(err)
	for _, m := range who.Memberships {
		if m.Role == role {
			w.must(w.accounts.Program().EndRole(ctx, m.ID))
		}
	}
}
