package place_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/fault"
	"doingoai/app/place"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/content"
)

var (
	ctx      = context.Background()
	start    = time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)
	admin    = account.Actor{ID: "p1", Posts: []account.Post{{Agency: "", Role: account.SystemAdministrator}}}
	reporter = account.Actor{ID: "p2", Posts: []account.Post{{Agency: "a", Role: account.Reporter}}}
	paper    = release.Basis{Document: "Nghị quyết"}
)

type names = map[string]string

func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err) // a mistake in the test
	}
	return t
}

// world is a room of places.
type world struct {
	*testing.T
	*place.Room
	log *release.Log
	db  *store.DB
}

func eachWorld(t *testing.T, f func(w world)) {
	t.Helper()
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, _ *apptest.ManualClock) {
		log := release.NewLog(db)
		f(world{t, place.New(db, log), log, db})
	})
}

func (w world) add(code, kind, name string, f place.Founding) string {
	w.Helper()
	f.Code, f.Kind, f.Names = code, kind, names{"vi": name}
	id, err := w.Add(ctx, admin, f)
	w.must(err)
	return id
}

func (w world) must(err error) {
	w.Helper()
	if err != nil {
		w.Fatal(err)
	}
}

func (w world) refused(err error, field, key string) {
	w.Helper()
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid || f.Fields[field].Key != key {
		w.Errorf("got %v, want %s at %s", err, key, field)
	}
}

func (w world) released(id string) release.Place {
	w.Helper()
	entries, err := w.log.After(ctx, 0, 500)
	w.must(err)
	var p release.Place
	for _, e := range entries {
		if e.Key == (release.Key{Kind: release.PlaceKind, ID: id}) {
			w.must(e.Decode(&p))
		}
	}
	return p
}

// The chain of the province: Sông Bé was divided in 1997, Chơn Thành became a
// town in 2022, and in 2025 Bình Phước became part of Đồng Nai.
func TestAProvinceThroughThirtyYears(t *testing.T) {
	eachWorld(t, func(w world) {
		t := w.T
		songBe := w.add("song-be", "province", "Sông Bé", place.Founding{})
		dongNai := w.add("dong-nai", "province", "Đồng Nai", place.Founding{})
		divided := day("1997-01-01")
		binhPhuoc := w.add("binh-phuoc", "province", "Bình Phước", place.Founding{At: divided, SplitFrom: songBe, Basis: paper})
		binhDuong := w.add("binh-duong", "province", "Bình Dương", place.Founding{At: divided})
		w.must(w.Merge(ctx, admin, []string{songBe}, []string{binhPhuoc, binhDuong}, place.Act{At: divided, Basis: paper}))
		chonThanh := w.add("chon-thanh", "district", "Chơn Thành", place.Founding{At: day("2003-02-20"), Within: binhPhuoc})
		w.must(w.Rename(ctx, admin, chonThanh, "town", nil, place.Act{At: day("2022-10-01"), Basis: paper}))
		merged := day("2025-07-01")
		ward := w.add("phuong-chon-thanh", "ward", "Chơn Thành", place.Founding{At: merged, Within: binhPhuoc})
		other := w.add("phuong-minh-hung", "ward", "Minh Hưng", place.Founding{At: merged, Within: binhPhuoc})
		w.must(w.Merge(ctx, admin, []string{chonThanh}, []string{ward, other}, place.Act{At: merged, Basis: paper}))
		w.must(w.Merge(ctx, admin, []string{binhPhuoc}, []string{dongNai}, place.Act{At: merged, Basis: paper}))

		for _, c := range []struct {
			id, when           string
			kind, name, within string
		}{
			{chonThanh, "2010-05-01", "district", "Chơn Thành", binhPhuoc},
			{chonThanh, "2023-05-01", "town", "Chơn Thành", binhPhuoc},
			{chonThanh, "2026-05-01", "town", "Chơn Thành", binhPhuoc}, // as on its last day
			{ward, "2026-05-01", "ward", "Chơn Thành", dongNai},
			{songBe, "1990-05-01", "province", "Sông Bé", ""},
		} {
			p, err := w.At(ctx, c.id, day(c.when))
			if err != nil || p.Kind != c.kind || p.Names["vi"] != c.name || p.Within != c.within {
				t.Errorf("%s: %+v %v", c.when, p, err)
			}
		}
		for id, want := range map[string][]string{
			dongNai: {binhPhuoc, songBe}, binhDuong: {songBe}, ward: {chonThanh}, songBe: {},
		} {
			got, err := w.Predecessors(ctx, id)
			if err != nil || !slices.Equal(got, want) {
				t.Errorf("%s came out of %v, want %v (%v)", id, got, want, err)
			}
		}
		relations, err := w.Relations(ctx, songBe)
		if err != nil || len(relations) != 2 || relations[0].Kind != place.SplitFrom {
			t.Errorf("%+v %v", relations, err)
		}
		doc := w.released(binhPhuoc)
		if !doc.Ended.Equal(merged) || doc.Names[0].Name != "Bình Phước" || !slices.ContainsFunc(doc.Relations, func(r release.PlaceRelation) bool {
			return r.Kind == place.MergedInto && r.To == dongNai && r.Basis.Document == paper.Document
		}) {
			t.Errorf("%+v", doc)
		}
		if !slices.ContainsFunc(w.released(ward).Relations, func(r release.PlaceRelation) bool { return r.To == dongNai && r.Kind == place.PartOf }) {
			t.Error("readers are not told that the ward is part of Đồng Nai now")
		}
		if _, err := audit.Verify(ctx, w.db); err != nil {
			t.Error(err)
		}
	})
}

