package figure

import "strings"

// hour is an hour of the day as it is written.
type hour struct {
	h, m  int
	part  string // am, pm, noon, night; "" if nothing says which half of the day
	exact bool   // on the clock of 24 hours
	count bool   // may be so many hours instead: 2 giờ
}

// The words of an hour after its number. Those of English are dayparts.
var (
	hourSigns   = []string{"点", "點", "时", "時", "시"}
	minuteSigns = []string{"分", "분"}
)

// clockTime reads 14h30, 2 giờ chiều, 2:30 p.m., 下午2点30分.
func (r *reader) clockTime(i int) (int, bool) {
	h, at, ok := r.integer(i, 2)
	if !ok || h > 24 {
		return i, false
	}
	t, end, ok := r.hourAt(i, h, at)
	if !ok || t.m > 59 || t.h == 24 && t.m > 0 {
		return i, false
	}
	if t.part == "" {
		t.part, end = r.daypartAfter(end)
	}
	start := i
	if t.part == "" && r.lang != "vi" {
		if part, at, ok := r.daypart.before(r.low, r.back(i)); ok && part != "hour" {
			t.part, start = part, r.apart(at, i)
		}
	}
	t.exact = t.exact || r.low[i] == '0' && at == i+2
	return r.add(start, end, t.figure()), true
}

// apart keeps a figure from reaching into the one before it.
func (r *reader) apart(start, i int) int {
	if n := len(r.found); n > 0 && r.found[n-1].End > start {
		return i
	}
	return start
}

// hourAt reads on after the digits of the hour.
func (r *reader) hourAt(i, h, at int) (hour, int, bool) {
	if t, end, ok := r.withColon(h, at); ok {
		return t, end, true
	}
	if r.lang == "vi" || r.lang == "en" {
		if t, end, ok := r.withLetter(h, at); ok {
			return t, end, true
		}
	}
	switch {
	case r.lang == "vi":
		return r.withGio(h, at)
	case r.lang == "km":
		return r.afterMaong(i, h, at)
	case r.lang != "en":
		return r.withSign(h, at)
	}
	part, end, ok := r.daypart.at(r.low, r.space(at))
	if !ok || part == "noon" || strings.Contains(r.low[at:end], " in ") || strings.Contains(r.low[at:end], "night") {
		return hour{}, at, false
	}
	return hour{h: h, part: part}, end, true
}

// withColon reads 14:30, and 2.30 where a daypart follows.
func (r *reader) withColon(h, at int) (hour, int, bool) {
	if at >= len(r.low) || r.low[at] != ':' && r.low[at] != '.' {
		return hour{}, at, false
	}
	m, end, ok := r.integer(at+1, 2)
	if !ok || end != at+3 || isDigit(r.rune(end)) {
		return hour{}, at, false
	}
	t := hour{h: h, m: m, exact: h > 12}
	if r.low[at] == ':' {
		if next, ok := r.has(end, ":"); ok && isDigit(r.rune(next)) {
			return hour{}, at, false // minutes and seconds
		}
		return t, end, true
	}
	part, end, ok := r.daypart.at(r.low, r.space(end))
	if !ok {
		return hour{}, at, false
	}
	t.part = part
	return t, end, true
}

// withLetter reads 14h30 and 14h.
func (r *reader) withLetter(h, at int) (hour, int, bool) {
	if at >= len(r.low) || r.low[at] != 'h' && r.low[at] != 'g' || r.text[at] == 'G' {
		return hour{}, at, false
	}
	m, end, ok := r.integer(at+1, 2)
	if ok && end == at+3 {
		return hour{h: h, m: m, exact: true}, end, true
	}
	if r.low[at] != 'h' || !endsWord(r.low, at+1) || r.lang != "vi" {
		return hour{}, at, false
	}
	return hour{h: h, exact: h > 12, count: true}, at + 1, true
}

