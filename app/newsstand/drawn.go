package newsstand

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"doingoai/app/fault"
)

// Pictures that are drawn from what is released lie on disk under names that
// say what they were drawn from. They can be drawn again, so the oldest give way
// to new ones, and none needs to survive a power cut.

// How many drawn pictures are kept, and how many bytes of them together.
const (
	mostDrawn      = 4000
	mostDrawnBytes = 256 << 20
)

// shelf holds drawn pictures.
type shelf struct {
	dir       string
	turn      chan struct{} // one is drawn at a time
	most      int
	mostBytes int64

	mu    sync.Mutex
	lies  []drawn // the oldest first
	bytes int64
}

type drawn struct {
	name string
	size int64
}

// openShelf finds what lies there already.
func openShelf(dir string) (*shelf, error) {
	s := &shelf{dir: dir, turn: make(chan struct{}, 1), most: mostDrawn, mostBytes: mostDrawnBytes}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var found []fs.FileInfo
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(e.Name(), incoming) { // the program ended while it was written
			if err := os.Remove(filepath.Join(dir, e.Name())); err != nil {
				return nil, err
			}
			continue
		}
		found = append(found, info)
	}
	slices.SortFunc(found, func(a, b fs.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	for _, info := range found {
		s.lies = append(s.lies, drawn{info.Name(), info.Size()})
		s.bytes += info.Size()
	}
	return s, nil
}

// Drawn opens a drawn picture by the name that says what it is drawn from. One
// that does not lie there is drawn, one at a time; whoever cannot wait any longer
// is told to come again.
func (s *Stand) Drawn(ctx context.Context, name string, draw func() ([]byte, error)) (*os.File, error) {
	shelf := s.drawings
	if file, err := shelf.open(name); file != nil || err != nil {
		return file, err
	}
	select {
	case shelf.turn <- struct{}{}:
		defer func() { <-shelf.turn }()
	case <-ctx.Done():
		return nil, &fault.Error{Kind: fault.Unavailable, Message: fault.Message{Key: "error.unavailable.title"}, RetryAfter: 5}
	}
	if file, err := shelf.open(name); file != nil || err != nil { // drawn while this one waited
		return file, err
	}
	picture, err := draw()
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", name, err)
	}
	return shelf.put(name, picture)
}

// open answers nil for what does not lie there.
func (s *shelf) open(name string) (*os.File, error) {
	file, err := os.Open(filepath.Join(s.dir, filepath.Base(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return file, err
}

// put keeps a picture, lets the oldest give way, and opens it.
func (s *shelf) put(name string, picture []byte) (*os.File, error) {
	path := filepath.Join(s.dir, filepath.Base(name))
	temp := filepath.Join(s.dir, incoming+filepath.Base(name))
	if err := os.WriteFile(temp, picture, 0o640); err != nil {
		return nil, err
	}
	if err := os.Rename(temp, path); err != nil {
		return nil, errors.Join(err, os.Remove(temp))
	}
	file, err := os.Open(path) // before it could give way to another
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lies = append(s.lies, drawn{name, int64(len(picture))})
	s.bytes += int64(len(picture))
	for len(s.lies) > s.most || s.bytes > s.mostBytes && len(s.lies) > 1 {
		oldest := s.lies[0]
		s.lies, s.bytes = s.lies[1:], s.bytes-oldest.size
		if err := os.Remove(filepath.Join(s.dir, oldest.name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			slog.Error("a drawn picture cannot be deleted", "name", oldest.name, "error", err)
		}
	}
	return file, nil
}
