package desk_test

import (
	"strings"
	"testing"

	"doingoai/app/markup"
)

// Each testdata/paste/NAME.html is what a program puts on the clipboard, and
// NAME.md what must become of it. Drop a pair, gain a test.
func TestPasteKeepsWhatAnArticleMayHave(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	wanted := material(t, "paste/*.md")
	for name, html := range material(t, "paste/*.html") {
		want, ok := wanted[strings.TrimSuffix(name, ".html")+".md"]
		if !ok {
			t.Errorf("%s has no .md beside it", name)
			continue
		}
		s.show("")
		s.caretAtEnd()
		s.paste(html, "chỉ khi không có HTML")
		if got := s.body() + "\n"; got != want {
			t.Errorf("%s became\n%s\nwant\n%s", name, got, want)
		}
	}
}

// Only the words, when the clipboard has nothing else, or when asked to.
func TestPasteOfPlainTextIsParagraphs(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	s.show("")
	s.caretAtEnd()
	s.paste("", "Dòng một * không nghiêng *\nDòng hai # không phải tiêu đề\n\n1. không phải danh sách")
	want := "Dòng một \\* không nghiêng \\*\n\nDòng hai # không phải tiêu đề\n\n1\\. không phải danh sách"
	if got := s.body(); got != want {
		t.Errorf("became\n%s\nwant\n%s", got, want)
	}
}

// What is copied within the editor comes back whole.
func TestCopyAndPasteWithinTheEditorLosesNothing(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	for name, text := range material(t, "markdown/*.md") {
		s.show(text)
		s.do(`() => document.querySelector(".prose").focus()`)
		s.key("a", ctrl)
		copied := run[string](s, `() => {
			const data = new DataTransfer();
			document.querySelector(".prose").dispatchEvent(new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true }));
			return data.getData("text/html");
		}`)
		s.paste(copied, "")
		render := markup.New()
		if before, after := html(t, render, text), html(t, render, s.body()); before != after {
			t.Errorf("%s: %s", name, firstDifference(before, after))
		}
	}
}
