package desk_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/media"
	"doingoai/app/newsroom"

	"github.com/chromedp/chromedp"
)

// What is typed meets buttons that do not save it, another tab, another
// person: the page asks, and what was dropped can be taken back.

// editing is an editor in front of an article that they have taken.
func editing(w *world) (staff, *screen, newsroom.Ref) {
	w.t.Helper()
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	s.carry(ref, newsroom.Editing)
	page := s.editor.screen(w.serve())
	page.open(pathOf(ref))
	return s, page, ref
}

// gone waits for the page after this one.
func (s *screen) gone(press func()) {
	s.t.Helper()
	s.do(`() => { window.before = true }`)
	press()
	s.until("the next page", `() => !window.before && document.readyState === "complete"`)
	s.settle()
}

const returning = `details:has(#reason-return)`

func TestAVerbAsksAboutUnsavedText(t *testing.T) {
	p, s, ref := editing(oneWorld(t))
	s.click(returning + " summary")
	s.click("#reason-return")
	s.insert("Thiếu nguồn số liệu.")
	if got := s.text(`label[for="reason-return"] .counter`); got != "20/1000" {
		t.Errorf("the reason's counter says %q", got)
	}
	s.caretAtEnd()
	s.insert(" Câu sửa.")
	press := func() { s.click(returning + " button[name=verb]") }
	press()
	if got := s.text("[data-ask]"); !strings.Contains(got, "Bạn có nội dung chưa lưu.") || !strings.Contains(got, "Bỏ nội dung chưa lưu rồi trả lại") {
		t.Fatalf("the page asks %q", got)
	}
	s.key(escape)
	if s.text("[data-ask]") != "" || p.editor.open(ref).State != newsroom.Editing {
		t.Error("Escape is not a way back")
	}
	press()
	s.gone(func() { s.click("[data-ask] [data-save]") })
	if rev := p.editor.open(ref).Revision; rev.Number != 2 || !strings.HasSuffix(rev.Content.Body, "Câu sửa.") {
		t.Errorf("saved %+v", rev)
	}
	if got := run[string](s, `() => document.getElementById("reason-return").value`); got != "Thiếu nguồn số liệu." {
		t.Errorf("after saving first the reason is %q", got)
	}

	s.caretAtEnd()
	s.insert(" Câu bỏ.")
	p.editor.kept(ref, "Câu bỏ.")
	press()
	s.gone(func() { s.click("[data-ask] [data-drop]") })
	sheet := p.editor.open(ref)
	if sheet.State != newsroom.Returned || sheet.Head != 2 || sheet.Unsaved != nil || sheet.Reason != "Thiếu nguồn số liệu." {
		t.Errorf("it is %s, version %d, unsaved %v, reason %q", sheet.State, sheet.Head, sheet.Unsaved, sheet.Reason)
	}
}

// Somebody who reads and decides has typed something earlier.
func TestDecidingAsksAboutAnOfferedDraft(t *testing.T) {
	w := oneWorld(t)
	p := w.hireStaff()
	ref := p.reporter.write(w.article("Bài"))
	p.carry(ref, newsroom.Approval)
	p.chief.typing(ref, map[string]any{"base": "1", "headline": "Bài", "body": "Câu của tổng biên tập."})
	s := p.chief.screen(w.serve())
	s.open(pathOf(ref))
	s.until("the page's script", `() => document.documentElement.dataset.desk === "ready"`)
	s.click("input[name='answer-approval.secrets']")
	s.click("button[value=approve]")
	if got := s.text("[data-ask] [data-drop]"); got != "Bỏ nội dung chưa lưu rồi duyệt" {
		t.Fatalf("the page asks %q", got)
	}
	s.gone(func() { s.click("[data-ask] [data-drop]") })
	if sheet := p.chief.open(ref); sheet.State != newsroom.Approved || sheet.Unsaved != nil {
		t.Errorf("it is %s, unsaved %v", sheet.State, sheet.Unsaved)
	}
	s.until("the way back", `() => document.documentElement.dataset.desk === "ready" && document.querySelector("[data-dropped]").checkVisibility()`)
	s.gone(func() { s.click("[data-dropped] [data-undo]") })
	if got := s.text(".prose"); got != "Câu của tổng biên tập." {
		t.Errorf("taken back: %q", got)
	}
}

