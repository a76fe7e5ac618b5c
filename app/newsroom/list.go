package newsroom

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/store"
)

// Filter narrows the list of editions; empty fields do not narrow.
type Filter struct {
	State    State
	Kind     kind.Kind
	Lang     string
	Agency   string
	Section  string
	Outlet   string    // where readers find it, or found it last
	Mine     bool      // created or last saved by the person
	Person   string    // created, last saved or taken in hand by this one
	From, To time.Time // last saved from one moment until before the other
	Clock    ClockState
	Headline string   // part of the headline; letter case and Vietnamese marks do not matter
	After    Bookmark // what comes behind it, whatever was saved meanwhile
}

// Bookmark is where somebody stopped reading the list: at an edition, and when
// that was last saved.
type Bookmark struct {
	Ref
	SavedAt time.Time
}

// Bookmark is one at this edition.
func (e Edition) Bookmark() Bookmark { return Bookmark{e.Ref, e.SavedAt} }

// String is the bookmark as a part of an address; ReadBookmark reads it.
func (b Bookmark) String() string {
	return strconv.FormatInt(b.SavedAt.UnixMicro(), 36) + "." + b.Item + "." + b.Lang
}

// ReadBookmark reads what String wrote; "" is the zero one, the beginning.
func ReadBookmark(s string) (b Bookmark, ok bool) {
	if s == "" {
		return b, true
	}
	parts := strings.Split(s, ".")
	at, err := strconv.ParseInt(parts[0], 36, 64)
	if err != nil || len(parts) != 3 {
		return b, false
	}
	return Bookmark{Ref{parts[1], parts[2]}, time.UnixMicro(at)}, true
}

// PageSize is how many editions one page of a list shows.
const PageSize = 30

// List answers the editions a person may see, last saved first, and whether
// there are more pages.
func (n *Newsroom) List(ctx context.Context, actor account.Actor, f Filter) (editions []Edition, more bool, err error) {
	l, err := n.listing(ctx, actor)
	if err != nil {
		return nil, false, err
	}
	l.Filter, l.now = f, n.db.Now()
	rows, err := loadList(n.db.Read(ctx), l, PageSize+1)
	if err != nil {
		return nil, false, err
	}
	if len(rows) > PageSize {
		rows, more = rows[:PageSize], true
	}
	return editionsOf(rows), more, nil
}

// CountMost is the most that is counted in a state: it stands for as many or
// more.
const CountMost = 100

// Counts answers how many editions a person may see in each state, up to
// CountMost.
func (n *Newsroom) Counts(ctx context.Context, actor account.Actor) (map[State]int, error) {
	l, err := n.listing(ctx, actor)
	if err != nil {
		return nil, err
	}
	return loadCounts(n.db.Read(ctx), l)
}

// ClockCounts answers how many clocks run on editions that a person may see,
// by how they stand.
func (n *Newsroom) ClockCounts(ctx context.Context, actor account.Actor) (map[ClockState]int, error) {
	l, err := n.listing(ctx, actor)
	if err != nil {
		return nil, err
	}
	db := n.db.Read(ctx)
	return loadClockCounts(l.visible(db.Model(&editionRow{})), n.db.Now())
}

// listing is listingOf with the outlets that are meant, for queries.
func (n *Newsroom) listing(ctx context.Context, actor account.Actor) (listing, error) {
	l, err := listingOf(actor)
	if err != nil || l.all || len(l.hosts) == 0 {
		return l, err
	}
	l.standing, err = loadOutletsOf(n.db.Read(ctx), l.hosts)
	return l, err
}

// listingOf is what a person may list: the same editions that they can
// open one by one (sight).
func listingOf(actor account.Actor) (listing, error) {
	l := listing{person: actor.ID}
	l.agencies, l.all = actor.Agencies(account.View)
	l.own, l.ownAll = actor.Agencies(account.ViewOwn)
	l.own = slices.DeleteFunc(l.own, func(agency string) bool { return slices.Contains(l.agencies, agency) })
	l.hosts, _ = actor.Agencies(account.Withdraw)
	if len(l.agencies) == 0 && !l.all && len(l.own) == 0 && !l.ownAll {
		return l, fault.New(fault.Forbidden, "error.verb.role")
	}
	return l, nil
}

func editionsOf(rows []editionRow) []Edition {
	editions := make([]Edition, len(rows))
	for i, r := range rows {
		editions[i] = r.edition()
	}
	return editions
}

func (r editionRow) ref() Ref { return Ref{r.ItemID, r.Lang} }

func (r editionRow) edition() Edition {
	return Edition{
		Ref: r.ref(), Kind: kind.Kind(r.Kind), Agency: r.AgencyID, State: State(r.State), StateAt: store.Time(r.StateAt), Head: r.Head,
		Headline: r.Headline, Section: r.SectionID, CreatedBy: r.CreatedBy, SavedBy: r.SavedBy, SavedAt: store.Time(r.SavedAt),
		Reason: r.Reason, Approved: r.Approved, ApprovedHash: r.ApprovedHash, ApprovedBy: r.ApprovedBy,
		ApprovedAt: store.Time(r.ApprovedAt), PublishAt: store.Time(r.PublishAt),
		ScheduledBy: r.ScheduledBy, Hindrance: Hindrance(r.Hindrance), HinderedAt: store.Time(r.HinderedAt), HinderedLang: r.HinderedLang, Bound: r.Bound, SourceGoneAt: store.Time(r.SourceGoneAt), Live: Live(r.Live),
		LiveRevision: r.LiveRevision, FirstLiveAt: store.Time(r.FirstLiveAt),
		Correction: r.Correction, CorrectedAt: store.Time(r.CorrectedAt),
		Step: r.Step, TakenBy: r.TakenBy, UrgentBy: r.UrgentBy, UrgentDue: store.Time(r.UrgentDue),
		BlockedBy: r.BlockedBy, BlockedAt: store.Time(r.BlockedAt), BlockReason: r.BlockReason,
		ExpiresAt: store.Time(r.ExpiresAt), EmbargoUntil: store.Time(r.EmbargoUntil),
		Plan: Plan{Day: store.Time(r.PlannedAt), Note: r.PlanNote}, Clock: r.clock(),
		Lag: Lag{r.Stale, r.Critical, r.LiveStale, r.LiveCritical, store.Time(r.BehindAt), store.Time(r.BehindDue)},
	}
}
