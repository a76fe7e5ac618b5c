package desk_test

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
)

// signIn sends the form of the sign-in page.
func signIn(v *apptest.Visitor, email, password, next string, headers ...string) *apptest.Answer {
	return v.Post("/sign-in", url.Values{"email": {email}, "password": {password}, "next": {next}}, headers...)
}

func TestSigningInLeadsToWhereOneWantedToGo(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		v := w.visitor()
		v.Get("/editions?state=draft").Is(http.StatusSeeOther).LeadsTo("/sign-in?next=%2Feditions%3Fstate%3Ddraft")
		form := v.Get("/sign-in?next=%2Feditions%3Fstate%3Ddraft").Is(http.StatusOK)
		answer := signIn(v, p.actor.Email, password, form.Attr(`input[name="next"]`, "value"))
		answer.Is(http.StatusSeeOther).LeadsTo("/editions?state=draft")
		cookie := strings.Join(answer.Header.Values("Set-Cookie"), "\n")
		for _, want := range []string{"\nsession=", "path=/", "HttpOnly", "SameSite=Lax"} {
			if !strings.Contains(cookie, want) {
				t.Errorf("the cookie %q lacks %s", cookie, want)
			}
		}
		v.Get("/editions?state=draft").Is(http.StatusOK)
	})
}

func TestAWrongPasswordIsToldAtTheForm(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		for lang, want := range map[string]string{"vi": "Thư điện tử hoặc mật khẩu chưa đúng.", "en": "The email address or the password is wrong."} {
			for _, email := range []string{p.actor.Email, "khongai@example.vn"} {
				answer := signIn(w.visitor(), email, "sai rồi sai rồi", "/", "Accept-Language", lang).Is(http.StatusUnprocessableEntity)
				if got := answer.Text(".errors"); got != want {
					t.Errorf("%s: %q, want %q", lang, got, want)
				}
				if got := answer.Attr("#f-email", "value"); got != email {
					t.Errorf("the address typed was %q, now it is %q", email, got)
				}
				if answer.Attr("#f-password", "value") != "" {
					t.Error("the page holds the password")
				}
			}
		}
	})
}

func TestEmptySignInSaysWhatIsMissing(t *testing.T) {
	answer := signIn(oneWorld(t).visitor(), "", "", "/").Is(http.StatusUnprocessableEntity)
	inPageOrder(t, answer)
	for _, field := range []string{"email", "password"} {
		if got := answer.Text("#e-" + field); got != "Hãy điền mục này." {
			t.Errorf("%s: %q", field, got)
		}
		if answer.Attr("#f-"+field, "aria-invalid") != "true" || !answer.Has(`.errors a[href="#f-`+field+`"]`) {
			t.Errorf("%s is not marked and linked", field)
		}
	}
}

func TestGuessingIsSlowedDown(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		var answer *apptest.Answer
		for range 6 {
			answer = signIn(w.visitor(), p.actor.Email, "đoán mò lần nữa", "/")
		}
		answer.Is(http.StatusTooManyRequests)
		if wait, err := strconv.Atoi(answer.Header.Get("Retry-After")); err != nil || wait < 1 || wait > 3600 {
			t.Errorf("Retry-After: %q", answer.Header.Get("Retry-After"))
		}
		if got := answer.Text(".errors"); !strings.HasPrefix(got, "Có quá nhiều lần đăng nhập không đúng.") {
			t.Errorf("the form says %q", got)
		}
		signIn(w.visitor(), p.actor.Email, password, "/").Is(http.StatusTooManyRequests) // the right one is not looked at either
	})
}

