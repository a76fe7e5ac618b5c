package desk_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

func TestTheHistoryTellsWhoDidWhatAndWhy(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Cửa khẩu"))
		w.clock.Advance(time.Minute)
		form := formOf(s.reporter.Get(pathOf(ref)).Is(http.StatusOK), "#editor")
		form.Set("headline", "Cửa khẩu Hoa Lư")
		form.Set("save_note", "Ghi đủ tên")
		s.reporter.send(pathOf(ref), form).Is(http.StatusSeeOther)
		w.clock.Advance(time.Minute)
		s.carry(ref, newsroom.Editing)
		s.editor.do(ref, newsroom.Return, newsroom.Ask{Reason: "Thiếu nguồn"})
		w.clock.Advance(time.Minute)
		page := s.reporter.Get(pathOf(ref) + "/history").Is(http.StatusOK)
		restore := page.Attr("#version-1 form", "action")
		s.reporter.send(restore, url.Values{"base": {"2"}}).LeadsTo(pathOf(ref) + "?done=restored")
		s.reporter.send(restore, url.Values{"base": {"2"}}).Is(http.StatusSeeOther) // a double press changes nothing

		page = s.chief.Get(pathOf(ref) + "/history").Is(http.StatusOK)
		var got []string
		for _, li := range page.All(".past-list > li") {
			got = append(got, apptest.Text(li))
		}
		want := []string{
			"Bản lưu số 3 Phóng viên An hôm nay 08:03 Lấy lại từ bản lưu số 1",
			"Trả lại → Trả lại Biên tập Bình hôm nay 08:02Thiếu nguồn",
			"Nhận biên tập → Đang biên tập Biên tập Bình hôm nay 08:02",
			"Gửi duyệt → Chờ biên tập Phóng viên An hôm nay 08:02",
			"Bản lưu số 2 Phóng viên An hôm nay 08:01 Ghi đủ tên",
			"Bản lưu số 1 Phóng viên An hôm nay 08:00",
		}
		if strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("the history:\n%s", strings.Join(got, "\n"))
		}
		if page.Has(".past-list form") {
			t.Error("who may not save is offered to bring a version back")
		}
		w.hire(w.paper, "editor_in_chief").Get(pathOf(ref) + "/history").Is(http.StatusNotFound)
		s.chief.Get(pathOf(ref) + "/history?before=9").Is(http.StatusBadRequest)
	})
}

// A long history comes page by page, each in a fixed number of questions.
func TestALongHistoryComesPageByPage(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	save := func(n int) {
		w.clock.Advance(time.Second)
		_, err := w.newsroom.Save(ctx, s.reporter.actor, ref, n, w.article("Bài "+strconv.Itoa(n)))
		w.must(err)
	}
	for n := 1; n < 10; n++ {
		save(n)
	}
	s.chief.Get(pathOf(ref) + "/history").Is(http.StatusOK)
	few := w.queries(func() { s.chief.Get(pathOf(ref) + "/history").Is(http.StatusOK) })
	for n := 10; n < 120; n++ {
		save(n)
	}
	if many := w.queries(func() { s.chief.Get(pathOf(ref) + "/history").Is(http.StatusOK) }); many != few {
		t.Errorf("%d questions for a long history, %d for a short one", many, few)
	}
	var seen []string
	for path := pathOf(ref) + "/history"; path != ""; {
		page := s.chief.Get(path).Is(http.StatusOK)
		for _, li := range page.All(".version") {
			seen = append(seen, strings.TrimPrefix(apptest.Attr(li, "id"), "version-"))
		}
		path = ""
		if page.Has(`a[rel="next"]`) {
			path = pathOf(ref) + "/history" + page.Attr(`a[rel="next"]`, "href")
		}
	}
	if len(seen) != 120 || seen[0] != "120" || seen[119] != "1" {
		t.Errorf("seen are %d versions: %v", len(seen), seen)
	}
}
