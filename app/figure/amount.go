package figure

import (
	"math"
	"strconv"
	"strings"
)

// amount is a numeral with its multipliers.
type amount struct {
	numeral
	scaled bool
	by     int // the power of ten of all multipliers
}

// amount reads a number at i with all that belongs to it. Before it, from
// start, stands the sign of its currency, if it has one.
func (r *reader) amount(start, i int, currency string) int {
	a, ok := r.scaledNumeral(i, currency != "")
	if !ok {
		return i + 1
	}
	if a.long || r.dotted(a.numeral) {
		return r.lot(start, i)
	}
	unit, end := r.unitAfter(a, currency != "")
	weekday := r.isWeekday(i, a)
	switch {
	case weekday:
		unit, end = "", a.end
	case currency != "" && unit == "":
		unit = currency
	case unit != "":
		end = r.halfMore(&a, unit, end)
	default:
		end = r.suffix(a)
	}
	f := r.figureOf(a, unit)
	r.yearOf(&f, a, unit)
	r.decade(&f, i, a.end)
	f.soft = weekday || f.Kind == Number && f.Value == decimal(1, 0) // a, một
	f.doubt = r.doubts(f)
	return r.add(start, end, f)
}

// figureOf answers an amount of a unit with all that it may mean.
func (r *reader) figureOf(a amount, unit string) Figure {
	f := Figure{odd: a.odd, other: a.other, by: a.by}
	f.mean(a.value, unit)
	if r.lang == "vi" && unit == "" && a.by >= 6 { // 300 triệu are đồng
		f.also = append(f.also, meaningOf(a.value, "VND")...)
	}
	if r.lang == "km" && a.other.Known() {
		f.also = append(f.also, meaningOf(a.other, unit)...)
		f.other = Value{}
	}
	return f
}

// doubts tells decimals that are likely thousands: three of them, where
// nothing is measured so finely. Vietnamese sums do have them: 1,180 tỷ.
func (r *reader) doubts(f Figure) bool {
	if f.odd || !f.other.Known() || f.other.float() < f.Value.float() || f.Kind == Percent {
		return false
	}
	return r.lang != "vi" || f.by == 0 && (f.Kind == Number || f.Unit == "VND" || f.Unit == "year")
}

// scaledNumeral reads 235億3000万 and 1,5 nghìn tỷ.
func (r *reader) scaledNumeral(i int, priced bool) (amount, bool) {
	num, ok := r.numeral(i)
	if !ok {
		return amount{}, false
	}
	a := amount{numeral: num}
	value, other := &sum{}, &sum{}
	value.push(num.value)
	other.push(num.other)
	for {
		by, end, ok := r.multiplier(a, priced)
		if !ok {
			break
		}
		value.scale(by)
		other.scale(by)
		a.end, a.scaled, a.plain, a.by = end, true, false, a.by+by
		if end, ok := r.half(a.end); ok {
			value.push(decimal(5, by-1))
			a.end, a.other = end, Value{}
		}
		if next, ok := r.nextPart(a.end, by); ok {
			value.push(next.value)
			other = &sum{parts: []Value{{}}}
			a.end = next.end
		}
	}
	a.value = value.total()
	if a.other = other.total(); !num.other.Known() {
		a.other = Value{}
	}
	return a, a.value.Known()
}

// multiplier reads the power of ten after a number: triệu, bn, 億.
func (r *reader) multiplier(a amount, priced bool) (by, end int, ok bool) {
	at := r.gap(a.end)
	if r.lang != "en" {
		at = r.some(at)
	}
	if code, end, ok := r.scale.at(r.low, at); ok {
		by, err := strconv.Atoi(code)
		return by, end, err == nil
	}
	// $5m, 500 M USD: elsewhere m is a metre.
	by = letterScale(r.rune(at))
	if by == 0 || !endsWord(r.low, at+1) || a.scaled {
		return 0, at, false
	}
	code, _, followed := r.unit.at(r.low, r.space(at+1))
	return by, at + 1, priced && at == a.end || followed && isMoney(code) && r.text[at] < 'a'
}

func letterScale(letter rune) int {
	switch letter {
	case 'k':
		return 3
	case 'm':
		return 6
	case 'b':
		return 9
	}
	return 0
}

