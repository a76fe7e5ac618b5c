package desk_test

import (
	"net/http"
	"testing"

	"doingoai/app/kind"
	"doingoai/app/newsroom"
)

// Whoever sees a page about the province is told that it is due for review.
func TestPagesDueForReviewStandOnTheFirstPage(t *testing.T) {
	w := oneWorld(t)
	s := w.hireStaff()
	c := w.article("Đất và người")
	c.Facts = kind.Facts{"position": "1", "owner": w.portal, "reviewed": "2020-01-02", "review_every": "6"}
	ref, err := w.newsroom.Create(ctx, s.reporter.actor, newsroom.Start{Kind: kind.Page, Agency: w.portal, Lang: "vi", Content: c})
	w.must(err)
	if s.chief.Get("/").Is(http.StatusOK).Has("#reviews") {
		t.Error("what readers do not have is due")
	}
	s.carry(ref, newsroom.Published)
	page := s.chief.Get("/").Is(http.StatusOK)
	if got := page.Attr("#reviews a.headline", "href"); got != pathOf(ref) {
		t.Errorf("it leads to %q", got)
	}
	if got := page.Text("#reviews .muted"); got == "" {
		t.Error("nothing is said of who answers for it, and since when it is due")
	}
}
