package app_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"doingoai/app/store"
)

// schema is a database read back: for each table a line for each column and
// each index, in words that both dialects share.
type schema map[string][]string

// column is a column as the database tells it.
type column struct {
	Table, Name, Type, Standard string
	Required                    bool
}

const liteColumns = `SELECT t.name AS "table", c.name, lower(c.type) AS type, c."notnull" AS required, COALESCE(c.dflt_value, '') AS standard
	FROM sqlite_schema t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`

const postgresColumns = `SELECT table_name AS "table", column_name AS name, data_type AS type, is_nullable = 'NO' AS required,
	COALESCE(column_default, '') AS standard FROM information_schema.columns WHERE table_schema = current_schema()`

// index is a key or an index with its columns in order.
type index struct {
	Table, Columns string
	Single         bool // no two rows agree in it
}

const liteIndexes = `SELECT t.name AS "table", i."unique" AS single,
		(SELECT group_concat(name, ' ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) AS columns
	FROM sqlite_schema t, pragma_index_list(t.name) i WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`

const postgresIndexes = `SELECT t.relname AS "table", i.indisunique AS single,
		(SELECT string_agg(a.attname, ' ' ORDER BY k.n) FROM unnest(i.indkey::int[]) WITH ORDINALITY AS k(attnum, n)
			JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.attnum) AS columns
	FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid WHERE t.relnamespace = current_schema()::regnamespace`

// columnsOf reads every column but those of goose's table, which differs by dialect.
func columnsOf(t *testing.T, db *store.DB) []column {
	t.Helper()
	query := liteColumns
	if db.Dialect() == store.Postgres {
		query = postgresColumns
	}
	var columns []column
	if err := db.Read(context.Background()).Raw(query).Scan(&columns).Error; err != nil {
		t.Fatal(err)
	}
	columns = slices.DeleteFunc(columns, func(c column) bool { return c.Table == "migration" })
	for i := range columns {
		c := &columns[i]
		c.Standard = strings.Trim(strings.TrimSuffix(c.Standard, "::text"), "'")
	}
	return columns
}

func readSchema(t *testing.T, db *store.DB) schema {
	t.Helper()
	s := schema{}
	for _, c := range columnsOf(t, db) {
		s[c.Table] = append(s[c.Table], fmt.Sprintf("column %s %s, required %v, default %q", c.Name, c.Type, c.Required, c.Standard))
	}
	query := liteIndexes
	if db.Dialect() == store.Postgres {
		query = postgresIndexes
	}
	var indexes []index
	if err := db.Read(context.Background()).Raw(query).Scan(&indexes).Error; err != nil {
		t.Fatal(err)
	}
	for _, i := range indexes {
		if s[i.Table] != nil {
			s[i.Table] = append(s[i.Table], fmt.Sprintf("index on %s, unique %v", i.Columns, i.Single))
		}
	}
	for table := range s {
		slices.Sort(s[table])
	}
	return s
}
