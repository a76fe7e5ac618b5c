package desk_test

import (
	"strings"
	"testing"

	"doingoai/app/newsroom"
)

// Words that are selected are talked about without leaving the page, and the
// comment stands beside them at once.
func TestSelectedWordsAreTalkedAbout(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	content := w.article("Cửa khẩu Hoa Lư")
	content.Body = "Đoạn một nói về **cửa khẩu** quốc tế.\n\nĐoạn hai nói về cửa khẩu phụ."
	ref := s.reporter.write(content)
	s.carry(ref, newsroom.Approval)
	screen := s.chief.screen(w.serve())
	screen.open(pathOf(ref))
	screen.do(`() => {
		const [, two] = [...document.querySelectorAll("#reading > p")].filter((p) => p.textContent.startsWith("Đoạn"));
		const at = two.firstChild.data.indexOf("cửa khẩu");
		getSelection().setBaseAndExtent(two.firstChild, at, two.firstChild, at + "cửa khẩu".length);
	}`)
	screen.until("the offer", `() => Boolean(document.querySelector("body > .pin-button"))`)
	screen.click("body > .pin-button")
	if got := screen.text("[data-quoted] blockquote"); got != "cửa khẩu" {
		t.Errorf("about to talk about %q", got)
	}
	screen.insert("Tên đầy đủ?")
	screen.click("#talk .say form button:not([type=button])")
	screen.until("the comment", `() => document.activeElement?.id === "comment-1"`)
	if got := run[string](screen, `() => document.getElementById("pin-1").parentElement.textContent`); got != "Đoạn hai nói về cửa khẩu1 phụ." {
		t.Errorf("it is pinned in %q", got)
	}
	threads := s.editor.open(ref)
	talk, err := w.newsroom.Talk(ctx, s.editor.actor, threads.Ref, threads.Revision.Content)
	w.must(err)
	if c := talk.Threads[0]; c.Body != "Tên đầy đủ?" || c.Place.Passage != newsroom.BodyPassage+1 || !strings.HasPrefix(c.Anchor.Suffix, "phụ") {
		t.Errorf("kept is %+v", c)
	}
	screen.click("#talk article form[action$='/resolve'] button")
	screen.until("the settled thread", `() => Boolean(document.querySelector("#thread-1"))`)
	if run[bool](screen, `() => Boolean(document.querySelector("#reading mark"))`) {
		t.Error("what is settled is still marked")
	}
}

// What is being written stays while something is said beside it.
func TestTalkingLeavesWhatIsBeingWritten(t *testing.T) {
	w := oneWorld(t)
	_, screen, ref := writing(w, "Một.")
	screen.caretAtEnd()
	screen.insert(" Hai.")
	screen.do(`() => { document.querySelector("#talk .say").open = true; document.getElementById("talk-comment").focus(); }`)
	screen.insert("Xem giúp đoạn này.")
	screen.click("#talk .say form button:not([type=button])")
	screen.until("the comment", `() => Boolean(document.getElementById("comment-1"))`)
	if got := screen.body(); got != "Một. Hai." {
		t.Errorf("the text is %q", got)
	}
	if got := run[string](screen, `() => location.pathname`); got != pathOf(ref) {
		t.Errorf("the page is %s", got)
	}
}
