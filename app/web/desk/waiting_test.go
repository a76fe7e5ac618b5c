package desk_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

// groups are the headings of the first page with the headlines below them.
func groups(page *apptest.Answer) map[string][]string {
	found := map[string][]string{}
	for _, section := range page.All("section.group") {
		id := apptest.Attr(section, "id")
		heading, _, _ := strings.Cut(page.Text("#"+id+" h2"), " "+page.Text("#"+id+" .count"))
		for _, a := range page.All("#" + id + " a.headline") {
			found[heading] = append(found[heading], apptest.Text(a))
		}
	}
	return found
}

// Everybody is shown what is theirs to do, and nothing else.
func TestWhatWaitsForEachRole(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		head := w.hire(w.portal, account.DeskHead)
		reviser := w.hire(w.portal, account.Reviser)
		colleague := w.hire(w.portal, account.Reporter)
		paper := w.hire(w.paper, account.Editor, account.EditorInChief, account.DeskHead, account.ManagingEditor)
		article := func(headline string) newsroom.Ref { return s.reporter.write(w.article(headline)) }

		article("Nháp")
		s.carry(article("Mới gửi"), newsroom.Submitted)
		s.carry(article("Đang sửa"), newsroom.Editing)
		returned := article("Bị trả")
		s.carry(returned, newsroom.Submitted)
		s.editor.do(returned, newsroom.Return, newsroom.Ask{Reason: "Thiếu nguồn"})
		atDesk := article("Ở thư ký")
		s.carry(atDesk, newsroom.Editing)
		s.editor.do(atDesk, newsroom.Pass, newsroom.Ask{})
		s.carry(article("Chờ duyệt"), newsroom.Approval)
		s.carry(article("Đã duyệt"), newsroom.Approved)
		s.carry(article("Đã đăng"), newsroom.Published)
		own := article("Tổng Biên tập sửa")
		s.carry(own, newsroom.Approval)
		edited := w.article("Tổng Biên tập sửa")
		edited.Body = "Sửa."
		_, err := w.newsroom.Save(ctx, s.chief.actor, own, 1, edited)
		w.must(err)

		for _, c := range []struct {
			name string
			who  *person
			want map[string][]string
		}{
			{"the writer", s.reporter, map[string][]string{"Bản nháp của bạn, chưa gửi": {"Nháp"}, "Trả lại cho bạn sửa": {"Bị trả"}}},
			{"another reporter", colleague, map[string][]string{}},
			{"the editor", s.editor, map[string][]string{"Chờ nhận biên tập": {"Mới gửi"}, "Chờ bạn xử lý rồi chuyển tiếp": {"Đang sửa"}}},
			{"the reviser", reviser, map[string][]string{"Chờ nhận biên tập": {"Mới gửi"}}},
			{"the managing editor", s.managing, map[string][]string{"Chờ bạn xử lý rồi chuyển tiếp": {"Ở thư ký"}, "Đã duyệt, chờ hẹn giờ đăng": {"Đã duyệt"}}},
			{"the desk head, who holds no step of this chain", head, map[string][]string{}},
			{"the editor-in-chief, who must not approve their own words", s.chief, map[string][]string{"Chờ bạn duyệt": {"Chờ duyệt"}, "Đã duyệt, chờ xuất bản": {"Đã duyệt"}}},
			{"another agency", paper, map[string][]string{}},
			{"the auditor", s.auditor, map[string][]string{}},
			{"the administrator", s.admin, map[string][]string{}},
		} {
			page := c.who.Get("/").Is(http.StatusOK)
			got := groups(page)
			for heading, want := range c.want {
				slices.Sort(got[heading])
				slices.Sort(want)
				if !slices.Equal(got[heading], want) {
					t.Errorf("%s: %s %q, want %q", c.name, heading, got[heading], want)
				}
			}
			if len(got) != len(c.want) {
				t.Errorf("%s has %v waiting", c.name, got)
			}
			if len(c.want) == 0 && !page.Has(".empty") {
				t.Errorf("%s is not told that nothing is waiting", c.name)
			}
		}
		if got := s.reporter.Get("/").Text(".reason"); got != "Cần sửa: Thiếu nguồn" {
			t.Errorf("the reason reads %q", got)
		}
		if got := s.reporter.english().Get("/").Text(".reason"); got != "To be changed: Thiếu nguồn" {
			t.Errorf("the reason reads %q", got)
		}
	})
}
