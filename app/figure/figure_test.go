package figure

import (
	"fmt"
	"strings"
	"testing"
)

// say writes figures as a test reads them.
func say(figures []Figure) string {
	var said []string
	for _, f := range figures {
		said = append(said, f.say())
	}
	return strings.Join(said, " | ")
}

func (f *Figure) say() string {
	switch f.Kind {
	case Date:
		return fmt.Sprintf("date %d-%d-%d", f.Year, f.Month, f.Day)
	case Year:
		if f.Spelled {
			return fmt.Sprintf("(year %d)", f.Year)
		}
		return fmt.Sprintf("year %d", f.Year)
	case Time:
		return fmt.Sprintf("time %d:%02d", f.Hour, f.Minute)
	case Document, Phone, Code:
		return string(f.Kind) + " " + f.Code
	}
	s := f.Value.String()
	if f.Unit != "" {
		s += " " + f.Unit
	}
	if f.Spelled {
		s = "(" + s + ")"
	}
	return s
}

func TestFindReadsFiguresAsEachLanguageWritesThem(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"vi", "Tổng vốn 23,53 tỷ USD", "23530000000 USD"},
		{"en", "a total of 23.53 billion USD", "(1) | 23530000000 USD"},
		{"en", "US$23.53 billion", "23530000000 USD"},
		{"en", "$5m and £9bn", "5000000 USD | 9000000000 GBP"},
		{"zh", "总投资235.3亿美元", "23530000000 USD"},
		{"ja", "総額235億3000万ドル", "23530000000 USD"},
		{"ko", "총 235억 3천만 달러", "23530000000 USD"},
		{"ko", "100만여 명", "1000000"},
		{"km", "២៣,៥៣ ប៊ីលានដុល្លារ", "23530000000 USD"},
		{"vi", "1,5 nghìn tỷ đồng", "1500000000000 VND"},
		{"vi", "500 nghìn đồng, 3 trăm triệu, 2 triệu rưỡi", "500000 VND | 300000000 | 2500000"},
		{"vi", "1 tỷ 500 triệu đồng", "1500000000 VND"},
		{"en", "5 hundred thousand", "500000"},
		{"en", "VND 1,500 billion", "1500000000000 VND"},
		{"vi", "1.234.567,8 m²", "1234567.8 m2"},
		{"en", "1,234,567.8 square metres", "1234567.8 m2"},
		{"vi", "4.686 ha; 6.873,56 km²", "4686 ha | 6873.56 km2"},
		{"en", "4,686 hectares", "4686 ha"},
		{"vi", "tăng 9,32%, 3 điểm phần trăm, 40 phần trăm", "9.32 % | 3 pp | 40 %"},
		{"en", "up 2.7 per cent, 3 percentage points", "2.7 % | 3 pp"},
		{"zh", "百分之五十，增长3.5个百分点", "(50 %) | 3.5 pp"},
		{"vi", "ngày 15/5/2026, 15/5, ngày 15 tháng 5 năm 2026, tháng 5/2026", "date 2026-5-15 | date 0-5-15 | date 2026-5-15 | date 2026-5-0"},
		{"en", "15 May; May 15, 2026; 15th of May; May 2026", "date 0-5-15 | date 2026-5-15 | date 0-5-15 | date 2026-5-0"},
		{"zh", "2026年5月15日，5月15日，5月，15日", "date 2026-5-15 | date 0-5-15 | date 0-5-0 | date 0-0-15"},
		{"ko", "2026년 5월 15일", "date 2026-5-15"},
		{"km", "ថ្ងៃទី ១៥ ខែឧសភា ឆ្នាំ ២០២៦", "date 2026-5-15"},
		{"en", "we may march", ""},
		{"vi", "lúc 14h30, 2 giờ chiều, 7 giờ sáng", "time 14:30 | time 14:00 | time 7:00"},
		{"en", "at 2:30 p.m., 7 a.m., 5.30pm, 14:05", "time 14:30 | time 7:00 | time 17:30 | time 14:05"},
		{"zh", "下午2点30分", "time 14:30"},
		{"ja", "午後2時半、2時間", "time 14:30 | 2 hour"},
		{"ko", "오후 2시 30분", "time 14:30"},
		{"vi", "năm 2016, giai đoạn 2021–2030", "year 2016 | year 2021 | year 2030"},
		{"zh", "2016年", "year 2016"},
		{"en", "in the 1990s, the 36th", "year 1990 | 36"},
		{"vi", "Nghị định 72/2015/NĐ-CP, QĐ 687/QĐ-UBND, Luật 143/2025/QH15", "document 72/2015/ND-CP | document 687/QD-UBND | document 143/2025/QH15"},
		{"en", "Decree No. 72/2015/ND-CP, Decision No. 687", "document 72/2015/ND-CP | document 687"},
		{"vi", "Điều 19.1, 0271 3879 123, A320, 5G", "code 19.1 | phone 02713879123 | code A320 | code 5G"},
		{"vi", "hai mươi ba người, ba trăm triệu đồng, mười năm", "(23) | (300000000 VND) | (10 year)"},
		{"en", "twenty-three million; three hundred and five", "(23000000) | (305)"},
		{"zh", "三十五个，十二，二〇二六年", "(35) | (12) | (year 2026)"},
		{"vi", "5 năm 2016", "5 | year 2016"},
		{"en", "3,5 billion USD", "3500000000 USD"},
		{"en", "see https://x.vn/2026/5 and 192.168.1.1", "code 192.168.1.1"},
		{"en", "1, 2 and 3; 1,2,3", "1 | 2 | 3 | 1 | 2 | 3"},
		{"en", "13-year-old; 3-million-dollar", "13 year | 3000000 USD"},
	} {
		if got := say(Find(c.lang, c.text)); got != c.want {
			t.Errorf("%s %q\n got %s\nwant %s", c.lang, c.text, got, c.want)
		}
	}
}
