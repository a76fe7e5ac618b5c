package newsroom

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Unsaved is what a person typed and has not saved yet.
type Unsaved struct {
	Base    int // the revision it was typed over
	Content Content
	SavedAt time.Time
}

// maxUnsaved is the most bytes of an unsaved text: room for a body of twice
// the allowed length, so that the writer has something to shorten.
const maxUnsaved = 8 * MaxBody

// Autosave keeps what a person is typing, one text per person and edition. It
// is nobody else's business: no revision, no audit entry, and it is kept even
// when it could not be saved as a revision (no headline yet). Only size is
// limited.
func (n *Newsroom) Autosave(ctx context.Context, actor account.Actor, ref Ref, base int, content Content) (time.Time, error) {
	content = content.Tidy()
	if len(content.encode()) > maxUnsaved {
		return time.Time{}, fault.New(fault.TooLarge, "error.too_long", "Max", MaxBody)
	}
	var at time.Time
	err := n.db.Write(ctx, func(tx *store.Tx) error {
		row, err := lockEdition(tx, ref)
		if err != nil {
			return err
		}
		if _, err := n.maySave(ctx, tx, actor, row); err != nil {
			return err
		}
		at = tx.Now
		return putAutosave(tx, actor.ID, ref, base, content)
	})
	return at, err
}

// Discard forgets what the person typed and did not save.
func (n *Newsroom) Discard(ctx context.Context, actor account.Actor, ref Ref) error {
	return n.db.Write(ctx, func(tx *store.Tx) error { return deleteAutosave(tx, actor.ID, ref) })
}
