package desk_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/store"
)

// rowOf is the line of a person in the list of people.
func rowOf(t *testing.T, page *apptest.Answer, email string) string {
	t.Helper()
	for _, row := range page.All(".people > li") {
		if text := apptest.Text(row); strings.Contains(text, email) {
			return text
		}
	}
	t.Fatalf("%s is not in the list", email)
	return ""
}

func (w *world) find(email string) account.Person {
	w.t.Helper()
	id, err := w.accounts.Program().FindByEmail(ctx, email)
	w.must(err)
	p, err := w.accounts.Person(ctx, id)
	w.must(err)
	return p
}

func TestInvitingSomebody(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		page := admin.send("/people", url.Values{
			"name": {"Trần Thị Lan"}, "email": {"lan@example.vn"}, "role": {"translator"}, "agency": {w.paper}, "locale": {"en"},
		}).Is(http.StatusOK)
		if got := rowOf(t, page, "lan@example.vn"); !strings.Contains(got, "Biên dịch viên, Báo tỉnh từ 01/07/2026") || !strings.Contains(got, "Chưa đặt mật khẩu") {
			t.Errorf("the list says %q", got)
		}
		link := page.Text("code.link")
		path, ours := strings.CutPrefix(link, origin)
		if !ours || strings.Contains(admin.Get("/people").Body, link) {
			t.Fatalf("the link %q must be the newsroom's and be shown once", link)
		}
		w.visitor().Post(path, url.Values{"password": {fresh}}).Is(http.StatusSeeOther)
		v := w.visitor()
		signIn(v, "lan@example.vn", fresh, "/").Is(http.StatusSeeOther)
		if got := v.Get("/").Is(http.StatusOK).Attr("html", "lang"); got != "en" {
			t.Errorf("she reads %s", got)
		}
	})
}

func TestARefusedInvitationKeepsWhatWasTyped(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		for _, c := range []struct {
			name, field, value, want string
		}{
			{"no name", "name", "", "Hãy điền mục này."},
			{"a long name", "name", strings.Repeat("Á", 201), "Nội dung quá dài, tối đa 200 ký tự."},
			{"another encoding", "name", "Nguy\xea\xd4n", "Văn bản này dùng bảng mã không đọc được. Hãy chuyển sang Unicode (UTF-8) rồi gửi lại."},
			{"no address", "email", "lan tại báo", "Địa chỉ thư điện tử chưa đúng, ví dụ đúng: ten@example.com."},
			{"a known address", "email", admin.actor.Email, "Địa chỉ thư điện tử này đã có tài khoản."},
			{"no role", "role", "", "Không có vai trò này."},
			{"an invented role", "role", "king", "Không có vai trò này."},
			{"an invented agency", "agency", "atlantis", "Không có cơ quan này."},
		} {
			form := url.Values{"name": {"Trần Thị Lan"}, "email": {"lan@example.vn"}, "role": {"translator"}, "agency": {w.paper}, "locale": {"en"}}
			form.Set(c.field, c.value)
			page := admin.send("/people", form).Is(http.StatusUnprocessableEntity)
			if got := page.Text("#e-invite-" + c.field); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
			if !page.Has(`.errors a[href="#invite-` + c.field + `"]`) {
				t.Errorf("%s: the summary does not lead to the field", c.name)
			}
			for _, field := range []string{"name", "email"} {
				if got := page.Attr("#invite-"+field, "value"); got != strings.ToValidUTF8(form.Get(field), "�") {
					t.Errorf("%s: %s is now %q", c.name, field, got)
				}
			}
			if c.field != "role" && page.Attr("#invite-role option[selected]", "value") != "translator" ||
				c.field != "agency" && page.Attr("#invite-agency option[selected]", "value") != w.paper ||
				page.Attr("#invite-locale option[selected]", "value") != "en" {
				t.Errorf("%s: what was chosen is gone", c.name)
			}
		}
	})
}

