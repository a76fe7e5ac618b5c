package markup

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHighlight(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		terms  []string
		around int
		want   string
	}{
		"without marks":                {"Công tác đối ngoại.", []string{"doi", "ngoai"}, 0, "Công tác <mark>đối ngoại</mark>."},
		"in one term":                  {"Công tác Đối Ngoại.", []string{"đối ngoại"}, 0, "Công tác <mark>Đối Ngoại</mark>."},
		"decomposed text":              {"ho\u0300a bi\u0300nh", []string{"hòa bình"}, 0, "<mark>ho\u0300a bi\u0300nh</mark>"},
		"i and y":                      {"Kĩ thuật", []string{"kỹ thuật"}, 0, "<mark>Kĩ thuật</mark>"},
		"strays are not marked":        {"Đời sống, đối ngoại, ngoài ra", []string{"doi ngoai"}, 0, "Đời sống, <mark>đối ngoại</mark>, ngoài ra"},
		"alone when no pair is there":  {"đối nội và ngoại thương", []string{"doi ngoai"}, 0, "<mark>đối</mark> nội và <mark>ngoại</mark> thương"},
		"punctuation parts neighbours": {"đối, ngoại", []string{"doi ngoai"}, 0, "<mark>đối</mark>, <mark>ngoại</mark>"},
		"everything is escaped":        {"<b>a&b</b> \"x\"", []string{"a", "b"}, 0, "&lt;<mark>b</mark>&gt;<mark>a</mark>&amp;<mark>b</mark>&lt;/<mark>b</mark>&gt; &#34;x&#34;"},
		"Chinese":                      {"平福省对外经济", []string{"对外"}, 0, "平福省<mark>对外</mark>经济"},
		"cut on both sides":            {"một hai ba bốn đối ngoại năm sáu bảy tám", []string{"doi", "ngoai"}, 20, "…bốn <mark>đối ngoại</mark> năm…"},
		"no hit gives the beginning":   {"một hai ba bốn", []string{"xyz"}, 9, "một hai…"},
		"no terms":                     {"một hai", nil, 50, "một hai"},
		"best passage wins":            {"ngoại ô thành phố rất xa đây rồi. Hội nghị đối ngoại và hợp tác", []string{"doi ngoai", "hop tac"}, 30, "…<mark>đối ngoại</mark> và <mark>hợp tác</mark>"},
		"invalid bytes":                {"a\xffb", []string{"a"}, 0, "<mark>a</mark>\ufffdb"},
		"empty":                        {"", []string{"a"}, 10, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(Highlight(c.text, c.terms, c.around)); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func FuzzHighlight(f *testing.F) {
	f.Add("Hội nghị đối ngoại <b>", "doi ngoai", 10)
	f.Add("对外经济 ទំនាក់ទំនង", "经济", 3)
	f.Fuzz(func(t *testing.T, text, term string, around int) {
		got := string(Highlight(text, []string{term}, around))
		if bad := unsafe(got); bad != "" {
			t.Errorf("%q / %q has %s", text, term, bad)
		}
		if !utf8.ValidString(got) {
			t.Errorf("%q is cut inside a letter: %q", text, got)
		}
		if strings.Count(got, "<mark>") != strings.Count(got, "</mark>") {
			t.Errorf("unbalanced: %q", got)
		}
	})
}
