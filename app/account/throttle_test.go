package account

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/fault"
)

const (
	isWrong   = "error.signin.wrong"
	isBlocked = "error.signin.throttled"
)

// step is one moment in the life of somebody who tries to get in.
type step struct {
	after   time.Duration // since the step before
	email   string
	right   bool // whether the password is right
	address string
	want    string
}

func (w *world) play(t *testing.T, steps []step) {
	t.Helper()
	for i, s := range steps {
		w.clock.Advance(s.after)
		password := newPassword
		if s.right {
			password = goodPassword
		}
		if got := w.try(t, s.email, password, s.address); got != s.want {
			t.Fatalf("step %d (%+v): %q, want %q", i+1, s, got, s.want)
		}
	}
}

func repeat(n int, s step) []step {
	steps := make([]step, n)
	for i := range steps {
		steps[i] = s
	}
	return steps
}

func TestFifthFailureBlocksAccountForItsNetwork(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		fail := step{email: reporterEmail, address: somewhere, want: isWrong}
		w.play(t, repeat(5, fail))
		w.play(t, []step{
			{0, reporterEmail, true, somewhere, isBlocked},
			{0, reporterEmail, true, "203.0.113.250", isBlocked}, // a neighbour
			{0, reporterEmail, false, "198.51.100.1", isWrong},   // but not from elsewhere
			{0, reporterEmail, true, "198.51.100.1", ""},
			{0, reporterEmail, true, somewhere, isBlocked}, // which forgives nothing here
			{0, strings.ToUpper(reporterEmail), true, somewhere, isBlocked},
			{0, adminEmail, true, somewhere, ""},                          // but nobody else
			{59 * time.Second, reporterEmail, true, somewhere, isBlocked}, // trying does not prolong it
			{time.Second, reporterEmail, true, somewhere, ""},
		})
		w.play(t, repeat(4, fail)) // success began a new count
		w.play(t, []step{{0, reporterEmail, true, somewhere, ""}})
	})
}

// TestStrangerDoesNotShutOutThePerson: whoever tries somebody's account shuts
// out themselves, until they come from so many networks that only a block for
// all of them helps.
func TestStrangerDoesNotShutOutThePerson(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		tried := 0
		for network := range 10 {
			stranger := fmt.Sprintf("198.51.%d.7", network)
			if network%2 > 0 {
				stranger = fmt.Sprintf("2001:db8:0:%d::7", network)
			}
			for range 5 {
				w.play(t, []step{{0, reporterEmail, true, somewhere, ""}, {0, reporterEmail, false, stranger, isWrong}})
				tried++
			}
			if tried < w.o.AccountLimit {
				w.play(t, []step{{0, reporterEmail, true, stranger, isBlocked}})
			}
		}
		w.play(t, []step{
			{0, reporterEmail, true, somewhere, isBlocked},
			{0, reporterEmail, true, "192.0.2.1", isBlocked},
			{0, adminEmail, true, somewhere, ""},
			{time.Minute, reporterEmail, true, somewhere, ""},
		})
		// A password that its person has just chosen begins everything anew.
		w.play(t, []step{{0, reporterEmail, false, "192.0.2.1", isWrong}, {0, reporterEmail, true, somewhere, isBlocked}})
		reset, err := w.Reset(t.Context(), w.admin, w.reporter.ID)
		must(t, err)
		w.setPassword(t, reset, goodPassword)
		w.play(t, []step{{0, reporterEmail, true, somewhere, ""}, {0, reporterEmail, true, "2001:db8:0:1::8", ""}})
	})
}

func TestBlocksGrowAndEnd(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		fail := step{email: reporterEmail, address: somewhere, want: isWrong}
		w.play(t, repeat(5, fail))
		wait := time.Minute
		for range 8 {
			w.play(t, []step{
				{wait - time.Second, reporterEmail, true, somewhere, isBlocked},
				{time.Second, reporterEmail, false, somewhere, isWrong},
			})
			wait = min(2*wait, time.Hour)
		}
		if wait != time.Hour {
			t.Fatalf("the last block was %v", wait)
		}
		w.play(t, []step{
			{59 * time.Minute, reporterEmail, true, somewhere, isBlocked},
			{16 * time.Minute, reporterEmail, false, somewhere, isWrong}, // a quiet window later all is forgotten
			{0, reporterEmail, false, somewhere, isWrong},
			{0, reporterEmail, true, somewhere, ""},
		})
	})
}

func TestFailuresAreForgottenAfterWindow(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		fail := step{email: reporterEmail, address: somewhere, want: isWrong}
		w.play(t, repeat(4, fail))
		fail.after = 15 * time.Minute
		w.play(t, repeat(1, fail))
		fail.after = 0
		w.play(t, repeat(3, fail))
		w.play(t, []step{{0, reporterEmail, true, somewhere, ""}})
	})
}

