package agency_test

import (
	"testing"
	"time"

	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/app/wording"
)

func TestAnAgencysNameIsBehindUntilItIsGivenOrTheAgencyEnds(t *testing.T) {
	world(t, func(t *testing.T, r *agency.Room, _ *release.Log, db *store.DB, clock *apptest.ManualClock) {
		id := ensure(t, r, "planning", names{"vi": "Sở Kế hoạch", "en": "Planning Department", "km": "ផែនការ"})
		other := ensure(t, r, "finance", names{"vi": "Sở Tài chính"})
		late := func() []wording.Standing {
			t.Helper()
			list, err := wording.New(db).Of(ctx, wording.Agency, id)
			if err != nil {
				t.Fatal(err)
			}
			return list
		}
		rename := func(n names) {
			t.Helper()
			clock.Advance(time.Hour)
			if err := r.Rename(ctx, admin, id, agency.Renaming{Names: n}); err != nil {
				t.Fatal(err)
			}
		}
		rename(names{"vi": "Sở Kế hoạch và Đầu tư", "en": "Department of Planning and Investment"})
		if got := late(); len(got) != 1 || got[0].Lang != "km" {
			t.Fatalf("%+v", got)
		}
		if err := r.StillRight(ctx, reporter, id, "name", "km", late()[0].Seen()); fault.KindOf(err) != fault.Forbidden {
			t.Error(err)
		}
		if err := r.StillRight(ctx, admin, id, "name", "km", late()[0].Seen()); err != nil || len(late()) != 0 {
			t.Errorf("%+v %v", late(), err)
		}
		rename(names{"vi": "Sở Đầu tư"})
		if got := late(); len(got) != 2 {
			t.Errorf("%+v", got)
		}
		if err := r.Merge(ctx, admin, agency.Merger{Into: other, From: []string{id}, Basis: release.Basis{Document: "NQ 1"}}); err != nil || len(late()) != 0 {
			t.Errorf("one that has ended: %+v %v", late(), err)
		}
	})
}
