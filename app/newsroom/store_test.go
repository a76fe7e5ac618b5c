package newsroom

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"doingoai/app/store"

	"gorm.io/gorm"
)

// sql changes the database behind the newsroom's back.
func sql(t testing.TB, db *store.DB, statement string, args ...any) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error { return tx.DB.Exec(statement, args...).Error })
	if err != nil {
		t.Fatal(err)
	}
}

// texts reads one column.
func texts(t testing.TB, db *store.DB, query string, args ...any) []string {
	t.Helper()
	var values []string
	if err := db.Read(t.Context()).Raw(query, args...).Scan(&values).Error; err != nil {
		t.Fatal(err)
	}
	return values
}

func count(t testing.TB, db *store.DB, query string, args ...any) int {
	t.Helper()
	var n int
	if err := db.Read(t.Context()).Raw(query, args...).Scan(&n).Error; err != nil {
		t.Fatal(err)
	}
	return n
}

// row reads an edition as it is stored.
func row(t testing.TB, db *store.DB, ref Ref) editionRow {
	t.Helper()
	r, err := loadEdition(db.Read(t.Context()), ref)
	if err != nil {
		t.Fatalf("%s: %v", ref.subject(), err)
	}
	return r
}

// restore puts an edition's row back as it was.
func restore(t testing.TB, db *store.DB, r editionRow) {
	t.Helper()
	err := db.Write(t.Context(), func(tx *store.Tx) error {
		if _, ok, err := placeable(tx.DB, r); err != nil {
			return err
		} else if !ok { // nothing was offered to outlets yet
			if err := tx.DB.Where(byRef, r.ItemID, r.Lang).Delete(&placementRow{}).Error; err != nil {
				return err
			}
		}
		if err := tx.DB.Where(byRef+" AND revision > ?", r.ItemID, r.Lang, r.Approved).Delete(&approvalRow{}).Error; err != nil {
			return err
		}
		return tx.DB.Model(&editionRow{}).Where(byRef, r.ItemID, r.Lang).Select("*").Updates(&r).Error
	})
	if err != nil {
		t.Fatal(err)
	}
}

// queries counts the statements that f sends to the database for reading.
func queries(t testing.TB, db *store.DB, f func()) int {
	t.Helper()
	n := 0
	calls := db.Read(t.Context()).Callback()
	note := func(g *gorm.DB) {
		if !g.DryRun { // a part of another statement
			n++
		}
	}
	const name = "test:count"
	must(t, calls.Query().Before("gorm:query").Register(name, note))
	must(t, calls.Row().Before("gorm:row").Register(name, note))
	f()
	must(t, calls.Query().Remove(name))
	must(t, calls.Row().Remove(name))
	return n
}

// released is all that could ever reach readers, the log and its history, in one
// string.
func released(t testing.TB, db *store.DB) string {
	t.Helper()
	all := ""
	for _, table := range []string{"release", "release_history"} {
		for _, body := range texts(t, db, "SELECT kind || id || lang || op || body FROM "+table) {
			all += body + "\n"
		}
	}
	return all
}

func TestHeadlineColumnIsFoldedForEveryEdition(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		ref := w.draft(t, w.reporter, "vi", "Đối ngoại tỉnh Bình Phước")
		w.save(t, w.reporter, ref, func(c *Content) { c.Headline = "Kỹ thuật ở Lộc Ninh" })
		w.translate(t, ref, "en")
		apart := texts(t, w.db, "SELECT headline_folded FROM edition ORDER BY lang DESC")
		if len(apart) != 2 || apart[0] != "ki thuat o loc ninh" || apart[1] != "" {
			t.Errorf("%q", apart)
		}
	})
}

// A failing statement in the middle of a verb must leave no half of it. Each
// table that a publication writes is made to refuse once.
func TestVerbThatFailsHalfwayLeavesNothing(t *testing.T) {
	eachWorld(t, func(t *testing.T, w *world) {
		db := w.db
		ref := w.bring(t, w.reporter, Approved)
		before, entries := row(t, db, ref), w.entries(t)
		for _, table := range []string{"release", "standing", "audit", "edition"} {
			mend := breakTable(t, db, table)
			err := w.Do(t.Context(), w.chief, ref, Publish, w.ask(t, ref, Publish))
			mend()
			if err == nil {
				t.Fatalf("publishing worked although %s refused", table)
			}
			if got := row(t, db, ref); got != before {
				t.Errorf("%s refused: the edition changed to %+v", table, got)
			}
			if n := w.entries(t); n != entries {
				t.Errorf("%s refused: %d audit entries were added", table, n-entries)
			}
			if out := count(t, db, "SELECT COUNT(*) FROM release WHERE kind = 'article'"); out != 0 {
				t.Errorf("%s refused: something was released", table)
			}
		}
		w.do(t, w.chief, ref, Publish)
	})
}

// breakTable makes every write to a table fail until it is mended.
func breakTable(t *testing.T, db *store.DB, table string) (mend func()) {
	t.Helper()
	if db.Dialect() == store.Postgres {
		sql(t, db, `CREATE OR REPLACE FUNCTION refuse() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'refused'; END $$ LANGUAGE plpgsql`)
		sql(t, db, `CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON `+table+` FOR EACH ROW EXECUTE FUNCTION refuse()`)
		return func() { sql(t, db, "DROP TRIGGER refuse ON "+table) }
	}
	for _, event := range []string{"INSERT", "UPDATE"} {
		sql(t, db, "CREATE TRIGGER refuse_"+event+" BEFORE "+event+" ON "+table+" BEGIN SELECT RAISE(ABORT, 'refused'); END")
	}
	return func() {
		sql(t, db, "DROP TRIGGER refuse_INSERT")
		sql(t, db, "DROP TRIGGER refuse_UPDATE")
	}
}

// dump is everything that the database holds, by table.
func dump(t testing.TB, db *store.DB) map[string]string {
	t.Helper()
	names := "SELECT name FROM sqlite_master WHERE type = 'table'"
	if db.Dialect() == store.Postgres {
		names = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
	}
	tables := map[string]string{}
	for _, name := range texts(t, db, names) {
		var rows []map[string]any
		if err := db.Read(t.Context()).Table(name).Find(&rows).Error; err != nil {
			t.Fatal(err)
		}
		lines := make([]string, len(rows))
		for i, r := range rows {
			lines[i] = fmt.Sprint(r) // in the order of the columns' names
		}
		slices.Sort(lines)
		tables[name] = strings.Join(lines, "\n")
	}
	return tables
}
