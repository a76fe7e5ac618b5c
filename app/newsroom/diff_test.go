package newsroom

import (
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
