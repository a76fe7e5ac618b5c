package newsroom

import (
	"context"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/outlet"
)

// Track is where an item stands in a language that it is translated into, or
// should be (domain: translation track).
type Track string

// The tracks of a language.
const (
	NoTrack          Track = ""       // nothing is asked for
	TrackNeeded      Track = "needed" // offered to readers, and not begun
	TrackTranslating Track = "translating"
	TrackReturned    Track = "returned"
	TrackRevising    Track = "revising"
	TrackApproval    Track = "approval" // until readers have it
	TrackPublished   Track = "published"
	TrackOutdated    Track = "outdated" // readers have a newer original
	TrackDropped     Track = "dropped"  // withdrawn or rejected
)

// Tracks lists them in the order of the way.
var Tracks = []Track{
	TrackNeeded, TrackOutdated, TrackTranslating, TrackReturned, TrackRevising, TrackApproval, TrackPublished, TrackDropped,
}

// onTrack are the states of a translation that readers do not have.
var onTrack = map[Track][]State{
	TrackTranslating: {Draft},
	TrackReturned:    {Returned},
	TrackRevising:    {Submitted, Editing, DeskReview},
	TrackApproval:    {Approval, Approved, Scheduled},
	TrackDropped:     {Withdrawn, Rejected, Archived},
}

// trackOf says where an item stands in a language: from its original, its
// edition in that language, nil for none, and whether readers of its agency are
// offered that language.
func trackOf(original Edition, e *Edition, offered bool) Track {
	switch {
	case e == nil && offered && original.calls():
		return TrackNeeded
	case e == nil:
		return NoTrack
	case e.Live == IsLive && e.Lag.LiveStale > 0:
		return TrackOutdated
	case e.Live == IsLive:
		return TrackPublished
	}
	for track, states := range onTrack {
		if slices.Contains(states, e.State) {
			return track
		}
	}
	return NoTrack
}

// calls says whether an original calls for translations: readers have it, or
// others than its writer.
func (e Edition) calls() bool { return e.Live == IsLive || slices.Contains(withTheDesk, e.State) }

// withTheDesk are the states of an original that is on its way to readers.
var withTheDesk = []State{Submitted, Editing, DeskReview, Approval, Approved, Scheduled}

// Gaps stands in a filter for what is needed or outdated, AllTracks for every item.
const (
	Gaps      Track = ""
	AllTracks Track = "all"
)

// CoverageFilter narrows the overview of translations; empty fields do not
// narrow, but Track: its zero value is Gaps.
type CoverageFilter struct {
	Track    Track
	Lang     string // in which Track is meant; "" for any
	Agency   string
	Section  string
	From, To time.Time // the original last saved from one moment until before the other
	Headline string    // part of the original's headline
	After    Bookmark  // what comes behind it
}

// Coverage is a page of the overview: items, the original last saved first, and
// where each stands in each language.
type Coverage struct {
	Langs []string // that readers are offered, and those of the items
	Items []Covered
	Older Bookmark // where the next page begins, zero: there is none
	// Reached is set when a page is not full because there is much to look
	// through: whatever was saved before it was not looked at.
	Reached time.Time
}

// Covered is an item of the overview.
type Covered struct {
	Original Edition
	Cells    []CoveredCell // one for each of the languages
}

// CoveredCell is an item in a language.
type CoveredCell struct {
	Lang     string
	Original bool
	Track    Track
	Edition  *Edition // nil: there is none, or none for this person
	MayBegin bool     // the person may begin the translation
}

// coverageReach is how many originals are looked at for one page: where nearly
// all is translated, the few that are not may be anywhere in an archive.
const coverageReach = 2500

// Coverage answers where the items that a person may see stand in each language.
func (n *Newsroom) Coverage(ctx context.Context, actor account.Actor, f CoverageFilter) (Coverage, error) {
	return n.coverage(ctx, actor, f, coverageReach)
}