func TestGrantingAndEndingARole(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		p := w.hire(w.portal, account.Reporter)
		roles := "/people/" + p.actor.ID + "/roles"
		admin.send(roles, url.Values{"role": {"editor"}, "agency": {w.paper}, "from": {"2026-07-01"}, "to": {"2026-07-31"}}).
			Is(http.StatusSeeOther).LeadsTo("/people?done=granted")
		if got := rowOf(t, admin.Get("/people"), p.actor.Email); !strings.Contains(got, "Biên tập viên, Báo tỉnh từ 01/07/2026 đến 31/07/2026") {
			t.Errorf("the list says %q", got)
		}
		p.Get("/letters").Is(http.StatusOK) // an editor's
		w.clock.Advance(31*24*time.Hour - 9*time.Hour)
		if now := w.db.Now().In(time.FixedZone("ICT", 7*3600)); now.Day() != 31 {
			t.Fatalf("it is %v", now)
		}
		p = w.enter(p.actor.Email)
		p.Get("/letters").Is(http.StatusOK) // the last day counts whole
		w.clock.Advance(24 * time.Hour)
		p = w.enter(p.actor.Email)
		p.Get("/letters").Is(http.StatusForbidden)

		admin = w.enter(admin.actor.Email)
		reporter := w.find(p.actor.Email).Memberships[0]
		if reporter.Role != account.Reporter {
			reporter = w.find(p.actor.Email).Memberships[1]
		}
		admin.send(roles+"/"+reporter.ID+"/end", nil).Is(http.StatusSeeOther).LeadsTo("/people?done=ended")
		p.Get("/new").Is(http.StatusForbidden)
		again := admin.send(roles+"/"+reporter.ID+"/end", nil).Is(http.StatusConflict)
		if got := again.Text(".errors"); got != "Vai trò này đã kết thúc." {
			t.Errorf("the page says %q", got)
		}
	})
}

// TestARoleIsLimitedToLanguages: it is said in the list, to its holder, and on
// the trail; and what the holder is offered is in these languages.
func TestARoleIsLimitedToLanguages(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin, p := w.hire(w.portal, account.SystemAdministrator), w.hire(w.portal, account.Reviser)
		roles, form := "/people/"+p.actor.ID+"/roles", "grant-"+p.actor.ID+"-post_languages"
		for _, c := range []struct{ role, lang, want string }{
			{"translator", "xx", "Ngôn ngữ này chưa được hỗ trợ."},
			{"royalty_officer", "km", "Vai trò này không gắn với ngôn ngữ nào. Hãy bỏ chọn ngôn ngữ."},
		} {
			page := admin.send(roles, url.Values{"role": {c.role}, "agency": {w.portal}, "post_languages": {c.lang}}).Is(http.StatusUnprocessableEntity)
			if got := page.Text("#e-" + form); got != c.want || !page.Has(`.errors a[href="#`+form+`"]`) {
				t.Errorf("%s in %s: %q", c.role, c.lang, got)
			}
			if c.lang == "km" && !page.Has("#"+form+` input[value="km"][checked]`) {
				t.Error("what was ticked is gone")
			}
		}
		admin.send(roles, url.Values{"role": {"editor"}, "agency": {w.portal}, "post_languages": {"en", "km"}}).Is(http.StatusSeeOther)
		admin.send(roles, url.Values{"role": {"editor"}, "agency": {w.portal}, "post_languages": {"km", "zh"}}).Is(http.StatusUnprocessableEntity)
		const said = "chỉ tiếng Anh, tiếng Khmer"
		if got := rowOf(t, admin.Get("/people"), p.actor.Email); !strings.Contains(got, "Biên tập viên, Cổng thông tin điện tử ("+said) {
			t.Errorf("the list says %q", got)
		}
		if got := p.Get("/account").Text("main"); !strings.Contains(got, said) {
			t.Errorf("their own page says %q", got)
		}
		auditor := w.hire(w.portal, account.Auditor)
		if got := auditor.Get("/audit").Text("main"); !strings.Contains(got, "tiếng Anh, tiếng Khmer") {
			t.Errorf("the trail says %q", got)
		}

		offered := func(page *apptest.Answer, field string) (langs []string) {
			for _, o := range page.All(field + " option") {
				langs = append(langs, apptest.Attr(o, "value"))
			}
			return langs
		}
		if got := offered(p.Get("/new"), "#f-lang"); !slices.Equal(got, []string{"en", "km"}) {
			t.Errorf("they may begin an article in %q", got)
		}
		ref := w.hire(w.portal, account.Reporter).write(w.article("Bài tiếng Việt"))
		page := p.Get("/editions/" + ref.Item + "/vi")
		if got := offered(page, "#f-to"); !slices.Equal(got, []string{"en", "km"}) {
			t.Errorf("they may translate into %q", got)
		}
		refused := p.send("/editions/"+ref.Item+"/vi/translate", url.Values{"to": {"zh"}}).Is(http.StatusForbidden)
		if got := refused.Text("main"); !strings.Contains(got, "Vai trò của bạn không áp dụng cho bản tiếng Trung.") {
			t.Errorf("they are told %q", got)
		}
	})
}

