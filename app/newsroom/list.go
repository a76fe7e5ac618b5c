package newsroom

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Filter narrows the list of editions; empty fields do not narrow.
type Filter struct {
	State    State
	Lang     string
	Agency   string
	Section  string
	Mine     bool   // created or last saved by the person
	Headline string // part of the headline; letter case and Vietnamese marks do not matter
	Page     int    // from 1
}

// PageSize is how many editions one page of a list shows.
const PageSize = 30

// List answers the editions a person may see, last saved first, and whether
// there are more pages.
func (n *Newsroom) List(ctx context.Context, actor account.Actor, f Filter) (editions []Edition, more bool, err error) {
	l, err := listingOf(actor)
	if err != nil {
		return nil, false, err
	}
	l.Filter = f
	rows, err := loadList(n.db.Read(ctx), l, PageSize+1)
	if err != nil {
		return nil, false, err
	}
	if len(rows) > PageSize {
		rows, more = rows[:PageSize], true
	}
	return editionsOf(rows), more, nil
}

// Task is an edition that waits for a person, and what for.
type Task struct {
	Edition
	Verb Verb // what is asked of the person: Take, Approve, …; Submit for their own unfinished text
}

// duty says what somebody who may do action is expected to do in a state.
var duties = []struct {
	state  State
	action account.Action
	verb   Verb
	own    bool // only what the person created
}{
	{Returned, account.Submit, Submit, true},
	{Approval, account.Approve, Approve, false},
	{Approved, account.Publish, Publish, false},
	{Approved, account.Schedule, Schedule, false}, // of those who may not publish at once
	{DeskReview, account.PassToChief, PassToChief, false},
	{Submitted, account.Take, Take, false},
	{Editing, account.PassToDesk, PassToDesk, false},
	{Draft, account.Submit, Submit, true},
}

// Waiting lists what waits for a person, the oldest of each sort first, and
// each edition once, for the first of duties that the person has. A text the
// person wrote does not wait for their approval.
func (n *Newsroom) Waiting(ctx context.Context, actor account.Actor) ([]Task, error) {
	const most = 50 // of each sort; a longer queue is read from the list
	var tasks []Task
	told := map[Ref]bool{}
	db := n.db.Read(ctx)
	for _, d := range duties {
		agencies, all := actor.Agencies(d.action)
		if len(agencies) == 0 && !all {
			continue
		}
		q := waiting{state: d.state, agencies: agencies, all: all}
		if d.own {
			q.creator = actor.ID
		}
		if d.verb == Approve {
			q.notWrittenBy = actor.ID
		}
		rows, err := loadWaiting(db, q, most)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if !told[r.ref()] {
				told[r.ref()] = true
				tasks = append(tasks, Task{r.edition(), d.verb})
			}
		}
	}
	return tasks, nil
}

// Counts answers how many editions a person may see in each state.
func (n *Newsroom) Counts(ctx context.Context, actor account.Actor) (map[State]int, error) {
	l, err := listingOf(actor)
	if err != nil {
		return nil, err
	}
	return loadCounts(n.db.Read(ctx), l)
}

// listingOf is what a person may list: the same editions that they can
// open one by one (sight).
func listingOf(actor account.Actor) (listing, error) {
	l := listing{person: actor.ID}
	l.agencies, l.all = actor.Agencies(account.View)
	l.own, l.ownAll = actor.Agencies(account.ViewOwn)
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
		Ref: r.ref(), Agency: r.AgencyID, State: State(r.State), StateAt: store.Time(r.StateAt), Head: r.Head,
		Headline: r.Headline, Section: r.SectionID, CreatedBy: r.CreatedBy, SavedBy: r.SavedBy, SavedAt: store.Time(r.SavedAt),
		Reason: r.Reason, Approved: r.Approved, ApprovedHash: r.ApprovedHash, ApprovedBy: r.ApprovedBy,
		ApprovedAt: store.Time(r.ApprovedAt), PublishAt: store.Time(r.PublishAt), Live: Live(r.Live),
		LiveRevision: r.LiveRevision, FirstLiveAt: store.Time(r.FirstLiveAt),
		Correction: r.Correction, CorrectedAt: store.Time(r.CorrectedAt),
	}
}
