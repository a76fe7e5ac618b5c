package parallel

import "slices"

const (
	// common is in how many paragraphs a pair of syllables may stand and still
	// say which ones are worth a look.
	common = 32
	// closest is how many paragraphs are looked at closely for each: with
	// common it keeps the work in proportion to the length of the texts.
	closest = 12
)

// nearby lists, for each free paragraph of one text, those free ones of the
// other that share the most with it of what few have, in ascending order.
func nearby(from, to *side) map[int][]int {
	holders := map[uint32][]int{}
	for _, j := range to.free() {
		for k, p := range to.units[j].pairs {
			if k > 0 && to.units[j].pairs[k-1] == p {
				continue
			}
			if list := holders[p]; len(list) <= common {
				holders[p] = append(list, j)
			}
		}
	}
	near := map[int][]int{}
	shared := make([]int, len(to.units))
	for _, i := range from.free() {
		var met []int
		for _, p := range from.units[i].pairs {
			if list := holders[p]; len(list) <= common {
				for _, j := range list {
					if shared[j] == 0 {
						met = append(met, j)
					}
					shared[j]++
				}
			}
		}
		near[i] = most(met, shared)
		for _, j := range met {
			shared[j] = 0
		}
	}
	return near
}

// most are the closest of some that were counted most often, in ascending order.
func most(met, counted []int) []int {
	best := make([]int, 0, closest+1) // the most counted first
	for _, j := range met {
		if len(best) == closest && counted[j] <= counted[best[closest-1]] {
			continue
		}
		at := len(best)
		for at > 0 && counted[best[at-1]] < counted[j] {
			at--
		}
		best = slices.Insert(best, at, j)
		best = best[:min(len(best), closest)]
	}
	slices.Sort(best)
	return best
}
