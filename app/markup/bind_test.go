package markup

import (
	"strings"
	"testing"
)

func TestBind(t *testing.T) {
	for text, want := range map[string]string{
		"Khu rộng 655 ha, vốn 23,53 tỷ USD": "Khu rộng 655~ha, vốn 23,53~tỷ USD",
		"from VND 115,357 to 4.33 billion":  "from VND~115,357 to 4.33~billion",
		"12 km/h, 3 m², 5 % và 7 °C.":       "12~km/h, 3~m², 5~% và 7~°C.",
		"72 xã, 23 phường, 5 hạt, 1 hai":    "72 xã, 23 phường, 5 hạt, 1 hai",
		"655 hay 656":                       "655 hay 656",
		"BOT 25, đồng 3":                    "BOT 25, đồng 3",
		"655\u00a0ha":                       "655~ha",
		"9 ha":                              "9~ha",
		"5 ":                                "5 ", " ha": " ha", " ": " ", "": "", "5": "5",
		"1 " + strings.Repeat("k", 40): "1 " + strings.Repeat("k", 40),
	} {
		if got := strings.ReplaceAll(Bind(text), "\u00a0", "~"); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func FuzzBind(f *testing.F) {
	f.Add("Khu rộng 655 ha, VND 115,357 \xff")
	f.Fuzz(func(t *testing.T, text string) {
		once := Bind(text)
		if Bind(once) != once || strings.ReplaceAll(once, "\u00a0", " ") != strings.ReplaceAll(text, "\u00a0", " ") {
			t.Errorf("%q becomes %q", text, once)
		}
	})
}
