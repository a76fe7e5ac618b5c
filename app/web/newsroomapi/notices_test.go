package newsroomapi_test

import (
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/notice"
)

// notify tells somebody that their story was published. story is its address.
func (w *world) notify(to *program, story string, event int64) {
	w.t.Helper()
	item, lang, _ := strings.Cut(strings.TrimPrefix(story, "/editions/"), "/")
	w.must(w.notices.Tell(ctx, []notice.Notice{{
		Person: to.actor.ID, Event: event, At: w.db.Now(), Sort: notice.Moved, Subject: "edition/" + item + "/" + lang, Href: story,
		Words: "notice.moved.publish", Who: "Tổng Biên tập", Title: "Cầu mới", Quote: "Tốt",
	}}))
}

func TestAProgramReadsWhatItsPersonIsTold(t *testing.T) {
	eachWorld(t, func(w *world) {
		writer := w.one(w.portal, account.Reporter)
		story := writer.file("Cầu mới")
		for event := range int64(notice.PageSize + 2) {
			w.notify(writer, story, event+1)
		}
		listener := w.issue(writer.actor, account.NoticeRead)
		first := listener.get("/notices").is(200)
		if first.number("unread") != notice.PageSize+2 || first.number("notices.0.event") != notice.PageSize+2 || first.text("notices.0.item") == "" {
			t.Error(first.Body)
		}
		if got := listener.ask("GET", "/notices", nil, "Accept-Language", "en").text("notices.0.text"); got != "Tổng Biên tập published your article: Cầu mới" {
			t.Errorf("in English it says %q", got)
		}
		second := listener.get("/notices?before=" + itoa(first.number("next"))).is(200)
		if second.number("notices.1.event") != 1 || second.at("next") != nil {
			t.Error(second.Body)
		}
		listener.post("/notices/"+second.text("notices.1.id")+"/read", nil).is(204)
		listener.post("/notices/read", object{"through": notice.PageSize + 1}).is(204)
		if left := listener.get("/notices?unread=true").is(200); left.number("unread") != 1 || left.number("notices.0.event") != notice.PageSize+2 {
			t.Error(left.Body)
		}
	})
}

func TestNoticesAreTheirPersonsOwn(t *testing.T) {
	eachWorld(t, func(w *world) {
		writer, stranger := w.one(w.portal, account.Reporter), w.one(w.paper, account.Reporter)
		story := writer.file("Cầu mới")
		w.notify(writer, story, 1)
		id := writer.get("/notices").is(200).text("notices.0.id")
		stranger.post("/notices/"+id+"/read", nil).refused(404, "error.notice.none")
		w.notify(stranger, story, 2) // about what they may not see
		hidden := stranger.get("/notices").is(200)
		if hidden.at("notices.0.hidden") != true || strings.Contains(hidden.Body, "Cầu mới") {
			t.Error(hidden.Body)
		}
		w.issue(writer.actor, account.EditionRead).get("/notices").is(403)
	})
}
