package figure

import "testing"

func TestAHeadlineSaysWhatItsBodySays(t *testing.T) {
	for _, c := range []struct{ lang, headline, body, want string }{
		{"vi", "Thu hút 23,53 tỷ USD", "Tổng vốn 23,53 triệu USD.", "scale 23,53 tỷ USD 23,53 triệu USD"},
		{"vi", "Thu hút 23,53 tỷ USD", "Tổng vốn 23,53 tỷ USD, trong đó … 23,53 triệu USD.", "scale 23,53 tỷ USD 23,53 triệu USD"},
		{"vi", "Thu hút 23,53 tỷ USD", "Tổng vốn 23,53 tỷ USD.", ""},
		{"vi", "Gần 4 tỷ USD", "Tổng vốn 3,98 tỷ USD.", ""},
		{"vi", "Gần 4 tỷ USD", "Tổng vốn 4,2 tỷ USD.", "changed 4 tỷ USD 4,2 tỷ USD"},
		{"vi", "Hơn 12.000 km²", "Diện tích 12.737 km².", ""},
		{"vi", "Hơn 13.000 km²", "Diện tích 12.737 km².", "unsaid 13.000 km² -"},
		{"vi", "4 tỷ USD vào tỉnh", "Tổng vốn 3,98 tỷ USD.", ""},
		{"vi", "4,33 tỷ USD vào tỉnh", "Tổng vốn 4,34 tỷ USD.", "changed 4,33 tỷ USD 4,34 tỷ USD"},
		{"vi", "10 dự án mới", "Có 11 dự án mới.", "changed 10 11"},
		{"vi", "10 dự án mới", "Có các dự án mới.", "unsaid 10 -"},
		{"vi", "Ba dự án mới", "Có các dự án mới.", ""},
		{"vi", "Tăng 9,32%", "Tăng 9,23 phần trăm.", "changed 9,32% 9,23 phần trăm"},
		{"vi", "Lễ hội ngày 15/5", "Diễn ra vào ngày 16 tháng 5 năm 2026.", "changed 15/5 16 tháng 5 năm 2026"},
		{"vi", "Lễ hội ngày 15/5", "Diễn ra vào ngày 15 tháng 5 năm 2026.", ""},
		{"en", "500 ha for industry", "An area of 500 m².", "unit 500 ha 500 m²"},
		{"en", "Nearly 4 billion", "A total of 3.98 billion.", ""},
	} {
		if got := faults(Within(c.lang, c.headline, c.body)); got != c.want {
			t.Errorf("%q – %q: got %q, want %q", c.headline, c.body, got, c.want)
		}
	}
}
