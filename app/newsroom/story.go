package newsroom

import (
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// What may be a State secret, or must not be known yet, is the story and not
// its words in one language. So the confidentiality reviewer stops all editions
// of an item at once, those begun later too, wherever they stand and whatever
// leads to them; and no translation is public before its source may be.

// storyWide are the actions that concern all editions of an item: one goes with
// another when it is withdrawn, and is without its original no longer when that
// is published. They lock the item before its editions, so that two of them do
// not wait for each other.
var storyWide = []account.Action{
	account.Block, account.Translate, account.Withdraw, account.Publish, account.PublishUrgent, account.Correct,
}

// blocked refuses what leads towards readers while the confidentiality reviewer
// has stopped the story.
func (r editionRow) blocked() error {
	if r.BlockedAt == 0 {
		return nil
	}
	return fault.New(fault.NotPossible, "error.verb.blocked")
}

// isFree refuses to give readers, at a moment, what is stopped or under embargo.
func (a *act) isFree(at time.Time) error {
	if err := a.row.blocked(); err != nil {
		return err
	}
	until, err := a.embargo()
	if err == nil && at.Before(until) {
		err = fault.New(fault.NotPossible, "error.publish.embargo", "Time", until)
	}
	return err
}

// embargo is the moment before which readers must not have an edition: its own
// or, of a translation, its source's, whichever is later; zero: there is none.
func (a *act) embargo() (time.Time, error) {
	source, err := loadSourceEmbargo(a.db(), a.row.ref())
	return store.Time(max(a.row.EmbargoUntil, source)), err
}

// lockStory locks the other editions of the item for a verb about the story:
// all of them to stop it, those that readers have for what readers get.
func (a *act) lockStory(verb Verb) (err error) {
	switch verb {
	case Publish, PublishUrgent, Correct:
		a.readers, err = lockOtherLanguages(a.tx, a.row.ref())
		return err
	case Block, Unblock:
	default:
		return nil
	}
	rows, err := lockEditions(a.tx, a.row.ItemID)
	a.others = slices.DeleteFunc(rows, func(r editionRow) bool { return r.Lang == a.row.Lang })
	return err
}

// alsoOthers does to the other editions what was done to the story in this one,
// and writes it on the trail of each.
func (a *act) alsoOthers(verb Verb, ask Ask) error {
	for _, row := range a.others {
		other := *a
		other.row, other.others = row, nil
		if err := other.stopOrRelease(verb, ask); err != nil {
			return err
		}
	}
	return nil
}

func (a *act) stopOrRelease(verb Verb, ask Ask) error {
	if (a.row.BlockedAt != 0) == (verb == Block) {
		return nil // as the story is already
	}
	head, err := loadRevision(a.tx.DB, a.row.ref(), a.row.Head)
	if err != nil {
		return err
	}
	columns, to := map[string]any{}, State(a.row.State)
	if verb == Block {
		to, err = a.block(ask.Reason, columns)
	} else {
		err = a.unblock(columns)
	}
	if err != nil {
		return err
	}
	return a.finish(verb, to, head, head.Hash, ask, columns, map[string]string{})
}

// block stops an edition: nothing of it goes towards readers until the
// confidentiality reviewer lifts it. An approval that was given is void.
func (a *act) block(reason string, columns map[string]any) (State, error) {
	columns["blocked_by"], columns["blocked_at"], columns["block_reason"] = a.actor.ID, store.Micros(a.tx.Now), reason
	columns["cleared_hash"], columns["cleared_by"] = "", ""
	return a.approvalVoid(columns)
}

// unblock lets it go on. What an outlet was to carry meanwhile is due now.
func (a *act) unblock(columns map[string]any) error {
	columns["blocked_by"], columns["blocked_at"], columns["block_reason"] = "", int64(0), ""
	return a.tx.Ring(scheduleChannel)
}

// mayFree refuses who may not let all editions of the story go on. Any language
// of it is enough to stop it.
func (a *act) mayFree() error {
	rows, err := loadEditions(a.db(), a.row.ItemID)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if _, err := sightOf(a.db(), a.actor).demand(account.Block, row); err != nil {
			return err
		}
	}
	return nil
}

// inheritBlock stops an edition that begins in a story that is stopped.
func (a *act) inheritBlock(ref Ref) error {
	if a.row.BlockedAt == 0 {
		return nil
	}
	return updateEdition(a.tx, ref, map[string]any{
		"blocked_by": a.row.BlockedBy, "blocked_at": a.row.BlockedAt, "block_reason": a.row.BlockReason,
	})
}

// blockable are the states in which there is something to stop.
var blockable = slices.DeleteFunc(slices.Clone(States), func(s State) bool {
	return s == Withdrawn || s == Rejected || s == Archived
})

// stopped are the verbs that a block stops.
var stopped = []Verb{Approve, PublishUrgent, Confirm, Schedule, Publish, Correct}
