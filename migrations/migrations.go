// Package migrations holds the schemas of both databases as numbered SQL.
//
// The text is written once for SQLite and PostgreSQL: identifiers and text
// are TEXT, numbers and times (microseconds, UTC) are BIGINT, truth is
// BOOLEAN. A file is never changed once a database may have applied it; the
// program refuses to start on one that was.
package migrations

import (
	"embed"
	"io/fs"
)

//go:embed newsroom/*.sql newsstand/*.sql
var files embed.FS

// Newsroom is the schema of the editorial database.
func Newsroom() fs.FS { return sub("newsroom") }

// Newsstand is the schema of a newsstand's local documents.
func Newsstand() fs.FS { return sub("newsstand") }

func sub(dir string) fs.FS {
	f, err := fs.Sub(files, dir)
	if err != nil {
		panic(err) // only for a malformed constant above
	}
	return f
}
