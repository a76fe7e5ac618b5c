package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
)

func TestRenamingWhatTheSiteIsMadeOf(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		for _, c := range []struct {
			path string
			form url.Values
			now  string
		}{
			{"/site/agencies/" + w.portal, url.Values{"name_vi": {"Văn phòng tỉnh"}, "name_en": {"Provincial Office"}}, "Văn phòng tỉnh"},
			{"/site/sections/" + w.economy + "/vi", url.Values{"name": {"Kinh tế, đầu tư"}, "slug": {""}, "description": {"Số liệu"}}, "kinh-te-dau-tu"},
			{"/site/sections/" + w.economy + "/en", url.Values{"name": {"Economy and trade"}, "slug": {"trade"}}, "Economy and trade"},
			{"/site/outlets/" + w.portalOutlet + "/hosts", url.Values{"hosts": {"doingoai.example.vn,  www.example.vn"}}, "doingoai.example.vn www.example.vn"},
			{"/site/outlets/" + w.portalOutlet + "/texts/vi", url.Values{"name": {"Cổng mới"}, "phone": {"0271 000 000"}, "email": {"cong@example.vn"}}, "0271 000 000"},
		} {
			admin.send(c.path, c.form).Is(http.StatusSeeOther).LeadsTo("/site?done=renamed")
			if page := admin.Get("/site?done=renamed").Is(http.StatusOK); !page.Has(`input[value="` + c.now + `"]`) {
				t.Errorf("%s: the page does not show %q", c.path, c.now)
			}
		}
		if got := admin.Get("/site").Text("summary"); !strings.HasPrefix(got, "Cổng mới") {
			t.Errorf("the outlet is headed %q", got)
		}
	})
}

func TestARefusedNameStaysAtItsForm(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		for _, c := range []struct {
			name, path   string
			field, value string
			want         string
		}{
			{"an agency without a name", "/site/agencies/" + w.portal, "name_vi", "", "Hãy điền mục này."},
			{"a date that is none", "/site/agencies/" + w.portal, "from", "mai", "Hãy nhập ngày theo dạng ngày/tháng/năm, ví dụ 24/11/2026."},
			{"a date to come", "/site/agencies/" + w.portal, "from", "2030-01-01", "Ngày đổi tên chưa tới. Hãy nhập tên mới từ ngày tên đó có hiệu lực."},
			{"a section without a name", "/site/sections/" + w.economy + "/vi", "name", "", "Hãy điền mục này."},
			{"a section's name too long", "/site/sections/" + w.economy + "/vi", "name", strings.Repeat("ộ", 121), "Nội dung quá dài, tối đa 120 ký tự."},
			{"another section's address", "/site/sections/" + w.economy + "/vi", "slug", "van-hoa", "Địa chỉ “van-hoa” đang hoặc đã từng là của chuyên mục khác. Hãy chọn địa chỉ khác."},
			{"an address of the site's own", "/site/sections/" + w.economy + "/en", "slug", "search", "Địa chỉ “search” được dành cho trang khác của hệ thống. Hãy chọn địa chỉ khác."},
			{"no host name", "/site/outlets/" + w.portalOutlet + "/hosts", "hosts", " ", "Hãy điền mục này."},
			{"a host name that is none", "/site/outlets/" + w.portalOutlet + "/hosts", "hosts", "http://x.vn/", "“http://x.vn/” không phải là tên miền. Hãy nhập tên miền không kèm http:// và số cổng, ví dụ binhphuoc.gov.vn."},
			{"another outlet's host name", "/site/outlets/" + w.portalOutlet + "/hosts", "hosts", "newspaper.localhost", "Tên miền newspaper.localhost đang thuộc kênh khác."},
			{"an outlet without a name", "/site/outlets/" + w.portalOutlet + "/texts/vi", "name", "", "Hãy điền mục này."},
			{"an address for letters that is none", "/site/outlets/" + w.portalOutlet + "/texts/vi", "email", "hộp thư", "Địa chỉ thư điện tử chưa đúng, ví dụ đúng: ten@example.com."},
		} {
			form := url.Values{}
			for _, field := range []string{"name", "name_vi", "hosts"} {
				form.Set(field, "giá trị khác")
			}
			if c.field == "name_vi" {
				form.Set("name_en", "")
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
			if got := page.Attr("#"+id, "value"); got != strings.TrimSpace(c.value) && got != c.value {
				t.Errorf("%s: the field holds %q, %q was typed", c.name, got, c.value)
			}
		}
	})
}
