package kind

import "testing"

func TestOnlyKindsOfThisProgramAreKnown(t *testing.T) {
	for k, want := range map[Kind]bool{Article: true, "": false, "Article": false, "article ": false, "park": false, "\x00": false} {
		if k.Known() != want {
			t.Errorf("%q is known: %t", k, k.Known())
		}
	}
}
