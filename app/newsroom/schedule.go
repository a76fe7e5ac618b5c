package newsroom

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/outbox"
	"doingoai/app/store"
)

// scheduleChannel wakes those who wait for what is due.
const scheduleChannel = "schedule"

// onTime is how late the schedule may be without saying so: what is later was
// missed while the program was down, and is recorded as late.
const onTime = time.Minute

// farthest is how many years ahead something can be scheduled: what is farther
// away is a slip of the hand.
const farthest = 2

// schedule notes when the approved revision is to be published.
func (a *act) schedule(head Revision, at time.Time, columns map[string]any) error {
	if err := a.isApproved(head); err != nil {
		return err
	}
	embargo, err := a.embargo()
	if err != nil {
		return err
	}
	expires := store.Time(a.row.ExpiresAt)
	var form fault.Form
	switch {
	case !at.After(a.tx.Now):
		form.Refuse("publish_at", "error.schedule.past")
	case at.After(a.tx.Now.AddDate(farthest, 0, 0)):
		form.Refuse("publish_at", "error.schedule.far", "Years", farthest)
	case at.Before(embargo):
		form.Refuse("publish_at", "error.schedule.embargo", "Time", embargo)
	case !expires.IsZero() && !at.Before(expires):
		form.Refuse("publish_at", "error.schedule.expiry", "Time", expires)
	case store.Micros(at) == a.row.PublishAt:
		form.Refuse("publish_at", "error.schedule.same")
	}
	if err := form.Err(); err != nil {
		return err
	}
	if err := a.isSettled(); err != nil {
		return err
	}
	columns["publish_at"], columns["scheduled_by"] = store.Micros(at), a.actor.ID
	unhindered(columns)
	return a.tx.Ring(scheduleChannel)
}

// setEmbargo forbids publication before a moment. Whoever writes may set or
// lengthen an embargo; to shorten or lift one is for those who schedule. Of a
// translation, one that ends before the source's would say nothing.
func (a *act) setEmbargo(until time.Time, columns map[string]any, detail map[string]string) error {
	now := store.Time(a.row.EmbargoUntil)
	if until.Before(now) && now.After(a.tx.Now) {
		if _, ok := a.actor.MayIn(account.Schedule, a.row.AgencyID, a.row.Lang); !ok {
			return fault.New(fault.Forbidden, "error.embargo.shorten")
		}
	}
	source, err := loadSourceEmbargo(a.tx.DB, a.row.ref())
	if err != nil {
		return err
	}
	publish := store.Time(a.row.PublishAt)
	var form fault.Form
	switch {
	case store.Time(source).After(a.tx.Now) && until.Before(store.Time(source)) && (!until.IsZero() || now.IsZero()):
		form.Refuse("at", "error.embargo.source", "Time", store.Time(source))
	case until.IsZero() && now.IsZero():
		form.Refuse("at", "error.moment.none")
	case !until.IsZero() && !until.After(a.tx.Now):
		form.Refuse("at", "error.moment.past")
	case !publish.IsZero() && publish.Before(until):
		form.Refuse("at", "error.embargo.scheduled", "Time", publish)
	}
	if err := form.Err(); err != nil {
		return err
	}
	columns["embargo_until"] = store.Micros(until)
	noteMoment(detail, "until", until)
	return nil
}

// setExpiry says when readers lose the page again; the zero time: never.
func (a *act) setExpiry(at time.Time, columns map[string]any, detail map[string]string) error {
	var form fault.Form
	switch {
	case at.IsZero() && a.row.ExpiresAt == 0:
		form.Refuse("at", "error.moment.none")
	case !at.IsZero() && !at.After(a.tx.Now):
		form.Refuse("at", "error.moment.past")
	case !at.IsZero() && !at.After(store.Time(a.row.PublishAt)):
		form.Refuse("at", "error.expiry.scheduled", "Time", store.Time(a.row.PublishAt))
	}
	if err := form.Err(); err != nil {
		return err
	}
	columns["expires_at"] = store.Micros(at)
	noteMoment(detail, "until", at)
	return a.tx.Ring(scheduleChannel)
}

func noteMoment(detail map[string]string, name string, at time.Time) {
	if !at.IsZero() {
		detail[name] = at.UTC().Format(time.RFC3339)
	}
}

// DoDue does what is due at this moment or was before, and answers how many
// editions were published: it publishes, takes away what has expired, and
// tells of urgent publications that nobody has approved in time. The state is
// asked again inside each transaction, under the edition's lock, so that each
// is done once, whoever else is asking and however the clock jumps. One that
// cannot be done does not hold up the others.
func (n *Newsroom) DoDue(ctx context.Context) (published int, err error) {
	return n.doDue(ctx, n.db.Now())
}

