package public_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/release"
)

// dressed is the portal with what an administrator gave it.
func dressed() release.Outlet {
	return release.Outlet{
		ID: "portal", Code: "portal", Agency: "office", Theme: "portal", Hosts: []string{"portal.localhost"}, Languages: []string{"vi", "en"}, Default: true,
		Texts: map[string]release.OutletText{
			"vi": {Name: "Cổng", Governing: "Ủy ban nhân dân tỉnh", Licence: "Số 12/GP", LicenceOn: "2026-07-01", LicenceBy: "Cục Báo chí"},
			"en": {Name: "Portal"},
		},
		Accent: &release.Accent{Day: "#7a1f3d", Night: "#f0a8bd"}, Menus: map[string][]string{"vi": {"culture", "parks", "none"}},
	}
}

func TestAnOutletHasItsOwnColour(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	if r.Get("/vi/").Is(http.StatusOK).Has(`link[href^="/-/accent/"]`) {
		t.Error("an outlet without a colour of its own has a stylesheet for it")
	}
	w.settle(w.put(release.OutletKind, "portal", dressed()))
	page := r.Get("/vi/").Is(http.StatusOK)
	path := page.Attr(`link[href^="/-/accent/"]`, "href")
	style := r.Get(path).Is(http.StatusOK)
	if path != "/-/accent/7a1f3d-f0a8bd.css" || style.Header.Get("Content-Type") != "text/css; charset=utf-8" || !strings.Contains(style.Header.Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %v", path, style.Header)
	}
	for _, want := range []string{"--own-accent: var(--day, #7a1f3d) var(--night, #f0a8bd);"} {
		if !strings.Contains(style.Body, want) {
			t.Errorf("the style lacks %q", want)
		}
	}
	for _, bad := range []string{"7a1f3d.css", "7a1f3d-f0a8bdx.css", "red-blue.css", "7A1F3D-F0A8BD.css", "7a1f3d-f0a8bd.css%0a", "7a1f3d-f0a8bd%7d.css"} {
		r.Get("/-/accent/" + bad).Is(http.StatusNotFound)
	}
}

func TestAnOutletHasItsOwnEmblem(t *testing.T) {
	w := newWorld(t)
	r := w.reader()
	for theme, usual := range map[string]bool{"portal": true, "newspaper": false, "broadcaster": false} {
		o := dressed()
		o.Theme = theme
		w.settle(w.put(release.OutletKind, "portal", o))
		if got := r.Get("/vi/").Is(http.StatusOK).Has(`.masthead img.emblem[src$=".svg"]`); got != usual {
			t.Errorf("%s has an emblem: %v", theme, got)
		}
		o.Emblem = &release.Emblem{Name: "0123456789abcdef.png", PNG: []byte("\x89PNG"), Width: 150, Height: 100}
		w.settle(w.put(release.OutletKind, "portal", o))
		page := r.Get("/vi/").Is(http.StatusOK)
		path := page.Attr(`.masthead img.emblem[width="150"][height="100"][alt=""]`, "src")
		picture := r.Get(path).Is(http.StatusOK)
		if path != "/-/emblem/0123456789abcdef.png" || picture.Body != "\x89PNG" || picture.Header.Get("Content-Type") != "image/png" || !strings.Contains(picture.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %s: %v", theme, path, picture.Header)
		}
		if !strings.Contains(page.Body, `"logo":"http://portal.localhost:8080/-/emblem/0123456789abcdef.png"`) {
			t.Errorf("%s: search engines are told of no logo", theme)
		}
		for _, bad := range []string{"0123456789abcdee.png", "x", "..%2f..%2fsecret.key", ""} {
			r.Get("/-/emblem/" + bad).Is(http.StatusNotFound)
		}
	}
}

func TestAMenuIsWhatWasChosen(t *testing.T) {
	w := newWorld(t)
	menu := func(lang string) string {
		var names []string
		for _, a := range w.reader().Get("/" + lang + "/").Is(http.StatusOK).All(".menu a") {
			names = append(names, apptest.Text(a))
		}
		return strings.Join(names, ", ")
	}
	w.settle(w.put(release.OutletKind, "portal", dressed()))
	if got := menu("vi"); got != "Văn hóa – Du lịch, Khu công nghiệp" {
		t.Errorf("in Vietnamese the menu has %q", got)
	}
	if got := menu("en"); got != "Investment, Culture and tourism" {
		t.Errorf("in English, for which nothing was chosen, the menu has %q", got)
	}
	w.settle(w.put(release.SectionKind, "culture", release.Section{ID: "culture", Code: "culture", Position: 9, Closed: true, Names: map[string]release.SectionName{
		"vi": {Name: "Văn hóa – Du lịch", Slug: "van-hoa"}, "en": {Name: "Culture and tourism", Slug: "culture"},
	}}))
	if got := menu("en"); got != "Investment" {
		t.Errorf("with a closed section the menu has %q", got)
	}
	w.reader().Get("/en/culture").Is(http.StatusOK) // its pages stay
}

func TestTheFooterHasTheLicenceAndTheGoverningBody(t *testing.T) {
	w := newWorld(t)
	w.settle(w.put(release.OutletKind, "portal", dressed()))
	identity := w.reader().Get("/vi/").Text("footer .identity")
	for _, want := range []string{"Cơ quan chủ quảnỦy ban nhân dân tỉnh", "Giấy phépSố 12/GP, cấp ngày 01/07/2026, Cục Báo chí"} {
		if !strings.Contains(identity, want) {
			t.Errorf("the footer does not say %q but %q", want, identity)
		}
	}
}

func TestAnArticleNamesItsAgencyAsItWasCalledThen(t *testing.T) {
	w := newWorld(t)
	old := article("nnnnnnnn22", "vi", "invest", 1, "Bài cũ", "bai-cu")
	old.Agency = "paper"
	renamed := old.Published.Add(24 * time.Hour)
	w.put(release.AgencyKind, "paper", release.Agency{ID: "paper", Code: "paper", Names: map[string]string{"vi": "Báo và Đài"}, Former: []release.FormerName{
		{Lang: "vi", Name: "Báo Bình Phước", Until: renamed},
	}})
	fresh := article("nnnnnnnn23", "vi", "invest", 1, "Bài mới", "bai-moi")
	fresh.Agency, fresh.Published, fresh.Updated = "paper", renamed.Add(time.Hour), renamed.Add(time.Hour)
	w.publish(old)
	w.settle(w.publish(fresh))
	for path, want := range map[string]string{"/vi/dau-tu/bai-cu-nnnnnnnn22": "Báo Bình Phước", "/vi/dau-tu/bai-moi-nnnnnnnn23": "Báo và Đài"} {
		page := w.reader().Get(path).Is(http.StatusOK)
		if !strings.Contains(page.Text("main"), want) || !strings.Contains(page.Text(`script[type="application/ld+json"]`), want) {
			t.Errorf("%s does not say that it is of %q", path, want)
		}
	}
}
