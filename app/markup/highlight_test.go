package markup

import (
	"strings"
	"testing"
	"unicode/utf8"

	"doingoai/app/vietnamese"
)

// compare folds, knows the marks of what is not plain, and cuts an s off plain
// words, as a search in English might.
func compare(syllable string) (form, spelling string) {
	form, spelling = vietnamese.FoldSearch(syllable), strings.ToLower(vietnamese.NFC(syllable))
	if vietnamese.Fold(spelling) == spelling {
		return strings.TrimSuffix(form, "s"), ""
	}
	return form, spelling
}

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
		"i and y":                      {"Kĩ thuật", []string{"ky thuat"}, 0, "<mark>Kĩ thuật</mark>"},
		"by stem":                      {"Two gates, one gate", []string{"gates"}, 0, "Two <mark>gates</mark>, one <mark>gate</mark>"},
		"other marks, other words":     {"Đổi mới ngoài tỉnh, đối ngoại", []string{"đối", "ngoại"}, 0, "Đổi mới ngoài tỉnh, <mark>đối ngoại</mark>"},
		"other marks only":             {"Đổi mới ngoài tỉnh", []string{"đối", "ngoại"}, 0, "Đổi mới ngoài tỉnh"},
		"marks find the unmarked":      {"In Binh Phuoc", []string{"Bình", "Phước"}, 0, "In <mark>Binh Phuoc</mark>"},
		"either spelling asked for":    {"hoa hòa hỏa", []string{"hòa", "hoa"}, 0, "<mark>hoa hòa hỏa</mark>"},
		"strays are not marked":        {"Đời sống, đối ngoại, ngoài ra", []string{"doi ngoai"}, 0, "Đời sống, <mark>đối ngoại</mark>, ngoài ra"},
		"alone when no pair is there":  {"đối nội và ngoại thương", []string{"doi ngoai"}, 0, "<mark>đối</mark> nội và <mark>ngoại</mark> thương"},
		"punctuation parts neighbours": {"đối, ngoại", []string{"doi ngoai"}, 0, "<mark>đối</mark>, <mark>ngoại</mark>"},
		"everything is escaped":        {"<b>a&b</b> \"x\"", []string{"a", "b"}, 0, "&lt;<mark>b</mark>&gt;<mark>a</mark>&amp;<mark>b</mark>&lt;/<mark>b</mark>&gt; &#34;x&#34;"},
		"Chinese":                      {"平福省对外经济", []string{"对外"}, 0, "平福省<mark>对外</mark>经济"},
		"Chinese beside a number":      {"2024年增长9.32%，高于2023年", []string{"9.32"}, 0, "2024年增长<mark>9.32</mark>%，高于2023年"},
		"Korean with a particle":       {"공업과 건설업이 경제의 절반이다", []string{"경제"}, 0, "공업과 건설업이 <mark>경제</mark>의 절반이다"},
		"Khmer inside a sentence":      {"ឧស្សាហកម្មនិងសំណង់មានចំណែក", []string{"សំណង់"}, 0, "ឧស្សាហកម្មនិង<mark>សំណង់</mark>មានចំណែក"},
		"cut on both sides":            {"một hai ba bốn đối ngoại năm sáu bảy tám", []string{"doi", "ngoai"}, 20, "…bốn <mark>đối ngoại</mark> năm…"},
		"no hit gives the beginning":   {"một hai ba bốn", []string{"xyz"}, 9, "một hai…"},
		"no terms":                     {"một hai", nil, 50, "một hai"},
		"best passage wins":            {"ngoại ô thành phố rất xa đây rồi. Hội nghị đối ngoại và hợp tác", []string{"doi ngoai", "hop tac"}, 30, "…<mark>đối ngoại</mark> và <mark>hợp tác</mark>"},
		"invalid bytes":                {"a\xffb", []string{"a"}, 0, "<mark>a</mark>\ufffdb"},
		"empty":                        {"", []string{"a"}, 10, ""},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(Highlight(c.text, Terms{c.terms, compare}, c.around)); got != c.want {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func FuzzHighlight(f *testing.F) {
	f.Add("Hội nghị đối ngoại <b>", "doi ngoai", 10)
	f.Add("对外经济 ទំនាក់ទំនង", "经济", 3)
	f.Fuzz(func(t *testing.T, text, term string, around int) {
		got := string(Highlight(text, Terms{[]string{term}, compare}, around))
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
