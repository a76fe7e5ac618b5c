package desk_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/release"
)

func TestNamesThatAreBehindAreMarkedAtTheirFormsAndStillRight(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		w.must(w.outlets.SetText(ctx, admin.actor, w.portalOutlet, "en", release.OutletText{Name: "Portal", Phone: "0271 111"}))
		for _, c := range []struct {
			page, path, late string
			form             url.Values
		}{
			{"/site/sections/" + w.economy, "/names/vi", "name_en", url.Values{"name": {"Kinh tế số"}, "slug": {"kinh-te"}}},
			{"/site/agencies/" + w.portal, "/name", "name_en", url.Values{"name_vi": {"Cổng tỉnh"}, "name_en": {"Provincial Portal"}}},
			{"/site/outlets/" + w.portalOutlet, "/texts/vi", "name_en", url.Values{"name": {"Cổng 2026"}}},
		} {
			if page := admin.Get(c.page).Is(http.StatusOK); page.Has(".late") || page.Has(".late-mark") {
				t.Errorf("%s: behind before anything has changed", c.page)
			}
			admin.send(c.page+c.path, c.form).Is(http.StatusSeeOther)
			page := admin.Get(c.page).Is(http.StatusOK)
			if !page.Has("#late-"+c.late) || !page.Has(`.late-mark a[href="#late-`+c.late+`"]`) || !page.Has(".late ins") || !page.Has("summary .badge") {
				t.Fatalf("%s: not said to be behind: %s", c.page, page.Text("main"))
			}
			right := formOf(page, ".late form")
			right.Set("seen", "another")
			refused := admin.send(c.page+"/right", right).Is(http.StatusConflict)
			if !strings.Contains(refused.Text(".errors"), "Bản gốc vừa được đổi thêm") || !refused.Has("#late-"+c.late) {
				t.Errorf("%s: refused with %s", c.page, refused.Text("main"))
			}
			admin.send(c.page+"/right", formOf(page, ".late form")).LeadsTo(c.page + "?done=still_right")
			if page := admin.Get(c.page + "?done=still_right"); page.Has(".late") || !page.Has(".flash") {
				t.Errorf("%s: still behind", c.page)
			}
		}
		auditor := w.hire(w.portal, account.Auditor)
		if trail := auditor.Get("/audit").Is(http.StatusOK).Text("main"); !strings.Contains(trail, "Xác nhận tên hoặc mô tả chuyên mục vẫn đúng") || !strings.Contains(trail, "Kinh tế → Kinh tế số") {
			t.Errorf("the trail: %s", trail)
		}
	})
}

// An agency, a section and an outlet can be named in every language that
// readers are offered, also one that the interface does not speak.
func TestWhatALanguageLacksIsListedAndCanBeGiven(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		w.must(w.outlets.SetText(ctx, admin.actor, w.portalOutlet, "km", release.OutletText{Name: "វិបផតថល"}))
		w.must(w.outlets.SetLanguages(ctx, admin.actor, w.portalOutlet, []string{"vi", "en", "km"}))
		list := admin.Get("/site/names?missing=1&lang=km").Is(http.StatusOK)
		all := admin.Get("/site/names?missing=1").Is(http.StatusOK)
		for i, lang := range []string{"vi", "en", "km"} {
			if !all.Has(fmt.Sprintf(`.lists li:nth-child(%d) a[href*="lang=%s"]`, i+2, lang)) {
				t.Errorf("%s is not where the other pages have it: %s", lang, all.Text("main"))
			}
		}
		if got := len(list.All(".names > li")); got != 4 { // two agencies, two sections; the newspaper is not offered in Khmer
			t.Errorf("%d are missing: %s", got, list.Text("main"))
		}
		admin.send("/site/agencies/"+w.portal+"/name", formOf(admin.Get("/site/agencies/"+w.portal), `form[action$="/name"]`)).Is(http.StatusSeeOther)
		form := formOf(admin.Get("/site/agencies/"+w.portal), `form[action$="/name"]`)
		form.Set("name_km", "វិបផតថលខេត្ត")
		admin.send("/site/agencies/"+w.portal+"/name", form).Is(http.StatusSeeOther)
		section := formOf(admin.Get("/site/sections/"+w.economy), `form[action$="/names/km"]`)
		section.Set("name", "សេដ្ឋកិច្ច")
		section.Set("slug", "economy-km")
		admin.send("/site/sections/"+w.economy+"/names/km", section).Is(http.StatusSeeOther)
		if got := len(admin.Get("/site/names?missing=1&lang=km").All(".names > li")); got != 2 {
			t.Errorf("%d are missing still", got)
		}
		admin.Get("/site/names?missing=1&after=nonsense").Is(http.StatusBadRequest)
	})
}

func TestATranslatorCatchesUpWithCaptions(t *testing.T) {
	eachWorld(t, func(w *world) {
		s := w.hireStaff()
		picture := w.picture(s.reporter)
		path := "/media/" + picture
		say := func(p *person, values url.Values) *apptest.Answer {
			form := formOf(p.Get(path).Is(http.StatusOK), `form[action$="/words"]`)
			for name := range values {
				form.Set(name, values.Get(name))
			}
			return p.send(path+"/words", form)
		}
		say(s.reporter, url.Values{"alt_vi": {"Cảng"}, "alt_en": {"Port"}}).Is(http.StatusSeeOther)
		say(s.reporter, url.Values{"alt_vi": {"Cảng có 3 cầu tàu"}}).Is(http.StatusSeeOther)

		queue := s.translator.Get("/translations?view=queue").Is(http.StatusOK)
		if !strings.Contains(queue.Text("main"), "Tên và chú thích: 1 chưa cập nhật (1 quan trọng)") {
			t.Errorf("the queue: %s", queue.Text("main"))
		}
		list := s.translator.Get("/translations?view=names&lang=en").Is(http.StatusOK)
		if !list.Has(`.names a[href="`+path+`"]`) || !list.Has(".late.critical .reasons") {
			t.Fatalf("the list: %s", list.Text("main"))
		}
		if other := w.hire(w.paper, account.Translator).Get("/translations?view=names").Is(http.StatusOK); other.Has(".late") {
			t.Error("the files of another agency are listed")
		}
		if page := s.translator.Get(path); !page.Has(`.late-mark a[href="#late-alt_en"]`) || page.Has("#late-alt_vi") {
			t.Errorf("the file's page: %s", page.Text("main"))
		}
		say(s.translator, url.Values{"alt_km": {"កំពង់ផែ"}}).Is(http.StatusSeeOther)
		if !s.translator.Get(path).Has("#late-alt_en") {
			t.Error("another language has cleared it")
		}
		right := formOf(list, ".late form")
		s.translator.send(path+"/right", right).LeadsTo("/translations?done=still_right&lang=en&view=names")
		if s.translator.Get(path).Has(".late") {
			t.Error("it is behind still")
		}
	})
}
