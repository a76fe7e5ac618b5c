package desk_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

// A translator catches up without a mouse: to the next passage that is behind,
// the new figure, saved. What is typed and not saved is kept and offered again.
func TestCatchingUpByKeyboard(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	_, ref := w.sidePair(s)
	screen := s.translator.screen(w.serve())
	screen.inFront()
	inCell := `(text) => document.activeElement.matches("#behind-1 .prose") && document.activeElement.innerText.includes(text)`

	screen.open(sideOf(ref) + "?only=behind")
	screen.until("the page with its keys", `() => document.documentElement.dataset.desk === "ready"`)
	screen.key(kb.ArrowDown, kb.ModifierAlt, kb.ModifierShift)
	screen.until("the caret in what is behind", inCell, "3.5 billion")
	screen.key(kb.ArrowUp, kb.ModifierAlt)
	screen.until("the caret in the passage before, unfolded", `() => document.activeElement.matches(".prose") && document.activeElement.checkVisibility() && document.activeElement.innerText.startsWith("The Economic")`)
	screen.key(kb.ArrowDown, kb.ModifierAlt)
	screen.until("the caret back", inCell, "3.5 billion")
	screen.do(`() => getSelection().selectAllChildren(document.activeElement)`)
	screen.settleSelection()
	screen.insert("Their registered capital totals 3.8 billion USD.")
	screen.until("what was typed is kept", `() => document.querySelector("[data-autosave-status]").dataset.state === "saved"`)

	screen.open(sideOf(ref) + "#behind-1")
	screen.until("it is offered", `() => document.querySelector("[data-offer-stored]")?.innerText.includes("3.8 billion")`)
	screen.click("[data-offer-stored] [data-restore]")
	screen.until("it is back", `() => location.search === "?restore=1" && document.documentElement.dataset.desk === "ready" && document.querySelector("#behind-1 textarea").value.includes("3.8 billion")`)
	screen.key(kb.ArrowDown, kb.ModifierAlt, kb.ModifierShift)
	screen.key(kb.Enter, kb.ModifierCtrl)
	screen.until("it is saved", `() => location.search === "?done=saved" && !document.querySelector(".behind")`)
	if sheet := s.translator.open(ref); !strings.HasSuffix(sheet.Revision.Content.Body, "3.8 billion USD.") || sheet.Lag.Stale != 0 || sheet.Unsaved != nil {
		t.Errorf("saved is %q, %d behind", sheet.Revision.Content.Body, sheet.Lag.Stale)
	}
	s.translator.Get(sideOf(ref)).Is(http.StatusOK)
	if got := screen.text("[data-offer-local]"); got != "" {
		t.Errorf("what was saved is offered again: %q", got)
	}
}

// When the source has changed since the device lost its line, what the device
// holds finds its place all the same.
func TestWhatTheDeviceHoldsFindsItsPlace(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	source, ref := w.sidePair(s)
	screen := s.translator.screen(w.serve())
	screen.open(sideOf(ref))
	screen.until("the page with its script", `() => document.documentElement.dataset.desk === "ready"`)
	screen.do(`() => {
		const form = document.getElementById("editor"), page = document.querySelector("[data-key]");
		const fields = Object.fromEntries([...new FormData(form)].filter(([name]) => name !== "csrf"));
		for (const name in fields) if (fields[name].startsWith("Becamex")) fields[name] = "Typed without a line.";
		localStorage.setItem("desk.unsent." + page.dataset.key, JSON.stringify({ fields, at: Date.now(), window: "another" }));
	}`)
	s.reporter.rewrite(source, 1, "Ban Quản lý Khu kinh tế cho biết có thêm 15 dự án mới được cấp phép.")
	screen.open(sideOf(ref))
	screen.until("it is offered", `() => document.querySelector("[data-offer-local]")?.checkVisibility()`)
	screen.click("[data-offer-local] [data-restore]")
	screen.until("it is where it belongs", `() => [...document.querySelectorAll(".passage")].find((p) => p.innerText.includes("Becamex"))?.querySelector("textarea").value === "Typed without a line."`)
}
