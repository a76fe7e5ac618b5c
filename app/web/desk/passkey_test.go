package desk_test

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/web"
	"doingoai/app/web/desk"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
)

// serveAsLocalhost puts the newsroom on a host name of this machine, because
// browsers know passkeys for host names only.
func (w *world) serveAsLocalhost() (base string) {
	w.t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	w.must(err)
	_, port, err := net.SplitHostPort(listener.Addr().String())
	w.must(err)
	deps := w.desk.Deps
	deps.Address = "http://127.0.0.1:" + port
	w.desk, err = desk.New(deps)
	w.must(err)
	w.app = w.desk.App(nil, nil)
	running, stop := context.WithCancel(ctx)
	done := make(chan error, 1)
	go func() { done <- web.Serve(running, w.app, listener) }()
	w.t.Cleanup(func() {
		w.desk.Stop()
		stop()
		if err := <-done; err != nil {
			w.t.Errorf("the newsroom ended with: %v", err)
		}
	})
	return "http://localhost:" + port
}

// device puts a security key into the browser, whose person is there or not.
func (s *screen) device(verifies bool) webauthn.AuthenticatorID {
	s.t.Helper()
	s.call(chromedp.Call(s.ctx, webauthn.Enable, webauthn.EnableParams{}))
	added, err := chromedp.Call(s.ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, AutomaticPresenceSimulation: true, IsUserVerified: verifies,
		},
	})
	s.w.must(err)
	return added.AuthenticatorID
}

func (s *screen) passkeysReady() {
	s.t.Helper()
	s.until("the passkey's button", `() => document.documentElement.dataset.passkeys === "ready"`)
}

// addPasskey adds one through the page and answers the recovery codes it shows.
func (s *screen) addPasskey(name string) []string {
	s.t.Helper()
	s.open("/account/security")
	s.passkeysReady()
	s.do(`(name) => { document.getElementById("f-name").value = name }`, name)
	s.click(`form[data-make] button`)
	s.until("the page after adding", `() => document.querySelector(".codes, .flash") !== null`)
	return run[[]string](s, `() => [...document.querySelectorAll(".codes code")].map((c) => c.textContent)`)
}

// leave takes the session out of the browser.
func (s *screen) leave() {
	s.t.Helper()
	s.click(`form[action="/sign-out"] button`)
	s.until("the sign-in page", `() => location.pathname === "/sign-in"`)
	s.passkeysReady()
}

func TestAPasskeySignsInWithoutAPassword(t *testing.T) {
	w := oneWorld(t)
	p := w.hireNamed("Tổng Biên tập Dũng", w.portal, account.EditorInChief)
	s := p.screen(w.serveAsLocalhost())
	s.device(true)
	if codes := s.addPasskey("Máy ở tòa soạn"); len(codes) != 10 {
		t.Errorf("%d recovery codes are shown", len(codes))
	}
	s.open("/account/security")
	if got := s.text(".rows strong"); got != "Máy ở tòa soạn" {
		t.Errorf("the list has %q", got)
	}
	s.leave()
	s.open("/sign-in?next=%2Feditions")
	s.passkeysReady()
	s.click(`form[data-passkey] button`)
	s.until("the page that was wanted", `() => location.pathname === "/editions"`)
	if got := s.text(`.self a[href="/account"]`); got != "Tổng Biên tập Dũng" {
		t.Errorf("signed in as %q", got)
	}
	sessions, err := w.accounts.Sessions(ctx, p.actor)
	w.must(err)
	if len(sessions) != 1 {
		t.Errorf("%d sessions are open", len(sessions))
	}
}

func TestAPasskeyIsTheSecondStepAfterAPassword(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.EditorInChief)
	s := p.screen(w.serveAsLocalhost())
	s.device(true)
	codes := s.addPasskey("Khóa USB")
	s.leave()
	s.do(`(email, password) => { document.getElementById("f-email").value = email; document.getElementById("f-password").value = password }`, p.actor.Email, password)
	s.click(`form[action^="/sign-in?"] button`)
	s.until("the second step", `() => document.getElementById("f-code") !== null`)
	s.passkeysReady()
	s.click(`form[data-passkey] button`)
	s.until("the newsroom", `() => location.pathname === "/"`)

	// And it proves later who one is.
	w.clock.Advance(time.Hour)
	s.open("/account/security")
	s.click(`form[action="/account/security/codes"] button`)
	s.until("the question", `() => document.querySelector('form[data-passkey="/proof/challenge"]') !== null`)
	s.passkeysReady()
	s.click(`form[data-passkey] button`)
	s.until("the new codes", `() => document.querySelector(".codes") !== null`)
	if got := s.text(".codes li"); got == codes[0] || got == "" {
		t.Errorf("the codes are %q again", got)
	}
}

