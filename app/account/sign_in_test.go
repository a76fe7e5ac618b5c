package account

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"

	"doingoai/app/fault"
	"doingoai/app/store"
)

func TestSignInOpensSession(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token, actor := w.enter(t, "  PhongVien@Example.VN ", goodPassword)
		if actor.ID != w.reporter.ID || actor.Name != "Phóng viên" || actor.Locale != "vi" || actor.Address != somewhere ||
			actor.Session == "" || !reflect.DeepEqual(actor.Posts, []Post{{Agency: paper, Role: Reporter}}) {
			t.Errorf("%+v", actor)
		}
		if len(token) < 32 || count(t, w.db, "SELECT count(*) FROM session WHERE token_hash = ?", token) != 0 {
			t.Error("the token is short, or stored as it is")
		}
		resolved, session, err := w.Resolve(t.Context(), token, "198.51.100.9")
		must(t, err)
		if resolved.ID != actor.ID || resolved.Session != actor.Session || resolved.Address != "198.51.100.9" ||
			session.ID != actor.Session || session.Agent != "Firefox" || !session.Current {
			t.Errorf("%+v %+v", resolved, session)
		}
		if e := w.newest(t, actor.ID); e.Verb != "session.begin" || e.ActorID != actor.ID || e.Address != somewhere {
			t.Errorf("recorded %+v", e)
		}
	})
}

// TestRefusedSignInsLookAlike: nothing tells an account that exists from one
// that does not.
func TestRefusedSignInsLookAlike(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		gone := w.person(t, NewPerson{Email: "nghi@example.vn", Name: "Nghỉ"})
		must(t, w.Program().Disable(t.Context(), gone.ID))
		_, _, err := w.Invite(t.Context(), w.admin, NewPerson{Email: "moi@example.vn", Name: "Mời"})
		must(t, err)
		for name, in := range map[string]SignIn{
			"wrong password":      {Email: reporterEmail, Password: newPassword},
			"unknown account":     {Email: "khong@example.vn", Password: goodPassword},
			"disabled account":    {Email: "nghi@example.vn", Password: goodPassword},
			"invited, not joined": {Email: "moi@example.vn", Password: goodPassword},
			"not an address":      {Email: "' OR 1=1 --", Password: goodPassword},
			"very long":           {Email: strings.Repeat("a", 100_000), Password: strings.Repeat("b", 100_000)},
		} {
			token, actor, err := w.SignIn(t.Context(), in)
			f, _ := fault.As(err)
			if f == nil || f.Kind != fault.Invalid || f.Message.Key != "error.signin.wrong" || f.Fields != nil || f.Cause != nil ||
				token != "" || actor.ID != "" {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, in := range map[string]SignIn{"email": {Password: "x"}, "password": {Email: reporterEmail}} {
			_, _, err := w.SignIn(t.Context(), in)
			if field(t, err, name) != "error.required" {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}

func TestWeakHashIsRenewedAtSignIn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		stored := func() string {
			return text(t, w.db, "SELECT password_hash FROM person WHERE id = ?", w.reporter.ID)
		}
		old := stored()
		stronger := New(w.db, Options{Argon: Argon{Memory: 128, Time: 2, Threads: 1}})
		if _, _, err := stronger.SignIn(t.Context(), SignIn{Email: reporterEmail, Password: newPassword}); err == nil {
			t.Fatal("a wrong password was taken")
		}
		if stored() != old {
			t.Error("a wrong password changed the stored hash")
		}
		_, _, err := stronger.SignIn(t.Context(), SignIn{Email: reporterEmail, Password: goodPassword})
		must(t, err)
		if !strings.HasPrefix(stored(), "$argon2id$v=19$m=128,t=2,p=1$") {
			t.Errorf("stored %q", stored())
		}
		renewed := stored()
		_, _, err = stronger.SignIn(t.Context(), SignIn{Email: reporterEmail, Password: goodPassword})
		must(t, err)
		if stored() != renewed {
			t.Error("a hash of today's strength was renewed")
		}
	})
}

// TestSignInGivenUpWhileWaitingIsNoFailure: being busy must lock nobody out.
func TestSignInGivenUpWhileWaitingIsNoFailure(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for range cap(w.slots) {
			w.slots <- struct{}{}
		}
		for range 3 * w.o.NetworkLimit {
			ctx, cancel := context.WithCancel(t.Context())
			stop := whenCounted(t, w, cancel)
			_, _, err := w.SignIn(ctx, SignIn{Email: reporterEmail, Password: goodPassword, Address: somewhere})
			stop()
			if kind := fault.KindOf(err); err == nil || kind == fault.Invalid || kind == fault.TooMany {
				t.Fatalf("a sign-in given up while waiting: %v", err)
			}
		}
		for range cap(w.slots) {
			<-w.slots
		}
		w.enter(t, reporterEmail, goodPassword)
	})
}

func TestSecretsStayOutOfTheTrail(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token, _ := w.enter(t, reporterEmail, goodPassword)
		for range 6 {
			w.try(t, "matkhau-go-nham-o", "sai mật khẩu rồi", somewhere)
		}
		reset, err := w.Reset(t.Context(), w.admin, w.reporter.ID)
		must(t, err)
		w.setPassword(t, reset, newPassword)
		for _, secret := range []string{token, reset, tokenHash(token), goodPassword, newPassword, "sai mật khẩu", "argon2id", "matkhau-go-nham-o"} {
			n := count(t, w.db, "SELECT count(*) FROM audit WHERE detail LIKE ? OR subject LIKE ? OR reason LIKE ?",
				"%"+secret+"%", "%"+secret+"%", "%"+secret+"%")
			if n > 0 {
				t.Errorf("%q is in the audit trail", secret)
			}
		}
		if n := count(t, w.db, "SELECT count(*) FROM throttle WHERE subject LIKE '%nham%'"); n > 0 {
			t.Error("what was typed as an account is kept")
		}
	})
}

// TestAccountIsLookedAtAgainAfterHashing: what happened to it while the
// password was being compared counts.
func TestAccountIsLookedAtAgainAfterHashing(t *testing.T) {
	for name, meanwhile := range map[string]func(w *world) error{
		"disabled": func(w *world) error { return w.Disable(t.Context(), w.admin, w.reporter.ID) },
		"reset":    func(w *world) error { _, err := w.Reset(t.Context(), w.admin, w.reporter.ID); return err },
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				person, attempts, err := w.prove(t.Context(), reporterEmail, goodPassword, origin{address: somewhere})
				must(t, err)
				must(t, meanwhile(w))
				err = w.db.Write(t.Context(), func(tx *store.Tx) error {
					_, err := w.Accounts.enter(tx, entrance{person: person, attempts: attempts})
					return err
				})
				if !errors.Is(err, errWrong) || count(t, w.db, "SELECT count(*) FROM session") != 0 {
					t.Errorf("%v", err)
				}
			})
		})
	}
}

// TestSessionOfDisabledPersonIsClosed, also one that something left behind.
func TestSessionOfDisabledPersonIsClosed(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token, actor := w.enter(t, reporterEmail, goodPassword)
		must(t, w.db.Write(t.Context(), func(tx *store.Tx) error { return setDisabled(tx, actor.ID, 1) }))
		_, _, err := w.Resolve(t.Context(), token, somewhere)
		expectKind(t, err, fault.SignedOut)
	})
}
