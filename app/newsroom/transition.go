package newsroom

import (
	"context"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Ask is what a person asks of an edition besides the verb itself.
type Ask struct {
	// Hash is the content hash of the revision the person looked at. When the
	// edition has moved on since, nothing happens and the error is a conflict.
	// Withdraw does not ask for it: it is about what readers have, and must not
	// wait for those who are writing.
	Hash   string
	Reason string    // for verbs that need one
	Note   string    // Withdraw: what readers are told, may be empty
	At     time.Time // Schedule: when to publish
}

// Do performs a verb: the one door for every transition. The edition must be
// in a state the verb starts from, the person must hold a role that permits
// it within the edition's agency, and the revision must be the one the person
// looked at.
func (n *Newsroom) Do(ctx context.Context, actor account.Actor, ref Ref, verb Verb, ask Ask) error {
	t, ok := transitionOf(verb)
	if !ok {
		return fault.New(fault.NotFound, "error.verb.unknown")
	}
	ask.Reason, ask.Note = tidy(ask.Reason), tidy(ask.Note)
	if err := t.checkAsk(ask); err != nil {
		return err
	}
	ready, err := n.prove(ctx, actor, ref, t)
	if err != nil {
		return err
	}
	return n.on(ctx, actor, ref, t.action, func(a *act) error {
		if err := a.possible(t); err != nil {
			return err
		}
		head, err := loadRevision(a.tx.DB, ref, a.row.Head)
		if err != nil {
			return err
		}
		if head.Hash != ask.Hash && verb != Withdraw {
			return errMovedOn()
		}
		return a.perform(t, head, ready, ask)
	})
}

func (t transition) checkAsk(ask Ask) error {
	var form fault.Form
	if t.reason && ask.Reason == "" {
		form.Refuse("reason", "error.reason.required")
	}
	field{"reason", ask.Reason, MaxReason}.check(&form)
	field{"note", ask.Note, MaxReason}.check(&form)
	if t.verb == Schedule && ask.At.IsZero() {
		form.Refuse("publish_at", "error.bad_date")
	}
	return form.Err()
}

// possible asks the state table, and for verbs about what readers have, Live.
func (a *act) possible(t transition) error {
	if !slices.Contains(t.from, State(a.row.State)) {
		return fault.New(fault.NotPossible, "error.verb.state."+a.row.State)
	}
	if (t.verb == Withdraw || t.verb == Correct) && Live(a.row.Live) != IsLive {
		return fault.New(fault.NotPossible, "error.verb.not_live")
	}
	if t.verb == Archive && Live(a.row.Live) == IsLive {
		return fault.New(fault.NotPossible, "error.verb.live") // nobody could correct it any more
	}
	return nil
}

func errMovedOn() error { return fault.New(fault.Conflict, "error.verb.moved_on") }

// perform does what is particular to a verb, then moves the state and records
// it. What leads towards readers needs the proof of this very revision.
func (a *act) perform(t transition, head Revision, ready proof, ask Ask) error {
	if proofVerbs[t.verb] && ready.hash != head.Hash {
		return errMovedOn()
	}
	if ready.err != nil {
		return ready.err
	}
	to, hash, columns := t.to, head.Hash, map[string]any{}
	var err error
	switch t.verb {
	case Approve:
		err = a.approve(head, columns)
	case Schedule:
		err = a.schedule(head, ask.At, columns)
	case Unschedule:
		columns["publish_at"] = int64(0)
	case Publish, Correct:
		err = a.publish(t, head, ready.doc, ask, columns)
	case Withdraw:
		hash, err = a.withdraw(ask, columns)
		to = a.afterWithdrawal(columns)
	}
	if err != nil {
		return err
	}
	if to != State(a.row.State) {
		columns["state"], columns["state_at"], columns["reason"] = string(to), store.Micros(a.tx.Now), ask.Reason
	}
	var detail map[string]string
	if ask.Note != "" {
		detail = map[string]string{"note": ask.Note}
	}
	if err := a.record(t.verb, to, hash, ask.Reason, detail); err != nil {
		return err
	}
	return updateEdition(a.tx, a.row.ref(), columns)
}

// afterWithdrawal is where the newest revision stands when readers have lost
// the page. A newer draft goes on where it is, but not an approval given while
// the page stood: whoever gave it did not know what the withdrawal says, so it
// is void, the time of publication with it, and has to be given anew. What
// readers had stays the last text that was approved.
func (a *act) afterWithdrawal(columns map[string]any) State {
	switch state := State(a.row.State); state {
	case Published, Corrected:
		return Withdrawn
	case Approved, Scheduled:
		columns["approved"], columns["approved_hash"] = a.row.LiveRevision, ""
		columns["approved_by"], columns["approved_at"], columns["publish_at"] = "", int64(0), int64(0)
		return Approval
	default:
		return state
	}
}

// approve binds the approval to the revision's hash, after making sure that
// the approver wrote none of what is being approved.
func (a *act) approve(head Revision, columns map[string]any) error {
	wrote, err := authored(a.tx.DB, a.row.ref(), a.actor.ID, a.row.Approved)
	if err != nil {
		return err
	}
	if wrote {
		return fault.New(fault.Forbidden, "error.approve.own")
	}
	columns["approved"], columns["approved_hash"] = head.Number, head.Hash
	columns["approved_by"], columns["approved_at"] = a.actor.ID, store.Micros(a.tx.Now)
	return nil
}

// isApproved refuses anything but the very revision that was approved.
func (a *act) isApproved(head Revision) error {
	if a.row.ApprovedHash != head.Hash || a.row.Approved != head.Number {
		return fault.New(fault.NotPossible, "error.publish.unapproved")
	}
	return nil
}
