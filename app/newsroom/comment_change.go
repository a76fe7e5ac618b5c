package newsroom

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// MendComment changes what one's own comment says, shortly after it was said.
// Whom it mentions stays: they have been told.
func (n *Newsroom) MendComment(ctx context.Context, actor account.Actor, ref Ref, number int, body string) error {
	r, err := Remark{Body: body}.check()
	if err != nil {
		return err
	}
	return n.talking(ctx, actor, ref, func(a *act) error {
		c, err := a.own(number)
		if err != nil {
			return err
		}
		if !MayMend(actor, c.comment(), a.tx.Now) {
			return fault.New(fault.NotPossible, "error.comment.late", "Minutes", int(EditingComment.Minutes()))
		}
		if c.Body == r.Body {
			return nil
		}
		if err := updateComment(a.tx, ref, number, map[string]any{"body": r.Body, "edited_at": store.Micros(a.tx.Now)}); err != nil {
			return err
		}
		return a.noteComment("mend", number)
	})
}

// DeleteComment takes back one's own comment. It keeps its place in the talk,
// without words; answers to it stay, and it blocks nothing any more.
func (n *Newsroom) DeleteComment(ctx context.Context, actor account.Actor, ref Ref, number int) error {
	return n.talking(ctx, actor, ref, func(a *act) error {
		if _, err := a.own(number); err != nil {
			return err
		}
		if err := updateComment(a.tx, ref, number, map[string]any{"body": "", "deleted_at": store.Micros(a.tx.Now)}); err != nil {
			return err
		}
		if err := a.noteComment("delete", number); err != nil {
			return err
		}
		return a.weighComments()
	})
}

// own answers a comment that the actor made and has not taken back.
func (a *act) own(number int) (commentRow, error) {
	c, err := loadComment(a.tx, a.row.ref(), number)
	switch {
	case err != nil:
		return c, err
	case c.AuthorID != a.actor.ID:
		return c, fault.New(fault.Forbidden, "error.comment.others")
	case c.DeletedAt != 0:
		return c, fault.New(fault.NotPossible, "error.comment.deleted")
	}
	return c, nil
}

// ResolveComment says that a thread is settled.
func (n *Newsroom) ResolveComment(ctx context.Context, actor account.Actor, ref Ref, thread int) error {
	return n.settleThread(ctx, actor, ref, thread, true)
}

// ReopenComment says that a thread is not settled after all.
func (n *Newsroom) ReopenComment(ctx context.Context, actor account.Actor, ref Ref, thread int) error {
	return n.settleThread(ctx, actor, ref, thread, false)
}

func (n *Newsroom) settleThread(ctx context.Context, actor account.Actor, ref Ref, thread int, settled bool) error {
	return n.talking(ctx, actor, ref, func(a *act) error {
		c, err := loadThread(a.tx, ref, thread)
		if err != nil {
			return err
		}
		t := c.thread()
		switch {
		case !t.Deleted.IsZero():
			return fault.New(fault.NotPossible, "error.comment.deleted")
		case !MaySettle(actor, a.row.edition(), t):
			return fault.New(fault.Forbidden, "error.comment.overrule")
		case t.Open() != settled: // a double press, or somebody was faster
			return nil
		}
		if !settled && t.Blocking {
			if err := a.mayObject(); err != nil {
				return err
			}
		}
		verb, columns := "reopen", map[string]any{"resolved_by": "", "resolved_at": int64(0)}
		if settled {
			verb, columns = "resolve", map[string]any{"resolved_by": actor.ID, "resolved_at": store.Micros(a.tx.Now)}
		}
		if err := updateComment(a.tx, ref, thread, columns); err != nil {
			return err
		}
		if err := a.noteComment(verb, thread); err != nil {
			return err
		}
		return a.weighComments()
	})
}
