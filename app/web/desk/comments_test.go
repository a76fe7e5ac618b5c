package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

// say says something about an edition and answers where that leads.
func (p *person) say(ref newsroom.Ref, fields url.Values) *apptest.Answer {
	p.w.t.Helper()
	form := url.Values{"revision": {strconv.Itoa(p.open(ref).Head)}}
	for name, values := range fields {
		form[name] = values
	}
	return p.send(pathOf(ref)+"/comments", form)
}

// talked is an article in approval with four threads: the third one's words
// are gone from the text by now.
func talked(w *world, s staff) newsroom.Ref {
	w.t.Helper()
	content := w.article("Cửa khẩu Hoa Lư")
	content.Body = "Đoạn một nói về **cửa khẩu** quốc tế.\n\n## Một mục\n\nĐoạn hai nêu con số 262 km."
	ref := s.reporter.write(content)
	s.carry(ref, newsroom.Approval)
	for i, fields := range []url.Values{
		{"comment": {"Bài tốt."}},
		{"comment": {"Đúng tên <gì>?"}, "quote": {"cửa khẩu quốc tế"}, "prefix": {"nói về"}, "mentions": {s.editor.actor.ID}},
		{"comment": {"Nguồn?"}, "passage": {strconv.Itoa(newsroom.BodyPassage + 3)}, "blocking": {"1"}},
		{"comment": {"Tít chưa rõ."}, "passage": {"1"}},
	} {
		s.managing.say(ref, fields).Is(http.StatusSeeOther).LeadsTo(fmt.Sprintf("%s#comment-%d", pathOf(ref), i+1))
	}
	return ref
}

func TestATextIsTalkedAboutBesideItsWords(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := talked(w, s)
		page := s.chief.Get(pathOf(ref)).Is(http.StatusOK)
		if got := page.Text("#reading h1 mark"); got != "Cửa khẩu Hoa Lư" {
			t.Errorf("in the headline is marked %q", got)
		}
		var marked []string
		for _, m := range page.All("#reading mark") {
			marked = append(marked, apptest.Text(m))
		}
		if got := strings.Join(marked, "|"); got != "Cửa khẩu Hoa Lư|cửa khẩu|quốc tế|Đoạn hai nêu con số 262 km." {
			t.Errorf("marked is %q", got)
		}
		if got := page.Attr("#reading #pin-2", "href"); got != "#comment-2" || !page.Has("#talk #comment-2") {
			t.Errorf("the pin leads to %q", got)
		}
		if got := page.Text("#comment-2"); !strings.Contains(got, "Thư ký Chi") || !strings.Contains(got, "Đúng tên <gì>?") || !strings.Contains(got, "Nhắc Biên tập Bình") {
			t.Errorf("the comment says %q", got)
		}
		if got := page.Text("#talk-count"); got != "1 góp ý phải xử lý trước khi duyệt" {
			t.Errorf("the rail says %q", got)
		}

		content := s.editor.open(ref).Revision.Content
		content.Body = "Đoạn một nói về **cửa khẩu** quốc tế.\n\nĐoạn hai đã viết lại."
		_, err := w.newsroom.Save(ctx, s.editor.actor, ref, 1, content)
		w.must(err)
		page = s.chief.Get(pathOf(ref))
		if got := page.Text("#talk"); page.Has("#pin-3") || !page.Has("#pin-2") || !strings.Contains(got, "Đoạn này đã được sửa sau khi có góp ý. Lúc đó bài viết:Đoạn hai nêu con số 262 km.") {
			t.Errorf("after a change the talk is %q", got)
		}
	})
}

func TestWhatBlocksIsDealtWithBeforeApproval(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := talked(w, s)
		page := s.chief.press(ref, newsroom.Approve, nil).Is(http.StatusConflict)
		if got := page.Text(".errors"); !strings.HasPrefix(got, "Còn 1 góp ý phải xử lý trước.") {
			t.Errorf("approving is refused with %q", got)
		}
		resolve := pathOf(ref) + "/comments/3/resolve"
		if s.reporter.Get(pathOf(ref)).Has(`form[action="` + resolve + `"]`) {
			t.Error("the writer is offered to settle what blocks")
		}
		if got := s.reporter.send(resolve, nil).Is(http.StatusForbidden).Text(".errors"); !strings.HasPrefix(got, "Góp ý phải xử lý trước khi duyệt chỉ do") {
			t.Errorf("the writer is told %q", got)
		}
		s.reporter.say(ref, url.Values{"thread": {"3"}, "comment": {"Theo Sở Tài chính ạ."}}).LeadsTo(pathOf(ref) + "#comment-5")
		s.managing.Get(pathOf(ref)).Attr(`form[action="`+resolve+`"]`, "action")
		s.managing.send(resolve, nil).LeadsTo(pathOf(ref) + "#comment-3")
		page = s.chief.Get(pathOf(ref))
		if got := page.Text("#thread-3 summary"); got != "Thư ký Chi đánh dấu đã xử lý: Nguồn?" || !page.Has("#thread-3 #comment-5") || page.Has("#pin-3") {
			t.Errorf("the settled thread is %q", got)
		}
		s.chief.press(ref, newsroom.Approve, nil).Is(http.StatusSeeOther)
		s.managing.send(pathOf(ref)+"/comments/3/reopen", nil).Is(http.StatusSeeOther)
		if got := s.chief.press(ref, newsroom.Publish, nil).Is(http.StatusConflict).Text(".errors"); !strings.HasPrefix(got, "Còn 1 góp ý") {
			t.Errorf("publishing is refused with %q", got)
		}
	})
}

