package newsroom

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"doingoai/app/audit"
	"doingoai/app/search"
)

const (
	// stretch is how many entries of the trail, or items, become one batch of the index.
	stretch = 300
	// glance is how often the trail is looked at without a wake.
	glance = 5 * time.Second
	// breath lets what happens one after the other become one batch. The first is
	// found at once.
	breath = 500 * time.Millisecond
)

// Follow keeps the index as the trail says, until ctx ends. What fails is
// tried again; the database is the truth.
func (f *Finder) Follow(ctx context.Context) {
	wake := audit.Listen(ctx, f.n.db)
	for ctx.Err() == nil {
		if err := f.CatchUp(ctx); err != nil && ctx.Err() == nil {
			slog.Error("the newsroom's search index fell behind; trying again", "error", err)
		}
		select {
		case <-time.After(breath):
		case <-ctx.Done():
		}
		select {
		case <-wake:
		case <-time.After(glance):
		case <-ctx.Done():
		}
	}
}

// CatchUp brings the index to the end of the trail as it is now. One that is
// new, and one that is ahead of a database that was put back to an earlier day,
// reads all editions.
func (f *Finder) CatchUp(ctx context.Context) error {
	cursor, err := f.index.Cursor()
	if err != nil {
		return err
	}
	last, err := audit.Last(ctx, f.n.db)
	if err != nil {
		return err
	}
	if cursor == 0 || cursor > last {
		if cursor, err = f.fill(ctx); err != nil {
			return fmt.Errorf("fill the index: %w", err)
		}
	}
	for ctx.Err() == nil {
		entries, err := audit.After(ctx, f.n.db, cursor, stretch)
		if err != nil || len(entries) == 0 {
			return err
		}
		if cursor, err = f.follow(ctx, entries); err != nil {
			return fmt.Errorf("follow the trail from %d: %w", entries[0].Seq, err)
		}
	}
	return ctx.Err()
}

// agencyMerged is an entry after which many editions and outlets are another
// agency's, without entries of their own.
const agencyMerged = "agency.merge"

// follow does what some entries of the trail ask for, and answers how far the
// index has come by that.
func (f *Finder) follow(ctx context.Context, entries []audit.Entry) (int64, error) {
	var refs []Ref
	for _, e := range entries {
		if e.Verb == agencyMerged {
			return f.fill(ctx)
		}
		if ref, ok := RefOf(e.Subject); ok {
			refs = append(refs, ref)
		}
	}
	last := entries[len(entries)-1].Seq
	return last, f.read(ctx, itemsOf(refs), last)
}

// fill puts every edition into the index, and answers how far the trail went
// before it began: what changed meanwhile comes again. Until the end the index
// says that it is new, so that one that was interrupted begins again.
func (f *Finder) fill(ctx context.Context) (int64, error) {
	last, err := audit.Last(ctx, f.n.db)
	if err != nil {
		return 0, err
	}
	for after := ""; ; {
		items, err := loadItemsAfter(f.n.db.Read(ctx), after, stretch)
		if err != nil {
			return 0, err
		}
		if len(items) < stretch {
			return last, f.read(ctx, items, last)
		}
		if err := f.read(ctx, items, 0); err != nil {
			return 0, err
		}
		after = items[len(items)-1]
	}
}

// read puts the editions of some items into the index, which has come as far
// as cursor by that.
func (f *Finder) read(ctx context.Context, items []string, cursor int64) error {
	texts, err := loadTexts(f.n.db.Read(ctx), items)
	if err != nil {
		return err
	}
	changes := make([]search.Change, len(texts))
	for i, t := range texts {
		changes[i].Document = f.document(t)
	}
	return f.index.Apply(changes, cursor)
}

// itemsOf are the items of some editions, each once.
func itemsOf(refs []Ref) []string {
	items := make([]string, len(refs))
	for i, r := range refs {
		items[i] = r.Item
	}
	slices.Sort(items)
	return slices.Compact(items)
}
