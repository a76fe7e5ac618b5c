package notice

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/store"
)

const (
	// PageSize is how many notices one page of a list holds.
	PageSize = 30
	// MostCounted is where Unread stops counting, so that a menu costs the same
	// for somebody who never reads any.
	MostCounted = 100
)

// Filter narrows a list of notices; empty fields do not narrow.
type Filter struct {
	Sort   Sort
	Unread bool
	Before int64 // the Event of the last one that was read: only older ones are listed
}

// List answers a person's notices, the newest first, and whether there are more.
func (r *Room) List(ctx context.Context, actor account.Actor, f Filter) (notices []Notice, more bool, err error) {
	if err := signedOut(actor); err != nil {
		return nil, false, err
	}
	notices, err = load(r.db.Read(ctx), actor.ID, f, PageSize+1)
	if err != nil {
		return nil, false, err
	}
	if more = len(notices) > PageSize; more {
		notices = notices[:PageSize]
	}
	return notices, more, r.hide(ctx, actor.ID, notices)
}

// hide takes the words from those notices whose subjects a person may not see.
func (r *Room) hide(ctx context.Context, person string, notices []Notice) error {
	if len(notices) == 0 {
		return nil
	}
	subjects := make([]string, len(notices))
	for i, n := range notices {
		subjects[i] = n.Subject
	}
	seen, err := r.sight(ctx, person, subjects)
	if err != nil {
		return err
	}
	for i, n := range notices {
		if !seen[n.Subject] {
			notices[i] = Notice{ID: n.ID, Person: n.Person, Event: n.Event, At: n.At, Sort: n.Sort, ReadAt: n.ReadAt, Hidden: true}
		}
	}
	return nil
}

// Unread counts a person's notices that they have not read, up to MostCounted.
func (r *Room) Unread(ctx context.Context, actor account.Actor) (int, error) {
	if err := signedOut(actor); err != nil {
		return 0, err
	}
	return countUnread(r.db.Read(ctx), actor.ID)
}

// Follow notes that a person has read a notice, and answers where what it is
// about is to be found; "" when they may not see that any more.
func (r *Room) Follow(ctx context.Context, actor account.Actor, id string) (href string, err error) {
	if err := signedOut(actor); err != nil {
		return "", err
	}
	n, err := loadOne(r.db.Read(ctx), actor.ID, id)
	if err != nil {
		return "", err
	}
	notices := []Notice{n}
	if err := r.hide(ctx, actor.ID, notices); err != nil || !n.ReadAt.IsZero() {
		return notices[0].Href, err
	}
	return notices[0].Href, r.db.Write(ctx, func(tx *store.Tx) error { return markRead(tx, id) })
}

// Saw notes that a person has been where some notices lead to.
func (r *Room) Saw(ctx context.Context, actor account.Actor, subject string) error {
	if err := signedOut(actor); err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error { return markSeen(tx, actor.ID, subject) })
}

// ReadAll notes that a person has read everything up to an event: the newest
// of which they were shown a notice, so that what came in the meantime stays
// unread.
func (r *Room) ReadAll(ctx context.Context, actor account.Actor, through int64) error {
	if err := signedOut(actor); err != nil {
		return err
	}
	return r.db.Write(ctx, func(tx *store.Tx) error { return markAllRead(tx, actor.ID, through) })
}
