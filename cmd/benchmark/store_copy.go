package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"doingoai/app"
	"doingoai/app/store"

	"gorm.io/gorm"
)

// copied are the tables in which an item has rows, parents first, with what
// finds those. The audit trail is not among them: its entries make a chain.
var copied = []struct{ table, where string }{
	{"item", "id = ?"}, {"edition", "item_id = ?"}, {"revision", "item_id = ?"}, {"standing", "item_id = ?"},
	{"placement", "item_id = ?"}, {"turn", "item_id = ?"}, {"answer", "item_id = ?"}, {"comment", "item_id = ?"},
	{"clock_run", "item_id = ?"}, {"change_note", "item_id = ?"}, {"media_use", "item_id = ?"},
	{"release", "id = ?"}, {"release_history", "id = ?"}, {"release_media", "id = ?"}, {"letter", "item_id = ?"},
	{"notice", "subject LIKE 'edition/' || ? || '/%'"},
}

// pictured are the tables of the library, with what finds a picture's rows.
var pictured = []struct{ table, where string }{{"media", "hash = ?"}, {"media_holder", "media_hash = ?"}, {"media_words", "media_hash = ?"}}

// rows are some rows of a table.
type rows struct {
	table   string
	columns []string
	values  [][]any
}

// readRows reads the rows that something has in some tables.
func readRows(db *gorm.DB, tables []struct{ table, where string }, id string) ([]rows, error) {
	all := make([]rows, len(tables))
	for i, t := range tables {
		found, err := db.Raw("SELECT * FROM "+t.table+" WHERE "+t.where, id).Rows()
		if err != nil {
			return nil, err
		}
		if all[i], err = scanRows(t.table, found); err != nil {
			return nil, fmt.Errorf("%s: %w", t.table, err)
		}
	}
	return all, nil
}

func scanRows(table string, found *sql.Rows) (r rows, err error) {
	defer func() { err = errors.Join(err, found.Close()) }()
	r.table = table
	if r.columns, err = found.Columns(); err != nil {
		return r, err
	}
	for found.Next() {
		row := make([]any, len(r.columns))
		into := make([]any, len(row))
		for i := range row {
			into[i] = &row[i]
		}
		if err := found.Scan(into...); err != nil {
			return r, err
		}
		r.values = append(r.values, row)
	}
	return r, found.Err()
}

// at is the place of a column.
func (r rows) at(column string) int {
	for i, name := range r.columns {
		if name == column {
			return i
		}
	}
	return -1
}

// writeRows inserts rows, many with each statement: a number of them that is a
// power of two, so that few statements are prepared.
func writeRows(tx *store.Tx, r rows) error {
	for most := 256; len(r.values) > 0; most /= 2 {
		for len(r.values) >= most {
			if err := insertRows(tx, r, most); err != nil {
				return fmt.Errorf("%s: %w", r.table, err)
			}
			r.values = r.values[most:]
		}
	}
	return nil
}

func insertRows(tx *store.Tx, r rows, n int) error {
	one := "(?" + strings.Repeat(",?", len(r.columns)-1) + ")"
	statement := "INSERT INTO " + r.table + " (" + strings.Join(r.columns, ",") + ") VALUES " + one + strings.Repeat(","+one, n-1)
	values := make([]any, 0, n*len(r.columns))
	for _, row := range r.values[:n] {
		values = append(values, row...)
	}
	return tx.DB.Exec(statement, values...).Error
}

// seat is a person with one role in one agency.
type seat struct{ PersonID, AgencyID, Role string }

func loadSeats(ctx context.Context, bench *app.DeskBenchmark) ([]seat, error) {
	var seats []seat
	err := bench.DB.Read(ctx).Raw("SELECT person_id, agency_id, role FROM membership ORDER BY id").Scan(&seats).Error
	return seats, err
}

func loadPictures(ctx context.Context, bench *app.DeskBenchmark) ([]string, error) {
	var hashes []string
	err := bench.DB.Read(ctx).Raw("SELECT hash FROM media ORDER BY hash").Scan(&hashes).Error
	return hashes, err
}

// settleDown lets a database learn what it holds, as the program does when it
// starts and PostgreSQL does by itself in time.
func settleDown(ctx context.Context, db *store.DB) error {
	if db.Dialect() == store.SQLite {
		return db.Learn(ctx)
	}
	return db.Write(ctx, func(tx *store.Tx) error { return tx.DB.Exec("ANALYZE").Error })
}

// loadNames answers one thing of each sort that addresses name.
func loadNames(ctx context.Context, db *store.DB) (map[string]string, error) {
	names := map[string]string{}
	for name, query := range map[string]string{
		"agency":  "SELECT id FROM agency WHERE code = 'portal'",
		"other":   "SELECT id FROM agency WHERE code = 'newspaper'",
		"section": "SELECT MIN(section_id) FROM edition",
		"outlet":  "SELECT id FROM outlet WHERE code = 'portal'",
		"person":  "SELECT id FROM person WHERE email = 'reporter@portal.example'",
		"hash":    "SELECT MAX(hash) FROM media",
		"place":   "SELECT MIN(id) FROM place",
		"term":    "SELECT MIN(id) FROM term",
		"tag":     "SELECT MIN(id) FROM label WHERE sort = 'tag'",
	} {
		var value string
		if err := db.Read(ctx).Raw(query).Scan(&value).Error; err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		names[name] = value
	}
	return names, nil
}
