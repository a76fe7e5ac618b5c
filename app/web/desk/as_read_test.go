package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/newsroom"
)

func TestAPageIsShownAsReadersSawIt(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		content := w.article("Ghi 13 khu")
		picture := w.picture(s.reporter)
		content.Body = "Câu sai.\n\n![Cây cầu](media:" + picture + ")"
		ref := s.reporter.write(content)
		if s.auditor.Get(pathOf(ref) + "/history").Is(http.StatusOK).Has(`a[href$="/as-read"]`) {
			t.Error("a draft has a past that readers saw")
		}
		s.carry(ref, newsroom.Published)
		w.clock.Advance(time.Hour)
		s.chief.do(ref, newsroom.Withdraw, newsroom.Ask{Reason: "Sai", Note: "Gỡ để kiểm tra."})
		w.clock.Advance(time.Hour)
		path := s.auditor.Get(pathOf(ref)+"/history").Attr(`a[href$="/as-read"]`, "href")
		page := s.auditor.Get(path).Is(http.StatusOK)
		moments := page.All(".past-list a")
		if len(moments) != 2 || !strings.Contains(page.Text(".past-list"), "gỡ khỏi trang") {
			t.Fatalf("the moments: %q", page.Text(".past-list"))
		}
		was := s.auditor.Get(s.auditor.Get(path + "?at=" + url.QueryEscape("2026-07-01T08:30")).Is(http.StatusSeeOther).Header.Get("Location")).Is(http.StatusOK)
		if was.Text("h1") != "Ghi 13 khu" || !strings.Contains(was.Text(".body"), "Câu sai.") || !strings.HasPrefix(was.Text(".banner"), "Trang bạn đọc thấy lúc 08:30, 01/07/2026") {
			t.Errorf("it reads %q, %q", was.Text("h1"), was.Text(".banner"))
		}
		if got := was.Header.Get("Cache-Control"); got != "no-store" || !was.Has("footer[inert]") || !was.Has(".report[inert]") {
			t.Errorf("it can be kept (%s), or leads on", got)
		}
		s.auditor.Get(was.Attr(".body img", "src")).Is(http.StatusOK)
		stone := s.auditor.Get(path + "/page?at=" + url.QueryEscape("2026-07-01T09:30")).Is(http.StatusOK)
		if !strings.Contains(stone.Text("main"), "Gỡ để kiểm tra.") || strings.Contains(stone.Body, "Câu sai.") {
			t.Errorf("after the withdrawal it reads %q", stone.Text("main"))
		}
		if got := s.auditor.Get(path + "/page?at=" + url.QueryEscape("2026-06-30T09:30")).Is(http.StatusNotFound).Text("h1"); got != "Lúc 09:30, 30/06/2026, bài chưa đăng ở đâu." {
			t.Errorf("before it was published: %q", got)
		}
		if got := s.auditor.Get(path + "/page?outlet=" + w.paperOutlet + "&at=" + url.QueryEscape("2026-07-01T08:30")).Is(http.StatusNotFound).Text("h1"); !strings.Contains(got, "kênh này không đăng") {
			t.Errorf("on another outlet: %q", got)
		}
		if got := s.auditor.Get(path + "?at=hom-qua").Is(http.StatusUnprocessableEntity).Text(".wrong"); got == "" {
			t.Error("a moment that is none is not told")
		}
		if got := s.chief.Get(pathOf(ref)).Body; !strings.Contains(got, "Xem trang như bạn đọc đã thấy") {
			t.Error("nobody is told who looked")
		}
	})
}
