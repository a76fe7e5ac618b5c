package newsroomapi_test

import (
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
)

// verbsAfter are the verbs that a program is told of after a place.
func (p *program) verbsAfter(after int) string {
	p.w.t.Helper()
	told := p.get("/changes?after=" + itoa(after)).is(200)
	return verbsOf(told)
}

func verbsOf(told reply) string {
	var verbs []string
	list, _ := told.at("changes").([]any)
	for _, ch := range list {
		verbs = append(verbs, strings.TrimPrefix(ch.(object)["verb"].(string), "edition."))
	}
	return strings.Join(verbs, " ")
}

func TestChangesTellOnlyOfWhatThePersonSees(t *testing.T) {
	eachWorld(t, func(w *world) {
		writer, colleague := w.one(w.portal, account.Contributor), w.one(w.portal, account.Contributor)
		editor, elsewhere := w.one(w.portal, account.Editor), w.one(w.paper, account.EditorInChief)
		auditor, admin := w.one(w.paper, account.Auditor), w.one(w.portal, account.SystemAdministrator)
		start := editor.get("/changes").is(200).number("last")
		writer.act(writer.file("Một tin"), "submit").is(200)
		for who, want := range map[*program]string{
			writer: "create submit", colleague: "", editor: "create submit", elsewhere: "", auditor: "create submit", admin: "",
		} {
			if got := who.verbsAfter(start); got != want {
				t.Errorf("%s is told of %q, want %q", who.actor.Posts[0].Role, got, want)
			}
		}
		last := elsewhere.get("/changes?after=" + itoa(start)).is(200).number("last")
		if end := editor.get("/changes").is(200).number("last"); last != end {
			t.Errorf("who sees nothing goes on from %d, not %d", last, end)
		}
	})
}

// waitingFor asks for changes in the background, and answers when it waits.
func (p *program) waitingFor(after int) <-chan reply {
	p.w.t.Helper()
	answer := make(chan reply, 1)
	before := p.w.api.Waiting()
	go func() { answer <- p.get("/changes?wait=30&after=" + itoa(after)) }()
	apptest.Eventually(p.w.t, "a program waits", func() bool { return p.w.api.Waiting() > before })
	return answer
}

func TestAProgramThatWaitsIsToldAtOnce(t *testing.T) {
	eachWorld(t, func(w *world) {
		writer, editor := w.one(w.portal, account.Reporter), w.one(w.portal, account.Editor)
		path := writer.file("Một tin")
		start := editor.get("/changes").is(200).number("last")
		told := editor.waitingFor(start)
		writer.act(path, "submit").is(200)
		if got := verbsOf((<-told).is(200)); got != "submit" {
			t.Errorf("it is told of %q", got)
		}
	})
}

func TestATokenRevokedWhileItWaitsIsToldNothing(t *testing.T) {
	eachWorld(t, func(w *world) {
		writer, editor := w.one(w.portal, account.Reporter), w.one(w.portal, account.Editor)
		path := writer.file("Một tin")
		told := editor.waitingFor(editor.get("/changes").is(200).number("last"))
		tokens, err := w.accounts.Tokens(ctx, editor.actor)
		w.must(err)
		w.must(w.accounts.RevokeToken(ctx, editor.actor, tokens[0].ID))
		writer.act(path, "submit").is(200)
		(<-told).refused(401, "error.token.bad")
	})
}

func TestAServerThatStopsLetsWaitingProgramsGo(t *testing.T) {
	w := oneWorld(t)
	editor := w.one(w.portal, account.Editor)
	told := editor.waitingFor(editor.get("/changes").is(200).number("last"))
	w.api.Stop()
	if got := verbsOf((<-told).is(200)); got != "" {
		t.Errorf("it is told of %q", got)
	}
}

func TestATokenWaitsForAFewThingsAtOnceOnly(t *testing.T) {
	w := oneWorld(t)
	editor := w.one(w.portal, account.Editor)
	last := editor.get("/changes").is(200).number("last")
	var told []<-chan reply
	for range 4 {
		told = append(told, editor.waitingFor(last))
	}
	editor.get("/changes?wait=30&after="+itoa(last)).refused(429, "error.too_many.title")
	w.api.Stop()
	for _, answer := range told {
		(<-answer).is(200)
	}
}
