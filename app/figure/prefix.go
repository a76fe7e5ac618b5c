package figure

import (
	"strings"
	"unicode/utf8"
)

// prefixes are the currencies that go before their number, and 时速-like words do not.
var prefixes = newLexicon(anywhere.units, `
$: $
USD: us $
¥: ¥|￥
EUR: euro
CNY: 人民币|人民幣
`)

// priced reads a sum with its currency before it: US$23.53 billion, VND 1,500 billion.
func (r *reader) priced(i int) (int, bool) {
	currency, end, ok := prefixes.at(r.low, i)
	if !ok {
		currency, end, ok = r.glued(i)
	}
	if !ok || !isMoney(currency) {
		return i, false
	}
	at := r.space(end)
	if at >= len(r.low) || !isDigit(r.rune(at)) {
		return i, false
	}
	if r.back(i) > 0 && isDigit(r.runeBefore(i)) { // 5 USD 2026: it was said before
		return i, false
	}
	return r.amount(i, at, currency), true
}

// glued reads a currency whose number follows without a space: VND500.
func (r *reader) glued(i int) (string, int, bool) {
	end := r.wordEnd(i)
	if end >= len(r.low) || !isDigit(r.rune(end)) {
		return "", i, false
	}
	code, at, ok := prefixes.at(r.low[:end], i)
	return code, at, ok && at == end
}

func (r *reader) runeBefore(i int) rune {
	c, _ := utf8.DecodeLastRuneInString(r.low[:r.back(i)])
	return c
}

// period reads a quarter of a year, and the year after "năm" or "ឆ្នាំ".
func (r *reader) period(i int) (int, bool) {
	if !strings.HasPrefix(r.low[i:], "q") || i+1 >= len(r.low) {
		return i, false
	}
	n, end, ok := r.integer(i+1, 1)
	if !ok || n < 1 || n > 4 || !endsWord(r.low, end) {
		return i, false
	}
	f := Figure{Meaning: Meaning{Kind: Number, Value: decimal(int64(n), 0)}, shown: decimal(int64(n), 0)}
	return r.add(i, end, f), true
}

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
	if bare.Kind != Number && bare.Kind != Year {
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
