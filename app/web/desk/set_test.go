package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/newsroom"
)

// The page binds languages, says what each still lacks and who can mend it,
// tries them, and releases them together.
func TestLanguagesAreReleasedTogether(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	vi := s.reporter.write(w.article("Hội chợ khai mạc"))
	s.carry(vi, newsroom.Approved)
	en, err := w.newsroom.Translate(ctx, s.translator.actor, vi, "en")
	w.must(err)
	at := "/editions/" + vi.Item + "/set"
	if page := s.reporter.Get(at).Is(http.StatusOK); page.Has("form.stack") {
		t.Error("a reporter is offered to bind languages")
	}
	s.managing.send(at, url.Values{"verb": {"bind"}, "languages": {"vi"}}).Is(http.StatusUnprocessableEntity)
	for _, verb := range []string{"", "destroy"} {
		if page := s.managing.send(at, url.Values{"verb": {verb}, "languages": {"vi", "en"}}).Is(http.StatusUnprocessableEntity); page.Text("#errors") != "Không có việc này." {
			t.Errorf("of the verb %q the page says %q", verb, page.Text("#errors"))
		}
	}
	s.managing.send(at, url.Values{"verb": {"bind"}, "languages": {"vi", "en"}}).Is(http.StatusSeeOther)
	page := s.managing.Get(at + "?try=1").Is(http.StatusOK)
	for _, want := range []string{"Sẵn sàng: 1/2 ngôn ngữ", "Bản mới nhất chưa được duyệt", "chưa bản nào lên trang"} {
		if got := page.Text("main"); !strings.Contains(got, want) {
			t.Errorf("the page does not say %q: %q", want, got)
		}
	}
	if rail := s.managing.Get(pathOf(vi)).Is(http.StatusOK); !rail.Has(`a[href="`+at+`"]`) || rail.Has(`input[name="publish_at"]`) {
		t.Error("the article's page does not lead to the set, or offers a time of its own")
	}
	content := s.translator.open(en).Revision.Content
	content.Headline, content.Standfirst, content.Body = "The fair opens", "In short.", "All of it."
	_, err = w.newsroom.Save(ctx, s.translator.actor, en, 1, content)
	w.must(err)
	s.translator.do(en, newsroom.Submit, newsroom.Ask{})
	s.editor.do(en, newsroom.Take, newsroom.Ask{})
	s.editor.do(en, newsroom.Pass, newsroom.Ask{})
	s.managing.do(en, newsroom.Pass, newsroom.Ask{})
	s.chief.do(en, newsroom.Approve, newsroom.Ask{})
	page = s.chief.Get(at + "?try=1").Is(http.StatusOK)
	if got := page.Text("#tried"); !strings.Contains(got, "The fair opens") || !strings.Contains(got, "/en/") {
		t.Errorf("tried: %q", got)
	}
	s.chief.send(at, url.Values{"verb": {"publish"}, "hash": {"x"}}).Is(http.StatusConflict)
	set, err := w.newsroom.Set(ctx, s.chief.actor, vi.Item)
	w.must(err)
	s.chief.send(at, url.Values{"verb": {"publish"}, "hash": {set.Hash}}).Is(http.StatusSeeOther)
	if s.chief.open(en).Live != newsroom.IsLive || s.chief.open(vi).Live != newsroom.IsLive {
		t.Error("readers do not have both")
	}
	if page := s.chief.Get(at); strings.Count(page.Text("#f-languages"), "không có bản mới") != 2 || page.Has("#f-languages [checked]") {
		t.Errorf("languages that have nothing new are offered as %q", page.Text("#f-languages"))
	}
	s.chief.send(at, url.Values{"verb": {"bind"}, "languages": {"vi", "en"}}).Is(http.StatusSeeOther)
	if got := s.chief.Get(at).Text("main"); strings.Count(got, "Đã xuất bản, chưa có bản mới") != 2 || strings.Contains(got, "chưa được duyệt") {
		t.Errorf("of what readers have already it says %q", got)
	}
}
