package desk_test

import (
	"net/http"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

func TestTheBoardShowsTheWayOfAnAgencysArticles(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		for headline, state := range map[string]newsroom.State{
			"Mới gửi": newsroom.Submitted, "Chờ duyệt": newsroom.Approval, "Đã đăng": newsroom.Published,
		} {
			s.carry(s.reporter.write(w.article(headline)), state)
		}
		s.reporter.write(w.article("Đang viết"))
		w.hire(w.paper, account.Reporter).write(w.article("Của báo"))
		page := s.editor.Get("/board").Is(http.StatusOK)
		for lane, want := range map[string]string{
			"#lane-draft": "Đang viết", "#lane-submitted": "Mới gửi", "#lane-approval": "Chờ duyệt", "#lane-published": "Đã đăng", "#lane-returned": "",
		} {
			if got := strings.Join(headlinesIn(page, lane), ", "); got != want {
				t.Errorf("%s has %q, want %q", lane, got, want)
			}
		}
		if got := page.Text("#lane-draft h3"); got != "Bản nháp 1" {
			t.Errorf("a lane is called %q", got)
		}
		if len(page.All(".column")) != 5 || page.Has("#f-agency") {
			t.Error("the columns are not five, or one agency is to be chosen among one")
		}
		empty := w.hire(w.paper, account.Contributor).Get("/board").Is(http.StatusOK)
		if empty.Text(".empty p") == "" {
			t.Error("an empty board teaches nothing")
		}
		everywhere := s.auditor.Get("/board?agency=" + w.paper).Is(http.StatusOK)
		if got := headlinesIn(everywhere, "#lane-draft"); len(got) != 1 || got[0] != "Của báo" || everywhere.Attr("#f-agency option[selected]", "value") != w.paper {
			t.Errorf("an auditor, who sees all, is shown %q", got)
		}
		if got := s.editor.Get("/board?agency=" + w.paper).Text("#lane-draft h3"); got != "Bản nháp 1" {
			t.Errorf("another agency's board is answered with %q", got)
		}
	})
}

// menuOf are the places of the menu, and those behind its last word.
func menuOf(page *apptest.Answer) (places, upkeep string) {
	words := func(selector string) string {
		var list []string
		for _, a := range page.All(selector) {
			list = append(list, apptest.Text(a))
		}
		return strings.Join(list, ", ")
	}
	return words(".menu > li > a"), words(".upkeep li a")
}

func TestTheMenuIsShort(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	for _, c := range []struct {
		who            *person
		places, upkeep string
	}{
		{s.reporter, "Việc chờ tôi, Thông báo, Tin, bài, Bảng, Bản dịch, Lịch, Kho tư liệu", ""},
		{s.chief, "Việc chờ tôi, Thông báo, Tin, bài, Bảng, Bản dịch, Lịch, Kho tư liệu, Phản ánh", "Chủ đề, Tác giả, Thuật ngữ, Quy trình"},
		{s.admin, "Việc chờ tôi, Thông báo", "Người dùng, Chủ đề, Tác giả, Thuật ngữ, Quy trình, Cấu trúc trang"},
	} {
		places, upkeep := menuOf(c.who.Get("/").Is(http.StatusOK))
		if places != c.places || upkeep != c.upkeep {
			t.Errorf("%v: %q and %q, want %q and %q", c.who.actor.Posts, places, upkeep, c.places, c.upkeep)
		}
	}
	if got := s.chief.Get("/workflows").Text(".upkeep [data-here]"); got != "Quản lý" {
		t.Errorf("on a page of upkeep the menu says %q", got)
	}
}
