package desk_test

import (
	"bytes"
	"image"
	"image/png"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/place"
	"doingoai/app/web"
)

func itoa(n int) string { return strconv.Itoa(n) }

func TestRenamingWhatTheSiteIsMadeOf(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		agencyPage, sectionPage, outletPage := "/site/agencies/"+w.portal, "/site/sections/"+w.economy, "/site/outlets/"+w.portalOutlet
		for _, c := range []struct {
			page, path string
			form       url.Values
			now        string
		}{
			{agencyPage, "/name", url.Values{"name_vi": {"Văn phòng tỉnh"}, "name_en": {"Provincial Office"}, "document": {"QĐ 5"}}, `input[value="Văn phòng tỉnh"]`},
			{sectionPage, "/names/vi", url.Values{"name": {"Kinh tế, đầu tư"}, "slug": {""}, "description": {"Số liệu"}}, `input[value="kinh-te-dau-tu"]`},
			{sectionPage, "/names/en", url.Values{"name": {"Economy and trade"}, "slug": {"trade"}}, `input[value="trade"]`},
			{sectionPage, "/parent", url.Values{"parent": {w.culture}}, `option[value="` + w.culture + `"][selected]`},
			{outletPage, "/hosts", url.Values{"hosts": {"doingoai.example.vn,  www.example.vn"}}, `input[value="doingoai.example.vn www.example.vn"]`},
			{outletPage, "/texts/vi", url.Values{"name": {"Cổng mới"}, "phone": {"0271 000 000"}, "email": {"cong@example.vn"}, "licence_on": {"2026-07-01"}}, `input[value="2026-07-01"]`},
			{outletPage, "/look", url.Values{"theme": {"base"}, "accent": {"#8b1420"}}, `input[value="#8b1420"]`},
			{outletPage, "/menus/vi", url.Values{"sections-" + w.economy: {"2"}, "sections-" + w.culture: {"1"}}, `input[name="sections-` + w.culture + `"][value="1"]`},
			{outletPage, "/languages", url.Values{"languages-en": {"1"}, "languages-vi": {"9"}}, `input[name="languages-vi"][value="2"]`},
		} {
			to := admin.send(c.page+c.path, c.form).Is(http.StatusSeeOther).Header.Get("Location")
			if page := admin.Get(to).Is(http.StatusOK); !strings.HasPrefix(to, c.page+"?done=") || !page.Has(c.now) || !page.Has(".flash") {
				t.Errorf("%s%s: the page does not show %s", c.page, c.path, c.now)
			}
		}
		if got := admin.Get(outletPage).Text("h1"); got != "Cổng mới" {
			t.Errorf("the outlet is headed %q", got)
		}
		if got := admin.Get(agencyPage).Text(".rows"); !strings.Contains(got, "Cổng thông tin điện tử Tiếng Việt · đến 01/07/2026") {
			t.Errorf("the agency was called %q", got)
		}
	})
}

