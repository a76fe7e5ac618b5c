package desk_test

import (
	"crypto/hmac"
	"crypto/sha1"
	"encoding/base32"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/newsroom"
)

// phone is an authenticator app, written from the standard and not from ours.
type phone struct {
	secret []byte
	w      *world
}

func (p phone) code() string {
	mac := hmac.New(sha1.New, p.secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(p.w.clock.Now().Unix()/30)))
	sum := mac.Sum(nil)
	at := sum[19] & 15
	return fmt.Sprintf("%06d", (binary.BigEndian.Uint32(sum[at:at+4])&0x7fffffff)%1_000_000)
}

// enrol sets up an authenticator app through the pages, and answers it with
// the recovery codes that they show.
func (p *person) enrol() (phone, []string) {
	p.w.t.Helper()
	setup := p.send("/account/security/app", nil).Is(http.StatusOK)
	secret, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(setup.Text("code.secret"), " ", ""))
	p.w.must(err)
	app := phone{secret, p.w}
	form := formOf(setup, `form[action="/account/security/app/finish"]`)
	form.Set("code", "000000")
	again := p.send("/account/security/app/finish", form).Is(http.StatusUnprocessableEntity)
	if again.Text("code.secret") != setup.Text("code.secret") || again.Text("#e-code") == "" {
		p.w.t.Error("after a wrong code the secret is another one, or nothing is said")
	}
	form.Set("code", app.code())
	done := p.send("/account/security/app/finish", form).Is(http.StatusOK)
	var codes []string
	for _, n := range done.All(".codes code") {
		codes = append(codes, apptest.Text(n))
	}
	p.w.clock.Advance(time.Minute)
	return app, codes
}

// strict makes the newsroom demand a second factor of weighty roles.
func (w *world) strict() {
	w.t.Helper()
	w.desk.Accounts = account.New(w.db, account.Options{Argon: account.LightArgon(), SecondFactor: account.Required})
	w.accounts, w.app = w.desk.Accounts, w.desk.App(nil, nil)
}

func TestSigningInWithASecondStep(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hireNamed("Phóng viên An", w.portal, account.Reporter)
		app, codes := p.enrol()
		if len(codes) != 10 {
			t.Fatalf("the page shows %d recovery codes", len(codes))
		}
		v := w.visitor()
		step := signIn(v, p.actor.Email, password, "/editions?state=draft").Is(http.StatusOK)
		if step.Header.Get("Set-Cookie") != "" {
			t.Fatal("the password alone gave a session")
		}
		if got := step.Text("h1"); got != "Thêm một bước nữa" {
			t.Errorf("heading %q", got)
		}
		if !strings.Contains(step.Text("main"), "Chào Phóng viên An.") {
			t.Errorf("the page says %q", step.Text("main"))
		}
		form := formOf(step, `form[action^="/sign-in/code"]`)
		form.Set("code", "000000")
		wrong := v.Post("/sign-in/code", form).Is(http.StatusUnprocessableEntity)
		if got := wrong.Text("#e-code"); got != "Mã chưa đúng hoặc đã dùng rồi. Hãy nhập mã mới nhất." {
			t.Errorf("it says %q", got)
		}
		form = formOf(wrong, `form[action^="/sign-in/code"]`)
		form.Set("code", app.code()[:3]+" "+app.code()[3:])
		v.Post("/sign-in/code", form).Is(http.StatusSeeOther).LeadsTo("/editions?state=draft")
		v.Get("/account/security").Is(http.StatusOK)

		other := w.visitor()
		form = formOf(signIn(other, p.actor.Email, password, "/").Is(http.StatusOK), `form[action^="/sign-in/code"]`)
		form.Set("code", codes[0])
		other.Post("/sign-in/code", form).Is(http.StatusSeeOther)
		if got := other.Get("/account/security").Text("main"); !strings.Contains(got, "Còn 9 mã khôi phục chưa dùng") {
			t.Errorf("the page says %q", got)
		}
	})
}

func TestASecondStepThatTookTooLongBeginsAnew(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	app, _ := p.enrol()
	v := w.visitor()
	form := formOf(signIn(v, p.actor.Email, password, "/letters").Is(http.StatusOK), `form[action^="/sign-in/code"]`)
	w.clock.Advance(time.Hour)
	form.Set("code", app.code())
	page := v.Post("/sign-in/code", form).Is(http.StatusConflict)
	if !page.Has("#f-password") || page.Attr(`input[name="next"]`, "value") != "/letters" || page.Text(".errors") == "" {
		t.Errorf("%s", page.Body)
	}
}

