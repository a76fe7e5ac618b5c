package search

import (
	"slices"
	"strings"
	"testing"
)

func TestWordsOfATextBecomeTerms(t *testing.T) {
	for _, c := range []struct{ lang, text, want string }{
		{"vi", "Thông tin ĐỐI NGOẠI", "thong tin doi ngoai"},
		{"vi", "Đà Nẵng, Quý I/2026: 3,58%", "da nang qui i 2026 3,58"},
		{"vi", "the parks", "the parks"},
		{"en", "the industrial parks", "(the) industri park"},
		{"en", "Bình Phước's investors", "binh phuoc investor"},
		{"en", "Bình Phước’s 2,500 hectares", "binh phuoc 2,500 hectar"},
		{"zh", "投资2026年ABC", "投 资 2026 年 abc"},
		{"zh", "增长9.32%，", "增 长 9.32"},
		{"km", "វិនិយោគ", "វិ និ យោ គ"},
		{"vi", "", ""},
		{"vi", "…!?", ""},
	} {
		var got []string
		for _, w := range newAnalyzer().words(c.lang, c.text, 100) {
			if w.stop {
				w.text = "(" + w.text + ")"
			}
			got = append(got, w.text)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s %q: %q, not %q", c.lang, c.text, got, c.want)
		}
	}
}

func TestOnlyAsManyWordsAsAllowedAreIndexed(t *testing.T) {
	d := &Document{ID: "a", Lang: "vi", Title: "đầu", Body: strings.Repeat("thân ", MaxWords) + "đuôi"}
	terms := newAnalyzer().text(d)
	if terms.words.counts["dau"] != titleWeight || terms.words.counts["than"] != MaxWords-1 || terms.words.counts["duoi"] != 0 {
		t.Errorf("counts %v", terms.words.counts)
	}
	if terms.words.length != MaxWords {
		t.Errorf("length %d", terms.words.length)
	}
}

func TestMarkedSyllablesHaveOneSpelling(t *testing.T) {
	if a, b := marked("hòa thúy", 9), marked("hoà thuý", 9); !slices.Equal(a, b) || len(a) != 2 {
		t.Errorf("%q and %q", a, b)
	}
	if got := marked("hoa HOA 2026 kt", 9); len(got) != 0 {
		t.Errorf("without marks: %q", got)
	}
	if a, b := marked("hòa", 9), marked("hóa", 9); slices.Equal(a, b) {
		t.Error("hòa and hóa are one")
	}
}

func TestQuotationMarksMakePhrases(t *testing.T) {
	for text, want := range map[string]string{
		`đối ngoại`:                 `đối ngoại`,
		`"đối ngoại"`:               `[đối ngoại]`,
		`tin “đối ngoại” mới`:       `tin |[đối ngoại]| mới`,
		`"một" hai "ba"`:            `[một]| hai |[ba]`,
		`"không đóng`:               `không đóng`,
		`một "hai" ba "bốn năm`:     `một |[hai]| ba |bốn năm`,
		`""`:                        ``,
		`""" một`:                   ` một`,
		"\"\xff\x00một\" hai\u0300": `[  một]| haì`,
	} {
		parts, err := parse(text)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range parts {
			if p.quoted {
				p.text = "[" + p.text + "]"
			}
			got = append(got, p.text)
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: %q, not %q", text, strings.Join(got, "|"), want)
		}
	}
}
