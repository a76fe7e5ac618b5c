package newsstand_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/release"
)

func report(message string) release.Letter {
	return release.Letter{Kind: "error_report", Outlet: "portal", Lang: "vi", Address: "/vi/", Message: message}
}

func spool(t *testing.T, s *stand, l release.Letter) string {
	t.Helper()
	receipt, err := s.Spool(ctx, l)
	if err != nil {
		t.Fatal(err)
	}
	return receipt
}

func waiting(t *testing.T, s *stand) int {
	t.Helper()
	n, err := s.Waiting(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestALetterSurvivesUntilTheNewsroomHasIt(t *testing.T) {
	n := newNewsroom(t)
	n.goAway(true)
	s := newStand(t, n)
	first := spool(t, s, report("Sai số liệu"))
	s = s.reopen(t)
	if waiting(t, s) != 1 {
		t.Fatal("the letter is gone after a restart")
	}
	second := spool(t, s, report("Sai ngày"))
	s.follow(t)
	n.goAway(false)
	apptest.Eventually(t, "both letters have left", func() bool { return waiting(t, s) == 0 })
	var got []string
	for _, l := range n.received(t) {
		got = append(got, l.ID+" "+l.Message)
	}
	want := []string{first + " Sai số liệu", second + " Sai ngày"}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("the newsroom has %q, want %q", got, want)
	}
}

// The newsroom's confirmation may be lost after it has taken the letter.
func TestALetterThatIsSentTwiceCountsOnce(t *testing.T) {
	n := newNewsroom(t)
	lost := false
	n.onSend = func(l release.Letter) error {
		if lost {
			return nil
		}
		lost = true
		return errors.Join(n.letters.Accept(ctx, l), errAway)
	}
	s := newStand(t, n)
	spool(t, s, report("Sai số liệu"))
	apptest.Eventually(t, "the letter has left", func() bool { return waiting(t, s) == 0 })
	if got := n.received(t); len(got) != 1 {
		t.Errorf("the newsroom has %d letters", len(got))
	}
}

func TestOneLetterDoesNotHoldUpAnother(t *testing.T) {
	for name, refusal := range map[string]error{
		"refused":      fault.New(fault.Invalid, "error.form"),
		"always fails": errors.New("the newsroom answered 500"),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			n := newNewsroom(t)
			n.onSend = func(l release.Letter) error {
				if l.Message == "bad" {
					return refusal
				}
				return nil
			}
			s := openStand(t, t.TempDir(), n)
			spool(t, s, report("bad"))
			spool(t, s, report("good"))
			s.follow(t)
			apptest.Eventually(t, "the good letter has left", func() bool { return waiting(t, s) == 1 })
			if got := n.received(t); len(got) != 1 || got[0].Message != "good" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestTheSpoolIsBounded(t *testing.T) {
	dir := t.TempDir()
	n := newNewsroom(t)
	s := openStand(t, dir, n)
	if _, err := s.Spool(ctx, report(strings.Repeat("x", 64<<10))); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("a huge letter: %v", err)
	}
	s.close(t)
	alter(t, dir, `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
		INSERT INTO spool (id, body, created_at) SELECT 'l' || i, '{}', i FROM n`)
	s = s.reopen(t)
	spool(t, s, report("the last that fits"))
	if _, err := s.Spool(ctx, report("one too many")); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("one letter too many: %v", err)
	}
}
