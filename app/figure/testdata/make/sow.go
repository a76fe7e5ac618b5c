package main

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"strings"
)

// errorSort is a sort of error and how it is put into a text; "" if it cannot be.
type errorSort struct {
	name string
	sow  func(lang, text string, rnd *rand.Rand) string
}

// inDigits lets an error in only where the source has the figure in digits:
// that a small number in words is not translated is, by the rules, no error.
func inDigits(source string, old, sown string) bool {
	for _, n := range number.FindAllString(old, -1) {
		if !strings.Contains(sown, n) && !strings.Contains(plainDigits(source), plainDigits(n)) {
			return false
		}
	}
	return true
}

// plainDigits writes all digits as 0 to 9.
func plainDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if number.MatchString(string(r)) {
			return '0' + rune(valueOf(r))
		}
		return r
	}, text)
}

var errors = []errorSort{
	{"digit", digit}, {"scale", replacing(scales)}, {"written", written}, {"lost", lost}, {"added", added},
	{"month", month}, {"day and month", dayAndMonth}, {"year", year}, {"percent", percent},
	{"currency", replacing(currencies)}, {"unit", replacing(units)}, {"document", document},
}

var (
	number  = regexp.MustCompile(`[0-9０-９០-៩]+(?:[.,][0-9]+)*`)
	decimal = regexp.MustCompile(`([0-9])([.,])([0-9]+)`)
	fourth  = regexp.MustCompile(`(?:19|20)[0-9]{2}`)
	paper   = regexp.MustCompile(`[0-9]+(?:/[0-9]{4})?/[A-ZĐ]`)
)

// pick answers one of the places of a text that a pattern matches.
func pick(text string, pattern *regexp.Regexp, rnd *rand.Rand, fits func(from, to int) bool) (from, to int, ok bool) {
	var places [][]int
	for _, at := range pattern.FindAllStringIndex(text, -1) {
		if fits == nil || fits(at[0], at[1]) {
			places = append(places, at)
		}
	}
	if len(places) == 0 {
		return 0, 0, false
	}
	at := places[rnd.IntN(len(places))]
	return at[0], at[1], true
}

func digit(_, text string, rnd *rand.Rand) string {
	from, to, ok := pick(text, number, rnd, func(from, _ int) bool { return !strings.HasSuffix(strings.ToLower(text[:from]), "thứ ") })
	if !ok {
		return ""
	}
	old := []rune(text[from:to])
	var places []int
	for i, r := range old {
		if r != '.' && r != ',' && (r%16 != 0 || i == len(old)-1) {
			places = append(places, i)
		}
	}
	i := places[rnd.IntN(len(places))]
	zero := old[i] - rune(valueOf(old[i]))
	old[i] = zero + rune(1+(valueOf(old[i])+rnd.IntN(8))%9)
	if strings.Contains(text, string(old)) {
		return ""
	}
	return text[:from] + string(old) + text[to:]
}

func valueOf(r rune) int {
	switch {
	case r >= '០' && r <= '៩':
		return int(r - '០')
	case r >= '０' && r <= '９':
		return int(r - '０')
	}
	return int(r - '0')
}

// written lets point and comma change their roles.
func written(lang, text string, rnd *rand.Rand) string {
	if lang != "vi" && lang != "en" {
		return ""
	}
	from, to, ok := pick(text, decimal, rnd, func(_, to int) bool {
		after := strings.ToLower(text[to:])
		for _, hour := range []string{"am", " am", "pm", " a.m", " p.m", " giờ", " sáng", " chiều", ".", "/"} {
			if strings.HasPrefix(after, hour) && (hour != "." || len(after) > 1 && after[1] >= '0' && after[1] <= '9') {
				return false
			}
		}
		return true
	})
	if !ok {
		return ""
	}
	return text[:from] + strings.NewReplacer(".", ",", ",", ".").Replace(text[from:to]) + text[to:]
}

var vague = map[string]string{"en": "many", "vi": "nhiều", "zh": "很多", "ja": "多くの", "ko": "많은", "km": "ច្រើន"}