// TestGuessesOfOthersLeaveAKnownBrowserAlone: where somebody has signed in
// before, they get in while others at the same address are shut out.
func TestGuessesOfOthersLeaveAKnownBrowserAlone(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		app, _ := p.enrol()
		v := w.visitor()
		enter := func() {
			t.Helper()
			form := formOf(signIn(v, p.actor.Email, password, "/").Is(http.StatusOK), `form[action^="/sign-in/code"]`)
			form.Set("code", app.code())
			cookies := v.Post("/sign-in/code", form).Is(http.StatusSeeOther).Header.Values("Set-Cookie")
			if !slices.ContainsFunc(cookies, func(c string) bool {
				return strings.HasPrefix(c, "device=") && strings.Contains(c, "expires=") && strings.Contains(c, "HttpOnly")
			}) {
				t.Errorf("the browser is given %q", cookies)
			}
			w.clock.Advance(time.Minute)
		}
		enter()
		for range 5 {
			signIn(w.visitor(), p.actor.Email, "đoán mò lần nữa", "/").Is(http.StatusUnprocessableEntity)
		}
		v.Post("/sign-out", formOf(v.Get("/"), `form[action="/sign-out"]`)).Is(http.StatusSeeOther)
		signIn(w.visitor(), p.actor.Email, password, "/").Is(http.StatusTooManyRequests)
		enter()
		v.Get("/account").Is(http.StatusOK)
	})
}

func TestOnlyPlacesOfThisDeskAreGoneOnTo(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	for next, want := range map[string]string{
		"":                              "/",
		"/letters?done_only=1":          "/letters?done_only=1",
		"https://evil.example/":         "/",
		"//evil.example/":               "/",
		`/\evil.example`:                "/",
		"/\tevil.example":               "/",
		"/\t/evil.example":              "/",
		"/\r\nLocation: http://evil.vn": "/",
		"javascript:alert(1)":           "/",
		"editions":                      "/",
		"/" + strings.Repeat("a", 3000): "/",
	} {
		shown := w.visitor().Get("/sign-in?next="+url.QueryEscape(next)).Is(http.StatusOK).Attr(`input[name="next"]`, "value")
		if len(next) < 2000 && shown != want {
			t.Errorf("the form goes on to %q for %q, want %q", shown, next, want)
		}
		answer := signIn(w.visitor(), p.actor.Email, password, next)
		if len(next) < 2000 {
			answer.Is(http.StatusSeeOther).LeadsTo(want)
		} else {
			answer.Is(http.StatusUnprocessableEntity)
		}
	}
}

func TestSwitchingLanguageBeforeSigningInKeepsTheWay(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	v := w.visitor()
	page := v.Get("/sign-in?next=%2Fletters", "Accept-Language", "vi")
	english := v.Get(page.Attr(".self a[lang=en]", "href")).Is(http.StatusOK)
	if got := english.Text("h1"); got != "Sign in to the newsroom" {
		t.Errorf("heading %q", got)
	}
	if got := english.Attr(`input[name="next"]`, "value"); got != "/letters" {
		t.Errorf("goes on to %q", got)
	}
	refused := v.Post(english.Attr("main form", "action"), url.Values{"email": {p.actor.Email}, "password": {"no"}, "next": {"/letters"}})
	if got := refused.Text(".errors"); got != "The email address or the password is wrong." {
		t.Errorf("the refusal is in another language: %q", got)
	}
	back := v.Get(refused.Attr(".self a[lang=vi]", "href")).Is(http.StatusOK)
	if got := back.Attr(`input[name="next"]`, "value"); got != "/letters" {
		t.Errorf("after a refusal and a switch it goes on to %q", got)
	}
}

func TestSigningOutEndsTheSession(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		page := p.Get("/")
		p.Post("/sign-out", url.Values{"csrf": {page.Attr(`.self input[name="csrf"]`, "value")}}).
			Is(http.StatusSeeOther).LeadsTo("/sign-in?done=signed_out")
		if got := p.Get("/sign-in?done=signed_out").Text(".flash"); got != "Đã đăng xuất." {
			t.Errorf("the page says %q", got)
		}
		p.SetCookie("session", p.token) // what somebody may have copied
		p.Get("/").Is(http.StatusSeeOther)
	})
}

func TestSomebodyWithoutARoleIsToldSoAndCanSignOut(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal)
	page := p.Get("/").Is(http.StatusForbidden)
	if got := page.Text("h1"); got != "Bạn không có quyền" {
		t.Errorf("heading %q", got)
	}
	p.Post("/sign-out", url.Values{"csrf": {page.Attr(`.self input[name="csrf"]`, "value")}}).Is(http.StatusSeeOther)
}
