// Package search finds texts by their words. It keeps a full-text index on the
// own disk of whoever follows texts: of the newsstand, which answers what
// readers type with releases; and of the newsroom, which answers editors with
// all that they may see. Both give it plain text and the tags by which they
// tell documents apart.
//
// The index is bleve's scorch engine, used below bleve's mappings and query
// language for three reasons: nothing a reader types can ever reach a query
// parser; Vietnamese needs terms of its own (terms.go); and a search that
// walks the posting lists itself (scan.go) costs about half as much.
//
// Vietnamese words are mostly two syllables written apart, so the index holds
// syllables and also pairs of neighbouring syllables, both folded (no marks,
// đ as d), and the marked spelling only to prefer it. A search asks in tiers
// (plan.go): all pairs first, which are rare and exact; then all words; then
// most of the words.
//
// Each language of a release is a document of its own, and each language has
// fields of its own, so a search in one language never touches the others.
package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	index "github.com/blevesearch/bleve_index_api"
)

// Document is one release as the index reads it: plain text, no HTML.
type Document struct {
	ID, Lang string
	// Outlets are the ids of the outlets that carry the document.
	Outlets []string
	// Sections are the ids of its section and of all sections above it.
	Sections []string
	// Tags are words of the program's own by which documents are kept apart and
	// counted, such as "state:draft". Nobody finds a document by typing them.
	Tags []string

	Title, Kicker, Standfirst, Body string
	// Published orders documents that match equally well, newest first. Its
	// hour is kept, no less.
	Published time.Time
}

// Change is one step of the release log: a document to put in the place of
// any earlier one with its id and language, or, with Delete, the id and
// language of one to take out.
type Change struct {
	Document *Document
	ID, Lang string
	Delete   bool
}

// ErrClosed answers every call after Close.
var ErrClosed = errors.New("search: index is closed")

// Index is an open index. Its methods may be called from many goroutines;
// Apply waits for an Apply that is under way. One process opens an index at a
// time.
type Index struct {
	engine index.Index
	queue  *index.AnalysisQueue
	terms  *analyzer

	applying sync.Mutex   // one batch at a time
	open     sync.RWMutex // held for writing by Close only
	closed   bool
}

// Close waits for searches and batches under way and releases the files.
// Closing twice is harmless.
func (x *Index) Close() error {
	x.open.Lock()
	defer x.open.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	err := x.engine.Close()
	x.queue.Close()
	if err != nil {
		return fmt.Errorf("search: close: %w", err)
	}
	return nil
}

// view calls do with a snapshot of the index: what is applied meanwhile does
// not change it. The engine slices its files without looking, so damage that
// opening did not notice panics here; it becomes an error of this one call.
func (x *Index) view(do func(index.IndexReader) error) (err error) {
	x.open.RLock()
	defer x.open.RUnlock()
	if x.closed {
		return ErrClosed
	}
	reader, err := x.engine.Reader()
	if err != nil {
		return fmt.Errorf("search: read: %w", err)
	}
	defer reader.Close()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("search: damaged index or broken query: %v\n%s", r, debug.Stack())
		}
	}()
	return do(reader)
}

// Cursor is the release sequence number up to which the index is complete; 0
// for a new index.
func (x *Index) Cursor() (cursor int64, err error) {
	err = x.view(func(r index.IndexReader) error {
		value, err := r.GetInternal(cursorKey)
		if err == nil && len(value) == 8 {
			cursor = int64(binary.BigEndian.Uint64(value))
		}
		return err
	})
	return cursor, err
}

// Count is the number of documents.
func (x *Index) Count() (count uint64, err error) {
	err = x.view(func(r index.IndexReader) error {
		count, err = r.DocCount()
		return err
	})
	return count, err
}

// Has tells whether the index holds the item in that language.
func (x *Index) Has(id, lang string) (found bool, err error) {
	err = x.view(func(r index.IndexReader) error {
		key, err := r.InternalID(documentKey(id, lang))
		found = key != nil
		return err
	})
	return found, err
}

// Each calls visit with every document of one moment's index, in no
// particular order, until visit answers an error or ctx ends.
func (x *Index) Each(ctx context.Context, visit func(id, lang string) error) error {
	return x.view(func(r index.IndexReader) error {
		all, err := r.DocIDReaderAll()
		if err != nil {
			return fmt.Errorf("search: list documents: %w", err)
		}
		defer all.Close()
		for ctx.Err() == nil {
			number, err := all.Next()
			if err != nil || number == nil {
				return err
			}
			key, err := r.ExternalID(number)
			if err != nil {
				return fmt.Errorf("search: list documents: %w", err)
			}
			if err := visit(splitKey(key)); err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// documentKey names a document inside the engine.
func documentKey(id, lang string) string { return id + "/" + lang }

func splitKey(key string) (id, lang string) {
	cut := strings.LastIndexByte(key, '/')
	if cut < 0 {
		return key, ""
	}
	return key[:cut], key[cut+1:]
}
