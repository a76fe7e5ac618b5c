package locale

import (
	"math"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
	"golang.org/x/text/number"
)

func TestDates(t *testing.T) {
	c := shipped(t)
	vi, en := c.Printer("public", "vi"), c.Printer("public", "en")
	at := time.Date(2026, 11, 23, 19, 5, 0, 0, time.UTC) // the next day in Vietnam
	for _, x := range []struct{ got, want string }{
		{vi.Date(at), "24/11/2026"},
		{en.Date(at), "24 November 2026"},
		{vi.DateTime(at), "02:05, 24/11/2026"},
		{en.DateTime(at), "24 November 2026, 02:05"},
		{vi.DateTimeZone(at), "02:05, 24/11/2026"},
		{en.DateTimeZone(at), "24 November 2026, 02:05 (GMT+7)"},
		{en.DateTimeZone(time.Time{}), ""},
		{vi.Date(time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)), "02/01/2026"},
		{en.Date(time.Date(2026, 1, 2, 3, 0, 0, 0, time.UTC)), "2 January 2026"},
		{vi.Date(time.Time{}), ""},
		{vi.DateTime(time.Time{}), ""},
		{vi.Ago(time.Time{}, at), ""},
	} {
		if x.got != x.want {
			t.Errorf("got %q, want %q", x.got, x.want)
		}
	}
}

func TestAgoCountsDaysInVietnam(t *testing.T) {
	c := shipped(t)
	vi, en := c.Printer("desk", "vi"), c.Printer("desk", "en")
	now := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC) // 15:00 in Vietnam
	for _, x := range []struct {
		at     time.Time
		vi, en string
	}{
		{now.Add(-55 * time.Minute), "hôm nay 14:05", "today 14:05"},
		{now.Add(-15 * time.Hour), "hôm nay 00:00", "today 00:00"},
		{now.Add(-15*time.Hour - time.Minute), "hôm qua 23:59", "yesterday 23:59"},
		{now.Add(-39 * time.Hour), "hôm qua 00:00", "yesterday 00:00"},
		{now.Add(-39*time.Hour - time.Minute), "23:59, 22/11/2026", "22 November 2026, 23:59"},
		{now.Add(24 * time.Hour), "15:00, 25/11/2026", "25 November 2026, 15:00"},
	} {
		if got := vi.Ago(x.at, now); got != x.vi {
			t.Errorf("%v is %q, want %q", x.at, got, x.vi)
		}
		if got := en.Ago(x.at, now); got != x.en {
			t.Errorf("%v is %q, want %q", x.at, got, x.en)
		}
	}
}

func TestNumbers(t *testing.T) {
	c := shipped(t)
	vi, en := c.Printer("public", "vi"), c.Printer("public", "en")
	for _, x := range []struct {
		f        float64
		decimals int
		vi, en   string
	}{
		{0, 0, "0", "0"},
		{1234.5, 1, "1.234,5", "1,234.5"},
		{999, 0, "999", "999"},
		{1000, 0, "1.000", "1,000"},
		{1234567.891, 2, "1.234.567,89", "1,234,567.89"},
		{-1234.5, 2, "-1.234,50", "-1,234.50"},
		{-0.001, 2, "0,00", "0.00"},
		{0.999, 0, "1", "1"},
		{5, -1, "5", "5"},
		{math.NaN(), 1, "–", "–"},
		{math.Inf(1), 1, "–", "–"},
	} {
		if got := vi.Number(x.f, x.decimals); got != x.vi {
			t.Errorf("%v is %q, want %q", x.f, got, x.vi)
		}
		if got := en.Number(x.f, x.decimals); got != x.en {
			t.Errorf("%v is %q, want %q", x.f, got, x.en)
		}
	}
}

