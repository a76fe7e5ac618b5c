package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
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

// A reader's report leads to the correction that answers it, and back.
func TestACorrectionAnswersTheLettersThatAskedForIt(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		ref := s.reporter.write(w.article("Số liệu quý II"))
		s.carry(ref, newsroom.Published)
		w.report("maphieu0001", "Bài ghi 13 khu, đúng là 12 khu.", ref)
		w.report("maphieu0002", "Sai chính tả ở tít.", ref)
		w.report("maphieu0003", "Về bài khác.", newsroom.Ref{})
		page := s.chief.Get("/letters").Is(http.StatusOK)
		if got := page.Text(".rows"); !strings.Contains(got, "Hạn trả lời 16/07/2026") || strings.Contains(got, "Quá hạn") {
			t.Errorf("when it is due: %q", got)
		}
		way := page.Attr(`a[href$="?letter=maphieu0001"]`, "href")
		if got := s.reporter.Get(pathOf(ref)); got.Has("#letter-maphieu0001") {
			t.Error("a reporter is shown readers' letters")
		}
		if got := s.editor.Get(way).Is(http.StatusOK).Text("#letter-maphieu0001"); !strings.Contains(got, "đúng là 12 khu") {
			t.Errorf("beside the text: %q", got)
		}
		w.clock.Advance(time.Hour)
		s.reporter.send(pathOf(ref), url.Values{"base": {"1"}, "headline": {"Số liệu quý II"}, "standfirst": {"Sapo"}, "body": {"12 khu"}, "section": {w.economy}, "outlets": {w.portalOutlet}}).Is(http.StatusSeeOther)
		s.carry(ref, newsroom.Approved)
		form := s.chief.Get(way).Is(http.StatusOK)
		if got := form.Text("#reason-correct"); got != "Bài ghi 13 khu, đúng là 12 khu." || !form.Has(`details[open] input[name="letters"][value="maphieu0001"][checked]`) || form.Has(`input[value="maphieu0002"][checked]`) || form.Has(`input[value="maphieu0003"]`) {
			t.Errorf("the form begins with %q", got)
		}
		before := w.entries()
		if got := s.chief.press(ref, newsroom.Correct, url.Values{"reason": {"Ghi 13 khu"}, "right": {"12 khu"}, "letters": {"maphieu0003"}}).Is(http.StatusConflict).Text(".errors"); !strings.Contains(got, "bài khác") {
			t.Errorf("a letter about something else: %q", got)
		}
		if w.entries() != before {
			t.Error("what was refused was done in part")
		}
		s.chief.press(ref, newsroom.Correct, url.Values{"reason": {"Ghi 13 khu"}, "right": {"12 khu"}, "letters": {"maphieu0001"}}).Is(http.StatusSeeOther)
		if got := s.chief.Get("/letters").Text(".rows"); strings.Contains(got, "12 khu") || !strings.Contains(got, "Sai chính tả") {
			t.Errorf("open: %q", got)
		}
		done := s.chief.Get("/letters?done_only=1").Is(http.StatusOK)
		if got := done.Attr(`.rows a[href="`+pathOf(ref)+`"]`, "href"); got == "" || !strings.Contains(done.Text(".rows"), "đã cải chính bài") {
			t.Errorf("the letter that is done says %q", done.Text(".rows"))
		}
		s.chief.send("/letters/maphieu0002/close", nil).Is(http.StatusSeeOther)
		if got := len(s.chief.Get("/letters?done_only=1").All(`.rows > li`)); got != 2 || strings.Count(s.chief.Get("/letters?done_only=1").Text("main"), "đã cải chính bài") != 1 {
			t.Errorf("%d letters are done, and each says that it was a correction", got)
		}
		if trail, err := audit.Of(ctx, w.db, "letter/maphieu0001", 9); err != nil || len(trail) != 1 || trail[0].Verb != "letter.answer" || trail[0].Detail["by"] != "edition/"+ref.Item+"/vi" {
			t.Errorf("the trail says %+v %v", trail, err)
		}
	})
}