func (n *Newsroom) coverage(ctx context.Context, actor account.Actor, f CoverageFilter, reach int) (Coverage, error) {
	l, err := n.listing(ctx, actor)
	if err != nil {
		return Coverage{}, err
	}
	offers, err := n.offers(ctx)
	if err != nil {
		return Coverage{}, err
	}
	l.Filter = Filter{Agency: f.Agency, Section: f.Section, From: f.From, To: f.To, Headline: f.Headline, After: f.After}
	db := n.db.Read(ctx)
	rows, last, err := loadOriginals(db, l, offers, f.Track, f.Lang, PageSize+1, reach)
	if err != nil {
		return Coverage{}, err
	}
	var c Coverage
	if len(rows) > PageSize {
		rows = rows[:PageSize]
		c.Older = rows[PageSize-1].edition().Bookmark()
	} else if last.SavedAt != 0 {
		c.Older, c.Reached = last.edition().Bookmark(), last.edition().SavedAt
	}
	editions, err := loadOfItems(db, l, rows)
	if err != nil {
		return Coverage{}, err
	}
	c.lay(l, offers, actor, rows, editions)
	return c, nil
}

// lay puts what was read into rows and columns.
func (c *Coverage) lay(l listing, offers offers, actor account.Actor, originals, editions []editionRow) {
	there := map[Ref]*Edition{}
	shown := offers.seen(l)
	for _, row := range editions {
		e := row.edition()
		there[e.Ref] = &e
		shown[e.Ref.Lang] = true
	}
	c.Langs = inOrder(shown)
	for _, row := range originals {
		item := Covered{Original: row.edition()}
		whole := l.all || slices.Contains(l.agencies, row.AgencyID) // else there may be more than they see
		for _, lang := range c.Langs {
			cell := CoveredCell{Lang: lang, Original: lang == row.Lang, Edition: there[Ref{row.ItemID, lang}]}
			if !cell.Original {
				cell.Track = trackOf(item.Original, cell.Edition, whole && slices.Contains(offers.of(row.AgencyID), lang))
				_, may := actor.MayIn(account.Translate, row.AgencyID, lang)
				cell.MayBegin = may && cell.Track == TrackNeeded
			}
			item.Cells = append(item.Cells, cell)
		}
		c.Items = append(c.Items, item)
	}
}

// inOrder lists languages as they are always listed.
func inOrder(langs map[string]bool) []string {
	return slices.DeleteFunc(slices.Clone(Languages), func(lang string) bool { return !langs[lang] })
}

// offers are the languages that readers are offered, by the agency of an outlet.
type offers struct {
	by  map[string][]string
	any []string // by one outlet or another
}

func (n *Newsroom) offers(ctx context.Context) (offers, error) {
	outlets, err := n.outlets.All(ctx)
	return offersOf(outlets), err
}

func offersOf(outlets []outlet.Outlet) offers {
	o := offers{by: map[string][]string{}}
	for _, out := range outlets {
		o.by[out.Agency] = union(o.by[out.Agency], out.Languages)
		o.any = union(o.any, out.Languages)
	}
	return o
}

func union(a, b []string) []string {
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}

// of are the languages for what an agency writes: those of its outlets, or of
// all when it has none and others carry it.
func (o offers) of(agency string) []string {
	if langs, ok := o.by[agency]; ok {
		return langs
	}
	return o.any
}

// into narrows the languages for what some agencies write to those that a person
// translates into there.
func (o offers) into(actor account.Actor, agencies []string) offers {
	mine := offers{by: map[string][]string{}}
	for _, agency := range agencies {
		mine.by[agency] = slices.DeleteFunc(slices.Clone(o.of(agency)), func(lang string) bool {
			_, may := actor.MayIn(account.Translate, agency, lang)
			return !may
		})
	}
	return mine
}

// seen are the languages for what a person sees.
func (o offers) seen(l listing) map[string]bool {
	langs := map[string]bool{}
	add := func(list []string) {
		for _, lang := range list {
			langs[lang] = true
		}
	}
	switch {
	case l.Agency != "":
		add(o.of(l.Agency))
	case l.all || l.ownAll:
		add(o.any)
	}
	for _, agency := range slices.Concat(l.agencies, l.own) {
		if l.Agency == "" {
			add(o.of(agency))
		}
	}
	return langs
}

// KnownTrack says whether a filter can name a track.
func KnownTrack(t Track) bool { return t == Gaps || t == AllTracks || slices.Contains(Tracks, t) }