func TestBytes(t *testing.T) {
	p := shipped(t).Printer("public", "vi")
	for n, want := range map[int64]string{0: "0\u00a0B", 1023: "1.023\u00a0B", 1024: "1\u00a0KB", 1536: "1,5\u00a0KB", 757_760: "740\u00a0KB", 1_572_864: "1,5\u00a0MB", 10_590_617: "10\u00a0MB", 3 << 30: "3\u00a0GB", 5 << 50: "5.120\u00a0TB"} {
		if got := p.Bytes(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestLanguagesNameThemselves(t *testing.T) {
	for lang, want := range map[string]string{"vi": "Tiếng Việt", "en": "English", "km": "ភាសាខ្មែរ", "zh": "中文", "ko": "한국어", "ja": "日本語", "fr": "fr"} {
		if got := LanguageName(lang); got != want {
			t.Errorf("%s is %q, want %q", lang, got, want)
		}
	}
}

func TestTimeIsVietnams(t *testing.T) {
	p := shipped(t).Printer("desk", "en")
	if got := p.Time(time.Date(2026, 11, 24, 19, 5, 0, 0, time.UTC)); got != "02:05" {
		t.Errorf("got %q, want 02:05", got)
	}
}

func TestPagesAreCountedInEveryLanguage(t *testing.T) {
	for lang, want := range map[string][2]string{
		"vi": {"1\u00a0trang", "1.200\u00a0trang"}, "en": {"1\u00a0page", "1,200\u00a0pages"},
		"zh": {"1\u00a0页", "1,200\u00a0页"}, "ko": {"1쪽", "1,200쪽"}, "ja": {"1ページ", "1,200ページ"},
	} {
		if got := [2]string{Pages(lang, 1), Pages(lang, 1200)}; got != want {
			t.Errorf("%s: %q, want %q", lang, got, want)
		}
	}
}

// What CLDR says of the six languages, where the house says nothing else.
func TestEveryLanguageWritesDatesAndNumbersItsOwnWay(t *testing.T) {
	c := shipped(t)
	at := time.Date(2026, 12, 1, 7, 5, 0, 0, time.UTC)
	type written struct{ date, moment, number, percent, between, vnd, usd, euro string }
	for lang, want := range map[string]written{
		"vi": {"01/12/2026", "14:05, 01/12/2026", "12.737,5", "8,34%", "3-5", "115,4 nghìn tỷ đồng", "1,18 tỷ USD", "2,5 triệu EUR"},
		"en": {"1 December 2026", "1 December 2026, 14:05 (GMT+7)", "12,737.5", "8.34%", "3–5", "VND 115.4 trillion", "USD 1.18 billion", "EUR 2.5 million"},
		"km": {"1 ធ្នូ 2026", "1 ធ្នូ 2026 ម៉ោង 14:05 (GMT+7)", "12.737,5", "8,34%", "3-5", "115.400 ពាន់លាន ដុង", "1,18 ពាន់លាន ដុល្លារ", "2,5 លាន EUR"},
		"zh": {"2026年12月1日", "2026年12月1日 14:05 (GMT+7)", "12,737.5", "8.34%", "3-5", "115.4万亿越南盾", "11.8亿美元", "250万 EUR"},
		"ko": {"2026년 12월 1일", "2026년 12월 1일 14:05 (GMT+7)", "12,737.5", "8.34%", "3~5", "115.4조 동", "11.8억 달러", "250만 EUR"},
		"ja": {"2026年12月1日", "2026年12月1日 14:05 (GMT+7)", "12,737.5", "8.34%", "3～5", "115.4兆ベトナムドン", "11.8億米ドル", "250万 EUR"},
	} {
		p := c.Printer("public", lang)
		got := written{p.Date(at), p.DateTimeZone(at), p.Number(12737.5, 1), p.Percent(8.34, 2), p.Range(3, 5, 0), p.Money(115.4e12, "VND", 2), p.Money(1.18e9, "USD", 2), p.Money(2.5e6, "EUR", 2)}
		for _, s := range []*string{&got.vnd, &got.usd, &got.euro} {
			*s = strings.ReplaceAll(*s, unbroken, " ")
		}
		if got != want {
			t.Errorf("%s: %+v, not %+v", lang, got, want)
		}
	}
}

func TestSmallNumbersAreNotShortened(t *testing.T) {
	p := shipped(t).Printer("public", "zh")
	for f, want := range map[float64]string{9999: "9,999", 10000: "1万", -250_000: "-25万", 0: "0", 1.50: "1.5"} {
		if got := p.Large(f, 2); got != want {
			t.Errorf("%v is %q, not %q", f, got, want)
		}
	}
}

// The decimal and thousands signs are those of golang.org/x/text, which holds CLDR's.
func TestNumbersAgreeWithCLDR(t *testing.T) {
	c := shipped(t)
	for _, lang := range c.Languages("public") {
		got, want := c.Printer("public", lang).Number(1234567.5, 1), xmessage.NewPrinter(language.Make(lang)).Sprint(number.Decimal(1234567.5))
		if got != want {
			t.Errorf("%s: %q, CLDR %q", lang, got, want)
		}
	}
}
