package parallel

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// The paragraphs of an article, as reporters of a province write them.
var news = []string{
	"Chiều 15/5, Ủy ban nhân dân tỉnh Đồng Nai tổ chức hội nghị xúc tiến đầu tư với sự tham dự của hơn 300 doanh nghiệp trong và ngoài nước.",
	"Phát biểu tại hội nghị, Chủ tịch Ủy ban nhân dân tỉnh cho biết bốn tháng đầu năm tỉnh thu hút 3,5 tỷ USD vốn đầu tư nước ngoài, đứng thứ ba cả nước.",
	"## Hạ tầng đi trước một bước",
	"Tuyến cao tốc Gia Nghĩa – Chơn Thành dài 124 km đang được gấp rút hoàn thành. Khi đưa vào khai thác, thời gian đi từ cửa khẩu Hoa Lư đến cảng Cái Mép còn khoảng ba giờ.",
	"Tỉnh cũng đã dành 2.500 ha đất sạch cho các nhà đầu tư thứ cấp, tập trung ở các khu công nghiệp Minh Hưng, Becamex và Đồng Xoài.",
	"Theo đại diện Phòng Thương mại Hàn Quốc, điều các nhà đầu tư quan tâm nhất là thủ tục hải quan và nguồn lao động có tay nghề.",
	"Hội nghị không xem xét các dự án dệt nhuộm, trừ những dự án đã có hệ thống xử lý nước thải đạt chuẩn.",
	"Dịp này, tỉnh trao giấy chứng nhận đăng ký đầu tư cho 12 dự án với tổng vốn 1,2 tỷ USD.",
}

// edited is the article with some paragraphs in another form.
func edited(changes map[int]string) []string {
	list := slices.Clone(news)
	for i, text := range changes {
		list[i] = text
	}
	return list
}

// told writes fates down: "edited 1>1", "moved same 3>0", "gone 4".
func told(fates []Fate) string {
	var list []string
	for _, f := range fates {
		s := string(f.What) + " " + strings.Trim(fmt.Sprint(f.Old), "[]") + ">" + strings.Trim(fmt.Sprint(f.New), "[]")
		if f.Moved {
			s = "moved " + s
		}
		if f.What != Same || f.Moved {
			list = append(list, s)
		}
	}
	return strings.Join(list, ", ")
}

