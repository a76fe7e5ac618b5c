package newsstand_test

import (
	"os"
	"path/filepath"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/newsstand"
	"doingoai/app/release"
)

func whereIs(t *testing.T, s *stand, id string) newsstand.Whereabouts {
	t.Helper()
	w, err := s.Letter(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// What waits here is said to wait here, also after a restart; what the newsroom
// has is asked of it; and what nobody can tell is not made up.
func TestALetterIsFollowedToTheNewsroom(t *testing.T) {
	n := newNewsroom(t)
	n.goAway(true)
	s := newStand(t, n)
	id := spool(t, s, report("Sai số liệu"))
	if got, ok := release.ReadNumber(id); !ok || got != id {
		t.Errorf("the receipt %q is no number", id)
	}
	if got := whereIs(t, s, id); !got.Kept {
		t.Errorf("while the newsroom is away: %+v", got)
	}
	s = s.reopen(t)
	if got := whereIs(t, s, id); !got.Kept {
		t.Errorf("after a restart: %+v", got)
	}
	if got := whereIs(t, s, "2026-1111-1111-1111"); got != (newsstand.Whereabouts{Silent: true}) {
		t.Errorf("another letter, while the newsroom is away: %+v", got)
	}
	s.follow(t)
	n.goAway(false)
	apptest.Eventually(t, "the letter has left", func() bool { return waiting(t, s) == 0 })
	if got := whereIs(t, s, id); got.Kept || got.Receipt == nil || got.Receipt.State != release.LetterWaits {
		t.Errorf("when the newsroom has it: %+v", got)
	}
	if got := whereIs(t, s, "2026-1111-1111-1111"); got != (newsstand.Whereabouts{}) {
		t.Errorf("a letter that nobody wrote: %+v", got)
	}
	n.goAway(true)
	if got := whereIs(t, s, id); got != (newsstand.Whereabouts{Silent: true}) {
		t.Errorf("when the newsroom is away again: %+v", got)
	}
}

// Two newsstands that share their readers and the key's file confirm each
// other's receipts, and neither says of the other's letter what it cannot know.
func TestTwoNewsstandsWithOneKey(t *testing.T) {
	n := newNewsroom(t)
	n.goAway(true)
	a, b := newStand(t, n), newStand(t, n)
	shareKey(t, a, b)
	b = b.reopen(t)
	id := spool(t, a, report("Sai"))
	if got, ok := b.Confirmed(a.Receipt(id)); !ok || got != id {
		t.Fatalf("the other one does not confirm it: %q %v", got, ok)
	}
	if _, ok := b.Proven(form, solve(a.Challenge(form))); !ok {
		t.Error("the other one does not take what was solved for it")
	}
	if got := whereIs(t, b, id); got != (newsstand.Whereabouts{Silent: true}) {
		t.Errorf("the newsroom is away: %+v", got)
	}
	n.goAway(false)
	a.follow(t)
	apptest.Eventually(t, "the letter has left", func() bool { return waiting(t, a) == 0 })
	if got := whereIs(t, b, id); got.Receipt == nil {
		t.Errorf("the newsroom has it: %+v", got)
	}
}

func shareKey(t *testing.T, from, to *stand) {
	t.Helper()
	key, err := os.ReadFile(filepath.Join(from.dir, "receipts.key"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(to.dir, "receipts.key"), key, 0o600); err != nil {
		t.Fatal(err)
	}
}
