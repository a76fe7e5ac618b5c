package newsroom

import (
	"slices"
	"testing"
)

// The greedy way finds as much as the textbook table does.
func FuzzCommon(f *testing.F) {
	f.Add("abcabba", "cbabac")
	f.Add("aaaa", "aa")
	f.Add("abc", "xyz")
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := []byte(a[:min(len(a), 200)]), []byte(b[:min(len(b), 200)])
		steps := maxDiffSteps
		found := common(x, y, &steps)
		before := match{-1, -1}
		for _, m := range found {
			if m.x <= before.x || m.y <= before.y || x[m.x] != y[m.y] {
				t.Fatalf("%q and %q: %v", x, y, found)
			}
			before = m
		}
		if want := longestCommon(x, y); len(found) != want {
			t.Errorf("%q and %q have %d in common, not %d", x, y, want, len(found))
		}
	})
}

func longestCommon(x, y []byte) int {
	row := make([]int, len(y)+1)
	for _, c := range x {
		before := slices.Clone(row)
		for j, d := range y {
			row[j+1] = max(before[j+1], row[j])
			if c == d {
				row[j+1] = before[j] + 1
			}
		}
	}
	return row[len(y)]
}
