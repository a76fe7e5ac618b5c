package section

import (
	"context"
	"slices"
	"strconv"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// step lies between the positions of neighbours, so that what is set up later
// by its position can stand between them.
const step = 10

// Move puts a section, with all below it, under another one ("" for the top),
// behind its new neighbours. Under itself or under what is below it is refused.
func (r *Room) Move(ctx context.Context, actor account.Actor, id, parent string) error {
	return r.arrange(ctx, actor, id, "section.move", func(t tree) (map[string]string, error) {
		if t[t.find(id)].ParentID == parent {
			return nil, nil
		}
		var form fault.Form
		switch {
		case parent != "" && t.find(parent) < 0:
			form.Refuse("parent", "error.section.unknown")
		case t.isUnder(parent, id):
			form.Refuse("parent", "error.section.cycle")
		}
		if err := form.Err(); err != nil {
			return nil, err
		}
		detail := map[string]string{"parent": parent, "parent.before": t[t.find(id)].ParentID}
		t.put(id, parent, len(t.children(parent)))
		return detail, nil
	})
}

// Shift moves a section among its neighbours: forward is by how many places,
// negative towards the front. At either end it stays where it is.
func (r *Room) Shift(ctx context.Context, actor account.Actor, id string, forward int) error {
	return r.arrange(ctx, actor, id, "section.order", func(t tree) (map[string]string, error) {
		parent := t[t.find(id)].ParentID
		siblings := t.children(parent)
		at := slices.Index(siblings, id)
		to := min(max(at+forward, 0), len(siblings)-1)
		if to == at {
			return nil, nil
		}
		t.put(id, parent, to)
		return map[string]string{"number": strconv.Itoa(to + 1), "number.before": strconv.Itoa(at + 1)}, nil
	})
}

// arrange changes the tree. f is given it, and answers the detail for the
// audit trail; without one nothing has changed. Every section whose place is
// another now is released.
func (r *Room) arrange(ctx context.Context, actor account.Actor, id, verb string, f func(tree) (map[string]string, error)) error {
	role, ok := actor.May(account.ManageSite, "")
	if !ok {
		return fault.New(fault.Forbidden, "error.forbidden.title")
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		before, err := list(tx.DB, "")
		if err != nil {
			return err
		}
		t := tree(slices.Clone(before))
		if t.find(id) < 0 {
			return fault.New(fault.NotFound, "error.section.unknown")
		}
		detail, err := f(t)
		if err != nil || detail == nil {
			return err
		}
		for i, s := range t {
			if s.ParentID == before[i].ParentID && s.Position == before[i].Position {
				continue
			}
			if err := setPlace(tx, s.ID, s.ParentID, s.Position); err != nil {
				return err
			}
			if s.ID != id {
				if err := r.release(tx, s.ID); err != nil {
					return err
				}
			}
		}
		return r.announce(tx, actor, role, verb, id, detail)
	})
}

// tree are all sections, in any order.
type tree []Section

func (t tree) find(id string) int {
	return slices.IndexFunc(t, func(s Section) bool { return s.ID == id })
}

// children are the ids directly below a section, in their order.
func (t tree) children(parent string) []string {
	var below []Section
	for _, s := range t {
		if s.ParentID == parent {
			below = append(below, s)
		}
	}
	slices.SortStableFunc(below, func(a, b Section) int { return a.Position - b.Position })
	ids := make([]string, len(below))
	for i, s := range below {
		ids[i] = s.ID
	}
	return ids
}

// isUnder says whether a section is another one or below it.
func (t tree) isUnder(id, above string) bool {
	for range t { // a tree is never deeper than it has sections
		if id == above {
			return true
		}
		i := t.find(id)
		if i < 0 {
			return false
		}
		id = t[i].ParentID
	}
	return false
}

// put places a section as the n-th below a parent and numbers the neighbours anew.
func (t tree) put(id, parent string, n int) {
	siblings := slices.DeleteFunc(t.children(parent), func(s string) bool { return s == id })
	for i, s := range slices.Insert(siblings, min(n, len(siblings)), id) {
		at := &t[t.find(s)]
		at.ParentID, at.Position = parent, (i+1)*step
	}
}
