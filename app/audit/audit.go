// Package audit is the trail: one entry for every change of state, of
// permission and for every release, in a hash chain.
//
// Each entry's hash covers its fields and the hash of the entry before it, so
// that changing, removing or inserting an entry breaks every later one;
// Verify finds the first broken place. Entries are never updated or deleted.
// An entry is written in the transaction of the change it records: there is
// no change without its entry and no entry without its change.
//
// The trail is read by sequence number, newest first (Find). That the chain is
// whole is proven from time to time (Prove), and that it was is an entry of the
// trail itself: whoever wanted to rewrite it would have to rewrite the proofs.
package audit

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"doingoai/app/store"
)

// Entry says who did what, as whom, to what and why.
type Entry struct {
	Seq      int64
	At       time.Time
	ActorID  string // person id; "system" for what the program does by itself
	AgencyID string // the agency the actor acted for
	Role     string // the role that permitted it
	Address  string // network address, when the act came over the network
	Verb     string // "edition.approve"
	Subject  string // "edition/ID/LANG", "person/ID"
	From, To string // states, for transitions
	Revision string // content hash of the revision concerned
	Reason   string
	Detail   map[string]string
	Previous string
	Hash     string
}

// Append writes an entry at the end of the chain. Seq, At, Previous and Hash
// are filled in here.
func Append(tx *store.Tx, e Entry) error { return AppendAll(tx, []Entry{e}) }

// AppendAll writes what was done together, such as taking in a list.
func AppendAll(tx *store.Tx, entries []Entry) error {
	entries = slices.Clone(entries)
	for i := range entries {
		entries[i].At = tx.Now
	}
	if err := AppendPast(tx, entries); err != nil {
		return err
	}
	return tx.Ring(Channel)
}

// AppendPast writes entries with the moments they carry, and wakes nobody: for
// a program that makes up a past (cmd/benchmark). What happens goes through
// Append.
func AppendPast(tx *store.Tx, entries []Entry) error {
	last, err := tx.Reserve("audit", len(entries))
	if err != nil {
		return err
	}
	seq := last - int64(len(entries))
	previous, err := hashOf(tx, seq)
	if err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	rows := make([]auditRow, len(entries))
	for i, e := range entries {
		seq++
		e.Seq, e.Previous = seq, previous
		if rows[i], err = e.row(); err != nil {
			return fmt.Errorf("audit: %w", err)
		}
		previous = rows[i].sum()
		rows[i].Hash = previous
	}
	if err := insert(tx, rows); err != nil {
		return fmt.Errorf("audit: %w", err)
	}
	return nil
}

// sum is the hash of everything in a row but the hash itself. Fields are
// encoded as a JSON list, so that no two different entries read alike.
func (r auditRow) sum() string {
	text, err := json.Marshal([]any{
		r.Seq, r.At, r.ActorID, r.AgencyID, r.Role, r.Address, r.Verb, r.Subject,
		r.From, r.To, r.Revision, r.Reason, r.Detail, r.Previous,
	})
	if err != nil {
		panic(err) // a list of strings and numbers always has a JSON form
	}
	h := sha256.Sum256(text)
	return hex.EncodeToString(h[:])
}

// Broken says where the chain does not hold: entries up to Whole do.
type Broken struct {
	Whole int64
	What  string
}

func (b *Broken) Error() string { return "audit: " + b.What }

func broken(whole int64, format string, args ...any) *Broken {
	return &Broken{whole, fmt.Sprintf(format, args...)}
}

// Verify reads the whole chain and answers the number of entries, or a Broken
// error that names the first entry at which it does not hold.
func Verify(ctx context.Context, db *store.DB) (int64, error) {
	const batch = 1000
	last, err := lastNumber(db.Read(ctx)) // first: entries may be added while we read
	if err != nil {
		return 0, fmt.Errorf("audit: %w", err)
	}
	var count int64
	previous := ""
	for {
		rows, err := loadAfter(db.Read(ctx), count, batch)
		if err != nil {
			return count, fmt.Errorf("audit: %w", err)
		}
		for _, r := range rows {
			switch {
			case r.Seq != count+1:
				return count, broken(count, "entry %d is missing (the next one is %d)", count+1, r.Seq)
			case r.Previous != previous:
				return count, broken(count, "entry %d does not continue entry %d", r.Seq, count)
			case r.Hash != r.sum():
				return count, broken(count, "entry %d was changed after it had been written", r.Seq)
			}
			previous = r.Hash
			count++
		}
		if len(rows) < batch {
			break
		}
	}
	if count < last { // cut off at the end: the counter remembers
		return count, broken(count, "%d entries were written but %d are there", last, count)
	}
	return count, nil
}

// Of lists the entries about one subject, newest first.
func Of(ctx context.Context, db *store.DB, subject string, limit int) ([]Entry, error) {
	return list(db.Read(ctx), subject, limit)
}
