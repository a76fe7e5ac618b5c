package parallel

import (
	"fmt"
	"strings"
	"testing"
)

// because writes reasons down: "figure 3,5 tỷ>3,8 tỷ".
func because(reasons []Reason) string {
	var list []string
	for _, r := range reasons {
		list = append(list, fmt.Sprintf("%s %s>%s", r.Matter, r.Old, r.New))
	}
	return strings.Join(list, ", ")
}

func TestWeigh(t *testing.T) {
	for _, c := range []struct{ name, lang, old, new, want string }{
		{"other words", "vi", news[5], "Đại diện Phòng Thương mại Hàn Quốc cho rằng nhà đầu tư quan tâm nhất đến thủ tục hải quan và lao động có tay nghề.", ""},
		{"a comma", "vi", news[1], strings.Replace(news[1], "tỷ USD vốn", "tỷ USD, vốn", 1), ""},
		{"bold", "vi", news[1], strings.Replace(news[1], "3,5 tỷ", "**3,5** tỷ", 1), ""},
		{"an address", "vi", "Xem [số liệu](https://thongke.gov.vn/2025/12).", "Xem [số liệu](https://thongke.gov.vn/2026/01).", ""},
		{"a figure", "vi", news[1], strings.Replace(news[1], "3,5 tỷ", "3,8 tỷ", 1), "figure 3,5 tỷ USD>3,8 tỷ USD"},
		{"a multiplier", "vi", "vốn 23,53 tỷ USD", "vốn 23,53 triệu USD", "figure 23,53 tỷ USD>23,53 triệu USD"},
		{"the same figure as another writes it", "en", "The province attracted 2,500 ha.", "The province attracted 2500 hectares.", ""},
		{"a figure in words", "vi", "Có hai dự án mới.", "Có ba dự án mới.", "figure hai>ba"},
		{"a word that is one too", "vi", "Lãnh đạo đã trao đổi.", "Lãnh đạo hai bên đã trao đổi.", ""},
		{"a date", "vi", "Chiều 15/5, hội nghị khai mạc.", "Chiều 16/5, hội nghị khai mạc.", "date 15/5>16/5"},
		{"a date in English", "en", "The meeting opened on May 15.", "The meeting opened on May 16.", "date May 15>May 16"},
		{"a document", "vi", "Theo Quyết định 687/QĐ-UBND của tỉnh.", "Theo Quyết định 678/QĐ-UBND của tỉnh.", "document 687/QĐ-UBND>678/QĐ-UBND"},

		{"a place", "vi", "Tuyến đường nối tỉnh Bình Phước với cảng.", "Tuyến đường nối tỉnh Bình Dương với cảng.", "name Bình Phước>Bình Dương"},
		{"a place at the beginning", "vi", "Bắc Giang đón dự án mới.", "Hà Giang đón dự án mới.", "name Bắc Giang>Hà Giang"},
		{"a person's mark", "vi", "Ông Nguyễn Văn An phát biểu.", "Ông Nguyễn Văn Ân phát biểu.", "name Nguyễn Văn An>Nguyễn Văn Ân"},
		{"a country of one syllable", "vi", "Doanh nghiệp từ Nga đến tìm hiểu.", "Doanh nghiệp từ Lào đến tìm hiểu.", "name Nga>Lào"},
		{"letters for a name", "vi", "UBND tỉnh đã họp.", "HĐND tỉnh đã họp.", "name UBND>HĐND"},
		{"a name that moved to the beginning", "vi", "Hội nghị diễn ra tại Đồng Xoài.", "Đồng Xoài là nơi diễn ra hội nghị.", ""},
		{"another word before a name", "vi", "Tại Bình Phước, hội nghị đã bế mạc.", "Ở Bình Phước, hội nghị đã bế mạc.", ""},
		{"a sentence begins otherwise", "vi", "Lãnh đạo tỉnh dự hội nghị.", "Đại diện tỉnh dự hội nghị.", ""},
		{"a sentence within", "vi", "Ông nói: “Chúng tôi sẽ đầu tư.”", "Ông nói: “Doanh nghiệp sẽ đầu tư.”", ""},
		{"a town written short", "vi", "Nhà máy ở TP. Hồ Chí Minh.", "Nhà máy ở TP. Thủ Đức.", "name TP Hồ Chí Minh>TP Thủ Đức"},
		{"a name left out", "vi", "Dự hội nghị có ông Kim Min-su.", "Dự hội nghị có đại diện doanh nghiệp.", "name Kim Min>"},
		{"a name in English", "en", "The delegation visited Hanoi and Hue.", "The delegation visited Hanoi and Vinh.", "name Hue>Vinh"},
		{"an article before a name", "en", "The Ministry of Planning agreed.", "Yesterday the Ministry of Planning agreed.", ""},
		{"a headline with capitals", "en", "Binh Phuoc Attracts New Investors", "Binh Phuoc Draws More Investors", ""},
		{"a headline with capitals and letters", "en", "Dong Nai Tops FDI Ranking Again", "Dong Nai Tops GDP Ranking Again", "name FDI>GDP"},
		{"a headline all in capitals", "vi", "ĐỒNG NAI ĐÓN DỰ ÁN MỚI", "ĐỒNG NAI ĐÓN THÊM DỰ ÁN", ""},

		{"not", "vi", "Hội nghị xem xét các dự án dệt nhuộm.", "Hội nghị không xem xét các dự án dệt nhuộm.", "negation >không"},
		{"not yet", "vi", "Dự án không được cấp phép.", "Dự án chưa được cấp phép.", "negation không>chưa"},
		{"except", "vi", news[6], strings.Replace(news[6], "trừ những", "kể cả những", 1), "negation trừ>"},
		{"aviation and space are none", "vi", "Ngành hàng không mở rộng không gian phát triển.", "Ngành vận tải mở rộng vùng phát triển.", ""},
		{"a number, and then not", "vi", "Cùng một số. Không có gì mới.", "Không có gì mới. Cùng một số.", ""},
		{"not only", "vi", "Tỉnh thu hút vốn và công nghệ.", "Tỉnh không chỉ thu hút vốn mà còn công nghệ.", ""},
		{"forbidden", "vi", "Xe tải lưu thông qua cầu.", "Cấm xe tải lưu thông qua cầu.", "negation >cấm"},
		{"not in English, contracted", "en", "The rule does not apply.", "The rule doesn't apply.", ""},
		{"unless", "en", "Imports are taxed.", "Imports are taxed unless exempted.", "negation >unless"},
		{"number five", "en", "Gate 5 is closed.", "Gate No. 5 is closed.", ""},
		{"Chinese", "zh", "企业可以进入。", "企业不可以进入。", "negation >不"},
		{"Chinese that is none", "zh", "投资增长。", "投资不断增长。", ""},
		{"Korean", "ko", "기업은 참여합니다.", "기업은 참여하지 않습니다.", "negation >않"},
		{"Khmer", "km", "ក្រុមហ៊ុនចូលរួម។", "ក្រុមហ៊ុនមិនចូលរួម។", "negation >មិន"},
		{"Japanese", "ja", "企業は参加します。", "企業は参加しません。", "negation >ません"},
	} {
		t.Run(c.name, func(t *testing.T) {
			severity, reasons := Weigh(c.lang, c.old, c.new)
			if got := because(reasons); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if (severity == Critical) != (c.want != "") || severity != Critical && severity != Minor {
				t.Errorf("it is %s", severity)
			}
			if _, none := Weigh(c.lang, c.new, c.new); none != nil {
				t.Errorf("beside itself: %s", because(none))
			}
		})
	}
}

// A text beside itself has not changed, and both directions tell the same.
func FuzzWeigh(f *testing.F) {
	f.Add("Ông An ở Hà Nội không đi.", "Bà Ân ở TP. Huế. Đi!")
	f.Add("n't no 5 U.S.", "“A. B” c")
	f.Fuzz(func(t *testing.T, old, new string) {
		for lang := range negationsOf {
			if _, reasons := Weigh(lang, old, old); reasons != nil {
				t.Errorf("%s: %q beside itself: %s", lang, old, because(reasons))
			}
			there, _ := Weigh(lang, old, new)
			back, _ := Weigh(lang, new, old)
			if there != back {
				t.Errorf("%s: %q to %q is %s, and back %s", lang, old, new, there, back)
			}
		}
	})
}

func BenchmarkWeigh(b *testing.B) {
	changed := strings.Replace(news[1], "3,5", "3,8", 1)
	for b.Loop() {
		if severity, _ := Weigh("vi", news[1], changed); severity != Critical {
			b.Fatal(severity)
		}
	}
}
