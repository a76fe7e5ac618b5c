package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/newsroom"
)

// look searches for words with the index as it is now, and with what the
// address says besides.
func (p *person) look(words, more string) string {
	p.w.t.Helper()
	p.w.must(p.w.finder.CatchUp(ctx))
	return "/find?q=" + url.QueryEscape(words) + more
}

func TestWordsAreFoundMarkedAndNarrowed(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		content := w.article("Xuất khẩu hạt điều")
		content.Body = "Doanh nghiệp <b>chế biến</b> nhân điều & vỏ lụa."
		submitted := s.reporter.write(content)
		s.carry(submitted, newsroom.Submitted)
		s.reporter.write(w.article("Hạt điều đầu mùa"))
		s.reporter.write(w.article("Chợ phiên"))

		page := s.editor.Get(s.editor.look("hat dieu", "")).Is(http.StatusOK)
		if got := page.Text(".total"); got != "Tìm thấy 2 bài" {
			t.Errorf("%q", got)
		}
		if got := len(page.All(".found .headline mark")); got != 2 {
			t.Errorf("%d headlines are marked", got)
		}
		page = s.editor.Get(s.editor.look("vo lua", "")).Is(http.StatusOK)
		if got := page.Attr(".found .headline", "href"); got != pathOf(submitted) {
			t.Errorf("it leads to %q", got)
		}
		if got := page.Text(".excerpt mark"); got != "vỏ lụa" {
			t.Errorf("%q is marked", got)
		}
		if page.Has(".excerpt b") || !strings.Contains(page.Text(".excerpt"), "& vỏ") {
			t.Errorf("the excerpt is %q", page.Text(".excerpt"))
		}
		narrowed := s.editor.Get(s.editor.look("hạt điều", "&state=submitted&lang=vi&agency="+w.portal)).Is(http.StatusOK)
		if got := narrowed.Text(".total"); got != "Tìm thấy 1 bài" {
			t.Errorf("%q", got)
		}
		if got := narrowed.Text(`.tabs a[aria-current="true"]`); got != "Chờ biên tập 1" {
			t.Errorf("the chosen tab says %q", got)
		}
		draft := narrowed.Attr(`.tabs a:nth-child(2)`, "href")
		if got := s.editor.Get(draft).Is(http.StatusOK).Text(".found .headline"); got != "Hạt điều đầu mùa" {
			t.Errorf("%s leads to %q", draft, got)
		}
	})
}

func TestFindingNothingTeaches(t *testing.T) {
	w := oneWorld(t)
	reporter := w.hire(w.portal, account.Reporter)
	reporter.write(w.article("Hạt điều"))
	empty := reporter.Get("/find").Is(http.StatusOK)
	if empty.Has(".rows") || empty.Has(".empty") || empty.Has(".wrong") {
		t.Error("nobody has searched yet")
	}
	none := reporter.Get(reporter.look("<script>tàu ngầm", "&state=draft")).Is(http.StatusOK)
	if got := none.Text(".empty h2"); got != "Không tìm thấy bài nào cho “<script>tàu ngầm”" {
		t.Errorf("%q", got)
	}
	if got := none.Attr(".empty a", "href"); got != "/find?q="+url.QueryEscape("<script>tàu ngầm") {
		t.Errorf("the wider search is %q", got)
	}
	long := reporter.Get(reporter.look(strings.Repeat("đối ngoại ", 30), "")).Is(http.StatusUnprocessableEntity)
	if got := long.Text("#q-wrong"); got != "Nội dung tìm quá dài: tối đa 200 ký tự." {
		t.Errorf("%q", got)
	}
	if got := long.Attr("#f-q", "value"); !strings.HasPrefix(got, "đối ngoại") {
		t.Errorf("the field has %q", got)
	}
	for _, odd := range []string{"&state=odd", "&page=0", "&page=9999999", "&q=a&page=x"} {
		reporter.Get(reporter.look("hạt", odd)).Is(http.StatusBadRequest)
	}
}

func TestTheSearchBoxIsOnEveryPageOfThoseWhoMaySee(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	for _, path := range []string{"/", "/editions", "/account", "/help"} {
		if page := s.reporter.Get(path).Is(http.StatusOK); !page.Has(`form[action="/find"] input[data-seek]`) {
			t.Errorf("%s has no search box", path)
		}
	}
	if s.admin.Get("/").Is(http.StatusOK).Has(`form[action="/find"]`) {
		t.Error("somebody who sees no article is offered to search them")
	}
	if got := len(s.reporter.Get("/find").All("[data-seek]")); got != 1 {
		t.Errorf("the search page has %d boxes", got)
	}
}

func TestFoundPagesAskAFixedNumberOfTimes(t *testing.T) {
	w := oneWorld(t)
	reporter := w.hire(w.portal, account.Reporter)
	ask := func() int {
		path := reporter.look("hạt điều", "&state=draft")
		return w.queries(func() { reporter.Get(path).Is(http.StatusOK) })
	}
	reporter.write(w.article("Hạt điều"))
	few := ask()
	for i := range newsroom.FoundSize {
		reporter.write(w.article(fmt.Sprint("Hạt điều ", i)))
	}
	if many := ask(); many != few || many > 14 {
		t.Errorf("%d questions for one, %d for a page", few, many)
	}
}