// withGio reads 2 giờ, 2 giờ 30 phút, 2 giờ rưỡi.
func (r *reader) withGio(h, at int) (hour, int, bool) {
	end, ok := r.has(r.space(at), "giờ")
	if _, span := r.has(r.space(end), "đồng hồ"); !ok || span {
		return hour{}, at, false
	}
	t := hour{h: h, count: true, exact: h > 12}
	if after, ok := r.half(end); ok {
		t.m = 30
		return t, after, true
	}
	if m, after, ok := r.integer(r.space(end), 2); ok && m < 60 {
		if minuteEnd, ok := r.has(r.space(after), "phút"); ok {
			t.m = m
			return t, minuteEnd, true
		}
	}
	return t, end, true
}

// withSign reads 2点30分, 2時半, 2시 30분. The signs of spans are longer.
func (r *reader) withSign(h, at int) (hour, int, bool) {
	end, ok := r.sign(at, hourSigns)
	if _, span := r.sign(end, []string{"間", "间", "钟头", "간"}); !ok || span || strings.HasPrefix(r.low[end:], "대") && h > 24 {
		return hour{}, at, false
	}
	t := hour{h: h, exact: h > 12}
	if after, ok := r.half(end); ok {
		t.m = 30
		return t, after, true
	}
	if m, after, ok := r.integer(r.space(end), 2); ok && m < 60 {
		if minuteEnd, ok := r.sign(after, minuteSigns); ok {
			t.m = m
			return t, minuteEnd, true
		}
	}
	return t, end, true
}

// afterMaong reads Khmer hours, which the word goes before: ម៉ោង ២ និង ៣០ នាទី.
func (r *reader) afterMaong(i, h, at int) (hour, int, bool) {
	if !strings.HasSuffix(r.low[:r.back(i)], "ម៉ោង") {
		return hour{}, at, false
	}
	t := hour{h: h, exact: h > 12}
	next, _ := r.has(r.space(at), "និង")
	if m, after, ok := r.integer(r.space(next), 2); ok && m < 60 {
		if end, ok := r.has(r.space(after), "នាទី"); ok {
			t.m = m
			return t, end, true
		}
	}
	return t, at, true
}

func (r *reader) daypartAfter(end int) (string, int) {
	at := r.space(end)
	part, after, ok := r.daypart.at(r.low, at)
	if !ok || part == "hour" || r.inSigns() {
		return "", end
	}
	return part, after
}

// noon reads hours that have a name.
func (r *reader) noon(i int) (int, bool) {
	if r.lang != "en" {
		return i, false
	}
	h := hour{exact: true}
	end, ok := r.has(i, "midnight")
	if !ok {
		h.h = 12
		end, ok = r.has(i, "noon", "midday")
	}
	if !ok {
		return i, false
	}
	f := h.figure()
	f.soft, f.Spelled = true, true
	return r.add(i, end, f), true
}

// figure answers the hour with all that it may mean.
func (t hour) figure() Figure {
	at := Meaning{Kind: Time, Hour: t.on24(), Minute: t.m}
	f := Figure{Meaning: at}
	open := t.part == "" || t.part == "hour"
	if open && !t.exact && t.h <= 12 {
		at.Hour = (t.h + 12) % 24
		f.also = append(f.also, at)
	}
	if t.count && open {
		minutes := decimal(int64(t.h*60+t.m), 0)
		f.also = append(f.also, Meaning{Kind: Quantity, Value: minutes, Unit: "minute"})
	}
	if t.m == 0 {
		f.shown = decimal(int64(t.h), 0)
	}
	return f
}

func (t hour) on24() int {
	switch {
	case t.part == "am" && t.h == 12:
		return 0
	case t.part == "pm" && t.h < 12, t.part == "noon" && t.h < 4, t.part == "night" && t.h >= 6 && t.h < 12:
		return t.h + 12
	case t.part == "night" && t.h == 12:
		return 0
	}
	return t.h % 24
}
