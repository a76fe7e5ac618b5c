package agency_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/release"
	"doingoai/app/store"
)

var (
	ctx      = context.Background()
	start    = time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)
	admin    = account.Actor{ID: "p1", Posts: []account.Post{{Agency: "", Role: account.SystemAdministrator}}}
	reporter = account.Actor{ID: "p2", Posts: []account.Post{{Agency: "a", Role: account.Reporter}}}
)

type names = map[string]string

// world runs a test in a room of its own on either database.
func world(t *testing.T, f func(t *testing.T, r *agency.Room, log *release.Log, db *store.DB, clock *apptest.ManualClock)) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		log := release.NewLog(db)
		f(t, agency.New(db, log), log, db, clock)
	})
}

func ensure(t *testing.T, r *agency.Room, code string, n names) string {
	t.Helper()
	id, err := r.Ensure(ctx, account.System(), code, n)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func released(t *testing.T, log *release.Log, id string) (release.Agency, int64) {
	t.Helper()
	entries, err := log.After(ctx, 0, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Key == (release.Key{Kind: release.AgencyKind, ID: id}) {
			var a release.Agency
			if err := e.Decode(&a); err != nil {
				t.Fatal(err)
			}
			return a, e.Seq
		}
	}
	return release.Agency{}, 0
}

func refused(t *testing.T, err error, field, key string) {
	t.Helper()
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid || f.Fields[field].Key != key {
		t.Errorf("got %v, want %s at %s", err, key, field)
	}
}

func TestSettingUpTwiceMakesOneAgencyAndKeepsItsNewName(t *testing.T) {
	world(t, func(t *testing.T, r *agency.Room, log *release.Log, db *store.DB, _ *apptest.ManualClock) {
		id := ensure(t, r, "bptv", names{"vi": " Báo  Bình Phước ", "en": "Binh Phuoc Newspaper", "km": ""})
		if err := r.Rename(ctx, admin, id, agency.Renaming{Names: names{"vi": "Báo và Đài"}}); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				if again, err := r.Ensure(ctx, account.System(), "bptv", names{"vi": "Khác"}); err != nil || again != id {
					t.Errorf("again: %s %v", again, err)
				}
			})
		}
		wg.Wait()
		all, err := r.All(ctx)
		if err != nil || len(all) != 1 || all[0].Names["vi"] != "Báo và Đài" || all[0].Names["en"] != "Binh Phuoc Newspaper" || len(all[0].Names) != 2 {
			t.Errorf("%+v %v", all, err)
		}
		if doc, seq := released(t, log, id); doc.Names["vi"] != "Báo và Đài" || doc.Code != "bptv" || seq != 2 {
			t.Errorf("released %d: %+v", seq, doc)
		}
		trail, err := audit.Of(ctx, db, "agency/"+id, 10)
		if err != nil || len(trail) != 2 || trail[0].Verb != "agency.rename" || trail[0].Role != "admin" || trail[1].ActorID != account.SystemID {
			t.Errorf("trail %+v %v", trail, err)
		}
	})
}

func TestFirstSetUpAtOnceMakesOneAgency(t *testing.T) {
	world(t, func(t *testing.T, r *agency.Room, _ *release.Log, _ *store.DB, _ *apptest.ManualClock) {
		ids := make([]string, 5)
		var wg sync.WaitGroup
		for i := range ids {
			wg.Go(func() { ids[i], _ = r.Ensure(ctx, account.System(), "x", names{"vi": "X"}) })
		}
		wg.Wait()
		for _, id := range ids {
			if id == "" || id != ids[0] {
				t.Fatalf("%v", ids)
			}
		}
	})
}