// TestUnknownAccountIsBlockedLikeKnownOne: or the block would tell them apart.
func TestUnknownAccountIsBlockedLikeKnownOne(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		fail := step{email: "khong@example.vn", address: somewhere, want: isWrong}
		w.play(t, repeat(5, fail))
		fail.want = isBlocked
		w.play(t, repeat(1, fail))
	})
}

func TestAddressThatTriesManyAccountsIsBlocked(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		for i := range 20 {
			// The success of somebody at the same address forgives none of it.
			w.play(t, []step{
				{0, fmt.Sprintf("nguoi%d@example.vn", i), false, somewhere, isWrong},
			})
			if i < 19 {
				w.play(t, []step{{0, reporterEmail, true, somewhere, ""}})
			}
		}
		w.play(t, []step{
			{0, reporterEmail, true, somewhere, isBlocked},
			{0, reporterEmail, true, "::ffff:" + somewhere, isBlocked}, // the same address, written otherwise
			{0, reporterEmail, true, "203.0.113.8", ""},
			{time.Minute, reporterEmail, true, somewhere, ""},
			{0, "nguoi@example.vn", false, somewhere, isWrong}, // the success gave no new credit
			{0, reporterEmail, true, somewhere, isBlocked},
		})
	})
}

func TestIPv6NetworkCountsAsOneAddress(t *testing.T) {
	for _, c := range []struct{ address, alone, around string }{
		{"203.0.113.7", "203.0.113.7", "203.0.113.0/24"},
		{"::ffff:203.0.113.7", "203.0.113.7", "203.0.113.0/24"},
		{"2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1:2::/64"},
		{"2001:db8:1:2::1%eth0", "2001:db8:1:2::/64", "2001:db8:1:2::/64"},
		{"unix", "unix", "unix"},
		{strings.Repeat("x", 1000), strings.Repeat("x", maxAddress), strings.Repeat("x", maxAddress)},
	} {
		if alone, around := network(c.address, 32), network(c.address, 24); alone != c.alone || around != c.around {
			t.Errorf("%s: %q and %q, want %q and %q", c.address, alone, around, c.alone, c.around)
		}
	}
}

func TestBlockSaysWhenToComeBack(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.play(t, repeat(5, step{email: reporterEmail, want: isWrong}))
		w.clock.Advance(500 * time.Millisecond)
		_, _, err := w.SignIn(t.Context(), SignIn{Email: reporterEmail, Password: goodPassword})
		f, _ := fault.As(err)
		if f == nil || f.Kind != fault.TooMany || f.RetryAfter != 60 || f.Message.Args["count"] != 1 {
			t.Errorf("%+v", f)
		}
	})
}

func TestLockoutIsRecordedOnce(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.play(t, repeat(5, step{email: reporterEmail, address: somewhere, want: isWrong}))
		w.play(t, repeat(3, step{email: reporterEmail, address: somewhere, want: isBlocked}))
		lockouts := 0
		for _, e := range w.entries(t, personSubject(w.reporter.ID)) {
			if e.Verb == "session.lockout" {
				lockouts++
				if e.ActorID != SystemID || e.Address != somewhere || e.Detail["failures"] != "5" || e.Detail["until"] != "2026-07-01T01:01:00Z" {
					t.Errorf("%+v", e)
				}
			}
		}
		if lockouts != 1 {
			t.Errorf("%d entries", lockouts)
		}
	})
}

// TestGuessesSentAtOnceAreNoMoreThanGuessesInTurn: the count comes before the
// look at the password.
func TestGuessesSentAtOnceAreNoMoreThanGuessesInTurn(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		const guesses = 40
		results := make([]error, guesses)
		var all sync.WaitGroup
		for i := range guesses {
			all.Go(func() {
				_, _, results[i] = w.SignIn(t.Context(), SignIn{Email: reporterEmail, Password: newPassword})
			})
		}
		all.Wait()
		looked := 0
		for _, err := range results {
			if key(t, err) == isWrong {
				looked++
			}
		}
		if looked != 5 {
			t.Errorf("%d of %d guesses were looked at, want 5", looked, guesses)
		}
	})
}

func TestSweepKeepsWhatStillCounts(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		w.play(t, repeat(5, step{email: reporterEmail, address: somewhere, want: isWrong}))
		token, _ := w.enter(t, adminEmail, goodPassword)
		must(t, w.Program().Sweep(t.Context()))
		w.play(t, []step{{0, reporterEmail, true, somewhere, isBlocked}})
		if _, _, err := w.Resolve(t.Context(), token, somewhere); err != nil {
			t.Error(err)
		}
		w.clock.Advance(31 * 24 * time.Hour)
		must(t, w.Program().Sweep(t.Context()))
		for _, table := range []string{"throttle", "session", "ticket"} {
			if n := count(t, w.db, "SELECT count(*) FROM "+table); n != 0 {
				t.Errorf("%s: %d rows", table, n)
			}
		}
	})
}
