package store_test

import (
	"errors"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/store"
)

func TestWhatIsWrittenAlongStandsAndFallsWithTheRest(t *testing.T) {
	refused := errors.New("refused")
	for name, c := range map[string]struct{ rest, along error }{
		"both": {nil, nil}, "the rest fails": {refused, nil}, "what goes along fails": {nil, refused},
	} {
		t.Run(name, func(t *testing.T) {
			apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
				under := store.Along(ctx, func(tx *store.Tx) error {
					if _, err := tx.Next("audit"); err != nil {
						return err
					}
					return c.along
				})
				err := db.Write(under, func(tx *store.Tx) error {
					if _, err := tx.Next("release"); err != nil {
						return err
					}
					return c.rest
				})
				wanted := 1
				if c.rest != nil || c.along != nil {
					wanted = 0
				}
				if (err == nil) != (wanted == 1) {
					t.Errorf("Write() = %v", err)
				}
				var sum int
				if err := db.Read(ctx).Raw("SELECT SUM(value) FROM counter WHERE name IN ('audit', 'release')").Scan(&sum).Error; err != nil {
					t.Fatal(err)
				}
				if sum != 2*wanted {
					t.Errorf("%d of the two were kept", sum)
				}
			})
		})
	}
}
