package desk_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/newsroom"
	"doingoai/app/release"
)

// report is a letter of a reader about an article.
func (w *world) report(id, message string, ref newsroom.Ref) {
	w.t.Helper()
	w.must(w.letters.Accept(ctx, release.Letter{
		ID: id, Kind: "error_report", Outlet: w.portalOutlet, Item: ref.Item, Lang: "vi", Address: "/vi/kinh-te/bai",
		Message: message, Contact: "docgia@example.vn", SentAt: w.db.Now(),
	}))
}

func TestReadersLettersAreReadAndDealtWith(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Số liệu quý II"))
		if got := s.editor.Get("/letters").Is(http.StatusOK).Text(".empty"); !strings.HasPrefix(got, "Không có phản ánh nào.") {
			t.Errorf("an empty box says %q", got)
		}
		w.report("maphieu0001", "Số tỷ và số triệu lẫn nhau.\nXin xem lại.", ref)
		if got := s.editor.Get("/").Text(`main a[href="/letters"]`); got != "1 phản ánh của bạn đọc chờ xử lý" {
			t.Errorf("the first page says %q", got)
		}
		if s.reporter.Get("/").Has(`a[href="/letters"]`) {
			t.Error("a reporter is sent to a page that is closed to them")
		}
		page := s.editor.Get("/letters").Is(http.StatusOK)
		for _, want := range []string{"Số tỷ và số triệu lẫn nhau.", "docgia@example.vn", "Mã tiếp nhận maphieu0001"} {
			if !strings.Contains(page.Text(".rows"), want) {
				t.Errorf("the list lacks %q", want)
			}
		}
		if got := page.Attr(".rows a", "href"); got != pathOf(ref) {
			t.Errorf("the letter leads to %q", got)
		}
		if s.auditor.Get("/letters").Is(http.StatusOK).Has(`form[action$="/close"]`) {
			t.Error("an auditor is offered to close it")
		}
		close := page.Attr(`form[action$="/close"]`, "action")
		s.editor.send(close, nil).Is(http.StatusSeeOther).LeadsTo("/letters?done=closed")
		s.editor.send(close, nil).Is(http.StatusSeeOther) // done stays done
		if s.editor.Get("/letters").Has(".rows") {
			t.Error("it is still open")
		}
		done := s.editor.Get("/letters?done_only=1").Is(http.StatusOK)
		if got := done.Text(".rows"); !strings.Contains(got, "Biên tập Bình xử lý 08:00, 01/07/2026") {
			t.Errorf("the list of what is done says %q", got)
		}
	})
}

func TestLettersHavePages(t *testing.T) {
	w := oneWorld(t)
	editor := w.hire(w.portal, account.Editor)
	for i := range 31 {
		w.report(fmt.Sprintf("maphieu%04d", i), fmt.Sprintf("Phản ánh số %d", i), newsroom.Ref{})
		w.clock.Advance(time.Second)
	}
	first := editor.Get("/letters").Is(http.StatusOK)
	second := editor.Get("/letters" + first.Attr(`a[rel="next"]`, "href")).Is(http.StatusOK)
	if a, b := len(first.All(".rows > li")), len(second.All(".rows > li")); a != 30 || b != 1 {
		t.Errorf("pages of %d and %d letters", a, b)
	}
	if first.Has(`a[rel="prev"]`) || second.Attr(`a[rel="prev"]`, "href") != "?page=1" || second.Has(`a[rel="next"]`) {
		t.Error("the pages do not lead to each other")
	}
}

// entries counts the trail, and makes sure that it is whole.
func (w *world) entries() int {
	w.t.Helper()
	n, err := audit.Verify(ctx, w.db)
	w.must(err)
	return int(n)
}
