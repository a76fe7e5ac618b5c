package web

import (
	"sync"
	"time"

	"doingoai/app/fault"
)

// Pace lets a key pass at a steady rate with some haste now and then: the
// generic cell rate algorithm, one moment kept for each key. Several newsroom
// processes count each for themselves.
type Pace struct {
	every time.Duration // between two passes in the long run
	burst int           // how many may come at once
	clock func() time.Time

	mu   sync.Mutex
	free map[string]time.Time // when all that was taken will have been worked off
}

// maxKeys limits what somebody with many addresses can fill.
const maxKeys = 10_000

// NewPace makes one for keys that may pass every so often, and burst at once.
func NewPace(every time.Duration, burst int, clock func() time.Time) *Pace {
	return &Pace{every: every, burst: burst, clock: clock, free: map[string]time.Time{}}
}

// Take lets a key pass, or answers how long it has to wait.
func (l *Pace) Take(key string) (wait time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.clock()
	free := l.free[key]
	if free.Before(now) {
		l.makeRoom(now)
		free = now
	}
	if wait := free.Add(l.every).Sub(now) - time.Duration(l.burst)*l.every; wait > 0 {
		return wait
	}
	l.free[key] = free.Add(l.every)
	return 0
}

// TooMany refuses whoever has to wait.
func TooMany(wait time.Duration) error {
	return &fault.Error{Kind: fault.TooMany, Message: fault.Say("error.too_many.title"), RetryAfter: int(wait/time.Second) + 1}
}

// makeRoom forgets keys that owe nothing, and all when that is not enough.
func (l *Pace) makeRoom(now time.Time) {
	if len(l.free) < maxKeys {
		return
	}
	for key, free := range l.free {
		if free.Before(now) {
			delete(l.free, key)
		}
	}
	if len(l.free) >= maxKeys {
		clear(l.free)
	}
}
