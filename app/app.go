// Package app builds the program from its rooms.
//
// New reads like the design: a newsroom over its database, a newsstand over
// its own folder, and between them nothing but a Source of releases. One
// process runs both by default; with --only it runs one of them, and the
// newsstand's source is then the newsroom's address. The code path is the
// same: the newsstand cannot tell a newsroom in its own process from one
// across the country.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"strings"
	"sync"
	"time"

	"doingoai/app/account"
	"doingoai/app/config"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/newsstand"
	"doingoai/locales"
)

// App is the built program, not yet running.
type App struct {
	cfg      config.Config
	words    *locale.Catalogue
	newsroom *newsroomSide // nil with --only newsstand
	readers  *readerSide   // nil with --only newsroom
}

// Options are what tests and the demo give beside the settings.
type Options struct {
	// Clock gives the newsroom's time; nil means the real one.
	Clock func() time.Time
	// Asked, when set, is called before each statement of the newsroom's database.
	Asked func()
}

// New opens databases, indexes and themes. Close releases them.
func New(ctx context.Context, cfg config.Config, o Options) (*App, error) {
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	words, err := locale.Load(locales.FS)
	if err != nil {
		return nil, err
	}
	if doubt := cfg.Doubt(); doubt != "" {
		slog.Warn(doubt)
	}
	if err := os.MkdirAll(cfg.Data, 0o700); err != nil { // before a room makes it for its own part
		return nil, err
	}
	a := &App{cfg: cfg, words: words}
	if err := a.open(ctx, o); err != nil {
		return nil, errors.Join(err, a.Close())
	}
	return a, nil
}

func (a *App) open(ctx context.Context, o Options) error {
	var source newsstand.Source
	var err error
	if a.cfg.HasNewsroom() {
		if a.newsroom, err = openNewsroom(ctx, a.cfg, o, a.words); err != nil {
			return err
		}
		if err := a.newsroom.Accounts.CheckKey(ctx); err != nil {
			return err
		}
		if err := a.newsroom.setUp(ctx); err != nil {
			return err
		}
		if err := a.newsroom.Newsroom.FileHeadlines(ctx); err != nil {
			return err
		}
		if err := a.newsroom.Newsroom.RecountOld(ctx); err != nil {
			return err
		}
		if err := a.newsroom.Outlets.KeepOld(ctx); err != nil {
			return err
		}
		if a.newsroom.Finder, err = newsroom.OpenFinder(a.newsroom.Newsroom, a.cfg.FinderDir()); err != nil {
			return err
		}
		source = a.newsroom.source()
	}
	if !a.cfg.HasNewsstand() {
		return nil
	}
	if source == nil {
		if source, err = newsstand.NewRemote(a.cfg.From, a.cfg.Token); err != nil {
			return err
		}
	}
	a.readers, err = openReaders(ctx, a.cfg, source, a.words)
	return err
}

// Close releases what New opened.
func (a *App) Close() error {
	var errs []error
	if a.readers != nil {
		errs = append(errs, a.readers.close())
	}
	if a.newsroom != nil {
		errs = append(errs, a.newsroom.close())
	}
	return errors.Join(errs...)
}

// Run answers until ctx ends, then finishes what was begun. Once everything
// answers, it writes one line to ready:
//
//	ready readers=http://127.0.0.1:8080 newsroom=http://127.0.0.1:8081
func (a *App) Run(ctx context.Context, ready io.Writer) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	line, readers := "ready", a.cfg.PublicURL
	var tasks tasks
	if a.readers != nil {
		listener, err := net.Listen("tcp", a.cfg.ReadersAddr)
		if err != nil {
			return fmt.Errorf("readers' address: %w", err)
		}
		line += " readers=http://" + listener.Addr().String()
		if readers == "" {
			readers = portOf(listener)
		}
		tasks.start(stop, func() error { return a.readers.serve(ctx, listener, readers) })
		tasks.start(stop, func() error { return a.readers.stand.Follow(ctx) })
	}
	if a.newsroom != nil {
		listener, err := net.Listen("tcp", a.cfg.NewsroomAddr)
		if err != nil {
			stop()
			return errors.Join(fmt.Errorf("newsroom's address: %w", err), tasks.wait())
		}
		address := "http://" + listener.Addr().String()
		line += " newsroom=" + address
		if err := a.newsroom.announceFirst(ctx, a.newsroomURL(address)); err != nil {
			return errors.Join(err, listener.Close())
		}
		courier, err := a.newsroom.courier(a.newsroomURL(address))
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		tasks.start(stop, func() error { return a.newsroom.serve(ctx, listener, a.newsroomURL(address), readers, courier) })
		tasks.start(stop, func() error { courier.Run(ctx); return nil })
		tasks.start(stop, func() error { a.newsroom.Newsroom.RunSchedule(ctx); return nil })
		tasks.start(stop, func() error { a.newsroom.Outbox.Run(ctx); return nil })
		tasks.start(stop, func() error { a.newsroom.Finder.Follow(ctx); return nil })
		tasks.start(stop, func() error { a.newsroom.Media.Work(ctx); return nil })
		tasks.start(stop, func() error { a.newsroom.sweep(ctx); return nil })
	}
	fmt.Fprintln(ready, line)
	return tasks.wait()
}

func (a *App) newsroomURL(listening string) string {
	if a.cfg.NewsroomURL != "" {
		return a.cfg.NewsroomURL
	}
	return listening
}

// portOf is the address of whoever answers on a listener, without a host:
// "http://:8080".
func portOf(l net.Listener) string {
	address := l.Addr().String()
	return "http://" + address[strings.LastIndexByte(address, ':'):]
}

// tasks are goroutines that stand and fall together.
type tasks struct {
	group sync.WaitGroup
	mu    sync.Mutex
	errs  []error
}

func (t *tasks) start(stop context.CancelFunc, run func() error) {
	t.group.Go(func() {
		err := run()
		stop()
		if err != nil && !errors.Is(err, context.Canceled) {
			slog.Error("a part of the program ended", "error", err)
			t.mu.Lock()
			t.errs = append(t.errs, err)
			t.mu.Unlock()
		}
	})
}

func (t *tasks) wait() error {
	t.group.Wait()
	return errors.Join(t.errs...)
}

// system is the actor of what the program does by itself.
func system() account.Actor { return account.System() }
