package newsstand

import (
	"context"
	"slices"
	"time"

	"doingoai/app/locale"
	"doingoai/app/release"
)

// Corrected is a correction as an outlet's list of corrections shows it: the
// work, its section, when, what was wrong and what is right (NĐ 237/2026 Đ19).
// Such a list forgets nothing; of a work that readers have lost it names the
// section only.
type Corrected struct {
	ID        string    `json:"id"`
	Lang      string    `json:"lang"`
	Number    int       `json:"number"` // among the article's corrections, from 1, the first one
	Section   string    `json:"section"`
	Slug      string    `json:"slug,omitempty"`
	Title     string    `json:"title,omitempty"` // "" when it is Withdrawn
	Withdrawn bool      `json:"withdrawn,omitempty"`
	Expired   bool      `json:"expired,omitempty"` // Withdrawn because its time was over
	Note      string    `json:"note"`
	Right     string    `json:"right,omitempty"`
	At        time.Time `json:"at"`
}

// correctionsOf answers on which outlets' lists the corrections of a release
// stand: those where readers have the article, and those where they had what
// was wrong.
func correctionsOf(e release.Entry, a *release.Article) (map[string][]Corrected, error) {
	if e.Kind != release.ArticleKind {
		return nil, nil
	}
	card := Corrected{ID: e.ID, Lang: e.Lang}
	if a != nil {
		card.Section, card.Slug = a.Section, a.Slug
		return spread(card, a.Corrections(), a.Outlets, func(c *Corrected, outlet string) { c.Title = a.On(outlet).Title }), nil
	}
	if e.Op != release.Withdraw {
		return nil, nil // what cannot be read was told already
	}
	var stone release.Tombstone
	if err := e.Decode(&stone); err != nil {
		return nil, err
	}
	card.Section, card.Withdrawn, card.Expired = stone.Section, true, stone.Expired
	return spread(card, stone.Corrections, stone.Outlets, func(*Corrected, string) {}), nil
}

func spread(card Corrected, said []release.Correction, stands []string, on func(*Corrected, string)) map[string][]Corrected {
	lists := map[string][]Corrected{}
	for i, c := range said { // newest first
		card.Number, card.Note, card.Right, card.At = len(said)-i, c.Note, c.Right, c.At
		for _, outlet := range unique(slices.Concat(stands, c.Outlets)) {
			on(&card, outlet)
			lists[outlet] = append(lists[outlet], card)
		}
	}
	return lists
}

// homeCorrections is how many corrections a front page shows, and
// homeCorrectionDays for how many days: long enough to be seen by whoever read
// what was wrong, and not so long that the page is about old mistakes. All
// others stay on their own page.
const (
	homeCorrections    = 3
	homeCorrectionDays = 30
)

// recentCorrections are those of the front page, newest first.
func (s *Stand) recentCorrections(ctx context.Context, outlet *release.Outlet, lang string) ([]Corrected, error) {
	since := dayOf(s.db.Now()).AddDate(0, 0, -homeCorrectionDays)
	return loadCorrections(s.db.Read(ctx), outlet.ID, lang, since, 0, homeCorrections)
}

// CorrectionPage is one page of an outlet's list of corrections.
type CorrectionPage struct {
	Corrections []Corrected // newest first
	Page, Pages int         // from 1
	Total       int
}

// Corrections answers one page of all corrections of an outlet. A page past
// the end does not exist; without any there is one empty page.
func (s *Stand) Corrections(ctx context.Context, outlet *release.Outlet, lang string, page int) (*CorrectionPage, error) {
	total, err := countCorrections(s.db.Read(ctx), outlet.ID, lang)
	if err != nil {
		return nil, err
	}
	p := &CorrectionPage{Page: page, Pages: max(1, (total+PerPage-1)/PerPage), Total: total}
	if page < 1 || page > p.Pages {
		return nil, notFound()
	}
	p.Corrections, err = loadCorrections(s.db.Read(ctx), outlet.ID, lang, time.Time{}, (page-1)*PerPage, PerPage)
	return p, err
}

// dayOf is when the day of a moment began for readers.
func dayOf(t time.Time) time.Time {
	y, m, d := t.In(locale.Zone()).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, locale.Zone())
}