func TestFormerNamesOfAPlaceKeepTheirDays(t *testing.T) {
	eachWorld(t, func(w world) {
		t := w.T
		id := w.add("a", "commune", "Một", place.Founding{})
		w.must(w.Rename(ctx, admin, id, "", names{"vi": "Hai", "en": "Two"}, place.Act{At: day("2010-01-01")}))
		w.must(w.Rename(ctx, admin, id, "", names{"vi": "Hai mốt"}, place.Act{At: day("2010-01-01")})) // a correction
		w.must(w.Rename(ctx, admin, id, "ward", names{"vi": "Ba"}, place.Act{At: day("2020-01-01"), Basis: paper}))
		got, err := w.History(ctx, id)
		w.must(err)
		want := []place.Name{
			{Lang: "vi", Name: "Một", Kind: "commune", To: day("2010-01-01")},
			{Lang: "en", Name: "Two", Kind: "commune", From: day("2010-01-01"), To: day("2020-01-01")},
			{Lang: "vi", Name: "Hai mốt", Kind: "commune", From: day("2010-01-01"), To: day("2020-01-01")},
			{Lang: "en", Name: "Two", Kind: "ward", From: day("2020-01-01")},
			{Lang: "vi", Name: "Ba", Kind: "ward", From: day("2020-01-01")},
		}
		if !slices.Equal(got, want) {
			t.Errorf("%+v", got)
		}
		relations, err := w.Relations(ctx, id)
		if err != nil || len(relations) != 2 || relations[0].Kind != place.Renamed || relations[1].Kind != place.Upgraded {
			t.Errorf("%+v %v", relations, err)
		}
		w.refused(w.Rename(ctx, admin, id, "", names{"vi": "Bốn"}, place.Act{At: day("2015-01-01")}), "at", "error.place.name_early")
		before, _ := w.log.Last(ctx)
		w.must(w.Rename(ctx, admin, id, "ward", names{"vi": " Ba "}, place.Act{}))
		if after, _ := w.log.Last(ctx); after != before {
			t.Error("released although nothing changed")
		}
	})
}

func TestAPlaceIsPutIntoAnother(t *testing.T) {
	eachWorld(t, func(w world) {
		t := w.T
		a, b := w.add("a", "province", "A", place.Founding{}), w.add("b", "province", "B", place.Founding{})
		c := w.add("c", "district", "C", place.Founding{Within: a})
		w.must(w.Put(ctx, admin, c, b, place.Act{At: day("2015-01-01")}))
		if p, err := w.At(ctx, c, day("2014-01-01")); err != nil || p.Within != a {
			t.Errorf("%+v %v", p, err)
		}
		if p, err := w.Get(ctx, c); err != nil || p.Within != b {
			t.Errorf("%+v %v", p, err)
		}
		w.refused(w.Put(ctx, admin, b, c, place.Act{}), "within", "error.place.cycle")
		w.refused(w.Put(ctx, admin, b, b, place.Act{}), "within", "error.place.cycle")
		w.refused(w.Put(ctx, admin, b, "none", place.Act{}), "within", "error.place.unknown")
		w.must(w.Put(ctx, admin, c, "", place.Act{}))
		if p, err := w.Get(ctx, c); err != nil || p.Within != "" {
			t.Errorf("%+v %v", p, err)
		}
	})
}

