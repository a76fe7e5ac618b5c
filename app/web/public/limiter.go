package public

import (
	"hash/maphash"
	"net/netip"
	"sync/atomic"
	"time"
)

// limiter lets each address do something a few times at once and then again
// at a steady pace (the generic cell rate algorithm): every permission moves
// the address's own time on by one step, and that time may run ahead of the
// clock by no more than a burst.
//
// Addresses share a fixed number of cells, so that no crowd of them takes
// more memory; two that fall into one cell share its pace.
type limiter struct {
	step  time.Duration
	burst time.Duration // how far its time may run ahead
	seed  maphash.Seed
	cells [16384]atomic.Int64 // when the address would be through, in Unix nanoseconds
}

// A person who reports errors sends a handful of letters, then reads on.
const (
	letterStep  = time.Minute
	letterBurst = 5
)

// Who asks what became of a letter does so a few times a day; whoever tries
// numbers would need a million years for one that somebody has.
const (
	questionStep  = 10 * time.Second
	questionBurst = 20
)

func newLimiter(step time.Duration, burst int) *limiter {
	return &limiter{step: step, burst: time.Duration(burst-1) * step, seed: maphash.MakeSeed()}
}

// allow says whether an address may go on now, and else after what time.
func (l *limiter) allow(address string, now time.Time) (wait time.Duration, ok bool) {
	cell := &l.cells[maphash.String(l.seed, network(address))%uint64(len(l.cells))]
	for {
		before := cell.Load()
		ahead := max(0, time.Duration(before-now.UnixNano()))
		if ahead > l.burst {
			return ahead - l.burst, false
		}
		if cell.CompareAndSwap(before, now.Add(ahead+l.step).UnixNano()) {
			return 0, true
		}
	}
}

// network is what one sender has: an IPv4 address, or the half of an IPv6
// address that a provider gives out.
func network(address string) string {
	a, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	a = a.Unmap().WithZone("")
	if a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return a.String()
}
