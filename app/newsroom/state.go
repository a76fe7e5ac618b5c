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
	Submit      Verb = "submit"
	Take        Verb = "take"
	Return      Verb = "return"
	PassToDesk  Verb = "pass"
	PassToChief Verb = "pass_to_chief"
	Approve     Verb = "approve"
	Reject      Verb = "reject"
	Schedule    Verb = "schedule"
	Unschedule  Verb = "unschedule"
	Publish     Verb = "publish"
	Correct     Verb = "correct"
	Withdraw    Verb = "withdraw"
	Archive     Verb = "archive"
)

// transition is one row of the state table.
type transition struct {
	verb   Verb
	action account.Action
	from   []State
	to     State
	reason bool // a reason is required and recorded
}

// transitions is the whole workflow. Editing → Approval is the short path of
// desks without a managing editor. Withdraw is the one verb that asks what
// readers have (Live), not the state: a newer draft does not shield a page. The
// draft stays where it is, except that its approval is void (afterWithdrawal).
var transitions = []transition{
	{Submit, account.Submit, []State{Draft, Returned}, Submitted, false},
	{Take, account.Take, []State{Submitted}, Editing, false},
	{Return, account.Return, []State{Submitted, Editing, DeskReview, Approval}, Returned, true},
	{PassToDesk, account.PassToDesk, []State{Editing}, DeskReview, false},
	{PassToChief, account.PassToChief, []State{Editing, DeskReview}, Approval, false},
	{Approve, account.Approve, []State{Approval}, Approved, false},
	{Reject, account.Reject, []State{Submitted, Editing, DeskReview, Approval}, Rejected, true},
	{Schedule, account.Schedule, []State{Approved}, Scheduled, false},
	{Unschedule, account.Schedule, []State{Scheduled}, Approved, false},
	{Publish, account.Publish, []State{Approved, Scheduled}, Published, false},
	{Correct, account.Correct, []State{Approved}, Corrected, true},
	{Withdraw, account.Withdraw, States, Withdrawn, true},
	{Archive, account.Archive, []State{Withdrawn, Rejected}, Archived, false},
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
