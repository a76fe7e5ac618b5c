package agency

import (
	"context"
	"slices"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Heir hands on, within the act, what belongs to an agency to the one that
// takes its place, and answers how much that was.
type Heir struct {
	Of   string // what is handed on: "people", "editions"
	Take func(tx *store.Tx, actor account.Actor, from, to string) (int, error)
}

// Inherit says what a merger hands on, in this order; the program says it
// once, before the room is used.
func (r *Room) Inherit(heirs ...Heir) { r.heirs = heirs }

// Merger is the act by which agencies become part of another, or one takes the
// place of one that is dissolved.
type Merger struct {
	From  []string // agency ids
	Into  string
	At    time.Time // zero: now
	Basis release.Basis
}

// Merge ends agencies and gives what they own to another one: the posts of
// their people, and with them the duties, their articles and outlets. There is no
// way back, because nobody could tell any more what was whose. What was
// published stays published, in the name its agency had.
func (r *Room) Merge(ctx context.Context, actor account.Actor, m Merger) error {
	role, ok := actor.May(account.ManageSite, "")
	if !ok {
		return fault.New(fault.Forbidden, "error.forbidden.title")
	}
	m.From = slices.Compact(slices.Sorted(slices.Values(m.From)))
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		m, err := checkMerger(tx, m)
		if err != nil {
			return err
		}
		for _, from := range m.From {
			if err := r.end(tx, actor, role, from, m); err != nil {
				return err
			}
		}
		return nil
	})
}

// checkMerger tidies a merger and refuses what cannot be.
func checkMerger(tx *store.Tx, m Merger) (Merger, error) {
	var form fault.Form
	m.Basis = m.Basis.Check(&form, tx.Now)
	m.At = day(&form, m.At, tx.Now)
	if m.Basis.Document == "" {
		form.Refuse("document", "error.required")
	}
	if len(m.From) == 0 {
		form.Refuse("from", "error.required")
	}
	if slices.Contains(m.From, m.Into) {
		form.Refuse("from", "error.agency.itself")
	}
	if _, err := standing(tx, m.Into, &form, "into"); err != nil {
		return m, err
	}
	for _, from := range m.From {
		if _, err := standing(tx, from, &form, "from"); err != nil {
			return m, err
		}
	}
	return m, form.Err()
}

// end ends one agency: its successor takes over what it owned.
func (r *Room) end(tx *store.Tx, actor account.Actor, role account.Role, from string, m Merger) error {
	if err := end(tx, from, m.At); err != nil {
		return err
	}
	if err := insertRelation(tx, Relation{Kind: MergedInto, From: from, To: m.Into, At: m.At, Basis: m.Basis}); err != nil {
		return err
	}
	detail := map[string]string{"into": m.Into, "at": m.At.Format(time.RFC3339)}
	note(detail, m.Basis)
	for _, heir := range r.heirs {
		n, err := heir.Take(tx, actor, from, m.Into)
		if err != nil {
			return err
		}
		detail[heir.Of] = strconv.Itoa(n)
	}
	return r.announce(tx, actor, role, "agency.merge", from, detail)
}
