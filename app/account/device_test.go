package account

import (
	"fmt"
	"testing"

	"doingoai/app/fault"
)

// known signs somebody in and answers the token of the browser, which was
// known by another one before, or by none.
func (w *world) known(t *testing.T, email, before string) (device string, actor Actor) {
	t.Helper()
	_, actor = w.enter(t, email, goodPassword)
	device, err := w.KnowDevice(t.Context(), actor, before)
	must(t, err)
	return device, actor
}

// tryOn is try in a browser that keeps a token.
func (w *world) tryOn(t *testing.T, device, email, password string) string {
	t.Helper()
	_, _, err := w.SignIn(t.Context(), SignIn{Email: email, Password: password, Address: somewhere, Device: device})
	return key(t, err)
}

// besiege makes strangers from many networks, and one at the person's own
// address, try an account until nobody gets in any more.
func (w *world) besiege(t *testing.T, email string) {
	t.Helper()
	for n := range 10 {
		w.play(t, repeat(5, step{email: email, address: fmt.Sprintf("198.51.%d.7", n), want: isWrong}))
	}
	for n := range 20 {
		w.play(t, []step{{email: fmt.Sprintf("nguoi%d@example.vn", n), address: somewhere, want: isWrong}})
	}
	w.play(t, []step{{email: email, right: true, address: "192.0.2.1", want: isBlocked}})
}

// TestStrangersDoNotShutOutAKnownBrowser: neither by trying the account from
// everywhere, nor by trying others from the same address.
func TestStrangersDoNotShutOutAKnownBrowser(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		device, _ := w.known(t, reporterEmail, "")
		w.besiege(t, reporterEmail)
		for _, c := range []struct{ device, email, want string }{
			{device, reporterEmail, ""},
			{device, adminEmail, isBlocked}, // who is not known there
			{"made up", reporterEmail, isBlocked},
		} {
			if got := w.tryOn(t, c.device, c.email, goodPassword); got != c.want {
				t.Errorf("%+v: %q", c, got)
			}
		}
	})
}

// TestAKnownBrowserHasItsOwnTries: no more of them than a stranger, and none of
// them count elsewhere.
func TestAKnownBrowserHasItsOwnTries(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		device, _ := w.known(t, reporterEmail, "")
		for i, want := range []string{isWrong, isWrong, isWrong, isWrong, isWrong, isBlocked} {
			if got := w.tryOn(t, device, reporterEmail, newPassword); got != want {
				t.Errorf("try %d: %q, want %q", i+1, got, want)
			}
		}
		if e := w.newest(t, w.reporter.ID); e.Verb != "session.lockout" || e.Address != somewhere {
			t.Errorf("recorded %+v", e)
		}
		w.play(t, []step{{email: reporterEmail, right: true, address: somewhere}})
		w.clock.Advance(w.o.FirstBlock)
		if got := w.tryOn(t, device, reporterEmail, goodPassword); got != "" {
			t.Errorf("after the block: %q", got)
		}
		for range 4 { // success began a new count
			w.tryOn(t, device, reporterEmail, newPassword)
		}
		if got := w.tryOn(t, device, reporterEmail, goodPassword); got != "" {
			t.Errorf("the fifth try, which is right: %q", got)
		}
	})
}

// TestTwoShareABrowser, which gets another token at every sign-in.
func TestTwoShareABrowser(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		first, _ := w.known(t, reporterEmail, "")
		both, _ := w.known(t, adminEmail, first)
		w.besiege(t, reporterEmail) // which shuts the admin's address out, too
		for device, want := range map[string]string{first: isBlocked, both: ""} {
			for _, email := range []string{reporterEmail, adminEmail} {
				if got := w.tryOn(t, device, email, goodPassword); got != want {
					t.Errorf("%s: %q, want %q", email, got, want)
				}
			}
		}
		if n := count(t, w.db, "SELECT count(*) FROM device WHERE token_hash IN (?, ?)", first, both); n > 0 {
			t.Error("a token is stored as it is")
		}
	})
}

