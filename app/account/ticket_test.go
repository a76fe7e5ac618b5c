package account

import (
	"sync"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
)

const noSuchTicket = "error.ticket.none"

// eachNewInstallation runs a test where nobody is yet.
func eachNewInstallation(t *testing.T, f func(t *testing.T, a *Accounts, clock *apptest.ManualClock)) {
	t.Helper()
	apptest.EachDatabaseAt(t, morning, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		f(t, New(db, Options{Argon: LightArgon()}), clock)
		if _, err := audit.Verify(t.Context(), db); err != nil {
			t.Error(err)
		}
	})
}

var first = NewPerson{Email: adminEmail, Name: "Quản trị", Password: goodPassword}

func TestFirstAdministrator(t *testing.T) {
	eachNewInstallation(t, func(t *testing.T, a *Accounts, clock *apptest.ManualClock) {
		ctx := t.Context()
		replaced, needed, err := a.FirstTicket(ctx)
		if !needed || replaced == "" || err != nil {
			t.Fatal(replaced, needed, err)
		}
		token, _, err := a.FirstTicket(ctx)
		must(t, err)
		if _, err := a.ClaimFirst(ctx, replaced, first); key(t, err) != noSuchTicket {
			t.Errorf("the older link: %v", err)
		}
		info, err := a.Ticket(ctx, token)
		must(t, err)
		if info != (TicketInfo{Purpose: FirstAdministrator, ExpiresAt: morning.Add(24 * time.Hour)}) {
			t.Errorf("%+v", info)
		}
		if _, err := a.SetPassword(ctx, token, goodPassword, ""); key(t, err) != noSuchTicket {
			t.Errorf("taken for a reset: %v", err)
		}
		_, err = a.ClaimFirst(ctx, token, NewPerson{Email: "sai", Name: "", Password: "ngắn", Locale: "fr"})
		for name, want := range map[string]string{
			"email": "error.bad_email", "name": "error.required", "password": "error.password.short", "locale": "error.invalid",
		} {
			if got := field(t, err, name); got != want {
				t.Errorf("%s: %q, want %q", name, got, want)
			}
		}
		actor, err := a.ClaimFirst(ctx, token, first) // a form sent back does not use the link up
		must(t, err)
		if _, ok := actor.May(ManageUsers, portal); !ok || actor.Email != adminEmail {
			t.Errorf("%+v", actor)
		}
		if _, err := a.ClaimFirst(ctx, token, first); key(t, err) != noSuchTicket {
			t.Errorf("the link worked twice: %v", err)
		}
		if token, needed, err := a.FirstTicket(ctx); needed || token != "" || err != nil {
			t.Error("another first administrator is let in", err)
		}
		clock.Advance(time.Hour)
		_, _, err = a.SignIn(ctx, SignIn{Email: adminEmail, Password: goodPassword})
		must(t, err)
	})
}

func TestFirstTicketIsValidForOneDay(t *testing.T) {
	eachNewInstallation(t, func(t *testing.T, a *Accounts, clock *apptest.ManualClock) {
		token, _, err := a.FirstTicket(t.Context())
		must(t, err)
		clock.Advance(24 * time.Hour)
		if _, err := a.ClaimFirst(t.Context(), token, first); key(t, err) != noSuchTicket {
			t.Error(err)
		}
	})
}

func TestFirstTicketIsUselessOnceThereIsAnAdministrator(t *testing.T) {
	eachNewInstallation(t, func(t *testing.T, a *Accounts, _ *apptest.ManualClock) {
		token, _, err := a.FirstTicket(t.Context())
		must(t, err)
		other := NewPerson{Email: "khac@example.vn", Name: "Khác", Password: goodPassword, Roles: []Role{SystemAdministrator}}
		_, err = a.Program().AddPerson(t.Context(), other)
		must(t, err)
		if _, err := a.ClaimFirst(t.Context(), token, first); key(t, err) != noSuchTicket {
			t.Error(err)
		}
	})
}

func TestOnlyOneOfManyClaimsFirst(t *testing.T) {
	eachNewInstallation(t, func(t *testing.T, a *Accounts, _ *apptest.ManualClock) {
		token, _, err := a.FirstTicket(t.Context())
		must(t, err)
		results := make([]error, 8)
		var all sync.WaitGroup
		for i := range results {
			p := first
			p.Email = string(rune('a'+i)) + "@example.vn"
			all.Go(func() { _, results[i] = a.ClaimFirst(t.Context(), token, p) })
		}
		all.Wait()
		claimed := 0
		for _, err := range results {
			if key(t, err) == "" {
				claimed++
			}
		}
		if claimed != 1 {
			t.Errorf("%d first administrators", claimed)
		}
	})
}

