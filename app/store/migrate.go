package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"
	"github.com/pressly/goose/v3/lock"
)

// Migration is one step of a schema, as the program or the database knows it.
type Migration struct {
	Version int64
	Name    string
	Applied bool
}

// Migrate brings the schema to the newest of the given migrations (numbered
// SQL files, written once for both dialects). It refuses, with a sentence and
// without touching anything, a database that a newer program has migrated
// and a migration that was changed after it had been applied. Several
// processes may call it at once.
func (db *DB) Migrate(ctx context.Context, migrations fs.FS) error {
	p, err := db.provider(migrations)
	if err != nil {
		return err
	}
	sums, err := checksums(migrations)
	if err != nil {
		return err
	}
	if err := db.refuseForeignSchema(ctx, p, sums); err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return db.Write(ctx, func(tx *Tx) error {
		for version, sum := range sums {
			err := tx.DB.Exec("INSERT INTO migration_sum (version, sum) VALUES (?, ?) ON CONFLICT (version) DO NOTHING", version, sum).Error
			if err != nil {
				return fmt.Errorf("record migration %d: %w", version, err)
			}
		}
		return nil
	})
}

// Migrations lists the steps and whether each has been applied.
func (db *DB) Migrations(ctx context.Context, migrations fs.FS) ([]Migration, error) {
	p, err := db.provider(migrations)
	if err != nil {
		return nil, err
	}
	states, err := p.Status(ctx)
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	list := make([]Migration, len(states))
	for i, s := range states {
		list[i] = Migration{s.Source.Version, path.Base(s.Source.Path), s.State == goose.StateApplied}
	}
	return list, nil
}

func (db *DB) provider(migrations fs.FS) (*goose.Provider, error) {
	pool, err := db.write.DB()
	if err != nil {
		return nil, err
	}
	dialect := goose.DialectSQLite3
	options := []goose.ProviderOption{goose.WithDisableGlobalRegistry(true), goose.WithTableName("migration")}
	if db.dialect == Postgres {
		dialect = database.DialectPostgres
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return nil, err
		}
		options = append(options, goose.WithSessionLocker(locker))
	}
	p, err := goose.NewProvider(dialect, pool, migrations, options...)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return p, nil
}

func (db *DB) refuseForeignSchema(ctx context.Context, p *goose.Provider, sums map[int64]string) error {
	current, known, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	if current > known {
		return fmt.Errorf("the database is at schema %d but this program knows only up to %d: start the newer program that migrated it, or restore an older backup", current, known)
	}
	if current == 0 {
		return nil
	}
	var applied []struct {
		Version int64
		Sum     string
	}
	if err := db.Read(ctx).Raw("SELECT version, sum FROM migration_sum ORDER BY version").Scan(&applied).Error; err != nil {
		return fmt.Errorf("read migration checksums: %w", err)
	}
	for _, a := range applied {
		if sums[a.Version] != a.Sum {
			return fmt.Errorf("migration %d was changed after this database had applied it: put the old text back and write the change as a new migration", a.Version)
		}
	}
	return nil
}

func checksums(migrations fs.FS) (map[int64]string, error) {
	names, err := fs.Glob(migrations, "*.sql")
	if err != nil {
		return nil, err
	}
	sums := make(map[int64]string, len(names))
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return nil, fmt.Errorf("migration %s: %w", name, err)
		}
		text, err := fs.ReadFile(migrations, name)
		if err != nil {
			return nil, err
		}
		sum := sha256.Sum256([]byte(strings.ReplaceAll(string(text), "\r\n", "\n")))
		sums[version] = hex.EncodeToString(sum[:])
	}
	return sums, nil
}
