package apptest

import (
	"testing"
	"time"
)

// patience limits how long Eventually waits. It is generous, because it costs
// time only when a test is about to fail.
const patience = 30 * time.Second

// Eventually waits until a condition holds and fails the test when it never
// does; a test says what it waits for instead of sleeping.
func Eventually(t testing.TB, what string, condition func() bool) {
	t.Helper()
	timeout := time.NewTimer(patience)
	defer timeout.Stop()
	again := time.NewTicker(2 * time.Millisecond)
	defer again.Stop()
	for !condition() {
		select {
		case <-timeout.C:
			t.Fatalf("waited in vain for: %s", what)
		case <-again.C:
		}
	}
}
