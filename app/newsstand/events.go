package newsstand

import (
	"context"
	"slices"
	"time"

	"doingoai/app/kind"
	"doingoai/app/release"
)

// An event stands on the calendars of its outlets, by when it takes place, and
// not among the news. When one begins or ends, every page is made anew (Epoch):
// it leaves the list of what is to come by itself.

// EventsPage is what an outlet tells of events.
type EventsPage struct {
	Now      time.Time
	Upcoming []Card // not over yet, in the order in which they begin
	Month    []Card // those of the month that was asked for
	Over     []Card // one page of those that are over, the newest first
	Page     int    // from 1
	Pages    int
}

const (
	mostUpcoming = 100
	mostInMonth  = 400
	homeEvents   = 3
	overPerPage  = PerPage
)

// farAway is later than any event.
var farAway = time.Date(3000, 1, 1, 0, 0, 0, 0, time.UTC)

// Events answers what an outlet tells of events, in four local reads. Of a page
// behind the first it tells the past only; one past the end does not exist.
func (s *Stand) Events(ctx context.Context, outlet *release.Outlet, lang string, month time.Time, page int) (*EventsPage, error) {
	db, now := s.db.Read(ctx), s.db.Now()
	total, err := countOver(db, outlet.ID, lang, now)
	if err != nil {
		return nil, err
	}
	p := &EventsPage{Now: now, Page: page, Pages: max(1, (total+overPerPage-1)/overPerPage)}
	if page < 1 || page > p.Pages {
		return nil, notFound()
	}
	if p.Over, err = loadOver(db, outlet.ID, lang, now, (page-1)*overPerPage, overPerPage); err != nil || page > 1 {
		return p, err
	}
	if p.Upcoming, err = loadEvents(db, outlet.ID, lang, now, farAway, mostUpcoming); err != nil {
		return nil, err
	}
	p.Month, err = loadEvents(db, outlet.ID, lang, month, month.AddDate(0, 1, 0), mostInMonth)
	return p, err
}

// Calendar answers the events that a calendar of a reader takes in: those to
// come, and those of the last months.
func (s *Stand) Calendar(ctx context.Context, outlet *release.Outlet, lang string) ([]Card, error) {
	return loadEvents(s.db.Read(ctx), outlet.ID, lang, s.db.Now().AddDate(0, -3, 0), farAway, 5*mostUpcoming)
}

// Now is the newsstand's clock.
func (s *Stand) Now() time.Time { return s.db.Now() }

// nextTurn is when pages are to read differently though nothing was released:
// when the day ends, or an event begins or ends.
func (s *Stand) nextTurn(now time.Time) int64 {
	next := dayOf(now).AddDate(0, 0, 1).UnixMicro()
	turns := *s.turns.Load()
	if i, _ := slices.BinarySearch(turns, now.UnixMicro()+1); i < len(turns) {
		next = min(next, turns[i])
	}
	return next
}

// learnTurns reads them anew.
func (s *Stand) learnTurns(ctx context.Context) error {
	turns, err := loadTurns(s.db.Read(ctx))
	if err != nil {
		return err
	}
	s.turns.Store(&turns)
	s.turnsAt.Store(s.nextTurn(s.db.Now()))
	return nil
}

func touchesEvents(changes []change) bool {
	return slices.ContainsFunc(changes, func(c change) bool { return c.article != nil && kind.Kind(c.article.Kind) == kind.Event })
}

// listsOf are those on which an article stands: the outlet's newest ("") and its
// section's for news, the one of its kind for anything else.
func listsOf(a *release.Article) []string {
	if k := kind.Kind(a.Kind); k.Known() && !k.IsNews() {
		return []string{kindList(k)}
	}
	return unique([]string{"", a.Section})
}