// TestADeviceThatDoesNotAskItsPersonIsRefused: without a finger or a PIN a
// passkey is one factor only.
func TestADeviceThatDoesNotAskItsPersonIsRefused(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.EditorInChief)
	s := p.screen(w.serveAsLocalhost())
	s.device(false)
	s.open("/account/security")
	s.passkeysReady()
	s.do(`() => { document.getElementById("f-name").value = "Khóa" }`)
	s.click(`form[data-make] button`)
	s.until("the reason", `() => document.querySelector("form[data-make] [data-gave-up]").hidden === false`)
	if f, err := w.accounts.Factors(ctx, p.actor); err != nil || len(f.Passkeys) != 0 {
		t.Errorf("%+v %v", f, err)
	}
}

// TestASignatureThatIsNoneOpensNothing, nor one for which the device asked nobody.
func TestASignatureThatIsNoneOpensNothing(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.EditorInChief)
	s := p.screen(w.serveAsLocalhost())
	device := s.device(true)
	s.addPasskey("Khóa")
	s.leave()
	yes, no := true, false
	for name, wrong := range map[string]webauthn.SetResponseOverrideBitsParams{
		"a signature of zeroes": {AuthenticatorID: device, IsBogusSignature: &yes, IsBadUV: &no, IsBadUP: &no},
		"nobody was asked":      {AuthenticatorID: device, IsBogusSignature: &no, IsBadUV: &yes, IsBadUP: &no},
		"nobody was even there": {AuthenticatorID: device, IsBogusSignature: &no, IsBadUV: &no, IsBadUP: &yes},
	} {
		s.call(chromedp.Call(s.ctx, webauthn.SetResponseOverrideBits, wrong))
		s.open("/sign-in")
		s.passkeysReady()
		s.click(`form[data-passkey] button`)
		s.until("the refusal: "+name, `() => location.pathname === "/sign-in/passkey" && document.querySelector(".errors") !== null`)
		if got := s.text(".errors"); got != "That passkey does not work here. Try again, or use another way." {
			t.Errorf("%s: the page says %q", name, got)
		}
	}
	s.call(chromedp.Call(s.ctx, webauthn.SetResponseOverrideBits, webauthn.SetResponseOverrideBitsParams{AuthenticatorID: device, IsBogusSignature: &no, IsBadUV: &no, IsBadUP: &no}))
	s.passkeysReady()
	s.click(`form[data-passkey] button`)
	s.until("the newsroom", `() => location.pathname === "/"`)
}

func TestSeveralPasskeysHaveNamesAndGoOneByOne(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.EditorInChief)
	s := p.screen(w.serveAsLocalhost())
	first := s.device(true)
	s.addPasskey("Một")
	s.call(chromedp.Call(s.ctx, webauthn.RemoveVirtualAuthenticator, webauthn.RemoveVirtualAuthenticatorParams{AuthenticatorID: first}))
	s.device(true)
	if codes := s.addPasskey("Hai"); len(codes) != 0 {
		t.Error("a second passkey brings new recovery codes")
	}
	s.passkeysReady()
	s.do(`() => { document.getElementById("f-name").value = "Lại" }`)
	s.click(`form[data-make] button`)
	s.until("that the device has one already", `() => document.querySelector("form[data-make] [data-known]").hidden === false`)

	page := p.Get("/account/security")
	keys := page.All(`form[action$="/remove"]`)
	if len(keys) != 2 {
		t.Fatalf("%d passkeys are listed", len(keys))
	}
	rename := strings.TrimSuffix(apptest.Attr(keys[0], "action"), "/remove")
	p.send(rename, url.Values{"name": {""}}).Is(http.StatusUnprocessableEntity)
	p.send(rename, url.Values{"name": {"Điện thoại"}}).Is(http.StatusSeeOther)
	if got := p.Get("/account/security").Text(".rows strong"); got != "Điện thoại" {
		t.Errorf("it is called %q", got)
	}
	other := w.hire(w.portal, account.EditorInChief)
	other.send(rename+"/remove", nil).Is(http.StatusNotFound)
	for _, key := range keys {
		p.send(apptest.Attr(key, "action"), nil).Is(http.StatusSeeOther)
	}
	signIn(w.visitor(), p.actor.Email, password, "/").Is(http.StatusSeeOther) // the password alone again
}

