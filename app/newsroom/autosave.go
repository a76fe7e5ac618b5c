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
	Beside  *Beside   // how it was typed, where that was beside the source; Content is made of it
	SavedAt time.Time // when it was kept: the stamp that tells one draft from the next
}

// maxUnsaved is the most bytes of an unsaved text: room for a body of twice
// the allowed length, so that the writer has something to shorten.
const maxUnsaved = 8 * MaxBody

// ElsewhereError says that the person has kept another text of the same
// edition meanwhile, in another window. It carries that text, so that the
// person can choose.
type ElsewhereError struct {
	Stored Unsaved
	fault  *fault.Error
}

func (e *ElsewhereError) Error() string { return e.fault.Error() }

// Unwrap gives the fault, of kind Conflict.
func (e *ElsewhereError) Unwrap() error { return e.fault }

// Autosave keeps what a person is typing, one text per person and edition. It
// is nobody else's business: no revision, no audit entry, and it is kept even
// when it could not be saved as a revision (no headline yet). Only size is
// limited.
//
// typed.SavedAt is the stamp of the draft that it continues, zero for none:
// when another one is stored, nothing is replaced and the error is an
// *ElsewhereError. The answer is the new stamp.
func (n *Newsroom) Autosave(ctx context.Context, actor account.Actor, ref Ref, typed Unsaved) (time.Time, error) {
	typed.Content = typed.Content.Tidy()
	if len(typed.Content.encode())+len(typed.Beside.encode()) > maxUnsaved {
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
		head, err := loadRevision(tx.DB, ref, row.Head)
		if err != nil {
			return err
		}
		if typed.Beside != nil {
			typed.Content = typed.Beside.Over(head.Content)
		}
		content := &typed.Content
		content.Sample, content.Replies = head.Content.Sample, head.Content.Replies // not typed with the text
		stored, _, err := unsavedOf(tx.DB, actor.ID, head)
		if err != nil {
			return err
		}
		if stored != nil && !stored.SavedAt.Equal(typed.SavedAt) && stored.Content.Hash() != content.Hash() {
			return &ElsewhereError{*stored, fault.New(fault.Conflict, "error.unsaved.elsewhere")}
		}
		at = tx.Now
		return putAutosave(tx, actor.ID, ref, typed)
	})
	return at, err
}

// Discard forgets what the person typed and did not save.
func (n *Newsroom) Discard(ctx context.Context, actor account.Actor, ref Ref) error {
	return n.db.Write(ctx, func(tx *store.Tx) error { return deleteAutosave(tx, actor.ID, ref) })
}
