package newsroom

import (
	"cmp"
	"context"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Task is an edition that waits for a person, and what for.
type Task struct {
	Edition
	Verb  Verb // what is asked of the person: Take, Approve, …; Submit for their own unfinished text
	Since time.Time
	Due   time.Time // zero: there is no hour for it
	For   string    // the absent person in whose place it is asked, "" for none
}

// Overdue says whether the hour for a task has passed.
func (t Task) Overdue(now time.Time) bool { return !t.Due.IsZero() && now.After(t.Due) }

// Deadline is by when something should be done: the hour for the task, or the
// end of the edition's clock, whichever comes first; zero: there is neither.
func (t Task) Deadline() time.Time {
	if t.Due.IsZero() || t.Clock.Code != "" && t.Clock.Due.Before(t.Due) {
		return t.Clock.Due
	}
	return t.Due
}

// Pressing says whether a task cannot wait: it is overdue, or the edition's
// clock has run out or soon will have.
func (t Task) Pressing(now time.Time) bool {
	clock := t.Clock.State(now)
	return t.Overdue(now) || clock == ClockOverdue || clock == ClockSoon
}

// urgency is the order in which a person is told what waits for them.
var urgency = []Verb{Withdraw, SourceGone, Confirm, Hinder, Clear, CatchUp, Submit, Approve, Recheck, Publish, Schedule, Carry, Pass, Take}

// MostWaiting is how much of one sort a person is told of at once, the oldest:
// it stands for as much or more. A crowd of one sort hides no other.
const MostWaiting = 50

// Waiting lists what waits for a person, sort by sort, the oldest of each
// first, at most MostWaiting of a sort, and each edition once: with what is most
// urgent of it. Unfinished drafts of their own come last. A text the person wrote
// does not wait for their approval, nor what they published urgently.
func (n *Newsroom) Waiting(ctx context.Context, actor account.Actor) ([]Task, error) {
	return n.waiting(ctx, actor, Ref{})
}

// Awaits answers what an edition waits for of a person, just as Waiting lists
// it; ok is false when it waits for nothing of theirs.
func (n *Newsroom) Awaits(ctx context.Context, actor account.Actor, ref Ref) (task Task, ok bool, err error) {
	tasks, err := n.waiting(ctx, actor, ref)
	if err != nil || len(tasks) == 0 {
		return Task{}, false, err
	}
	return tasks[0], true, nil
}

// waiting is about one edition, or all of them when ref is empty.
func (n *Newsroom) waiting(ctx context.Context, actor account.Actor, ref Ref) ([]Task, error) {
	l, err := n.listing(ctx, actor)
	if fault.KindOf(err) == fault.Forbidden {
		return nil, nil // sees no editions at all
	}
	if err != nil {
		return nil, err
	}
	return n.tasks(ctx, actor, l, ref)
}

// tasks is waiting for somebody who sees something.
func (n *Newsroom) tasks(ctx context.Context, actor account.Actor, l listing, ref Ref) ([]Task, error) {
	rows, err := loadWaiting(n.db.Read(ctx), actor, l, ref, MostWaiting)
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(rows, func(a, b waitingRow) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), cmp.Compare(a.Since, b.Since),
			cmp.Compare(a.Edition.ItemID, b.Edition.ItemID), cmp.Compare(a.Edition.Lang, b.Edition.Lang))
	})
	editions, err := n.glimpses(ctx, actor, rows)
	if err != nil {
		return nil, err
	}
	var tasks []Task
	told, of := map[Ref]bool{}, map[int]int{}
	for _, r := range rows {
		if ref := r.Edition.ref(); !told[ref] && of[r.rank()] < MostWaiting {
			told[ref] = true
			of[r.rank()]++
			edition, glimpsed := editions[ref]
			if !glimpsed {
				edition = r.Edition.edition()
			}
			tasks = append(tasks, Task{
				Edition: edition, Verb: Verb(r.Verb), Since: store.Time(r.Since), Due: store.Time(r.Due), For: r.standsInFor(actor),
			})
		}
	}
	return tasks, nil
}

// carryVerbs are asked of those who need not see more of an edition than what
// they are asked to carry.
var carryVerbs = []Verb{Carry, Recheck}

// Carries says whether it is asked of an outlet's people, for their outlet.
func (v Verb) Carries() bool { return slices.Contains(carryVerbs, v) }

// glimpses answers those editions of which the person sees nothing but what
// they are asked to carry.
func (n *Newsroom) glimpses(ctx context.Context, actor account.Actor, rows []waitingRow) (map[Ref]Edition, error) {
	var asked []editionRow
	for _, r := range rows {
		if Verb(r.Verb).Carries() {
			asked = append(asked, r.Edition)
		}
	}
	if len(asked) == 0 {
		return nil, nil
	}
	db := n.db.Read(ctx)
	sight, err := sightOfAll(db, actor, asked)
	if err != nil {
		return nil, err
	}
	asked = slices.DeleteFunc(asked, func(r editionRow) bool { return sight.see(r) == nil })
	texts, err := loadOffered(db, asked)
	glimpses := map[Ref]Edition{}
	for _, r := range asked {
		glimpses[r.ref()] = r.glimpse(texts[r.ref()])
	}
	return glimpses, err
}

// rank is a sort's place in the order of urgency.
func (r waitingRow) rank() int {
	if Verb(r.Verb) == Submit && State(r.Edition.State) == Draft {
		return len(urgency)
	}
	return slices.Index(urgency, Verb(r.Verb))
}

// standsInFor is the absent person in whose place the actor has this turn.
func (r waitingRow) standsInFor(actor account.Actor) string {
	if r.PersonID != "" {
		if r.PersonID != actor.ID {
			return r.PersonID
		}
		return ""
	}
	absent := ""
	for _, p := range actor.Posts {
		if p.Agency == r.TurnAgency && string(p.Role) == r.Role && p.Languages.Include(r.Edition.Lang) {
			if p.For == "" {
				return ""
			}
			absent = p.For
		}
	}
	return absent
}