func TestWhatCannotBeAPlaceIsRefusedAtItsField(t *testing.T) {
	eachWorld(t, func(w world) {
		t := w.T
		a := w.add("a", "province", "A", place.Founding{At: day("2000-01-01")})
		gone := w.add("gone", "province", "Cũ", place.Founding{})
		w.must(w.Merge(ctx, admin, []string{gone}, []string{a}, place.Act{At: day("2020-01-01"), Basis: paper}))
		for _, c := range []struct {
			f          place.Founding
			field, key string
		}{
			{place.Founding{Code: "A b", Kind: "ward", Names: names{"vi": "X"}}, "code", "error.code"},
			{place.Founding{Code: "a", Kind: "ward", Names: names{"vi": "X"}}, "code", "error.code_taken"},
			{place.Founding{Code: "b", Kind: "planet", Names: names{"vi": "X"}}, "kind", "error.place.kind"},
			{place.Founding{Code: "b", Kind: "ward", Names: names{"en": "X"}}, "name_vi", "error.required"},
			{place.Founding{Code: "b", Kind: "ward", Names: names{"vi": strings.Repeat("ộ", place.MaxName+1)}}, "name_vi", "error.too_long"},
			{place.Founding{Code: "b", Kind: "ward", Names: names{"vi": "X\xff"}}, "name_vi", "error.not_utf8"},
			{place.Founding{Code: "b", Kind: "ward", Names: names{"vi": "X", "<b>": "Y"}}, "name_<b>", "error.language.unknown"},
			{place.Founding{Code: "b", Kind: "ward", Names: names{"vi": "X"}, Within: "none"}, "within", "error.place.unknown"},
			{place.Founding{Code: "b", Kind: "ward", Names: names{"vi": "X"}, Within: gone}, "within", "error.place.ended"},
			{place.Founding{Code: "b", Kind: "ward", Names: names{"vi": "X"}, SplitFrom: a}, "at", "error.required"},
			{place.Founding{Code: "b", Kind: "ward", Names: names{"vi": "X"}, SplitFrom: a, At: day("1999-01-01")}, "at", "error.place.early"},
			{place.Founding{Code: "b", Kind: "ward", Names: names{"vi": "X"}, At: start.Add(time.Hour)}, "at", "error.day_future"},
		} {
			_, err := w.Add(ctx, admin, c.f)
			w.refused(err, c.field, c.key)
		}
		w.refused(w.Merge(ctx, admin, []string{a}, []string{a}, place.Act{Basis: paper}), "into", "error.place.itself")
		w.refused(w.Merge(ctx, admin, []string{a}, nil, place.Act{Basis: paper}), "into", "error.required")
		w.refused(w.Merge(ctx, admin, nil, []string{a}, place.Act{Basis: paper}), "from", "error.required")
		w.refused(w.Merge(ctx, admin, []string{gone}, []string{a}, place.Act{Basis: paper}), "from", "error.place.ended")
		w.refused(w.Merge(ctx, admin, []string{a}, []string{gone}, place.Act{Basis: paper}), "into", "error.place.ended")
		w.refused(w.Merge(ctx, admin, []string{a}, []string{"x"}, place.Act{}), "document", "error.required")
		if ok, err := w.Exists(ctx, gone); err != nil || !ok {
			t.Error(ok, err)
		}
		if ok, err := w.Exists(ctx, "none"); err != nil || ok {
			t.Error(ok, err)
		}
	})
}

