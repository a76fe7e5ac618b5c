package markup

import (
	"strings"
	"testing"
)

// body is an article of ordinary length, about 1,200 syllables.
var body = "## Kết quả thu hút vốn\n\n" + strings.Repeat("Hội nghị **xúc tiến đầu tư** và đối ngoại của tỉnh, xem [số liệu](https://vnanet.vn/a) – 4,33 tỷ USD.\n\n", 60)

func BenchmarkArticle(b *testing.B) {
	r := New()
	for b.Loop() {
		if _, err := r.Article(body); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHighlight(b *testing.B) {
	plain := Text(body)
	for b.Loop() {
		Highlight(plain, Terms{[]string{"doi", "ngoai"}, compare}, 200)
	}
}
