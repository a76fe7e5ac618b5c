package newsstand

import (
	"cmp"
	"context"
	"slices"
	"time"

	"doingoai/app/kind"
	"doingoai/app/release"
)

// mostPages is how many pages about the province one outline shows.
const mostPages = 500

// Outline answers an outlet's pages about the province in their order, in one
// local read, and now.
func (s *Stand) Outline(ctx context.Context, outlet *release.Outlet, lang string) ([]Card, time.Time, error) {
	cards, err := loadCards(s.db.Read(ctx), outlet.ID, lang, []string{kindList(kind.Page)}, 0, mostPages)
	slices.SortStableFunc(cards, func(a, b Card) int {
		return cmp.Or(kind.ComparePlaces(a.Facts, b.Facts), cmp.Compare(a.Title, b.Title), cmp.Compare(a.ID, b.ID))
	})
	return cards, s.db.Now(), err
}
