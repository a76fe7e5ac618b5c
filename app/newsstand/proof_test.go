package newsstand_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/newsstand"
)

// proving is a stand with a clock of its own that nothing moves by itself.
func proving(t *testing.T, dir string, n newsstand.Source) (*stand, *apptest.ManualClock) {
	t.Helper()
	clock := apptest.Clock(morning)
	s, err := newsstand.Open(ctx, newsstand.Options{Dir: dir, Source: n, CacheBytes: 1 << 20, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	st := &stand{Stand: s, dir: dir, source: n, stopped: func() {}}
	t.Cleanup(func() { st.close(t) })
	return st, clock
}

func solve(challenge string) string { return apptest.Solve(challenge, newsstand.ProofBits) }

const form = "error_report"

// What was not found here, for this form, or not at this time, proves nothing.
func TestAProofThatIsNone(t *testing.T) {
	n := newNewsroom(t)
	s, clock := proving(t, t.TempDir(), n)
	elsewhere, _ := proving(t, t.TempDir(), n)
	challenge, ticket := s.Challenge(form), s.Ticket(form)
	good := solve(challenge)
	if _, ok := s.Proven(form, good); !ok {
		t.Fatalf("%q proves nothing", good)
	}
	parts := strings.Split(challenge, ".")
	longer := strings.Join([]string{parts[0], parts[1], "zzzzzzz", parts[3], parts[4]}, ".")
	for name, proof := range map[string]string{
		"nothing": "", "dots": ".....", "unsolved": challenge, "solved badly": challenge + ".no", "for another form": solve(s.Challenge("contact")),
		"of another newsstand": solve(elsewhere.Challenge(form)), "for longer": solve(longer), "more behind it": good + ".0",
		"a challenge as a ticket": "w" + strings.TrimPrefix(challenge, "s"), "a ticket as a challenge": solve("s" + strings.TrimPrefix(ticket, "w")), "a ticket that is solved": solve(ticket),
		"a receipt": s.Receipt("2026-7K3F-9Q2M-4TXB"),
	} {
		if wait, ok := s.Proven(form, proof); ok || wait != 0 {
			t.Errorf("%s: %q is taken (%v)", name, proof, wait)
		}
		if _, err := s.SpoolProven(ctx, report("Sai"), proof); err == nil {
			t.Errorf("%s: a letter is sent with it", name)
		}
	}
	if wait, ok := s.Proven(form, ticket); ok || wait != newsstand.TicketWait {
		t.Errorf("a new ticket: %v after %v", ok, wait)
	}
	clock.Advance(newsstand.TicketWait - time.Second)
	if wait, ok := s.Proven(form, ticket); ok || wait != time.Second {
		t.Errorf("a ticket a second early: %v after %v", ok, wait)
	}
	clock.Advance(time.Second)
	if _, ok := s.Proven(form, ticket); !ok {
		t.Error("a ticket is not good when it should be")
	}
	if _, ok := s.Proven("contact", ticket); ok {
		t.Error("a ticket is good for another form")
	}
	clock.Advance(3*time.Hour - newsstand.TicketWait - time.Second)
	for _, proof := range []string{good, ticket} {
		if _, ok := s.Proven(form, proof); !ok {
			t.Errorf("%q ends before its time", proof)
		}
	}
	clock.Advance(time.Second)
	for _, proof := range []string{good, ticket} {
		if _, ok := s.Proven(form, proof); ok {
			t.Errorf("%q is good for ever", proof)
		}
	}
	clock.Advance(-4 * time.Hour) // it was ahead: what it made then is not good for longer now
	for _, proof := range []string{good, ticket} {
		if wait, ok := s.Proven(form, proof); ok || wait != 0 {
			t.Errorf("%q outlives its time on a clock that goes back", proof)
		}
	}
}

// Many at once, a restart, and a clock that was ahead: one letter.
func TestAProofIsUsedOnce(t *testing.T) {
	n, dir := newNewsroom(t), t.TempDir()
	n.goAway(true)
	s, clock := proving(t, dir, n)
	for _, proof := range []string{solve(s.Challenge(form)), s.Ticket(form)} {
		clock.Advance(newsstand.TicketWait)
		var sent atomic.Int32
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				switch _, err := s.SpoolProven(ctx, report("Sai"), proof); {
				case err == nil:
					sent.Add(1)
				case !errors.Is(err, newsstand.ErrUsed):
					t.Error(err)
				}
			})
		}
		all.Wait()
		if sent.Load() != 1 {
			t.Errorf("%d letters were sent with one proof", sent.Load())
		}
	}
	proof := solve(s.Challenge(form))
	if _, err := s.SpoolProven(ctx, report(strings.Repeat("x", 64<<10)), proof); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("a huge letter: %v", err)
	}
	if _, err := s.SpoolProven(ctx, report("Sai"), proof); err != nil {
		t.Errorf("a letter that was not kept used its proof up: %v", err)
	}
	clock.Advance(20 * time.Hour) // and others come meanwhile, so that what is old is forgotten
	if _, err := s.SpoolProven(ctx, report("Sai"), solve(s.Challenge(form))); err != nil {
		t.Fatal(err)
	}
	clock.Advance(-20 * time.Hour)
	s.close(t)
	again, clock := proving(t, dir, n)
	clock.Advance(time.Minute)
	if _, err := again.SpoolProven(ctx, report("Sai"), proof); !errors.Is(err, newsstand.ErrUsed) {
		t.Errorf("after a restart: %v", err)
	}
}

// What is remembered is bounded, and makes room by itself.
func TestUsedProofsAreBounded(t *testing.T) {
	n, dir := newNewsroom(t), t.TempDir()
	n.goAway(true)
	s := openStand(t, dir, n)
	s.close(t)
	alter(t, dir, fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50000)
		INSERT INTO used_proof (id, until) SELECT 'p' || i, %d FROM n`, morning.UnixMicro()))
	full, clock := proving(t, dir, n)
	if _, err := full.SpoolProven(ctx, report("Sai"), solve(full.Challenge(form))); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("one too many: %v", err)
	}
	clock.Advance(24*time.Hour + time.Second)
	if _, err := full.SpoolProven(ctx, report("Sai"), solve(full.Challenge(form))); err != nil {
		t.Errorf("a day later: %v", err)
	}
}