// TestWhatEndsSessionsMakesBrowsersUnknown, but for the one in which it is done.
func TestWhatEndsSessionsMakesBrowsersUnknown(t *testing.T) {
	for name, c := range map[string]struct {
		end   func(t *testing.T, w *world, actor, other Actor)
		keeps bool // the browser in which it was done
		other bool // and another one
	}{
		"signing out everywhere": {func(t *testing.T, w *world, actor, _ Actor) {
			_, err := w.RevokeOthers(t.Context(), actor)
			must(t, err)
		}, true, false},
		"another password": {func(t *testing.T, w *world, actor, _ Actor) {
			must(t, w.ChangePassword(t.Context(), actor, goodPassword, newPassword))
		}, true, false},
		"signing the other out": {func(t *testing.T, w *world, actor, other Actor) {
			must(t, w.Revoke(t.Context(), actor, other.Session))
		}, true, false},
		"a reset": {func(t *testing.T, w *world, _, _ Actor) {
			_, err := w.Reset(t.Context(), w.admin, w.reporter.ID)
			must(t, err)
		}, false, false},
		"an administrator": {func(t *testing.T, w *world, _, _ Actor) {
			_, err := w.EndSessions(t.Context(), w.admin, w.reporter.ID)
			must(t, err)
		}, false, false},
		"leaving":        {func(t *testing.T, w *world, _, _ Actor) { must(t, w.Disable(t.Context(), w.admin, w.reporter.ID)) }, false, false},
		"half a year":    {func(_ *testing.T, w *world, _, _ Actor) { w.clock.Advance(DeviceLife) }, false, false},
		"just the night": {func(_ *testing.T, w *world, _, _ Actor) { w.clock.Advance(w.o.MaxSessionIdle) }, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				device, actor := w.known(t, reporterEmail, "")
				elsewhere, other := w.known(t, reporterEmail, "")
				c.end(t, w, actor, other)
				for browser, want := range map[string]bool{device: c.keeps, elsewhere: c.other} {
					id, err := knownDevice(w.db.Read(t.Context()), tokenHash(browser), reporterEmail, w.clock.Now())
					must(t, err)
					if got := id != ""; got != want {
						t.Errorf("known in the one where it was done %v: %v, want %v", browser == device, got, want)
					}
				}
			})
		})
	}
}

// TestSigningOutLeavesTheBrowserKnown: it is for the next morning.
func TestSigningOutLeavesTheBrowserKnown(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token, actor := w.enter(t, reporterEmail, goodPassword)
		device, err := w.KnowDevice(t.Context(), actor, "")
		must(t, err)
		must(t, w.SignOut(t.Context(), token))
		w.besiege(t, reporterEmail)
		if got := w.tryOn(t, device, reporterEmail, goodPassword); got != "" {
			t.Errorf("%q", got)
		}
	})
}

// TestWhoCameByALinkIsKnown: also somebody new gets in while others try.
func TestWhoCameByALinkIsKnown(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		link, err := w.Reset(t.Context(), w.admin, w.reporter.ID)
		must(t, err)
		device := w.setPassword(t, link, goodPassword)
		w.besiege(t, reporterEmail)
		if got := w.tryOn(t, device, reporterEmail, goodPassword); got != "" {
			t.Errorf("%q", got)
		}
	})
}

func TestOnlyTheLatestBrowsersAreKnown(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for range maxDevices + 5 {
			w.clock.Advance(1)
			w.known(t, reporterEmail, "")
		}
		if n := count(t, w.db, "SELECT count(*) FROM device"); n != maxDevices {
			t.Errorf("known in %d browsers", n)
		}
	})
}

// TestNobodyIsKnownWithoutASession: a token that a program came with, or no proof at all.
func TestNobodyIsKnownWithoutASession(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, err := w.KnowDevice(t.Context(), w.actor(t, w.reporter.ID), "")
		expectKind(t, err, fault.SignedOut)
	})
}

// TestCodesGuessedElsewhereDoNotShutOutAKnownBrowser, nor whoever is inside.
func TestCodesGuessedElsewhereDoNotShutOutAKnownBrowser(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		device, actor := w.known(t, reporterEmail, "")
		phone, _ := w.enrol(t, actor)
		second := w.second(t, reporterEmail) // by somebody who knows the password
		enter := func(code, device string) error {
			_, _, err := w.SignInWithCode(t.Context(), second.Token, code, "198.51.100.7", device)
			return err
		}
		for range w.o.NetworkLimit {
			if err := enter("000000", ""); field(t, err, "code") != "error.code.wrong" {
				t.Fatal(err)
			}
		}
		expectKind(t, enter(phone.code(w.clock.Now()), ""), fault.TooMany)
		must(t, w.Prove(t.Context(), actor, "", phone.code(w.clock.Now())))
		for range w.o.NetworkLimit {
			if err := enter("000000", device); field(t, err, "code") != "error.code.wrong" {
				t.Fatal(err)
			}
		}
		expectKind(t, enter("000000", device), fault.TooMany) // no more tries than a stranger's
		w.clock.Advance(w.o.FirstBlock)
		must(t, enter(phone.code(w.clock.Now()), device))
	})
}

// TestAPasswordIsProvedInsideWhileOthersTryIt at the door.
func TestAPasswordIsProvedInsideWhileOthersTryIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		w.besiege(t, reporterEmail)
		must(t, w.Prove(t.Context(), actor, goodPassword, ""))
		for i := range w.o.NetworkLimit + 1 {
			want := fault.Invalid
			if i == w.o.NetworkLimit {
				want = fault.TooMany
			}
			expectKind(t, w.Prove(t.Context(), actor, newPassword, ""), want)
		}
		w.clock.Advance(w.o.FirstBlock)
		must(t, w.ChangePassword(t.Context(), actor, goodPassword, newPassword))
	})
}
