package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

// flowForm is the form of a workflow as its page shows it.
func (p *person) flowForm(path string) url.Values {
	p.w.t.Helper()
	page := p.Get(path).Is(http.StatusOK)
	form := formOf(page, "form.workflow")
	for _, box := range page.All("form.workflow input[checked]") {
		name := apptest.Attr(box, "name")
		form[name] = append(form[name], apptest.Attr(box, "value"))
	}
	return form
}

func TestAChiefChangesTheWorkflow(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		page := s.chief.Get("/workflows").Is(http.StatusOK)
		if got := page.Text("main"); !strings.Contains(got, "Biên tập → Thư ký tòa soạn → Tổng Biên tập") || strings.Contains(got, "Báo") {
			t.Errorf("the page shows %q", got)
		}
		path := "/workflows/" + w.portal + "/chain"
		form := s.chief.flowForm(path)
		form.Set("add", "1")
		if got := len(s.chief.send(path, form).Is(http.StatusOK).All("fieldset.step")); got != 5 { // four steps and urgency
			t.Fatalf("after adding a step there are %d", got)
		}
		form.Del("add")
		form.Set("steps-3-state", "desk_review")
		form.Set("steps-3-order", "2") // before the managing editor's, which has the same number and comes later
		form.Set("steps-1-order", "3")
		form.Set("steps-2-order", "9")
		form.Set("steps-3-names-vi", "Kiểm tra bảo mật")
		form["steps-3-roles"] = []string{"security_reviewer"}
		form.Set("steps-3-questions-0-text-vi", "Đã hỏi đơn vị quản lý")
		s.chief.send(path, form).Is(http.StatusSeeOther).LeadsTo("/workflows?done=workflow_saved")
		page = s.chief.Get("/workflows?done=workflow_saved").Is(http.StatusOK)
		if got := page.Text("main"); !strings.Contains(got, "Biên tập → Kiểm tra bảo mật → Thư ký tòa soạn → Tổng Biên tập") {
			t.Errorf("the page shows %q", got)
		}

		// The reviewer is shown the question, and the text goes on when it is answered.
		reviewer := w.hire(w.portal, account.SecurityReviewer)
		ref := s.reporter.write(w.article("Cửa khẩu"))
		s.reporter.do(ref, newsroom.Submit, newsroom.Ask{})
		s.editor.do(ref, newsroom.Take, newsroom.Ask{})
		s.editor.press(ref, newsroom.Pass, nil).Is(http.StatusSeeOther)
		if got := reviewer.Get(pathOf(ref)).Text(".checks"); !strings.Contains(got, "Đã hỏi đơn vị quản lý") {
			t.Errorf("the reviewer is asked %q", got)
		}
		reviewer.press(ref, newsroom.Pass, nil).Is(http.StatusSeeOther)
		if got := s.managing.open(ref); got.State != newsroom.DeskReview || got.Step != "desk" {
			t.Errorf("it is in %s at %s", got.State, got.Step)
		}
	})
}

func TestARefusedWorkflowKeepsWhatWasTyped(t *testing.T) {
	w := oneWorld(t)
	admin := w.hire(w.portal, account.SystemAdministrator)
	path := "/workflows/" + w.paper + "/new"
	form := admin.flowForm(path)
	form.Set("code", "tin-nhanh")
	form.Set("names-vi", "Tin nhanh")
	form.Set("steps-0-names-vi", "Biên tập nhanh")
	form["steps-1-roles"] = []string{"editor"}
	page := admin.send(path, form).Is(http.StatusUnprocessableEntity)
	for selector, want := range map[string]string{
		`#f-steps-0-roles .wrong`:            "Hãy chọn ít nhất một vai trò có quyền làm bước này.",
		`#f-steps-1-roles .wrong`:            "Hãy chọn ít nhất một vai trò có quyền làm bước này.",
		`.errors a[href="#f-steps-1-names"]`: "Bước 2",
	} {
		if got := page.Text(selector); got != want {
			t.Errorf("%s says %q", selector, got)
		}
	}
	for selector, want := range map[string]string{"#f-code": "tin-nhanh", "#f-names-vi": "Tin nhanh", "#f-steps-0-names-vi": "Biên tập nhanh"} {
		if got := page.Attr(selector, "value"); got != want {
			t.Errorf("%s has %q", selector, got)
		}
	}
}

// A checklist is answered in the form of the button; what is open is told at
// its question, and what was answered stays.
func TestAnOpenQuestionIsToldWhereItIs(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Cửa khẩu"))
	s.carry(ref, newsroom.DeskReview)
	page := s.managing.press(ref, newsroom.Pass, url.Values{"answer-desk.sources": {""}, "answer-desk.figures": {"na"}}).Is(http.StatusUnprocessableEntity)
	if got := page.Text(".checks .wrong"); got != "Câu này chưa được trả lời cho đúng bản hiện tại." {
		t.Errorf("the page says %q", got)
	}
	if link := "#errors a"; page.Text(link) != page.Text(`label:has([id="f-answer-desk.sources"])`) || page.Attr(link, "href") != "#f-answer-desk.sources" {
		t.Errorf("the summary names %q, at %q", page.Text(link), page.Attr(link, "href"))
	}
	if !page.Has(`input[name="answer-desk.figures"][value="na"][checked]`) || page.Has(`input[name="answer-desk.sources"][checked]`) {
		t.Error("the answers are not as they were given")
	}
	s.managing.press(ref, newsroom.Pass, nil).Is(http.StatusSeeOther)
	if got := s.chief.Get(pathOf(ref)).Text(".checks"); !strings.Contains(got, "Đã kiểm tra, Thư ký Chi") {
		t.Errorf("the chief is not told who answered: %q", got)
	}
}

func TestUrgencyAndBlocksAreSeenAtOnce(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	reviewer := w.hire(w.portal, account.SecurityReviewer)
	urgent := s.reporter.write(w.article("Lũ quét"))
	s.carry(urgent, newsroom.Submitted)
	s.managing.press(urgent, newsroom.PublishUrgent, url.Values{"reason": {"Dân cần biết ngay"}}).Is(http.StatusSeeOther)
	if got := s.chief.Get(pathOf(urgent)).Text(".warning"); !strings.HasPrefix(got, "Đăng khẩn, chưa đủ hai người duyệt. Thư ký Chi đã cho đăng.") {
		t.Errorf("the page warns %q", got)
	}
	s.chief.press(urgent, newsroom.Confirm, nil).Is(http.StatusSeeOther)
	if s.chief.Get(pathOf(urgent)).Has(".warning") {
		t.Error("the warning stays")
	}
	reviewer.press(urgent, newsroom.Block, url.Values{"reason": {"Có địa điểm đóng quân"}}).Is(http.StatusSeeOther)
	if got := s.reporter.Get(pathOf(urgent)).Text(".warning"); !strings.Contains(got, "Bài bị chặn.") || !strings.Contains(got, "Có địa điểm đóng quân") {
		t.Errorf("the writer is told %q", got)
	}
	if got := s.chief.Get("/").Text("main"); !strings.Contains(got, "Bị chặn nhưng bạn đọc còn thấy: cần gỡ") {
		t.Errorf("the chief's first page: %q", got)
	}
}
