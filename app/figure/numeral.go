package figure

import "unicode/utf8"

// numeral is a number in digits, without multiplier or unit.
type numeral struct {
	value Value
	other Value // with point and comma in the opposite roles, if that is a number too; of an odd one, in those of the language
	odd   bool  // only the opposite roles make a number of it
	plain bool  // digits only
	long  bool  // no number that anybody would count with
	start int
	end   int
}

const (
	mostDigits = 15 // more than fifteen are a code
	mostGroups = 8
)

// numeral reads 1.234.567,8 by the rules of the language.
func (r *reader) numeral(i int) (numeral, bool) {
	parts, signs := r.digitGroups(i)
	if len(parts) == 0 {
		return numeral{}, false
	}
	for n := len(parts); n > 0; n-- {
		num, ok := r.evaluate(parts[:n], signs[:n-1])
		if ok && (!num.odd || n == len(parts) && !r.inList(i)) {
			num.start, num.end = i, parts[n-1].end
			num.long = num.long || n > 1 && parts[0].digits > 1 && digitIs(r.rune(i), 0) // 002.35
			return num, true
		}
	}
	return numeral{}, false
}

// inList tells the 2 of 1,2,3.
func (r *reader) inList(i int) bool {
	return i > 1 && r.low[i-1] == ',' && isDigit(rune(r.low[i-2]))
}

// group is some digits on end.
type group struct {
	value  int64
	digits int
	end    int
}

// digitGroups cuts 1.234,5 into 1 . 234 , 5.
func (r *reader) digitGroups(i int) (parts []group, signs []rune) {
	for len(parts) < mostGroups {
		g := group{}
		for i < len(r.low) {
			c, size := utf8.DecodeRuneInString(r.low[i:])
			d, ok := digit(c)
			if !ok {
				break
			}
			if g.digits++; g.digits <= mostDigits {
				g.value = g.value*10 + d
			}
			i += size
		}
		if g.digits == 0 {
			return parts, signs[:max(len(parts)-1, 0)]
		}
		g.end = i
		parts = append(parts, g)
		if i == len(r.low) {
			return parts, signs
		}
		c, size := utf8.DecodeRuneInString(r.low[i:])
		switch c {
		case '．':
			c = '.'
		case '\u00a0', '\u202f', '\u2009':
			c = ' '
		case '.', ',':
		default:
			return parts, signs
		}
		signs = append(signs, c)
		i += size
	}
	return parts, signs[:len(parts)-1]
}

func digitIs(r rune, want int64) bool { d, ok := digit(r); return ok && d == want }

// evaluate makes a number of the groups, if the signs between them allow it.
func (r *reader) evaluate(parts []group, signs []rune) (numeral, bool) {
	point, comma := '.', ','
	if r.lang == "vi" {
		point, comma = ',', '.'
	}
	if len(signs) == 0 {
		return numeral{value: decimal(parts[0].value, 0), plain: true, long: parts[0].digits > mostDigits}, true
	}
	value, own := read(parts, signs, point)
	other, opposite := read(parts, signs, comma)
	switch {
	case own:
		return numeral{value: value, other: other}, true
	case opposite && (signs[0] != ',' || len(signs) > 1 || parts[1].digits < 3 || parts[0].value == 0):
		fine := len(signs) == 1 && signs[0] == '.' && parts[1].digits > 3 // coordinates are written so everywhere
		num := numeral{value: other, odd: r.lang != "km" && !fine}
		if num.odd && len(signs) == 1 {
			num.other = other.shift(parts[1].digits) // 3,5 read as 35
		}
		return num, true
	}
	return numeral{}, false
}

// read reads the groups with one sign before decimals and any other between thousands.
func read(parts []group, signs []rune, point rune) (Value, bool) {
	n, digits, decimals := parts[0].value, parts[0].digits, 0
	for i, sign := range signs {
		next := parts[i+1]
		digits += next.digits
		switch {
		case digits > mostDigits:
			return Value{}, false
		case sign == point:
			if i != len(signs)-1 {
				return Value{}, false
			}
			decimals = next.digits
		case next.digits != 3 || parts[0].digits > 3 || parts[0].value == 0 || i > 0 && signs[i-1] != sign:
			return Value{}, false
		}
		for range next.digits {
			n *= 10
		}
		n += next.value
	}
	return decimal(n, -decimals), true
}

// dotted tells whether the digits go on as no number does: 1.2.3, 192.168.1.1.
func (r *reader) dotted(num numeral) bool {
	i := num.end
	if i+1 >= len(r.low) || r.low[i] != '.' && (r.lang != "vi" || r.low[i] != ',') {
		return false
	}
	return isDigit(r.rune(i + 1))
}
