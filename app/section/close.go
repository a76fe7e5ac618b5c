package section

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Close lets nothing new into a section any more. What is in it stays, and so
// do its addresses.
func (r *Room) Close(ctx context.Context, actor account.Actor, id string) error {
	return r.setOpen(ctx, actor, id, "section.close", false)
}

// Reopen lets new articles into a closed section again.
func (r *Room) Reopen(ctx context.Context, actor account.Actor, id string) error {
	return r.setOpen(ctx, actor, id, "section.reopen", true)
}

func (r *Room) setOpen(ctx context.Context, actor account.Actor, id, verb string, open bool) error {
	role, ok := actor.May(account.ManageSite, "")
	if !ok {
		return fault.New(fault.Forbidden, "error.forbidden.title")
	}
	return r.db.Write(ctx, func(tx *store.Tx) error {
		if err := r.log.Lock(tx); err != nil {
			return err
		}
		s, err := one(tx.DB, id)
		if err != nil || s.Closed.IsZero() == open {
			return err
		}
		at := store.Micros(tx.Now)
		if open {
			at = 0
		}
		if err := setClosed(tx, id, at); err != nil {
			return err
		}
		return r.announce(tx, actor, role, verb, id, nil)
	})
}
