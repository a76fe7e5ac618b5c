package account

import (
	"testing"
	"time"

	"doingoai/app/fault"
)

// A clock that jumps: the machine wakes up in another year, or somebody sets it
// right. Sessions neither end for good by that nor go on for ever.

func TestAClockSetBackEndsNoSession(t *testing.T) {
	for _, back := range []time.Duration{time.Second, time.Hour, 300 * day} {
		eachWorld(t, func(t *testing.T, w *world) {
			token, _ := w.enter(t, reporterEmail, goodPassword)
			w.clock.Advance(-back)
			_, _, err := w.Resolve(t.Context(), token, somewhere)
			if err != nil {
				t.Errorf("set back by %v: %v", back, err)
			}
		})
	}
}

// TestASessionOfTheFutureEndsAsAnyOther: seen, or begun, while the clock ran a
// year ahead, it still ends when it is idle, and after its life.
func TestASessionOfTheFutureEndsAsAnyOther(t *testing.T) {
	const year = 365 * day
	for name, ahead := range map[string]func(t *testing.T, w *world) string{
		"begun there": func(t *testing.T, w *world) string {
			w.clock.Advance(year)
			token, _ := w.enter(t, reporterEmail, goodPassword)
			return token
		},
		"seen there": func(t *testing.T, w *world) string {
			w.Accounts = New(w.db, Options{Argon: LightArgon(), SecondFactor: Offered, MaxSession: 2 * year, MaxSessionIdle: 2 * year})
			token, _ := w.enter(t, reporterEmail, goodPassword)
			w.clock.Advance(year)
			_, _, err := w.Resolve(t.Context(), token, somewhere)
			must(t, err)
			w.Accounts = New(w.db, Options{Argon: LightArgon(), SecondFactor: Offered})
			return token
		},
	} {
		t.Run(name, func(t *testing.T) {
			eachWorld(t, func(t *testing.T, w *world) {
				token := ahead(t, w)
				w.clock.Advance(-year)
				_, session, err := w.Resolve(t.Context(), token, somewhere)
				must(t, err)
				_, session, err = w.Resolve(t.Context(), token, somewhere)
				must(t, err)
				if life := session.ExpiresAt.Sub(w.clock.Now()); life > w.o.MaxSession {
					t.Errorf("it lives for another %v", life)
				}
				w.clock.Advance(w.o.MaxSessionIdle)
				_, _, err = w.Resolve(t.Context(), token, somewhere)
				expectKind(t, err, fault.SignedOut)
			})
		})
	}
}

// TestAClockThatRanAheadForAWhileTakesNothingAwayForGood, though it was swept meanwhile.
func TestAClockThatRanAheadForAWhileTakesNothingAwayForGood(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		token, _ := w.enter(t, reporterEmail, goodPassword)
		w.clock.Advance(5 * day)
		_, _, err := w.Resolve(t.Context(), token, somewhere)
		expectKind(t, err, fault.SignedOut)
		must(t, w.Program().Sweep(t.Context()))
		w.clock.Advance(-5 * day)
		_, _, err = w.Resolve(t.Context(), token, somewhere)
		must(t, err)
		w.clock.Advance(30*day + sweepGrace)
		must(t, w.Program().Sweep(t.Context()))
		if n := count(t, w.db, "SELECT count(*) FROM session"); n != 0 {
			t.Errorf("%d ended sessions are kept for ever", n)
		}
	})
}

// TestABlockOfTheFutureShutsNobodyOut.
func TestABlockOfTheFutureShutsNobodyOut(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.clock.Advance(300 * day)
		for range w.o.NetworkLimit + 1 {
			w.try(t, reporterEmail, newPassword, somewhere)
		}
		if got := w.try(t, reporterEmail, goodPassword, somewhere); got != "error.signin.throttled" {
			t.Fatalf("there is no block to begin with: %s", got)
		}
		w.clock.Advance(-300 * day)
		w.enter(t, reporterEmail, goodPassword)
	})
}

// TestACodeOfTheFutureShutsNobodyOut: the app's clock was right all along.
func TestACodeOfTheFutureShutsNobodyOut(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		_, actor := w.enter(t, reporterEmail, goodPassword)
		phone, _ := w.enrol(t, actor)
		w.clock.Advance(300 * day)
		_, _, err := w.SignInWithCode(t.Context(), w.second(t, reporterEmail).Token, phone.code(w.clock.Now()), somewhere, "")
		must(t, err)
		w.clock.Advance(-300 * day)
		_, _, err = w.SignInWithCode(t.Context(), w.second(t, reporterEmail).Token, phone.code(w.clock.Now()), somewhere, "")
		must(t, err)
	})
}
