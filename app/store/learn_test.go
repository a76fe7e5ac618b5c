package store_test

import (
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/store"
)

// A database learns of a table that grew, and not again of one that did not.
func TestTheDatabaseLearnsWhatItHolds(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		if db.Dialect() == store.Postgres {
			if err := db.Learn(ctx); err != nil {
				t.Fatal(err)
			}
			return // learns by itself, when it likes
		}
		learned := func() (stat string) {
			if err := db.Learn(ctx); err != nil {
				t.Fatal(err)
			}
			err := db.Read(ctx).Raw("SELECT COALESCE(MAX(stat), '') FROM sqlite_stat1 WHERE tbl = 'counter'").Scan(&stat).Error
			if err != nil {
				t.Fatal(err)
			}
			return stat
		}
		grow := func(from, to int) {
			err := db.Write(ctx, func(tx *store.Tx) error {
				return tx.DB.Exec(`WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?)
					INSERT INTO counter (name, value) SELECT 'c' || i, i FROM n`, from, to).Error
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		grow(1, 100)
		few := learned()
		if few == "" {
			t.Fatal("nothing was learned")
		}
		grow(101, 110)
		if same := learned(); same != few {
			t.Errorf("%q was learned again: %q", few, same)
		}
		grow(111, 5000)
		if many := learned(); many == few {
			t.Errorf("still %q", many)
		}
	})
}
