package account

import (
	"errors"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
)

const issuerReturn = "https://newsroom.example/sign-in/issuer/return"

func (w *world) issuer(p *apptest.Issuer, strong ...string) *Issuer {
	return w.IssuerAt(IssuerOptions{URL: p.URL, ClientID: "newsroom", Secret: "shared", Label: "Tỉnh", Strong: strong}, issuerReturn)
}

// through signs in through the issuer as whoever says describes.
func (w *world) through(t *testing.T, i *Issuer, p *apptest.Issuer, says map[string]any) (string, Actor, error) {
	t.Helper()
	p.Says = says
	location, state, err := i.Begin(t.Context(), "/letters")
	must(t, err)
	back, code := p.Visit(t, location)
	if back != state {
		t.Fatalf("the state is %q, the browser brings %q", state, back)
	}
	token, actor, next, err := i.SignIn(t.Context(), back, code, somewhere, "Firefox")
	if next != "/letters" {
		t.Errorf("goes on to %q", next)
	}
	return token, actor, err
}

// claims are what the issuer says of an account with an address.
func claims(subject, email string) map[string]any {
	return map[string]any{"sub": subject, "email": email, "email_verified": true}
}

func TestAnIssuerLetsInWhomWeKnow(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		p := apptest.NewIssuer(t, w.clock.Now)
		i := w.issuer(p)
		token, actor, err := w.through(t, i, p, claims("s1", "PhongVien@Example.vn"))
		must(t, err)
		resolved, _, err := w.Resolve(t.Context(), token, somewhere)
		must(t, err)
		if actor.ID != w.reporter.ID || resolved.ID != actor.ID {
			t.Errorf("%+v", actor)
		}
		// From now on the issuer's name counts, and not the address.
		_, actor, err = w.through(t, i, p, claims("s1", "moi@example.vn"))
		must(t, err)
		if actor.ID != w.reporter.ID {
			t.Errorf("%+v", actor)
		}
		// Nobody else gets in by the address that was theirs.
		if _, _, err := w.through(t, i, p, claims("s2", reporterEmail)); key(t, err) != "error.issuer.refused" {
			t.Errorf("another one with the same address: %v", err)
		}
	})
}

func TestAnIssuerMakesNoAccountsAndOpensNoClosedOnes(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		p := apptest.NewIssuer(t, w.clock.Now)
		i := w.issuer(p)
		s, err := w.AddService(t.Context(), w.admin, "Phần mềm", paper, []Role{Reporter})
		must(t, err)
		people := count(t, w.db, "SELECT count(*) FROM person")
		unverified, noAddress := claims("s1", reporterEmail), claims("s1", "")
		unverified["email_verified"] = false
		missing := claims("s1", reporterEmail)
		delete(missing, "email_verified")
		for name, says := range map[string]map[string]any{
			"nobody we know": claims("s1", "la@example.vn"), "an address that is not verified": unverified, "no word on that": missing,
			"no address": noAddress, "no subject": claims("", reporterEmail), "a service": claims("s1", s.Email),
		} {
			if _, _, err := w.through(t, i, p, says); key(t, err) != "error.issuer.refused" {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, _, err = w.through(t, i, p, claims("s1", reporterEmail))
		must(t, err)
		must(t, w.Disable(t.Context(), w.admin, w.reporter.ID))
		if _, _, err := w.through(t, i, p, claims("s1", reporterEmail)); key(t, err) != "error.issuer.refused" {
			t.Errorf("somebody disabled: %v", err)
		}
		if n := count(t, w.db, "SELECT count(*) FROM person"); n != people {
			t.Errorf("%d accounts were made", n-people)
		}
	})
}

