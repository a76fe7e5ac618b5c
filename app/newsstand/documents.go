package newsstand

import (
	"context"
	"slices"
	"strings"
	"time"

	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/release"
)

// A legal document stands in the library of its outlets, by the day on which it
// was issued, and not among the news. Whether it is in force is asked when the
// library is read; pages are made anew with each day (nextTurn).

// DocumentFilter narrows a library; "" is for any.
type DocumentFilter struct {
	Year     string // in which it was issued
	Agency   string // that issued it, or what became of it
	Field    string // of kind.Fields
	Standing string // of kind.Standings
}

// Library is one page of an outlet's documents, the newest first.
type Library struct {
	Now time.Time
	Listing
	Any bool // there are documents, though none may be as they were asked for
	// How many there are by each value of one thing, of those that are as was
	// asked for in the other three.
	Years, Agencies, Fields, Standings map[string]int
}

// documentCount is how many documents are alike in what libraries are narrowed by.
type documentCount struct {
	Year, Issuer, Field, Standing string
	Count                         int
}

// Documents answers one page of a library, in two local reads.
func (s *Stand) Documents(ctx context.Context, outlet *release.Outlet, lang string, f DocumentFilter, page int) (*Library, error) {
	db, now := s.db.Read(ctx), s.db.Now()
	today := now.In(locale.Zone()).Format(time.DateOnly)
	counts, err := countDocuments(db, outlet.ID, lang, today)
	if err != nil {
		return nil, err
	}
	l := &Library{Now: now, Any: len(counts) > 0}
	l.count(counts, f, s.Site())
	l.Page, l.Pages = page, max(1, (l.Total+PerPage-1)/PerPage)
	if page < 1 || page > l.Pages {
		return nil, notFound()
	}
	var issuers []string
	if f.Agency != "" {
		issuers = s.Site().became(f.Agency)
	}
	l.Cards, err = loadDocuments(db, outlet.ID, lang, today, f, issuers, (page-1)*PerPage, PerPage)
	return l, err
}

// count fills in what is told of numbers.
func (l *Library) count(counts []documentCount, f DocumentFilter, site *Site) {
	l.Years, l.Agencies, l.Fields, l.Standings = map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, c := range counts {
		agency := site.successor(c.Issuer)
		is := [4]bool{
			f.Year == "" || f.Year == c.Year, f.Agency == "" || site.successor(f.Agency) == agency,
			f.Field == "" || f.Field == c.Field, f.Standing == "" || f.Standing == c.Standing,
		}
		for i, of := range []struct {
			counted map[string]int
			value   string
		}{{l.Years, c.Year}, {l.Agencies, agency}, {l.Fields, c.Field}, {l.Standings, c.Standing}} {
			others := is
			others[i] = true
			if others == [4]bool{true, true, true, true} {
				of.counted[of.value] += c.Count
			}
		}
		if is == [4]bool{true, true, true, true} {
			l.Total += c.Count
		}
	}
}

// Replacing answers the document of an outlet that has a number, nil when there
// is none, or more than one.
func (s *Stand) Replacing(ctx context.Context, outlet *release.Outlet, a *release.Article) (*Card, error) {
	number := a.Facts["replaced_by"]
	if number == "" {
		return nil, nil
	}
	cards, err := loadNumbered(s.db.Read(ctx), outlet.ID, a.Lang, number)
	if err != nil || len(cards) != 1 {
		return nil, err
	}
	return &cards[0], nil
}

// successor is what an agency has become.
func (s *Site) successor(id string) string {
	for steps := 0; steps < len(s.agencies); steps++ {
		a := s.agencies[id]
		if a == nil || a.Into == "" {
			break
		}
		id = a.Into
	}
	return id
}

// became lists an agency and all that it has become out of.
func (s *Site) became(id string) []string {
	var ids []string
	for _, list := range s.lists(AgencySort, s.successor(id)) {
		ids = append(ids, strings.TrimPrefix(list, listOf(AgencySort, "")))
	}
	return ids
}

// Kinds lists of which kinds beside news an outlet has anything in a language.
// The database is asked once in an epoch (Menu).
func (s *Stand) Kinds(ctx context.Context, outlet *release.Outlet, lang string) ([]kind.Kind, error) {
	epoch := s.Epoch()
	filled, err := s.filled(ctx, epoch, s.Site(), menuKey{outlet.ID, lang})
	return slices.DeleteFunc(kind.All(), func(k kind.Kind) bool { return k.IsNews() || !filled[kindList(k)] }), err
}

// kindList names the list on which everything of a kind stands.
func kindList(k kind.Kind) string { return "/" + string(k) }