func TestOnlyTheAdministratorChangesPlaces(t *testing.T) {
	eachWorld(t, func(w world) {
		t := w.T
		id := w.add("a", "ward", "A", place.Founding{})
		for name, actor := range map[string]account.Actor{"nobody": {}, "reporter": reporter, "the program": account.System()} {
			_, added := w.Add(ctx, actor, place.Founding{Code: "b", Kind: "ward", Names: names{"vi": "B"}})
			for verb, err := range map[string]error{
				"rename": w.Rename(ctx, actor, id, "", names{"vi": "B"}, place.Act{}), "put": w.Put(ctx, actor, id, "", place.Act{}),
				"merge": w.Merge(ctx, actor, []string{id}, nil, place.Act{}), "add": added,
			} {
				if fault.KindOf(err) != fault.Forbidden {
					t.Errorf("%s, %s: %v", name, verb, err)
				}
			}
		}
		if _, err := w.Import(ctx, reporter, nil); fault.KindOf(err) != fault.Forbidden {
			t.Error(err)
		}
	})
}

// Also by a program whose clock stands long before.
func TestTheShippedPlacesCanBeTakenIn(t *testing.T) {
	apptest.EachDatabaseAt(t, day("1990-01-01"), func(t *testing.T, db *store.DB, _ *apptest.ManualClock) {
		log := release.NewLog(db)
		w := world{t, place.New(db, log), log, db}
		shipped, err := content.Load(content.FS)
		w.must(err)
		if n, err := w.Import(ctx, account.System(), shipped.Places); err != nil || n != len(shipped.Places) || n < 10 {
			w.Fatalf("%d %v", n, err)
		}
		all, err := w.All(ctx)
		w.must(err)
		i := slices.IndexFunc(all, func(p place.Place) bool { return p.Code == "loc-ninh" })
		old, err := w.At(ctx, all[i].ID, day("2014-06-01"))
		if err != nil || all[i].Ended.IsZero() || old.Kind != "district" || old.Within == "" {
			w.Errorf("%+v %+v %v", all[i], old, err)
		}
	})
}

func TestAListIsTakenInOnceAndWhole(t *testing.T) {
	eachWorld(t, func(w world) {
		t := w.T
		list := []content.Place{
			{Code: "song-be", Kind: "province", Names: names{"vi": "Sông Bé"}, Into: []string{"binh-phuoc", "binh-duong"}, Until: "1997-01-01", EndBasis: content.Basis{Document: "Nghị quyết"}},
			{Code: "binh-phuoc", Kind: "province", Names: names{"vi": "Bình Phước"}, From: "1997-01-01", SplitFrom: "song-be"},
			{Code: "binh-duong", Kind: "province", Names: names{"vi": "Bình Dương"}, From: "1997-01-01"},
			{Code: "loc-ninh", Kind: "district", Names: names{"vi": "Lộc Ninh"}, Within: "binh-phuoc", From: "2000-01-01", Changes: []content.PlaceChange{
				{Kind: "town", From: "2020-01-01"},
			}},
		}
		if n, err := w.Import(ctx, account.System(), list); err != nil || n != 4 {
			t.Fatalf("%d %v", n, err)
		}
		all, err := w.All(ctx)
		w.must(err)
		if len(all) != 4 || all[2].Code != "loc-ninh" || all[2].Kind != "town" || all[3].Ended.IsZero() || all[2].Within != all[1].ID {
			t.Errorf("%+v", all)
		}
		if n, err := w.Import(ctx, admin, list); err != nil || n != 0 {
			t.Errorf("a second time: %d %v", n, err)
		}
		before, _ := w.log.Last(ctx)
		for _, c := range []struct {
			entry content.Place
			key   string
		}{
			{content.Place{Code: "x", Kind: "planet", Names: names{"vi": "X"}}, "error.place.entry"},
			{content.Place{Code: "x", Kind: "ward", Names: names{"vi": "X"}, Within: "atlantis"}, "error.place.code_unknown"},
			{content.Place{Code: "x", Kind: "ward", Names: names{"vi": "X"}, Into: []string{"binh-phuoc"}}, "error.place.entry"},
			{content.Place{Code: "x", Kind: "ward", Names: names{"vi": "X"}, From: "30/4/1975"}, "error.place.entry"},
		} {
			_, err := w.Import(ctx, admin, []content.Place{{Code: "good", Kind: "ward", Names: names{"vi": "Tốt"}}, c.entry})
			w.refused(err, "list", c.key)
		}
		_, err = w.Import(ctx, admin, make([]content.Place, place.MaxEntries+1))
		w.refused(err, "list", "error.place.many")
		if after, _ := w.log.Last(ctx); after != before {
			t.Error("a part of a refused list was taken in")
		}
	})
}
