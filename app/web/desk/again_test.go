package desk_test

import (
	"strings"
	"testing"

	"doingoai/app/account"
)

// expire ends every session of a person, as time or an administrator would.
func (p *person) expire() {
	p.w.t.Helper()
	_, err := p.w.accounts.RevokeOthers(ctx, account.Actor{ID: p.actor.ID, Session: "none"})
	p.w.must(err)
}

// fill types into the dialog and sends it.
func (s *screen) fill(id, text string) {
	s.t.Helper()
	s.until("the dialog to ask for "+id, `(id) => document.querySelector("dialog[data-again]").open && document.getElementById(id).checkVisibility()`, id)
	s.do(`(id, text) => { document.getElementById(id).value = text; document.getElementById(id).form.requestSubmit() }`, id, text)
}

const dialogClosed = `() => !document.querySelector("dialog[data-again]").open`

// TestASessionThatEndsWhileOneTypesIsBegunAgainInPlace: the page is not left,
// typing goes on, and the text is saved once.
func TestASessionThatEndsWhileOneTypesIsBegunAgainInPlace(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	app, _ := p.enrol()
	s.do(`() => { window.stays = true }`)
	s.caretAtEnd()
	s.insert(" Trước khi hết phiên.")
	p.kept(ref, "Trước khi hết phiên.")
	p.expire()
	s.insert(" Sau đó.")
	s.until("the dialog", `() => document.querySelector("dialog[data-again]").open`)
	s.fill("again-password", "sai rồi sai rồi")
	s.until("the reason", `() => document.querySelector("dialog [data-wrong]").textContent === "Thư điện tử hoặc mật khẩu chưa đúng."`)
	s.fill("again-password", password)
	s.fill("again-code", "000000")
	s.until("the reason", `() => document.querySelector("dialog [data-wrong]").textContent.startsWith("Mã chưa đúng")`)
	s.fill("again-code", app.code())
	s.until("the dialog to close", dialogClosed)
	p.kept(ref, "Nội dung. Trước khi hết phiên. Sau đó.")
	s.caretAtEnd()
	s.insert(" Rồi viết tiếp.")
	p.kept(ref, "Rồi viết tiếp.")
	if !run[bool](s, `() => window.stays === true`) {
		t.Error("the page was left")
	}
	s.save()
	sheet := p.open(ref)
	if sheet.Revision.Content.Body != "Nội dung. Trước khi hết phiên. Sau đó. Rồi viết tiếp." || sheet.Head != 2 || sheet.Unsaved != nil {
		t.Errorf("saved %q as version %d", sheet.Revision.Content.Body, sheet.Head)
	}
}

// TestSavingGoesOnAfterSigningInAgain: the button that was pressed does what it
// was pressed for.
func TestSavingGoesOnAfterSigningInAgain(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	s.caretAtEnd()
	s.insert(" Câu cuối.")
	p.expire()
	s.do(`() => { window.before = true }`)
	s.click("button[data-save]")
	s.fill("again-password", password)
	s.until("the page after saving", `() => !window.before && location.search === "?done=saved"`)
	if sheet := p.open(ref); sheet.Revision.Content.Body != "Nội dung. Câu cuối." || sheet.Head != 2 {
		t.Errorf("saved %q as version %d", sheet.Revision.Content.Body, sheet.Head)
	}
}

// TestSigningInAgainCanWait: one may go on typing, and come back to it.
func TestSigningInAgainCanWait(t *testing.T) {
	p, s, ref := writing(oneWorld(t), "Nội dung.")
	s.dialogs()
	p.expire()
	s.caretAtEnd()
	s.insert(" Một.")
	s.until("the dialog", `() => document.querySelector("dialog[data-again]").open`)
	s.key(escape)
	s.until("the dialog to close", dialogClosed)
	s.caretAtEnd()
	s.insert(" Hai.")
	s.until("the text to be on this device", `() => Object.keys(localStorage).some((k) => k.startsWith("desk.unsent.") && localStorage[k].includes("Một. Hai."))`)
	if run[bool](s, `() => document.querySelector("dialog[data-again]").open`) {
		t.Error("the dialog interrupts typing again")
	}
	s.click("[data-sign-in]")
	s.fill("again-password", password)
	p.kept(ref, "Một. Hai.")
}

// TestSomebodyElseDoesNotTakeTheTextOver.
func TestSomebodyElseDoesNotTakeTheTextOver(t *testing.T) {
	w := oneWorld(t)
	p, s, ref := writing(w, "Nội dung.")
	other := w.hire(w.portal, account.Editor)
	p.expire()
	s.caretAtEnd()
	s.insert(" Của tôi.")
	s.until("the dialog", `() => document.querySelector("dialog[data-again]").open`)
	s.do(`(email) => { document.querySelector("dialog [name=email]").value = email }`, other.actor.Email)
	s.fill("again-password", password)
	s.until("the reason", `() => document.querySelector("dialog [data-wrong]").textContent.startsWith("Bạn vừa đăng nhập bằng tài khoản khác")`)
	if other.open(ref).Unsaved != nil {
		t.Error("somebody else has the text as theirs")
	}
	s.do(`(email) => { document.querySelector("dialog [name=email]").value = email }`, p.actor.Email)
	if got := run[string](s, `() => document.querySelector(".prose").textContent`); !strings.HasSuffix(got, "Của tôi.") {
		t.Errorf("the page shows %q", got)
	}
}
