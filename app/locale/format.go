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
	date      string // layout of time.Format
	dateTime  string
	thousands string
	decimal   string
}

// styleOf follows NĐ 30/2020 for Vietnamese and CLDR for the others.
func styleOf(lang string) style {
	switch lang {
	case "vi":
		return style{"02/01/2006", "15:04, 02/01/2006", ".", ","}
	case "km":
		return style{"02/01/2006", "15:04, 02/01/2006", ".", ","}
	case "zh", "ja":
		return style{"2006年1月2日", "2006年1月2日 15:04", ",", "."}
	case "ko":
		return style{"2006년 1월 2일", "2006년 1월 2일 15:04", ",", "."}
	}
	return style{"2 January 2006", "2 January 2006, 15:04", ",", "."}
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
func (p *Printer) Date(t time.Time) string { return show(t, p.style.date) }

// DateTime is day and minute: "14:05, 24/11/2026", "24 November 2026, 14:05".
func (p *Printer) DateTime(t time.Time) string { return show(t, p.style.dateTime) }

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
func (p *Printer) Time(t time.Time) string { return show(t, "15:04") }

func show(t time.Time, layout string) string {
	if t.IsZero() {
		return ""
	}
	return t.In(Zone()).Format(layout)
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
		return p.T("time.today", "Time", show(t, "15:04"))
	case day.Equal(today.AddDate(0, 0, -1)):
		return p.T("time.yesterday", "Time", show(t, "15:04"))
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

// Bytes writes a size in steps of 1024 with at most one decimal and a space
// that does not break: "740 KB", "1,5 MB".
func (p *Printer) Bytes(n int64) string {
	const space = "\u00a0"
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
	return p.Number(size, decimals) + space + units[unit]
}

// Size is Bytes in a language, for those who have no words of it at hand.
func Size(lang string, n int64) string { return (&Printer{style: styleOf(lang)}).Bytes(n) }

// Pages writes how many pages a document has, in a language.
func Pages(lang string, n int) string {
	const space = "\u00a0"
	number := (&Printer{style: styleOf(lang)}).Number(float64(n), 0)
	switch lang {
	case "vi":
		return number + space + "trang"
	case "km":
		return number + space + "ទំព័រ"
	case "zh":
		return number + space + "页"
	case "ko":
		return number + "쪽"
	case "ja":
		return number + "ページ"
	}
	if n == 1 {
		return number + space + "page"
	}
	return number + space + "pages"
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
