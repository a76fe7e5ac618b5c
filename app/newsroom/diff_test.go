package newsroom

import (
	"runtime"
	"strings"
	"testing"
)

func TestDiffShowsWholeWords(t *testing.T) {
	for _, c := range []struct{ name, a, b, want string }{
		{"nothing changed", "Tin đối ngoại", "Tin đối ngoại", "=[Tin đối ngoại]"},
		{"a word exchanged", "vốn 23,53 tỷ USD", "vốn 23,53 triệu USD", "=[vốn 23,53 ]-[tỷ]+[triệu]=[ USD]"},
		{"a word added at the end", "Cửa khẩu", "Cửa khẩu Hoa Lư", "=[Cửa khẩu]+[ Hoa Lư]"},
		{"a mark changed", "hòa bình", "hoa bình", "-[hòa]+[hoa]=[ bình]"},
		{"everything removed", "Bình Phước", "", "-[Bình Phước]"},
		{"from nothing", "", "Đồng Nai", "+[Đồng Nai]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got strings.Builder
			for _, p := range Diff(c.a, c.b) {
				got.WriteString(string(p.Op) + "[" + p.Text + "]")
			}
			if got.String() != c.want {
				t.Errorf("Diff(%q, %q) = %s, want %s", c.a, c.b, got.String(), c.want)
			}
		})
	}
}

func FuzzDiffKeepsBothTexts(f *testing.F) {
	f.Add("một hai ba", "một ba bốn")
	f.Add("", "\xff")
	f.Fuzz(func(t *testing.T, a, b string) {
		var x, y string
		for _, p := range Diff(a, b) {
			if p.Op != '+' {
				x += p.Text
			}
			if p.Op != '-' {
				y += p.Text
			}
		}
		if x != a || y != b {
			t.Errorf("Diff(%q, %q) gives back %q and %q", a, b, x, y)
		}
	})
}

// long is a body of the greatest length, in paragraphs.
func long() string {
	paragraph := strings.Repeat("Vốn đầu tư nước ngoài vào tỉnh tăng so với cùng kỳ. ", 12) + "\n\n"
	return strings.Repeat(paragraph, MaxBody/len([]rune(paragraph)))
}

// Paragraphs far apart are told apart, whatever stands between them.
func TestDiffOfALongTextShowsEachChange(t *testing.T) {
	a := "Mở đầu cũ.\n\n" + long() + "Giữa cũ.\n\n" + long() + "Cuối cũ."
	var got []string
	for _, p := range Diff(a, strings.ReplaceAll(a, "cũ", "mới")) {
		if p.Op != '=' {
			got = append(got, string(p.Op)+p.Text)
		}
	}
	if want := "-cũ +mới -cũ +mới -cũ +mới"; strings.Join(got, " ") != want {
		t.Errorf("%d pieces: %.200q, want %q", len(got), got, want)
	}
}

// laborious are pairs of texts that want much work.
func laborious() map[string][2]string {
	stars := strings.Repeat("**a*", MaxBody/4)
	unlike := strings.Repeat("b c ", MaxBody/4)
	lines := strings.Repeat("a\n", MaxBody/2)
	heavy := strings.Repeat(strings.Repeat("x", 200)+" ", 900)
	return map[string][2]string{
		"few words of a long text": {long(), strings.Replace("Mới. "+long(), "tăng", "giảm", 900) + "Cuối."},
		"nothing changed":          {long(), long()},
		"stars":                    {stars + " x " + stars, "y " + stars + " z"},
		"nothing alike":            {stars, unlike},
		"one line each letter":     {lines, "b\n" + strings.ReplaceAll(lines, "a\na\n", "a\nc\n")},
		"long words":               {heavy, "y " + heavy + "z"},
		"from nothing":             {"", stars},
	}
}

// A comparison costs what its texts are long, not the square of it. What is
// counted is memory, which tells the same on every machine: joining pieces
// word by word took gigabytes.
func TestDiffIsBounded(t *testing.T) {
	for name, c := range laborious() {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		Diff(c[0], c[1])
		runtime.ReadMemStats(&after)
		if n := (after.TotalAlloc - before.TotalAlloc) >> 20; n > 100 {
			t.Errorf("%s: %d MB", name, n)
		}
	}
}

func BenchmarkDiff(b *testing.B) {
	for name, c := range laborious() {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Diff(c[0], c[1])
			}
		})
	}
}
