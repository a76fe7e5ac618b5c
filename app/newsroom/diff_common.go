package newsroom

import "slices"

// match is a part that two lists have: its place in each.
type match struct{ x, y int }

// common finds a longest common run of parts (Myers' greedy way, whose work
// grows with the differences rather than with the lengths), or nothing when
// that would take more steps than are left.
func common[T comparable](x, y []T, steps *int) []match {
	if len(x) == 0 || len(y) == 0 {
		return nil
	}
	p, q := numbered(x, y)
	reached := make([]int32, 2*(len(p)+len(q))+3) // by diagonal: how far into p
	middle := len(p) + len(q) + 1
	var trace [][]int32 // reached after each number of differences
	for edits := 0; ; edits++ {
		for k := -edits; k <= edits; k += 2 {
			at := &reached[middle+k]
			if edits > 0 {
				if down, right := reached[middle+k+1], reached[middle+k-1]+1; goesDown(k, edits, right-1, down) {
					*at = down
				} else {
					*at = right
				}
			}
			i, j := int(*at), int(*at)-k
			from := i
			for i < len(p) && j < len(q) && j >= 0 && p[i] == q[j] {
				i, j = i+1, j+1
			}
			*at = int32(i)
			if *steps -= 1 + i - from; *steps < 0 {
				return nil
			}
			if i >= len(p) && j >= len(q) {
				return wayBack(trace, i, j)
			}
		}
		trace = append(trace, append([]int32(nil), reached[middle-edits:middle+edits+1]...))
	}
}

// goesDown says whether the furthest way to a diagonal comes from the one above
// it, where a part was put in, rather than from the one below.
func goesDown(k, edits int, below, above int32) bool {
	return k == -edits || k != edits && below < above
}

// wayBack goes the way back from the end and gathers what both lists have.
func wayBack(trace [][]int32, i, j int) []match {
	var found []match
	for edits := len(trace); edits > 0; edits-- {
		before := trace[edits-1] // the diagonal k is at k+edits-1
		k := i - j
		reach := func(k int) int32 {
			if n := k + edits - 1; n >= 0 && n < len(before) {
				return before[n]
			}
			return -1
		}
		from := k - 1
		if goesDown(k, edits, reach(k-1), reach(k+1)) {
			from = k + 1
		}
		x := int(reach(from))
		y := x - from
		startX, startY := x+1, y // a part was taken out
		if from == k+1 {
			startX, startY = x, y+1
		}
		for i > startX && j > startY {
			i, j = i-1, j-1
			found = append(found, match{i, j})
		}
		i, j = x, y
	}
	for i > 0 && j > 0 {
		i, j = i-1, j-1
		found = append(found, match{i, j})
	}
	slices.Reverse(found)
	return found
}

// numbered gives equal parts equal numbers: even long ones are then compared
// at once.
func numbered[T comparable](x, y []T) (p, q []int32) {
	numbers := make(map[T]int32, len(x)+len(y))
	number := func(parts []T) []int32 {
		list := make([]int32, len(parts))
		for i, s := range parts {
			n, known := numbers[s]
			if !known {
				n = int32(len(numbers))
				numbers[s] = n
			}
			list[i] = n
		}
		return list
	}
	return number(x), number(y)
}
