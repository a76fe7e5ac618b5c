package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"

	"doingoai/app/audit"
	"doingoai/app/config"
	"doingoai/app/letter"
	"doingoai/app/media"
	"doingoai/app/media/blob"
	"doingoai/app/newsstand"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/migrations"
)

// Diagnosis is what the doctor saw.
type Diagnosis struct {
	Checked []string // a sentence for each thing that was looked at and is well
	Faults  []string // a sentence for each thing that is not
}

// Examine proves two invariants. The audit trail is whole: no entry was
// changed or removed since it was written. And the newsstand equals the fold
// of the release log: its documents, lists, search index and media files.
// Between the two it asks whether the place of uploaded files can be used, and
// whether pictures have their renditions.
//
// Nothing is changed. The newsroom may be running; the newsstand must not be,
// for its search index belongs to one process at a time.
func Examine(ctx context.Context, cfg config.Config) (d Diagnosis, err error) {
	if err := cfg.Check(); err != nil {
		return d, err
	}
	var source newsstand.Source
	if cfg.HasNewsroom() {
		db, err := openCurrent(ctx, cfg)
		if err != nil {
			return d, err
		}
		defer db.Close()
		files, err := openFiles(cfg)
		if err != nil {
			return d, err
		}
		d.trail(ctx, db)
		d.files(ctx, files)
		library := media.New(db, files)
		if err := d.pictures(ctx, library); err != nil {
			return d, err
		}
		source = localSource{release.NewLog(db), library, letter.New(db)}
	} else if source, err = newsstand.NewRemote(cfg.From, cfg.Token); err != nil {
		return d, err
	}
	if !cfg.HasNewsstand() {
		return d, nil
	}
	return d, d.stand(ctx, cfg, source)
}

// openCurrent opens the newsroom's database, which must be at this program's schema.
func openCurrent(ctx context.Context, cfg config.Config) (*store.DB, error) {
	db, err := store.Open(ctx, store.Options{URL: cfg.DatabaseURL()})
	if err != nil {
		return nil, err
	}
	steps, err := db.Migrations(ctx, migrations.Newsroom())
	for _, s := range steps {
		if !s.Applied && err == nil {
			err = errors.New("the newsroom's database is not at this program's schema: run doingoai migrate first")
		}
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

func (d *Diagnosis) trail(ctx context.Context, db *store.DB) {
	n, err := audit.Verify(ctx, db)
	if err != nil {
		d.Faults = append(d.Faults, err.Error())
		return
	}
	d.Checked = append(d.Checked, fmt.Sprintf("audit trail: %d entries, the chain is whole", n))
}

// files asks the place of uploaded files whether it answers.
func (d *Diagnosis) files(ctx context.Context, store blob.Store) {
	if err := store.Check(ctx); err != nil {
		d.Faults = append(d.Faults, fmt.Sprintf("media files: %s cannot be used: %v", store, err))
		return
	}
	d.Checked = append(d.Checked, fmt.Sprintf("media files: %s answers", store))
}

// pictures tells the pictures whose renditions were given up. Those that are
// still being made are no fault.
func (d *Diagnosis) pictures(ctx context.Context, library *media.Room) error {
	u, err := library.Unfinished(ctx)
	if err != nil {
		return err
	}
	for _, hash := range slices.Sorted(maps.Keys(u.Failed)) {
		d.Faults = append(d.Faults, fmt.Sprintf("picture %s: its renditions could not be made in %d tries: %s", hash, media.MaxTries, u.Failed[hash]))
	}
	if len(u.Failed) == 0 {
		d.Checked = append(d.Checked, fmt.Sprintf("pictures: no renditions were given up, those of %d are still to be made", u.Waiting))
	}
	return nil
}

func (d *Diagnosis) stand(ctx context.Context, cfg config.Config, source newsstand.Source) error {
	if _, err := os.Stat(cfg.NewsstandDir()); err != nil {
		return fmt.Errorf("there is no newsstand in %s", cfg.Data)
	}
	stand, err := openStand(ctx, cfg, source)
	if err != nil {
		return fmt.Errorf("%w (a running newsstand must be stopped before it can be examined)", err)
	}
	defer stand.Close()
	found, err := stand.Compare(ctx, source)
	if err != nil {
		return err
	}
	d.Faults = append(d.Faults, found...)
	if len(found) == 0 {
		d.Checked = append(d.Checked, fmt.Sprintf("newsstand: equal to the release log up to release %d", stand.Applied()))
	}
	return nil
}
