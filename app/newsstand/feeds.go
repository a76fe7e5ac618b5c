package newsstand

import (
	"context"
	"time"

	"doingoai/app/kind"
	"doingoai/app/release"
)

// Newest answers the newest articles of a section, or of the whole outlet for
// "", complete, for feeds.
func (s *Stand) Newest(ctx context.Context, outlet *release.Outlet, lang, section string, n int) ([]*release.Article, error) {
	cards, err := loadCards(s.db.Read(ctx), outlet.ID, lang, s.sectionsOf(section), 0, n)
	if err != nil {
		return nil, err
	}
	return s.complete(ctx, outlet, cards)
}

// Heard answers the newest articles that are listened to, likewise, for podcasts.
func (s *Stand) Heard(ctx context.Context, outlet *release.Outlet, lang, section string, n int) ([]*release.Article, error) {
	cards, err := loadHeard(s.db.Read(ctx), outlet.ID, lang, s.sectionsOf(section), n)
	if err != nil {
		return nil, err
	}
	return s.complete(ctx, outlet, cards)
}

// sectionsOf are the sections whose lists hold what stands in one and below it.
func (s *Stand) sectionsOf(section string) []string {
	if section == "" {
		return []string{""}
	}
	return s.Site().family(section)
}

// NewestOf answers the newest items of a kind, likewise.
func (s *Stand) NewestOf(ctx context.Context, outlet *release.Outlet, lang string, k kind.Kind, n int) ([]*release.Article, error) {
	cards, err := loadCards(s.db.Read(ctx), outlet.ID, lang, []string{kindList(k)}, 0, n)
	if err != nil {
		return nil, err
	}
	return s.complete(ctx, outlet, cards)
}

// complete reads the articles of cards, in their order.
func (s *Stand) complete(ctx context.Context, outlet *release.Outlet, cards []Card) ([]*release.Article, error) {
	keys := make([]release.Key, len(cards))
	for i, c := range cards {
		keys[i] = release.Key{Kind: release.ArticleKind, ID: c.ID, Lang: c.Lang}
	}
	rows, err := loadArticles(s.db.Read(ctx), keys)
	if err != nil {
		return nil, err
	}
	articles := make([]*release.Article, 0, len(rows))
	for _, row := range rows {
		a, err := decode(row.entry())
		if err != nil {
			return nil, err
		}
		articles = append(articles, a.On(outlet.ID))
	}
	return articles, s.addToArticles(ctx, articles...)
}

// Withdrawn is an article that readers have lost.
type Withdrawn struct {
	ID string
	At time.Time
}

// withdrawnDays is for how many days feeds take back what was withdrawn, and
// mostWithdrawn how many at most: whoever reads a feed asks more often.
const (
	withdrawnDays = 30
	mostWithdrawn = 200
)

// Withdrawn answers what an outlet has withdrawn lately from a section, or
// altogether for "", the newest first.
func (s *Stand) Withdrawn(ctx context.Context, outlet *release.Outlet, lang, section string) ([]Withdrawn, error) {
	var family []string
	if section != "" {
		family = s.Site().family(section)
	}
	since := dayOf(s.db.Now()).AddDate(0, 0, -withdrawnDays)
	return loadWithdrawn(s.db.Read(ctx), outlet.ID, lang, family, since, mostWithdrawn)
}
