package account

import (
	"testing"
	"time"

	"doingoai/app/fault"
)

func TestSessionEnds(t *testing.T) {
	ctx := t.Context
	for name, c := range map[string]struct {
		do   func(t *testing.T, w *world, token string, actor Actor)
		open bool
	}{
		"not before it is idle for 12 hours": {func(t *testing.T, w *world, _ string, _ Actor) {
			w.clock.Advance(12*time.Hour - time.Second)
		}, true},
		"idle for 12 hours": {func(t *testing.T, w *world, _ string, _ Actor) {
			w.clock.Advance(12 * time.Hour)
		}, false},
		"after 30 days, however busy": {func(t *testing.T, w *world, token string, _ Actor) {
			left := 30 * 24 * time.Hour
			for left > time.Second {
				step := min(6*time.Hour, left-time.Second)
				w.clock.Advance(step)
				left -= step
				if _, _, err := w.Resolve(ctx(), token, somewhere); err != nil {
					t.Fatal(err)
				}
			}
			w.clock.Advance(left)
		}, false},
		"signed out": {func(t *testing.T, w *world, token string, _ Actor) {
			must(t, w.SignOut(ctx(), token))
			must(t, w.SignOut(ctx(), token)) // twice does no harm
		}, false},
		"revoked": {func(t *testing.T, w *world, _ string, actor Actor) {
			must(t, w.Revoke(ctx(), actor, actor.Session))
		}, false},
		"person disabled": {func(t *testing.T, w *world, _ string, actor Actor) {
			must(t, w.Disable(ctx(), w.admin, actor.ID))
		}, false},
		"person disabled and enabled": {func(t *testing.T, w *world, _ string, actor Actor) {
			must(t, w.Disable(ctx(), w.admin, actor.ID))
			must(t, w.Enable(ctx(), w.admin, actor.ID))
		}, false},
		"password reset": {func(t *testing.T, w *world, _ string, actor Actor) {
			_, err := w.Reset(ctx(), w.admin, actor.ID)
			must(t, err)
		}, false},
		"not by changing the password in it": {func(t *testing.T, w *world, _ string, actor Actor) {
			must(t, w.ChangePassword(ctx(), actor, goodPassword, newPassword))
		}, true},
		"password changed in another": {func(t *testing.T, w *world, _ string, _ Actor) {
			_, other := w.enter(t, reporterEmail, goodPassword)
			must(t, w.ChangePassword(ctx(), other, goodPassword, newPassword))
		}, false},
		"revoked from another": {func(t *testing.T, w *world, _ string, _ Actor) {
			_, other := w.enter(t, reporterEmail, goodPassword)
			n, err := w.RevokeOthers(ctx(), other)
			if n != 1 || err != nil {
				t.Error(n, err)
			}
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				token, actor := w.enter(t, reporterEmail, goodPassword)
				c.do(t, w, token, actor)
				resolved, _, err := w.Resolve(t.Context(), token, somewhere)
				if c.open {
					must(t, err)
					return
				}
				expectKind(t, err, fault.SignedOut)
				if resolved.ID != "" || key(t, err) != "error.signed_out.title" {
					t.Errorf("%+v %v", resolved, err)
				}
			})
		})
	}
}

func TestStrangeTokensAreSignedOut(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token, _ := w.enter(t, reporterEmail, goodPassword)
		for _, strange := range []string{"", "x", token[1:], token + "x", tokenHash(token), "\x00", "' OR '1'='1"} {
			_, _, err := w.Resolve(t.Context(), strange, somewhere)
			expectKind(t, err, fault.SignedOut)
		}
	})
}

// TestPostsAreThoseOfTheMoment: rights come and go during a session.
func TestPostsAreThoseOfTheMoment(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token, _ := w.enter(t, reporterEmail, goodPassword)
		from, to := morning.Add(time.Hour), morning.Add(2*time.Hour)
		err := w.GrantRole(t.Context(), w.admin, w.reporter.ID, portal, Editor, from, to)
		must(t, err)
		for _, c := range []struct {
			at   time.Time
			want bool
		}{
			{from.Add(-time.Microsecond), false},
			{from, true},
			{to.Add(-time.Microsecond), true},
			{to, false},
		} {
			w.clock.Advance(c.at.Sub(w.clock.Now()))
			actor, _, err := w.Resolve(t.Context(), token, somewhere)
			must(t, err)
			if got := holds(actor, Post{Agency: portal, Role: Editor}); got != c.want || !holds(actor, Post{Agency: paper, Role: Reporter}) {
				t.Errorf("%v: %v", c.at, actor.Posts)
			}
		}
	})
}

func TestSessionIsSeenOnceMinute(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token, actor := w.enter(t, reporterEmail, goodPassword)
		seen := func() (time.Time, string) {
			sessions, err := w.Sessions(t.Context(), actor)
			must(t, err)
			return sessions[0].SeenAt, sessions[0].Address
		}
		for _, c := range []struct {
			after   time.Duration
			address string
			seen    time.Duration
			from    string
		}{
			{59 * time.Second, "198.51.100.1", 0, somewhere},
			{time.Second, "198.51.100.2", time.Minute, "198.51.100.2"},
			{30 * time.Second, "198.51.100.3", time.Minute, "198.51.100.2"},
			{time.Hour, "198.51.100.4", time.Hour + 90*time.Second, "198.51.100.4"},
		} {
			w.clock.Advance(c.after)
			_, _, err := w.Resolve(t.Context(), token, c.address)
			must(t, err)
			if at, from := seen(); !at.Equal(morning.Add(c.seen)) || from != c.from {
				t.Errorf("after %v: seen at %v from %s", c.after, at, from)
			}
		}
	})
}

func TestSessionsAreOnesOwn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, first := w.enter(t, reporterEmail, goodPassword)
		w.clock.Advance(time.Minute)
		_, second := w.enter(t, reporterEmail, goodPassword)
		otherToken, other := w.enter(t, adminEmail, goodPassword)
		sessions, err := w.Sessions(t.Context(), second)
		must(t, err)
		if len(sessions) != 2 || sessions[0].ID != second.Session || !sessions[0].Current || sessions[1].ID != first.Session || sessions[1].Current {
			t.Errorf("%+v", sessions)
		}
		expectKind(t, w.Revoke(t.Context(), second, other.Session), fault.NotFound)
		if _, _, err := w.Resolve(t.Context(), otherToken, somewhere); err != nil {
			t.Errorf("somebody else's session was ended: %v", err)
		}
		must(t, w.Revoke(t.Context(), second, first.Session))
		if e := w.newest(t, second.ID); e.Verb != "session.revoke" || e.Detail["session"] != first.Session {
			t.Errorf("recorded %+v", e)
		}
		expectKind(t, w.Revoke(t.Context(), second, first.Session), fault.NotFound)
	})
}

func TestNobodyHasNoSessions(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ctx, nobody := t.Context(), Actor{}
		_, err := w.Sessions(ctx, nobody)
		expectKind(t, err, fault.SignedOut)
		_, err = w.RevokeOthers(ctx, nobody)
		expectKind(t, err, fault.SignedOut)
		expectKind(t, w.Revoke(ctx, nobody, ""), fault.SignedOut)
		expectKind(t, w.SetLocale(ctx, nobody, "en"), fault.SignedOut)
		expectKind(t, w.ChangePassword(ctx, nobody, goodPassword, newPassword), fault.SignedOut)
	})
}
