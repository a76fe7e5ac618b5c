package newsroom

import (
	"slices"

	"doingoai/app/account"
)

// State says where an edition's newest revision stands.
type State string

// The states (domain: workflow).
const (
	Draft      State = "draft"
	Submitted  State = "submitted"
	Editing    State = "editing"
	Returned   State = "returned"
	DeskReview State = "desk_review" // at the managing editor
	Approval   State = "approval"    // awaiting approval
	Approved   State = "approved"
	Scheduled  State = "scheduled"
	Published  State = "published"
	Corrected  State = "corrected"
	Withdrawn  State = "withdrawn"
	Rejected   State = "rejected"
	Archived   State = "archived"
)

// States lists them in the order of the workflow.
var States = []State{
	Draft, Submitted, Editing, Returned, DeskReview, Approval, Approved,
	Scheduled, Published, Corrected, Withdrawn, Rejected, Archived,
}

// Live says what readers have of an edition.
type Live string

// What readers have.
const (
	NeverLive Live = ""          // nothing, and never had
	IsLive    Live = "live"      // the revision LiveRevision
	WasLive   Live = "withdrawn" // a tombstone
)

// Verb is a transition a person can ask for.
type Verb string

// The verbs.
const (
	Submit        Verb = "submit"
	Take          Verb = "take"
	Return        Verb = "return"
	Pass          Verb = "pass" // to a later step
	Approve       Verb = "approve"
	Reject        Verb = "reject"
	PublishUrgent Verb = "urgent"  // before the last approval
	Confirm       Verb = "confirm" // the second person's approval of what is public already
	Block         Verb = "block"   // by the confidentiality reviewer
	Unblock       Verb = "unblock"
	Clear         Verb = "clear" // marks of secrecy that are none
	Schedule      Verb = "schedule"
	Unschedule    Verb = "unschedule"
	Publish       Verb = "publish"
	Correct       Verb = "correct"
	Withdraw      Verb = "withdraw"
	Archive       Verb = "archive"
	SetEmbargo    Verb = "embargo" // readers must not have it before a moment
	SetExpiry     Verb = "expiry"  // readers lose it at a moment
	Expire        Verb = "expire"  // the schedule's, at that moment
	Carry         Verb = "carry"   // an outlet's (placement.go): only ever a turn
	Recheck       Verb = "recheck" // an outlet's words after a correction: only ever a turn
)

// transition is one row of the state table.
type transition struct {
	verb   Verb
	action account.Action
	from   []State
	to     State
	reason bool // a reason is required and recorded
}

// alongChain and unmoved stand for a state in the table: the one the edition's
// workflow leads to, and the one it is in.
const (
	alongChain State = "→"
	unmoved    State = "="
)

// transitions is the whole state table. Which steps lie between Submitted and
// Approved, and whose they are, is the workflow's (workflow.go); the table says
// what a verb may start from whatever the workflow. Withdraw, Confirm and Block
// are about what readers have, or must not have: a newer draft shields nothing.
// The draft stays where it is, except that its approval is void
// (afterWithdrawal).
var transitions = []transition{
	{Submit, account.Submit, []State{Draft, Returned}, alongChain, false},
	{Take, account.Take, []State{Submitted, Editing}, Editing, false},
	{Return, account.Return, []State{Submitted, Editing, DeskReview, Approval}, Returned, true},
	{Pass, account.Pass, []State{Submitted, Editing, DeskReview}, alongChain, false},
	{Approve, account.Approve, []State{Approval}, Approved, false},
	{Reject, account.Reject, []State{Submitted, Editing, DeskReview, Approval}, Rejected, true},
	{PublishUrgent, account.PublishUrgent, []State{Submitted, Editing, DeskReview, Approval}, Published, true},
	{Confirm, account.Confirm, States, unmoved, false},
	{Block, account.Block, blockable, unmoved, true},
	{Unblock, account.Block, States, unmoved, true},
	{Clear, account.Clear, []State{Draft, Submitted, Editing, Returned, DeskReview, Approval}, unmoved, true},
	{Schedule, account.Schedule, []State{Approved, Scheduled}, Scheduled, false},
	{Unschedule, account.Schedule, []State{Scheduled}, Approved, false},
	{Publish, account.Publish, []State{Approved, Scheduled}, Published, false},
	{Correct, account.Correct, []State{Approved}, Corrected, true},
	{Withdraw, account.Withdraw, States, Withdrawn, true},
	{Archive, account.Archive, []State{Withdrawn, Rejected}, Archived, false},
	{SetEmbargo, account.Embargo, unpublished, unmoved, false},
	{SetExpiry, account.Schedule, append(slices.Clone(unpublished), Published, Corrected), unmoved, false},
}

// unpublished are the states of a text that may still be published.
var unpublished = []State{Draft, Submitted, Editing, Returned, DeskReview, Approval, Approved, Scheduled}

// Verbs lists what a person can ask for, in the order of the table.
func Verbs() []Verb {
	verbs := make([]Verb, len(transitions))
	for i, t := range transitions {
		verbs[i] = t.verb
	}
	return verbs
}

func transitionOf(v Verb) (transition, bool) {
	i := slices.IndexFunc(transitions, func(t transition) bool { return t.verb == v })
	if i < 0 {
		return transition{}, false
	}
	return transitions[i], true
}

// saveRule says who may save and where that leaves the edition.
type saveRule struct {
	action account.Action
	to     State
}

// saving is what saving means in each state. A state that is not listed cannot
// be saved in. Saving while approval is asked for or given re-opens it; saving
// what readers have begins a new draft beside the live revision.
var saving = map[State]saveRule{
	Draft:      {account.Write, Draft},
	Returned:   {account.Write, Returned},
	Published:  {account.Write, Draft},
	Corrected:  {account.Write, Draft},
	Withdrawn:  {account.Write, Draft},
	Editing:    {account.Edit, Editing},
	DeskReview: {account.Edit, DeskReview},
	Approval:   {account.Edit, Approval},
	Approved:   {account.Edit, Approval},
	Scheduled:  {account.Edit, Approval},
}

// savingOf is the rule of an edition. A rejected text is done with, but when it
// was to replace a page that readers still have, that page must remain open to
// updates and corrections: the next save begins another draft.
func savingOf(s State, live Live) (saveRule, bool) {
	if s == Rejected && live == IsLive {
		return saving[Published], true
	}
	rule, possible := saving[s]
	return rule, possible
}
