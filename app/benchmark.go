package app

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/config"
	"doingoai/app/locale"
	"doingoai/app/release"
	"doingoai/app/store"
	"doingoai/content"
	"doingoai/locales"
)

// Benchmark is a new installation for cmd/benchmark to fill: three people, and
// the log and database for documents that went no other way.
type Benchmark struct {
	DB                                  *store.DB
	Log                                 *release.Log
	Outlets                             []string // ids
	Sections                            []string // ids
	Agency                              string   // id
	Reporter, Translator, Editor, Chief DemoAccount
}

// SeedBenchmark makes an installation with nothing in it but what content/setup
// describes and four people of the portal.
func SeedBenchmark(ctx context.Context, cfg config.Config) (*Benchmark, error) {
	world, err := content.Load(content.FS)
	if err != nil {
		return nil, err
	}
	words, err := locale.Load(locales.FS)
	if err != nil {
		return nil, err
	}
	n, err := openNewsroom(ctx, cfg, Options{}, words)
	if err != nil {
		return nil, err
	}
	b := &Benchmark{DB: n.db, Log: n.log}
	s, err := n.ensureSite(ctx, world)
	if err != nil {
		return nil, errors.Join(err, n.close())
	}
	b.Outlets, b.Sections = slices.Sorted(maps.Values(s.outlets)), slices.Sorted(maps.Values(s.sections))
	b.Agency = s.agencies["portal"]
	for role, into := range map[account.Role]*DemoAccount{
		account.Reporter: &b.Reporter, account.Translator: &b.Translator, account.Editor: &b.Editor, account.EditorInChief: &b.Chief,
	} {
		if *into, err = n.addSample(ctx, role, b.Agency); err != nil {
			return nil, errors.Join(err, n.close())
		}
	}
	return b, nil
}

func (n *newsroomSide) addSample(ctx context.Context, role account.Role, agency string) (DemoAccount, error) {
	a := DemoAccount{string(role) + "@benchmark.example", store.NewSecret()[:12], string(role)}
	person, err := n.Accounts.Program().AddPerson(ctx, account.NewPerson{Email: a.Email, Name: string(role), Password: a.Password})
	if err != nil {
		return a, err
	}
	return a, n.Accounts.Program().GrantRole(ctx, person.ID, agency, role, time.Time{}, time.Time{})
}

// Close closes the database.
func (b *Benchmark) Close() error { return b.DB.Close() }