func TestMatch(t *testing.T) {
	first, second, _ := strings.Cut(news[3], ". ")
	first += "."
	for _, c := range []struct {
		name     string
		old, new []string
		want     string // of all that is not the same where it was
	}{
		{"nothing", nil, nil, ""},
		{"the same", news, news, ""},
		{"written from nothing", nil, news[:2], "added >0, added >1"},
		{"emptied", news[:2], nil, "gone 0>, gone 1>"},
		{"one paragraph, a figure changed", news[1:2], []string{strings.Replace(news[1], "3,5", "3,8", 1)}, "edited 0>0"},
		{"only lines broken elsewhere", news, edited(map[int]string{3: strings.ReplaceAll(news[3], ". ", ".\n")}), ""},
		{"a comma more", news, edited(map[int]string{1: strings.Replace(news[1], "tỷ USD vốn", "tỷ USD, vốn", 1)}), "edited 1>1"},
		{"marks lost", news, edited(map[int]string{1: "Phat bieu tai hoi nghi, Chu tich Uy ban nhan dan tinh cho biet bon thang dau nam tinh thu hut 3,5 ty USD von dau tu nuoc ngoai, dung thu ba ca nuoc."}), "edited 1>1"},
		{"a subheading reworded", news, edited(map[int]string{2: "## Hạ tầng phải đi trước"}), "edited 2>2"},
		{"one taken out", news, slices.Delete(slices.Clone(news), 4, 5), "gone 4>"},
		{"one put in", news, slices.Insert(slices.Clone(news), 4, "Sân bay Long Thành dự kiến khai thác thương mại từ tháng sáu."), "added >4"},
		{"the last moved to the front", news, append([]string{news[7]}, news[:7]...), "moved same 7>0"},
		{"moved and edited", news, append([]string{strings.Replace(news[7], "12 dự án", "14 dự án", 1)}, news[:7]...), "moved edited 7>0"},
		{"split", news, slices.Replace(slices.Clone(news), 3, 4, first, second), "split 3>3 4"},
		{"split, and one half edited", news, slices.Replace(slices.Clone(news), 3, 4, strings.Replace(first, "124", "129", 1), second), "split 3>3 4"},
		{"split, with a short end", []string{news[0] + " Hết."}, []string{news[0], "Hết."}, "split 0>0 1"},
		{"merged", news, slices.Replace(slices.Clone(news), 4, 6, news[4]+" "+news[5]), "merged 4 5>4"},
		{"merged, and edited", news, slices.Replace(slices.Clone(news), 4, 6, strings.Replace(news[4], "2.500", "2.700", 1)+" Cũng "+news[5]), "merged 4 5>4"},
		{"written anew in its place", news, edited(map[int]string{5: "Nhiều ý kiến đề nghị rút ngắn thời gian cấp phép."}), "gone 5>, added >5"},
		{"little in common in its place", news, edited(map[int]string{5: "Ông Kim nói doanh nghiệp cần nhất là công nhân có tay nghề, chi phí thuê đất hợp lý và cảng gần."}), "unsure 5>5"},
		{"everything moved and nothing alike", []string{"Một hai ba bốn năm sáu", "Bảy tám chín mười"}, []string{"Xuân hạ thu đông bốn mùa", "Đông tây nam bắc"}, "gone 0>, gone 1>, added >0, added >1"},
		{"Chinese split", []string{"同奈省举行投资促进会议。来自韩国的企业参加了会议。"}, []string{"同奈省举行投资促进会议。", "来自韩国的企业参加了会议。"}, "split 0>0 1"},
		{"Chinese edited", []string{"同奈省吸引外资三十五亿美元。", "会议在十五日举行,企业参加。"}, []string{"会议在十五日举行,企业参加。", "同奈省吸引外资三十八亿美元。"}, "moved edited 0>1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := told(Match(c.old, c.new)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Paragraphs of the same words are told apart by their neighbours, or not at all.
func TestMatchOfEqualParagraphs(t *testing.T) {
	a, b, x, y, z := news[0], news[1], "* * *", "Hết phần một.", "Còn nữa."
	for _, c := range []struct {
		name     string
		old, new []string
		want     string
	}{
		{"as many as before", []string{x, a, x, b, x}, []string{x, b, x, a, x}, "moved same 2>2, moved same 1>3"},
		{"the first of two gone", []string{x, a, b, x, y}, []string{a, b, x, y}, "gone 0>"},
		{"the second of two gone", []string{a, x, b, x, y}, []string{a, x, b, y}, "gone 3>"},
		{"a third put in", []string{a, x, b, x, y}, []string{a, x, b, x, y, x}, "added >5"},
		{"which of two cannot be told", []string{a, x, b, x, y}, []string{y, z, x, a}, "added >1, unsure 1 3>2, gone 2>, moved same 0>3"},
		{"all the same, one less", []string{x, x, x}, []string{x, x}, "gone 2>"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := told(Match(c.old, c.new)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Lines that say nearly the same are matched where they stand; when they stand
// elsewhere too, nobody is told that one became another.
func TestMatchDoesNotGuess(t *testing.T) {
	line := func(name string, n int) string {
		return fmt.Sprintf("Xã %s có %d dự án đầu tư nước ngoài đang hoạt động trên địa bàn.", name, n)
	}
	old := []string{line("Tân Hưng", 3), line("Tân Lập", 4), line("Tân Hòa", 5), news[0]}
	if got := told(Match(old, []string{line("Tân Hưng", 6), line("Tân Lập", 7), line("Tân Hòa", 8), news[0]})); got != "edited 0>0, edited 1>1, edited 2>2" {
		t.Errorf("in their places: %s", got)
	}
	same := []string{line("Tân Hưng", 3), line("Tân Hưng", 4), news[0], news[1]}
	if got := told(Match(same, []string{news[0], line("Tân Hưng", 8), news[1]})); got != "unsure 0 1>1" {
		t.Errorf("elsewhere: %s", got)
	}
}

// numbered are so many paragraphs that differ.
func numbered(n int, seed uint64) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	words := strings.Fields(strings.Join(news, " "))
	list := make([]string, n)
	for i := range list {
		var b strings.Builder
		for range 40 {
			b.WriteString(words[r.IntN(len(words))] + " ")
		}
		list[i] = fmt.Sprintf("Mục %d: %s", i, b.String())
	}
	return list
}

func TestMatchReversed(t *testing.T) {
	old := numbered(50, 1)
	new := slices.Clone(old)
	slices.Reverse(new)
	moved := 0
	for _, f := range Match(old, new) {
		if f.What != Same || old[f.Old[0]] != new[f.New[0]] {
			t.Fatalf("%+v", f)
		}
		if f.Moved {
			moved++
		}
	}
	if moved != 49 {
		t.Errorf("%d moved: all but one do", moved)
	}
}
