package public

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/locale"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/theme"
	"doingoai/app/web"
	"doingoai/locales"
	"doingoai/themes"

	"golang.org/x/net/html"
)

// Every page of every theme, with all that can be on it and with nothing.
func TestEveryLookShowsEveryPage(t *testing.T) {
	words, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	for name, look := range loadLooks(t) {
		var shown []string
		for _, lang := range words.Languages("public") {
			for _, p := range samplePages(words, lang) {
				var b bytes.Buffer
				if err := look.Render(&b, p.page, p.data); err != nil {
					t.Errorf("%s, %s (%s): %v", name, p.page, p.name, err)
				}
				checkPage(t, fmt.Sprintf("%s, %s (%s, %s)", name, p.page, p.name, lang), b.String())
				shown = append(shown, p.page)
			}
		}
		for _, page := range look.Pages() {
			if !slices.Contains(shown, page) {
				t.Errorf("%s: nothing shows the page %s", name, page)
			}
		}
	}
}

// checkPage looks for what no page may have.
func checkPage(t *testing.T, name, page string) {
	t.Helper()
	for _, bad := range []string{"⟦", "&lt;no value", "ZgotmplZ", "<nil>", "%!", " style=", "onclick", "{{"} {
		if strings.Contains(page, bad) {
			t.Errorf("%s has %q in it", name, bad)
		}
	}
	headings := 0
	for token := html.NewTokenizer(strings.NewReader(page)); ; {
		kind := token.Next()
		if kind == html.ErrorToken {
			if token.Err() != io.EOF {
				t.Errorf("%s: %v", name, token.Err())
			}
			break
		}
		if kind != html.StartTagToken {
			continue
		}
		switch element := token.Token(); {
		case element.Data == "h1":
			headings++
		case element.Data == "img" && !strings.Contains(element.String(), ` width="`):
			t.Errorf("%s has a picture that would push the text away when it arrives: %s", name, element)
		}
	}
	if headings != 1 {
		t.Errorf("%s has %d first headings", name, headings)
	}
}

func loadLooks(t testing.TB) map[string]*theme.Theme {
	t.Helper()
	all := map[string]*theme.Theme{}
	for name, folders := range map[string][]string{
		"base": {"base"}, "portal": {"base", "portal"}, "newspaper": {"base", "newspaper"}, "broadcaster": {"base", "broadcaster"},
	} {
		look, err := theme.Load(themes.FS, web.Funcs(), folders...)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = look
	}
	return all
}

type samplePage struct {
	page, name string
	data       any
}

// samplePages are the views of package public, rich and empty.
func samplePages(words *locale.Catalogue, lang string) []samplePage {
	rich, empty := sampleFrame(words, lang, true), sampleFrame(words, lang, false)
	a := sampleArticle(lang)
	card := newsstand.Card{ID: a.ID, Lang: lang, Section: "parks", Slug: a.Slug, Title: a.Title, Standfirst: a.Standfirst, Picture: a.Lead, Published: a.Published, Sample: true, Corrected: true}
	bare := newsstand.Card{ID: "nnnnnnnn22", Lang: lang, Title: "T", Published: a.Published}
	cards := []newsstand.Card{card, bare, card, bare, card}
	sec := rich.site.Section("invest")
	corrected := []newsstand.Corrected{{ID: a.ID, Lang: lang, Section: "parks", Slug: "s", Title: a.Title, Note: "N", Right: "R", At: a.Updated}, {ID: "nnnnnnnn22", Lang: lang, Withdrawn: true, Note: "N"}}
	home := newHome(rich, &newsstand.HomePage{Newest: cards, Sections: []newsstand.SectionCards{{Section: sec, Cards: []newsstand.Card{{ID: "k", Lang: lang, Title: "K"}, {ID: "l", Lang: lang, Title: "L"}}}}, Corrections: corrected})
	list := listView{frame: rich, Name: "Đầu tư", About: "Về", Trail: rich.trail("parks"), Children: []link{{Href: "/", Name: "C"}}, Rest: rich.teasers(cards), Total: 99, Pager: newPager("/vi/a", 1, 9)}
	list.begin("invest")
	article, plain := newArticle(rich, a), newArticle(empty, &release.Article{ID: "nnnnnnnn22", Lang: lang, Title: "T"})
	article.Related, article.Others = rich.teasers(cards), rich.readings(cards[:1])
	search := searchView{frame: rich, Filters: filters(rich, "invest"), Within: "Đầu tư", Searched: true, Asked: true, Total: 21, First: 11, Pager: newPager("/vi/a?q=b", 2, 3),
		Hits: []hit{{Hit: newsstand.Hit{Card: card, Title: "<mark>T</mark>", Excerpt: "…"}, Href: "/x", Place: "P", Date: "1/1", Labels: []string{"L"}}}}
	letter := letterView{frame: rich, About: "/vi/", AboutName: "N", Message: "m", Contact: "c", Trap: "t", Errors: letterErrors{"a", "b", "c"}}
	unknown := letterView{frame: rich, Unknown: true}
	return []samplePage{
		{"home", "rich", home}, {"home", "empty", homeView{frame: empty}},
		{"list", "rich", list}, {"list", "empty", listView{frame: empty, Pager: newPager("/vi/a", 1, 1)}},
		{"corrections", "rich", correctionsView{frame: rich, Trail: rich.trail(""), Corrections: rich.corrections(corrected), Pager: newPager("/vi/cai-chinh", 2, 9)}},
		{"corrections", "empty", correctionsView{frame: empty, Pager: newPager("/vi/cai-chinh", 1, 1)}},
		{"article", "rich", article}, {"article", "empty", plain},
		{"missing", "rich", missingView{rich, rich.readings(cards)}}, {"missing", "empty", missingView{empty, nil}},
		{"gone", "rich", goneView{rich, &release.Tombstone{Note: "n", WithdrawnAt: a.Published}, rich.readings(cards), link{"/", "S", false}}},
		{"gone", "empty", goneView{empty, &release.Tombstone{}, nil, link{}}},
		{"search", "rich", search}, {"search", "empty", searchView{frame: empty}}, {"search", "nothing", searchView{frame: rich, Searched: true, Asked: true, Within: "W"}},
		{"search", "refused", searchView{frame: rich, Asked: true, Refused: "R"}},
		{"report", "refused", letter}, {"report", "empty", letterView{frame: empty}}, {"report", "sent", letterView{frame: rich, Receipt: "bbbbbbbb22"}},
		{"report", "unknown", unknown},
		{"report", "too many", letterView{frame: rich, Notice: "N"}},
		{"error", "rich", errorView{rich, 500, "bbbbbbbb22", "B"}}, {"error", "empty", errorView{frame: empty}},
	}
}

