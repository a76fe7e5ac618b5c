package apptest

import (
	"sync"
	"time"
)

// ManualClock stands still until it is told to move. Its Now is what
// store.Options.Clock wants.
type ManualClock struct {
	mu  sync.Mutex
	now time.Time
}

// Clock makes a clock that stands at start.
func Clock(start time.Time) *ManualClock { return &ManualClock{now: start.UTC()} }

// Now is the time at which the clock stands.
func (c *ManualClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Advance moves the clock; a negative duration moves it back.
func (c *ManualClock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Set makes it another time, earlier or later, as when somebody puts a
// machine's clock right.
func (c *ManualClock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}