// TestWeightyRolesSetUpASecondFactorFirst: nothing else opens until they have.
func TestWeightyRolesSetUpASecondFactorFirst(t *testing.T) {
	eachWorld(t, func(w *world) {
		w.strict()
		chief, reporter := w.hire(w.portal, account.EditorInChief), w.hire(w.portal, account.Reporter)
		reporter.Get("/").Is(http.StatusOK)
		for _, path := range []string{"/", "/editions", "/account", "/account/tokens", "/letters"} {
			chief.Get(path).Is(http.StatusSeeOther).LeadsTo("/account/security")
		}
		chief.send("/account/password", url.Values{}).Is(http.StatusForbidden)
		chief.send("/new", url.Values{"headline": {"x"}}).Is(http.StatusForbidden)
		answer := chief.Get("/", "Accept", "application/json").Is(http.StatusForbidden)
		if !strings.Contains(answer.Body, "xác thực hai lớp") {
			t.Errorf("script is told %s", answer.Body)
		}
		page := chief.Get("/account/security").Is(http.StatusOK)
		if page.Has("nav.tabs") || page.Has(".menu") || !strings.Contains(page.Text(".warning"), "Vai trò của bạn bắt buộc") {
			t.Errorf("the page offers what it does not open: %s", page.Body)
		}
		chief.Get("/help/two-factor").Is(http.StatusOK)
		chief.enrol()
		chief.Get("/").Is(http.StatusOK)
		page = chief.send("/account/security/app/remove", nil).Is(http.StatusConflict)
		if !strings.Contains(page.Text(".errors"), "ít nhất một lớp") {
			t.Errorf("removing the last one: %q", page.Text(".errors"))
		}
	})
}

// TestAnActUponRightsAsksForAProofAndGoesOn with what was filled in.
func TestAnActUponRightsAsksForAProofAndGoesOn(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin, reporter := w.hire(w.portal, account.SystemAdministrator), w.hire(w.portal, account.Reporter)
		app, _ := admin.enrol()
		w.clock.Advance(time.Hour)
		path := "/people/" + reporter.actor.ID + "/roles"
		typed := url.Values{"role": {"editor"}, "agency": {w.portal}, "from": {"2026-07-01"}, "to": {"2026-12-31"}}
		page := admin.send(path, typed).Is(http.StatusForbidden)
		if got := page.Text("h1"); got != "Xác nhận rằng đây là bạn" {
			t.Fatalf("heading %q", got)
		}
		form := formOf(page, "main form")
		for name := range typed {
			if form.Get(name) != typed.Get(name) {
				t.Errorf("%s: %q is carried along as %q", name, typed.Get(name), form.Get(name))
			}
		}
		form.Set("proof_code", "000000")
		wrong := admin.Post(page.Attr("main form", "action"), form).Is(http.StatusUnprocessableEntity)
		if wrong.Text("#e-code") == "" || formOf(wrong, "main form").Get("role") != "editor" {
			t.Errorf("after a wrong code: %s", wrong.Body)
		}
		form = formOf(wrong, "main form")
		form.Set("proof_code", app.code())
		// A browser repeats the same form at the place that 307 names.
		admin.Post(wrong.Attr("main form", "action"), form).Is(http.StatusTemporaryRedirect).LeadsTo(path)
		admin.Post(path, form).Is(http.StatusSeeOther)
		found, err := w.accounts.Person(ctx, reporter.actor.ID)
		w.must(err)
		granted := func(m account.Membership) bool { return m.Role == account.Editor && !m.To.IsZero() }
		if len(found.Memberships) != 2 || !slices.ContainsFunc(found.Memberships, granted) {
			t.Errorf("granted %+v", found.Memberships)
		}
	})
}

func TestAProofSendsNoFormElsewhere(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	for _, then := range []string{"https://evil.example/", "//evil.example/x", "/sign-out", "/nope", "/\\evil.example"} {
		answer := p.send("/proof?then="+url.QueryEscape(then), url.Values{"proof_password": {password}, "proof_next": {"/account"}}).Is(http.StatusSeeOther)
		answer.LeadsTo("/account")
	}
	p.send("/proof", url.Values{"proof_password": {password}, "proof_next": {"https://evil.example/"}}).LeadsTo("/")
	p.send("/proof", url.Values{"proof_password": {"sai rồi sai rồi"}}).Is(http.StatusUnprocessableEntity)
}

