package figure

import (
	"strconv"
	"strings"
)

const firstYear, lastYear = 1500, 2199 // four digits between them are likely a year

func isYear(n int) bool { return n >= firstYear && n <= lastYear }

func isDayOf(d, m int) bool { return d >= 1 && d <= 31 && m >= 1 && m <= 12 }

// yearOf lets a plain number of four digits be a year too: 2026, 2026年.
func (r *reader) yearOf(f *Figure, a amount, unit string) {
	n := int(a.value.float())
	if !a.plain || !isYear(n) || unit != "" && unit != "year" {
		return
	}
	f.also = append([]Meaning{f.Meaning}, f.also...)
	f.Meaning = Meaning{Kind: Year, Year: n}
}

// decade lets '71 and the eighties, 80年代 and những năm 80, be of a century.
func (r *reader) decade(f *Figure, i, end int) {
	n := int(f.shown.float())
	if n < 1 || n > 99 || f.by != 0 || !f.shown.whole() {
		return
	}
	short := strings.HasSuffix(r.low[:i], "'") || strings.HasSuffix(r.low[:i], "’")
	_, many := r.has(end, "s", "'s", "’s")
	if short || n%10 == 0 && (many || f.Unit == "decade" || r.after(i, "thập niên", "thập kỷ", "những năm")) {
		f.also = append(f.also, Meaning{Kind: Year, Year: 1900 + n}, Meaning{Kind: Year, Year: 2000 + n})
	}
}

// dateInDigits reads 15/5, 15/5/2026, 15-5-2026, 15.5.2026 and 2026-05-15.
func (r *reader) dateInDigits(i int) (int, bool) {
	a, at, ok := r.integer(i, 4)
	if !ok || at >= len(r.low) || i > 0 && (r.low[i-1] == '/' || r.low[i-1] == '.' || r.low[i-1] == '-' && i > 1 && isDigit(rune(r.low[i-2]))) {
		return i, false
	}
	sign := r.low[at]
	if sign != '/' && sign != '-' && sign != '.' {
		return i, false
	}
	b, at, ok := r.integer(at+1, 4)
	if !ok {
		return i, false
	}
	c, end, more := 0, at, false
	if at < len(r.low) && r.low[at] == sign {
		c, end, more = r.integer(at+1, 4)
	}
	if end < len(r.low) && r.low[end] == sign && sign != '.' && end+1 < len(r.low) && isDigit(r.rune(end+1)) {
		return i, false
	}
	if more {
		return r.wholeDate(i, end, a, b, c)
	}
	return r.shortDate(i, at, sign, a, b)
}

func (r *reader) wholeDate(i, end, a, b, c int) (int, bool) {
	switch {
	case isYear(a) && isDayOf(c, b):
		return r.add(i, end, dated(a, b, c)), true
	case isYear(c) && isDayOf(a, b):
		f := dated(c, b, a)
		if r.lang == "en" && isDayOf(b, a) {
			f.also = append(f.also, Meaning{Kind: Date, Year: c, Month: a, Day: b})
		}
		return r.add(i, end, f), true
	case isYear(c) && isDayOf(b, a) && r.lang == "en":
		return r.add(i, end, dated(c, a, b)), true
	}
	return i, false
}

// dayWords go before the days that Vietnamese writes as 15-5 and 15.5.
var dayWords = newLexicon("day: ngày|hôm|hôm nay|hôm qua|hôm sau|ngày mai|sáng|sáng nay|trưa|trưa nay|chiều|chiều nay|chiều qua|tối|tối nay|tối qua|đêm|đêm qua|" +
	"thứ hai|thứ ba|thứ tư|thứ năm|thứ sáu|thứ bảy|chủ nhật|thứ 2|thứ 3|thứ 4|thứ 5|thứ 6|thứ 7")

// shortDate reads a day and a month, or a month and a year. Only Vietnamese
// writes them with other signs than the slash, and only after the word.
func (r *reader) shortDate(i, end int, sign byte, a, b int) (int, bool) {
	_, _, told := dayWords.before(r.low, r.back(i))
	told = told || a > 12 && strings.HasSuffix(r.low[:i], "(") // (30-5), but (2-1) is a score
	if sign != '/' && (r.lang != "vi" || !told) || sign == '-' && b < 1000 && r.dateFollows(end) {
		return i, false
	}
	switch {
	case isDayOf(a, b):
		f := dated(0, b, a)
		if sign == '/' {
			f.also = append(f.also, Meaning{Kind: Number, Value: fraction(int64(a), int64(b))})
			if r.lang != "vi" && isDayOf(b, a) {
				f.also = append(f.also, Meaning{Kind: Date, Month: a, Day: b})
			}
		}
		return r.add(i, end, f), true
	case sign == '/' && isDayOf(b, a) && r.lang != "vi":
		return r.add(i, end, dated(0, a, b)), true
	case isYear(b) && a >= 1 && a <= 12 && sign == '/':
		return r.add(i, end, dated(b, a, 0)), true
	}
	return i, false
}

// dateFollows tells the 5-7 of "5-7/5", which is a range, from a date.
func (r *reader) dateFollows(end int) bool {
	return end < len(r.low) && r.low[end] == '/'
}

