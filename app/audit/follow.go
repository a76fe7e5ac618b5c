package audit

import (
	"context"

	"doingoai/app/store"
)

// Channel is the store's by which those who follow the trail are woken.
const Channel = "audit"

// After lists the entries that came after a sequence number, oldest first.
// Numbers become visible in order, so whoever remembers the last one that they
// read misses none.
func After(ctx context.Context, db *store.DB, seq int64, limit int) ([]Entry, error) {
	rows, err := loadAfter(db.Read(ctx), seq, limit)
	if err != nil {
		return nil, err
	}
	return entries(rows)
}

// Last is the number of the newest entry, 0 when there is none.
func Last(ctx context.Context, db *store.DB) (int64, error) { return lastNumber(db.Read(ctx)) }

// Listen wakes whoever follows the trail when entries were added, until ctx
// ends. A wake is only a hint: After tells the truth.
func Listen(ctx context.Context, db *store.DB) <-chan struct{} { return db.Listen(ctx, Channel) }
