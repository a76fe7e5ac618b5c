package audit_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/store"
)

var start = time.Date(2026, 7, 1, 8, 0, 0, 0, time.UTC)

// seqs are the numbers of what was found, as one word.
func seqs(entries []audit.Entry) string {
	var numbers []string
	for _, e := range entries {
		numbers = append(numbers, fmt.Sprint(e.Seq))
	}
	return strings.Join(numbers, " ")
}

func add(t *testing.T, db *store.DB, entries ...audit.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := db.Write(ctx, func(tx *store.Tx) error { return audit.Append(tx, e) }); err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheTrailIsFoundByWhoWhatWhereAndWhen(t *testing.T) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, clock *apptest.ManualClock) {
		add(t, db,
			audit.Entry{ActorID: "an", AgencyID: "bao", Verb: "edition.create", Subject: "edition/a/vi"},
			audit.Entry{ActorID: "an", AgencyID: "bao", Verb: "edition.save", Subject: "edition/a/vi"},
		)
		clock.Advance(24 * time.Hour)
		add(t, db,
			audit.Entry{ActorID: "binh", AgencyID: "dai", Verb: "edition.return", Subject: "edition/a/vi", Reason: "Thiếu nguồn số liệu 100%"},
			audit.Entry{ActorID: "an", AgencyID: "bao", Verb: "edition.save", Subject: "edition/b/vi"},
			audit.Entry{ActorID: "chi", Verb: "role.grant", Subject: "person/an", Detail: map[string]string{"role": "editor", "document": "Quyết định 5/QĐ_UBND"}},
		)
		clock.Advance(-48 * time.Hour) // the clock is set right
		add(t, db, audit.Entry{ActorID: "an", AgencyID: "bao", Verb: "edition.submit", Subject: "edition/b/vi"})
		for _, c := range []struct {
			f    audit.Filter
			want string
		}{
			{audit.Filter{}, "6 5 4 3 2 1"},
			{audit.Filter{Actors: []string{"an"}}, "6 4 2 1"},
			{audit.Filter{Actors: []string{"chi", "binh"}}, "5 3"},
			{audit.Filter{Verbs: []string{"edition.save"}}, "4 2"},
			{audit.Filter{Verbs: []string{"edition.save", "role.grant"}}, "5 4 2"},
			{audit.Filter{Actors: []string{"an", "chi"}, Verbs: []string{"edition.save", "role.grant"}}, "5 4 2"},
			{audit.Filter{Subject: "edition/a/vi"}, "3 2 1"},
			{audit.Filter{Agency: "dai"}, "3"},
			{audit.Filter{From: start.Add(time.Hour)}, "5 4 3"},
			{audit.Filter{Until: start.Add(time.Hour)}, "6 2 1"},
			{audit.Filter{From: start.Add(-time.Hour), Until: start.Add(time.Hour)}, "2 1"},
			{audit.Filter{From: start.Add(99 * time.Hour)}, ""},
			{audit.Filter{Text: "thieu nguon"}, "3"},
			{audit.Filter{Text: "SỐ  liệu"}, "3"},
			{audit.Filter{Text: "100%"}, "3"},
			{audit.Filter{Text: "100_"}, ""},
			{audit.Filter{Text: "qd_ubnd"}, "5"},
			{audit.Filter{Text: "nguon", Actors: []string{"an"}}, ""},
		} {
			found, err := audit.Find(ctx, db, c.f, 0, 10)
			if err != nil || seqs(found.Entries) != c.want || found.Next != 0 {
				t.Errorf("%+v: %q, want %q (%v)", c.f, seqs(found.Entries), c.want, err)
			}
			forward, err := audit.Forward(ctx, db, c.f, 0, 100, 10)
			if err != nil || len(forward) != len(found.Entries) {
				t.Errorf("%+v, forward: %q (%v)", c.f, seqs(forward), err)
			}
		}
		verbs, err := audit.Verbs(ctx, db)
		if err != nil || strings.Join(verbs, " ") != "edition.create edition.return edition.save edition.submit role.grant" {
			t.Errorf("%v %v", verbs, err)
		}
	})
}

func TestPagesOfTheTrailJoin(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		for range 7 {
			write(t, db, "even", "odd")
		}
		var all []audit.Entry
		before, pages := int64(0), 0
		for pages == 0 || before > 0 {
			found, err := audit.Find(ctx, db, audit.Filter{Verbs: []string{"odd"}}, before, 3)
			if err != nil {
				t.Fatal(err)
			}
			all, before, pages = append(all, found.Entries...), found.Next, pages+1
		}
		if seqs(all) != "14 12 10 8 6 4 2" || pages != 3 {
			t.Errorf("%d pages: %s", pages, seqs(all))
		}
	})
}

func TestAnEmptyTrailHasNothing(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		found, err := audit.Find(ctx, db, audit.Filter{}, 0, 10)
		if err != nil || len(found.Entries) != 0 || found.Next != 0 {
			t.Errorf("%+v %v", found, err)
		}
		if verbs, err := audit.Verbs(ctx, db); err != nil || len(verbs) != 0 {
			t.Errorf("%v %v", verbs, err)
		}
		if _, ok, err := audit.LastProof(ctx, db); ok || err != nil {
			t.Error(ok, err)
		}
	})
}

func TestAProofIsAnEntryOfTheTrail(t *testing.T) {
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, _ *apptest.ManualClock) {
		write(t, db, "one", "two", "three")
		p, err := audit.Prove(ctx, db, audit.Entry{ActorID: "ha", Role: "auditor"})
		if err != nil || p.Entries != 3 || p.Broken != "" || !p.At.Equal(start) {
			t.Fatalf("%+v %v", p, err)
		}
		if last, ok, err := audit.LastProof(ctx, db); err != nil || !ok || last != p {
			t.Errorf("%+v %v %v, want %+v", last, ok, err, p)
		}
		if n, err := audit.Verify(ctx, db); err != nil || n != 4 {
			t.Errorf("%d %v", n, err)
		}
		err = db.Write(ctx, func(tx *store.Tx) error { return tx.DB.Exec("UPDATE audit SET reason = 'x' WHERE seq = 2").Error })
		if err != nil {
			t.Fatal(err)
		}
		p, err = audit.Prove(ctx, db, audit.Entry{ActorID: "ha"})
		if err != nil || p.Entries != 1 || p.Broken != "entry 2 was changed after it had been written" {
			t.Errorf("%+v %v", p, err)
		}
		if last, ok, err := audit.LastProof(ctx, db); err != nil || !ok || last.Broken != p.Broken {
			t.Errorf("%+v %v %v", last, ok, err)
		}
	})
}
