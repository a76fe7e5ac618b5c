package desk_test

import (
	"net/http"
	"net/url"
	"testing"

	"doingoai/app/account"
)

// The bar takes little of a page, whatever its width: on a telephone the menu
// is one row, scrolled to where one is, and what hangs from it can be reached.
func TestTheBarStaysLow(t *testing.T) {
	w := oneWorld(t)
	p := w.hireNamed("Trưởng Ban Biên tập Nguyễn Thị Minh Khai", w.portal, account.EditorInChief)
	s := p.screen(w.serve())
	for _, c := range []struct {
		lang          string
		width, height int64
	}{{"vi", 360, 100}, {"vi", 768, 100}, {"vi", 1024, 100}, {"vi", 1440, 60}, {"en", 360, 100}, {"en", 1440, 60}} {
		p.send("/account/locale", url.Values{"locale": {c.lang}, "next": {"/"}}).Is(http.StatusSeeOther)
		s.size(c.width, 740)
		s.open("/letters")
		s.do(`() => { const unread = document.querySelector(".count-new"); unread.hidden = false; unread.textContent = "12" }`)
		if got := run[int64](s, `() => Math.round(document.querySelector(".bar").offsetHeight)`); got > c.height {
			t.Errorf("%s: at %d pixels the bar is %d high", c.lang, c.width, got)
		}
		if got := run[int64](s, `() => document.documentElement.scrollWidth`); got > c.width {
			t.Errorf("at %d pixels the page is %d wide", c.width, got)
		}
		if !run[bool](s, `() => { const r = document.querySelector(".menu [aria-current]").getBoundingClientRect(); return r.left >= 0 && r.right <= innerWidth }`) {
			t.Errorf("at %d pixels the menu does not show where one is", c.width)
		}
		s.do(`() => { const d = document.querySelector(".upkeep"); d.open = true; d.scrollIntoView() }`)
		if !run[bool](s, `() => [...document.querySelectorAll(".upkeep li a")].every(a => { const r = a.getBoundingClientRect(); return document.elementFromPoint(r.left + 5, r.top + r.height / 2) === a })`) {
			t.Errorf("at %d pixels the list that hangs from the bar cannot be pressed", c.width)
		}
	}
}

// A large picture in a text is as wide as the text is.
func TestAPictureStaysWithinATelephonesText(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Editor)
	answer := p.upload("/media", url.Values{"agency": {w.portal}}, "file", "rong.png", drawing(t, 900))
	content := w.article("Cửa khẩu")
	content.Body = "![Rộng](" + p.Get(answer.Header.Get("Location")).Attr(".motif img", "src") + ")"
	ref := p.write(content)
	s := p.screen(w.serve())
	s.size(360, 740)
	s.open(pathOf(ref))
	s.until("the picture", `() => document.querySelector(".prose img[alt=Rộng]")?.naturalWidth > 0`)
	if got := run[int](s, `() => document.documentElement.scrollWidth`); got > 360 {
		t.Errorf("the page is %d pixels wide", got)
	}
}

// Whoever goes through a page by the keyboard sees where they are: nothing that
// keeps its place at the lower edge lies over it.
func TestNothingLiesOverWhatHasTheFocus(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Editor)
	for range 12 {
		p.write(w.article("Cửa khẩu mở thêm làn"))
	}
	ref := p.write(w.article("Bài dài"))
	s := p.screen(w.serve())
	s.size(360, 640)
	for _, path := range []string{pathOf(ref), "/editions"} {
		s.open(path)
		for over := ""; over != "end"; {
			s.key("\t")
			over = run[string](s, `() => {
				const e = document.activeElement, r = e.getBoundingClientRect();
				const edge = document.querySelector(".saving, .bulk"), top = edge.getBoundingClientRect().top;
				return e === document.body ? "end" : edge.contains(e) || r.top < top - 8 || r.height === 0 ? "" : e.outerHTML.slice(0, 120);
			}`)
			if over != "" && over != "end" {
				t.Errorf("%s: it is hidden that %s has the focus", path, over)
			}
		}
	}
}
