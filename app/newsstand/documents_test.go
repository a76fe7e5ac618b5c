package newsstand_test

import (
	"testing"

	"doingoai/app/kind"
	"doingoai/app/newsstand"
)

// A document stands in the library while readers have it, and the comparison
// with the newsroom misses none.
func TestALibraryHoldsWhatIsReleased(t *testing.T) {
	n := newNewsroom(t)
	s := newStand(t, n)
	a := n.draft("k2k2k2k2k2", "vi", "Quyết định")
	a.Kind = string(kind.Document)
	a.Facts = kind.Facts{"number": "1/QĐ", "issuer": "a", "issued": "2024-05-02", "effective": "2999-01-01", "force": kind.InForce, "field": "trade"}
	n.publish(t, a)
	s.catchUp(t, n)
	in := func(f newsstand.DocumentFilter) (int, *newsstand.Library) {
		l, err := s.Documents(ctx, s.Site().Outlet("portal"), "vi", f, 1)
		if err != nil {
			t.Fatal(err)
		}
		return len(l.Cards), l
	}
	if found, l := in(newsstand.DocumentFilter{Year: "2024", Agency: "a", Standing: kind.NotYet}); found != 1 || l.Total != 1 || l.Fields["trade"] != 1 {
		t.Errorf("%d are found: %+v", found, l)
	}
	if found, l := in(newsstand.DocumentFilter{Standing: kind.InForce}); found != 0 || l.Total != 0 || l.Standings[kind.NotYet] != 1 || l.Years["2024"] != 0 || !l.Any {
		t.Errorf("in force already are %d: %+v", found, l)
	}
	s.same(t, n)
	n.withdraw(t, a)
	s.catchUp(t, n)
	if found, l := in(newsstand.DocumentFilter{}); found != 0 || l.Any {
		t.Errorf("after it was withdrawn: %d", found)
	}
	s.same(t, n)
}
