package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
)

const fresh = "mưa rào tháng bảy về"

func TestTheFirstLinkMakesOneAdministratorOnce(t *testing.T) {
	eachWorld(t, func(w *world) {
		token, needed, err := w.accounts.FirstTicket(ctx)
		if err != nil || !needed {
			t.Fatalf("needed %v: %v", needed, err)
		}
		v, path := w.visitor(), "/first/"+token
		page := v.Get(path, "Accept-Language", "en").Is(http.StatusOK)
		if got := page.Text("h1"); got != "The first administrator" {
			t.Errorf("heading %q", got)
		}
		refused := v.Post(path+"?lang=en", url.Values{"name": {""}, "email": {"không phải thư"}, "password": {"ngắn"}, "agency": {w.paper}})
		refused.Is(http.StatusUnprocessableEntity)
		for field, want := range map[string]string{
			"name": "Fill in this field.", "password": "The password is too short: at least 10 characters.",
		} {
			if got := refused.Text("#e-" + field); got != want {
				t.Errorf("%s: %q, want %q", field, got, want)
			}
		}
		if !refused.Has("#e-email") || refused.Attr("#f-email", "value") != "không phải thư" || refused.Attr("#f-agency option[selected]", "value") != w.paper {
			t.Error("what was typed is gone")
		}
		right := url.Values{"name": {"Lê Thị Kiên"}, "email": {"kien@example.vn"}, "password": {fresh}, "agency": {w.portal}}
		v.Post(path+"?lang=en", right).Is(http.StatusSeeOther).LeadsTo("/sign-in?done=ready")
		v.Get("/sign-in?done=ready").Is(http.StatusOK).Text(".flash")
		v.Post(path, right).Is(http.StatusNotFound)
		v.Get(path).Is(http.StatusNotFound)
		signIn(v, "kien@example.vn", fresh, "/people").Is(http.StatusSeeOther).LeadsTo("/people")
		if got := v.Get("/people").Is(http.StatusOK).Attr("html", "lang"); got != "en" {
			t.Errorf("the administrator chose English and reads %s", got)
		}
	})
}

func TestTheFirstLinkExpires(t *testing.T) {
	eachWorld(t, func(w *world) {
		token, _, err := w.accounts.FirstTicket(ctx)
		w.must(err)
		w.clock.Advance(25 * time.Hour)
		w.visitor().Get("/first/" + token).Is(http.StatusNotFound)
		right := url.Values{"name": {"Lê Thị Kiên"}, "email": {"kien@example.vn"}, "password": {fresh}}
		w.visitor().Post("/first/"+token, right).Is(http.StatusNotFound)
	})
}

func TestAnInvitedPersonChoosesAPasswordOnce(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		_, token, err := w.accounts.Invite(ctx, admin.actor, account.NewPerson{
			Email: "moi@example.vn", Name: "Người Mới", Agency: w.portal, Roles: []account.Role{account.Reporter},
		})
		w.must(err)
		v, path := w.visitor(), "/ticket/"+token
		if got := v.Get(path).Is(http.StatusOK).Text("main p"); !strings.Contains(got, "moi@example.vn") {
			t.Errorf("the page does not say for whom it is: %q", got)
		}
		if got := v.Post(path, url.Values{"password": {"Người Mới"}}).Is(http.StatusUnprocessableEntity).Text("#e-password"); got == "" {
			t.Error("a refused password has no message")
		}
		v.Post(path, url.Values{"password": {fresh}}).Is(http.StatusSeeOther).LeadsTo("/sign-in?done=ready")
		v.Post(path, url.Values{"password": {"cầu vồng sau cơn mưa"}}).Is(http.StatusNotFound)
		v.Get(path).Is(http.StatusNotFound)
		signIn(v, "moi@example.vn", fresh, "/").Is(http.StatusSeeOther)
	})
}

func TestAnInvitationExpires(t *testing.T) {
	w := oneWorld(t)
	admin := w.hire(w.portal, account.SystemAdministrator)
	_, token, err := w.accounts.Invite(ctx, admin.actor, account.NewPerson{
		Email: "moi@example.vn", Name: "Người Mới", Agency: w.portal, Roles: []account.Role{account.Reporter},
	})
	w.must(err)
	w.clock.Advance(8 * 24 * time.Hour)
	page := w.visitor().Get("/ticket/" + token).Is(http.StatusNotFound)
	if got := page.Text("h1"); got != "Liên kết này không còn dùng được. Hãy xin người quản trị một liên kết mới." {
		t.Errorf("the page says %q", got)
	}
}
