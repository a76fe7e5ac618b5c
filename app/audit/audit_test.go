package audit_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/store"
)

var ctx = context.Background()

func write(t *testing.T, db *store.DB, verbs ...string) {
	t.Helper()
	for _, verb := range verbs {
		err := db.Write(ctx, func(tx *store.Tx) error {
			return audit.Append(tx, audit.Entry{ActorID: "p1", Verb: verb, Subject: "edition/a/vi", Detail: map[string]string{"b": "2", "a": "1"}})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestVerifyFindsWhatWasTamperedWith(t *testing.T) {
	for _, c := range []struct{ name, tamper, says string }{
		{"nothing", "", ""},
		{"a changed reason", "UPDATE audit SET reason = 'other' WHERE seq = 2", "entry 2 was changed"},
		{"a changed time", "UPDATE audit SET at = at + 1 WHERE seq = 1", "entry 1 was changed"},
		{"a removed entry", "DELETE FROM audit WHERE seq = 2", "entry 2 is missing"},
		{"a removed tail", "DELETE FROM audit WHERE seq = 3", "3 entries were written but 2 are there"},
		{"a recomputed link", "UPDATE audit SET previous = '' WHERE seq = 3", "entry 3 does not continue entry 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
				write(t, db, "one", "two", "three")
				if c.tamper != "" {
					err := db.Write(ctx, func(tx *store.Tx) error { return tx.DB.Exec(c.tamper).Error })
					if err != nil {
						t.Fatal(err)
					}
				}
				n, err := audit.Verify(ctx, db)
				if c.says == "" && (err != nil || n != 3) {
					t.Errorf("Verify() = %d, %v", n, err)
				}
				if c.says != "" && (err == nil || !strings.Contains(err.Error(), c.says)) {
					t.Errorf("Verify() = %v, want %q", err, c.says)
				}
			})
		})
	}
}

func TestEntriesAreReadBackNewestFirst(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		write(t, db, "one", "two", "three")
		found, err := audit.Find(ctx, db, audit.Filter{}, 3, 10)
		if err != nil {
			t.Fatal(err)
		}
		if len(found.Entries) != 2 || found.Entries[0].Verb != "two" || found.Entries[0].Detail["a"] != "1" {
			t.Errorf("before entry 3: %+v", found)
		}
		if about, err := audit.Of(ctx, db, "edition/b/vi", 10); err != nil || len(about) != 0 {
			t.Errorf("about another subject: %+v, %v", about, err)
		}
	})
}

func TestAMadeUpPastContinuesTheChain(t *testing.T) {
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) {
		write(t, db, "now")
		before := time.Date(2014, 4, 7, 1, 2, 3, 0, time.UTC)
		past := make([]audit.Entry, 300) // more than one statement holds
		for i := range past {
			past[i] = audit.Entry{At: before, ActorID: "p1", Verb: "past", Subject: "edition/a/vi"}
		}
		if err := db.Write(ctx, func(tx *store.Tx) error { return audit.AppendPast(tx, past) }); err != nil {
			t.Fatal(err)
		}
		write(t, db, "again")
		if n, err := audit.Verify(ctx, db); err != nil || n != 302 {
			t.Errorf("Verify() = %d, %v", n, err)
		}
		if found, err := audit.Find(ctx, db, audit.Filter{Verbs: []string{"past"}}, 0, 1); err != nil || !found.Entries[0].At.Equal(before) {
			t.Errorf("%+v, %v", found, err)
		}
	})
}
