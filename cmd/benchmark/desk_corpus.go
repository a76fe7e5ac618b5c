package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"time"

	"doingoai/app"
	"doingoai/app/audit"
	"doingoai/app/newsroom"
	"doingoai/app/store"
	"doingoai/app/vietnamese"
)

// archiveYears is how far back the archive goes.
const archiveYears = 10

// deskWorld is what the measurements need to know of the newsroom.
type deskWorld struct {
	Accounts []app.DemoAccount
	Old      []newsroom.Ref    // some that readers have, with a history
	Open     []newsroom.Ref    // some on their way
	Both     []newsroom.Ref    // translations of such
	Headline string            // of one of them
	Names    map[string]string // of one thing of each sort, see loadNames
}

// account answers somebody with a role in an agency, by code: "editor@portal".
func (w *deskWorld) account(who string) (app.DemoAccount, error) {
	i := slices.IndexFunc(w.Accounts, func(a app.DemoAccount) bool { return a.Email == who+".example" })
	if i < 0 {
		return app.DemoAccount{}, fmt.Errorf("the demo has no %s", who)
	}
	return w.Accounts[i], nil
}

// prepareDesk fills the folder and the database unless an earlier run has.
func prepareDesk(ctx context.Context, o options, t *table) (*deskWorld, error) {
	file := dataFile(o, "desk-"+strings.ToLower(databaseName(o))+".json")
	w := new(deskWorld)
	if text, err := os.ReadFile(file); err == nil {
		return w, json.Unmarshal(text, w)
	}
	began := time.Now()
	bench, err := app.SeedDesk(ctx, config(o))
	if err != nil {
		return nil, err
	}
	defer bench.Close()
	p, err := openPress(ctx, o, bench, w)
	if err != nil {
		return nil, err
	}
	if err := p.fillLibrary(ctx, max(10, o.Items/20)); err != nil {
		return nil, fmt.Errorf("library: %w", err)
	}
	if err := p.fill(ctx, o.Items); err != nil {
		return nil, err
	}
	if err := settleDown(ctx, bench.DB); err != nil {
		return nil, err
	}
	took := time.Since(began)
	t.add("Newsroom filled", fmt.Sprintf("%d items in %s", o.Items, took.Round(time.Second)), "< 10 min")
	began = time.Now()
	entries, err := audit.Verify(ctx, bench.DB)
	if err != nil {
		return nil, err
	}
	t.add("Audit trail, read whole", fmt.Sprintf("%d entries in %s", entries, time.Since(began).Round(time.Second)), "")
	w.Accounts = bench.Accounts
	if w.Names, err = loadNames(ctx, bench.DB); err != nil {
		return nil, err
	}
	text, err := json.Marshal(w)
	if err != nil {
		return nil, err
	}
	return w, os.WriteFile(file, text, 0o600)
}

// press multiplies patterns: every row that the newsroom's verbs wrote for
// one is written again under another name, with other words, people and
// pictures, and at another time.
type press struct {
	bench    *app.DeskBenchmark
	world    *deskWorld
	texts    map[string]sentences
	r        *rand.Rand
	seats    []seat
	pictures []string
	plates   []*plate
	now      time.Time
}

// plate is a pattern with its rows.
type plate struct {
	app.Pattern
	rows    []rows
	trail   []audit.Entry // oldest first
	people  []seat        // that are named in it
	picture string
}

func openPress(ctx context.Context, o options, bench *app.DeskBenchmark, w *deskWorld) (*press, error) {
	p := &press{bench: bench, world: w, r: rand.New(rand.NewPCG(7, 8)), now: time.Now()}
	var err error
	if p.texts, err = loadTexts(o.Texts); err != nil {
		return nil, err
	}
	if p.seats, err = loadSeats(ctx, bench); err != nil {
		return nil, err
	}
	if p.pictures, err = loadPictures(ctx, bench); err != nil {
		return nil, err
	}
	for _, pattern := range bench.Patterns {
		made, err := p.plate(ctx, pattern)
		if err != nil {
			return nil, err
		}
		p.plates = append(p.plates, made)
	}
	return p, nil
}

func (p *press) plate(ctx context.Context, pattern app.Pattern) (*plate, error) {
	made := &plate{Pattern: pattern}
	var err error
	if made.rows, err = readRows(p.bench.DB.Read(ctx), copied, pattern.Item); err != nil {
		return nil, err
	}
	for _, lang := range []string{"vi", "en"} {
		about, err := audit.Of(ctx, p.bench.DB, "edition/"+pattern.Item+"/"+lang, 1000)
		if err != nil {
			return nil, err
		}
		slices.Reverse(about)
		made.trail = append(made.trail, about...)
	}
	everything := fmt.Sprint(made.rows, made.trail)
	for _, s := range p.seats {
		if strings.Contains(everything, s.PersonID) {
			made.people = append(made.people, s)
		}
	}
	for _, hash := range p.pictures {
		if strings.Contains(everything, hash) {
			made.picture = hash
		}
	}
	return made, nil
}

// fillLibrary makes as many pictures of those there are.
func (p *press) fillLibrary(ctx context.Context, n int) error {
	originals := p.pictures
	for n > 0 {
		err := p.bench.DB.Write(ctx, func(tx *store.Tx) error {
			batch := newBatch(pictured)
			for range min(n, 500) {
				original := originals[p.r.IntN(len(originals))]
				found, err := readRows(tx.DB, pictured, original)
				if err != nil {
					return err
				}
				sum := sha256.Sum256(fmt.Append(nil, original, n))
				hash := hex.EncodeToString(sum[:])
				name := clip(p.texts["vi"].heads[p.r.IntN(len(p.texts["vi"].heads))], 60)
				batch.add(found, func(c cell) any {
					switch {
					case c.value == original:
						return hash
					case c.column == "created_at":
						return store.Micros(p.now.Add(-time.Duration(n) * time.Hour))
					case c.column == "file_name":
						return name + ".jpg"
					case c.column == "search":
						return vietnamese.FoldSearch(name)
					}
					return c.value
				})
				p.pictures = append(p.pictures, hash)
				n--
			}
			return batch.write(tx)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// fill makes n items: nineteen of twenty lie in the archive, the oldest first,
// the others are on their way.
func (p *press) fill(ctx context.Context, n int) error {
	const together = 250
	for done := 0; done < n; {
		err := p.bench.DB.Write(ctx, func(tx *store.Tx) error {
			batch := newBatch(copied)
			var copies []*impression
			for range min(together, n-done) {
				c, err := p.impression(done, n)
				if err != nil {
					return err
				}
				copies = append(copies, c)
				done++
			}
			if err := number(tx, copies); err != nil {
				return err
			}
			var trail []audit.Entry
			for _, c := range copies {
				if err := c.print(batch); err != nil {
					return err
				}
				trail = append(trail, c.trail()...)
			}
			if err := batch.write(tx); err != nil {
				return err
			}
			return audit.AppendPast(tx, trail)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// choose picks a plate by how many are like it.
func (p *press) choose(old bool) *plate {
	sum := 0
	for _, made := range p.plates {
		if made.Old == old {
			sum += made.Many
		}
	}
	at := p.r.IntN(sum)
	for _, made := range p.plates {
		if made.Old == old {
			if at -= made.Many; at < 0 {
				return made
			}
		}
	}
	panic("the parts are less than their sum")
}
