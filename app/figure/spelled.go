package figure

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spelled reads a number in words: hai mươi ba, twenty-three million, 三十五.
func (r *reader) spelled(i int) (int, bool) {
	if r.insideWord(i) || r.isYearWord(i) {
		return i, false
	}
	w := &wording{reader: r, at: i}
	for w.words < mostWords && w.next() {
	}
	if len(w.total.parts) == 0 {
		return i, false
	}
	value := w.total.total()
	if !value.Known() {
		return w.at, true
	}
	return w.figure(i, value), true
}

const mostWords = 20 // in a number

// wording is a number in words, read so far.
type wording struct {
	*reader
	total sum
	at    int  // after the last word that belongs to it
	fresh bool // a value was read that no multiplier has taken yet
	words int
	run   bool // digits one by one: 二〇二六
	top   int  // the largest multiplier
}

func (w *wording) next() bool {
	at := w.at
	if w.words > 0 {
		at = w.gap(at)
	}
	if code, end, ok := w.spell.at(w.low, at); ok && w.value(code, at, end) {
		return true
	}
	if code, end, ok := w.scale.at(w.low, at); ok {
		by, err := strconv.Atoi(code)
		return err == nil && w.multiply(by, at, end)
	}
	return false
}

func (w *wording) took(end int) bool {
	w.at, w.words = end, w.words+1
	return true
}

// value takes a word for a value, or one that only joins.
func (w *wording) value(code string, at, end int) bool {
	switch code {
	case "and":
		if w.words == 0 || w.fresh {
			return false
		}
		next, nextEnd, ok := w.spell.at(w.low, w.gap(end))
		return ok && w.value(next, w.gap(end), nextEnd)
	case "half":
		if w.words == 0 || w.run {
			return false
		}
		if w.fresh { // two and a half billion
			w.total.parts = []Value{w.total.total().plus(decimal(5, -1))}
		} else {
			w.total.push(decimal(5, w.top-1))
		}
		return w.took(end)
	}
	v := valueOf(code)
	if w.words > 0 && (w.lang == "vi" && strings.HasPrefix(w.low[at:], "năm") || v.e < 0) {
		return false // mười năm is ten years
	}
	if w.fresh && w.digitByDigit(v) {
		w.run = true
		w.total.parts[0] = w.total.parts[0].shift(1).plus(v)
		return w.took(end)
	}
	if w.fresh && !w.joins(v) {
		return false
	}
	w.total.push(v)
	w.fresh = true
	return w.took(end)
}

// joins tells twenty-three from "one two": the smaller fits into the zero of the larger.
func (w *wording) joins(v Value) bool {
	last := w.total.parts[len(w.total.parts)-1]
	return last.e == 1 && last.n > 0 && last.n < 10 && v.e == 0 && v.n > 0 && v.n < 10
}

// digitByDigit tells the 二〇二六 of a year.
func (w *wording) digitByDigit(v Value) bool {
	c, _ := utf8.DecodeLastRuneInString(w.low[:w.at])
	return (w.words == 1 || w.run) && len(w.total.parts) == 1 && w.total.parts[0].float() < 1e6 && v.float() < 10 && unicode.Is(unicode.Han, c)
}

func (w *wording) multiply(by, at, end int) bool {
	if len(w.total.parts) == 0 || !w.fresh && at > w.at && by <= w.top {
		if by != 1 || w.low[at] < utf8.RuneSelf || isLatin(w.rune(at)) {
			return false
		}
		w.total.push(decimal(1, 0)) // 十五
	} else if !w.fresh && by <= w.top {
		if by != 1 || w.lang == "en" || w.lang == "vi" {
			return false
		}
		w.total.push(decimal(1, 0)) // 百十五
	}
	w.total.scale(by)
	w.fresh, w.top = false, by
	return w.took(end)
}

