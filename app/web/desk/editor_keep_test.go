package desk_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/newsroom"

	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// What is typed is never lost: these tests take away the page, the session and
// the line while somebody is writing.

// kept waits until the newsroom has an unsaved text that ends like this.
func (p *person) kept(ref newsroom.Ref, end string) {
	p.w.t.Helper()
	apptest.Eventually(p.w.t, "the newsroom to have “"+end+"”", func() bool {
		unsaved := p.open(ref).Unsaved
		return unsaved != nil && strings.HasSuffix(unsaved.Content.Body, end)
	})
}

// status is the line that says whether what was typed is safe.
func (s *screen) status() string { return s.text("[data-autosave-status]") }

func TestTypingIsKeptAndRestored(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	s.caretAtEnd()
	s.insert(" Câu mới.")
	p.kept(ref, "Nội dung. Câu mới.")
	s.until("the line to say so", `() => document.querySelector("[data-autosave-status]").textContent === "Đã lưu tạm lúc 08:00"`)
	if got := p.open(ref).Head; got != 1 {
		t.Errorf("autosave made version %d", got)
	}

	s.open("/editions") // leaves without saving
	s.open(pathOf(ref))
	if got := s.text("[data-offer-stored]"); !strings.Contains(got, "Bạn có nội dung chưa lưu") {
		t.Fatalf("the page offers %q", got)
	}
	if !run[bool](s, `() => document.getElementById("editor").inert`) {
		t.Error("one could type over the text that is offered")
	}
	s.click("[data-offer-stored] a")
	s.until("the restored page", `() => location.search === "?restore=1" && document.documentElement.dataset.desk === "ready"`)
	if got := s.text(".prose"); got != "Nội dung. Câu mới." {
		t.Errorf("restored %q", got)
	}
	s.save()
	sheet := p.open(ref)
	if sheet.Unsaved != nil || sheet.Revision.Content.Body != "Nội dung. Câu mới." {
		t.Errorf("saved %q, unsaved %v", sheet.Revision.Content.Body, sheet.Unsaved)
	}
	if s.text("[data-offer-stored], [data-offer-local]") != "" {
		t.Error("after saving something is still offered")
	}
}

func TestEveryFieldIsKept(t *testing.T) {
	w := oneWorld(t)
	p, s, ref := writing(w, "Nội dung.")
	s.do(`(paper) => {
		for (const [name, value] of Object.entries({ kicker: "Cửa khẩu", headline: "Tít khác", standfirst: "Sapo khác", byline: "An", source_name: "Báo", slug: "tit-khac", lead_alt: "mô tả" })) {
			document.getElementById("f-" + name).value = value;
		}
		document.querySelector("[name=outlets][value='" + paper + "']").click();
		document.getElementById("f-kicker").dispatchEvent(new Event("input", { bubbles: true }));
	}`, w.paperOutlet)
	apptest.Eventually(t, "the fields to be kept", func() bool { return p.open(ref).Unsaved != nil })
	got := p.open(ref).Unsaved.Content
	for name, is := range map[string]bool{
		"kicker": got.Kicker == "Cửa khẩu", "headline": got.Headline == "Tít khác", "standfirst": got.Standfirst == "Sapo khác",
		"byline": got.Byline == "An", "source": got.SourceName == "Báo", "slug": got.Slug == "tit-khac", "alt": got.Lead.Alt == "mô tả",
		"outlets": len(got.Outlets) == 2, "section": got.Section == w.economy,
	} {
		if !is {
			t.Errorf("%s was not kept: %+v", name, got)
		}
	}
}

func TestLeavingThePageSendsWhatWasTyped(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	s.dialogs()
	s.caretAtEnd()
	s.insert(" Câu cuối.")
	s.open("/help") // at once, long before typing pauses
	p.kept(ref, "Câu cuối.")
}

