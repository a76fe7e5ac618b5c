package newsstand

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"doingoai/app/fault"
)

// incoming begins the names of files that are not whole yet.
const incoming = "incoming-"

// wantedPause is how long missing files are left alone between two tries.
const wantedPause = time.Minute

// wanted are the media files that documents refer to and that could not be
// had. It is not stored: sweepMedia finds the same by looking.
type wanted struct {
	mu     sync.Mutex
	hashes map[string]bool
}

func (w *wanted) add(hash string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.hashes == nil {
		w.hashes = map[string]bool{}
	}
	w.hashes[hash] = true
}

func (w *wanted) drop(hash string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	delete(w.hashes, hash)
}

func (w *wanted) has(hash string) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.hashes[hash]
}

func (w *wanted) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.hashes)
}

func (w *wanted) list() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.Collect(maps.Keys(w.hashes))
}

// fetchWanted tries the missing files once, then pauses. Failures other than
// "not there" end the round early: the source may be away.
func (s *Stand) fetchWanted(ctx context.Context) error {
	const fewFailures = 3
	failures := 0
	for _, hash := range s.wanted.list() {
		err := s.fetchLate(ctx, hash)
		if err == nil || fault.KindOf(err) == fault.NotFound {
			continue
		}
		slog.Warn("a missing media file still cannot be had", "hash", hash, "error", err)
		if failures++; failures == fewFailures || ctx.Err() != nil {
			break
		}
	}
	sleep(ctx, wantedPause)
	return nil
}

// fetchLate fetches a file beside the following, which may meanwhile withdraw
// what needs it.
func (s *Stand) fetchLate(ctx context.Context, hash string) error {
	f, needed, err := loadFile(s.db.Read(ctx), hash)
	if err != nil {
		return err
	}
	if !needed {
		s.wanted.drop(hash)
		return nil
	}
	path, err := s.mediaPath(hash)
	if err != nil {
		return err
	}
	temp, err := s.download(ctx, f, path)
	if err != nil {
		return err
	}
	s.files.Lock()
	defer s.files.Unlock()
	if _, needed, err = loadFile(s.db.Read(ctx), hash); err != nil || !needed {
		return errors.Join(err, os.Remove(temp)) // the next round drops it
	}
	if err := settle(temp, path); err != nil {
		return err
	}
	s.wanted.drop(hash)
	slog.Info("a missing media file has arrived", "hash", hash)
	return nil
}

// sweepMedia makes the media folder equal to what the documents need: files
// that a crash left behind are deleted, missing ones are noted as wanted.
func (s *Stand) sweepMedia(ctx context.Context) error {
	s.files.Lock()
	defer s.files.Unlock()
	return s.eachFolder(ctx, func(folder string, surplus, missing []string) error {
		for _, hash := range missing {
			s.wanted.add(hash)
		}
		for _, name := range surplus {
			if err := os.Remove(filepath.Join(folder, name)); err != nil {
				return err
			}
		}
		return nil
	})
}

// eachFolder compares the 256 folders of media files with the documents.
func (s *Stand) eachFolder(ctx context.Context, found func(folder string, surplus, missing []string) error) error {
	for i := range 256 {
		prefix := fmt.Sprintf("%02x", i)
		needed, err := loadHashes(s.db.Read(ctx), prefix)
		if err != nil {
			return err
		}
		missing := map[string]bool{}
		for _, hash := range needed {
			missing[hash] = true
		}
		folder := filepath.Join(s.dir, "media", prefix)
		files, err := os.ReadDir(folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		var surplus []string
		for _, f := range files {
			ours := strings.HasPrefix(f.Name(), incoming) || len(f.Name()) == 64
			if ours && !missing[f.Name()] {
				surplus = append(surplus, f.Name())
			}
			delete(missing, f.Name())
		}
		if err := found(folder, surplus, slices.Sorted(maps.Keys(missing))); err != nil {
			return err
		}
	}
	return nil
}