func (w *wording) figure(i int, value Value) int {
	f := Figure{Spelled: true, by: w.top}
	a := amount{numeral: numeral{value: value, start: i, end: w.at, plain: w.run}}
	end := w.at
	unit, unitEnd := w.unitAfter(a, false)
	if unit != "" {
		end = w.halfMore(&a, unit, unitEnd)
		value = a.value
	}
	f.mean(value, unit)
	w.yearOf(&f, a, unit)
	if value == fraction(1, 2) && unit == "" {
		f.also = append(f.also, Meaning{Kind: Percent, Value: decimal(50, 0), Unit: "%"}, Meaning{Kind: Quantity, Value: decimal(6, 0), Unit: "month"})
	}
	f.soft = !w.weighty(i, f, value)
	return w.add(i, end, f)
}

// weighty tells the words that are a figure by themselves: three percent, two
// million. Scripts without spaces have such signs in too many words.
func (w *wording) weighty(i int, f Figure, value Value) bool {
	if !isLatin(w.rune(i)) || w.low[i] == 'a' && value.n == 1 {
		return false
	}
	return f.Kind == Percent || f.Kind == Money || value.float() >= 1000
}

func valueOf(code string) Value {
	if code == "0.5" {
		return fraction(1, 2)
	}
	n, _ := strconv.ParseInt(code, 10, 64)
	return decimal(n, 0)
}

// insideWord tells the syllables of Korean words from numbers.
func (r *reader) insideWord(i int) bool {
	c, size := utf8.DecodeRuneInString(r.low[i:])
	if !unicode.Is(unicode.Hangul, c) {
		return false
	}
	if last, _ := utf8.DecodeLastRuneInString(r.low[:i]); unicode.Is(unicode.Hangul, last) {
		return true
	}
	if strings.ContainsRune("일이삼사오육륙칠팔구", c) { // only before a multiplier: 이백
		_, _, ok := r.scale.at(r.low, i+size)
		return !ok
	}
	return strings.ContainsRune("한두세석네넷첫열", c) && i+size < len(r.low) && unicode.Is(unicode.Hangul, r.rune(i+size))
}

var afterYear = newLexicon("now: nay|ngoái|qua|sau|trước|tới|đó|học|tài chính|đầu|cuối|mới|kế|ấy|này")

// isYearWord tells năm, which is a year, from năm, which is five.
func (r *reader) isYearWord(i int) bool {
	if r.lang != "vi" || !strings.HasPrefix(r.low[i:], "năm") {
		return false
	}
	at := r.space(i + len("năm"))
	_, _, ok := afterYear.at(r.low, at)
	return ok || at >= len(r.low) || isDigit(r.rune(at)) || at == i+len("năm")
}

// partsOfHundred reads 百分之五十.
func (r *reader) partsOfHundred(i int) (int, bool) {
	const sign = "百分之"
	if !strings.HasPrefix(r.low[i:], sign) {
		return i, false
	}
	at, n := i+len(sign), len(r.found)
	if isDigit(r.rune(at)) {
		r.amount(at, at, "")
	} else if _, ok := r.spelled(at); !ok {
		return i, false
	}
	if len(r.found) == n {
		return i, false
	}
	f := r.found[n]
	r.found = r.found[:n]
	f.mean(f.shown, "%")
	f.shown = Value{}
	return r.add(i, f.End, f), true
}

// roman reads XXI, in capitals.
func (r *reader) roman(i int) (int, bool) {
	end := r.wordEnd(i)
	word := r.text[i:end]
	if strings.Trim(word, "IVX") != "" || len(word) > 6 || word == "I" && r.lang != "vi" {
		return i, false
	}
	n, prev := 0, 0
	for k := len(word) - 1; k >= 0; k-- {
		d := map[byte]int{'I': 1, 'V': 5, 'X': 10}[word[k]]
		if d < prev {
			d = -d
		} else {
			prev = d
		}
		n += d
	}
	f := Figure{Meaning: Meaning{Kind: Number, Value: decimal(int64(n), 0)}, shown: decimal(int64(n), 0), Spelled: true, soft: true}
	return r.add(i, end, f), true
}
