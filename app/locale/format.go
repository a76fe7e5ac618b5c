package locale

import (
	"math"
	"strconv"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // office computers and small containers lack the zone files
)

// style is how a language writes dates and numbers.
type style struct {
	date      string // layout of time.Format; MMMM is the month's name
	dateTime  string
	months    []string
	thousands string
	decimal   string
	scales    []scale // of large numbers, the largest first
	space     string  // between a number and the word of its scale or currency
	between   string  // the two ends of a range
	before    bool    // the currency stands before the number
	money     map[string]string
}

// scale is a word for a power of ten: 1e9 is "tỷ", 1e8 is "亿".
type scale struct {
	of   float64
	word string
}

const unbroken = "\u00a0"

// styleOf follows NĐ 30/2020 for Vietnamese and CLDR for the others. Khmer is
// written with Latin digits, as CLDR has it and as the figures of the
// Vietnamese text are, with which they are compared, and with the month's name,
// so that nobody takes a day for a month. Hours are counted to 24 everywhere.
func styleOf(lang string) style {
	switch lang {
	case "vi":
		return style{
			date: "02/01/2006", dateTime: "15:04, 02/01/2006", thousands: ".", decimal: ",", space: unbroken, between: "-",
			scales: []scale{{1e12, "nghìn tỷ"}, {1e9, "tỷ"}, {1e6, "triệu"}}, money: map[string]string{"VND": "đồng"},
		}
	case "km":
		return style{
			date: "2 MMMM 2006", dateTime: "2 MMMM 2006 ម៉ោង 15:04", thousands: ".", decimal: ",", space: unbroken, between: "-",
			months: []string{"មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"},
			scales: []scale{{1e9, "ពាន់លាន"}, {1e6, "លាន"}}, money: map[string]string{"VND": "ដុង", "USD": "ដុល្លារ"},
		}
	case "zh":
		return style{
			date: "2006年1月2日", dateTime: "2006年1月2日 15:04", thousands: ",", decimal: ".", between: "-",
			scales: []scale{{1e12, "万亿"}, {1e8, "亿"}, {1e4, "万"}}, money: map[string]string{"VND": "越南盾", "USD": "美元"},
		}
	case "ja":
		return style{
			date: "2006年1月2日", dateTime: "2006年1月2日 15:04", thousands: ",", decimal: ".", between: "～",
			scales: []scale{{1e12, "兆"}, {1e8, "億"}, {1e4, "万"}}, money: map[string]string{"VND": "ベトナムドン", "USD": "米ドル"},
		}
	case "ko":
		return style{
			date: "2006년 1월 2일", dateTime: "2006년 1월 2일 15:04", thousands: ",", decimal: ".", between: "~",
			scales: []scale{{1e12, "조"}, {1e8, "억"}, {1e4, "만"}}, money: map[string]string{"VND": unbroken + "동", "USD": unbroken + "달러"},
		}
	}
	return style{
		date: "2 January 2006", dateTime: "2 January 2006, 15:04", thousands: ",", decimal: ".", space: unbroken, between: "–", before: true,
		scales: []scale{{1e12, "trillion"}, {1e9, "billion"}, {1e6, "million"}},
	}
}

// Zone is the time zone in which everything is shown, Asia/Ho_Chi_Minh.
var Zone = sync.OnceValue(func() *time.Location {
	zone, err := time.LoadLocation("Asia/Ho_Chi_Minh")
	if err != nil { // the zone data is part of the program, so this is out of reach
		return time.FixedZone("+07", 7*60*60)
	}
	return zone
})

// Date is the day of t in Vietnam: "24/11/2026", "24 November 2026". The zero
// time gives nothing.
func (p *Printer) Date(t time.Time) string { return p.show(t, p.style.date) }

// DateTime is day and minute: "14:05, 24/11/2026", "24 November 2026, 14:05".
func (p *Printer) DateTime(t time.Time) string { return p.show(t, p.style.dateTime) }

// DateTimeZone is DateTime for readers who may be anywhere. Those who read
// Vietnamese know whose clock it is; others are told: "24 November 2026, 14:05
// (GMT+7)".
func (p *Printer) DateTimeZone(t time.Time) string {
	if p.lang == Default || t.IsZero() {
		return p.DateTime(t)
	}
	return p.DateTime(t) + " (GMT+7)"
}

// Time is the minute of t in Vietnam, "14:05", for what happened just now.
func (p *Printer) Time(t time.Time) string { return p.show(t, "15:04") }

func (p *Printer) show(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	t = t.In(Zone())
	shown := t.Format(layout)
	if p.style.months != nil {
		shown = strings.Replace(shown, "MMMM", p.style.months[t.Month()-1], 1)
	}
	return shown
}