func TestARefusedRoleStaysAtThePersonsForm(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		p := w.hire(w.portal, account.Reporter)
		form := "#grant-" + p.actor.ID
		for _, c := range []struct {
			name, field, value, want string
		}{
			{"a role held already", "role", "reporter", "Người này đã giữ vai trò đó tại cơ quan trong thời gian này. Muốn đổi ngôn ngữ, hãy kết thúc vai trò rồi giao lại."},
			{"a date that is none", "from", "hôm qua", "Hãy nhập ngày theo dạng ngày/tháng/năm, ví dụ 24/11/2026."},
			{"an end before the beginning", "to", "2026-07-01", "Ngày kết thúc phải sau ngày bắt đầu và sau thời điểm hiện tại."},
			{"an invented agency", "agency", "atlantis", "Không có cơ quan này."},
		} {
			typed := url.Values{"role": {"editor"}, "agency": {w.portal}, "from": {"2026-08-01"}}
			typed.Set(c.field, c.value)
			page := admin.send("/people/"+p.actor.ID+"/roles", typed).Is(http.StatusUnprocessableEntity)
			if got := page.Text("#e-grant-" + p.actor.ID + "-" + c.field); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
			if !page.Has(`.errors a[href="`+form+"-"+c.field+`"]`) || !page.Has("details[open] "+form+"-"+c.field) {
				t.Errorf("%s: the form is not open, or the summary does not lead to it", c.name)
			}
			if page.Attr(form+"-role option[selected]", "value") != typed.Get("role") || page.Attr(form+"-from", "value") != typed.Get("from") {
				t.Errorf("%s: what was typed is gone", c.name)
			}
			if got := len(page.All("details[open]")); got != 1 {
				t.Errorf("%s: %d forms are open", c.name, got)
			}
		}
	})
}

func TestDisablingAndEnablingAnAccount(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		p := w.hire(w.portal, account.Reporter)
		one := "/people/" + p.actor.ID
		admin.send(one+"/disable", nil).Is(http.StatusSeeOther).LeadsTo("/people?done=disabled")
		p.Get("/").Is(http.StatusSeeOther)
		signIn(w.visitor(), p.actor.Email, password, "/").Is(http.StatusUnprocessableEntity)
		if got := rowOf(t, admin.Get("/people"), p.actor.Email); !strings.Contains(got, "Đã khóa") {
			t.Errorf("the list says %q", got)
		}
		admin.send(one+"/disable", nil).Is(http.StatusConflict)
		if got := admin.send(one+"/reset", nil).Is(http.StatusConflict).Text(".errors"); got != "Tài khoản này đã bị khóa." {
			t.Errorf("the page says %q", got)
		}
		admin.send(one+"/enable", nil).Is(http.StatusSeeOther).LeadsTo("/people?done=enabled")
		signIn(w.visitor(), p.actor.Email, password, "/").Is(http.StatusSeeOther)

		last := admin.send("/people/"+admin.actor.ID+"/disable", nil).Is(http.StatusConflict)
		if got := last.Text(".errors"); got != "Đây là người quản trị cuối cùng. Hãy giao quyền quản trị cho người khác trước." {
			t.Errorf("the page says %q", got)
		}
		admin.Get("/people").Is(http.StatusOK)
	})
}

func TestResettingAPasswordShowsALinkOnce(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		p := w.hire(w.portal, account.Reporter)
		page := admin.send("/people/"+p.actor.ID+"/reset", nil).Is(http.StatusOK)
		p.Get("/").Is(http.StatusSeeOther)
		signIn(w.visitor(), p.actor.Email, password, "/").Is(http.StatusUnprocessableEntity)
		path, _ := strings.CutPrefix(page.Text("code.link"), origin)
		w.visitor().Post(path, url.Values{"password": {fresh}}).Is(http.StatusSeeOther)
		w.visitor().Get(path).Is(http.StatusNotFound)
		signIn(w.visitor(), p.actor.Email, fresh, "/").Is(http.StatusSeeOther)
	})
}

