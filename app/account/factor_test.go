package account

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// app is somebody's authenticator app.
type app struct{ secret []byte }

func (p app) code(at time.Time) string { return hotp(p.secret, uint64(stepAt(at)), totpDigits) }

// enrol sets up an authenticator app for the actor, and answers it with the recovery codes.
func (w *world) enrol(t *testing.T, actor Actor) (app, []string) {
	t.Helper()
	setup, err := w.BeginApp(t.Context(), actor)
	must(t, err)
	secret, err := base32Text.DecodeString(setup.Secret)
	must(t, err)
	phone := app{secret}
	codes, err := w.FinishApp(t.Context(), actor, setup.Token, phone.code(w.clock.Now()))
	must(t, err)
	w.clock.Advance(time.Minute) // so that the next code is another one
	return phone, codes
}

// second signs in with the password and answers what is asked for then.
func (w *world) second(t *testing.T, email string) *SecondFactorError {
	t.Helper()
	_, _, err := w.SignIn(t.Context(), SignIn{Email: email, Password: goodPassword, Address: somewhere, Agent: "Firefox"})
	var second *SecondFactorError
	if !errors.As(err, &second) {
		t.Fatalf("no second factor was asked for: %v", err)
	}
	return second
}

func TestAPasswordAloneNoLongerOpensASession(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		phone, codes := w.enrol(t, actor)
		if len(codes) != recoveryCodes || len(slices.Compact(slices.Sorted(slices.Values(codes)))) != recoveryCodes {
			t.Errorf("recovery codes %q", codes)
		}
		before := count(t, w.db, "SELECT count(*) FROM session")
		second := w.second(t, reporterEmail)
		if !second.App || second.Passkey || second.Name != "Phóng viên" {
			t.Errorf("%+v", second)
		}
		if n := count(t, w.db, "SELECT count(*) FROM session"); n != before {
			t.Errorf("the password alone made %d sessions", n-before)
		}
		if _, _, err := w.Resolve(t.Context(), second.Token, somewhere); fault.KindOf(err) != fault.SignedOut {
			t.Errorf("the token of the second step opens the newsroom: %v", err)
		}
		token, entered, err := w.SignInWithCode(t.Context(), second.Token, phone.code(w.clock.Now()), somewhere, "")
		must(t, err)
		resolved, session, err := w.Resolve(t.Context(), token, somewhere)
		must(t, err)
		if resolved.ID != actor.ID || entered.Session != resolved.Session || session.Agent != "Firefox" {
			t.Errorf("%+v %+v", resolved, session)
		}
		if e := w.newest(t, actor.ID); e.Verb != "session.begin" || e.Detail["means"] != "password+code" {
			t.Errorf("recorded %+v", e)
		}
	})
}

// TestACodeOpensOneSession: neither the code nor the second step can be used again.
func TestACodeOpensOneSession(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		phone, _ := w.enrol(t, actor)
		first, other := w.second(t, reporterEmail), w.second(t, reporterEmail)
		code := phone.code(w.clock.Now())
		_, _, err := w.SignInWithCode(t.Context(), first.Token, code, somewhere, "")
		must(t, err)
		_, _, err = w.SignInWithCode(t.Context(), other.Token, code, somewhere, "")
		if field(t, err, "code") != "error.code.wrong" {
			t.Errorf("the same code again: %v", err)
		}
		w.clock.Advance(time.Minute)
		_, _, err = w.SignInWithCode(t.Context(), first.Token, phone.code(w.clock.Now()), somewhere, "")
		if key(t, err) != "error.signin.over" {
			t.Errorf("the same step again: %v", err)
		}
		_, _, err = w.SignInWithCode(t.Context(), other.Token, phone.code(w.clock.Now()), somewhere, "")
		must(t, err)
	})
}

func TestTheSecondStepIsSoonOver(t *testing.T) {
	for name, end := range map[string]func(t *testing.T, w *world){
		"time":           func(_ *testing.T, w *world) { w.clock.Advance(ceremonyTime) },
		"a reset":        func(t *testing.T, w *world) { _, err := w.Reset(t.Context(), w.admin, w.reporter.ID); must(t, err) },
		"being disabled": func(t *testing.T, w *world) { must(t, w.Disable(t.Context(), w.admin, w.reporter.ID)) },
		"all sessions": func(t *testing.T, w *world) {
			_, err := w.EndSessions(t.Context(), w.admin, w.reporter.ID)
			must(t, err)
		},
		"lost factors":    func(t *testing.T, w *world) { must(t, w.ForgetFactors(t.Context(), w.admin, w.reporter.ID)) },
		"a reset by hand": func(t *testing.T, w *world) { _, err := w.Program().Reset(t.Context(), w.reporter.ID); must(t, err) },
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				_, actor := w.enter(t, reporterEmail, goodPassword)
				phone, _ := w.enrol(t, actor)
				second := w.second(t, reporterEmail)
				end(t, w)
				_, _, err := w.SignInWithCode(t.Context(), second.Token, phone.code(w.clock.Now()), somewhere, "")
				if key(t, err) != "error.signin.over" {
					t.Errorf("%v", err)
				}
			})
		})
	}
}