func TestTheBrowserWarnsOnlyOfWhatIsNotSent(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	asked := s.dialogs()
	s.caretAtEnd()
	s.key("a")
	p.kept(ref, "Nội dung.a")
	s.until("the line to say so", `() => document.querySelector("[data-autosave-status]").textContent !== ""`)
	s.open("/help")
	select {
	case kind := <-asked:
		t.Errorf("a page that was sent asked before leaving: %s", kind)
	default:
	}
	s.open(pathOf(ref) + "?restore=1")
	s.caretAtEnd()
	s.key("b")
	s.open("/help")
	select {
	case <-asked:
	case <-time.After(30 * time.Second):
		t.Error("the page let go of what was typed without a word")
	}
}

func TestTheLineGoesAndComesBack(t *testing.T) {
	w := oneWorld(t)
	p, s, ref := writing(w, "Nội dung.")
	s.do(`() => { window.realFetch = fetch; window.fetch = () => Promise.reject(new TypeError("offline")) }`)
	s.caretAtEnd()
	s.insert(" Gõ lúc mất mạng.")
	s.until("the line to say so", `() => document.querySelector("[data-autosave-status]").dataset.state === "offline"`)
	if got := s.status(); !strings.Contains(got, "Mất kết nối") {
		t.Errorf("the page says %q", got)
	}
	// Saving now would only lead to the browser's own error page.
	s.click("button[data-save]")
	s.until("still here", `() => document.querySelector("[data-autosave-status]").dataset.state === "offline" && location.search === ""`)
	if got := p.open(ref).Head; got != 1 {
		t.Errorf("saved as version %d without a line", got)
	}
	s.do(`() => { window.fetch = realFetch; dispatchEvent(new Event("online")) }`)
	p.kept(ref, "Gõ lúc mất mạng.")
	s.until("the line to say so", `() => document.querySelector("[data-autosave-status]").dataset.state === "saved"`)
}

// The browser is killed while there is no line: the text is on the device.
func TestTextOnTheDeviceIsOffered(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	s.dialogs()
	s.do(`() => { window.fetch = () => Promise.reject(new TypeError("offline")) }`)
	s.caretAtEnd()
	s.insert(" Chưa gửi được.")
	s.until("it to be on the device", `() => Object.values(localStorage).some((v) => v.includes("Chưa gửi được."))`)
	s.open("/help")
	s.open(pathOf(ref))
	if got := s.text("[data-offer-local]"); !strings.Contains(got, "Trên máy này có nội dung mới hơn") {
		t.Fatalf("the page offers %q", got)
	}
	s.click("[data-offer-local] [data-restore]")
	if got := s.text(".prose"); got != "Nội dung. Chưa gửi được." {
		t.Errorf("restored %q", got)
	}
	p.kept(ref, "Chưa gửi được.")
	s.until("the device to forget it", `() => !Object.values(localStorage).some((v) => v.includes("Chưa gửi được."))`)
}

func TestTextOnTheDeviceCanBeDropped(t *testing.T) {
	_, s, ref := writing(oneWorld(t), "Nội dung.")
	s.dialogs()
	s.do(`() => { window.fetch = () => Promise.reject(new TypeError("offline")) }`)
	s.caretAtEnd()
	s.insert(" Không cần nữa.")
	s.until("it to be on the device", `() => Object.values(localStorage).some((v) => v.includes("Không cần nữa."))`)
	s.open("/help")
	s.open(pathOf(ref))
	s.click("[data-offer-local] [data-drop]")
	if got := s.body(); got != "Nội dung." {
		t.Errorf("after dropping: %q", got)
	}
	s.open(pathOf(ref))
	if got := s.text("[data-offer-local]"); got != "" {
		t.Errorf("offered again: %q", got)
	}
}

