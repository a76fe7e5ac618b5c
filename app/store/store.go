// Package store opens the program's databases and is the home of gorm.
//
// There are two kinds of database. The newsroom's is SQLite by default and
// PostgreSQL in production; the newsstand's documents are always a local
// SQLite file. Both are reached through DB, which differs between dialects in
// three places only: how it is opened, how a write transaction begins, and
// how waiting processes are woken (signal.go).
//
// Rules every room follows:
//
//   - Reading goes through Read, writing through Write. A write transaction
//     carries one fixed time, Tx.Now; nothing in a verb asks the clock twice.
//   - Rows are rows: gorm column tags and nothing else. No hooks, no Save, no
//     preloads, no AutoMigrate; columns that change are named.
//   - Times are microseconds since 1970 in UTC (Micros, Time), identifiers are
//     short random strings (NewID), both the same in either dialect.
//
// SQLite runs in WAL mode with one writer connection, whose transactions
// begin IMMEDIATE so that two writers queue instead of failing, and several
// reader connections.
package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"github.com/glebarez/sqlite"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"
)

// Parameters are what people wrote: they never reach a log. gorm asks its
// logger about most statements, and this function about those of Raw and Scan.
func init() {
	logger.RecorderParamsFilter = func(_ context.Context, sql string, _ ...any) (string, []any) { return sql, nil }
}

// Dialect names a database's kind.
type Dialect string

// The two dialects.
const (
	SQLite   Dialect = "sqlite"
	Postgres Dialect = "postgres"
)

// Options say which database to open.
type Options struct {
	// URL is "sqlite:PATH" or a PostgreSQL URL ("postgres://…").
	URL string
	// Clock gives the time of transactions; nil means time.Now.
	Clock func() time.Time
	// Asked, when set, is called before each statement, by whoever counts them.
	Asked func()
}

// DB is an open database.
type DB struct {
	dialect     Dialect
	url         string
	read, write *gorm.DB
	clock       func() time.Time
	bus         *bus
}

// Open opens a database without changing it; see Migrate.
func Open(ctx context.Context, o Options) (*DB, error) {
	db := &DB{url: o.URL, clock: o.Clock, bus: newBus()}
	if db.clock == nil {
		db.clock = time.Now
	}
	var err error
	switch {
	case strings.HasPrefix(o.URL, "sqlite:"):
		db.dialect = SQLite
		err = db.openSQLite(strings.TrimPrefix(o.URL, "sqlite:"))
	case strings.HasPrefix(o.URL, "postgres://"), strings.HasPrefix(o.URL, "postgresql://"):
		db.dialect = Postgres
		err = db.openPostgres()
	default:
		// The URL is not repeated: it may hold a password.
		return nil, errors.New("database: the address must start with sqlite: or postgres://")
	}
	if err != nil {
		return nil, fmt.Errorf("open %s database: %w", db.dialect, err)
	}
	if err := db.count(o.Asked); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	if err := db.Ping(ctx); err != nil {
		return nil, err
	}
	return db, nil
}

// count has a function called before each statement.
func (db *DB) count(asked func()) error {
	if asked == nil {
		return nil
	}
	note := func(g *gorm.DB) {
		if !g.DryRun { // a part of another statement
			asked()
		}
	}
	const name = "store:asked"
	var errs []error
	for _, g := range []*gorm.DB{db.read, db.write} {
		on := g.Callback()
		errs = append(errs, on.Query().Before("gorm:query").Register(name, note), on.Row().Before("gorm:row").Register(name, note),
			on.Raw().Before("gorm:raw").Register(name, note), on.Create().Before("gorm:create").Register(name, note),
			on.Update().Before("gorm:update").Register(name, note), on.Delete().Before("gorm:delete").Register(name, note))
	}
	return errors.Join(errs...)
}

// Ping says whether the database answers.
func (db *DB) Ping(ctx context.Context) error {
	pool, err := db.read.DB()
	if err == nil {
		err = pool.PingContext(ctx)
	}
	if err != nil {
		return fmt.Errorf("reach %s database: %w", db.dialect, err)
	}
	return nil
}

func (db *DB) openSQLite(path string) error {
	if err := makePrivate(path); err != nil {
		return err
	}
	dsn := func(lock string) string {
		q := url.Values{}
		q.Set("_txlock", lock)
		for _, p := range []string{
			"journal_mode(WAL)", "foreign_keys(1)", "busy_timeout(10000)",
			"synchronous(FULL)", "cache_size(-16000)", "temp_store(MEMORY)",
			fmt.Sprintf("analysis_limit(%d)", learnedRows),
		} {
			q.Add("_pragma", p)
		}
		return "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
	}
	var err error
	if db.write, err = openPool(sqlite.Open(dsn("immediate")), 1); err != nil {
		return err
	}
	if db.read, err = openPool(sqlite.Open(dsn("deferred")), max(4, runtime.NumCPU())); err != nil {
		return err
	}
	pool, err := db.read.DB()
	if err == nil {
		pool.SetConnMaxLifetime(relearned)
	}
	return err
}

