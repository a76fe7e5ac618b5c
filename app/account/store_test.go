package account

import (
	"testing"

	"doingoai/app/store"

	"gorm.io/gorm"
)

// addAgency writes what the agency room would.
func addAgency(t *testing.T, db *store.DB, id string) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		return tx.DB.Exec("INSERT INTO agency (id, code, created_at) VALUES (?, ?, 1)", id, id).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

// text reads one column of one row.
func text(t *testing.T, db *store.DB, query string, args ...any) string {
	t.Helper()
	var values []string
	if err := db.Read(t.Context()).Raw(query, args...).Scan(&values).Error; err != nil {
		t.Fatal(err)
	}
	if len(values) != 1 {
		t.Fatalf("%s: %d rows", query, len(values))
	}
	return values[0]
}

func count(t *testing.T, db *store.DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.Read(t.Context()).Raw(query, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// queries counts the statements that f sends to the database for reading.
func queries(t *testing.T, db *store.DB, f func()) int {
	t.Helper()
	n := 0
	calls := db.Read(t.Context()).Callback()
	note := func(*gorm.DB) { n++ }
	if err := calls.Query().Before("gorm:query").Register("test:count", note); err != nil {
		t.Fatal(err)
	}
	if err := calls.Row().Before("gorm:row").Register("test:count", note); err != nil {
		t.Fatal(err)
	}
	f()
	if err := calls.Query().Remove("test:count"); err != nil {
		t.Fatal(err)
	}
	if err := calls.Row().Remove("test:count"); err != nil {
		t.Fatal(err)
	}
	return n
}

// whenCounted calls f as soon as an attempt has been counted; stop waits for it.
func whenCounted(t *testing.T, w *world, f func()) (stop func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer f()
		for t.Context().Err() == nil {
			var n int
			err := w.db.Read(t.Context()).Raw("SELECT count(*) FROM throttle WHERE failures > 0").Scan(&n).Error
			if err != nil || n > 0 {
				return
			}
		}
	}()
	return func() { <-done }
}
