package newsstand_test

import (
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/kind"
	"doingoai/app/newsstand"
)

// An event leaves the list of what is to come when it is over, with nothing
// released and nobody doing anything: every page is made anew then.
func TestAnEventLeavesTheListByItself(t *testing.T) {
	n, clock := newNewsroom(t), apptest.Clock(morning)
	opened, err := newsstand.Open(ctx, newsstand.Options{Dir: t.TempDir(), Source: n, CacheBytes: 1 << 20, Clock: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	s := &stand{Stand: opened, source: n, stopped: func() {}}
	t.Cleanup(func() { s.close(t) })
	s.follow(t)
	a := n.draft("k2k2k2k2k2", "vi", "Hội nghị")
	a.Kind = string(kind.Event)
	a.Facts = kind.Facts{"starts": "2026-07-01T09:00", "ends": "2026-07-01T11:00", "status": kind.Planned}
	n.publish(t, a)
	s.catchUp(t, n)
	upcoming := func() int {
		month := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
		page, err := s.Events(ctx, s.Site().Outlet("portal"), "vi", month, 1)
		if err != nil {
			t.Fatal(err)
		}
		return len(page.Upcoming)*10 + len(page.Over)
	}
	epoch := s.Epoch()
	if got := upcoming(); got != 10 {
		t.Fatalf("before: %d", got)
	}
	clock.Set(time.Date(2026, 7, 1, 4, 0, 0, 0, time.UTC)) // 11:00 in Vietnam
	if got := upcoming(); got != 1 {
		t.Errorf("after: %d", got)
	}
	if s.Epoch() == epoch {
		t.Error("a page that shows it as to come is still taken from the cache")
	}
	s.same(t, n)
	n.withdraw(t, a)
	s.catchUp(t, n)
	if got := upcoming(); got != 0 {
		t.Errorf("after it was withdrawn: %d", got)
	}
	s.same(t, n)
}
