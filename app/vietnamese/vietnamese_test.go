package vietnamese

import (
	"bytes"
	"regexp"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"doingoai/app/fault"

	"golang.org/x/text/unicode/norm"
)

func TestNFCComposes(t *testing.T) {
	for in, want := range map[string]string{"": "", "abc": "abc", "Việt": "Việt", "Vie\u0323\u0302t": "Việt", "o\u031b\u0301": "ớ", "か\u3099": "が"} {
		if got := NFC(in); got != want {
			t.Errorf("NFC(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"":                       "",
		"Thông Tin Đối Ngoại":    "thong tin doi ngoai",
		"hoà":                    "hoa",
		"hòa":                    "hoa",
		"ho\u0300a":              "hoa",
		"thuỷ":                   "thuy",
		"Ưu ưỡn ƠI":              "uu uon oi",
		"Ðồng":                   "dong", // capital eth, as old converters left it
		"kỹ":                     "ky",
		"kĩ":                     "ki",
		"“FDI” – 4,33 tỷ…":       "“fdi” – 4,33 ty…",
		"Café Zürich":            "cafe zurich",
		"ភាសាខ្មែរ":              "ភាសាខ្មែរ",
		"中文 한국어 日本語 がぎ":          "中文 한국어 日本語 がぎ",
		"Россия й":               "россия й",
		"a\u0301b\u0301 中\u0301": "ab 中\u0301",
	} {
		if got := Fold(in); got != want {
			t.Errorf("Fold(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestFoldingByTableAgreesWithTheLongWay(t *testing.T) {
	for r := rune(1); r <= 0x2FFF; r++ {
		if s := string(r); Fold(s) != foldByDecomposing(s) {
			t.Errorf("%U: %q by table, %q by decomposing", r, Fold(s), foldByDecomposing(s))
		}
	}
}

func TestFoldSearchUnitesSpellingsNotSounds(t *testing.T) {
	for _, same := range [][2]string{{"kỹ", "kĩ"}, {"Mỹ", "Mĩ"}, {"lý do", "lí do"}, {"quý", "quí"}, {"tỷ USD", "tỉ USD"}, {"bác sỹ", "bác sĩ"}, {"hy vọng", "hi vọng"}, {"công ty", "công ti"}} {
		if FoldSearch(same[0]) != FoldSearch(same[1]) {
			t.Errorf("%q and %q stay apart", same[0], same[1])
		}
	}
	for _, other := range [][2]string{{"tay", "tai"}, {"thúy", "thúi"}, {"ý", "í"}, {"Thy", "Thi"}, {"city", "citi"}, {"by", "bi"}, {"quỳnh", "quình"}} {
		if FoldSearch(other[0]) == FoldSearch(other[1]) {
			t.Errorf("%q and %q are one", other[0], other[1])
		}
	}
}

func TestSlug(t *testing.T) {
	for _, c := range []struct {
		in   string
		max  int
		want string
	}{
		{"Đối ngoại tỉnh Bình Phước", 80, "doi-ngoai-tinh-binh-phuoc"},
		{"  --Vốn FDI: 4,33 tỷ USD (2024)!  ", 80, "von-fdi-4-33-ty-usd-2024"},
		{"M'Nông, S’tiêng", 80, "mnong-stieng"},
		{"Straße Ærø Łódź", 80, "strasse-aero-lodz"},
		{"một hai ba", 10, "mot-hai-ba"},
		{"một hai ba", 9, "mot-hai"},
		{"một hai ba", 7, "mot-hai"},
		{"một hai ba", 6, "mot"},
		{"nghiêng ngả", 4, "nghi"},
		{"một", 0, ""},
		{"một", -1, ""},
		{"!!! …", 80, ""},
		{"", 80, ""},
		{"ខេត្ត ប៊ិញភឿក", 80, "ខេត្ត-ប៊ិញភឿក"},
		{"ខេត្ត", 7, "ខេ"}, // never between a letter and its marks
		{"平福省，对外 信息", 80, "平福省-对外-信息"},
		{"FDI 资金", 80, "fdi"},
		{"Россия", 80, "россия"},
		{"平福省2024年经济增长9.32%", 80, "平福省2024年经济增长9-32"},
		{"ខេត្តប៊ិញភឿក Kratié 2025", 80, "ខេត្តប៊ិញភឿក-kratie-2025"},
		{"Lễ hội Trung thu 中秋节", 80, "le-hoi-trung-thu"},
	} {
		if got := Slug(c.in, c.max); got != c.want {
			t.Errorf("Slug(%q, %d) = %q, want %q", c.in, c.max, got, c.want)
		}
	}
}

func TestSyllables(t *testing.T) {
	for in, want := range map[string][]string{
		"":                      nil,
		"Đối ngoại, 3,58 tỷ.":   {"Đối", "ngoại", "3,58", "tỷ"},
		"1.234,5 và 24/11/2026": {"1.234,5", "và", "24", "11", "2026"},
		"5, 6. 7 x,y":           {"5", "6", "7", "x", "y"},
		"QĐ-UBND Covid-19":      {"QĐ", "UBND", "Covid", "19"},
		"ho\u0300a":             {"ho\u0300a"},
		"ភាសា ខ្មែរ":            {"ភាសា", "ខ្មែរ"},
		"平福省，对外":                {"平福省", "对外"},
		"a\xffb":                {"a", "b"},
	} {
		var got []string
		for _, token := range Syllables(in) {
			if in[token.Start:token.End] != token.Text {
				t.Errorf("%q: token %+v is not where it says", in, token)
			}
			got = append(got, token.Text)
		}
		if strings.Join(got, "|") != strings.Join(want, "|") {
			t.Errorf("Syllables(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestDecode(t *testing.T) {
	for name, c := range map[string]struct {
		in   []byte
		want string
		ok   bool
	}{
		"UTF-8":                         {[]byte("Đối ngoại"), "Đối ngoại", true},
		"UTF-8 with a mark":             {[]byte("\xef\xbb\xbfĐối"), "Đối", true},
		"UTF-16 little end first":       {[]byte{0xFF, 0xFE, 0x10, 0x01, 0xD1, 0x1E, 'i', 0}, "Đối", true},
		"UTF-16 big end first":          {[]byte{0xFE, 0xFF, 0x01, 0x10, 0x1E, 0xD1, 0, 'i'}, "Đối", true},
		"UTF-16 pair":                   {[]byte{0xFE, 0xFF, 0xD8, 0x3D, 0xDE, 0x00}, "😀", true},
		"UTF-16 half a pair":            {[]byte{0xFE, 0xFF, 0xD8, 0x3D, 0, 'a'}, "", false},
		"UTF-16 ends in a pair":         {[]byte{0xFE, 0xFF, 0xD8, 0x3D}, "", false},
		"UTF-16 of odd length":          {[]byte{0xFF, 0xFE, 0x10}, "", false},
		"decomposed":                    {[]byte("ho\u0300a"), "hòa", true},
		"line ends":                     {[]byte("a\r\nb\rc\n\td"), "a\nb\nc\n\td", true},
		"controls":                      {[]byte("a\x00b\x01\x1f\x7f\u0085c"), "abc", true},
		"signs of direction":            {[]byte("a\u202eb\u2066c"), "abc", true},
		"joiners of Khmer stay":         {[]byte("ក\u200bខ\u200dគ"), "ក\u200bខ\u200dគ", true},
		"code points that break a feed": {[]byte("a\ufffeb\uffffc"), "abc", true},
		"Windows-1258":                  {[]byte("Vi\xeat"), "", false},
		"overlong form":                 {[]byte{0xC0, 0x80}, "", false},
		"surrogate":                     {[]byte{0xED, 0xA0, 0x80}, "", false},
		"empty":                         {nil, "", true},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Decode(c.in)
			if got != c.want || (err == nil) != c.ok {
				t.Errorf("got %q, %v", got, err)
			}
			if f, isFault := fault.As(err); err != nil && (!isFault || f.Kind != fault.Invalid || f.Message.Key != "error.not_utf8") {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestClean(t *testing.T) {
	if got, ok := Clean("a\r\nho\u0300a\x00"); got != "a\nhòa" || !ok {
		t.Errorf("got %q, %v", got, ok)
	}
	if got, ok := Clean("a\xff"); got != "" || ok {
		t.Errorf("invalid text gives %q, %v", got, ok)
	}
}

func FuzzFoldAndSyllables(f *testing.F) {
	for _, seed := range []string{"Thông tin ĐỐI ngoại", "ho\u0300a", "İſK", "ភាសាខ្មែរ", "a\xff\u0301", "ᾳ\u0345", "3,58.x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once := Fold(s); Fold(once) != once {
			t.Errorf("Fold(%q) = %q, again %q", s, once, Fold(once))
		} else if utf8.ValidString(s) && !norm.NFC.IsNormalString(once) {
			t.Errorf("Fold(%q) = %q is not NFC", s, once)
		}
		if once := FoldSearch(s); FoldSearch(once) != once {
			t.Errorf("FoldSearch(%q) = %q, again %q", s, once, FoldSearch(once))
		}
		before := 0
		for _, token := range Syllables(s) {
			if token.Start < before || token.End <= token.Start || s[token.Start:token.End] != token.Text {
				t.Errorf("%q: token %+v", s, token)
			}
			before = token.End
		}
	})
}

var asciiSlug = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func FuzzSlug(f *testing.F) {
	for _, seed := range []string{"Đối ngoại tỉnh", "ខេត្ត ប៊ិញភឿក", "平福省，对外", "--", "a\u0301-ß", "\u0301a"} {
		f.Add(seed, 10)
	}
	f.Fuzz(func(t *testing.T, s string, max int) {
		slug := Slug(s, max)
		if len(slug) > 0 && len(slug) > max {
			t.Fatalf("Slug(%q, %d) = %q is too long", s, max, slug)
		}
		if slug == "" || asciiSlug.MatchString(slug) {
			return
		}
		if !utf8.ValidString(slug) || strings.Contains(slug, "--") || strings.HasPrefix(slug, "-") || strings.HasSuffix(slug, "-") {
			t.Fatalf("Slug(%q, %d) = %q", s, max, slug)
		}
		for _, r := range slug {
			if r != '-' && !unicode.In(r, unicode.L, unicode.M, unicode.N) || r >= 'A' && r <= 'Z' {
				t.Fatalf("Slug(%q, %d) = %q holds %q", s, max, slug, r)
			}
		}
	})
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("Đối\r\nngoại"))
	f.Add([]byte{0xFF, 0xFE, 0x10, 0x01})
	f.Add([]byte("\r\u0300"))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Decode(b)
		if err != nil {
			return
		}
		if !utf8.ValidString(s) || !norm.NFC.IsNormalString(s) || strings.ContainsFunc(s, isUnwanted) {
			t.Errorf("Decode(%q) = %q", b, s)
		}
		again, err := Decode([]byte(s))
		if err != nil || !bytes.HasPrefix([]byte(s), []byte(byteOrderMark)) && again != s {
			t.Errorf("Decode(%q) = %q, again %q, %v", b, s, again, err)
		}
	})
}

var sentence = strings.Repeat("Hội nghị xúc tiến đầu tư và đối ngoại của tỉnh Bình Phước – 4,33 tỷ USD. ", 50)

func BenchmarkFold(b *testing.B) {
	b.SetBytes(int64(len(sentence)))
	for b.Loop() {
		Fold(sentence)
	}
}

func BenchmarkFoldByDecomposing(b *testing.B) {
	b.SetBytes(int64(len(sentence)))
	for b.Loop() {
		foldByDecomposing(sentence)
	}
}