func TestGuessingCodesIsSlowedDown(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		phone, codes := w.enrol(t, actor)
		second := w.second(t, reporterEmail)
		guesses := 0
		for ; guesses < 50; guesses++ {
			_, _, err := w.SignInWithCode(t.Context(), second.Token, "000000", "198.51.100."+string(rune('1'+guesses%9)), "")
			if fault.KindOf(err) == fault.TooMany {
				break
			}
			if field(t, err, "code") != "error.code.wrong" {
				t.Fatal(err)
			}
		}
		if guesses > w.o.NetworkLimit {
			t.Errorf("%d guesses from many networks before a block", guesses)
		}
		for _, right := range []string{phone.code(w.clock.Now()), codes[0]} {
			_, _, err := w.SignInWithCode(t.Context(), second.Token, right, somewhere, "")
			expectKind(t, err, fault.TooMany) // the right one is not looked at either
		}
		if e := w.newest(t, actor.ID); e.Verb != "session.lockout" {
			t.Errorf("recorded %+v", e)
		}
		w.clock.Advance(w.o.FirstBlock)
		_, _, err := w.SignInWithCode(t.Context(), second.Token, phone.code(w.clock.Now()), somewhere, "")
		must(t, err)
	})
}

func TestRecoveryCodesWorkOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		_, codes := w.enrol(t, actor)
		for i, typed := range []string{codes[0], strings.ToUpper(codes[1]), strings.ReplaceAll(codes[2], "-", " ")} {
			_, _, err := w.SignInWithCode(t.Context(), w.second(t, reporterEmail).Token, typed, somewhere, "")
			must(t, err)
			f, err := w.Factors(t.Context(), actor)
			must(t, err)
			if f.CodesLeft != recoveryCodes-1-i {
				t.Errorf("%d codes are left", f.CodesLeft)
			}
		}
		_, _, err := w.SignInWithCode(t.Context(), w.second(t, reporterEmail).Token, codes[0], somewhere, "")
		if field(t, err, "code") != "error.code.wrong" {
			t.Errorf("a used code: %v", err)
		}
		token, entered, err := w.SignInWithCode(t.Context(), w.second(t, reporterEmail).Token, codes[3], somewhere, "")
		must(t, err)
		fresh, err := w.RenewCodes(t.Context(), entered)
		must(t, err)
		_, _, err = w.SignInWithCode(t.Context(), w.second(t, reporterEmail).Token, codes[4], somewhere, "")
		if field(t, err, "code") != "error.code.wrong" {
			t.Errorf("a code of before the renewal: %v", err)
		}
		_, _, err = w.SignInWithCode(t.Context(), w.second(t, reporterEmail).Token, fresh[0], somewhere, "")
		must(t, err)
		for _, secret := range append(slices.Concat(codes, fresh), token) {
			if n := count(t, w.db, "SELECT count(*) FROM recovery_code WHERE hash = ?", plainCode(secret)); n > 0 {
				t.Error("a recovery code is stored as it is")
			}
		}
		if !slices.Contains(w.told, actor.ID+" factor.code_use "+actor.ID) {
			t.Errorf("told %q", w.told)
		}
	})
}

// TestASealedSecretIsNoUseWithoutTheKey, nor in another person's row.
func TestASealedSecretIsNoUseWithoutTheKey(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		phone, _ := w.enrol(t, actor)
		sealed := text(t, w.db, "SELECT secret FROM authenticator WHERE person_id = ?", actor.ID)
		if strings.Contains(sealed, base32Text.EncodeToString(phone.secret)) {
			t.Fatal("the secret is stored as it is")
		}
		if secret, err := w.sealer.open(sealed, actor.ID); err != nil || string(secret) != string(phone.secret) {
			t.Errorf("%v", err)
		}
		for name, open := range map[string]func() ([]byte, error){
			"another key":    func() ([]byte, error) { return newSealer([]byte("another")).open(sealed, actor.ID) },
			"no key":         func() ([]byte, error) { return newSealer(nil).open(sealed, actor.ID) },
			"another person": func() ([]byte, error) { return w.sealer.open(sealed, w.admin.ID) },
			"a changed byte": func() ([]byte, error) { return w.sealer.open(withOther(sealed, 0), actor.ID) },
			"cut short":      func() ([]byte, error) { return w.sealer.open(sealed[:10], actor.ID) },
			"nothing":        func() ([]byte, error) { return w.sealer.open("", actor.ID) },
		} {
			if secret, err := open(); !errors.Is(err, errSealed) || secret != nil {
				t.Errorf("%s opens it: %v", name, err)
			}
		}
	})
}

