package figure

import "testing"

func faults(mismatches []Mismatch) string {
	said := ""
	for _, m := range mismatches {
		if said != "" {
			said += "; "
		}
		said += string(m.Kind)
		for _, f := range []*Figure{m.From, m.To} {
			if f == nil {
				said += " -"
			} else {
				said += " " + f.Text
			}
		}
	}
	return said
}

func TestCompareAsksForValuesNotForWriting(t *testing.T) {
	for _, c := range []struct{ fromLang, from, toLang, to string }{
		{"vi", "Tổng vốn 23,53 tỷ USD.", "en", "Capital of US$23.53 billion."},
		{"vi", "Tổng vốn 23,53 tỷ USD.", "zh", "总投资235.3亿美元。"},
		{"vi", "Tổng vốn 23,53 tỷ USD.", "ja", "総額235億3000万ドル。"},
		{"vi", "Tổng vốn 23,53 tỷ USD.", "ko", "총 235억 3천만 달러."},
		{"vi", "Tổng vốn 23,53 tỷ USD.", "km", "ទុនសរុប ២៣,៥៣ ប៊ីលានដុល្លារ។"},
		{"vi", "1.500 nghìn tỷ đồng", "en", "VND 1,500 trillion"},
		{"vi", "ngày 15/5", "en", "on 15 May"},
		{"vi", "ngày 15/5/2026", "en", "on May 15"},
		{"vi", "ngày 15/5/2026", "zh", "2026年5月15日"},
		{"vi", "ngày 15/5 năm nay, năm 2026", "en", "on 15 May 2026"},
		{"vi", "lúc 14h30", "en", "at 2:30 p.m."},
		{"vi", "lúc 2 giờ", "en", "at 2 p.m."},
		{"vi", "trong 2 giờ", "en", "for two hours"},
		{"vi", "48 giờ", "en", "2 days"},
		{"vi", "4.686 ha", "en", "4,686 hectares"},
		{"vi", "4.686 ha", "en", "46.86 square kilometres"},
		{"vi", "500 m²", "en", "500 square metres"},
		{"vi", "hai dự án", "en", "2 projects"},
		{"vi", "ba dự án", "en", "some projects"},
		{"vi", "hơn 4 tỷ", "en", "over 4 billion"},
		{"vi", "500 nghìn", "en", "five hundred thousand"},
		{"vi", "500.000", "en", "5 hundred thousand"},
		{"vi", "5 dự án, rồi 5 dự án", "en", "5 projects"},
		{"vi", "tháng 6", "en", "in June"},
		{"vi", "từ 2 đến 4 inch", "en", "2 to 4 inches"},
		{"vi", "từ ngày 5 đến 7/5", "en", "5–7 May"},
		{"vi", "từ 5 đến 10 triệu USD", "en", "$5–10 million"},
		{"vi", "Nghị định 72/2015/NĐ-CP", "en", "Decree No. 72/2015/ND-CP"},
		{"vi", "Nghị định số 72/2015/NĐ-CP", "en", "Decree 72/2015"},
		{"vi", "Quyết định 687/QĐ-UBND ngày 7/4/2014", "en", "Decision No. 687/QD-UBND of 7 April 2014"},
		{"vi", "tăng 9,32%", "en", "up 9.32 percent"},
		{"vi", "30%", "zh", "百分之三十"},
		{"vi", "300 đô la", "en", "three hundred dollars"},
		{"vi", "thế kỷ XXI", "en", "the 21st century"},
		{"vi", "thứ 7", "en", "Saturday"},
		{"vi", "QL13", "en", "National Highway 13"},
		{"en", "$350 a day", "vi", "$350 một ngày"},
		{"vi", "5 năm 2016 - 2020", "en", "the five years 2016–2020"},
		{"en", "a 13-year-old boy", "vi", "cậu bé 13 tuổi"},
		{"en", "a billion dollars", "vi", "1 tỷ đô la"},
		{"en", "10,000 people", "km", "១០.០០០ នាក់"},
		{"vi", "6 tháng đầu năm", "en", "the first half of the year"},
		{"vi", "GRDP 115.357 tỷ đồng", "en", "GRDP of 115,357 bn VND"},
		{"vi", "GRDP 54.894 tỷ đồng", "en", "a GRDP of VND 54,894 billion"},
		{"vi", "dự án 500 triệu USD, 43 ha", "en", "a project of 500 M USD on 43 ha"},
		{"vi", "1,18 tỷ USD", "en", "1.180 bn USD"},
		{"vi", "6.873,56 km²", "zh", "6873.56平方公里"},
		{"vi", "7.300 m³/ngày", "en", "7,300 m³/day"},
		{"vi", "21.256,5 tỷ đồng", "en", "VND 21.2565 trillion"},
		{"vi", "thưởng 300 triệu", "en", "a bonus of VND 300 million"},
		{"vi", "hai năm rưỡi", "en", "two and a half years"},
		{"vi", "2,5 tỷ năm", "en", "two and a half billion years"},
		{"vi", "năm 1971", "en", "in '71"},
		{"vi", "những năm 80", "en", "in the 1980s"},
		{"vi", "những năm 1970", "en", "in the 70s"},
		{"vi", "thắng 6-5 (2-1)", "en", "won 6–5 (2–1)"},
		{"vi", "hôm nay (30-5)", "en", "today (30 May)"},
		{"vi", "từ 5 đến 7-8 triệu", "en", "from 5 to 7–8 million"},
		{"vi", "một đồng nghiệp, hai đồng chí", "en", "a colleague and two comrades"},
		{"vi", "2 bảng, 3 bộ", "en", "2 tables and 3 ministries"},
		{"vi", "một tỷ lệ cao", "en", "a high rate"},
		{"vi", "thứ 7 tuần tới", "en", "next Saturday"},
		{"vi", "xe 36C-134.95", "en", "the lorry 36C-134.95"},
		{"vi", "tối 28.6, ngày 3-7", "en", "on the evening of 28 June, on 3 July"},
		{"vi", "đường dây nóng 0271 3879 123", "en", "hotline +84 271 3879 123"},
		{"zh", "二零一零年五月五日", "en", "May 5, 2010"},
		{"zh", "100多万人", "en", "more than a million people"},
		{"ko", "30내지 43퍼센트", "en", "30 to 43 percent"},
		{"ja", "午後2時から4時まで", "en", "from 2 to 4 p.m."},
	} {
		if got := faults(Compare(c.fromLang, c.from, c.toLang, c.to)); got != "" {
			t.Errorf("%q – %q: %s\n%s\n%s", c.from, c.to, got, say(Find(c.fromLang, c.from)), say(Find(c.toLang, c.to)))
		}
	}
}