func TestFormerNamesKeepTheirDays(t *testing.T) {
	world(t, func(t *testing.T, r *agency.Room, _ *release.Log, _ *store.DB, clock *apptest.ManualClock) {
		id := ensure(t, r, "so", names{"vi": "Sở Kế hoạch và Đầu tư"})
		decree := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC) // long before our records
		if err := r.Rename(ctx, admin, id, agency.Renaming{Names: names{"vi": "Sở Tài chính"}, From: decree}); err != nil {
			t.Fatal(err)
		}
		refused(t, r.Rename(ctx, admin, id, agency.Renaming{Names: names{"vi": "X"}, From: decree.Add(-time.Hour)}), "from", "error.agency.from_early")
		refused(t, r.Rename(ctx, admin, id, agency.Renaming{Names: names{"vi": "X"}, From: start.Add(time.Hour)}), "from", "error.agency.from_future")
		if err := r.Rename(ctx, admin, id, agency.Renaming{Names: names{"vi": "Sở Tài chính tỉnh"}, From: decree}); err != nil { // a correction
			t.Fatal(err)
		}
		clock.Advance(time.Hour)
		if err := r.Rename(ctx, admin, id, agency.Renaming{Names: names{"vi": "Sở Tài chính thành phố", "en": "Department of Finance"}}); err != nil {
			t.Fatal(err)
		}
		got, err := r.History(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		want := []agency.Name{
			{Lang: "vi", Name: "Sở Kế hoạch và Đầu tư", To: decree},
			{Lang: "vi", Name: "Sở Tài chính tỉnh", From: decree, To: start.Add(time.Hour)},
			{Lang: "en", Name: "Department of Finance", From: start.Add(time.Hour)},
			{Lang: "vi", Name: "Sở Tài chính thành phố", From: start.Add(time.Hour)},
		}
		if len(got) != len(want) {
			t.Fatalf("%+v", got)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%d: %+v, want %+v", i, got[i], want[i])
			}
		}
	})
}

func TestNothingChangesWhenTheNameIsTheSame(t *testing.T) {
	world(t, func(t *testing.T, r *agency.Room, log *release.Log, _ *store.DB, _ *apptest.ManualClock) {
		id := ensure(t, r, "a", names{"vi": "Tên"})
		if err := r.Rename(ctx, admin, id, agency.Renaming{Names: names{"vi": "Tên ", "en": ""}}); err != nil {
			t.Fatal(err)
		}
		if last, err := log.Last(ctx); err != nil || last != 1 {
			t.Errorf("released again: %d %v", last, err)
		}
	})
}

func TestOnlyTheAdministratorRenames(t *testing.T) {
	world(t, func(t *testing.T, r *agency.Room, _ *release.Log, _ *store.DB, _ *apptest.ManualClock) {
		id := ensure(t, r, "a", names{"vi": "Tên"})
		for name, actor := range map[string]account.Actor{"nobody": {}, "reporter": reporter, "the program": account.System()} {
			if err := r.Rename(ctx, actor, id, agency.Renaming{Names: names{"vi": "Khác"}}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
		for name, actor := range map[string]account.Actor{"nobody": {}, "reporter": reporter} {
			if _, err := r.Ensure(ctx, actor, "b", names{"vi": "Khác"}); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s sets up: %v", name, err)
			}
		}
		if a, err := r.Get(ctx, id); err != nil || a.Names["vi"] != "Tên" {
			t.Errorf("%+v %v", a, err)
		}
	})
}

func TestWhatCannotBeIsRefusedAtItsField(t *testing.T) {
	world(t, func(t *testing.T, r *agency.Room, log *release.Log, _ *store.DB, _ *apptest.ManualClock) {
		for _, c := range []struct {
			code       string
			names      names
			field, key string
		}{
			{"Hoa hoa", names{"vi": "X"}, "code", "error.code"},
			{"a", nil, "name_vi", "error.required"},
			{"a", names{"en": "X"}, "name_vi", "error.required"},
			{"a", names{"vi": "  \n"}, "name_vi", "error.required"},
			{"a", names{"vi": strings.Repeat("ế", agency.MaxName+1)}, "name_vi", "error.too_long"},
			{"a", names{"vi": "a\xff"}, "name_vi", "error.not_utf8"},
			{"a", names{"vi": "X", "../x": "Y"}, "name_../x", "error.language.unknown"},
		} {
			_, err := r.Ensure(ctx, admin, c.code, c.names)
			refused(t, err, c.field, c.key)
		}
		refused(t, r.Rename(ctx, admin, "none", agency.Renaming{}), "name_vi", "error.required")
		if err := r.Rename(ctx, admin, "none", agency.Renaming{Names: names{"vi": "X"}}); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
		if _, err := r.Get(ctx, "none"); fault.KindOf(err) != fault.NotFound {
			t.Error(err)
		}
		if last, _ := log.Last(ctx); last != 0 {
			t.Errorf("%d releases", last)
		}
	})
}
