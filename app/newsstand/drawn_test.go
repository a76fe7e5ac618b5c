package newsstand

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"doingoai/app/fault"
)

func newShelf(t *testing.T, dir string) *Stand {
	t.Helper()
	shelf, err := openShelf(dir)
	if err != nil {
		t.Fatal(err)
	}
	return &Stand{drawings: shelf}
}

func (s *Stand) drawnText(t *testing.T, name string, draw func() ([]byte, error)) string {
	t.Helper()
	file, err := s.Drawn(context.Background(), name, draw)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Many ask at once for one picture, and it is drawn once; also after a restart.
func TestAPictureIsDrawnOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "drawn")
	s := newShelf(t, dir)
	var times atomic.Int32
	draw := func() ([]byte, error) { times.Add(1); return []byte("picture"), nil }
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if got := s.drawnText(t, "a.png", draw); got != "picture" {
				t.Errorf("it is %q", got)
			}
		})
	}
	all.Wait()
	if got := newShelf(t, dir).drawnText(t, "a.png", draw); got != "picture" || times.Load() != 1 {
		t.Errorf("after a restart it is %q; it was drawn %d times", got, times.Load())
	}
}

// However many pictures are asked for, so many lie on disk and no more: the
// newest, also after a restart and an end in the middle.
func TestTheOldestPicturesGiveWay(t *testing.T) {
	dir := t.TempDir()
	s := newShelf(t, dir)
	s.drawings.most, s.drawings.mostBytes = 3, 1000
	for i := range 10 {
		s.drawnText(t, fmt.Sprint(i), func() ([]byte, error) { return make([]byte, 10), nil })
	}
	check := func(want ...string) {
		t.Helper()
		left, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, e := range left {
			names = append(names, e.Name())
		}
		if fmt.Sprint(names) != fmt.Sprint(want) {
			t.Errorf("there lie %v, not %v", names, want)
		}
	}
	check("7", "8", "9")
	s.drawnText(t, "large", func() ([]byte, error) { return make([]byte, 995), nil })
	check("large")
	if err := os.WriteFile(filepath.Join(dir, incoming+"x"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s = newShelf(t, dir)
	check("large")
	s.drawings.mostBytes = 1000
	s.drawnText(t, "next", func() ([]byte, error) { return make([]byte, 10), nil })
	check("next")
}

// Whoever has waited long enough is told to come again, and what cannot be drawn
// is not kept.
func TestNobodyWaitsForEver(t *testing.T) {
	s := newShelf(t, t.TempDir())
	s.drawings.turn <- struct{}{} // somebody draws
	ended, end := context.WithCancel(context.Background())
	end()
	if _, err := s.Drawn(ended, "a", nil); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("whoever waits is told %v", err)
	}
	<-s.drawings.turn
	broken := errors.New("broken")
	if _, err := s.Drawn(context.Background(), "a", func() ([]byte, error) { return nil, broken }); !errors.Is(err, broken) {
		t.Errorf("what cannot be drawn: %v", err)
	}
	if got := s.drawnText(t, "a", func() ([]byte, error) { return []byte("whole"), nil }); got != "whole" {
		t.Errorf("after that it is %q", got)
	}
}
