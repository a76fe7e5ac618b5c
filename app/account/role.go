package account

import (
	"context"
	"slices"
	"time"

	"doingoai/app/fault"
	"doingoai/app/store"
)

// GrantRole gives a person a role within an agency from a date (zero: now)
// until a date (zero: open), in some languages (none: in all of them). The same
// role may be held again later, or in other languages, but not twice at once.
// Other languages are another post: one ends, and the next is given. Nobody gives one to themself: that takes two administrators, or
// the command line. Of a weighty one the administrators and the agency's chief
// are told.
func (a *Accounts) GrantRole(ctx context.Context, actor Actor, person, agency string, role Role, from, to time.Time, langs ...string) error {
	by, err := a.provenManager(ctx, actor)
	if err != nil {
		return err
	}
	return a.grantRole(ctx, by, person, Membership{Agency: agency, Role: role, Languages: langs, From: from, To: to})
}

func (a *Accounts) grantRole(ctx context.Context, by authority, person string, m Membership) error {
	if by.actor.ID == person {
		return fault.New(fault.NotPossible, "error.role.self")
	}
	m.ID = store.NewID()
	return a.change(ctx, person, func(tx *store.Tx, row personRow) error {
		if row.Kind == string(Service) && m.Role.Weighty() {
			return serviceRole()
		}
		if m.From.IsZero() {
			m.From = tx.Now
		}
		return a.grant(tx, by, person, m)
	})
}

func (a *Accounts) grant(tx *store.Tx, by authority, person string, m Membership) error {
	var form fault.Form
	checkPost(&form, m.Role, m.Agency)
	m.Languages = m.Languages.check(&form, m.Role)
	checkDate(&form, "from", m.From)
	if !m.To.IsZero() {
		checkDate(&form, "to", m.To)
	}
	if !m.To.IsZero() && (!m.To.After(m.From) || !m.To.After(tx.Now)) {
		form.Refuse("to", "error.role.period")
	}
	if err := form.Err(); err != nil {
		return err
	}
	if m.Agency != "" {
		known, err := agencyExists(tx, m.Agency)
		if err != nil {
			return err
		}
		if !known {
			form.Refuse("agency", "error.agency.unknown")
		}
	}
	held, err := heldMeanwhile(tx, person, m)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(held, m.Languages.overlap) {
		form.Refuse("role", "error.role.held")
	}
	if err := form.Err(); err != nil {
		return err
	}
	if err := insertMembership(tx, person, m); err != nil {
		return err
	}
	if err := by.record(tx, "role.grant", person, m.detail()); err != nil || !m.Role.Weighty() || by.actor.ID == SystemID || by.actor.ID == person {
		return err // whoever has the command line has the database; and the first administrator is alone
	}
	return a.tell(tx, News{Person: person, What: "role.grant", By: by.actor.ID, Agency: m.Agency, Role: m.Role})
}

// checkDate refuses what is a slip of the finger, and what the microseconds of
// the database could not hold.
func checkDate(form *fault.Form, field string, t time.Time) {
	if t.Year() < 1975 || t.Year() > 2999 {
		form.Refuse(field, "error.bad_date")
	}
}

// EndRole ends a membership now; one that has not begun never begins. The
// last administrator's is refused.
func (a *Accounts) EndRole(ctx context.Context, actor Actor, membership string) error {
	by, err := manager(actor)
	if err != nil {
		return err
	}
	return a.endRole(ctx, by, membership)
}

func (a *Accounts) endRole(ctx context.Context, by authority, membership string) error {
	return a.db.Write(ctx, func(tx *store.Tx) error {
		if err := lockTrail(tx); err != nil {
			return err
		}
		row, err := membershipByID(tx.DB, membership)
		if err != nil {
			return err
		}
		m := row.membership()
		if m.isOver(tx.Now) {
			return fault.New(fault.NotPossible, "error.role.ended")
		}
		m.To = tx.Now
		if m.From.After(tx.Now) {
			m.To = m.From
		}
		if err := keepAdministrator(tx, func() error { return endMembership(tx, m) }); err != nil {
			return err
		}
		return by.record(tx, "role.end", row.PersonID, m.detail())
	})
}

// detail is a membership in the audit trail.
func (m Membership) detail() map[string]string {
	detail := map[string]string{
		"membership": m.ID, "agency": m.Agency, "role": string(m.Role), "from": m.From.UTC().Format(time.RFC3339),
	}
	if len(m.Languages) > 0 {
		detail["languages"] = m.Languages.stored()
	}
	if !m.To.IsZero() {
		detail["to"] = m.To.UTC().Format(time.RFC3339)
	}
	return detail
}
