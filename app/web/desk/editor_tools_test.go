package desk_test

import "testing"

// tool presses a button of the toolbar.
func (s *screen) tool(command string) {
	s.t.Helper()
	s.do(`(c) => document.querySelector(".tools button[data-command='" + c + "']").click()`, command)
}

// pressed says whether a button of the toolbar shows that it is in force.
func (s *screen) pressed(command string) bool {
	s.t.Helper()
	return run[bool](s, `(c) => document.querySelector(".tools button[data-command='" + c + "']").getAttribute("aria-pressed") === "true"`, command)
}

func TestToolsWriteMarkdown(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	for _, c := range []struct {
		command, before, after string
	}{
		{"bold", "Chữ", "**Chữ**"}, {"bold", "**Chữ**", "Chữ"}, {"italic", "Chữ", "*Chữ*"},
		{"heading", "Chữ", "## Chữ"}, {"heading", "## Chữ", "Chữ"}, {"subheading", "## Chữ", "### Chữ"},
		{"bullets", "Một\n\nHai", "- Một\n- Hai"}, {"bullets", "- Chữ", "Chữ"}, {"numbers", "- Một\n- Hai", "1. Một\n2. Hai"},
		{"quote", "Chữ", "> Chữ"}, {"quote", "> Chữ", "Chữ"},
	} {
		s.show(c.before)
		s.do(`() => document.querySelector(".prose").focus()`)
		s.key("a", ctrl)
		s.tool(c.command)
		if got := s.body(); got != c.after {
			t.Errorf("%s of %q: %q, want %q", c.command, c.before, got, c.after)
		}
		s.tool("undo")
		if got := s.body(); got != c.before {
			t.Errorf("undo of %s: %q, want %q", c.command, got, c.before)
		}
	}
}

func TestToolbarShowsWhatIsInForce(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	s.show("**đậm** thường\n\n## Tiêu đề\n\n- ý")
	s.caret(0, 2)
	s.until("bold is shown in bold text", `() => document.querySelector("[data-command=bold]").getAttribute("aria-pressed") === "true"`)
	s.caret(1, 2)
	s.until("heading is shown in a heading", `() => document.querySelector("[data-command=heading]").getAttribute("aria-pressed") === "true"`)
	if s.pressed("bold") || s.pressed("bullets") {
		t.Error("bold or list is shown in a plain heading")
	}
	s.caret(2, 1)
	s.until("list is shown in a list", `() => document.querySelector("[data-command=bullets]").getAttribute("aria-pressed") === "true"`)
}

func TestLinkIsSetChangedAndRemoved(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	s.show("Cổng thông tin")
	s.do(`() => document.querySelector(".prose").focus()`)
	s.key("a", ctrl)
	s.key("k", ctrl)
	s.insert("không phải địa chỉ")
	s.key("\r")
	if s.text("[data-address-wrong]") == "" || s.body() != "Cổng thông tin" {
		t.Errorf("a wrong address was taken: %q", s.body())
	}
	s.do(`() => document.getElementById("tool-address").select()`)
	s.insert("binhphuoc.gov.vn/vi")
	s.key("\r")
	if got, want := s.body(), "[Cổng thông tin](https://binhphuoc.gov.vn/vi)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	s.caret(0, 3)
	s.key("k", ctrl)
	if got := run[string](s, `() => document.getElementById("tool-address").value`); got != "https://binhphuoc.gov.vn/vi" {
		t.Errorf("the link's address is shown as %q", got)
	}
	s.do(`() => document.querySelector("[data-link=remove]").click()`)
	if got := s.body(); got != "Cổng thông tin" {
		t.Errorf("without the link: %q", got)
	}
}