// Ago says a time as people do near it: "hôm nay 14:05", "hôm qua 09:10", and
// as DateTime further away. Days begin at midnight in Vietnam.
func (p *Printer) Ago(t, now time.Time) string {
	if t.IsZero() {
		return ""
	}
	day, today := dayOf(t), dayOf(now)
	switch {
	case day.Equal(today):
		return p.T("time.today", "Time", p.Time(t))
	case day.Equal(today.AddDate(0, 0, -1)):
		return p.T("time.yesterday", "Time", p.Time(t))
	}
	return p.DateTime(t)
}

func dayOf(t time.Time) time.Time {
	year, month, day := t.In(Zone()).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, Zone())
}

// Number writes f with a fixed count of decimals: "1.234,5", "1,234.5". What
// is no number is a dash.
func (p *Printer) Number(f float64, decimals int) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		return "–"
	}
	digits := strconv.FormatFloat(math.Abs(f), 'f', max(decimals, 0), 64)
	whole, fraction, hasFraction := strings.Cut(digits, ".")
	var b strings.Builder
	if f < 0 && strings.Trim(digits, "0.") != "" {
		b.WriteByte('-')
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(p.style.thousands)
		}
		b.WriteRune(digit)
	}
	if hasFraction {
		b.WriteString(p.style.decimal)
		b.WriteString(fraction)
	}
	return b.String()
}

// Percent writes a share of a hundred: "8,34%".
func (p *Printer) Percent(f float64, decimals int) string { return p.Number(f, decimals) + "%" }

// Range writes from one number to another: "3-5", "3–5", "3～5".
func (p *Printer) Range(from, to float64, decimals int) string {
	return p.Number(from, decimals) + p.style.between + p.Number(to, decimals)
}

// Large writes a number as it is said, in the scale of the language and with at
// most so many decimals: 1.18 billion is "1,18 tỷ", "1.18 billion", "11.8亿".
func (p *Printer) Large(f float64, decimals int) string {
	for _, s := range p.style.scales {
		if math.Abs(f) >= s.of {
			return p.atMost(f/s.of, decimals) + p.style.space + s.word
		}
	}
	return p.atMost(f, decimals)
}

// atMost is Number without zeros at the end of its decimals.
func (p *Printer) atMost(f float64, decimals int) string {
	text := strconv.FormatFloat(f, 'f', max(decimals, 0), 64)
	_, fraction, _ := strings.Cut(text, ".")
	return p.Number(f, len(strings.TrimRight(fraction, "0")))
}

// Money is Large with a currency (ISO 4217), named where the language names it
// and else by its code: "115.357 tỷ đồng", "USD 1.18 billion", "11.8亿美元".
func (p *Printer) Money(f float64, currency string, decimals int) string {
	name, named := p.style.money[currency]
	switch {
	case p.style.before:
		return currency + unbroken + p.Large(f, decimals)
	case named:
		return p.Large(f, decimals) + p.style.space + name
	}
	return p.Large(f, decimals) + unbroken + currency
}

// Bytes writes a size in steps of 1024 with at most one decimal and a space
// that does not break: "740 KB", "1,5 MB".
func (p *Printer) Bytes(n int64) string {
	units := []string{"B", "KB", "MB", "GB", "TB"}
	size, unit := float64(n), 0
	for math.Abs(size) >= 1024 && unit < len(units)-1 {
		size /= 1024
		unit++
	}
	decimals := 0
	if unit > 0 && math.Abs(size) < 10 && math.Round(size*10) != math.Round(size)*10 {
		decimals = 1
	}
	return p.Number(size, decimals) + unbroken + units[unit]
}

// Size is Bytes in a language, for those who have no words of it at hand.
func Size(lang string, n int64) string { return (&Printer{style: styleOf(lang)}).Bytes(n) }

// Pages writes how many pages a document has, in a language.
func Pages(lang string, n int) string {
	number := (&Printer{style: styleOf(lang)}).Number(float64(n), 0)
	switch lang {
	case "vi":
		return number + unbroken + "trang"
	case "km":
		return number + unbroken + "ទំព័រ"
	case "zh":
		return number + unbroken + "页"
	case "ko":
		return number + "쪽"
	case "ja":
		return number + "ページ"
	}
	if n == 1 {
		return number + unbroken + "page"
	}
	return number + unbroken + "pages"
}

// LanguageName is what a language calls itself; a code that is not ours is
// given back.
func LanguageName(lang string) string {
	switch lang {
	case "vi":
		return "Tiếng Việt"
	case "en":
		return "English"
	case "km":
		return "ភាសាខ្មែរ"
	case "zh":
		return "中文"
	case "ko":
		return "한국어"
	case "ja":
		return "日本語"
	}
	return lang
}
