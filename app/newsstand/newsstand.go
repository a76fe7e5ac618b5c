// Package newsstand is the reader side: a local copy of everything that is
// released, with its search index, its pages' data and its page cache. It
// knows nothing but releases; a draft cannot leak from where it never was.
//
// # Following
//
// A Stand follows a Source, which is the newsroom of the same process or,
// over HTTP, one elsewhere (Remote). It asks for releases after the number it
// has applied, fetches the media files they refer to and applies a batch in
// one local transaction together with its cursor. The search index keeps a
// cursor of its own and follows the documents. After a crash each goes on
// from where it was; applying a release twice changes nothing. When both have
// a release, the epoch grows, and with it every cached page is made anew when
// it is next asked for.
//
// Four tasks share the work, so that none can hold up another: following,
// indexing, forwarding readers' letters and fetching media files that could
// not be had in time (follow.go, index.go, spool.go, media_wanted.go).
//
// Without its source a Stand answers from what is on its disk, also after a
// cold start.
//
// # The protocol between newsstand and newsroom
//
// Every request carries "Authorization: Bearer TOKEN".
//
//	GET  /-/releases?after=N&limit=M&wait=SECONDS  →  {"last": N, "entries": [release.Entry…]}
//	GET  /-/media/HASH                             →  the file's bytes; 404 when no current release needs it
//	POST /-/letters   (a release.Letter as JSON)   →  204; 422 when no newsroom will ever take it
//	GET  /-/receipts/ID                            →  a release.Receipt; 404 when the newsroom has no such letter
//
// The first waits up to that many seconds when there is nothing to answer.
// It may answer fewer than limit entries although there are more; only an
// empty answer is the end.
package newsstand

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"doingoai/app/release"
	"doingoai/app/search"
	"doingoai/app/store"
	"doingoai/migrations"
)

// Source is where releases come from.
type Source interface {
	// After answers up to limit releases after a number, in order.
	After(ctx context.Context, after int64, limit int) ([]release.Entry, error)
	// Wait answers when there may be something after a number, or when
	// patience has passed.
	Wait(ctx context.Context, after int64, patience time.Duration) error
	// Last answers the greatest number.
	Last(ctx context.Context) (int64, error)
	// Media opens a file that a release refers to.
	Media(ctx context.Context, hash string) (io.ReadCloser, error)
	// Send hands over a reader's letter; sending it again changes nothing.
	Send(ctx context.Context, letter release.Letter) error
	// Receipt tells how far a letter has come; a fault of kind NotFound when the
	// newsroom has none of this identifier.
	Receipt(ctx context.Context, id string) (release.Receipt, error)
}

// Options are what a Stand needs.
type Options struct {
	// Dir holds documents.db, search/, media/, drawn/ and receipts.key.
	Dir    string
	Source Source
	// Clock gives the time of letters and of Status; nil means time.Now.
	Clock func() time.Time
	// CacheBytes bounds the memory for ready pages.
	CacheBytes int64
}

// Stand is a newsstand. It may be shared.
type Stand struct {
	source Source
	dir    string
	db     *store.DB
	index  *search.Index
	cache  *cache

	site  atomic.Pointer[Site]
	epoch atomic.Uint64
	reads atomic.Uint64
	// turns are when events begin and end, and turnsAt is when the next one does,
	// or the day ends for readers; in microseconds.
	turns   atomic.Pointer[[]int64]
	turnsAt atomic.Int64
	menus   sync.Map // menu by menuKey
	heads   sync.Map // head by headKey

	// tree makes a batch and the section tree it brings one event for the
	// index, which writes down the sections above each article.
	tree   sync.Mutex
	handed int64 // up to this release the index has been given articles
	// files makes "is this file needed?" and what follows from it one step.
	files  sync.Mutex
	wanted wanted
	tries  map[string]int // failures by media hash, of the following task only

	receiptKey []byte
	drawings   *shelf

	progress  progress
	documents chan struct{} // wakes the indexing
	letters   chan struct{} // wakes the forwarding of letters
	asking    chan struct{} // holds as many as ask the newsroom of a letter
}

// Open opens what is on disk; it does not ask the source for anything.
func Open(ctx context.Context, o Options) (*Stand, error) {
	s := &Stand{
		source: o.Source, dir: o.Dir, cache: newCache(o.CacheBytes), tries: map[string]int{},
		documents: make(chan struct{}, 1), letters: make(chan struct{}, 1), asking: make(chan struct{}, maxAsking),
	}
	s.epoch.Store(1)
	if err := s.open(ctx, o.Clock); err != nil {
		return nil, errors.Join(fmt.Errorf("newsstand: %w", err), s.Close())
	}
	return s, nil
}

func (s *Stand) open(ctx context.Context, clock func() time.Time) (err error) {
	file := filepath.Join(s.dir, "documents.db")
	// Commits reach the disk before they count: readers' letters are in here too.
	if s.db, err = store.Open(ctx, store.Options{URL: "sqlite:" + file, Clock: clock}); err != nil {
		return err
	}
	if err := s.db.Migrate(ctx, migrations.Newsstand()); err != nil {
		return err
	}
	if err := countReads(s.db, &s.reads); err != nil {
		return err
	}
	if s.receiptKey, err = loadReceiptKey(s.dir); err != nil {
		return err
	}
	if s.drawings, err = openShelf(filepath.Join(s.dir, "drawn")); err != nil {
		return err
	}
	if s.index, err = search.Open(filepath.Join(s.dir, "search"), ""); err != nil {
		return err
	}
	site, err := loadSite(s.db.Read(ctx))
	if err != nil {
		return err
	}
	s.site.Store(site)
	if err := s.learnTurns(ctx); err != nil {
		return err
	}
	documents, err := loadCursor(s.db.Read(ctx))
	if err != nil {
		return err
	}
	indexed, err := s.index.Cursor()
	if err != nil {
		return err
	}
	s.handed = indexed
	s.progress.begin(documents, indexed, s.db.Now())
	return nil
}

// Close releases files. Follow must have ended.
func (s *Stand) Close() error {
	var errs []error
	if s.index != nil {
		errs = append(errs, s.index.Close())
	}
	if s.db != nil {
		errs = append(errs, s.db.Close())
	}
	return errors.Join(errs...)
}
