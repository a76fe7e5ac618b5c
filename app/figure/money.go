package figure

import "unicode/utf8"

// prefixes are the units that may go before their number, of which only money does.
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
