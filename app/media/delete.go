package media

import (
	"context"
	"errors"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/store"
	"doingoai/app/wording"
)

// Grace is how long a deleted file can be had back.
const Grace = 30 * 24 * time.Hour

// Delete takes a file of one's agency out of the library. While a draft or a
// page that readers have uses it, that is refused.
func (r *Room) Delete(ctx context.Context, actor account.Actor, hash string) error {
	return r.change(ctx, actor, account.DeleteMedia, hash, func(tx *store.Tx, m Media) (audit.Entry, error) {
		if !m.DeletedAt.IsZero() {
			return audit.Entry{}, fault.New(fault.NotPossible, "error.media.deleted_already")
		}
		uses, err := loadUses(tx.DB, hash)
		if err == nil && len(uses) > 0 {
			err = fault.New(fault.NotPossible, "error.media.used")
		}
		if err != nil {
			return audit.Entry{}, err
		}
		return audit.Entry{Verb: "media.delete", Detail: map[string]string{"name": m.FileName}},
			setDeleted(tx, hash, tx.Now)
	})
}

// Restore puts a deleted file back into the library.
func (r *Room) Restore(ctx context.Context, actor account.Actor, hash string) error {
	return r.change(ctx, actor, account.DeleteMedia, hash, func(tx *store.Tx, m Media) (audit.Entry, error) {
		if m.DeletedAt.IsZero() {
			return audit.Entry{}, fault.New(fault.NotPossible, "error.media.there")
		}
		return audit.Entry{Verb: "media.restore", Detail: map[string]string{"name": m.FileName}},
			setDeleted(tx, hash, time.Time{})
	})
}

// setDeleted takes a file out of the library from a moment on, or with the zero
// one puts it back. What is to be done about its words goes with it.
func setDeleted(tx *store.Tx, hash string, at time.Time) error {
	if err := wording.Hide(tx, wording.Media, hash, !at.IsZero()); err != nil {
		return err
	}
	return update(tx, hash, map[string]any{"deleted_at": store.Micros(at)})
}

// Sweep forgets for ever the files that were deleted longer than Grace ago and
// that readers never had. What readers had is kept: it belongs to the sealed
// record of what they read. So are uploads forgotten that nobody goes on with.
func (r *Room) Sweep(ctx context.Context) error {
	for {
		done, err := r.sweepOne(ctx)
		if err != nil || done {
			return errors.Join(err, r.sweepUploads(ctx))
		}
	}
}

// sweepOne removes the bytes inside the transaction that removes the row: who
// adds the same file meanwhile waits for it, and then looks for them again.
func (r *Room) sweepOne(ctx context.Context) (done bool, err error) {
	err = r.db.Write(ctx, func(tx *store.Tx) error {
		m, found, err := nextToSweep(tx, tx.Now.Add(-Grace))
		if err != nil || !found {
			done = true
			return err
		}
		if err := forget(tx, m.Hash); err != nil {
			return err
		}
		for _, hash := range m.hashes() {
			if kept, err := keptByOthers(tx, hash); err != nil || kept {
				if err != nil {
					return err
				}
				continue
			}
			if err := r.files.Remove(ctx, hash); err != nil {
				return err
			}
		}
		return audit.Append(tx, audit.Entry{ActorID: account.SystemID, AgencyID: m.AgencyID, Verb: "media.forget", Subject: "media/" + m.Hash})
	})
	return done, err
}

// hashes are those of all files that are kept of a picture.
func (m Media) hashes() []string {
	hashes := []string{m.Hash}
	if m.Small != nil {
		hashes = append(hashes, m.Small.Hash)
	}
	for _, f := range m.Renditions {
		hashes = append(hashes, f.Hash)
	}
	return hashes
}