func TestAForgedTokenIsRefused(t *testing.T) {
	stranger := apptest.RSAKey(t)
	for name, forge := range map[string]func(p *apptest.Issuer){
		"for somebody else":  func(p *apptest.Issuer) { p.Forge = func(c map[string]any) { c["aud"] = "another" } },
		"from somebody else": func(p *apptest.Issuer) { p.Forge = func(c map[string]any) { c["iss"] = "https://evil.example" } },
		"another nonce":      func(p *apptest.Issuer) { p.Forge = func(c map[string]any) { c["nonce"] = "x" } },
		"no nonce":           func(p *apptest.Issuer) { p.Forge = func(c map[string]any) { delete(c, "nonce") } },
		"expired": func(p *apptest.Issuer) {
			p.Forge = func(c map[string]any) { c["exp"] = morning.Add(-time.Hour).Unix() }
		},
		"another key": func(p *apptest.Issuer) { p.Key = stranger },
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				p := apptest.NewIssuer(t, w.clock.Now)
				forge(p)
				if token, _, err := w.through(t, w.issuer(p), p, claims("s1", reporterEmail)); key(t, err) != "error.issuer.refused" || token != "" {
					t.Errorf("%v", err)
				}
			})
		})
	}
}

func TestATripToTheIssuerEndsOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		p := apptest.NewIssuer(t, w.clock.Now)
		i := w.issuer(p)
		p.Says = claims("s1", reporterEmail)
		location, _, err := i.Begin(t.Context(), "/")
		must(t, err)
		state, code := p.Visit(t, location)
		_, _, _, err = i.SignIn(t.Context(), state, code, somewhere, "")
		must(t, err)
		if _, _, _, err := i.SignIn(t.Context(), state, code, somewhere, ""); key(t, err) != "error.signin.over" {
			t.Errorf("again: %v", err)
		}
		if _, _, _, err := i.SignIn(t.Context(), "made up", code, somewhere, ""); key(t, err) != "error.signin.over" {
			t.Errorf("a made-up state: %v", err)
		}
		location, _, err = i.Begin(t.Context(), "/")
		must(t, err)
		state, code = p.Visit(t, location)
		w.clock.Advance(ceremonyTime)
		if _, _, _, err := i.SignIn(t.Context(), state, code, somewhere, ""); key(t, err) != "error.signin.over" {
			t.Errorf("too late: %v", err)
		}
		location, _, err = i.Begin(t.Context(), "/")
		must(t, err)
		state, _ = p.Visit(t, location)
		if _, _, _, err := i.SignIn(t.Context(), state, "made up", somewhere, ""); key(t, err) != "error.issuer.refused" {
			t.Errorf("a made-up code: %v", err)
		}
	})
}

// TestTheIssuersWordIsASecondFactorOnlyWhereWeSaidSo.
func TestTheIssuersWordIsASecondFactorOnlyWhereWeSaidSo(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		p := apptest.NewIssuer(t, w.clock.Now)
		says := claims("s1", adminEmail)
		says["amr"] = []string{"pwd", "mfa"}
		w.Accounts = w.required()
		_, actor, err := w.through(t, w.issuer(p), p, says)
		must(t, err)
		if !actor.Enrol {
			t.Error("the issuer's word counted without our saying so")
		}
		token, actor, err := w.through(t, w.issuer(p, "mfa"), p, says)
		must(t, err)
		if actor.Enrol {
			t.Error("the issuer's second factor does not count")
		}
		actor, _, err = w.Resolve(t.Context(), token, somewhere)
		must(t, err)
		if actor.Enrol {
			t.Error("the session forgets that it was opened with a second factor")
		}
		w.enrol(t, actor)
		var second *SecondFactorError
		if _, _, err := w.through(t, w.issuer(p), p, says); !errors.As(err, &second) {
			t.Errorf("our own second factor is not asked for: %v", err)
		}
		_, _, err = w.through(t, w.issuer(p, "mfa"), p, says)
		must(t, err)
	})
}

func TestAnIssuerThatIsAwayHarmsNobody(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		p := apptest.NewIssuer(t, w.clock.Now)
		i := w.issuer(p)
		p.Close()
		_, _, err := i.Begin(t.Context(), "/")
		if fault.KindOf(err) != fault.Unavailable || key(t, err) != "error.issuer.away" {
			t.Errorf("%v", err)
		}
		w.enter(t, reporterEmail, goodPassword)
		var none *Issuer
		if none.Label() != "" || w.IssuerAt(IssuerOptions{Label: "x"}, "").Label() != "" {
			t.Error("there is a button for no issuer")
		}
	})
}