func TestARefusedFormUnderTheSiteStaysOpen(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		gate := w.id(w.places.Add(ctx, admin.actor, place.Founding{Code: "hoa-lu", Kind: "border_gate", Names: map[string]string{"vi": "Hoa Lư"}}))
		agencies, sections, outlets, places := "/site/agencies/"+w.portal, "/site/sections/"+w.economy, "/site/outlets/"+w.portalOutlet, "/site/places/"+gate
		for _, c := range []struct {
			name, path   string
			field, value string
			want         string
		}{
			{"an agency without a name", agencies + "/name", "name_vi", "", "Hãy điền mục này."},
			{"a date that is none", agencies + "/name", "from", "mai", "Hãy nhập ngày theo dạng ngày/tháng/năm, ví dụ 24/11/2026."},
			{"a date to come", agencies + "/name", "from", "2030-01-01", "Ngày đổi tên chưa tới. Hãy nhập tên mới từ ngày tên đó có hiệu lực."},
			{"a link that is none", agencies + "/name", "link", "văn bản", "Liên kết phải bắt đầu bằng https:// hoặc http://."},
			{"a merger that nobody is sure of", agencies + "/merge", "sure", "", "Việc gộp không hoàn lại được. Hãy đánh dấu để xác nhận."},
			{"a merger without a document", agencies + "/merge", "document", "", "Hãy điền mục này."},
			{"a section without a name", sections + "/names/vi", "name", "", "Hãy điền mục này."},
			{"a section's name too long", sections + "/names/vi", "name", strings.Repeat("ộ", 121), "Nội dung quá dài, tối đa 120 ký tự."},
			{"another section's address", sections + "/names/vi", "slug", "van-hoa", "Đường dẫn “van-hoa” đang hoặc đã từng là của chuyên mục khác. Hãy đổi tên hoặc đường dẫn."},
			{"an address of the site's own", sections + "/names/en", "slug", "search", "Đường dẫn “search” dành cho trang khác của hệ thống. Hãy đổi tên hoặc đường dẫn."},
			{"a section below itself", sections + "/parent", "parent", w.economy, "Không thể đặt chuyên mục dưới chính nó hoặc dưới chuyên mục con của nó."},
			{"no host name", outlets + "/hosts", "hosts", " ", "Hãy điền mục này."},
			{"a host name that is none", outlets + "/hosts", "hosts", "http://x.vn/", "“http://x.vn/” không phải là tên miền. Hãy nhập tên miền không kèm http:// và số cổng, ví dụ binhphuoc.gov.vn."},
			{"another outlet's host name", outlets + "/hosts", "hosts", "newspaper.localhost", "Tên miền newspaper.localhost đang thuộc kênh khác."},
			{"an outlet without a name", outlets + "/texts/vi", "name", "", "Hãy điền mục này."},
			{"an address for letters that is none", outlets + "/texts/vi", "email", "hộp thư", "Địa chỉ thư điện tử chưa đúng, ví dụ đúng: ten@example.com."},
			{"a colour that cannot be read", outlets + "/look", "accent", "#f5b301", "Màu #f5b301 chỉ tương phản 1,6:1 với nền sáng, cần ít nhất 4,5:1. Hãy chọn màu đậm hơn."},
			{"a place within itself", places + "/within", "within", gate, "Không thể để địa danh trực thuộc chính nó hoặc nơi trực thuộc nó."},
			{"a place that ends in nothing", places + "/end", "into", "", "Hãy điền mục này."},
		} {
			form := url.Values{}
			for _, field := range []string{"name", "name_vi", "hosts", "theme"} {
				form.Set(field, "base")
			}
			if c.field == "name_vi" {
				form.Set("name_en", "")
			}
			if strings.HasSuffix(c.path, "/merge") {
				form.Set("from", w.paper)
				form.Set("sure", "1")
			}
			form.Set(c.field, c.value)
			page := admin.send(c.path, form).Is(http.StatusUnprocessableEntity)
			id := strings.ReplaceAll(strings.Trim(c.path, "/"), "/", "-") + "-" + c.field
			if got := page.Text("#e-" + id); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
			if !page.Has(`.errors a[href="#`+id+`"]`) || !page.Has("details[open] #"+id) || len(page.All("details[open]")) != 1 {
				t.Errorf("%s: the summary does not lead to the one open form", c.name)
			}
			if field := "input:not([type=checkbox])#" + id; page.Has(field) {
				if got := page.Attr(field, "value"); got != strings.TrimSpace(c.value) && got != c.value {
					t.Errorf("%s: the field holds %q, %q was typed", c.name, got, c.value)
				}
			}
		}
	})
}

func TestAddingWhatTheSiteIsMadeOf(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		for _, c := range []struct {
			path  string
			form  url.Values
			title string
		}{
			{"/site/agencies/new", url.Values{"code": {"cong"}, "name_vi": {"Cổng mới"}, "split_from": {w.portal}, "document": {"QĐ 1"}}, "Cổng mới"},
			{"/site/sections/new", url.Values{"code": {"bien-gioi"}, "name_vi": {"Biên giới"}, "name_en": {"Border"}, "parent": {w.economy}}, "Biên giới"},
			{"/site/outlets/new", url.Values{"code": {"dai"}, "name_vi": {"Đài"}, "agency": {w.paper}, "hosts": {"dai.localhost"}, "theme": {"base"}}, "Đài"},
			{"/site/places/new", url.Values{"code": {"loc-ninh"}, "kind": {"district"}, "name_vi": {"Lộc Ninh"}}, "huyện Lộc Ninh"},
		} {
			to := admin.send(c.path, c.form).Is(http.StatusSeeOther).Header.Get("Location")
			if got := admin.Get(to).Is(http.StatusOK).Text("h1"); got != c.title {
				t.Errorf("%s leads to %s, %q", c.path, to, got)
			}
			again := admin.send(c.path, c.form).Is(http.StatusUnprocessableEntity)
			code := c.form.Get("code")
			id := strings.ReplaceAll(strings.Trim(c.path, "/"), "/", "-") + "-code"
			if got := again.Text("#e-" + id); got != "Mã "+code+" đã có. Hãy chọn mã khác." || again.Attr("#"+id, "value") != code {
				t.Errorf("%s a second time: %q", c.path, got)
			}
			if got := again.Text(".errors li"); !strings.HasPrefix(got, "Mã: ") {
				t.Errorf("%s: the summary says %q", c.path, got)
			}
		}
		if got := admin.Get("/site").Is(http.StatusOK).Text(".rows"); !strings.Contains(got, "Cơ quan 3") {
			t.Errorf("the overview says %q", got)
		}
	})
}