// The session ends while somebody writes; they sign in again in another tab
// and go on, and nothing was lost.
func TestSigningInAgainGoesOn(t *testing.T) {
	w := oneWorld(t)
	p, s, ref := writing(w, "Nội dung.")
	w.must(w.accounts.SignOut(ctx, p.token))
	s.caretAtEnd()
	s.insert(" Sau khi hết phiên.")
	s.until("the page to say so", `() => document.querySelector("[data-signed-out]").checkVisibility()`)
	if got := s.text("[data-signed-out]"); !strings.Contains(got, "Phiên làm việc đã hết hạn") {
		t.Errorf("the page says %q", got)
	}
	s.click("button[data-save]") // must not throw the text away
	again := w.enter(p.actor.Email)
	s.signIn(again)
	s.do(`() => dispatchEvent(new Event("online"))`)
	again.kept(ref, "Sau khi hết phiên.")
	s.until("the page to be content", `() => !document.querySelector("[data-signed-out]").checkVisibility()`)
	s.save()
	if got := again.open(ref).Revision.Content.Body; got != "Nội dung. Sau khi hết phiên." {
		t.Errorf("saved %q", got)
	}
}

// What cannot be kept any more, because somebody else has taken the article
// on, is said with the reason.
func TestARefusedTextIsExplained(t *testing.T) {
	w := oneWorld(t)
	p, s, ref := writing(w, "Nội dung.")
	p.do(ref, newsroom.Submit, newsroom.Ask{})
	s.caretAtEnd()
	s.insert(" Muộn rồi.")
	s.until("the reason", `() => document.querySelector("[data-autosave-status]").dataset.state === "refused"`)
	if got := s.status(); !strings.Contains(got, "Chưa lưu tạm được. Bài đang chờ biên tập.") {
		t.Errorf("the page says %q", got)
	}
}

func TestCtrlSSaves(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	s.caretAtEnd()
	s.insert(" Lưu bằng phím.")
	s.key("s", ctrl)
	s.until("the page after saving", `() => location.search === "?done=saved"`)
	if got := p.open(ref).Revision.Content.Body; got != "Nội dung. Lưu bằng phím." {
		t.Errorf("saved %q", got)
	}
}

func TestLongFieldsAreCountedAndNotCut(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	s.do(`() => { const h = document.getElementById("f-headline"); h.focus(); h.select() }`)
	s.insert(strings.Repeat("ề", 1500)) // a whole paragraph, pasted by mistake
	if got := s.text(`label[for="f-headline"] .counter`); got != "1500/200, thừa 1300 ký tự" {
		t.Errorf("the counter says %q", got)
	}
	if !run[bool](s, `() => document.querySelector("label[for=f-headline] .counter").classList.contains("over")`) {
		t.Error("the counter does not show that it is too long")
	}
	s.click("button[data-save]")
	s.until("the refusal", `() => document.querySelector(".errors") !== null && document.documentElement.dataset.desk === "ready"`)
	if got := run[int](s, `() => document.getElementById("f-headline").value.length`); got != 1500 {
		t.Errorf("%d characters came back", got)
	}
	if got := s.text(".field:has(#f-headline) .wrong"); got != "Nội dung quá dài, tối đa 200 ký tự." {
		t.Errorf("the field says %q", got)
	}
}

func TestPreviewShowsWhatWasJustTyped(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	s.caretAtEnd()
	s.insert(" Xem trước câu này.")
	opened := chromedp.WaitNewTarget(s.ctx, func(*target.Info) bool { return true })
	s.click("a[data-preview]")
	<-opened
	if unsaved := p.open(ref).Unsaved; unsaved == nil || !strings.HasSuffix(unsaved.Content.Body, "Xem trước câu này.") {
		t.Errorf("the preview was opened before the text had arrived: %v", unsaved)
	}
	page := p.Get(pathOf(ref) + "/preview/" + p.w.portalOutlet + "?unsaved=1").Is(http.StatusOK)
	if !strings.Contains(page.Body, "Xem trước câu này.") {
		t.Error("the preview has not got what was typed")
	}
}
