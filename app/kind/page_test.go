package kind

import (
	"slices"
	"testing"

	"doingoai/app/fault"
)

func TestPagesStandInTheOrderOfTheirPlaces(t *testing.T) {
	want := []string{"1", "1.2", "1.10", "2", "10", ""}
	var pages []Facts
	for _, at := range []string{"10", "", "1.10", "2", "1", "1.2"} {
		pages = append(pages, Facts{}.With("position", at))
	}
	slices.SortFunc(pages, ComparePlaces)
	for i, f := range pages {
		if f["position"] != want[i] {
			t.Errorf("%d is %q, not %q", i, f["position"], want[i])
		}
	}
	for _, bad := range []string{"0", "1.", ".1", "1.0", "01", "1.2.3.4.5", "1000", "a", "1,2"} {
		got := refused(func(form *fault.Form) { Facts{"position": bad}.Check(Page, false, form) })
		if got["fact.position"] != "error.fact.position" {
			t.Errorf("%q: %v", bad, got)
		}
	}
}

func TestAPageIsDueForReview(t *testing.T) {
	if _, due, ok := (Facts{"reviewed": "2026-01-31", "review_every": "3"}).Review(); !ok || due.Format("2006-01-02") != "2026-05-01" {
		t.Errorf("due on %v, %t", due, ok)
	}
	for _, f := range []Facts{{}, {"reviewed": "2026-01-31"}, {"review_every": "3"}, {"reviewed": "?x", "review_every": "3"}} {
		if _, _, ok := f.Review(); ok {
			t.Errorf("%v is due", f)
		}
	}
}
