package newsroom

import (
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// The urgent path: a piece of news that cannot wait is published by somebody
// whom the workflow authorises, before its last approval. Four eyes still see
// it: the publisher wrote none of it. A second person then approves what
// readers already have; until they do, the page says so on the desk, and after
// the workflow's hours it is overdue.

// publishUrgently releases the newest revision without approval.
func (a *act) publishUrgently(t transition, head Revision, doc *release.Article, ask Ask, columns map[string]any, detail map[string]string) error {
	w, err := a.chain()
	if err != nil {
		return err
	}
	if err := a.isOthers(head.Number, "error.approve.own"); err != nil {
		return err
	}
	if err := a.isClear(head); err != nil {
		return err
	}
	if err := a.isSettled(); err != nil {
		return err
	}
	if err := a.answer(head, w.indispensable(head.Content), ask.Answers, detail); err != nil {
		return err
	}
	if err := a.release(t, head, doc, ask, columns); err != nil {
		return err
	}
	due := a.tx.Now.Add(w.urgentWithin())
	columns["urgent_by"], columns["urgent_at"], columns["urgent_due"] = a.actor.ID, store.Micros(a.tx.Now), store.Micros(due)
	columns["urgent_told"] = false
	return a.tx.Ring(scheduleChannel)
}

// confirm is the second person's approval of what was published urgently.
func (a *act) confirm(live Revision, ask Ask, columns map[string]any, detail map[string]string) error {
	if err := a.isSecond(); err != nil {
		return err
	}
	w, err := a.chain()
	if err != nil {
		return err
	}
	if err := a.answer(live, w.required(live.Content), ask.Answers, detail); err != nil {
		return err
	}
	noUrgency(columns)
	return a.giveApproval(live, columns)
}

// isSecond refuses whoever published what readers have, or wrote some of it.
func (a *act) isSecond() error {
	if a.row.UrgentBy == a.actor.ID {
		return fault.New(fault.Forbidden, "error.confirm.own")
	}
	return a.isOthers(a.row.LiveRevision, "error.approve.own")
}

// noUrgency notes that nothing is left for a second person to approve.
func noUrgency(columns map[string]any) {
	columns["urgent_by"], columns["urgent_at"], columns["urgent_due"], columns["urgent_told"] = "", int64(0), int64(0), false
}
