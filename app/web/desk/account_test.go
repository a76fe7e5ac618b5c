package desk_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"doingoai/app/account"
	"doingoai/app/apptest"
)

func TestAPersonSeesAndEndsTheirSessions(t *testing.T) {
	eachWorld(t, func(w *world) {
		here := w.hire(w.portal, account.Reporter)
		home, phone := w.enter(here.actor.Email), w.enter(here.actor.Email)
		other := w.hire(w.portal, account.Editor)

		page := here.Get("/account").Is(http.StatusOK)
		if got := len(page.All(".rows > li")); got != 3 {
			t.Fatalf("%d sessions, want 3", got)
		}
		if !strings.Contains(page.Text(".rows"), "Thiết bị này") {
			t.Error("this session is not pointed out")
		}
		forms := page.All(`form[action$="/revoke"]`)
		if len(forms) != 2 {
			t.Fatalf("%d sessions can be ended, want the 2 others", len(forms))
		}
		here.send(apptest.Attr(forms[0], "action"), nil).Is(http.StatusSeeOther).LeadsTo("/account?done=revoked")
		if ended := home.Get("/").Status + phone.Get("/").Status; ended != http.StatusSeeOther+http.StatusOK {
			t.Error("not exactly one session was ended")
		}
		other.send(apptest.Attr(forms[1], "action"), nil).Is(http.StatusNotFound) // it is not theirs to end
		here.send("/account/sessions/others", nil).Is(http.StatusSeeOther)
		home.Get("/").Is(http.StatusSeeOther)
		phone.Get("/").Is(http.StatusSeeOther)
		if page := here.Get("/account").Is(http.StatusOK); page.Has(`form[action="/account/sessions/others"]`) {
			t.Error("there is nothing left to end, yet the button is there")
		}
		other.Get("/").Is(http.StatusOK)
	})
}

func TestChangingThePassword(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hireNamed("Nguyễn Văn An", w.portal, account.Reporter)
		elsewhere := w.enter(p.actor.Email)
		const fresh = "mưa rào tháng bảy về"
		for _, c := range []struct{ name, old, new, field, want string }{
			{"a wrong old one", "không phải đâu nhé", fresh, "old", "Mật khẩu hiện tại chưa đúng."},
			{"no old one", "", fresh, "old", "Hãy điền mục này."},
			{"too short", password, "ngắn", "new", "Mật khẩu quá ngắn, cần ít nhất 10 ký tự."},
			{"too long", password, strings.Repeat("dài ơi ", 60), "new", "Mật khẩu quá dài, tối đa 200 ký tự."},
			{"one's own name", password, "nguyen van an", "new", "Mật khẩu không được trùng với tên hoặc địa chỉ thư điện tử của bạn."},
			{"easily guessed", password, "Mật khẩu 123", "new", "Mật khẩu này quá dễ đoán. Hãy chọn một câu mà chỉ bạn nghĩ ra."},
		} {
			answer := p.send("/account/password", url.Values{"old": {c.old}, "new": {c.new}}).Is(http.StatusUnprocessableEntity)
			if got := answer.Text("#e-" + c.field); got != c.want {
				t.Errorf("%s: %q, want %q", c.name, got, c.want)
			}
			if strings.Contains(answer.Body, fresh) || strings.Contains(answer.Body, password) {
				t.Errorf("%s: the page holds a password", c.name)
			}
		}
		p.send("/account/password", url.Values{"old": {password}, "new": {fresh}}).Is(http.StatusSeeOther).LeadsTo("/account?done=password")
		p.Get("/account").Is(http.StatusOK)
		elsewhere.Get("/account").Is(http.StatusSeeOther)
		signIn(w.visitor(), p.actor.Email, password, "/").Is(http.StatusUnprocessableEntity)
		signIn(w.visitor(), p.actor.Email, fresh, "/").Is(http.StatusSeeOther)
	})
}

func TestGuessingThePasswordOfAnOpenSessionIsSlowedDown(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	var answer *apptest.Answer
	for range 6 {
		answer = p.send("/account/password", url.Values{"old": {"đoán mò lần nữa"}, "new": {"mưa rào tháng bảy về"}})
	}
	if answer.Is(http.StatusTooManyRequests).Header.Get("Retry-After") == "" {
		t.Error("nothing says how long to wait")
	}
}

func TestSwitchingLanguageStaysOnThePage(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		page := p.Get("/editions?state=draft&lang=vi&done=saved").Is(http.StatusOK)
		next := page.Attr(`form[action="/account/locale"] input[name="next"]`, "value")
		if next != "/editions?state=draft&lang=vi" {
			t.Errorf("the switch comes back to %q", next)
		}
		p.send("/account/locale", url.Values{"locale": {"en"}, "next": {next}}).Is(http.StatusSeeOther).LeadsTo(next)
		if got := p.Get(next).Text("h1"); got != "Articles" {
			t.Errorf("heading %q", got)
		}
		if lang := p.Get("/").Attr("html", "lang"); lang != "en" {
			t.Errorf("the page says it is in %q", lang)
		}
		p.send("/account/locale", url.Values{"locale": {"xx"}, "next": {"/"}}).Is(http.StatusUnprocessableEntity)
	})
}

func TestARefusedFormKnowsThePageItStandsOn(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	ref := s.reporter.write(w.article("Bài"))
	const selector = `form[action="/account/locale"] input[name="next"]`
	for _, c := range []struct {
		who        *person
		path, want string
	}{
		{s.admin, "/people", "/people"},
		{s.admin, "/people/nobody/roles", "/people"},
		{s.admin, "/people/nobody/roles/none/end", "/people"},
		{s.admin, "/site/sections/" + w.economy + "/names/vi", "/site/sections/" + w.economy},
		{s.admin, "/account/password", "/account"},
		{s.reporter, "/new", "/new"},
		{s.reporter, "/letters/none/close", "/letters"},
		{s.chief, pathOf(ref) + "/do", pathOf(ref)},
		{s.translator, pathOf(ref) + "/translate", pathOf(ref)},
	} {
		if got := c.who.send(c.path, url.Values{"verb": {"publish"}}).Attr(selector, "value"); got != c.want {
			t.Errorf("%s stands on %q, want %q", c.path, got, c.want)
		}
	}
}

func TestDevicesAreNamedAsPeopleCallThem(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36":                         "Chrome, Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0":           "Edge, Windows",
		"Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36":     "Samsung Internet, Android",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1": "Safari, iPhone",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                                  "Firefox, Linux",
		"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15":                   "Safari, Mac",
		"curl/8.9.1": "curl/8.9.1",
	} {
		_, _, err := w.accounts.SignIn(ctx, account.SignIn{Email: p.actor.Email, Password: password, Agent: agent})
		w.must(err)
		if list := p.Get("/account").Is(http.StatusOK).Text(".rows"); !strings.Contains(list, want) {
			t.Errorf("%s: the list says %q", agent, list)
		}
		p.send("/account/sessions/others", nil).Is(http.StatusSeeOther)
	}
}
