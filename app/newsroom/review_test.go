package newsroom

import (
	"testing"
	"time"

	"doingoai/app/kind"
)

// A page about the province that readers have is due for review when its months
// are over, for those who see it, until it is reviewed.
func TestPagesAreDueForReview(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		now := w.clock.Now()
		c := w.content("Đất và người")
		c.Facts = kind.Facts{"position": "1", "owner": portal, "reviewed": now.Format(time.DateOnly), "review_every": "3"}
		ref, err := w.Create(t.Context(), w.reporter, Start{Kind: kind.Page, Agency: portal, Lang: "vi", Content: c})
		must(t, err)
		due := func() []ReviewDue {
			list, err := w.ReviewsDue(t.Context(), w.chief)
			must(t, err)
			return list
		}
		w.lead(t, w.reporter, ref, Published)
		if got := due(); len(got) != 0 {
			t.Errorf("at once: %+v", got)
		}
		w.clock.Advance(100 * 24 * time.Hour)
		if got := due(); len(got) != 1 || got[0].Ref != ref || got[0].Owner != portal || got[0].Headline != "Đất và người" || got[0].Due.After(w.clock.Now()) {
			t.Errorf("after its months: %+v", got)
		}
		if got, err := w.ReviewsDue(t.Context(), w.carrier); err == nil && len(got) != 0 {
			t.Errorf("another agency sees %+v", got)
		}
		w.save(t, w.reporter, ref, func(c *Content) { c.Facts = c.Facts.With("reviewed", w.clock.Now().Format(time.DateOnly)) })
		if got := due(); len(got) != 1 {
			t.Errorf("a draft counts as a review: %+v", got)
		}
		w.lead(t, w.reporter, ref, Published)
		if got := due(); len(got) != 0 {
			t.Errorf("after its review: %+v", got)
		}
		w.clock.Advance(100 * 24 * time.Hour)
		w.do(t, w.chief, ref, Withdraw)
		if got := due(); len(got) != 0 {
			t.Errorf("what readers do not have: %+v", got)
		}
	})
}
