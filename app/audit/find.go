package audit

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"

	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// Filter says which entries are wanted; what is empty asks for nothing.
type Filter struct {
	Actors  []string // by any of these
	Verbs   []string // any of these
	Subject string
	Agency  string
	From    time.Time
	Until   time.Time // the first moment that is too late
	Text    string    // in reason and particulars, with or without marks
}

// reach is how many entries are looked through for one page by what no index
// answers alone: words, and several things at once. It keeps a page quick
// however long the trail has grown.
const reach = 20_000

// Found is a stretch of the trail, newest first.
type Found struct {
	Entries []Entry
	// Next is where to go on, as before of the next question; 0 at the end.
	Next int64
	// Reached is set when the search went no further back than Next and there
	// may be more, whatever was found.
	Reached bool
}

// Find answers up to limit entries before a number (0: from the newest).
func Find(ctx context.Context, db *store.DB, f Filter, before int64, limit int) (Found, error) {
	g := db.Read(ctx)
	s, ok, err := span(g, f)
	if err != nil || !ok {
		return Found{}, err
	}
	if before > 0 {
		s.to = min(s.to, before-1)
	}
	floor := s.from
	if f.isBroad() {
		s.from = max(s.from, s.to-reach+1)
	}
	rows, err := find(g, f, s, limit+1)
	if err != nil {
		return Found{}, err
	}
	var found Found
	switch {
	case len(rows) > limit:
		rows = rows[:limit]
		found.Next = rows[limit-1].Seq
	case s.from > floor:
		found.Next, found.Reached = s.from, true
	}
	found.Entries, err = entries(rows)
	return found, err
}

// isBroad says whether no index alone finds what is asked for. Of one subject
// there are few entries, whatever else is asked.
func (f Filter) isBroad() bool {
	if f.Subject != "" {
		return false
	}
	n := 0
	for _, asked := range []bool{len(f.Actors) > 0, len(f.Verbs) > 0, f.Agency != ""} {
		if asked {
			n++
		}
	}
	return n > 1 || f.Text != ""
}

// Forward answers up to limit of the wanted entries after a number and up to
// another, oldest first: the trail as it is taken away.
func Forward(ctx context.Context, db *store.DB, f Filter, after, upTo int64, limit int) ([]Entry, error) {
	rows, err := findForward(db.Read(ctx), f, after, upTo, limit)
	if err != nil {
		return nil, err
	}
	return entries(rows)
}

// Verbs lists what has been done at least once, in alphabetical order.
func Verbs(ctx context.Context, db *store.DB) ([]string, error) { return verbs(db.Read(ctx)) }

// maxFolded is how much of an entry is looked through, in characters.
const maxFolded = 2000

// folded is in which the words of an entry are looked for.
func (e Entry) folded() string {
	parts := []string{e.Reason}
	for _, name := range slices.Sorted(maps.Keys(e.Detail)) {
		parts = append(parts, e.Detail[name])
	}
	text := []rune(vietnamese.Fold(strings.Join(parts, "\n")))
	return string(text[:min(len(text), maxFolded)])
}