func (n *Newsroom) doDue(ctx context.Context, now time.Time) (published int, err error) {
	var errs []error
	for _, kind := range []struct {
		load func() ([]Ref, error)
		do   func(context.Context, Ref) (bool, error)
		name string
	}{
		{func() ([]Ref, error) { return loadDue(n.db.Read(ctx), now) }, n.publishDue, "publish"},
		{func() ([]Ref, error) { return loadExpired(n.db.Read(ctx), now) }, n.expireDue, "expire"},
		{func() ([]Ref, error) { return loadPlacementsDue(n.db.Read(ctx), now) }, n.placeDue, "place"},
		{func() ([]Ref, error) { return loadOverdue(n.db.Read(ctx), now) }, n.tellOverdue, "tell of"},
	} {
		refs, err := kind.load()
		if err != nil {
			return published, err
		}
		for _, ref := range refs {
			done, err := kind.do(ctx, ref)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s %s: %w", kind.name, ref.subject(), err))
			}
			if done && kind.name == "publish" {
				published++
			}
		}
	}
	done, err := n.doSets(ctx, now)
	return published + done, errors.Join(append(errs, err)...)
}

// publishDue publishes what is due, or notes what keeps it from readers.
func (n *Newsroom) publishDue(ctx context.Context, ref Ref) (published bool, err error) {
	edition, err := loadEdition(n.db.Read(ctx), ref)
	if err != nil {
		return false, err
	}
	gone, err := n.isGone(ctx, edition.ScheduledBy)
	if err != nil {
		return false, err
	}
	if gone {
		return false, n.unscheduleOf(ctx, ref, edition.ScheduledBy)
	}
	if err := n.reopenOfGone(ctx, ref); err != nil {
		return false, err
	}
	rev, err := loadRevision(n.db.Read(ctx), ref, edition.Head)
	if err != nil {
		return false, err
	}
	if err = n.notWithdrawnSince(ctx, edition); err == nil {
		published, err = n.publishScheduled(ctx, rev)
	}
	if why := hindranceOf(err); why != NotHindered {
		return false, n.hinder(ctx, rev, why)
	}
	if fault.KindOf(err) == fault.Conflict { // somebody saved meanwhile: it is not due any more
		return false, nil
	}
	return published, err
}

func (n *Newsroom) publishScheduled(ctx context.Context, rev Revision) (published bool, err error) {
	ready, err := n.proofOf(ctx, rev)
	if err != nil {
		return false, err
	}
	err = n.db.Write(ctx, func(tx *store.Tx) error {
		published = false
		if err := lockItem(tx, rev.Ref); err != nil { // as publishing does (storyWide)
			return err
		}
		row, err := lockEdition(tx, rev.Ref)
		if err != nil || !row.dueNow(rev, tx) {
			return err
		}
		t, _ := transitionOf(Publish)
		a := &act{n: n, ctx: ctx, tx: tx, actor: account.System(), row: row}
		published = true
		return a.perform(t, rev, ready, Ask{late: lateness(tx.Now, row.PublishAt)})
	})
	return published && err == nil, err
}

// lateness is by how much a moment was missed, 0 when it was not.
func lateness(now time.Time, due int64) time.Duration {
	if late := now.Sub(store.Time(due)); late >= onTime {
		return late
	}
	return 0
}

// expireDue takes from readers what was to be public until now.
func (n *Newsroom) expireDue(ctx context.Context, ref Ref) (done bool, err error) {
	err = n.db.Write(ctx, func(tx *store.Tx) error {
		done = false
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		if Live(row.Live) != IsLive || row.ExpiresAt == 0 || row.ExpiresAt > store.Micros(tx.Now) {
			return nil
		}
		head, err := loadRevision(tx.DB, ref, row.Head)
		if err != nil {
			return err
		}
		a := &act{n: n, ctx: ctx, tx: tx, actor: account.System(), row: row}
		done = true
		return a.perform(transition{verb: Expire, to: Withdrawn}, head, proof{}, Ask{late: lateness(tx.Now, row.ExpiresAt)})
	})
	return done && err == nil, err
}

// Overdue is the topic of the event that nobody has approved an urgent
// publication in time.
const Overdue = "edition.overdue"

// tellOverdue says once that an urgent publication is overdue.
func (n *Newsroom) tellOverdue(ctx context.Context, ref Ref) (done bool, err error) {
	err = n.db.Write(ctx, func(tx *store.Tx) error {
		done = false
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		if row.UrgentBy == "" || row.UrgentTold || row.UrgentDue > store.Micros(tx.Now) {
			return nil
		}
		if err := updateEdition(tx, ref, map[string]any{"urgent_told": true}); err != nil {
			return err
		}
		done = true
		return outbox.Append(tx, outbox.Event{
			Topic: Overdue, Subject: ref.subject(), Actor: account.SystemID, Data: map[string]string{"verb": string(Confirm), "agency": row.AgencyID},
		})
	})
	return done && err == nil, err
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

// RunSchedule does what is due until ctx ends. It looks at the moment the next
// edition is due, when somebody schedules another, and twice a minute in case
// a wake was lost. What could not be done is tried again then.
func (n *Newsroom) RunSchedule(ctx context.Context) {
	const longest = 30 * time.Second
	wake := n.db.Listen(ctx, scheduleChannel)
	for ctx.Err() == nil {
		now := n.db.Now()
		if _, err := n.doDue(ctx, now); err != nil && ctx.Err() == nil {
			slog.Error("doing what is due failed; trying again", "error", err)
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
