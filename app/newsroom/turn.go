package newsroom

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/store"
)

// Turn says of whom an edition's state expects something: of everybody with a
// role in an agency, or of one person.
type Turn struct {
	Ref
	Verb   Verb
	Agency string
	Role   account.Role // "" where it is one person's
	Person string       // id, "" where it is a role's
	Since  time.Time
	Due    time.Time // zero: there is no hour for it
}

// Turns lists whose turn it is with an edition.
func (n *Newsroom) Turns(ctx context.Context, ref Ref) ([]Turn, error) {
	rows, err := loadTurns(n.db.Read(ctx), ref)
	turns := make([]Turn, len(rows))
	for i, r := range rows {
		turns[i] = r.turn()
	}
	return turns, err
}

// Writer answers who began an edition: whoever else changed it, what becomes of
// it is this person's to know.
func (n *Newsroom) Writer(ctx context.Context, ref Ref) (string, error) {
	row, err := loadEdition(n.db.Read(ctx), ref)
	return row.CreatedBy, err
}

// turnsOf works out whose turn it is.
func turnsOf(row editionRow, w *Workflow, head Revision) []turnRow {
	var turns []turnRow
	add := func(verb Verb, since int64, roles ...account.Role) {
		for _, role := range roles {
			turns = append(turns, turnRow{
				ItemID: row.ItemID, Lang: row.Lang, Verb: string(verb), Role: string(role), AgencyID: row.AgencyID, Since: since,
			})
		}
	}
	one := func(verb Verb, person string) {
		turns = append(turns, turnRow{
			ItemID: row.ItemID, Lang: row.Lang, Verb: string(verb), PersonID: person, AgencyID: row.AgencyID, Since: row.StateAt,
		})
	}
	step := Step{}
	if w != nil {
		step, _ = w.step(row.Step)
	}
	switch State(row.State) {
	case Draft, Returned:
		one(Submit, row.CreatedBy)
	case Submitted:
		add(Take, row.StateAt, step.Roles...)
	case Editing:
		one(Pass, row.TakenBy)
	case DeskReview:
		add(Pass, row.StateAt, step.Roles...)
	case Approval:
		add(Approve, row.StateAt, step.Roles...)
	case Approved:
		add(Publish, row.StateAt, rolesOf(account.Publish)...)
		add(Schedule, row.StateAt, account.ManagingEditor) // who may not publish at once
	}
	if row.Hindrance != "" {
		turns = append(turns, hinderedTurns(row)...)
	}
	if underway(State(row.State)) && row.BlockedAt == 0 && row.ClearedHash != head.Hash && len(Marks(head.Content)) > 0 {
		add(Clear, row.StateAt, rolesOf(account.Clear)...)
	}
	if Live(row.Live) == IsLive && row.BlockedAt != 0 { // what must not be public is
		add(Withdraw, row.BlockedAt, rolesOf(account.Withdraw)...)
	}
	if Live(row.Live) == IsLive && row.SourceGoneAt != 0 {
		turns = append(turns, sourceGoneTurns(row)...)
	}
	if Live(row.Live) == IsLive && row.BehindAt != 0 {
		turns = append(turns, catchUpTurns(row)...)
	}
	if row.UrgentBy != "" {
		from := len(turns)
		add(Confirm, row.UrgentAt, rolesOf(account.Confirm)...)
		for i := from; i < len(turns); i++ {
			turns[i].Due = row.UrgentDue
		}
	}
	return turns
}

// underway says whether a text is in other hands than its writer's and not yet approved.
func underway(s State) bool {
	return s == Submitted || s == Editing || s == DeskReview || s == Approval
}

// rolesOf lists the roles that may do something at all.
func rolesOf(action account.Action) []account.Role {
	var roles []account.Role
	for _, role := range account.Roles {
		if account.Permits(action, role) {
			roles = append(roles, role)
		}
	}
	return roles
}

// settle writes down whose turn it is, after an edition has changed.
func (a *act) settle(head Revision) error {
	return settle(a.n, a.tx, a.row.ref(), head)
}

func settle(n *Newsroom, tx *store.Tx, ref Ref, head Revision) error {
	row, err := loadEdition(tx.DB, ref)
	if err != nil {
		return err
	}
	if row.Bound { // its set may be hindered now, or not any more
		if err := tx.Ring(scheduleChannel); err != nil {
			return err
		}
	}
	var w *Workflow
	if row.WorkflowID != "" {
		if w, err = n.workflow(tx.DB, row.WorkflowID); err != nil {
			return err
		}
	}
	_, outlets, _, err := loadPlaceable(tx.DB, row)
	if err != nil {
		return err
	}
	return replaceTurns(tx, ref, append(turnsOf(row, w, head), placementTurns(row, outlets)...))
}
