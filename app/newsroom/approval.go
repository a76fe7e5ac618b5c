package newsroom

import (
	"doingoai/app/fault"
	"doingoai/app/store"
)

// What "approved" means is one thing: a person who had written nothing of it
// since the approval before approved this very revision, either before it was
// published or, of what was published urgently, after. That readers have a text
// does not make it approved. The edition's row names the newest approval that
// stands; older ones are kept beside it, because what somebody wrote is judged
// from the approval before.

// giveApproval notes that the actor approves a revision. It is the newest
// approval of the edition unless a newer text has been approved already.
func (a *act) giveApproval(rev Revision, columns map[string]any) error {
	given := approvalRow{
		ItemID: a.row.ItemID, Lang: a.row.Lang, Revision: rev.Number, Hash: rev.Hash, PersonID: a.actor.ID, At: store.Micros(a.tx.Now),
	}
	if rev.Number > a.row.Approved {
		given.fill(columns)
	}
	return insertApproval(a.tx, given)
}

// approvalVoid takes back an approval of what readers do not have yet, the
// time of publication with it, and answers where the text stands then. What
// stands as approved is what was approved before it.
func (a *act) approvalVoid(columns map[string]any) (State, error) {
	state := State(a.row.State)
	if state != Approved && state != Scheduled {
		return state, nil
	}
	if err := deleteApproval(a.tx, a.row.ref(), a.row.Approved); err != nil {
		return state, err
	}
	before, err := loadApprovalBefore(a.tx.DB, a.row.ref(), a.row.Approved)
	before.fill(columns)
	unscheduled(columns)
	return Approval, err
}

// isApproved refuses anything but the very revision that was approved.
func (a *act) isApproved(head Revision) error {
	if a.row.ApprovedHash != head.Hash || a.row.Approved != head.Number {
		return fault.New(fault.NotPossible, "error.publish.unapproved")
	}
	return nil
}

// isOthers refuses whoever wrote some of a text, up to a revision, since the
// approval before it. Two pairs of eyes are two people, whatever their roles,
// and whoever they stand in for.
func (a *act) isOthers(upTo int, refusal string) error {
	before, err := loadApprovalBefore(a.db(), a.row.ref(), upTo)
	if err != nil {
		return err
	}
	wrote, err := authored(a.db(), a.row.ref(), a.actor.ID, before.Revision, upTo)
	if err == nil && wrote {
		err = fault.New(fault.Forbidden, refusal)
	}
	return err
}

// isReviser keeps a translation from being revised by who translated it (domain
// §2: a reviser approves language quality, never of their own translation).
// Who takes a translation that was submitted, and passes it on from editing, is
// another person; what an editor changes while revising makes nobody its
// translator.
func (a *act) isReviser() error {
	own, err := loadTranslated(a.db(), a.row.ref(), a.actor.ID)
	if err == nil && own {
		err = fault.New(fault.Forbidden, "error.pass.own_translation")
	}
	return err
}