// TestAFormTravelsThroughSigningIn, where there is no script: nothing typed is
// lost, and one press sends it.
func TestAFormTravelsThroughSigningIn(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		app, _ := p.enrol()
		ref := p.write(w.article("Bài"))
		form := formOf(p.Get(pathOf(ref)), "#editor")
		const typed = "Dòng một “có dấu”.\r\n\r\nDòng hai <b>chưa lưu</b> & còn nữa."
		form.Set("body", typed)
		_, err := w.accounts.RevokeOthers(ctx, account.Actor{ID: p.actor.ID, Session: "none"})
		w.must(err)

		over := p.Post(pathOf(ref), form).Is(http.StatusUnauthorized)
		next := formOf(over, `form[action^="/sign-in"]`)
		next.Set("email", p.actor.Email)
		next.Set("password", "sai rồi sai rồi")
		wrong := p.Post("/sign-in", next).Is(http.StatusUnprocessableEntity)
		next = formOf(wrong, `form[action^="/sign-in?"]`)
		next.Set("password", password)
		step := p.Post("/sign-in", next).Is(http.StatusOK)
		next = formOf(step, `form[action^="/sign-in/code"]`)
		next.Set("code", app.code())
		page := p.Post("/sign-in/code", next).Is(http.StatusOK)
		if got := page.Text("h1"); got != "Gửi lại nội dung lúc nãy" {
			t.Fatalf("heading %q", got)
		}
		if page.Header.Get("Set-Cookie") == "" || page.Attr("main form", "action") != pathOf(ref) {
			t.Fatalf("it would go to %q", page.Attr("main form", "action"))
		}
		p.Post(page.Attr("main form", "action"), formOf(page, "main form")).Is(http.StatusSeeOther)
		if got, want := p.open(ref).Revision.Content.Body, "Dòng một “có dấu”.\n\nDòng hai <b>chưa lưu</b> & còn nữa."; got != want {
			t.Errorf("saved %q", got)
		}
		if n := p.open(ref).Head; n != 2 {
			t.Errorf("it was saved as version %d", n)
		}
	})
}

func TestOnlyOurOwnFormsTravel(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	for _, path := range []string{"https://evil.example/", "//evil.example", "/sign-out", "/sign-in", "/-/letters", "javascript:alert(1)", "/\\evil.example"} {
		text, err := json.Marshal(map[string]any{"path": path, "fields": []any{}})
		w.must(err)
		w.visitor().Post("/sign-in", url.Values{"email": {p.actor.Email}, "password": {password}, "resend": {string(text)}}).Is(http.StatusBadRequest)
	}
	for _, text := range []string{"x", "{", "null", `{"path":1}`} {
		w.visitor().Post("/sign-in", url.Values{"email": {p.actor.Email}, "password": {password}, "resend": {text}}).Is(http.StatusBadRequest)
	}
	// A password that was being changed does not travel through a page.
	w.must(w.accounts.SignOut(ctx, p.token))
	over := p.Post("/account/password", url.Values{"old": {password}, "new": {"một mật khẩu mới"}, "reason": {"x"}}).Is(http.StatusUnauthorized)
	if strings.Contains(over.Body, "một mật khẩu mới") || strings.Contains(over.Body, password) {
		t.Error("the page shows a password")
	}
}

// TestScriptSignsInAgain as the dialog of the editor's page does.
func TestScriptSignsInAgain(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	app, _ := p.enrol()
	v := w.visitor()
	ask := func(path string, form url.Values, status int) map[string]any {
		t.Helper()
		answer := v.Post(path, form, "Accept", "application/json").Is(status)
		said := map[string]any{}
		w.must(json.Unmarshal([]byte(answer.Body), &said))
		return said
	}
	said := ask("/sign-in", url.Values{"email": {p.actor.Email}, "password": {"sai rồi sai rồi"}}, http.StatusUnprocessableEntity)
	if said["error"] != "Thư điện tử hoặc mật khẩu chưa đúng." || said["code"] != "invalid" {
		t.Errorf("%v", said)
	}
	said = ask("/sign-in", url.Values{"email": {p.actor.Email}, "password": {password}}, http.StatusAccepted)
	second, _ := said["second"].(string)
	said = ask("/sign-in/code", url.Values{"token": {second}, "code": {"000000"}}, http.StatusUnprocessableEntity)
	if fields, _ := said["fields"].(map[string]any); fields["code"] == "" {
		t.Errorf("%v", said)
	}
	said = ask("/sign-in/code", url.Values{"token": {second}, "code": {app.code()}}, http.StatusOK)
	csrf, _ := said["csrf"].(string)
	if said["person"] != p.actor.ID || csrf == "" {
		t.Fatalf("%v", said)
	}
	v.Post("/account/locale", url.Values{"locale": {"en"}}, "X-CSRF-Token", csrf).Is(http.StatusSeeOther)
}