func (r *reader) after(i int, words ...string) bool {
	before := r.low[:r.back(i)]
	for _, w := range words {
		if strings.HasSuffix(before, w) && startsWord(r.low, len(before)-len(w)) {
			return true
		}
	}
	return false
}

func dated(year, month, day int) Figure {
	return Figure{Meaning: Meaning{Kind: Date, Year: year, Month: month, Day: day}}
}

// dateInWords reads what begins with a number: 15 tháng 5 năm 2026, 15 May
// 2026, 2026年5月15日, ១៥ ឧសភា.
func (r *reader) dateInWords(i int) (int, bool) {
	n, at, ok := r.integer(i, 4)
	if !ok {
		return i, false
	}
	if end, ok := r.dateOfSigns(i, n, at); ok {
		return end, true
	}
	if n < 1 || n > 31 {
		return i, false
	}
	after, _ := r.has(at, "st", "nd", "rd", "th")
	after = r.space(after)
	if end, ok := r.has(after, "of", "ខែ"); ok {
		after = r.space(end)
	}
	month, end, ok := r.monthAt(after)
	if !ok {
		return i, false
	}
	f := dated(0, month, n)
	f.Year, end = r.yearAfter(end)
	return r.add(i, end, f), true
}

// monthAt reads a month by its name, or "tháng" with its number.
func (r *reader) monthAt(i int) (month, end int, ok bool) {
	if code, end, ok := r.month.at(r.low, i); ok {
		month, _ = strconv.Atoi(code)
		return month, end, true
	}
	if r.lang != "vi" || !strings.HasPrefix(r.low[i:], "tháng") {
		return 0, i, false
	}
	at := r.space(i + len("tháng"))
	if at == i+len("tháng") {
		return 0, i, false
	}
	if month, end, ok = r.integer(at, 2); ok {
		return month, end, month >= 1 && month <= 12
	}
	return r.monthInWords(at)
}

var vietnameseMonths = newLexicon(`
1: một|giêng
2: hai
3: ba
4: tư
5: năm
6: sáu
7: bảy
8: tám
9: chín
10: mười
11: mười một
12: mười hai|chạp
`)

func (r *reader) monthInWords(at int) (month, end int, ok bool) {
	code, end, ok := vietnameseMonths.at(r.low, at)
	month, _ = strconv.Atoi(code)
	if after := r.space(end); ok && month == 5 && isDigit(r.rune(after)) {
		return 0, at, false // "tháng năm 2026" lacks its month
	}
	return month, end, ok
}

// yearAfter reads the year after a month: ", 2026", "/2026", "năm 2026".
func (r *reader) yearAfter(i int) (year, end int) {
	at := i
	if at < len(r.low) && strings.IndexByte("/-,.", r.low[at]) >= 0 {
		at++
	}
	at = r.space(at)
	if end, ok := r.has(at, "of", "in", "năm", "ឆ្នាំ"); ok {
		at = r.space(end)
	}
	year, end, ok := r.integer(at, 4)
	if !ok || !isYear(year) || at == i || isLatin(r.rune(end)) {
		return 0, i
	}
	return year, end
}

// monthByName reads what begins with a month: May 15, 2026; tháng 5/2026; ខែឧសភា.
func (r *reader) monthByName(i int) (int, bool) {
	at := i
	if end, ok := r.has(i, "ខែ"); ok {
		at = r.space(end)
	}
	month, end, ok := r.monthAt(at)
	if !ok || r.lang == "vi" && r.countsMonths(i) {
		return i, false
	}
	f := dated(0, month, 0)
	if r.lang == "vi" || r.lang == "km" {
		f.Year, end = r.yearAfter(end)
		f.soft = at == i && r.lang == "km" && f.Year == 0 // កញ្ញា is a young lady too
		return r.add(i, end, f), true
	}
	if r.text[i] == r.low[i] { // may, march
		return i, false
	}
	day, dayEnd, ok := r.integer(r.space(end), 2)
	if ok && day >= 1 && day <= 31 && !isDigit(r.rune(dayEnd)) && (dayEnd >= len(r.low) || r.low[dayEnd] != ':') {
		f.Day = day
		end, _ = r.has(dayEnd, "st", "nd", "rd", "th")
	}
	f.Year, end = r.yearAfter(end)
	if f.Day == 0 && f.Year == 0 && isShort(r.low[i:end]) {
		return i, false
	}
	f.soft = f.Day == 0 && f.Year == 0 && (month == 3 || month == 5)
	return r.add(i, end, f), true
}

// isShort tells the names that are cut and have no point to show for it.
func isShort(month string) bool {
	return len(month) < 5 && month[len(month)-1] != '.' && month != "june" && month != "july" && month != "may"
}

// countsMonths tells the months of "sáu tháng ba ngày" from March.
func (r *reader) countsMonths(i int) bool {
	end := r.back(i)
	_, _, ok := r.spell.before(r.low, end)
	return ok && end < i
}

// quarter reads Q3.
func (r *reader) quarter(i int) (int, bool) {
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
