package markup

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bind keeps a number and its unit on one line: it makes a space that does not
// break of the one between them, in "655 ha", "23,53 tỷ" and "VND 115,357".
// Only a plain space is replaced, so that doing it twice changes nothing.
func Bind(text string) string {
	var b strings.Builder
	done := 0
	for i := 1; i < len(text)-1; i++ {
		if text[i] == ' ' && belong(text[:i], text[i+1:]) {
			b.WriteString(text[done:i] + "\u00a0")
			done = i + 1
		}
	}
	if done == 0 {
		return text
	}
	return b.String() + text[done:]
}

// belong tells a number before its unit, and a currency before its number.
func belong(before, after string) bool {
	return isDigit(before[len(before)-1]) && unitSigns[firstWord(after)] || isDigit(after[0]) && currencies[lastWord(before)]
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// longestUnit bounds the look around a space; no unit has more bytes.
const longestUnit = 16

func firstWord(s string) string {
	for i, r := range s[:min(len(s), longestUnit)] {
		if !inUnit(r) {
			return s[:i]
		}
	}
	if len(s) > longestUnit {
		return ""
	}
	return s
}

func lastWord(s string) string {
	start := len(s)
	for start > 0 && len(s)-start < longestUnit {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !inUnit(r) {
			break
		}
		start -= size
	}
	return s[start:]
}

func inUnit(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || strings.ContainsRune("²³23%°/", r)
}

var (
	unitSigns = setOf("ha hecta m m2 m² m3 m³ km km2 km² km/h cm mm kg g tấn tạ lít kV kW kWh MW MWh GWh MVA °C % " +
		"nghìn ngàn triệu tỷ tỉ đồng USD VND VNĐ EUR " +
		"hectare hectares metre metres kilometre kilometres tonne tonnes ton tons percent thousand million billion trillion dong dollars euros")
	currencies = setOf("USD VND VNĐ EUR JPY KRW CNY")
)

func setOf(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
