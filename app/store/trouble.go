package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"
	"strings"
	"syscall"

	"doingoai/app/fault"

	sqlitelib "github.com/glebarez/go-sqlite"
	"github.com/jackc/pgx/v5/pgconn"
)

// Trouble answers what to tell a person when an error is the database's own
// trouble rather than our mistake: it cannot be reached, is going down or
// coming up, or its disk is full. For any other error it answers nil. Nothing
// of the transaction was kept; asking again later is safe.
func Trouble(err error) *fault.Error {
	switch {
	case err == nil:
		return nil
	case isFull(err):
		return &fault.Error{Kind: fault.Unavailable, Message: fault.Say("error.unavailable.full"), RetryAfter: 60, Cause: err}
	case isAway(err):
		return &fault.Error{Kind: fault.Unavailable, Message: fault.Say("error.unavailable.database"), RetryAfter: 5, Cause: err}
	}
	return nil
}

// The result codes of SQLite and PostgreSQL that are asked about.
const (
	sqliteBusy, sqliteLocked, sqliteIOErr, sqliteFull, sqliteCantOpen = 5, 6, 10, 13, 14

	postgresDiskFull     = "53100"
	postgresCannotNow    = "57P03"
	postgresShutdown     = "57P01"
	postgresCrash        = "57P02"
	postgresTooMany      = "53300"
	postgresNoConnection = "08" // and what follows
)

func isFull(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return pg.Code == postgresDiskFull
	}
	return sqliteCode(err) == sqliteFull || errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT)
}

func isAway(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		switch pg.Code {
		case postgresCannotNow, postgresShutdown, postgresCrash, postgresTooMany:
			return true
		}
		return strings.HasPrefix(pg.Code, postgresNoConnection)
	}
	switch sqliteCode(err) {
	case sqliteBusy, sqliteLocked, sqliteIOErr, sqliteCantOpen:
		return true
	}
	var connect *pgconn.ConnectError
	var network net.Error
	return errors.As(err, &connect) || errors.As(err, &network) && !errors.Is(err, context.Canceled) ||
		errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err)
}

// sqliteCode is the primary result code of an error of SQLite, 0 for none.
func sqliteCode(err error) int {
	var lite *sqlitelib.Error
	if errors.As(err, &lite) {
		return lite.Code() & 0xff
	}
	return 0
}