func TestMergingAgenciesOnTheirPage(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.agencies.Inherit(
			agency.Heir{Of: "people", Take: w.accounts.Inherit}, agency.Heir{Of: "outlets", Take: w.outlets.Inherit},
			agency.Heir{Of: "editions", Take: w.newsroom.Inherit},
		)
		admin := w.hire(w.portal, account.SystemAdministrator)
		reporter := w.hire(w.paper, account.Reporter)
		ref := reporter.write(w.article("Bài của báo"))
		admin.send("/site/agencies/"+w.portal+"/merge", url.Values{"from": {w.paper}, "document": {"Quyết định 9"}, "at": {"2026-06-30"}, "sure": {"1"}}).
			Is(http.StatusSeeOther).LeadsTo("/site/agencies/" + w.portal + "?done=merged")
		if got := admin.Get("/site/agencies/" + w.portal).Text(".rows"); !strings.Contains(got, "Nhận Báo tỉnh 30/06/2026 · Quyết định 9") {
			t.Errorf("the history says %q", got)
		}
		old := admin.Get("/site/agencies/" + w.paper).Is(http.StatusOK)
		if !strings.Contains(old.Body, "thôi hoạt động từ 30/06/2026") || old.Has("form.stack") {
			t.Error("the former agency can still be changed")
		}
		reporter.Get(pathOf(ref)).Is(http.StatusOK)
		var err error
		reporter.actor, err = w.accounts.ActorFor(ctx, reporter.actor.ID)
		w.must(err)
		if got := reporter.open(ref).Agency; got != w.portal {
			t.Errorf("the article belongs to %s", got)
		}
		for _, page := range []string{"/new", "/people"} {
			who := reporter
			if page == "/people" {
				who = admin
			}
			if who.Get(page).Is(http.StatusOK).Has(`option[value="` + w.paper + `"]`) {
				t.Errorf("%s still offers the former agency", page)
			}
		}
	})
}

func TestSectionsAreOrderedClosedAndRefuseNewArticles(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin, reporter := w.hire(w.portal, account.SystemAdministrator), w.hire(w.portal, account.Reporter)
		old := reporter.write(w.article("Bài đã có"))
		admin.send("/site/sections/"+w.culture+"/order", url.Values{"forward": {"-1"}}).Is(http.StatusSeeOther).LeadsTo("/site/sections?done=moved")
		if got := admin.Get("/site/sections").Text(".rows li"); !strings.HasPrefix(got, "Văn hóa") {
			t.Errorf("the first is %q", got)
		}
		admin.send("/site/sections/"+w.economy+"/close", nil).Is(http.StatusSeeOther)
		if reporter.Get("/new").Has(`option[value="` + w.economy + `"]`) {
			t.Error("a closed section is still offered")
		}
		if !reporter.Get(pathOf(old)).Has(`option[value="` + w.economy + `"][selected]`) {
			t.Error("an article in it has lost its section")
		}
		fresh := reporter.send("/new", url.Values{"agency": {w.portal}, "lang": {"vi"}, "section": {w.economy}, "headline": {"Mới"}}).Is(http.StatusUnprocessableEntity)
		if got := fresh.Text("#e-section"); got != "Chuyên mục này đã đóng, không nhận bài mới. Hãy chọn chuyên mục khác." {
			t.Errorf("the page says %q", got)
		}
		sheet := reporter.open(old)
		sheet.Revision.Content.Headline = "Bài đã có, sửa lại"
		_, err := w.newsroom.Save(ctx, reporter.actor, old, sheet.Revision.Number, sheet.Revision.Content)
		w.must(err) // what is in it stays
		admin.send("/site/sections/"+w.economy+"/reopen", nil).Is(http.StatusSeeOther)
		reporter.send("/new", url.Values{"agency": {w.portal}, "lang": {"vi"}, "section": {w.economy}, "headline": {"Mới"}}).Is(http.StatusSeeOther)
	})
}

