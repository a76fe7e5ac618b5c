package apptest

import (
	"fmt"
	"runtime"
	"testing"

	"doingoai/app/store"
)

// probe notes how a gate ends a test, and ends only its own goroutine.
type probe struct {
	testing.TB
	kind, text string
}

func (p *probe) Skipf(format string, args ...any) { p.end("skip", format, args) }

func (p *probe) Fatalf(format string, args ...any) { p.end("fatal", format, args) }

func (p *probe) end(kind, format string, args []any) {
	p.kind, p.text = kind, fmt.Sprintf(format, args...)
	runtime.Goexit()
}

func people(t *testing.T, db *store.DB) int {
	t.Helper()
	pool, err := db.Read(t.Context()).DB()
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := pool.QueryRow("SELECT count(*) FROM person").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