func TestATokenIsShownOnce(t *testing.T) {
	eachWorld(t, func(w *world) {
		p := w.hire(w.portal, account.Reporter)
		page := p.Get("/account/tokens").Is(http.StatusOK)
		if page.Has(".token-made") || !page.Has(".empty") {
			t.Error("a token is there before one was made")
		}
		form := url.Values{"name": {"Phần mềm <b>báo</b>"}, "scopes": {"edition.read", "edition.write"}, "days": {"30"}}
		made := p.send("/account/tokens", form).Is(http.StatusOK)
		text := made.Text(".token-made code")
		actor, scopes, err := w.accounts.ByToken(ctx, text, "203.0.113.9")
		w.must(err)
		if actor.ID != p.actor.ID || len(scopes) != 2 {
			t.Errorf("%+v %v", actor, scopes)
		}
		page = p.Get("/account/tokens").Is(http.StatusOK)
		if strings.Contains(page.Body, text) || page.Text(".rows strong") != "Phần mềm <b>báo</b>" || !strings.Contains(page.Text(".rows"), "203.0.113.9") {
			t.Errorf("the list says %q", page.Text(".rows"))
		}
		refused := p.send("/account/tokens", url.Values{"name": {"a"}, "days": {"900"}}).Is(http.StatusUnprocessableEntity)
		if refused.Text("#e-f-days") == "" || !refused.Has(`.errors a[href="#f-scopes"]`) {
			t.Errorf("%s", refused.Text(".errors"))
		}
		p.send(page.Attr(`form[action$="/revoke"]`, "action"), nil).Is(http.StatusSeeOther)
		if _, _, err := w.accounts.ByToken(ctx, text, ""); err == nil {
			t.Error("it was not revoked")
		}
		if p.Get("/account/tokens").Has(`form[action$="/revoke"]`) {
			t.Error("a revoked token can be revoked again")
		}
	})
}

func TestAnAdministratorGivesAServiceAToken(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin := w.hire(w.portal, account.SystemAdministrator)
		refused := admin.send("/services", url.Values{"name": {"Phần mềm"}, "agency": {w.paper}, "roles": {"editor_in_chief"}}).Is(http.StatusUnprocessableEntity)
		if !strings.Contains(refused.Text("#service-role"), "Dịch vụ không giữ vai trò quyết định") || refused.Attr("#service-name", "value") != "Phần mềm" {
			t.Errorf("%s", refused.Text("main"))
		}
		for _, n := range refused.All(`input[name="roles"]`) {
			if account.Role(apptest.Attr(n, "value")).Weighty() {
				t.Errorf("the form offers %s", apptest.Attr(n, "value"))
			}
		}
		admin.send("/services", url.Values{"name": {"Phần mềm tòa soạn"}, "agency": {w.paper}, "roles": {"reporter", "translator"}}).Is(http.StatusSeeOther)
		page := admin.Get("/services").Is(http.StatusOK)
		made := admin.send(page.Attr(`form[action$="/tokens"]`, "action"), url.Values{"name": {"máy chủ"}, "scopes": {"edition.write"}, "days": {"30"}}).Is(http.StatusOK)
		actor, _, err := w.accounts.ByToken(ctx, made.Text(".token-made code"), "")
		w.must(err)
		if _, may := actor.May(account.Create, w.paper); !may || actor.Name != "Phần mềm tòa soạn" {
			t.Errorf("%+v", actor)
		}
		admin.send(page.Attr(`form[action$="/disable"]`, "action"), nil).Is(http.StatusSeeOther)
		if !strings.Contains(admin.Get("/services").Text(".rows"), "Đã khóa") {
			t.Error("the list does not say that it is disabled")
		}
	})
}

