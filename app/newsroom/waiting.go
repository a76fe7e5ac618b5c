package newsroom

import (
	"context"

	"doingoai/app/account"
)

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
