package public

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var noon = time.Date(2026, 7, 1, 5, 0, 0, 0, time.UTC)

func TestALimiterLetsABurstThroughAndThenASteadyPace(t *testing.T) {
	l := newLimiter(letterStep, letterBurst)
	for i := range letterBurst {
		if _, ok := l.allow("192.0.2.1", noon); !ok {
			t.Fatalf("refused at %d", i)
		}
	}
	wait, ok := l.allow("192.0.2.1", noon)
	if ok || wait != letterStep {
		t.Fatalf("after the burst: allowed %v, wait %v", ok, wait)
	}
	if _, ok := l.allow("192.0.2.1", noon.Add(wait-1)); ok {
		t.Error("allowed a moment too early")
	}
	if _, ok := l.allow("192.0.2.1", noon.Add(wait)); !ok {
		t.Error("refused when the time had come")
	}
	if _, ok := l.allow("192.0.2.1", noon.Add(wait)); ok {
		t.Error("allowed twice in a step")
	}
	if _, ok := l.allow("192.0.2.2", noon); !ok {
		t.Error("another address pays for it")
	}
	later := noon.Add(time.Hour)
	for i := range letterBurst {
		if _, ok := l.allow("192.0.2.1", later); !ok {
			t.Fatalf("an hour later: refused at %d", i)
		}
	}
}

// An IPv6 subscriber has 2⁶⁴ addresses; an address written otherwise is the same.
func TestALimiterSeesNetworks(t *testing.T) {
	for _, same := range [][2]string{
		{"2001:db8:1:2::1", "2001:db8:1:2:ffff::9"}, {"192.0.2.1", "::ffff:192.0.2.1"}, {"fe80::1%eth0", "fe80::2"}, {"?", "?"},
	} {
		if network(same[0]) != network(same[1]) {
			t.Errorf("%s and %s are two", same[0], same[1])
		}
	}
	for _, other := range [][2]string{{"2001:db8:1:2::1", "2001:db8:1:3::1"}, {"192.0.2.1", "192.0.2.2"}} {
		if network(other[0]) == network(other[1]) {
			t.Errorf("%s and %s are one", other[0], other[1])
		}
	}
}

func TestALimiterHoldsUnderAStampede(t *testing.T) {
	l := newLimiter(letterStep, letterBurst)
	var allowed atomic.Int32
	var all sync.WaitGroup
	for range 50 {
		all.Go(func() {
			for range 20 {
				if _, ok := l.allow("192.0.2.1", noon); ok {
					allowed.Add(1)
				}
			}
		})
	}
	all.Wait()
	if allowed.Load() != letterBurst {
		t.Errorf("%d letters were let through", allowed.Load())
	}
}

func BenchmarkLimiter(b *testing.B) {
	l := newLimiter(letterStep, letterBurst)
	addresses := make([]string, 1000)
	for i := range addresses {
		addresses[i] = fmt.Sprintf("192.0.%d.%d", i/250, i%250)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		l.allow(addresses[i%1000], noon)
	}
}