func TestADatabaseKnowsItsKey(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		other := New(w.db, Options{Argon: LightArgon(), Key: []byte("another key")})
		must(t, w.CheckKey(t.Context()))
		must(t, other.CheckKey(t.Context())) // nothing is sealed yet
		must(t, w.CheckKey(t.Context()))
		_, actor := w.enter(t, reporterEmail, goodPassword)
		w.enrol(t, actor)
		must(t, w.CheckKey(t.Context()))
		if err := other.CheckKey(t.Context()); !errors.Is(err, ErrKey) {
			t.Errorf("another key is taken: %v", err)
		}
		must(t, other.Program().ForgetFactors(t.Context(), actor.ID))
		must(t, other.CheckKey(t.Context())) // the way back when the key is lost
	})
}

func TestAnUnfinishedSetupChangesNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		setup, err := w.BeginApp(t.Context(), actor)
		must(t, err)
		for _, code := range []string{"", "000000", "abc", strings.Repeat("1", 5000)} {
			if _, err := w.FinishApp(t.Context(), actor, setup.Token, code); field(t, err, "code") != "error.code.wrong" {
				t.Errorf("%q: %v", cut(code, 10), err)
			}
		}
		again, err := w.PendingApp(t.Context(), actor, setup.Token)
		must(t, err)
		if again != setup {
			t.Errorf("shown again as %+v, was %+v", again, setup)
		}
		if _, err := w.PendingApp(t.Context(), w.admin, setup.Token); key(t, err) != "error.signin.over" {
			t.Errorf("somebody else sees the secret: %v", err)
		}
		secret, err := base32Text.DecodeString(setup.Secret)
		must(t, err)
		if _, err := w.FinishApp(t.Context(), w.admin, setup.Token, app{secret}.code(w.clock.Now())); key(t, err) != "error.signin.over" {
			t.Errorf("somebody else finishes the setup: %v", err)
		}
		w.enter(t, reporterEmail, goodPassword) // with the password alone
	})
}

// TestTheFirstFactorEndsOtherSessions, which a stranger may have opened.
func TestTheFirstFactorEndsOtherSessions(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		stranger, _ := w.enter(t, reporterEmail, goodPassword)
		own, actor := w.enter(t, reporterEmail, goodPassword)
		w.enrol(t, actor)
		if _, _, err := w.Resolve(t.Context(), stranger, somewhere); fault.KindOf(err) != fault.SignedOut {
			t.Errorf("%v", err)
		}
		_, _, err := w.Resolve(t.Context(), own, somewhere)
		must(t, err)
	})
}

// TestWeightyRolesMustEnrolFirst: until they have, their session opens nothing
// but the page on which they do.
func TestWeightyRolesMustEnrolFirst(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for _, role := range Roles {
			email := strings.ReplaceAll(string(role), "_", "-") + "@example.vn"
			w.person(t, NewPerson{Email: email, Name: "Ai đó", Agency: paper, Roles: []Role{role}})
			w.Accounts = w.required()
			token, entered := w.enter(t, email, goodPassword)
			actor, _, err := w.Resolve(t.Context(), token, somewhere)
			must(t, err)
			want := slices.Contains([]Role{DeskHead, ManagingEditor, EditorInChief, SecurityReviewer, Auditor, SystemAdministrator}, role)
			if actor.Enrol != want || entered.Enrol != want {
				t.Errorf("%s must enrol: %v", role, actor.Enrol)
			}
			for action := range policy {
				_, may := actor.May(action, paper)
				if want && may != (action == SecureSelf) {
					t.Errorf("%s may %s before enrolling: %v", role, action, may)
				}
			}
			if !want {
				continue
			}
			w.enrol(t, actor)
			actor, _, err = w.Resolve(t.Context(), token, somewhere)
			must(t, err)
			if actor.Enrol || !actor.MayAnywhere(UseDesk) {
				t.Errorf("%s is shut out after enrolling", role)
			}
		}
	})
}