func TestTableIsMadeAndFilled(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	s.show("")
	s.caretAtEnd()
	s.tool("table-insert")
	for _, cell := range []string{"Năm", "Vốn", "Nguồn", "2024", "62 tỷ", "Sở"} {
		s.insert(cell)
		s.key("\t")
	}
	s.tool("row-delete") // the empty third, in which the caret is now
	s.caretIn("td")
	s.tool("column-add")
	s.tool("row-add")
	s.key("\t")
	s.insert("quý")
	s.caretIn("td + td")
	s.tool("column-delete")
	s.caretIn("tr + tr + tr td")
	s.tool("row-delete")
	want := "| Năm | Vốn | Nguồn |\n| - | - | - |\n| 2024 | 62 tỷ | Sở |"
	if got := s.body(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	s.caretIn("td")
	s.tool("table-delete")
	if got := s.body(); got != "" {
		t.Errorf("after deleting the table: %q", got)
	}
}

// Everything is reached and left with the keyboard.
func TestToolbarWorksWithTheKeyboard(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	s.show("Chữ")
	s.do(`() => document.querySelector(".prose").focus()`)
	s.key("a", ctrl)
	s.do(`() => document.querySelector(".prose").dispatchEvent(new KeyboardEvent("keydown", { key: "F10", altKey: true, bubbles: true, cancelable: true }))`)
	focused := func() string {
		return run[string](s, `() => document.activeElement.dataset.command ?? document.activeElement.className`)
	}
	if got := focused(); got != "bold" {
		t.Fatalf("Alt+F10 leads to %q", got)
	}
	s.key(arrowRight)
	if got := focused(); got != "italic" {
		t.Errorf("the arrow leads to %q", got)
	}
	s.key("\r")
	if got := s.body(); got != "*Chữ*" {
		t.Errorf("Enter on a button: %q", got)
	}
	s.do(`() => document.querySelector(".tools [tabindex='0']").focus()`)
	s.key(escape)
	if got := run[bool](s, `() => document.activeElement.classList.contains("prose")`); !got {
		t.Error("Escape does not lead back to the text")
	}
}

func TestMarkdownSwitchShowsTheSameText(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "Nội dung.")
	s.show("Một **hai**.")
	s.caretAtEnd()
	s.insert(" Ba")
	s.click("[data-markdown]")
	if got := run[string](s, `() => document.activeElement.value`); got != "Một **hai**. Ba" {
		t.Errorf("the plain text is %q", got)
	}
	s.do(`() => document.activeElement.setSelectionRange(3, 3)`)
	s.insert(" *rưỡi*")
	s.click("[data-markdown]")
	if got := run[string](s, `() => document.querySelector(".prose").innerHTML`); got != "<p>Một <em>rưỡi</em> <strong>hai</strong>. Ba</p>" {
		t.Errorf("the rich text is %s", got)
	}
	if got := s.body(); got != "Một *rưỡi* **hai**. Ba" {
		t.Errorf("the form has %q", got)
	}
}

func TestTextareaIsThereWithoutScript(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, "reporter")
	ref := p.write(w.article("Không có script"))
	page := p.Get(pathOf(ref)).Is(200)
	if got := page.Text(`textarea[name="body"]`); got != "Nội dung của Không có script." {
		t.Errorf("the textarea has %q", got)
	}
	if page.Has("[style]") || page.Has("script:not([src])") || page.Has("style") {
		t.Error("the page has style or script of its own, which the Content-Security-Policy forbids")
	}
}

// On a phone nothing runs out of the page, and saving is always in reach.
func TestEditorFitsAPhone(t *testing.T) {
	_, s, _ := writing(oneWorld(t), "| Chỉ tiêu rất dài | Giá trị rất dài | Thời điểm rất dài | Nguồn rất dài |\n|-|-|-|-|\n| a | b | c | d |")
	s.size(360, 740)
	if got := run[int](s, `() => document.documentElement.scrollWidth`); got > 360 {
		t.Errorf("the page is %d pixels wide", got)
	}
	if !run[bool](s, `() => { const b = document.querySelector("button[data-save]").getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight && b.height >= 44 }`) {
		t.Error("the button that saves is not in view")
	}
}
