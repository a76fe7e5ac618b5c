package newsstand

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"
)

const (
	batch    = 500              // releases applied in one transaction
	patience = 25 * time.Second // of one wait; below what proxies cut off
	soonest  = 200 * time.Millisecond
	latest   = 15 * time.Second // longest pause while something does not work
)

// Follow applies releases as they come, and forwards what readers send, until
// ctx ends. What does not work is tried again after growing pauses.
func (s *Stand) Follow(ctx context.Context) error {
	if err := s.sweepMedia(ctx); err != nil && ctx.Err() == nil {
		slog.Warn("the media files cannot be looked through", "error", err)
	}
	var tasks sync.WaitGroup
	defer tasks.Wait()
	tasks.Go(func() { repeat(ctx, "indexing releases", s.followIndex) })
	tasks.Go(func() { repeat(ctx, "handing letters to the newsroom", s.forwardLetters) })
	tasks.Go(func() { repeat(ctx, "fetching missing media files", s.fetchWanted) })
	repeat(ctx, "following the newsroom", s.followLog)
	return nil
}

// repeat runs a step until ctx ends; after an error it pauses, each time
// longer.
func repeat(ctx context.Context, what string, step func(context.Context) error) {
	pause := soonest
	for ctx.Err() == nil {
		err := step(ctx)
		if err == nil {
			pause = soonest
			continue
		}
		if ctx.Err() != nil {
			return
		}
		slog.Warn(what+" failed; trying again", "error", err, "pause", pause)
		sleep(ctx, pause)
		pause = min(2*pause, latest)
	}
}

// sleep pauses for about d, so that many newsstands do not come back at once.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-time.After(d/2 + rand.N(d)):
	case <-ctx.Done():
	}
}

// followLog applies one batch, or waits until there is one.
func (s *Stand) followLog(ctx context.Context) error {
	cursor, _ := s.progress.cursors()
	entries, err := s.source.After(ctx, cursor, batch)
	if err == nil && len(entries) == 0 {
		err = s.rest(ctx, cursor)
	}
	if err != nil {
		s.progress.lost(s.db.Now())
		return err
	}
	if len(entries) > 0 {
		return s.apply(ctx, entries)
	}
	return nil
}

// rest waits at the end of the log. A log that ends before what was applied
// is another log, or was put back to an older copy. Following it would mix
// two histories, and starting over would empty the site for a newsroom that
// was started on a wrong database; so readers keep what they have and a
// person decides.
func (s *Stand) rest(ctx context.Context, cursor int64) error {
	last, err := s.source.Last(ctx)
	if err != nil {
		return err
	}
	if last < cursor {
		return fmt.Errorf("the newsroom's log ends at %d, but this newsstand has applied it up to %d: "+
			"the newsroom was put back to an older copy, or this is another newsroom", last, cursor)
	}
	s.progress.heard(last, s.db.Now())
	if last > cursor {
		return nil
	}
	return s.source.Wait(ctx, cursor, patience)
}