func TestAReasonIsNotLeftUnawares(t *testing.T) {
	_, s, _ := editing(oneWorld(t))
	asked := s.dialogs()
	s.click(returning + " summary")
	s.click("#reason-return")
	s.key("a")
	s.open("/help")
	select {
	case <-asked:
	case <-time.After(30 * time.Second):
		t.Error("the page let go of a reason without a word")
	}
}

func TestDiscardingCanBeTakenBack(t *testing.T) {
	w := oneWorld(t)
	p, s, ref := writing(w, "Nội dung.")
	s.caretAtEnd()
	s.insert(" Bỏ nhầm.")
	p.kept(ref, "Bỏ nhầm.")
	s.open(pathOf(ref))
	s.gone(func() { s.click("form[data-discards] button") })
	if p.open(ref).Unsaved != nil || s.text(".prose") != "Nội dung." {
		t.Errorf("after discarding: %q", s.text(".prose"))
	}
	s.click("[data-dropped] [data-undo]")
	if got := s.text(".prose"); got != "Nội dung. Bỏ nhầm." {
		t.Errorf("taken back: %q", got)
	}
	p.kept(ref, "Bỏ nhầm.")
	if s.text("[data-dropped]") != "" {
		t.Error("the way back stays when it was gone")
	}
}

func TestASecondTabIsTold(t *testing.T) {
	w := oneWorld(t)
	p, s, ref := writing(w, "Nội dung.")
	other := map[string]any{"base": "1", "headline": "Cửa khẩu Hoa Lư mở thêm làn", "body": "Của thẻ kia."}
	p.typing(ref, other)
	w.clock.Advance(time.Minute)
	s.caretAtEnd()
	s.insert(" Của thẻ này.")
	told := func() {
		t.Helper()
		s.until("the page to say so", `() => document.querySelector("[data-elsewhere]").checkVisibility()`)
		if got := s.status(); got != "Bài này đang mở ở thẻ khác, nội dung ở đó mới hơn." {
			t.Errorf("the page says %q", got)
		}
	}
	told()
	if got := p.open(ref).Unsaved.Content.Body; got != "Của thẻ kia." {
		t.Fatalf("the other tab's text became %q", got)
	}
	s.click("button[data-save]") // must not end the other tab's text either
	s.until("the choice to be asked for", `() => document.activeElement === document.querySelector("[data-elsewhere] button")`)
	if got := p.open(ref).Head; got != 1 {
		t.Errorf("saved version %d", got)
	}
	s.click("[data-elsewhere] [data-keep]")
	p.kept(ref, "Nội dung. Của thẻ này.")
	if s.text("[data-dropped]") == "" {
		t.Error("the other tab's text cannot be taken back")
	}

	w.clock.Advance(time.Minute)
	other["stamp"] = p.Get(pathOf(ref)).Attr("[data-stamp]", "data-stamp")
	p.typing(ref, other).Is(200)
	w.clock.Advance(time.Minute)
	s.caretAtEnd()
	s.insert(" Lại gõ.")
	told()
	s.gone(func() { s.click("[data-elsewhere] [data-load]") })
	if got := s.text(".prose"); got != "Của thẻ kia." {
		t.Errorf("loaded %q", got)
	}
	s.click("[data-dropped] [data-undo]")
	if got := s.text(".prose"); got != "Nội dung. Của thẻ này. Lại gõ." {
		t.Errorf("taken back: %q", got)
	}
}

// An answer that was lost is no second tab.
func TestALostAnswerIsNoOtherTab(t *testing.T) {
	w := oneWorld(t)
	p, s, ref := writing(w, "Nội dung.")
	s.do(`() => { window.realFetch = fetch; window.fetch = (...asked) => realFetch(...asked).then(() => Promise.reject(new TypeError("lost"))) }`)
	s.caretAtEnd()
	s.insert(" Một.")
	p.kept(ref, "Một.")
	s.until("the line to be lost", `() => document.querySelector("[data-autosave-status]").dataset.state === "offline"`)
	w.clock.Advance(time.Minute)
	s.do(`() => { window.fetch = realFetch }`)
	s.insert(" Hai.")
	s.do(`() => dispatchEvent(new Event("online"))`)
	p.kept(ref, "Một. Hai.")
}

