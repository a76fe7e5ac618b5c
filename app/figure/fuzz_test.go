package figure

import (
	"strings"
	"testing"
	"time"
)

// FuzzFind: whatever the text, figures lie in it, in order, apart.
func FuzzFind(f *testing.F) {
	for _, text := range []string{
		"23,53 tỷ USD ngày 15/5/2026 lúc 14h30", "1.2.3 +84 271 3879 123 687/QĐ-UBND", "235億3000万ドル 2026年5月15日",
		"235억 3천만 달러 오후 2시 반", "ថ្ងៃទី ១៥ ខែឧសភា ឆ្នាំ ២០២៦", "百分之五十 二〇二六", "May 15, 2026 $5m a.m.", "9999999999999999999 tỷ tỷ",
		"\xff1\xfe2", "1,", "ba trăm năm", "½ XXI Q3",
	} {
		for _, lang := range []string{"vi", "en", "zh", "ja", "ko", "km", ""} {
			f.Add(lang, text)
		}
	}
	f.Fuzz(func(t *testing.T, lang, text string) {
		last := 0
		figures := Find(lang, text)
		for _, f := range figures {
			if f.Start < last || f.End <= f.Start || f.End > len(text) {
				t.Fatalf("%q lies at %d–%d after %d of %d", f.Text, f.Start, f.End, last, len(text))
			}
			if f.Text != text[f.Start:f.End] {
				t.Fatalf("%q is not %q", f.Text, text[f.Start:f.End])
			}
			_ = f.Value.String()
			last = f.End
		}
		if m := Compare(lang, text, lang, text); len(m) > 0 && m[0].Kind != Written {
			t.Fatalf("a text differs from itself: %s", faults(m))
		}
		Within(lang, text, text)
		Suspects(lang, text)
	})
}

// longText is an article of so many bytes, full of figures.
func longText(size int) string {
	const sentence = "Ngày 15/5/2026, tỉnh thu hút 23,53 tỷ USD, tăng 9,32% so với năm 2025; theo Quyết định 687/QĐ-UBND, ba khu công nghiệp có 4.686 ha. "
	return strings.Repeat(sentence, size/len(sentence)+1)
}

// TestALongTextIsReadQuickly: a page of 200,000 characters keeps nobody
// waiting, nor do figures that have nothing in common.
func TestALongTextIsReadQuickly(t *testing.T) {
	const most = 20 * time.Second // ten times what a busy machine takes, a fifth of what it took when it was quadratic
	start := time.Now()
	text := longText(200_000)
	Compare("vi", text, "vi", strings.ReplaceAll(text, "3", "7"))
	Within("vi", "Thu hút 23,53 tỷ USD", text)
	for _, hard := range []string{
		"(", "+84 ", "1,1.", "1 1 ", "năm ", "1-", "三", "ប្រាំ", "1nghìn ", "một trăm ", "1a", "1 tỷ - ", "3.5 ", "1/QĐ-A ", "one hundred and ", "1:1", "a1-",
	} {
		text := strings.Repeat(hard, 30_000/len(hard))
		for _, lang := range []string{"vi", "en", "zh", "km"} {
			Find(lang, text)
		}
		Compare("vi", text, "vi", strings.ReplaceAll(strings.ReplaceAll(text, "1", "2"), "A", "B"))
	}
	if took := time.Since(start); took > most {
		t.Errorf("took %s", took)
	}
}

func BenchmarkFind(b *testing.B) {
	text := longText(200_000)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Find("vi", text)
	}
}
