package public

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"doingoai/app/locale"
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
			for _, p := range append(samplePages(words, name, lang), samplePage{"gallery", "all", gallerySample(t, words, lang)}) {
				var b bytes.Buffer
				if err := look.Render(&b, p.Page, p.data); err != nil {
					t.Errorf("%s, %s (%s): %v", name, p.Page, p.Name, err)
				}
				checkPage(t, fmt.Sprintf("%s, %s (%s, %s)", name, p.Page, p.Name, lang), b.String())
				shown = append(shown, p.Page)
			}
		}
		for _, page := range look.Pages() {
			if !slices.Contains(shown, page) {
				t.Errorf("%s: nothing shows the page %s", name, page)
			}
		}
	}
}

func gallerySample(t *testing.T, words *locale.Catalogue, lang string) galleryView {
	t.Helper()
	s := &Site{words: words, themes: loadLooks(t)}
	return s.newGallery(sampleFrame(words, "base", lang, true))
}

// A part that no page calls is seen by nobody, and mended by nobody.
func TestTheGalleryShowsEveryPart(t *testing.T) {
	words, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	shown := gallerySample(t, words, "vi")
	var pages []string
	for _, p := range shown.Pages {
		pages = append(pages, p.Page)
	}
	if len(shown.Parts) < 20 {
		t.Errorf("there are only %d parts: %v", len(shown.Parts), shown.Parts)
	}
	for _, part := range shown.Parts {
		if !slices.ContainsFunc(part.Pages, func(page string) bool { return slices.Contains(pages, page) }) {
			t.Errorf("nothing in the gallery shows the part %s", part.Name)
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
