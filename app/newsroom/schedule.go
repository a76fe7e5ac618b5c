package newsroom

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// schedule notes when the approved revision is to be published.
func (a *act) schedule(head Revision, at time.Time, columns map[string]any) error {
	if err := a.isApproved(head); err != nil {
		return err
	}
	if !at.After(a.tx.Now) {
		var form fault.Form
		form.Refuse("publish_at", "error.schedule.past")
		return form.Err()
	}
	columns["publish_at"] = store.Micros(at)
	return nil
}

// PublishDue publishes what is scheduled for now or earlier and answers how
// many. The state is asked again inside each transaction, under the edition's
// lock, so that each is published once, whoever else is asking. One that
// cannot be published does not hold up the others.
func (n *Newsroom) PublishDue(ctx context.Context) (int, error) {
	refs, err := loadDue(n.db.Read(ctx), n.db.Now())
	if err != nil {
		return 0, err
	}
	done := 0
	var errs []error
	for _, ref := range refs {
		published, err := n.publishDue(ctx, ref)
		if err != nil {
			errs = append(errs, err)
		}
		if published {
			done++
		}
	}
	return done, errors.Join(errs...)
}

func (n *Newsroom) publishDue(ctx context.Context, ref Ref) (bool, error) {
	published := false
	err := n.db.Write(ctx, func(tx *store.Tx) error {
		published = false
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		if State(row.State) != Scheduled || row.PublishAt > store.Micros(tx.Now) {
			return nil
		}
		head, err := loadRevision(tx.DB, ref, row.Head)
		if err != nil {
			return err
		}
		t, _ := transitionOf(Publish)
		a := &act{n: n, ctx: ctx, tx: tx, actor: account.Actor{ID: "system"}, row: row}
		published = true
		return a.perform(t, head, Ask{})
	})
	return published && err == nil, err
}

// RunSchedule publishes due editions until ctx ends. It looks at the moment
// the next one is due, and at least twice a minute for what another process
// has scheduled.
func (n *Newsroom) RunSchedule(ctx context.Context) {
	const longest = 30 * time.Second
	for ctx.Err() == nil {
		if _, err := n.PublishDue(ctx); err != nil && ctx.Err() == nil {
			slog.Error("publishing what is due failed; trying again", "error", err)
		}
		pause := longest
		if next, err := loadNextDue(n.db.Read(ctx)); err == nil && !next.IsZero() {
			pause = min(longest, max(time.Second, next.Sub(n.db.Now())))
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}