func sampleFrame(words *locale.Catalogue, lang string, rich bool) *frame {
	base := web.NewBase(words.Printer("public", lang), "/"+lang+"/")
	base.Title = "Trang"
	if !rich {
		return newFrame(newsstand.NewSite(nil, nil, nil), nil, base)
	}
	outlet := release.Outlet{ID: "o", Agency: "a", Theme: "base", Hosts: []string{"o.example"}, Languages: []string{"vi", "en", "km"}, Texts: map[string]release.OutletText{
		lang: {Name: "Tên – Phần", Tagline: "Tag", Unit: "U", Responsible: "R", Address: "A", Phone: "P", Email: "e@o.example", Licence: "L"},
	}}
	names := func(s string) map[string]release.SectionName {
		return map[string]release.SectionName{"vi": {Name: s + " vi", Slug: s + "-vi"}, "en": {Name: s + " en", Slug: s + "-en"}}
	}
	site := newsstand.NewSite([]release.Outlet{outlet}, []release.Section{{ID: "invest", Names: names("invest")}, {ID: "parks", Parent: "invest", Names: names("parks")}},
		[]release.Agency{{ID: "a", Names: map[string]string{"vi": "Cơ quan", "en": "Office"}}})
	f := newFrame(site, &outlet, base)
	f.base, f.Description = "https://o.example", "D"
	f.at("/"+lang+"/", map[string]string{"vi": "/vi/", "en": "/en/"})
	f.Languages[2].Missing, f.Languages[2].Instead = "Missing", "Instead"
	return f
}

func sampleArticle(lang string) *release.Article {
	at := time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC)
	small := release.File{Hash: "h2", Name: "s.jpg", Width: 480, Height: 320}
	return &release.Article{
		ID: "bbbbbbbb22", Lang: lang, Section: "parks", Agency: "a", Kicker: "K", Title: "THƯỢNG NGUỒN ĐẪM ƯỚT, KHUYẾN NGHỊ", Standfirst: "S", Slug: "s",
		HTML: "<h2 id=\"a\">A</h2><p>B</p>", Words: 2, Byline: "Tác giả", Source: &release.Source{Name: "TTXVN", URL: "https://x.example"}, Sample: true,
		Lead:      &release.Picture{File: release.File{Hash: "h1", Name: "l.jpg", Type: "image/jpeg", Width: 1600, Height: 900}, Small: &small, Alt: "Alt", Caption: "C", Credit: "N"},
		Published: at, Updated: at.Add(time.Hour), Correction: &release.Correction{Note: "N", At: at},
		Replies: []release.Reply{
			{Party: "P", Position: "O", Received: "2026-07-02", Round: 1, HTML: "<p>R</p>", Answer: "<p>A</p>"}, {Party: "P", Received: "2026-07-09", Round: 2, HTML: "<p>R</p>"},
		},
	}
}

func TestAPreviewIsTheArticleMarkedAsOne(t *testing.T) {
	words, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	outlet := release.Outlet{ID: "o", Theme: "newspaper", Hosts: []string{"o.example"}, Languages: []string{"vi", "en"}, Texts: map[string]release.OutletText{"vi": {Name: "Báo"}}}
	sections := []release.Section{{ID: "parks", Names: map[string]release.SectionName{"vi": {Name: "Khu", Slug: "khu"}}}}
	looks := loadLooks(t)
	var b bytes.Buffer
	if err := Preview(words, looks)(&b, &outlet, sections, sampleArticle("vi"), "Bản 3"); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{
		`class="banner"`, "Bản xem trước, chưa xuất bản", "· Bản 3", "THƯỢNG NGUỒN ĐẪM ƯỚT, KHUYẾN NGHỊ", `content="noindex"`, looks["newspaper"].Asset("outlet.css"), ">Khu</a>",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the preview lacks %q", want)
		}
	}
	for _, bad := range []string{"rel=\"canonical\"", "<link rel=\"alternate\" hreflang=", looks["base"].Asset("outlet.css")} {
		if strings.Contains(page, bad) {
			t.Errorf("the preview has %q", bad)
		}
	}
	checkPage(t, "preview", page)
}
