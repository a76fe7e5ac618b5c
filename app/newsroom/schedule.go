package newsroom

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// scheduleChannel wakes those who wait for what is due.
const scheduleChannel = "schedule"

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
	return a.tx.Ring(scheduleChannel)
}

// PublishDue publishes what is scheduled for now or earlier and answers how
// many. The state is asked again inside each transaction, under the edition's
// lock, so that each is published once, whoever else is asking. One that
// cannot be published does not hold up the others.
func (n *Newsroom) PublishDue(ctx context.Context) (int, error) {
	return n.publishUntil(ctx, n.db.Now())
}

func (n *Newsroom) publishUntil(ctx context.Context, now time.Time) (int, error) {
	refs, err := loadDue(n.db.Read(ctx), now)
	if err != nil {
		return 0, err
	}
	done := 0
	var errs []error
	for _, ref := range refs {
		published, err := n.publishDue(ctx, ref)
		if err != nil {
			errs = append(errs, fmt.Errorf("publish %s: %w", ref.subject(), err))
		}
		if published {
			done++
		}
	}
	return done, errors.Join(errs...)
}

func (n *Newsroom) publishDue(ctx context.Context, ref Ref) (published bool, err error) {
	edition, err := loadEdition(n.db.Read(ctx), ref)
	if err != nil {
		return false, err
	}
	rev, err := loadRevision(n.db.Read(ctx), ref, edition.Head)
	if err != nil {
		return false, err
	}
	ready, err := n.proofOf(ctx, rev)
	if err != nil {
		return false, err
	}
	if err := n.notWithdrawnSince(ctx, edition); err != nil {
		return false, err
	}
	err = n.db.Write(ctx, func(tx *store.Tx) error {
		published = false
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		if State(row.State) != Scheduled || row.Head != rev.Number || row.PublishAt > store.Micros(tx.Now) {
			return nil // somebody was faster, or changed their mind
		}
		t, _ := transitionOf(Publish)
		a := &act{n: n, ctx: ctx, tx: tx, actor: account.System(), row: row}
		published = true
		return a.perform(t, rev, ready, Ask{})
	})
	return published && err == nil, err
}

// notWithdrawnSince refuses what was withdrawn after it had been approved. A
// withdrawal voids the approval, so there is no such edition unless somebody
// changed the database by hand; but a page that puts itself back where it was
// taken down is nothing to be wrong about. (A withdrawal that comes after this
// was asked changes the state, which is asked under the lock.)
func (n *Newsroom) notWithdrawnSince(ctx context.Context, row editionRow) error {
	if Live(row.Live) != WasLive {
		return nil
	}
	newest, err := n.log.AsOf(ctx, (&act{row: row}).key(), n.db.Now())
	if err != nil {
		return err
	}
	if newest.At.After(store.Time(row.ApprovedAt)) {
		return fault.New(fault.NotPossible, "error.publish.withdrawn")
	}
	return nil
}

// RunSchedule publishes due editions until ctx ends. It looks at the moment
// the next one is due, when somebody schedules another, and twice a minute in
// case a wake was lost. What could not be published is tried again then.
func (n *Newsroom) RunSchedule(ctx context.Context) {
	const longest = 30 * time.Second
	wake := n.db.Listen(ctx, scheduleChannel)
	for ctx.Err() == nil {
		now := n.db.Now()
		if _, err := n.publishUntil(ctx, now); err != nil && ctx.Err() == nil {
			slog.Error("publishing what is due failed; trying again", "error", err)
		}
		pause := longest
		next, err := loadNextDue(n.db.Read(ctx), now)
		if err != nil && ctx.Err() == nil {
			slog.Error("asking what is due next failed; trying again", "error", err)
		}
		if !next.IsZero() {
			pause = min(longest, max(0, next.Sub(n.db.Now())))
		}
		select {
		case <-time.After(pause):
		case <-wake:
		case <-ctx.Done():
		}
	}
}
