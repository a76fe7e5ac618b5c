package app_test

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"doingoai/app/account"
	"doingoai/app/agency"
	"doingoai/app/apptest"
	"doingoai/app/audit"
	"doingoai/app/label"
	"doingoai/app/letter"
	"doingoai/app/media"
	"doingoai/app/newsroom"
	"doingoai/app/newsstand"
	"doingoai/app/notice"
	"doingoai/app/outbox"
	"doingoai/app/outlet"
	"doingoai/app/place"
	"doingoai/app/release"
	"doingoai/app/section"
	"doingoai/app/store"
	"doingoai/app/term"
	"doingoai/app/web/newsroomapi"
	"doingoai/app/wording"
	"doingoai/migrations"

	gormschema "gorm.io/gorm/schema"
)

func TestBothDatabasesHaveOneSchema(t *testing.T) {
	schemas := map[store.Dialect]schema{}
	apptest.EachDatabase(t, func(t *testing.T, db *store.DB) { schemas[db.Dialect()] = readSchema(t, db) })
	lite, postgres := schemas[store.SQLite], schemas[store.Postgres]
	if lite == nil || postgres == nil {
		return // the subtest says why
	}
	if len(lite) < 20 {
		t.Errorf("only %d tables were read", len(lite))
	}
	all := maps.Clone(lite)
	maps.Copy(all, postgres)
	for table := range all {
		if !slices.Equal(lite[table], postgres[table]) {
			t.Errorf("%s differs\nsqlite:\n  %s\npostgres:\n  %s", table, strings.Join(lite[table], "\n  "), strings.Join(postgres[table], "\n  "))
		}
	}
}

// plumbing are tables that no room has rows for: they count, and check migrations.
var plumbing = []string{"migration_sum", "counter", "cursor", "setting"}

func TestRowsAreTheTables(t *testing.T) {
	rows := slices.Concat(account.Rows(), agency.Rows(), audit.Rows(), label.Rows(), letter.Rows(), media.Rows(), newsroom.Rows(), newsroomapi.Rows(),
		notice.Rows(), outbox.Rows(), outlet.Rows(), place.Rows(), release.Rows(), section.Rows(), term.Rows(), wording.Rows())
	t.Run("newsroom", func(t *testing.T) {
		apptest.EachDatabase(t, func(t *testing.T, db *store.DB) { compareRows(t, db, rows) })
	})
	t.Run("newsstand", func(t *testing.T) {
		db, err := store.Open(t.Context(), store.Options{URL: "sqlite:" + t.TempDir() + "/documents.db"})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		})
		if err := db.Migrate(t.Context(), migrations.Newsstand()); err != nil {
			t.Fatal(err)
		}
		compareRows(t, db, newsstand.Rows())
	})
}

// kinds are the Go kinds that hold each type of column.
var kinds = map[string][]reflect.Kind{
	"text": {reflect.String}, "bigint": {reflect.Int64, reflect.Int}, "boolean": {reflect.Bool}, "bytea": {reflect.Slice},
}

// compareRows holds gorm rows against the tables they are read from.
func compareRows(t *testing.T, db *store.DB, rows []any) {
	t.Helper()
	tables := map[string]map[string]string{}
	for _, c := range columnsOf(t, db) {
		if tables[c.Table] == nil {
			tables[c.Table] = map[string]string{}
		}
		tables[c.Table][c.Name] = c.Type
	}
	for _, row := range rows {
		s, err := gormschema.Parse(row, &sync.Map{}, gormschema.NamingStrategy{})
		if err != nil {
			t.Fatal(err)
		}
		compareRow(t, s, tables[s.Table])
		delete(tables, s.Table)
	}
	for table := range tables {
		if !slices.Contains(plumbing, table) {
			t.Errorf("no room has a row for the table %s", table)
		}
	}
}

func compareRow(t *testing.T, row *gormschema.Schema, columns map[string]string) {
	t.Helper()
	for _, f := range row.Fields {
		kind, there := columns[f.DBName]
		if !there || !slices.Contains(kinds[kind], f.FieldType.Kind()) {
			t.Errorf("%s has %s %v; the column in %s is %q", row.Name, f.DBName, f.FieldType, row.Table, kind)
		}
	}
	for name := range columns {
		if row.FieldsByDBName[name] == nil {
			t.Errorf("%s lacks the column %s of %s", row.Name, name, row.Table)
		}
	}
}
