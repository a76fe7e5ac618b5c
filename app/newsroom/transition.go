package newsroom

import (
	"context"
	"slices"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Ask is what a person asks of an edition besides the verb itself.
type Ask struct {
	// Hash is the content hash of the revision the person looked at. When the
	// edition has moved on since, nothing happens and the error is a conflict.
	// Verbs that are about no text (aboutNoText) do not ask for it.
	Hash   string
	Reason string // for verbs that need one
	Note   string // Withdraw, Publish: what readers are told, may be empty
	Change Change // Publish, of what readers have already: MinorChange ("" means it too) or MajorChange, which needs a Note
	// Letters are readers' reports (ids) that a correction answers.
	Letters []string
	Right   string    // Correct: what is right; Reason says what was wrong
	At      time.Time // Schedule, SetEmbargo, SetExpiry: when; zero with the last two: not at all

	Languages []string // Withdraw, of an original: which of its translations go with it

	Workflow string            // Submit: code of the agency's workflow, "" for the one it was on, or the usual one
	To       string            // Pass: key of the step, "" for the next one
	Answers  map[string]Answer // by Asked.ID: what was answered to the checklist

	late   time.Duration // by which the schedule does it after its time
	set    string        // the languages that go out with it
	behind string        // why a translation goes out though it is critically behind
}

// Do performs a verb: the one door for every transition. The edition must be
// in a state the verb starts from, the person must hold a role that permits
// it within the edition's agency, and the step that the verb is about, and the
// revision must be the one the person looked at.
func (n *Newsroom) Do(ctx context.Context, actor account.Actor, ref Ref, verb Verb, ask Ask) error {
	t, ok := transitionOf(verb)
	if !ok {
		return fault.New(fault.NotFound, "error.verb.unknown")
	}
	ask.Reason, ask.Note, ask.Right = tidy(ask.Reason), tidy(ask.Note), tidy(ask.Right)
	if err := t.checkAsk(ask); err != nil {
		return err
	}
	ready, err := n.prove(ctx, actor, ref, t)
	if err != nil {
		return err
	}
	return n.on(ctx, actor, ref, t.action, func(a *act) error {
		if a.doneAlready(verb, ask) {
			return nil
		}
		if err := a.possible(t); err != nil {
			return err
		}
		if a.post, err = a.seat(verb); err != nil {
			return err
		}
		head, err := loadRevision(a.tx.DB, ref, a.aboutRevision(verb))
		if err != nil {
			return err
		}
		if head.Hash != ask.Hash && !slices.Contains(aboutNoText, verb) {
			return errMovedOn()
		}
		others, err := a.translations(verb, ask)
		if err != nil {
			return err
		}
		if err := a.perform(t, head, ready, ask); err != nil {
			return err
		}
		return a.takeAlong(t, others, ask)
	})
}

// doneAlready says whether this very person has just done this: a double press
// has succeeded, and leaves no second trace.
func (a *act) doneAlready(verb Verb, ask Ask) bool {
	switch verb {
	case Take:
		return State(a.row.State) == Editing && a.row.TakenBy == a.actor.ID
	case Approve:
		return (State(a.row.State) == Approved || a.row.Bound && State(a.row.State) == Scheduled) &&
			a.row.ApprovedBy == a.actor.ID && a.row.ApprovedHash == ask.Hash
	}
	return false
}

// aboutNoText are the verbs that do not depend on what the text says, and must
// not wait for those who are writing.
var aboutNoText = []Verb{Withdraw, Block, Unblock, SetEmbargo, SetExpiry, Expire}

// aboutRevision is the number of the revision a verb is about: what readers
// have when it is confirmed, the newest one in any other case.
func (a *act) aboutRevision(verb Verb) int {
	if verb == Confirm {
		return a.row.LiveRevision
	}
	return a.row.Head
}

func (t transition) checkAsk(ask Ask) error {
	var form fault.Form
	if t.reason && ask.Reason == "" {
		form.Refuse("reason", "error.reason.required")
	}
	field{"reason", ask.Reason, MaxReason}.check(&form)
	field{"note", ask.Note, MaxReason}.check(&form)
	t.checkChange(&form, ask)
	t.checkPublicWords(&form, ask)
	if t.verb == Schedule && ask.At.IsZero() {
		form.Refuse("publish_at", "error.schedule.none")
	}
	return form.Err()
}

// possible asks the state table; for verbs about what readers have, Live; and
// whether the confidentiality reviewer has stopped the edition.
func (a *act) possible(t transition) error {
	if !slices.Contains(t.from, State(a.row.State)) {
		return fault.New(fault.NotPossible, "error.verb.state."+a.row.State)
	}
	blocked := a.row.BlockedAt != 0
	switch {
	case a.row.Bound && a.along == nil && slices.Contains(alone, t.verb):
		return fault.New(fault.NotPossible, "error.set.bound")
	case blocked && slices.Contains(stopped, t.verb):
		return fault.New(fault.NotPossible, "error.verb.blocked")
	case blocked && t.verb == Block, !blocked && t.verb == Unblock:
		return fault.New(fault.NotPossible, "error.verb.block")
	case t.verb == Confirm && (a.row.UrgentBy == "" || Live(a.row.Live) != IsLive):
		return fault.New(fault.NotPossible, "error.verb.confirm")
	case t.verb == Take && a.row.TakenBy == a.actor.ID && State(a.row.State) == Editing:
		return fault.New(fault.NotPossible, "error.verb.taken")
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
	hash, columns, detail := head.Hash, map[string]any{}, map[string]string{}
	to := t.to
	if to == unmoved {
		to = State(a.row.State)
	}
	err := a.lockStory(t.verb)
	if err != nil {
		return err
	}
	switch t.verb {
	case Submit:
		to, err = a.submit(ask, columns, detail)
	case Take:
		columns["taken_by"] = a.actor.ID
	case Pass:
		to, err = a.pass(head, ask, columns, detail)
	case Approve:
		if err = a.approve(head, ask, columns, detail); err == nil {
			to, err = a.rejoin(columns)
		}
	case PublishUrgent:
		err = a.publishUrgently(t, head, ready.doc, ask, columns, detail)
	case Confirm:
		err = a.confirm(head, ask, columns, detail)
	case Block:
		to, err = a.block(ask.Reason, columns)
	case Unblock:
		err = a.unblock(columns)
	case Clear:
		err = a.clear(head, columns)
	case Schedule:
		err = a.schedule(head, ask.At, columns)
	case Unschedule:
		unscheduled(columns)
	case SetEmbargo:
		err = a.setEmbargo(ask.At, columns, detail)
	case SetExpiry:
		err = a.setExpiry(ask.At, columns, detail)
	case Expire:
		if hash, err = a.expire(columns); err == nil {
			to, err = a.afterWithdrawal(columns)
		}
	case Publish, Correct:
		err = a.publish(t, head, ready.doc, ask, columns)
	case Withdraw:
		if hash, err = a.withdraw(ask, columns); err == nil {
			to, err = a.afterWithdrawal(columns)
		}
	}
	if err != nil {
		return err
	}
	if err := a.finish(t.verb, to, head, hash, ask, columns, detail); err != nil {
		return err
	}
	return a.alsoOthers(t.verb, ask)
}

// finish moves the edition and records it: the end of every verb.
func (a *act) finish(verb Verb, to State, head Revision, hash string, ask Ask, columns map[string]any, detail map[string]string) error {
	if err := a.stopClock(to, columns); err != nil {
		return err
	}
	if to != State(a.row.State) {
		columns["state"], columns["state_at"], columns["reason"] = string(to), store.Micros(a.tx.Now), ask.Reason
	}
	if ask.Note != "" {
		detail["note"] = ask.Note
	}
	if ask.late > 0 {
		detail["late"] = strconv.Itoa(int(ask.late.Minutes()))
	}
	for name, said := range map[string]string{"set": ask.set, "behind": ask.behind} {
		if said != "" {
			detail[name] = said
		}
	}
	if err := a.record(verb, to, hash, ask.Reason, detail); err != nil {
		return err
	}
	if err := a.recordOvertaken(); err != nil {
		return err
	}
	if err := a.tell(verb, to, ask.Reason); err != nil {
		return err
	}
	if err := a.tellOvertaken(); err != nil {
		return err
	}
	if err := updateEdition(a.tx, a.row.ref(), columns); err != nil {
		return err
	}
	if verb == Confirm { // which is about an older one
		newest, err := loadRevision(a.tx.DB, a.row.ref(), a.row.Head)
		if err != nil {
			return err
		}
		head = newest
	}
	return a.settle(head)
}

// afterWithdrawal is where the newest revision stands when readers have lost
// the page. A newer draft goes on where it is, but not an approval given while
// the page stood: whoever gave it did not know what the withdrawal says, so it
// is void, the time of publication with it, and has to be given anew.
func (a *act) afterWithdrawal(columns map[string]any) (State, error) {
	switch state := State(a.row.State); state {
	case Published, Corrected:
		return Withdrawn, nil
	default:
		return a.approvalVoid(columns)
	}
}

// approve binds the approval to the revision's hash, after making sure that
// the approver wrote none of what is being approved, that the checklist of
// every step is answered about this very revision, that what looks like a
// secret has been cleared, and that no comment stands in the way.
func (a *act) approve(head Revision, ask Ask, columns map[string]any, detail map[string]string) error {
	if err := a.isOthers(head.Number, "error.approve.own"); err != nil {
		return err
	}
	if err := a.isClear(head); err != nil {
		return err
	}
	if err := a.isSound(head); err != nil {
		return err
	}
	if err := a.isSettled(); err != nil {
		return err
	}
	w, err := a.chain()
	if err != nil {
		return err
	}
	if err := a.answer(head, w.required(head.Content), ask.Answers, detail); err != nil {
		return err
	}
	if err := a.giveApproval(head, columns); err != nil {
		return err
	}
	return a.invite(head, true)
}