func TestPlacesAreFoundByAnyNameAndDay(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		sendList(w, admin, `[
			{"code": "song-be", "kind": "province", "names": {"vi": "Sông Bé"}, "until": "1997-01-01", "into": ["binh-phuoc", "binh-duong"], "end_basis": {"document": "Chia tỉnh"}},
			{"code": "binh-phuoc", "kind": "province", "names": {"vi": "Bình Phước"}, "from": "1997-01-01"},
			{"code": "binh-duong", "kind": "province", "names": {"vi": "Bình Dương"}, "from": "1997-01-01"},
			{"code": "chon-thanh", "kind": "district", "names": {"vi": "Chơn Thành"}, "within": "binh-phuoc", "changes": [{"kind": "town", "from": "2022-08-11"}]}
		]`).Is(http.StatusSeeOther).LeadsTo("/site/places?done=places_imported")
		for query, want := range map[string]string{
			"q=chon+thanh":               "thị xã Chơn Thành",
			"q=chon+thanh&on=2014-06-01": "huyện Chơn Thành",
			"q=SONG+BE":                  "tỉnh Sông Bé đến 31/12/1996",
			"on=1990-01-01&q=be":         "tỉnh Sông Bé",
			"q=atlantis":                 "",
		} {
			page := admin.Get("/site/places?" + query).Is(http.StatusOK)
			got := ""
			if page.Has(".things") {
				got = page.Text(".things")
			}
			if got != want && !strings.HasPrefix(got, want+" ") {
				t.Errorf("%s: %q, want %q", query, got, want)
			}
		}
		tree := admin.Get("/site/places").Is(http.StatusOK)
		if got := tree.Text(".things .things"); got != "thị xã Chơn Thành" {
			t.Errorf("within Bình Phước is %q", got)
		}
		admin.Get("/site/places?on=hom+nay").Is(http.StatusBadRequest)
		for _, bad := range []string{"", "[{", `[{"code": "x", "planet": true}]`, `[{"code": "X y", "kind": "ward", "names": {"vi": "X"}}]`, strings.Repeat(" ", 210<<10)} {
			if got := sendList(w, admin, bad).Is(http.StatusUnprocessableEntity); !got.Has("#e-site-places-import-list") {
				t.Errorf("%.30q is not refused at its field", bad)
			} else if said := got.Text("#e-site-places-import-list"); strings.Contains(said, "yaml") || strings.Contains(said, "content.") {
				t.Errorf("%.30q: the person is told of the program: %q", bad, said)
			}
		}
		if all, err := w.places.All(ctx); err != nil || len(all) != 4 {
			t.Errorf("%d places, %v", len(all), err)
		}
	})
}

// sendList uploads a list of places.
func sendList(w *world, p *person, list string) *apptest.Answer {
	return sendFile(w, p, "/site/places/import", "list", []byte(list))
}

// sendFile uploads a file by a form that has nothing else.
func sendFile(w *world, p *person, path, field string, content []byte) *apptest.Answer {
	w.t.Helper()
	var body bytes.Buffer
	parts := multipart.NewWriter(&body)
	file, err := parts.CreateFormFile(field, "a.file")
	w.must(err)
	_, err = file.Write(content)
	w.must(err)
	w.must(parts.WriteField("csrf", p.csrf()))
	w.must(parts.Close())
	r := httptest.NewRequest(http.MethodPost, origin+path, &body)
	r.Header.Set("Content-Type", parts.FormDataContentType())
	return p.Do(r)
}

func TestAnOutletIsGivenItsEmblem(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		at := "/site/outlets/" + w.portalOutlet
		var sign bytes.Buffer
		w.must(png.Encode(&sign, image.NewNRGBA(image.Rect(0, 0, 80, 80))))
		for what, content := range map[string][]byte{"nothing": nil, "no picture": []byte("GIF89a"), "too much": bytes.Repeat([]byte("x"), 60<<10)} {
			page := sendFile(w, admin, at+"/emblem", "emblem", content).Is(http.StatusUnprocessableEntity)
			if !page.Has("#e-site-outlets-" + w.portalOutlet + "-emblem-emblem") {
				t.Errorf("%s is not refused at its field", what)
			}
		}
		to := sendFile(w, admin, at+"/emblem", "emblem", sign.Bytes()).Is(http.StatusSeeOther).Header.Get("Location")
		if page := admin.Get(to).Is(http.StatusOK); !page.Has(".flash") || !page.Has(`input[name="emblem_none"]:not([checked])`) {
			t.Error("nothing is said of the emblem")
		}
		o, err := w.outlets.Get(ctx, w.portalOutlet)
		w.must(err)
		path := web.EmblemPath(o.Document().Emblem)
		if got := admin.Get(path).Is(http.StatusOK); got.Body != string(o.Emblem) {
			t.Errorf("%s has %d bytes", path, len(got.Body))
		}
		admin.send(at+"/emblem", url.Values{"emblem_none": {"1"}}).Is(http.StatusSeeOther)
		if admin.Get(at).Is(http.StatusOK).Has(`input[name="emblem_none"]`) {
			t.Error("it still has an emblem of its own")
		}
		admin.Get(path).Is(http.StatusNotFound)
	})
}