func TestCompareNamesWhatDiffers(t *testing.T) {
	for _, c := range []struct{ fromLang, from, toLang, to, want string }{
		{"vi", "23,53 tỷ USD", "en", "23.53 million USD", "scale 23,53 tỷ USD 23.53 million USD"},
		{"vi", "3,5 tỷ USD", "en", "3,5 billion USD", "written 3,5 tỷ USD 3,5 billion USD"},
		{"vi", "3.342 triệu USD", "en", "3.342 million USD", "written 3.342 triệu USD 3.342 million USD"},
		{"en", "16,700 people", "vi", "16,700 người", "written 16,700 16,700"},
		{"vi", "5 triệu USD", "en", "5 million EUR", "unit 5 triệu USD 5 million EUR"},
		{"vi", "500 ha", "en", "500 m²", "unit 500 ha 500 m²"},
		{"vi", "tăng 2,7%", "en", "up 2.7", "unit 2,7% 2.7"},
		{"vi", "ngày 9/5", "en", "5 September", "changed 9/5 5 September"},
		{"vi", "năm 2025", "en", "in 2026", "changed 2025 2026"},
		{"vi", "ngày 1/7/2025", "en", "1 July 2026", "changed 1/7/2025 1 July 2026"},
		{"vi", "687/QĐ-UBND", "en", "678/QD-UBND", "changed 687/QĐ-UBND 678/QD-UBND"},
		{"vi", "687/QĐ-UBND", "en", "687/QD-SNV", "changed 687/QĐ-UBND 687/QD-SNV"},
		{"vi", "12 dự án, 300 ha", "en", "projects on 300 ha", "missing 12 -"},
		{"vi", "các dự án", "en", "12 projects", "extra - 12"},
		{"vi", "ba dự án", "en", "4 projects", "changed ba 4"},
		{"vi", "lúc 14h30", "en", "at 2:40 p.m.", "changed 14h30 2:40 p.m."},
		{"vi", "tháng 6", "en", "in July", "changed tháng 6 July"},
		{"vi", "10 tháng", "en", "10 years", "unit 10 tháng 10 years"},
		{"vi", "3.342 triệu USD", "en", "3,342 billion USD", "written 3.342 triệu USD 3,342 billion USD"},
		{"vi", "23,5 tỷ USD", "zh", "235万美元", "scale 23,5 tỷ USD 235万美元"},
		{"vi", "Nghị định 72/2015/NĐ-CP", "en", "Decree 72/2016/ND-CP", "changed 72/2015/NĐ-CP 72/2016/ND-CP"},
		{"vi", "điện thoại 0271 3879 123", "en", "phone 0271 3879 132", "changed 0271 3879 123 0271 3879 132"},
		{"vi", "tăng 3 điểm phần trăm", "en", "up 3 percent", "unit 3 điểm phần trăm 3 percent"},
		{"vi", "quốc lộ 13", "en", "National Highway 14", "changed 13 14"},
	} {
		if got := faults(Compare(c.fromLang, c.from, c.toLang, c.to)); got != c.want {
			t.Errorf("%q – %q: got %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestSuspectsAreFiguresWrittenAsElsewhere(t *testing.T) {
	for _, c := range []struct{ lang, text, reads, meant string }{
		{"en", "3,5 billion USD", "35000000000", "3500000000"},
		{"en", "3.342 million USD", "3342000", "3342000000"},
		{"vi", "16,700 người", "16.7", "16700"},
		{"vi", "4.33 tỷ USD", "433000000000", "4330000000"},
		{"en", "3,342 million USD and 3.5 billion, 9.325%", "", ""},
		{"vi", "3,5 tỷ USD, 1,180 tỷ USD, 3.342 triệu, 6.873,56 km²", "", ""},
	} {
		reads, meant := "", ""
		for _, s := range Suspects(c.lang, c.text) {
			reads, meant = reads+s.Reads.String(), meant+s.Meant.String()
		}
		if reads != c.reads || meant != c.meant {
			t.Errorf("%q reads %q, meant %q", c.text, reads, meant)
		}
	}
}

func TestChangedSeesWordsToo(t *testing.T) {
	for _, c := range []struct{ lang, old, new, want string }{
		{"vi", "ba dự án", "bốn dự án", "changed ba bốn"},
		{"vi", "ba dự án", "3 dự án", ""},
		{"vi", "5 tỷ đồng", "5 triệu đồng", "scale 5 tỷ đồng 5 triệu đồng"},
		{"en", "a project of 5 ha", "one project of 5 ha", ""},
		{"en", "a project of 5 ha", "the project of 5 ha", ""},
		{"en", "on 15 May", "on 16 May", "changed 15 May 16 May"},
	} {
		if got := faults(Changed(c.lang, c.old, c.new)); got != c.want {
			t.Errorf("%q – %q: got %q, want %q", c.old, c.new, got, c.want)
		}
	}
}