func TestInvitedPersonChoosesPassword(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		const email = "bientap@example.vn"
		person, token, err := w.Invite(ctx, w.admin, NewPerson{
			Email: email, Name: "  Biên   tập ", Locale: "en", Agency: paper, Roles: []Role{Editor, Translator},
		})
		must(t, err)
		if person.HasPassword || person.Name != "Biên tập" || len(person.Memberships) != 2 || person.Memberships[0].Agency != paper {
			t.Errorf("%+v", person)
		}
		info, err := w.Ticket(ctx, token)
		must(t, err)
		if info != (TicketInfo{Invitation, email, "Biên tập", "en", morning.Add(7 * 24 * time.Hour)}) {
			t.Errorf("%+v", info)
		}
		if _, err := w.SetPassword(ctx, token, "Biên tập", ""); field(t, err, "password") != "error.password.short" {
			t.Error(err)
		}
		w.setPassword(t, token, newPassword)
		_, actor := w.enter(t, email, newPassword)
		if _, ok := actor.May(Edit, paper); !ok || actor.Locale != "en" {
			t.Errorf("%+v", actor)
		}
		if _, err := w.SetPassword(ctx, token, goodPassword, ""); key(t, err) != noSuchTicket {
			t.Errorf("the link worked twice: %v", err)
		}
		verbs := map[string]int{}
		for _, e := range w.entries(t, personSubject(person.ID)) {
			verbs[e.Verb]++
			if e.Verb == "person.add" && (e.ActorID != w.admin.ID || e.Role != string(SystemAdministrator) || e.AgencyID != portal) {
				t.Errorf("%+v", e)
			}
		}
		if verbs["person.add"] != 1 || verbs["role.grant"] != 2 || verbs["person.password"] != 1 || verbs["session.begin"] != 1 {
			t.Errorf("recorded %v", verbs)
		}
	})
}

func TestResetTakesPasswordAway(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx := t.Context()
		replaced, err := w.Reset(ctx, w.admin, w.reporter.ID)
		must(t, err)
		if got := w.try(t, reporterEmail, goodPassword, somewhere); got != isWrong {
			t.Errorf("the old password: %q", got)
		}
		token, err := w.Reset(ctx, w.admin, w.reporter.ID)
		must(t, err)
		if _, err := w.SetPassword(ctx, replaced, newPassword, ""); key(t, err) != noSuchTicket {
			t.Errorf("the older link: %v", err)
		}
		w.setPassword(t, token, newPassword)
		w.enter(t, reporterEmail, newPassword)
	})
}

func TestResetLetsBlockedPersonIn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.play(t, repeat(5, step{email: reporterEmail, want: isWrong}))
		token, err := w.Reset(t.Context(), w.admin, w.reporter.ID)
		must(t, err)
		w.setPassword(t, token, newPassword)
		w.enter(t, reporterEmail, newPassword)
	})
}

func TestLinksThatDoNotWork(t *testing.T) {
	for name, spoil := range map[string]func(t *testing.T, w *world, token string) string{
		"a day old":   func(t *testing.T, w *world, token string) string { w.clock.Advance(24 * time.Hour); return token },
		"cut off":     func(t *testing.T, w *world, token string) string { return token[:len(token)-1] },
		"empty":       func(t *testing.T, w *world, token string) string { return "" },
		"stored form": func(t *testing.T, w *world, token string) string { return tokenHash(token) },
		"person disabled": func(t *testing.T, w *world, token string) string {
			must(t, w.Disable(t.Context(), w.admin, w.reporter.ID))
			return token
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				token, err := w.Reset(t.Context(), w.admin, w.reporter.ID)
				must(t, err)
				token = spoil(t, w, token)
				_, err = w.Ticket(t.Context(), token)
				if key(t, err) != noSuchTicket {
					t.Error(err)
				}
				if _, err := w.SetPassword(t.Context(), token, newPassword, ""); key(t, err) != noSuchTicket {
					t.Error(err)
				}
				if n := count(t, w.db, "SELECT count(*) FROM person WHERE id = ? AND password_hash <> ''", w.reporter.ID); n != 0 {
					t.Error("the password was set all the same")
				}
			})
		})
	}
}

func TestChangePassword(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		for name, c := range map[string]struct{ old, new, field, key string }{
			"wrong old":   {newPassword, "một mật khẩu thật dài", "old", "error.password.old_wrong"},
			"missing old": {"", newPassword, "old", "error.required"},
			"weak new":    {goodPassword, "matkhau123", "new", "error.password.common"},
			"own name":    {goodPassword, "phóng viên", "new", "error.password.own"},
		} {
			err := w.ChangePassword(t.Context(), actor, c.old, c.new)
			if got := field(t, err, c.field); got != c.key {
				t.Errorf("%s: %q, want %q", name, got, c.key)
			}
		}
		must(t, w.ChangePassword(t.Context(), actor, goodPassword, newPassword))
		if got := w.try(t, reporterEmail, goodPassword, somewhere); got != isWrong {
			t.Errorf("the old password: %q", got)
		}
		w.enter(t, reporterEmail, newPassword)
	})
}

// TestStolenSessionCannotGuessPassword: changing it is limited like signing in.
func TestStolenSessionCannotGuessPassword(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		for range 5 {
			err := w.ChangePassword(t.Context(), actor, "đoán bừa một câu", newPassword)
			expectKind(t, err, fault.Invalid)
		}
		err := w.ChangePassword(t.Context(), actor, goodPassword, newPassword)
		expectKind(t, err, fault.TooMany)
	})
}

// TestAdministratorWithOpenLinkIsExpected: a reset of the only one does not
// offer the installation to whoever reads the next start's output, until the
// link has run out.
func TestAdministratorWithOpenLinkIsExpected(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, err := w.Reset(t.Context(), w.admin, w.admin.ID)
		must(t, err)
		for _, c := range []struct {
			after time.Duration
			want  bool
		}{{0, false}, {24*time.Hour - time.Second, false}, {time.Second, true}} {
			w.clock.Advance(c.after)
			if _, needed, err := w.FirstTicket(t.Context()); needed != c.want || err != nil {
				t.Errorf("at %v: needed %v, %v", w.clock.Now(), needed, err)
			}
		}
	})
}