// halfMore reads the half after a span of time: 2 năm rưỡi, 2年半.
func (r *reader) halfMore(a *amount, unit string, end int) int {
	after, ok := r.half(end)
	if _, _, more := r.spell.at(r.low, r.space(after)); !ok || measures[unit].of != "s" && measures[unit].of != "month" || more {
		return end
	}
	a.value, a.plain = a.value.plus(decimal(5, -1)), false
	return after
}

// some steps over the word for "and some" within a number: 100多万, 100여 명.
func (r *reader) some(i int) int {
	for _, word := range [...]string{"多", "余", "餘", "여", "余り", "数"} {
		if strings.HasPrefix(r.low[i:], word) {
			return i + len(word)
		}
	}
	return i
}

// half reads the half after a multiplier: 2 tỷ rưỡi.
func (r *reader) half(i int) (int, bool) {
	code, end, ok := r.spell.at(r.low, r.space(i))
	return end, ok && code == "half"
}

// nextPart reads the next, smaller part of a number: 3000万 after 235億. Where
// words are apart it must have a multiplier of its own: 1 tỷ 500 triệu.
func (r *reader) nextPart(i, by int) (numeral, bool) {
	if r.lang == "en" {
		return numeral{}, false
	}
	at := i
	if r.lang == "vi" || r.lang == "ko" {
		at = r.space(i)
	}
	num, ok := r.numeral(at)
	if !ok || num.odd || num.value.float() >= math.Pow10(by) {
		return num, false
	}
	code, _, scaled := r.scale.at(r.low, r.space(num.end))
	smaller, _ := strconv.Atoi(code)
	return num, scaled && smaller < by || at == i && r.lang != "vi"
}

// unitAfter reads the unit after a number.
func (r *reader) unitAfter(a amount, priced bool) (string, int) {
	at := r.gap(a.end)
	if r.lang != "en" {
		at = r.some(at)
	}
	unit, end, ok := r.unit.at(r.low, at)
	if !ok || r.isLetterOfCode(at, end) {
		return "", a.end
	}
	if priced && !isMoney(unit) || r.isNextPrice(unit, end) {
		return "", a.end
	}
	// 5 năm 2016: the year is the next figure's.
	if after := r.space(end); r.lang == "vi" && isSpan(unit) && after < len(r.low) && isDigit(r.rune(after)) {
		return "", a.end
	}
	return unit, end
}

// isNextPrice tells the currency of the next sum: 48 projects, 48 | USD 739
// million, a USD 500 million plant.
func (r *reader) isNextPrice(unit string, end int) bool {
	at := r.space(end)
	return r.lang == "en" && isMoney(unit) && at < len(r.low) && isDigit(r.rune(at))
}

// isLetterOfCode tells 5G from five grams: units of one letter are small where it matters.
func (r *reader) isLetterOfCode(at, end int) bool {
	return end == at+1 && r.text[at] != r.low[at] && strings.ContainsAny(r.low[at:end], "mgtlh")
}

// mean gives a figure its value with a unit and all that the unit may stand
// for. One whose code ends in a question mark may be another word: hai đồng chí.
func (f *Figure) mean(v Value, unit string) {
	unit, may := strings.CutSuffix(unit, "?")
	all := meaningOf(v, unit)
	if may && f.by == 0 {
		all = append(all, Meaning{Kind: Number, Value: v})
		f.shown = v
	}
	f.Meaning, f.also = all[0], append(f.also, all[1:]...)
	if f.Kind == Number || f.Kind == Quantity {
		f.shown = v
	}
}

// suffix steps over what is written at a number and says nothing: 36th, 1990s.
func (r *reader) suffix(a amount) int {
	if a.scaled {
		return a.end
	}
	after, _ := r.has(a.end, "st", "nd", "rd", "th", "s", "'s", "’s")
	return after
}

// isWeekday tells thứ 7, which others write in words.
func (r *reader) isWeekday(i int, a amount) bool {
	return r.lang == "vi" && a.plain && a.value.float() <= 7 && strings.HasSuffix(r.low[:r.back(i)], "thứ")
}

// lot reads digits that are no number: 1.2.3, a long account number.
func (r *reader) lot(start, i int) int {
	end := i
	for end < len(r.low) {
		if c := r.low[end]; c != '.' && c != ',' && (c < '0' || c > '9') || c < '0' && (end+1 == len(r.low) || !isDigit(r.rune(end+1))) {
			break
		}
		end++
	}
	if end == i {
		return i + len(string(r.rune(i)))
	}
	return r.add(start, end, Figure{Meaning: Meaning{Kind: Code, Code: r.low[i:end]}})
}
