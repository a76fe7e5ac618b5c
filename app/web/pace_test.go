package web

import (
	"fmt"
	"testing"
	"time"

	"doingoai/app/apptest"
)

func TestPaceKeepsNoMoreThanItMay(t *testing.T) {
	clock := apptest.Clock(time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC))
	l := NewPace(time.Second, 2, clock.Now)
	for i := range maxKeys + 5 {
		l.Take(fmt.Sprint(i))
	}
	if len(l.free) > maxKeys {
		t.Errorf("%d keys are kept", len(l.free))
	}
}

func TestPaceForgetsWhatIsWorkedOff(t *testing.T) {
	clock := apptest.Clock(time.Date(2026, 7, 1, 1, 0, 0, 0, time.UTC))
	l := NewPace(time.Second, 2, clock.Now)
	passes := func() (n int) {
		for l.Take("a") == 0 {
			n++
		}
		return n
	}
	if n := passes(); n != 2 {
		t.Errorf("%d pass at once", n)
	}
	clock.Advance(time.Second)
	if n := passes(); n != 1 {
		t.Errorf("%d pass after one pause", n)
	}
	clock.Advance(time.Hour)
	if n := passes(); n != 2 {
		t.Errorf("%d pass after a long rest", n)
	}
}
