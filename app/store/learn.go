package store

import (
	"context"
	"fmt"
	"time"
)

// SQLite chooses how to answer by what it learned of its tables, and learns only
// when told to. A few hundred rows of each index say enough.
const (
	learnedRows = 400
	// relearned is after how long readers know what was learned since they
	// opened their connection.
	relearned = time.Hour
	// whatIsNew asks for the statements that would learn of all tables that are
	// new or have grown tenfold, in place of running them in one transaction.
	whatIsNew = "PRAGMA optimize=0x10003"
)

// Learn has the database look at what it holds, as far as that changed much
// since the last time. It takes a moment for each table, in which nobody else
// writes; PostgreSQL learns by itself.
func (db *DB) Learn(ctx context.Context) error {
	if db.dialect != SQLite {
		return nil
	}
	var statements []string
	if err := db.write.WithContext(ctx).Raw(whatIsNew).Scan(&statements).Error; err != nil {
		return fmt.Errorf("ask what to learn: %w", err)
	}
	for _, statement := range statements {
		if err := db.write.WithContext(ctx).Exec(statement).Error; err != nil {
			return fmt.Errorf("learn what the database holds: %w", err)
		}
	}
	return nil
}