func TestOnesOwnCommentIsMendedAndTakenBack(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := talked(w, s)
	mend := pathOf(ref) + "/comments/4"
	if s.chief.Get(pathOf(ref)).Has(`form[action="` + mend + `"]`) {
		t.Error("somebody else is offered to mend it")
	}
	s.chief.send(mend, url.Values{"comment": {"Tít rõ rồi."}}).Is(http.StatusForbidden)
	page := s.managing.send(mend, url.Values{"comment": {" "}}).Is(http.StatusUnprocessableEntity)
	if got := page.Text("#comment-4 .wrong"); got == "" || page.Attr(".errors a", "href") != "#mend-4-comment" || !page.Has("#mend-4-comment") {
		t.Errorf("an empty one is refused with %q", got)
	}
	s.managing.send(mend, url.Values{"comment": {"Tít hơi dài."}}).LeadsTo(pathOf(ref) + "#comment-4")
	if got := s.chief.Get(pathOf(ref)).Text("#comment-4"); !strings.Contains(got, "Tít hơi dài.") || !strings.Contains(got, "đã sửa") {
		t.Errorf("mended it is %q", got)
	}
	s.chief.say(ref, url.Values{"thread": {"4"}, "comment": {"Đồng ý."}}).Is(http.StatusSeeOther)
	for _, number := range []string{"1", "4"} {
		s.managing.send(pathOf(ref)+"/comments/"+number+"/delete", nil).Is(http.StatusSeeOther)
	}
	page = s.chief.Get(pathOf(ref))
	if page.Has("#comment-1") || strings.Contains(page.Text("#talk"), "Tít hơi dài") || page.Text("#thread-4 summary") != "Người viết đã xóa góp ý này" || !page.Has("#thread-4 #comment-5") {
		t.Errorf("taken back: %q", page.Text("#talk"))
	}
	w.clock.Advance(newsroom.EditingComment)
	if s.managing.Get(pathOf(ref)).Has(`form[action$="/comments/2"]`) {
		t.Error("it can be mended for ever")
	}
}

func TestACommentThatIsRefusedComesBackWithWhatWasTyped(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	stranger := w.hire(w.paper, account.EditorInChief)
	ref := talked(w, s)
	page := s.chief.say(ref, url.Values{"comment": {"Xem lại."}, "passage": {"2"}, "blocking": {"1"}, "mentions": {s.editor.actor.ID, stranger.actor.ID}}).Is(http.StatusUnprocessableEntity)
	if got := page.Text(".errors"); got != "Góp ý chưa được gửi. Nhắc tên: Có người không xem được bài này, nên không nhắc được." {
		t.Errorf("told %q", got)
	}
	if page.Text("#talk-comment") != "Xem lại." || page.Attr("#talk-passage option[selected]", "value") != "2" || !page.Has(`#talk .say [name="blocking"][checked]`) ||
		page.Attr(`#talk .say [name="mentions"][checked]`, "value") != s.editor.actor.ID || !page.Has("#talk-mentions") {
		t.Errorf("it does not come back: %s", page.Text("#talk"))
	}
	page = s.chief.say(ref, url.Values{"thread": {"2"}, "comment": {""}}).Is(http.StatusUnprocessableEntity)
	if page.Attr(".errors a", "href") != "#talk-2-comment" || page.Text("#talk-2-comment ~ .wrong") == "" || page.Has("#talk-comment ~ .wrong") {
		t.Error("the refusal is not told at the answer")
	}
	page = s.chief.say(ref, url.Values{"comment": {"A"}, "quote": {"không có"}, "prefix": {"p"}}).Is(http.StatusUnprocessableEntity)
	if page.Attr(`[name="quote"]`, "value") != "không có" || page.Attr(`[name="prefix"]`, "value") != "p" {
		t.Error("the words do not come back")
	}
	s.chief.send(pathOf(ref)+"/comments/x/delete", nil).Is(http.StatusNotFound)
	s.chief.send(pathOf(ref)+"/comments/99/delete", nil).Is(http.StatusNotFound)
	if got := stranger.Get(pathOf(ref)).Is(http.StatusNotFound).Body; strings.Contains(got, "Nguồn?") {
		t.Error("a stranger reads the talk")
	}
}

// Only those who may see it are offered to be mentioned.
func TestWhoCanBeMentioned(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	w.hireNamed("Người ngoài", w.paper, account.Reporter)
	ref := s.reporter.write(w.article("Bài"))
	page := s.editor.Get(pathOf(ref)).Is(http.StatusOK)
	var names []string
	for _, label := range page.All("#talk .say .people label") {
		names = append(names, apptest.Text(label))
	}
	if got := strings.Join(names, ", "); got != "Biên dịch Giang, Kiểm tra Hà, Phóng viên An, Thư ký Chi, Tổng Biên tập Dũng" {
		t.Errorf("offered are %q", got)
	}
}
