package figure

import "strings"

// The words of a date after its numbers in Chinese, Japanese and Korean.
var (
	yearSigns  = []string{"年", "년"}
	monthSigns = []string{"月", "월"}
	daySigns   = []string{"日", "号", "號", "일"}
	spanSigns  = []string{"간", "間", "内", "동안"}
)

// sign steps over one of the words after a number.
func (r *reader) sign(i int, signs []string) (int, bool) {
	i = r.space(i)
	for _, s := range signs {
		if strings.HasPrefix(r.low[i:], s) {
			return i + len(s), true
		}
	}
	return i, false
}

// dateOfSigns reads 2026年5月15日 from its first number on.
func (r *reader) dateOfSigns(i, n, at int) (int, bool) {
	var f Figure
	if end, ok := r.sign(at, yearSigns); ok && isYear(n) {
		month, next, ok := r.integer(r.space(end), 2)
		if !ok || month < 1 || month > 12 {
			return i, false
		}
		if f = dated(n, 0, 0); true {
			n, at = month, next
		}
	}
	end, ok := r.sign(at, monthSigns)
	switch {
	case ok && n >= 1 && n <= 12:
		f.Kind, f.Month = Date, n
		if day, next, ok := r.integer(r.space(end), 2); ok {
			if dayEnd, ok := r.sign(next, daySigns); ok && day >= 1 && day <= 31 {
				f.Day, end = day, dayEnd
			}
		}
		return r.add(i, end, f), true
	case f.Year != 0 || n < 1 || n > 31:
		return i, false
	}
	// A day by itself, or so many days.
	end, ok = r.sign(at, daySigns)
	if _, span := r.sign(end, spanSigns); !ok || span {
		return i, false
	}
	f = dated(0, 0, n)
	f.also = []Meaning{{Kind: Quantity, Value: decimal(int64(n), 0), Unit: "day"}}
	f.shown = decimal(int64(n), 0)
	return r.add(i, end, f), true
}

// dateInSigns reads a date whose numbers are in words: 二〇一〇年五月五日.
func (r *reader) dateInSigns(i int) (int, bool) {
	n, at, ok := r.smallNumber(i)
	if !ok {
		return i, false
	}
	var f Figure
	if end, ok := r.sign(at, yearSigns); ok && isYear(n) {
		f.Year = n
		if n, at, ok = r.smallNumber(end); !ok {
			return i, false
		}
	}
	end, ok := r.sign(at, monthSigns)
	if !ok || n < 1 || n > 12 {
		return i, false
	}
	f.Kind, f.Month = Date, n
	if day, next, ok := r.smallNumber(end); ok && day >= 1 && day <= 31 {
		if dayEnd, ok := r.sign(next, daySigns); ok {
			f.Day, end = day, dayEnd
		}
	}
	f.Spelled, f.soft = true, true
	return r.add(i, end, f), true
}

// smallNumber reads a number in Han signs.
func (r *reader) smallNumber(i int) (n, end int, ok bool) {
	w := &wording{reader: r, at: i}
	for w.words < 5 && w.next() {
	}
	if len(w.total.parts) == 0 {
		return 0, i, false
	}
	v := w.total.total()
	return int(v.float()), w.at, v.Known() && v.float() < 3000
}
