package search

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	bolterrors "go.etcd.io/bbolt/errors"
)

// version names what a document becomes in the index: fields, terms, folding.
// Whoever changes any of these (also the folding in package vietnamese) gives
// it a new value; an index of another version is thrown away and the follower
// fills a new one from the release log.
const version = "3"

// Keys of the values that live in the index beside its documents.
var (
	versionKey = []byte("version")
	cursorKey  = []byte("cursor")
)

// errVersion says that the files hold an index of another version.
var errVersion = errors.New("index was made by another version of the program")

// Open opens the index in dir, which is created if need be. An index of
// another version, and one whose files are damaged, is removed with a line in
// the log and replaced by an empty one with cursor 0: everything in it comes
// again from what its owner follows. An index that another process holds open,
// or that may not be read, is left alone and answers an error.
//
// A maker names what the owner makes of a text before it is indexed, "" for
// releases as they are. An index of another maker is of another version.
func Open(dir, maker string) (*Index, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("search: open: %w", err)
	}
	x, err := open(dir, version+maker)
	if err == nil {
		return x, nil
	}
	if !mayReplace(err) {
		return nil, fmt.Errorf("search: open %s: %w", dir, err)
	}
	slog.Warn("search index replaced by an empty one; it fills again", "dir", dir, "cause", err)
	if err := removeFiles(dir); err != nil {
		return nil, fmt.Errorf("search: remove old index: %w", err)
	}
	if x, err = open(dir, version+maker); err != nil {
		return nil, fmt.Errorf("search: open %s: %w", dir, err)
	}
	return x, nil
}

// open opens what is there, or makes a new index where there is none.
func open(dir, version string) (*Index, error) {
	queue := index.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	engine, err := openEngine(dir, queue)
	if err != nil {
		queue.Close()
		return nil, err
	}
	x := &Index{engine: engine, queue: queue, terms: newAnalyzer()}
	if err := x.checkVersion(version); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// openEngine starts scorch on dir. The engine slices its mapped files without
// looking, so a file that was cut short can panic; that is damage like any other.
func openEngine(dir string, queue *index.AnalysisQueue) (index.Index, error) {
	engine, err := scorch.NewScorch(scorch.Name, engineOptions(dir), queue)
	if err != nil {
		return nil, err
	}
	if err := quietly(engine.Open); err != nil {
		// A panic leaves the lock on the files; a plain error does not, and
		// closing then fails, which says nothing new.
		_ = quietly(engine.Close)
		return nil, err
	}
	return engine, nil
}

// quietly turns a panic of do into an error.
func quietly(do func() error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("damaged index: %v", r)
		}
	}()
	return do()
}

// engineOptions are few: a batch answers after it is on disk (unsafe_batch is
// false and the persister does not nap), one snapshot is kept because the
// release log is the history, and a lock held by another process is reported
// instead of waited for.
func engineOptions(dir string) map[string]any {
	return map[string]any{
		"path":               dir,
		"unsafe_batch":       false,
		"numSnapshotsToKeep": 1,
		"bolt_timeout":       "1s",
	}
}

// checkVersion marks a new index with a version and refuses another's.
func (x *Index) checkVersion(version string) error {
	var found []byte
	var count uint64
	err := x.view(func(r index.IndexReader) (err error) {
		if found, err = r.GetInternal(versionKey); err != nil {
			return err
		}
		count, err = r.DocCount()
		return err
	})
	switch {
	case err != nil:
		return err
	case string(found) == version:
		return nil
	case found == nil && count == 0:
		return x.engine.SetInternal(versionKey, []byte(version))
	}
	return fmt.Errorf("%w: %q, not %q", errVersion, found, version)
}

// mayReplace tells damage and age from causes that removing would make worse.
func mayReplace(err error) bool {
	return !errors.Is(err, bolterrors.ErrTimeout) && !errors.Is(err, fs.ErrPermission)
}

// removeFiles takes away the engine's files and nothing else that somebody
// may have put into the folder.
func removeFiles(dir string) error {
	for _, pattern := range []string{"root.bolt", "*.zap"} {
		files, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return err
		}
		for _, file := range files {
			if err := os.Remove(file); err != nil {
				return err
			}
		}
	}
	return nil
}
