package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"doingoai/app"
)

// runDesk measures the newsroom. A page that is too slow is an error, for
// scripts to see.
func runDesk(ctx context.Context, o options, program string, t *table) error {
	world, err := prepareDesk(ctx, o, t)
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	visits, err := measureDesk(ctx, o, program, world, t)
	if err != nil {
		return err
	}
	if err := countQueries(ctx, o, world, visits); err != nil {
		return err
	}
	if err := measureRecount(ctx, o, t); err != nil {
		return err
	}
	slow := tellPages(t, visits)
	t.print(os.Stdout, fmt.Sprintf("newsroom of %d items, %s", o.Items, databaseName(o)))
	if slow > 0 {
		return fmt.Errorf("%d pages are slower than %s", slow, deskAim)
	}
	return nil
}

// measureDesk runs the program as a process of its own and measures it.
func measureDesk(ctx context.Context, o options, program string, w *deskWorld, t *table) (visits []*visit, err error) {
	s, err := start(ctx, program, o)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	for _, measure := range []func(context.Context, options, *server, *deskWorld, *table) error{
		findFilled, measureStart,
	} {
		if err := measure(ctx, o, s, w, t); err != nil {
			return nil, err
		}
	}
	t.add("Probe before the pages", probe().String(), "")
	if visits, err = measurePages(ctx, s.newsroom, w, o.Rounds, func() int64 { return 0 }); err != nil {
		return nil, err
	}
	t.add("Probe after the pages", probe().String(), "")
	return visits, measureActs(ctx, o, s, w, t)
}

// probe is a fixed piece of work, to be compared with that of an idle machine.
func probe() time.Duration {
	began := time.Now()
	var sum [sha256.Size]byte
	for range 500_000 {
		sum = sha256.Sum256(sum[:])
	}
	return time.Since(began).Round(time.Millisecond)
}

// findFilled waits until the index of editions is there, and says how long
// that took and how large it is.
func findFilled(ctx context.Context, o options, s *server, w *deskWorld, t *table) error {
	began := time.Now()
	who, err := w.account("editor_in_chief@portal")
	if err != nil {
		return err
	}
	editor, err := signIn(ctx, s.newsroom, who)
	if err != nil {
		return err
	}
	for {
		page, err := editor.read(ctx, "/find?q=tin")
		if err != nil {
			return err
		}
		if !strings.Contains(page, `<p class="notice">`) { // the index is new
			break
		}
		select {
		case <-time.After(5 * time.Second): // each question is work too
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	size, err := folderSize(filepath.Join(o.Data, "find"))
	if took := time.Since(began); took > 2*time.Second {
		t.add("Index of editions filled", fmt.Sprintf("%s (%.0f items/s)", took.Round(time.Second), float64(o.Items)/took.Seconds()), "")
	}
	t.add("Index of editions on disk", fmt.Sprintf("%d MB (%d bytes an item)", size>>20, size/int64(o.Items)), "")
	return err
}

func folderSize(dir string) (size int64, err error) {
	err = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			size += info.Size()
		}
		return err
	})
	return size, err
}

// measureStart stops the program and times it from start to its first page.
func measureStart(ctx context.Context, o options, s *server, w *deskWorld, t *table) error {
	if err := s.stop(); err != nil {
		return err
	}
	began := time.Now()
	again, err := start(ctx, s.program, o)
	if err != nil {
		return err
	}
	ready := time.Since(began)
	*s = *again
	a, err := get(ctx, "http://"+s.newsroom+"/sign-in")
	if err != nil || a.status != 200 {
		return fmt.Errorf("after restart the newsroom answered %d: %w", a.status, err)
	}
	t.add("Start of the newsroom to ready", fmt.Sprintf("%d ms; first page after %d ms", ready.Milliseconds(), time.Since(began).Milliseconds()), "≤ 2000 ms")
	return nil
}

// withinProcess runs the newsroom in this process, and counts what it asks of
// its database.
func withinProcess[T any](ctx context.Context, o options, do func(address string, asked func() int64) (T, error)) (result T, err error) {
	cfg := config(o)
	cfg.Only, cfg.NewsroomAddr = "newsroom", "127.0.0.1:0"
	var count atomic.Int64
	a, err := app.New(ctx, cfg, app.Options{Asked: func() { count.Add(1) }})
	if err != nil {
		return result, err
	}
	defer func() { err = errors.Join(err, a.Close()) }()
	ctx, stop := context.WithCancel(ctx)
	lines, ready := io.Pipe()
	over := make(chan error, 1)
	go func() { over <- errors.Join(a.Run(ctx, ready), ready.Close()) }()
	defer func() { stop(); err = errors.Join(err, <-over) }()
	line := bufio.NewScanner(lines)
	if !line.Scan() {
		return result, errors.New("the newsroom ended before it was ready")
	}
	_, address, _ := strings.Cut(line.Text(), "newsroom=http://")
	return do(address, count.Load)
}
