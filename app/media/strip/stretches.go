package strip

import (
	"cmp"
	"slices"
)

// stretch is a part of an upload, from a place to another.
type stretch struct{ from, to int64 }

// without puts zeros where stretches of the upload are kept that must not be.
// The pieces are in the order of the upload.
func (p pieces) without(told []stretch) pieces {
	told = joined(told)
	var out pieces
	for _, part := range p {
		if part.put != nil || part.zeros {
			out = append(out, part)
			continue
		}
		at, end := part.from, part.from+part.n
		for len(told) > 0 && told[0].to <= at {
			told = told[1:]
		}
		for _, t := range told {
			if t.from >= end {
				break
			}
			out.keep(at, t.from-at)
			out.blank(min(end, t.to) - max(at, t.from))
			at = min(end, t.to)
		}
		out.keep(at, end-at)
	}
	return out
}

// joined are the same stretches in their order, none of which touches another.
func joined(all []stretch) []stretch {
	slices.SortFunc(all, func(a, b stretch) int { return cmp.Compare(a.from, b.from) })
	var out []stretch
	for _, s := range all {
		if last := len(out) - 1; last >= 0 && s.from <= out[last].to {
			out[last].to = max(out[last].to, s.to)
		} else {
			out = append(out, s)
		}
	}
	return out
}
