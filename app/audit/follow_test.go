package audit_test

import (
	"context"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/store"
)

func TestWhoeverFollowsTheTrailIsWokenAndMissesNothing(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		ctx, stop := context.WithCancel(ctx)
		defer stop()
		write(t, db, "one", "two")
		wake := audit.Listen(ctx, db)
		write(t, db, "three")
		<-wake // the test binary's own time limit is the failure
		entries, err := audit.After(ctx, db, 1, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) != 2 || entries[0].Verb != "two" || entries[1].Verb != "three" {
			t.Errorf("after the first: %+v", entries)
		}
		if last, err := audit.Last(ctx, db); err != nil || last != 3 {
			t.Errorf("Last() = %d, %v", last, err)
		}
	})
}