// TestHostilePasskeyAnswersAreRefused, whatever they are, and open nothing.
func TestHostilePasskeyAnswersAreRefused(t *testing.T) {
	w := oneWorld(t)
	p := w.hire(w.portal, account.EditorInChief)
	s := p.screen(w.serveAsLocalhost())
	s.device(true)
	s.addPasskey("Khóa")

	challenge := func(v *apptest.Visitor, path string, headers ...string) (token string) {
		t.Helper()
		answer := v.Post(path, nil, append([]string{"Accept", "application/json"}, headers...)...).Is(http.StatusOK)
		var said struct{ Token string }
		w.must(json.Unmarshal([]byte(answer.Body), &said))
		return said.Token
	}
	// What a real device answers to another challenge.
	foreign := run[string](s, `async () => {
		const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
		const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
		const asked = await (await fetch("/sign-in/passkey/challenge", { method: "POST", headers: { Accept: "application/json", "X-CSRF-Token": document.querySelector("meta[name=csrf-token]").content } })).json();
		const key = await navigator.credentials.get({ publicKey: { ...asked.options, challenge: bytes(asked.options.challenge) } });
		const r = key.response;
		return JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, clientExtensionResults: {}, response: {
			clientDataJSON: text(r.clientDataJSON), authenticatorData: text(r.authenticatorData), signature: text(r.signature), userHandle: text(r.userHandle) } });
	}`)
	deep := strings.Repeat(`{"a":`, 10_000) + "1" + strings.Repeat("}", 10_000)
	cbor := strings.Repeat("n4", 20_000) // arrays in arrays
	v := w.visitor()
	for name, answer := range map[string]string{
		"nothing": "", "no JSON": "x", "null": "null", "a list": "[]", "an empty object": "{}", "a deep one": deep,
		"another challenge's":   foreign,
		"bytes that are none":   `{"id":"%%%","rawId":"%%%","type":"public-key","response":{"clientDataJSON":"%","authenticatorData":"%","signature":"%"}}`,
		"a key nobody has":      strings.Replace(foreign, `"id":"`, `"id":"AAAA`, 1),
		"a long one":            `{"id":"` + strings.Repeat("A", 60_000) + `"}`,
		"a hostile attestation": `{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"` + cbor + `"}}`,
	} {
		got := v.Post("/sign-in/passkey", url.Values{"token": {challenge(v, "/sign-in/passkey/challenge")}, "answer": {answer}})
		if got.Status != http.StatusConflict && got.Status != http.StatusUnprocessableEntity && got.Status != http.StatusBadRequest || got.Header.Get("Set-Cookie") != "" {
			t.Errorf("signing in with %s: %d", name, got.Status)
		}
		token := challenge(p.Visitor, "/account/security/passkeys/challenge", "X-CSRF-Token", p.csrf())
		got = p.send("/account/security/passkeys", url.Values{"token": {token}, "name": {"x"}, "answer": {answer}})
		if got.Status != http.StatusConflict && got.Status != http.StatusUnprocessableEntity {
			t.Errorf("adding %s: %d", name, got.Status)
		}
		token = challenge(p.Visitor, "/proof/challenge", "X-CSRF-Token", p.csrf())
		got = p.send("/proof", url.Values{"proof_token": {token}, "proof_answer": {answer}})
		if got.Status != http.StatusConflict && got.Status != http.StatusUnprocessableEntity {
			t.Errorf("proving with %s: %d", name, got.Status)
		}
	}
	if f, err := w.accounts.Factors(ctx, p.actor); err != nil || len(f.Passkeys) != 1 {
		t.Errorf("%+v %v", f, err)
	}
}
