package desk_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

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

// Of a crowd the oldest are shown, and that there are more.
func TestOfACrowdTheOldestAreShown(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		for range newsroom.MostWaiting {
			s.reporter.write(w.article("Nháp"))
		}
		page := s.reporter.Get("/").Is(http.StatusOK)
		if got, says := len(page.All("#submit li")), page.Text("#submit > p"); got != newsroom.MostWaiting || !strings.HasPrefix(says, "Ở đây chỉ hiện") || page.Text("#submit .count") != "50+" {
			t.Errorf("%d are shown, with %q", got, says)
		}
		s.carry(s.reporter.write(w.article("Gửi ngay")), newsroom.Submitted)
		if page := s.editor.Get("/"); len(page.All(".group > p")) != 0 {
			t.Error("an article that waits alone is called a crowd")
		}
	})
}

// What cannot wait stands first, whatever it waits for, the soonest due on top.
func TestWhatCannotWaitStandsFirst(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		article := func(headline string, state newsroom.State, since time.Duration) newsroom.Ref {
			ref := s.reporter.write(w.article(headline))
			if since > 0 {
				w.must(w.newsroom.StartClock(ctx, s.reporter.actor, ref, "major", morning.Add(-since)))
			}
			s.carry(ref, state)
			return ref
		}
		article("Không gấp", newsroom.Approval, 0)
		article("Còn lâu", newsroom.Approval, time.Minute)
		article("Sắp đến hạn", newsroom.Approved, 100*time.Minute)
		article("Quá hạn", newsroom.Approval, 3*time.Hour)
		page := s.chief.Get("/").Is(http.StatusOK)
		if got := strings.Join(headlinesIn(page, "#now"), ", "); got != "Quá hạn, Sắp đến hạn" {
			t.Errorf("what cannot wait is %s", got)
		}
		if got := page.Text("#now .asked"); got != "Chờ bạn duyệt" {
			t.Errorf("of the first is asked %q", got)
		}
		if got := page.Text("#now .due-overdue"); got != "Vấn đề quan trọng: quá hạn 1 giờ" {
			t.Errorf("its clock reads %q", got)
		}
		if got := page.Text("#approve .due-ok"); got != "Vấn đề quan trọng: còn 1 giờ 59 phút" {
			t.Errorf("the clock of one that can wait reads %q", got)
		}
		if got := page.Text("main > nav a"); got != "Cần làm ngay 2" {
			t.Errorf("the first group is announced as %q", got)
		}
		if got := s.chief.english().Get("/").Text("#now .due-soon"); got != "Major issue: 20 minutes left" {
			t.Errorf("in English a clock reads %q", got)
		}
	})
}

// Beside it stands what of the person's own is not saved, and what today is for.
func TestWhatIsUnsavedAndWhatTodayIsFor(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Đang viết"))
		typed := w.article("Đang viết")
		typed.Body = "Câu đang dở."
		_, err := w.newsroom.Autosave(ctx, s.reporter.actor, ref, newsroom.Unsaved{Base: 1, Content: typed})
		w.must(err)
		planned := s.reporter.write(w.article("Dự kiến hôm nay"))
		w.must(w.newsroom.Plan(ctx, s.reporter.actor, planned, newsroom.Plan{Day: morning}))
		later := s.reporter.write(w.article("Ngày mai"))
		w.must(w.newsroom.Plan(ctx, s.reporter.actor, later, newsroom.Plan{Day: morning.Add(24 * time.Hour)}))
		scheduled := s.reporter.write(w.article("Hẹn chiều nay"))
		s.carry(scheduled, newsroom.Approved)
		s.managing.do(scheduled, newsroom.Schedule, newsroom.Ask{At: morning.Add(7 * time.Hour)})

		page := s.reporter.Get("/").Is(http.StatusOK)
		if got := strings.Join(headlinesIn(page, "#unsaved"), ", "); got != "Đang viết" {
			t.Errorf("unsaved is %q", got)
		}
		if got := strings.Join(headlinesIn(page, "#today"), ", "); got != "Dự kiến hôm nay, Hẹn chiều nay" {
			t.Errorf("today is for %q", got)
		}
		if got := page.Text("#today li:last-child .muted"); got != "Lên trang lúc 15:00 · Tiếng Việt · Hẹn giờ đăng" {
			t.Errorf("what is scheduled reads %q", got)
		}
		if page := s.editor.Get("/"); page.Has("#unsaved") || !page.Has("#today") {
			t.Error("a colleague finds what another typed, or not what today is for")
		}
		if page := s.admin.Get("/"); page.Has("#today") {
			t.Error("an administrator is shown articles")
		}
	})
}

func headlinesIn(page *apptest.Answer, where string) []string {
	var list []string
	for _, a := range page.All(where + " a.headline") {
		list = append(list, apptest.Text(a))
	}
	return list
}

// Where texts wait at a step that nobody can do, those find it on their first
// page who can do something about it, and are led there.
func TestAStepThatNobodyHoldsWaitsForThoseWhoRepairIt(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	admin := w.hire(w.paper, account.SystemAdministrator)
	ref := s.reporter.write(w.article("Vốn đầu tư"))
	s.carry(ref, newsroom.DeskReview)
	warned := func(p *person) bool { return p.Get("/").Is(http.StatusOK).Has("main > .warning") }
	if warned(s.chief) {
		t.Error("the chief is warned though everybody is there")
	}
	managing, err := w.accounts.Person(ctx, s.managing.actor.ID)
	w.must(err)
	w.must(w.accounts.Program().EndRole(ctx, managing.Memberships[0].ID))
	for p, href := range map[*person]string{s.chief: "/workflows", admin: "/people?agency=" + w.portal} {
		page := p.Get("/").Is(http.StatusOK)
		if got := page.Text("main > .warning"); !strings.Contains(got, "1 bài tiếng Việt đang chờ ở bước") || page.Attr("main > .warning a", "href") != href {
			t.Errorf("%s reads %q", p.actor.Name, got)
		}
		p.Get(href).Is(http.StatusOK)
	}
	if warned(s.editor) {
		t.Error("who can do nothing about it is warned")
	}
}