func TestAnAbsenceIsNotedAndSeen(t *testing.T) {
	eachWorld(t, func(w *world) {
		chief := w.hireNamed("Tổng Biên tập Dũng", w.portal, account.EditorInChief)
		deputy := w.hireNamed("Phó Tổng Biên tập Yến", w.portal, account.ManagingEditor)
		reporter := w.hireNamed("Phóng viên An", w.portal, account.Reporter)
		deputy.Get("/audit").Is(http.StatusForbidden)
		form := url.Values{"substitute": {deputy.actor.ID}, "from": {"2026-07-01"}, "to": {"2026-07-03"}, "absence_note": {"Đi công tác"}}
		chief.send("/account/absence", form).Is(http.StatusSeeOther)
		twice := chief.send("/account/absence", form).Is(http.StatusUnprocessableEntity)
		if twice.Text("#e-from") == "" || twice.Attr("#f-to", "value") != "2026-07-03" {
			t.Errorf("%s", twice.Text(".errors"))
		}
		if got := reporter.Get("/account/absence").Text("main"); !strings.Contains(got, "Vắng đến hết 03/07/2026, Phó Tổng Biên tập Yến làm thay") {
			t.Errorf("a colleague reads %q", got)
		}
		if got := deputy.Get("/account").Text("main"); !strings.Contains(got, "làm thay Tổng Biên tập Dũng") {
			t.Errorf("the substitute reads %q", got)
		}
		ref := reporter.write(w.article("Bài"))
		if !deputy.Get(pathOf(ref)).Has(`form[action="/sign-out"]`) {
			t.Error("the substitute's page is broken")
		}
		page := chief.Get("/account/absence")
		chief.send(page.Attr(`form[action$="/end"]`, "action"), nil).Is(http.StatusSeeOther)
		if got := deputy.Get("/account").Text("main"); strings.Contains(got, "làm thay") {
			t.Errorf("afterwards the substitute reads %q", got)
		}
	})
}

func TestAnAdministratorEndsSessionsAndForgetsFactors(t *testing.T) {
	eachWorld(t, func(w *world) {
		admin, p := w.hire(w.portal, account.SystemAdministrator), w.hire(w.portal, account.Reporter)
		app, codes := p.enrol()
		path := "/people/" + p.actor.ID + "/security"
		page := admin.Get(path).Is(http.StatusOK)
		for _, secret := range append(codes, base32.StdEncoding.EncodeToString(app.secret)) {
			if strings.Contains(page.Body, secret) {
				t.Error("the administrator sees a secret")
			}
		}
		if got := page.Text(".rows"); !strings.Contains(got, "Firefox") {
			t.Errorf("the sessions are %q", got)
		}
		admin.send(path+"/sessions", nil).Is(http.StatusSeeOther)
		p.Get("/").Is(http.StatusSeeOther)
		admin.send(path+"/forget", nil).Is(http.StatusSeeOther)
		signIn(w.visitor(), p.actor.Email, password, "/").Is(http.StatusSeeOther)
		if got := admin.Get(path).Text("main"); !strings.Contains(got, "Chưa có lớp xác thực thứ hai") {
			t.Errorf("the page says %q", got)
		}
		admin.send(path+"/forget", nil).Is(http.StatusConflict)

		colleague := w.hireNamed("Phóng viên Hạnh", w.portal, account.Reporter)
		absence := "/people/" + p.actor.ID + "/absence"
		refused := admin.send(absence, url.Values{"substitute": {colleague.actor.ID}, "to": {"2026-06-01"}}).Is(http.StatusUnprocessableEntity)
		if refused.Text("#e-to") == "" || refused.Attr("#f-to", "value") != "2026-06-01" {
			t.Errorf("%s", refused.Text(".errors"))
		}
		admin.send(absence, url.Values{"substitute": {colleague.actor.ID}, "to": {"2026-07-05"}}).Is(http.StatusSeeOther)
		page = admin.Get(path)
		if !strings.Contains(page.Text("main"), "Phóng viên Hạnh làm thay") {
			t.Errorf("the page says %q", page.Text("main"))
		}
		admin.send(page.Attr(`form[action^="`+absence+`/"]`, "action"), nil).Is(http.StatusSeeOther)
	})
}