func lost(lang, text string, rnd *rand.Rand) string {
	from, to, ok := pick(text, number, rnd, func(from, to int) bool {
		before, after := strings.ToLower(text[:from]), text[to:]
		return !strings.HasSuffix(before, "thứ ") && (after == "" || strings.IndexByte("-:/.", after[0]) < 0) &&
			(before == "" || !strings.ContainsAny(before[len(before)-1:], "-:/.abcdefghijklmnopqrstuvwxyz"))
	})
	if !ok || strings.Count(text, text[from:to]) > 1 {
		return ""
	}
	return text[:from] + vague[lang] + strings.TrimPrefix(text[to:], "%")
}

var more = map[string][]string{
	"en": {", up 17 percent", ", in 37 places"}, "vi": {", tăng 17%", ", tại 37 nơi"},
	"zh": {"，增长17%", "，共37处"}, "ja": {"（37か所）", "（17%増）"}, "ko": {"(37곳)", "(17% 증가)"}, "km": {" (៣៧ កន្លែង)", " (កើន ១៧%)"},
}

func added(lang, text string, rnd *rand.Rand) string {
	if strings.Contains(text, "17") || strings.Contains(text, "37") {
		return ""
	}
	end := strings.TrimRight(text, " .!?\"”’。」』។,，")
	return end + more[lang][rnd.IntN(len(more[lang]))] + text[len(end):]
}

var months = map[string][]string{
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	"km": {"មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"},
}

var numbered = map[string]*regexp.Regexp{
	"vi": regexp.MustCompile(`([Tt]háng )([0-9]+)(())`), "zh": regexp.MustCompile(`(())([0-9]+)(月)`),
	"ja": regexp.MustCompile(`(())([0-9]+)(月)`), "ko": regexp.MustCompile(`(())([0-9]+)(월)`),
}

func month(lang, text string, rnd *rand.Rand) string {
	other := func(n int) int { return 1 + (n+rnd.IntN(11))%12 }
	for i, name := range months[lang] {
		if at := strings.Index(text, name); at >= 0 && name != "May" && name != "March" {
			return text[:at] + months[lang][other(i+1)-1] + text[at+len(name):]
		}
	}
	pattern := numbered[lang]
	if pattern == nil {
		return ""
	}
	at := pattern.FindStringSubmatchIndex(text)
	if at == nil {
		return ""
	}
	from, to := at[4], at[5]
	if lang != "vi" {
		from, to = at[6], at[7]
	}
	n, err := strconv.Atoi(text[from:to])
	if err != nil || n > 12 {
		return ""
	}
	return text[:from] + strconv.Itoa(other(n)) + text[to:]
}

var daysAndMonths = map[string]*regexp.Regexp{
	"en": regexp.MustCompile(`(January|February|March|April|May|June|July|August|September|October|November|December) ([0-9]{1,2})\b|\b([0-9]{1,2}) (January|February|March|April|May|June|July|August|September|October|November|December)`),
	"vi": regexp.MustCompile(`\b([0-9]{1,2})(/| tháng )([0-9]{1,2})(())\b`),
	"zh": regexp.MustCompile(`([0-9]{1,2})(月)([0-9]{1,2})(日)`), "ja": regexp.MustCompile(`([0-9]{1,2})(月)([0-9]{1,2})(日)`),
	"ko": regexp.MustCompile(`([0-9]{1,2})(월 )([0-9]{1,2})(일)`),
}

// dayAndMonth lets them change places, where both could be either.
func dayAndMonth(lang, text string, _ *rand.Rand) string {
	pattern := daysAndMonths[lang]
	if pattern == nil {
		return ""
	}
	m := pattern.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	if lang != "en" {
		a, _ := strconv.Atoi(m[1])
		b, _ := strconv.Atoi(m[3])
		if a == b || a > 12 || b > 12 {
			return ""
		}
		return strings.Replace(text, m[0], m[3]+m[2]+m[1]+m[4], 1)
	}
	name, day := m[1]+m[4], m[2]+m[3]
	n, _ := strconv.Atoi(day)
	for i, other := range months["en"] {
		if other == name && n <= 12 && n != i+1 {
			return strings.Replace(text, m[0], fmt.Sprintf("%d %s", i+1, months["en"][n-1]), 1)
		}
	}
	return ""
}

