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

// A trail of many years is read as quickly as a new one.
func TestALongTrailIsReadQuickly(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 120,000 entries: run without -short")
	}
	apptest.EachDatabaseAt(t, start, func(t *testing.T, db *store.DB, _ *apptest.ManualClock) {
		const many = 120_000
		fill(t, db, many)
		day := 24 * time.Hour
		for _, c := range []struct {
			name string
			f    audit.Filter
		}{
			{"newest", audit.Filter{}},
			{"a busy person", audit.Filter{Actors: []string{"p1"}}},
			{"somebody who did one thing long ago", audit.Filter{Actors: []string{"once"}}},
			{"nobody", audit.Filter{Actors: []string{"nobody"}}},
			{"a rare verb", audit.Filter{Verbs: []string{"edition.withdraw"}}},
			{"several verbs", audit.Filter{Verbs: []string{"edition.save", "edition.withdraw", "nothing"}}},
			{"a busy person and a rare verb", audit.Filter{Actors: []string{"p1"}, Verbs: []string{"edition.withdraw"}}},
			{"an agency and a person", audit.Filter{Agency: "a7", Actors: []string{"p1"}}},
			{"one thing", audit.Filter{Subject: "edition/77/vi"}},
			{"one thing since its beginning", audit.Filter{Subject: "edition/77/vi", From: start}},
			{"a busy person and one thing", audit.Filter{Subject: "edition/77/vi", Actors: []string{"p1"}}},
			{"a word", audit.Filter{Text: "ly do 77"}},
			{"a word that nobody said", audit.Filter{Text: "không ai nói"}},
			{"a day long ago", audit.Filter{From: start.Add(-900 * day), Until: start.Add(-899 * day)}},
			{"half of all days, a rare verb", audit.Filter{Until: start.Add(-500 * day), Verbs: []string{"edition.withdraw"}}},
		} {
			best := time.Hour
			for range 3 {
				began := time.Now()
				if _, err := audit.Find(ctx, db, c.f, 0, 50); err != nil {
					t.Fatal(err)
				}
				best = min(best, time.Since(began))
			}
			t.Logf("%-40s %v", c.name, best.Round(10*time.Microsecond))
			if best > 60*time.Millisecond {
				t.Errorf("%s takes %v", c.name, best)
			}
		}
	})
}

// fill writes a trail of three years straight into the table; its chain does
// not hold.
func fill(t *testing.T, db *store.DB, n int) {
	t.Helper()
	err := db.Write(ctx, func(tx *store.Tx) error {
		return tx.DB.Exec(`WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < ?)
			INSERT INTO audit (seq, at, actor_id, agency_id, role, address, verb, subject, from_state, to_state, revision, reason, detail, previous, hash, folded)
			SELECT i, CAST(? AS BIGINT) + CAST(i AS BIGINT) * 800000000, CASE WHEN i = 5 THEN 'once' WHEN i % 3 = 0 THEN 'p1' ELSE 'p' || (i % 40) END, 'a' || (i % 9), 'editor', '203.0.113.7',
				CASE WHEN i % 20000 = 17 THEN 'edition.withdraw' WHEN i % 4 = 0 THEN 'edition.submit' ELSE 'edition.save' END,
				'edition/' || (i % 30000) || '/vi', 'draft', 'draft', '', 'Lý do ' || i, '', '', 'x', 'ly do ' || i FROM c`,
			n, store.Micros(start.Add(-1100*24*time.Hour))).Error
	})
	if err == nil {
		err = db.Write(ctx, func(tx *store.Tx) error {
			return tx.DB.Exec("UPDATE counter SET value = ? WHERE name = 'audit'", n).Error
		})
	}
	if err != nil {
		t.Fatal(err)
	}
}