func TestWhoMustHaveAFactorKeepsOne(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.Accounts = w.required()
		_, actor := w.enter(t, adminEmail, goodPassword)
		w.enrol(t, actor)
		if err := w.RemoveApp(t.Context(), actor); key(t, err) != "error.factor.last" {
			t.Errorf("%v", err)
		}
		_, reporter := w.enter(t, reporterEmail, goodPassword)
		w.enrol(t, reporter)
		must(t, w.RemoveApp(t.Context(), reporter))
		if n := count(t, w.db, "SELECT count(*) FROM recovery_code WHERE person_id = ?", reporter.ID); n > 0 {
			t.Errorf("%d recovery codes outlive the factor", n)
		}
		w.enter(t, reporterEmail, goodPassword)
		expectKind(t, w.RemoveApp(t.Context(), reporter), fault.NotFound)
	})
}

func TestAnAdministratorForgetsFactorsAndNeverSeesThem(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token, actor := w.enter(t, reporterEmail, goodPassword)
		w.enrol(t, actor)
		seen, err := w.SecurityOf(t.Context(), w.admin, actor.ID)
		must(t, err)
		if !seen.Factors.HasApp() || len(seen.Sessions) != 1 || seen.Required {
			t.Errorf("%+v", seen)
		}
		expectKind(t, w.ForgetFactors(t.Context(), actor, w.admin.ID), fault.Forbidden)
		_, err = w.SecurityOf(t.Context(), actor, w.admin.ID)
		expectKind(t, err, fault.Forbidden)
		must(t, w.ForgetFactors(t.Context(), w.admin, actor.ID))
		if _, _, err := w.Resolve(t.Context(), token, somewhere); fault.KindOf(err) != fault.SignedOut {
			t.Errorf("%v", err)
		}
		if e := w.newest(t, actor.ID); e.Verb != "factor.forget" || e.ActorID != w.admin.ID || e.Role != string(SystemAdministrator) {
			t.Errorf("recorded %+v", e)
		}
		if !slices.Contains(w.told, actor.ID+" factor.forget "+w.admin.ID) {
			t.Errorf("told %q", w.told)
		}
		w.enter(t, reporterEmail, goodPassword)
		expectKind(t, w.ForgetFactors(t.Context(), w.admin, actor.ID), fault.NotPossible)
	})
}

// TestActsUponRightsWantAFreshProof, in a session as people have it.
func TestActsUponRightsWantAFreshProof(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, admin := w.enter(t, adminEmail, goodPassword)
		acts := map[string]func() error{
			"grant a role": func() error {
				return w.GrantRole(t.Context(), admin, w.reporter.ID, portal, Editor, time.Time{}, time.Time{})
			},
			"invite": func() error {
				_, _, err := w.Invite(t.Context(), admin, NewPerson{Email: "moi@example.vn", Name: "Mời", Agency: paper, Roles: []Role{EditorInChief}})
				return err
			},
			"reset":          func() error { _, err := w.Reset(t.Context(), admin, w.reporter.ID); return err },
			"forget factors": func() error { return w.ForgetFactors(t.Context(), admin, w.reporter.ID) },
			"make a token": func() error {
				_, err := w.MakeToken(t.Context(), admin, NewToken{Name: "a", Scopes: Scopes{EditionRead}, Days: 1})
				return err
			},
			"add a service": func() error {
				_, err := w.AddService(t.Context(), admin, "Phần mềm", paper, []Role{Reporter})
				return err
			},
			"set up an app": func() error { _, err := w.BeginApp(t.Context(), admin); return err },
			"renew codes":   func() error { _, err := w.RenewCodes(t.Context(), admin); return err },
			"lend roles": func() error {
				return w.AddAbsence(t.Context(), admin, NewAbsence{Substitute: w.reporter.ID, To: morning.Add(48 * time.Hour)})
			},
		}
		w.clock.Advance(proofTime)
		for name, act := range acts {
			if err := act(); !IsProofDue(err) {
				t.Errorf("%s without a proof: %v", name, err)
			}
		}
		if err := w.Prove(t.Context(), admin, "sai mật khẩu", ""); field(t, err, "password") != "error.password.wrong" {
			t.Errorf("%v", err)
		}
		if err := acts["grant a role"](); !IsProofDue(err) {
			t.Errorf("after a wrong password: %v", err)
		}
		must(t, w.Prove(t.Context(), admin, goodPassword, ""))
		for name, act := range acts {
			if err := act(); IsProofDue(err) {
				t.Errorf("%s after the proof: %v", name, err)
			}
		}
		w.clock.Advance(-time.Hour) // a proof of the future counts for nothing
		if err := acts["grant a role"](); !IsProofDue(err) {
			t.Errorf("with a clock set back: %v", err)
		}
	})
}

