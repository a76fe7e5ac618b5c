package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/newsroom"
)

// A figure that stands out is told beside the article, keeps it from being
// approved, and is explained there.
func TestWhatStandsOutIsExplainedOnThePage(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		content := w.article("Thu hút 23,53 tỷ USD")
		content.Body = "Tỉnh đã thu hút 23,53 triệu USD vốn đầu tư."
		ref := s.reporter.write(content)
		s.carry(ref, newsroom.Approval)
		page := s.chief.Get(pathOf(ref)).Is(http.StatusOK)
		if got := page.Text("#findings"); !strings.Contains(got, "23,53 tỷ USD") || !strings.Contains(got, "23,53 triệu USD") {
			t.Fatalf("the page says %q", got)
		}
		sheet := s.chief.open(ref)
		s.chief.send(pathOf(ref)+"/do", url.Values{"verb": {"approve"}, "hash": {sheet.Revision.Hash}})
		if s.chief.open(ref).State != newsroom.Approval {
			t.Fatal("it was approved")
		}
		form := formOf(page, `#findings form`)
		form.Set("reason", "Tít ghi <b>đúng</b>, thân bài sẽ sửa sau.")
		s.editor.send(pathOf(ref)+"/findings", form).Is(http.StatusSeeOther).LeadsTo(pathOf(ref) + "?done=explained#findings")
		page = s.chief.Get(pathOf(ref) + "?done=explained")
		if got := page.Text("#findings"); !strings.Contains(got, "Biên tập Bình giải thích lúc") || !strings.Contains(got, "Tít ghi <b>đúng</b>") || page.Has("#findings .open") {
			t.Errorf("explained, the page says %q", got)
		}
		if page.Text(".flash") != "Đã lưu lý do." {
			t.Errorf("%q", page.Text(".flash"))
		}
		s.chief.do(ref, newsroom.Approve, newsroom.Ask{})
		form.Set("key", "another")
		s.editor.send(pathOf(ref)+"/findings", form).Is(http.StatusNotFound)
		form.Set("hash", "older")
		s.editor.send(pathOf(ref)+"/findings", form).Is(http.StatusConflict)
	})
}

// An explanation that cannot be kept comes back at its place, as it was typed.
func TestARefusedExplanationComesBack(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		content := w.article("Thu hút 23,53 tỷ USD")
		content.Body = "Tỉnh đã thu hút 23,53 triệu USD vốn đầu tư."
		ref := s.reporter.write(content)
		s.carry(ref, newsroom.Approval)
		form := formOf(s.editor.Get(pathOf(ref)).Is(http.StatusOK), "#findings form")
		for name, reason := range map[string]string{"nothing": "", "blank": " \n ", "too long": strings.Repeat("ậ", 10*newsroom.MaxReason)} {
			form.Set("reason", reason)
			page := s.editor.send(pathOf(ref)+"/findings", form).Is(http.StatusUnprocessableEntity)
			const field = "#findings details[open] textarea"
			if strings.TrimSpace(page.Text(field)) != strings.TrimSpace(reason) || !page.Has("#findings .wrong") || !page.Has(`#errors a[href="#`+page.Attr(field, "id")+`"]`) {
				t.Errorf("%s: the page says %.300q", name, page.Text("#errors")+page.Text("#findings"))
			}
		}
		if sheet := s.chief.open(ref); !sheet.Findings[0].Open() {
			t.Error("it is explained")
		}
		form.Set("reason", "Đúng như thế.")
		form.Set("hash", "older")
		if page := s.editor.send(pathOf(ref)+"/findings", form).Is(http.StatusConflict); page.Text("#findings details[open] textarea") != "Đúng như thế." {
			t.Errorf("what was typed for an older text is gone: %q", page.Text("#findings"))
		}
	})
}