// makePrivate makes a file that nobody but this user can read, and its folder
// likewise; SQLite gives the files that it puts beside it the same mode. What
// exists already stays as somebody made it.
func makePrivate(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_RDONLY, 0o600)
	if err != nil {
		return err
	}
	return file.Close()
}

// openPostgres keeps reads apart from writes, so that a transaction that reads
// beside itself never waits for a connection held by another that does the same.
func (db *DB) openPostgres() error {
	config, err := pgx.ParseConfig(db.url)
	if err != nil {
		return err
	}
	for _, pool := range []**gorm.DB{&db.write, &db.read} {
		conns := stdlib.OpenDB(*config, stdlib.OptionAfterConnect(hurry))
		if *pool, err = openPool(postgres.New(postgres.Config{Conn: conns}), 8); err != nil {
			return errors.Join(err, conns.Close())
		}
	}
	return nil
}

// hurry tells a connection what our statements are like. They answer a page and
// are done in milliseconds: compiling one took a second where an archive made it
// look costly. And they read a few rows by an index, from memory or a disk
// without a moving part: PostgreSQL supposes one that turns, and read whole
// tables instead. Where somebody has chosen another cost, it stays.
func hurry(ctx context.Context, conn *pgx.Conn) error {
	_, err := conn.Exec(ctx, `SELECT set_config('jit', 'off', false),
		CASE WHEN current_setting('random_page_cost') = '4' THEN set_config('random_page_cost', '1.1', false) END`)
	return err
}

func openPool(d gorm.Dialector, conns int) (*gorm.DB, error) {
	g, err := gorm.Open(d, &gorm.Config{
		SkipDefaultTransaction: true,
		PrepareStmt:            true,
		TranslateError:         true,
		DisableAutomaticPing:   true,
		Logger: logger.New(slogWriter{}, logger.Config{
			LogLevel: logger.Error, IgnoreRecordNotFoundError: true, ParameterizedQueries: true,
		}),
	})
	if err != nil {
		return nil, err
	}
	pool, err := g.DB()
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	return g, nil
}

type slogWriter struct{}

func (slogWriter) Printf(format string, args ...any) {
	slog.Warn("database", "message", fmt.Sprintf(format, args...))
}

// Close releases the connections.
func (db *DB) Close() error {
	db.bus.close()
	var errs []error
	for _, g := range []*gorm.DB{db.read, db.write} {
		if pool, err := g.DB(); err != nil {
			errs = append(errs, err)
		} else {
			errs = append(errs, pool.Close())
		}
	}
	return errors.Join(errs...)
}

// Dialect says which kind of database this is.
func (db *DB) Dialect() Dialect { return db.dialect }

// Now is the database's clock in UTC, cut to the microsecond that is stored.
func (db *DB) Now() time.Time { return db.clock().UTC().Truncate(time.Microsecond) }

// Read gives a handle for reading; it must not be used to write.
func (db *DB) Read(ctx context.Context) *gorm.DB { return db.read.WithContext(ctx) }

// Tx is a write transaction.
type Tx struct {
	// DB is the transaction's handle; only files named store*.go use it.
	DB *gorm.DB
	// Now is the one time of everything this transaction writes.
	Now time.Time

	owner *DB
	after []func()
}

// AfterCommit runs f once the transaction is durable, and never when it is rolled back.
func (tx *Tx) AfterCommit(f func()) { tx.after = append(tx.after, f) }

// Write runs f in one write transaction: everything it wrote is kept when it
// answers nil and forgotten otherwise. A transaction that PostgreSQL ends
// because two of them waited for each other is tried again.
func (db *DB) Write(ctx context.Context, f func(tx *Tx) error) error {
	const tries = 4
	for try := 1; ; try++ {
		tx := &Tx{Now: db.Now(), owner: db}
		err := db.write.WithContext(ctx).Transaction(func(g *gorm.DB) error {
			tx.DB = g
			if err := f(tx); err != nil {
				return err
			}
			if along, ok := ctx.Value(alongKey{}).(func(*Tx) error); ok {
				return along(tx)
			}
			return nil
		})
		if err == nil {
			for _, run := range tx.after {
				run()
			}
			return nil
		}
		if try == tries || !deadlocked(err) || ctx.Err() != nil {
			return err
		}
	}
}

type alongKey struct{}

// Along answers a context under which every write transaction ends with f: what
// f writes is kept when, and only when, the rest is. A request that must be done
// once is noted so as done with its effect, whichever room has it.
func Along(ctx context.Context, f func(tx *Tx) error) context.Context {
	return context.WithValue(ctx, alongKey{}, f)
}

// Micros turns a time into what is stored; the zero time is 0.
func Micros(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMicro()
}

// Time turns what is stored into a time in UTC; 0 is the zero time.
func Time(micros int64) time.Time {
	if micros == 0 {
		return time.Time{}
	}
	return time.UnixMicro(micros).UTC()
}

// IsNotFound says whether a gorm First found no row.
func IsNotFound(err error) bool { return errors.Is(err, gorm.ErrRecordNotFound) }

// IsDuplicate says whether a write met a unique key that exists already.
func IsDuplicate(err error) bool { return errors.Is(err, gorm.ErrDuplicatedKey) }