// The answer to a reader is written at the letter, kept when it is refused, and
// shown to colleagues afterwards.
func TestAReaderIsAnsweredAtTheDesk(t *testing.T) {
	w := oneWorld(t)
	editor, auditor := w.hire(w.portal, account.Editor), w.hire(w.portal, account.Auditor)
	w.report("maphieu0001", "Số xã phải là 72.", newsroom.Ref{})
	w.must(w.letters.Accept(ctx, release.Letter{ID: "maphieu0002", Kind: "contact", Topic: "access", Outlet: w.portalOutlet, Lang: "vi", Message: "Chữ nhỏ quá.", SentAt: w.db.Now()}))
	page := editor.Get("/letters").Is(http.StatusOK)
	for _, want := range []string{"Báo lỗi", "Liên hệ: khó đọc hoặc khó dùng trang", "Gửi bằng thư điện tử", "Người gửi không để lại địa chỉ"} {
		if !strings.Contains(page.Text(".rows"), want) {
			t.Errorf("the list lacks %q", want)
		}
	}
	if auditor.Get("/letters").Has(`form[action$="/answer"]`) {
		t.Error("an auditor is offered to answer")
	}
	way := "/letters/maphieu0001/answer"
	refused := editor.send(way, url.Values{"answer": {strings.Repeat("a", 5001)}}).Is(http.StatusUnprocessableEntity)
	if got := refused.Text(`details[open] textarea[aria-invalid]`); len(got) != 5001 || !refused.Has(".errors") {
		t.Errorf("what was refused came back with %d characters", len(got))
	}
	editor.send(way, url.Values{"answer": {"Đúng là 72, chúng tôi đã sửa."}}).Is(http.StatusSeeOther).LeadsTo("/letters?done=letter_answered")
	if got := editor.Get("/letters").Text(".rows"); strings.Contains(got, "72") {
		t.Errorf("it is still open: %q", got)
	}
	done := auditor.Get("/letters?done_only=1").Is(http.StatusOK)
	if got := done.Text(".rows"); !strings.Contains(got, "Đúng là 72, chúng tôi đã sửa.") {
		t.Errorf("what is done says %q", got)
	}
	editor.send(way, url.Values{"answer": {"Khác"}}).Is(http.StatusConflict)
	w.clock.Advance(time.Hour)
	w.must(w.letters.EraseContacts(ctx, 0))
	if got := auditor.Get("/letters?done_only=1").Text(".rows"); !strings.Contains(got, "địa chỉ thư điện tử đã xóa 01/07/2026") || strings.Contains(got, "@") {
		t.Errorf("after its address was erased it says %q", got)
	}
	if got := auditor.Get("/audit").Text("main"); !strings.Contains(got, "Xóa địa chỉ của bạn đọc khi hết hạn giữ") {
		t.Errorf("the trail says %q", got)
	}
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

func TestRatingsAreReadAsSums(t *testing.T) {
	w := oneWorld(t)
	editor, reporter := w.hire(w.portal, account.Editor), w.hire(w.portal, account.Reporter)
	if got := editor.Get("/ratings").Is(http.StatusOK).Text(".empty"); !strings.HasPrefix(got, "Tháng này chưa có đánh giá nào.") {
		t.Errorf("an empty month says %q", got)
	}
	for i := range 7 {
		address := map[bool]string{true: "/vi/=1+1", false: "/vi/bai"}[i == 6]
		w.must(w.letters.Accept(ctx, release.Letter{ID: fmt.Sprintf("danhgia%04d", i), Kind: "rating", Outlet: w.portalOutlet, Lang: "vi", Section: w.economy, Address: address, Rating: min(i+1, 5), SentAt: w.db.Now()}))
	}
	page := editor.Get("/ratings?month=2026-07").Is(http.StatusOK)
	if got := page.Text("main"); !strings.Contains(got, "7 lượt đánh giá; trung bình: 3,6.") || !strings.Contains(got, "quá ít lượt để tính") {
		t.Errorf("the page says %q", got)
	}
	table := editor.Get(page.Attr(`a[download]`, "href")).Is(http.StatusOK)
	if !strings.Contains(table.Body, "/vi/bai,vi,"+w.economy+",1,1,1,1,2,6") || !strings.Contains(table.Header.Get("Content-Disposition"), "ratings-2026-07.csv") {
		t.Errorf("the table is %q", table.Body)
	}
	editor.Get("/ratings?month=x").Is(http.StatusBadRequest)
	reporter.Get("/ratings").Is(http.StatusForbidden)
}
