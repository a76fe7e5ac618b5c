package notice

import (
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/store"
)

// A day's digest of a person is claimed once: not again on that day, and not
// for a day before it, when a clock was put back.
func TestADigestIsClaimedOnce(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		err := db.Write(t.Context(), func(tx *store.Tx) error {
			return tx.DB.Exec("INSERT INTO person (id, email, name, locale, password_hash, created_at) VALUES ('an', 'an@example.vn', 'An', 'vi', '', 1)").Error
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			day  string
			mine bool
		}{{"2026-07-01", true}, {"2026-07-01", false}, {"2026-06-30", false}, {"2026-07-02", true}, {"2026-07-02", false}} {
			err := db.Write(t.Context(), func(tx *store.Tx) error {
				mine, err := claimDigest(tx, "an", c.day)
				if mine != c.mine {
					t.Errorf("%s: claimed %t, want %t", c.day, mine, c.mine)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