func year(_, text string, rnd *rand.Rand) string {
	from, to, ok := pick(text, fourth, rnd, nil)
	if !ok || strings.Count(text, text[from:to]) > 1 {
		return ""
	}
	n, _ := strconv.Atoi(text[from:to])
	return text[:from] + strconv.Itoa(n+1+rnd.IntN(7)) + text[to:]
}

func percent(_, text string, _ *rand.Rand) string {
	for _, word := range []string{"%", " percent", " per cent", " phần trăm", " 퍼센트", "퍼센트", " ភាគរយ", "パーセント"} {
		if strings.Contains(text, word) {
			return strings.Replace(text, word, "", 1)
		}
	}
	return ""
}

// replacing answers an error that takes one word of a list for another, after
// a number or before one; a list may name the language of the text.
func replacing(words []string) func(string, string, *rand.Rand) string {
	return func(lang, text string, _ *rand.Rand) string {
		for _, pair := range words {
			if only, rest, ok := strings.Cut(pair, ": "); ok {
				if only != lang {
					continue
				}
				pair = rest
			}
			old, other, _ := strings.Cut(pair, "→")
			pattern := regexp.MustCompile(`[0-9០-៩][ \x{a0}]?(?:tỷ |triệu |nghìn tỷ |billion |million |trillion |亿|億|억 |万|만 )?` + regexp.QuoteMeta(old) + `(?:[^a-zA-Z²-]|$)`)
			if strings.ContainsAny(old, "$€£") || old == strings.ToUpper(old) && old[0] < 0x80 {
				pattern = regexp.MustCompile(pattern.String() + `|` + regexp.QuoteMeta(old) + ` ?[0-9]`)
			}
			if at := pattern.FindStringIndex(text); at != nil {
				return text[:at[0]] + strings.Replace(text[at[0]:at[1]], old, other, 1) + text[at[1]:]
			}
		}
		return ""
	}
}

var (
	scales     = []string{"triệu→tỷ", "tỷ→triệu", "million→billion", "billion→million", "trillion→billion", "zh: 亿→万", "zh: 万→亿", "ja: 億→万", "ja: 万→億", "억→만", "만→억", "លាន→ប៊ីលាន", "ប៊ីលាន→លាន"}
	currencies = []string{"US$→€", "$→€", "€→£", "£→$", "USD→EUR", "đô la Mỹ→euro", "bảng Anh→euro", "đôla→yên", "dollars→euros", "VND→USD", "đồng→USD", "歐元→美元", "美元→欧元", "ユーロ→ドル", "ドル→ユーロ", "엔→원", "달러→유로", "ដុល្លារ→រៀល", "euros→yen", "yen→won"}
	units      = []string{
		"ha→m²", "hectares→square metres", "m²→ha", "square meters→hectares", "square metres→hectares", "km²→ha", "square kilometres→hectares", "km→m", "m³→tấn", "cubic metres→tonnes",
		"miles→km", "dặm→km", "vi: feet→mét", "en: feet→metres", "mét→km", "meters→km", "vi: inch→mét", "inches→feet", "phút→giờ", "minutes→hours", "tấn→kg", "公顷→平方米", "平方米→公顷", "ヘクタール→平方メートル",
		"マイル→キロ", "英寸→英尺", "英尺→英里", "헥타르→제곱미터", "마일→피트", "ហិកតា→ម៉ែត្រការ៉េ", "ម៉ោង→នាទី", "months→years", "zh: 年→个月", "ja: 年間→か月間",
	}
)

func document(_, text string, rnd *rand.Rand) string {
	from, to, ok := pick(text, paper, rnd, nil)
	if !ok {
		return ""
	}
	code, rest := text[from:to-1], text[to-1:]
	if rnd.IntN(3) == 0 && strings.Contains(text, "UBND") {
		return strings.Replace(text, "UBND", "HĐND", 1)
	}
	at := strings.IndexByte(code, '/') - 1
	return text[:from] + code[:at] + strconv.Itoa((valueOf(rune(code[at]))+1+rnd.IntN(8))%10) + code[at+1:] + rest
}
