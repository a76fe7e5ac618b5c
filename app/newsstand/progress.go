package newsstand

import (
	"context"
	"sync"
	"time"

	"doingoai/app/fault"
)

// progress is how far a Stand has come and what it knows of its source.
type progress struct {
	mu        sync.Mutex
	documents int64 // applied to the local documents
	indexed   int64 // and to the search index
	last      int64 // the source's greatest number, when it was last asked
	complete  bool  // everything the source had was visible once, now or in an earlier life
	reachable bool
	since     time.Time     // of reachable being what it is
	changed   chan struct{} // closed when documents or indexed grow
}

func (p *progress) begin(documents, indexed int64, now time.Time) {
	p.documents, p.indexed, p.since = documents, indexed, now
	p.complete = documents > 0
	p.changed = make(chan struct{})
}

// applied is called with the lock held.
func (p *progress) applied() int64 { return min(p.documents, p.indexed) }

// caughtUp is called with the lock held.
func (p *progress) caughtUp() bool { return p.reachable && p.applied() >= p.last }

// note changes something and tells everybody who waits.
func (p *progress) note(change func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	change()
	p.complete = p.complete || p.caughtUp()
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *progress) cursors() (documents, indexed int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.documents, p.indexed
}

// heard notes the source's greatest number.
func (p *progress) heard(last int64, now time.Time) {
	p.note(func() {
		if !p.reachable {
			p.reachable, p.since = true, now
		}
		p.last = last
	})
}

// lost notes that the source does not answer.
func (p *progress) lost(now time.Time) {
	p.note(func() {
		if p.reachable {
			p.reachable, p.since = false, now
		}
	})
}

// Epoch grows with everything that readers may see differently: with releases,
// with each day, since the front page shows the corrections of the last days, and
// whenever an event begins or ends.
func (s *Stand) Epoch() uint64 {
	if at, now := s.turnsAt.Load(), s.db.Now(); now.UnixMicro() >= at {
		if s.turnsAt.CompareAndSwap(at, s.nextTurn(now)) {
			s.epoch.Add(1)
		}
	}
	return s.epoch.Load()
}

// Applied is the number up to which releases are visible on pages and in search.
func (s *Stand) Applied() int64 {
	s.progress.mu.Lock()
	defer s.progress.mu.Unlock()
	return s.progress.applied()
}

// WaitApplied answers when the release of that number is visible everywhere.
func (s *Stand) WaitApplied(ctx context.Context, seq int64) error {
	for {
		s.progress.mu.Lock()
		applied, changed := s.progress.applied(), s.progress.changed
		s.progress.mu.Unlock()
		if applied >= seq {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// CaughtUp says whether everything the source had when it last answered is visible.
func (s *Stand) CaughtUp() bool {
	s.progress.mu.Lock()
	defer s.progress.mu.Unlock()
	return s.progress.caughtUp()
}

// Ready answers nil when readers can be served: there is an outlet, and the
// stand has been complete once or has documents from an earlier life.
func (s *Stand) Ready() error {
	s.progress.mu.Lock()
	complete := s.progress.complete
	s.progress.mu.Unlock()
	if !complete || len(s.Site().outlets) == 0 {
		return fault.New(fault.Unavailable, "error.unavailable.title")
	}
	return nil
}

// Status is what an operator wants to know of a newsstand.
type Status struct {
	Applied   int64 // visible everywhere
	Documents int64 // applied to the documents; ahead of Applied while the index follows
	Last      int64 // the source's greatest number when it was last asked
	CaughtUp  bool
	Reachable bool      // the source answered when it was last asked
	Since     time.Time // of Reachable being what it is
	Epoch     uint64
	Articles  int // that search can find
	Letters   int // not confirmed by the newsroom yet
	Missing   int // media files that the source could not give
	Cache     CacheStatus
	Reads     uint64 // of the documents, since the start
}

// Status answers how the newsstand is.
func (s *Stand) Status(ctx context.Context) (Status, error) {
	s.progress.mu.Lock()
	p := &s.progress
	st := Status{
		Applied: p.applied(), Documents: p.documents, Last: p.last, CaughtUp: p.caughtUp(),
		Reachable: p.reachable, Since: p.since, Epoch: s.Epoch(), Missing: s.wanted.count(), Cache: s.cache.status(), Reads: s.reads.Load(),
	}
	s.progress.mu.Unlock()
	articles, err := s.index.Count()
	if err != nil {
		return st, err
	}
	st.Articles = int(articles)
	st.Letters, err = s.Waiting(ctx)
	return st, err
}
