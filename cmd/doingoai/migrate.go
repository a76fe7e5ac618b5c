package main

import (
	"context"
	"fmt"

	"doingoai/app/config"
	"doingoai/app/store"
	"doingoai/migrations"
)

type migrateCmd struct {
	Status bool `help:"Only list the steps and whether each was applied."`
}

// Run migrates the newsroom's database, then lists its steps.
func (m migrateCmd) Run(ctx context.Context, cfg *config.Config) error {
	db, err := store.Open(ctx, store.Options{URL: cfg.DatabaseURL()})
	if err != nil {
		return err
	}
	defer db.Close()
	if !m.Status {
		if err := db.Migrate(ctx, migrations.Newsroom()); err != nil {
			return err
		}
	}
	steps, err := db.Migrations(ctx, migrations.Newsroom())
	if err != nil {
		return err
	}
	for _, s := range steps {
		state := "pending"
		if s.Applied {
			state = "applied"
		}
		fmt.Printf("%04d  %-8s  %s\n", s.Version, state, s.Name)
	}
	return nil
}
