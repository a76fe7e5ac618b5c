package figure

// joinRanges lets the first number of a range have the unit of the second, and
// the multiplier, and the other way round: 2–4 inches, $5–10 million, 5–7 May.
func (r *reader) joinRanges() {
	for n := 1; n < len(r.found); n++ {
		a, b := &r.found[n-1], &r.found[n]
		if !r.isRange(a.End, b.Start) {
			continue
		}
		share(a, b)
		share(b, a)
	}
}

func (r *reader) isRange(from, to int) bool {
	if to-from > 20 {
		return false
	}
	at := r.space(from)
	_, end, ok := r.between.at(r.low, at)
	return ok && r.space(end) == to
}

// share gives a bare number what its neighbour has.
func share(bare, full *Figure) {
	if bare.Kind != Number && bare.Kind != Year || bare.by != 0 && full.Unit == "" {
		return
	}
	v := bare.shown
	switch full.Kind {
	case Date:
		if n := int(v.float()); n >= 1 && n <= 31 && v.e >= 0 && full.Day != 0 {
			m := full.Meaning
			m.Day = n
			bare.also = append(bare.also, m)
		}
	case Time:
		if n := int(v.float()); n <= 24 && v.e >= 0 && v.Known() {
			for m := range full.meanings {
				if m.Kind == Time {
					m.Hour, m.Minute = n, 0
					later := m
					later.Hour = (n + 12) % 24
					bare.also = append(bare.also, m, later)
				}
			}
		}
	case Number, Percent, Money, Quantity:
		by := full.by
		if by == 0 && full.Unit == "" {
			return
		}
		for m := range full.meanings {
			if m.Value.Known() {
				m.Value = v
				bare.also = append(bare.also, m)
				m.Value = v.shift(by)
				bare.also = append(bare.also, m)
			}
		}
	}
}