func TestNoFalseAlarms(t *testing.T) {
	w := oneWorld(t)
	p, s, ref := writing(w, "Nội dung.")
	asked := s.dialogs()
	s.do(`() => {
		const h = document.getElementById("f-headline");
		h.dispatchEvent(new Event("change", { bubbles: true }));
		h.value += " ";
		h.dispatchEvent(new Event("input", { bubbles: true }));
	}`)
	s.open("/help") // nothing differs
	// A text that arrived while the page was closing is still on the device.
	s.open(pathOf(ref))
	s.do(`() => { window.fetch = () => new Promise(() => {}) }`)
	s.caretAtEnd()
	s.insert(" Câu đã tới nơi.")
	s.until("it to be on the device", `() => Object.values(localStorage).some((v) => v.includes("Câu đã tới nơi."))`)
	text := run[string](s, `() => document.getElementById("f-headline").value`)
	p.typing(ref, map[string]any{
		"base": "1", "headline": text, "body": "Nội dung. Câu đã tới nơi.", "section": w.economy, "outlets": []string{w.portalOutlet},
		"standfirst": "Tóm tắt của Cửa khẩu Hoa Lư mở thêm làn", "byline": "Phòng Tin",
	}).Is(200)
	select {
	case kind := <-asked:
		t.Errorf("a page without changes asked before leaving: %s", kind)
	default:
	}
	s.open("/help")
	s.open(pathOf(ref))
	if got := s.text("[data-offer-local]"); got != "" {
		t.Errorf("offered although the newsroom has it: %q", got)
	}
	if s.text("[data-offer-stored]") == "" {
		t.Error("the newsroom's draft is not offered")
	}
}

// What is typed on the merge page is kept like any text.
func TestTypingOnTheMergePageIsKept(t *testing.T) {
	w := oneWorld(t)
	p, s, ref := editing(w)
	content := p.editor.open(ref).Revision.Content
	content.Body = "Của thư ký."
	_, err := w.newsroom.Save(ctx, p.managing.actor, ref, 1, content)
	w.must(err)
	s.caretAtEnd()
	s.insert(" Của biên tập.")
	s.gone(func() { s.click("button[data-save]") })
	s.until("the merge page", `() => document.querySelector(".merge") !== null && document.documentElement.dataset.desk === "ready"`)
	s.do(`() => { const f = document.getElementById("f-body"); f.focus(); f.setSelectionRange(f.value.length, f.value.length) }`)
	s.insert(" Gõ ở trang gộp.")
	p.editor.kept(ref, " Gõ ở trang gộp.")
	if got := p.editor.open(ref).Unsaved.Base; got != 2 {
		t.Errorf("kept as begun with version %d", got)
	}
	s.gone(func() { s.click("[data-discards]") })
	if p.editor.open(ref).Unsaved != nil {
		t.Error("dropping one's own side left it unsaved")
	}
	if s.text("[data-dropped]") == "" {
		t.Error("it cannot be taken back")
	}
}

func TestAPictureThatIsTooLargeIsNotSent(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	file := filepath.Join(t.TempDir(), "to.jpg")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(file, media.MaxBytes+1); err != nil { // takes no room
		t.Fatal(err)
	}
	s.w.must(chromedp.Do(s.limit(), chromedp.SetUploadFiles(chromedp.CSS("#f-lead_file"), []string{file})))
	s.until("the message", `() => document.querySelector("[data-picture-wrong]").checkVisibility()`)
	if got := s.text("[data-picture-wrong]"); got != "Ảnh quá nặng, tối đa 25 MB." {
		t.Errorf("the field says %q", got)
	}
	if run[int](s, `() => document.getElementById("f-lead_file").files.length`) != 0 {
		t.Error("the file is still to be sent")
	}
	apptest.Eventually(t, "the message to go", func() bool {
		s.w.must(chromedp.Do(s.limit(), chromedp.SetUploadFiles(chromedp.CSS("#f-lead_file"), []string{paint(t)})))
		return s.text("[data-picture-wrong]") == ""
	})
}
