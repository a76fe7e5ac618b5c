package figure

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// document reads the number of a document with its signs: 687/QĐ-UBND,
// 72/2015/NĐ-CP, 143/2025/QH15.
func (r *reader) document(i int) (int, bool) {
	_, at, ok := r.integer(i, 6)
	if !ok {
		return i, false
	}
	dated := false
	if at < len(r.low) && r.low[at] == '/' {
		if year, end, ok := r.integer(at+1, 4); ok && isYear(year) {
			at, dated = end, true
		}
	}
	if at >= len(r.low) || r.low[at] != '/' {
		return i, false
	}
	end, hyphen := r.capitals(at + 1)
	if end < at+3 || !hyphen && !dated {
		return i, false
	}
	return r.add(i, end, paper(r.text[i:end])), true
}

// capitals reads NĐ-CP and QH15.
func (r *reader) capitals(i int) (end int, hyphen bool) {
	for end = i; end < len(r.text); {
		c, size := utf8.DecodeRuneInString(r.text[end:])
		switch {
		case unicode.IsUpper(c) || c >= '0' && c <= '9' && end > i || c == 'r' && end > i:
		case (c == '-' || c == '–') && end > i && unicode.IsUpper(r.upperAt(end+size)):
			hyphen = true
		default:
			return end, hyphen
		}
		end += size
	}
	return end, hyphen
}

func (r *reader) upperAt(i int) rune {
	c, _ := utf8.DecodeRuneInString(r.text[i:])
	return c
}

// paperByName reads the number of a document that has its kind before it:
// Decree No. 72/2015, Quyết định số 687, 第687号决定.
func (r *reader) paperByName(i int) (int, bool) {
	n, at, ok := r.integer(i, 6)
	if !ok {
		return i, false
	}
	before, numbered := r.numberWord(r.back(i))
	if r.inSigns() {
		return i, false
	}
	if _, _, ok := r.paper.before(r.low, before); !ok {
		return i, false
	}
	if at < len(r.low) && r.low[at] == '/' {
		if year, end, ok := r.integer(at+1, 4); ok && isYear(year) {
			return r.add(i, end, paper(r.text[i:end])), true
		}
	}
	if !numbered || isYear(n) || at < len(r.low) && (r.low[at] == '.' || r.low[at] == ',') && at+1 < len(r.low) && isDigit(r.rune(at+1)) {
		return i, false
	}
	return r.add(i, at, paper(r.text[i:at])), true
}

// numberWord steps back over No. and số.
func (r *reader) numberWord(end int) (int, bool) {
	for _, w := range [...]string{"no.", "no", "nos.", "number", "số", "n°", "№"} {
		if strings.HasSuffix(r.low[:end], w) && startsWord(r.low, end-len(w)) {
			return r.back(end - len(w)), true
		}
	}
	return end, false
}

var plainCapitals = strings.NewReplacer("Đ", "D", "–", "-")

func paper(text string) Figure {
	return Figure{Meaning: Meaning{Kind: Document, Code: plainCapitals.Replace(strings.ToUpper(text))}}
}

// paperParts cuts 72/2015/ND-CP; what a short form leaves out is "".
func paperParts(code string) (number, year, signs string) {
	number, rest, _ := strings.Cut(code, "/")
	if len(rest) >= 4 && rest[0] >= '0' && rest[0] <= '9' {
		year, rest, _ = strings.Cut(rest, "/")
	}
	return strings.TrimLeft(number, "0"), year, rest
}

// phone reads telephone numbers: 0271 3879 123, +84 271.3879.123.
func (r *reader) phone(i int) (int, bool) {
	if c := r.low[i]; c != '0' && c != '+' && c != '(' {
		return i, false
	}
	var digits []byte
	end := i
scan:
	for j := i; j < len(r.low) && len(digits) < 16; j++ {
		switch c := r.low[j]; {
		case c >= '0' && c <= '9':
			digits, end = append(digits, c), j+1
		case c == '+' && j == i, strings.IndexByte(" .-()", c) >= 0 && j-end < 2:
		default:
			break scan
		}
	}
	number := string(digits)
	if r.low[i] == '+' {
		number = "0" + strings.TrimPrefix(number, "84")
	}
	if len(number) < 9 || len(number) > 13 || number[0] != '0' || r.low[i] == '(' && r.low[i+1] != '0' && r.low[i+1] != '+' {
		return i, false
	}
	return r.add(i, end, Figure{Meaning: Meaning{Kind: Phone, Code: number}}), true
}

// code reads what begins with digits and goes on with letters that are no
// unit, and the numbers of articles, which are no numbers: 5G, Điều 19.1.
func (r *reader) code(i int) (int, bool) {
	_, at, ok := r.integer(i, 6)
	if !ok {
		return i, false
	}
	if at+1 < len(r.low) && r.low[at] == '.' && isDigit(r.rune(at+1)) {
		if _, _, ok := r.article.before(r.low, r.back(i)); ok {
			return r.lot(i, i), true
		}
	}
	if !isLatin(r.rune(at)) || r.low[at] >= utf8.RuneSelf {
		return i, false
	}
	_, unitEnd, unit := r.unit.at(r.low, at)
	_, _, scale := r.scale.at(r.low, at)
	if unit && !r.isLetterOfCode(at, unitEnd) || scale || r.suffix(amount{numeral: numeral{end: at}}) > at {
		return i, false
	}
	end := r.codeEnd(at)
	if end > at+12 || r.text[at:end] != strings.ToUpper(r.text[at:end]) {
		return i, false
	}
	return r.add(i, end, coded(r.text[i:end])), true
}

// codeEnd answers where letters and digits end, with the signs between the
// numbers of a plate: 36C-134.95.
func (r *reader) codeEnd(i int) int {
	for most := i + longestWord; i < min(most, len(r.low)); {
		c := r.low[i]
		switch {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		case (c == '-' || c == '.') && i+1 < len(r.low) && r.low[i+1] >= '0' && r.low[i+1] <= '9':
		default:
			return i
		}
		i++
	}
	return i
}

// codeOfLetters reads A320, F-16, COVID-19, QL13.
func (r *reader) codeOfLetters(i int) (int, bool) {
	at := r.wordEnd(i)
	letters := r.text[i:at]
	if at >= len(r.text) || len(letters) > 12 || letters != strings.ToUpper(letters) && letters != "Covid" {
		return i, false
	}
	digits := at
	if r.low[at] == '-' {
		digits++
	}
	_, end, ok := r.integer(digits, 6)
	if !ok || end < len(r.low) && strings.IndexByte("/,.:", r.low[end]) >= 0 && end+1 < len(r.low) && isDigit(r.rune(end+1)) {
		return i, false
	}
	if currency, _, ok := r.unit.at(r.low, i); ok && isMoney(currency) {
		return i, false
	}
	end = r.wordEnd(end)
	f := coded(r.text[i:end])
	if n, after, _ := r.integer(digits, 6); after == end {
		f.shown = decimal(int64(n), 0)
	}
	return r.add(i, end, f), true
}

func coded(text string) Figure {
	return Figure{Meaning: Meaning{Kind: Code, Code: plainCapitals.Replace(strings.ReplaceAll(strings.ToUpper(text), "-", ""))}}
}
