package desk_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/newsroom"
	"doingoai/content"
)

func TestEveryHelpPageIsReachedAndLeadsSomewhere(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	var slugs []string
	for _, lang := range []string{"vi", "en"} {
		w.must(w.accounts.SetLocale(ctx, s.reporter.actor, lang))
		pages, err := content.LoadHelp(content.FS, lang)
		w.must(err)
		index := s.reporter.Get("/help").Is(http.StatusOK)
		var linked []string
		for _, a := range index.All(`nav a[href^="/help/"]`) {
			linked = append(linked, strings.TrimPrefix(apptest.Attr(a, "href"), "/help/"))
		}
		var want []string
		for _, p := range pages {
			want = append(want, p.Slug)
		}
		if !slices.Equal(linked, want) {
			t.Errorf("%s: the index leads to %q, there are %q", lang, linked, want)
		}
		slices.Sort(want)
		if slugs != nil && !slices.Equal(slugs, want) {
			t.Errorf("the languages have different pages: %q and %q", slugs, want)
		}
		slugs = want
		for _, p := range pages {
			page := s.reporter.Get("/help/" + p.Slug).Is(http.StatusOK)
			if page.Text("article h1") != p.Title || page.Text(`a[aria-current="page"]`) == "" || !page.Has("article p, article li") {
				t.Errorf("%s/%s is not itself", lang, p.Slug)
			}
			for _, a := range page.All("article a") {
				s.reporter.Get(apptest.Attr(a, "href")).Is(http.StatusOK)
			}
		}
	}
}

// The words in bold that help texts use for buttons and places are those of
// the pages.
func TestHelpSpeaksTheWordsOfThePages(t *testing.T) {
	w := oneWorld(t)
	for _, lang := range []string{"vi", "en"} {
		said := map[string]bool{}
		p := w.words.Printer("desk", lang)
		for _, area := range []string{"desk", "public"} {
			for _, key := range w.words.Keys(area, lang) {
				said[bare(p.T(key))] = true
			}
		}
		pages, err := content.LoadHelp(content.FS, lang)
		w.must(err)
		for _, page := range pages {
			for i, bold := range strings.Split(page.Body, "**") {
				if i%2 == 1 && !said[bare(bold)] && !ownWords[bold] {
					t.Errorf("help/%s/%s.md speaks of %q, which no page says", lang, page.Slug, bold)
				}
			}
		}
	}
}

// bare compares words as people read them.
func bare(s string) string { return strings.Trim(strings.ToLower(s), " .…:") }

// ownWords are bold for another reason than naming what is on a page.
var ownWords = map[string]bool{
	"MẬT": true, "TỐI MẬT": true, "TUYỆT MẬT": true, // stamps
	"quan trọng": true, "important": true, // what bold looks like
	"English": true, "Tiếng Việt": true, // the languages' own names
	"Một thư mỗi ngày": true, "One email a day": true, // its hour is a setting
	"bản lưu": true, "liên kết mời": true, "invitation link": true, // words explained
	"không": true, "not": true, "sai": true, "wrong": true, "withdraws": true, // weight
	"đơn vị, thời điểm và nguồn": true, "unit, date and source": true,
	"Tuyệt đối không nhập thông tin thuộc bí mật nhà nước.": true, "Classified information must never be typed in.": true,
	"Tuyệt đối không nhập thông tin thuộc bí mật nhà nước vào hệ thống này": true, "Classified information must never be typed into this system": true,
}

func TestEveryPageLeadsToItsHelp(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	english, err := w.newsroom.Translate(ctx, s.translator.actor, ref, "en")
	w.must(err)
	for path, who := range map[string]*person{
		pathOf(english) + "/side": s.translator,
		"/":                       s.reporter, "/editions": s.reporter, "/new": s.reporter, pathOf(ref): s.reporter, pathOf(ref) + "/revisions/1": s.reporter,
		"/letters": s.editor, "/audit": s.auditor, "/people": s.admin, "/site": s.admin, "/site/agencies": s.admin, "/site/outlets/new": s.admin, "/site/sections": s.admin, "/site/places": s.admin, "/terms": s.reporter, "/terms/import": s.chief, "/account": s.reporter, "/notices": s.reporter, "/account/notices": s.reporter, "/site/mail": s.admin,
	} {
		href := who.Get(path).Is(http.StatusOK).Attr(`.self a[href^="/help/"]`, "href")
		who.Get(href).Is(http.StatusOK)
	}
}

// The page of an article leads to the help on what is to be done with it now.
func TestAnArticleLeadsToTheHelpOnItsState(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	for _, c := range []struct {
		state newsroom.State
		who   *person
		want  string
	}{
		{newsroom.Draft, s.reporter, "writing"},
		{newsroom.Approval, s.chief, "approving"}, {newsroom.Approved, s.chief, "publishing"}, {newsroom.Published, s.chief, "publishing"},
	} {
		ref := s.reporter.write(w.article("Bài"))
		if c.state != newsroom.Draft {
			s.carry(ref, c.state)
		}
		if got := c.who.Get(pathOf(ref)).Attr(`.self a[href^="/help/"]`, "href"); got != "/help/"+c.want {
			t.Errorf("%s: %s, want %s", c.state, got, c.want)
		}
	}
}

// The handbook for technicians is served as well, and its links lead somewhere.
func TestTheHandbookIsServed(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	s.reporter.Get("/help").Is(http.StatusOK).Attr(`nav a[href="/handbook"]`, "href")
	pages := s.reporter.Get("/handbook").Is(http.StatusOK).All(`nav a[href^="/handbook/"]`)
	if len(pages) < 4 {
		t.Errorf("the handbook has %d pages", len(pages))
	}
	for _, a := range pages {
		page := s.reporter.Get(apptest.Attr(a, "href")).Is(http.StatusOK)
		if page.Text("article h1") != apptest.Text(a) || page.Attr("article", "lang") != "en" {
			t.Errorf("%s is not itself", apptest.Attr(a, "href"))
		}
		for _, link := range page.All("article a") {
			s.reporter.Get(apptest.Attr(link, "href")).Is(http.StatusOK)
		}
	}
	s.reporter.Get("/handbook/nothing").Is(http.StatusNotFound)
}