// TestWhoHasAFactorProvesWithIt: then the password is not enough.
func TestWhoHasAFactorProvesWithIt(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		phone, codes := w.enrol(t, actor)
		w.clock.Advance(proofTime)
		asked, err := w.Proofs(t.Context(), actor)
		must(t, err)
		if asked != (Proof{Code: true}) {
			t.Errorf("%+v", asked)
		}
		if err := w.Prove(t.Context(), actor, goodPassword, ""); field(t, err, "code") != "error.code.wrong" {
			t.Errorf("%v", err)
		}
		must(t, w.Prove(t.Context(), actor, "", phone.code(w.clock.Now())))
		if err := w.Prove(t.Context(), actor, "", phone.code(w.clock.Now())); field(t, err, "code") != "error.code.wrong" {
			t.Errorf("the same code proved twice: %v", err)
		}
		must(t, w.Prove(t.Context(), actor, "", codes[0]))
		must(t, w.RemoveApp(t.Context(), actor))
	})
}

func TestUnfinishedStepsAreLimitedForAPersonOfANetwork(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		begin := func(person, address string) error {
			return w.db.Write(t.Context(), func(tx *store.Tx) error {
				_, err := w.beginCeremony(tx, secondStep, person, address, nil)
				return err
			})
		}
		for range ceremoniesAtOnce {
			must(t, begin(w.reporter.ID, "198.51.100.7"))
		}
		expectKind(t, begin(w.reporter.ID, "198.51.100.7"), fault.TooMany)
		must(t, begin(w.reporter.ID, "198.51.100.8"))
		must(t, begin(w.admin.ID, "198.51.100.7"))
		w.clock.Advance(ceremonyTime)
		must(t, begin(w.reporter.ID, "198.51.100.7"))
		must(t, w.Program().Sweep(t.Context()))
		if n := count(t, w.db, "SELECT count(*) FROM ceremony"); n != 1 {
			t.Errorf("%d ceremonies are kept", n)
		}
	})
}

// TestStrangersWhoAskForChallengesShutOutNobody: whoever asks, without an
// account, takes nothing from the people who share their address, and nothing
// from the database.
func TestStrangersWhoAskForChallengesShutOutNobody(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		phone, _ := w.enrol(t, actor)
		passkeys, err := w.PasskeysAt("https://newsroom.example")
		must(t, err)
		for range 4 * ceremoniesAtOnce {
			_, err := passkeys.BeginSignIn()
			must(t, err)
		}
		second := w.second(t, reporterEmail)
		_, _, err = w.SignInWithCode(t.Context(), second.Token, phone.code(w.clock.Now()), somewhere, "")
		must(t, err)
		if n := count(t, w.db, "SELECT count(*) FROM ceremony"); n != 0 {
			t.Errorf("%d challenges are kept", n)
		}
	})
}

// TestAnOpenCeremonyIsUsedOnce, for what it was begun, in its time, and however
// its token is written.
func TestAnOpenCeremonyIsUsedOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		end := func(kind ceremonyKind, token string) (string, error) {
			var got string
			return got, w.db.Write(t.Context(), func(tx *store.Tx) error { return w.endOpen(tx, kind, token, &got) })
		}
		is := func(what, want string, kind ceremonyKind, token string) {
			t.Helper()
			if _, err := end(kind, token); key(t, err) != want {
				t.Errorf("%s: %v", what, err)
			}
		}
		token, err := w.beginOpen(passkeySignIn, "hello")
		must(t, err)
		is("for something else", "error.signin.over", issuerSignIn, token)
		is("changed", "error.signin.over", passkeySignIn, token[:len(token)-3]+"AAA")
		is("nothing", "error.signin.over", passkeySignIn, "")
		is("of another person's secret", "error.signin.over", passkeySignIn, w.sealer.seal([]byte("{}"), w.reporter.ID))
		is("in its time", "", passkeySignIn, token)
		is("again", "error.signin.over", passkeySignIn, token)
		is("again in other words", "error.signin.over", passkeySignIn, token+"\n")
		must(t, w.Program().Sweep(t.Context()))
		is("again after the sweep", "error.signin.over", passkeySignIn, token)
		late, err := w.beginOpen(passkeySignIn, "hello")
		must(t, err)
		w.clock.Advance(ceremonyTime)
		is("too late", "error.signin.over", passkeySignIn, late)
		must(t, w.Program().Sweep(t.Context()))
		is("again when all is forgotten", "error.signin.over", passkeySignIn, token)
	})
}
