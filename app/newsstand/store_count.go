package newsstand

import (
	"context"
	"errors"
	"sync/atomic"

	"doingoai/app/store"

	"gorm.io/gorm"
)

// countReads counts whatever is read of the documents from now on.
func countReads(db *store.DB, reads *atomic.Uint64) error {
	count := func(*gorm.DB) { reads.Add(1) }
	calls := db.Read(context.Background()).Callback()
	const name = "newsstand:count"
	return errors.Join(calls.Query().Before("gorm:query").Register(name, count), calls.Row().Before("gorm:row").Register(name, count))
}