func TestTheIssuersWayInIsBoundToTheBrowserThatBegan(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.Reporter)
	issuer := apptest.NewIssuer(t, w.clock.Now)
	issuer.Says = map[string]any{"sub": "s1", "email": p.actor.Email, "email_verified": true}
	w.desk.Issuer = w.accounts.IssuerAt(account.IssuerOptions{URL: issuer.URL, ClientID: "newsroom", Secret: "shared", Label: "Tỉnh"}, origin+"/sign-in/issuer/return")
	v := w.visitor()
	page := v.Get("/sign-in?next=%2Fletters").Is(http.StatusOK)
	if got := page.Text(`a[href^="/sign-in/issuer"]`); got != "Đăng nhập qua Tỉnh" {
		t.Fatalf("the button says %q", got)
	}
	sent := v.Get(page.Attr(`a[href^="/sign-in/issuer"]`, "href")).Is(http.StatusSeeOther)
	state, code := issuer.Visit(t, sent.Header.Get("Location"))
	back := "/sign-in/issuer/return?" + url.Values{"state": {state}, "code": {code}}.Encode()
	stranger := w.visitor().Get(back).Is(http.StatusConflict)
	if stranger.Text(".errors") != "Lần đăng nhập này bị gián đoạn. Hãy thử lại." || len(stranger.Header.Values("Set-Cookie")) > 1 {
		t.Errorf("another browser is told %q", stranger.Text(".errors"))
	}
	v.Get(back).Is(http.StatusSeeOther).LeadsTo("/letters")
	v.Get("/account/security").Is(http.StatusOK)
	v.Get(back).Is(http.StatusConflict)
	again := w.visitor()
	again.Get("/sign-in/issuer").Is(http.StatusSeeOther)
	again.Get("/sign-in/issuer/return?error=access_denied").Is(http.StatusConflict)
}

// TestARoleTakenAwayInMidActionKeepsTheText: the next request is refused with
// a clear word, and what was typed can be copied from the page.
func TestARoleTakenAwayInMidActionKeepsTheText(t *testing.T) {
	for name, c := range map[string]struct {
		take    func(w *world, p *person)
		status  int
		heading string
		code    string
	}{
		"the only role ends": {func(w *world, p *person) {
			found, err := w.accounts.Person(ctx, p.actor.ID)
			w.must(err)
			w.must(w.accounts.Program().EndRole(ctx, found.Memberships[0].ID))
		}, http.StatusForbidden, "Bạn không có quyền", "forbidden"},
		"the role runs out": {func(w *world, p *person) {
			w.clock.Advance(2 * time.Hour)
		}, http.StatusForbidden, "Bạn không có quyền", "forbidden"},
		"disabled": {func(w *world, p *person) {
			w.must(w.accounts.Program().Disable(ctx, p.actor.ID))
		}, http.StatusUnauthorized, "Bạn chưa đăng nhập", "signed_out"},
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(w *world) {
				p := w.hire(w.portal)
				w.must(w.accounts.Program().GrantRole(ctx, p.actor.ID, w.portal, account.Reporter, morning, morning.Add(time.Hour)))
				actor, err := w.accounts.ActorFor(ctx, p.actor.ID)
				w.must(err)
				p.actor = actor
				ref := p.write(w.article("Bài"))
				form := formOf(p.Get(pathOf(ref)), "#editor")
				form.Set("body", "Câu cuối chưa lưu.")
				c.take(w, p)
				page := p.Post(pathOf(ref), form).Is(c.status)
				if got := page.Text("h1"); got != c.heading {
					t.Errorf("heading %q", got)
				}
				if got := page.Text("#kept-body"); got != "Câu cuối chưa lưu." {
					t.Errorf("the page keeps %q", got)
				}
				script := p.Post(pathOf(ref)+"/autosave", form, "Accept", "application/json").Is(c.status)
				var said struct{ Code, Error string }
				w.must(json.Unmarshal([]byte(script.Body), &said))
				if said.Code != c.code || said.Error != c.heading {
					t.Errorf("script is told %+v", said)
				}
				if got := w.head(ref); got != 1 {
					t.Errorf("it was saved as version %d", got)
				}
			})
		})
	}
}

// head is the number of an edition's newest version.
func (w *world) head(ref newsroom.Ref) int {
	w.t.Helper()
	return w.hire(w.portal, account.Auditor).open(ref).Head
}