func TestPeopleAreFoundByNameRoleAgencyAndState(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hireNamed("Quản trị Kiên", w.portal, account.SystemAdministrator)
		lan := w.hireNamed("Trần Thị Lan", w.paper, account.Translator)
		w.hireNamed("Lê Văn Lân", w.portal, account.Reporter)
		w.must(w.accounts.Disable(ctx, admin.actor, lan.actor.ID))
		for query, want := range map[string]int{
			"": 3, "q=lan": 2, "q=L%C3%A2n": 2, "q=tran+thi": 1, "q=" + lan.actor.Email: 1, "q=ai+do": 0,
			"role=translator": 1, "role=translator&agency=" + w.portal: 0, "agency=" + w.portal: 2, "state=disabled": 1, "state=active": 2, "state=invited": 0,
		} {
			page := admin.Get("/people?" + query).Is(http.StatusOK)
			if got := len(page.All(".people > li")); got != want {
				t.Errorf("%s: %d people, want %d", query, got, want)
			}
			if want == 0 && page.Text(".empty") != "Không có ai khớp. Hãy bớt một điều kiện." {
				t.Errorf("%s: the page says %q", query, page.Text(".empty"))
			}
		}
		admin.Get("/people?page=abc").Is(http.StatusBadRequest)
	})
}

func TestPeopleHavePages(t *testing.T) {
	w := oneWorld(t)
	admin := w.hireNamed("Quản trị", w.portal, account.SystemAdministrator)
	few := w.queries(func() { admin.Get("/people").Is(http.StatusOK) })
	for range 60 {
		w.hire(w.paper, account.Reporter)
	}
	var first, second *apptest.Answer
	many := w.queries(func() { first = admin.Get("/people?role=reporter").Is(http.StatusOK) })
	if many > few {
		t.Errorf("%d queries for a full page, %d for one of few people", many, few)
	}
	next := first.Attr(`a[rel="next"]`, "href")
	second = admin.Get(next).Is(http.StatusOK)
	if a, b := len(first.All(".people > li")), len(second.All(".people > li")); a != 50 || b != 10 {
		t.Errorf("pages of %d and %d people", a, b)
	}
	if second.Has(`a[rel="next"]`) || second.Attr(`a[rel="prev"]`, "href") != "/people?role=reporter" {
		t.Error("the pages do not lead to each other")
	}
}

func TestAPersonsNameIsCorrected(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		p := w.hireNamed("Tran Thi Lan", w.portal, account.Reporter)
		rename := "/people/" + p.actor.ID + "/name"
		admin.send(rename, url.Values{"name": {"  Trần Thị   Lan "}}).Is(http.StatusSeeOther).LeadsTo("/people?done=renamed")
		if got := w.find(p.actor.Email).Name; got != "Trần Thị Lan" {
			t.Errorf("she is called %q", got)
		}
		page := admin.send(rename, url.Values{"name": {"123"}}).Is(http.StatusUnprocessableEntity)
		if id := "#rename-" + p.actor.ID + "-name"; page.Attr(id, "value") != "123" || !page.Has("details[open] "+id) || len(page.All(".people > li")) != 1 {
			t.Error("what was typed is gone, or the page shows others")
		}
		trail := w.hire(w.portal, account.Auditor).Get("/audit?verb=person.rename").Text(".trail .act")
		if !strings.Contains(trail, "Tran Thi Lan → Trần Thị Lan") {
			t.Errorf("the trail says %q", trail)
		}
	})
}

func TestAChiefWithoutASecondFactorStandsOut(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		chief, reporter := w.hire(w.paper, account.EditorInChief), w.hire(w.paper, account.Reporter)
		page := admin.Get("/people").Is(http.StatusOK)
		if got := rowOf(t, page, chief.actor.Email); !strings.Contains(got, "Chưa bật xác thực hai lớp") {
			t.Errorf("of the chief the list says %q", got)
		}
		if got := rowOf(t, page, reporter.actor.Email); strings.Contains(got, "Chưa bật xác thực hai lớp") {
			t.Errorf("of the reporter the list says %q", got)
		}
		w.must(w.db.Write(ctx, func(tx *store.Tx) error {
			return tx.DB.Exec("INSERT INTO authenticator (person_id, secret, created_at, used_step) VALUES (?, '', 1, 0)", chief.actor.ID).Error
		}))
		if got := rowOf(t, admin.Get("/people"), chief.actor.Email); strings.Contains(got, "Chưa bật xác thực hai lớp") {
			t.Errorf("with one, the list says %q", got)
		}
	})
}
