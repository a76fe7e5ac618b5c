package locale

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"doingoai/app/fault"
	"doingoai/locales"
)

// load makes a catalogue of file names and contents.
func load(t *testing.T, files map[string]string) (*Catalogue, error) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, content := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(content)}
	}
	return Load(fsys)
}

func mustLoad(t *testing.T, files map[string]string) *Catalogue {
	t.Helper()
	c, err := load(t, files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func shipped(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAKeyIsLookedForFromNearToFar(t *testing.T) {
	c := mustLoad(t, map[string]string{
		"public.vi.toml": `"a" = "công a"` + "\n" + `"b" = "công b"` + "\n" + `"c" = "công c"` + "\n" + `"d" = "công d"`,
		"desk.vi.toml":   `"a" = "bàn a"` + "\n" + `"c" = "bàn c"`,
		"public.en.toml": `"a" = "public a"` + "\n" + `"b" = "public b"`,
		"desk.en.toml":   `"a" = "desk a"`,
		"public.km.toml": `"a" = "សាធារណៈ"`,
	})
	for _, x := range []struct{ area, lang, key, want string }{
		{"desk", "en", "a", "desk a"},
		{"desk", "en", "b", "public b"},
		{"desk", "en", "c", "bàn c"},
		{"desk", "en", "d", "công d"},
		{"desk", "en", "e", "⟦e⟧"},
		{"public", "en", "a", "public a"},
		{"public", "en", "c", "công c"},
		{"desk", "vi", "b", "công b"},
		{"public", "km", "a", "សាធារណៈ"},
		{"public", "ko", "a", "công a"},
		{"desk", "km", "a", "bàn a"},
		{"elsewhere", "en", "a", "công a"},
	} {
		p := c.Printer(x.area, x.lang)
		if got := p.T(x.key); got != x.want {
			t.Errorf("%s.%s %q is %q, want %q", x.area, x.lang, x.key, got, x.want)
		}
		if p.Has(x.key) != (x.key != "e") {
			t.Errorf("%s.%s Has(%q) = %v", x.area, x.lang, x.key, p.Has(x.key))
		}
	}
	if got := c.Printer("public", "ko").Lang(); got != "vi" {
		t.Errorf("a printer for a language without a file says it speaks %q", got)
	}
	if got := c.Languages("public"); !reflect.DeepEqual(got, []string{"vi", "en", "km"}) {
		t.Errorf("languages %v", got)
	}
	if got := c.Keys("desk", "vi"); !reflect.DeepEqual(got, []string{"a", "c"}) {
		t.Errorf("keys %v", got)
	}
	if got := c.Keys("desk", "km"); got != nil {
		t.Errorf("keys of a file that is not there: %v", got)
	}
}

func TestArgumentsAndPlurals(t *testing.T) {
	c := mustLoad(t, map[string]string{
		"desk.vi.toml": "",
		"public.vi.toml": `"n" = { one = "{{.count}} bài", other = "{{.count}} bài khác" }
"who" = "{{.Name}} đã sửa {{.What}}"
"flat" = "{{.count}} bài"`,
		"public.en.toml": `"n" = { one = "{{.count}} article", other = "{{.count}} articles" }
"who" = "{{.Name}} changed {{.What}}"
"half" = { other = "{{.count}} things" }`,
	})
	vi, en := c.Printer("public", "vi"), c.Printer("public", "en")
	for _, x := range []struct{ got, want string }{
		{en.T("n", "count", 1), "1 article"},
		{en.T("n", "count", 0), "0 articles"},
		{en.T("n", "count", int64(1234)), "1,234 articles"},
		{vi.T("n", "count", 0), "0 bài"}, // the rule of Vietnamese in go-i18n
		{vi.T("n", "count", 1), "1 bài"},
		{vi.T("n", "count", 1234), "1.234 bài khác"},
		{vi.T("flat", "count", 1), "1 bài"},
		{en.T("half", "count", 1), "1 things"}, // text and error at once
		{en.T("n"), "… articles"},
		{en.T("who", "Name", "An", "What", "<b>"), "An changed <b>"},
		{en.T("who", "Name", "{{.What}}", "What", 2026), "{{.What}} changed 2026"},
		{en.T("who", "Name", "An", "What", 1000000), "An changed 1,000,000"},
		{en.T("who", "Name"), "… changed …"},
		{en.T("who", "Name", "An", "odd"), "An changed …"},
		{en.Message(fault.Say("who", "Name", "An", "What", "x")), "An changed x"},
		{en.Message(fault.Say("flat", "count", 3)), "3 bài"},
		{en.Message(fault.Say("nothing")), "⟦nothing⟧"},
	} {
		if x.got != x.want {
			t.Errorf("got %q, want %q", x.got, x.want)
		}
	}
	msg := fault.Say("n", "count", 1234)
	en.Message(msg)
	if msg.Args["count"] != 1234 {
		t.Errorf("printing a message changed it: %v", msg.Args)
	}
}

func TestAWrongFileIsNamedWithItsLine(t *testing.T) {
	for want, files := range map[string]map[string]string{
		"public.vi.toml:2:":     {"public.vi.toml": "\"a\" = \"x\"\n\"b\" = oops\n", "desk.vi.toml": ""},
		"public.vi.toml:3:":     {"public.vi.toml": "\"a\" = \"x\"\n\n\"b\" = \"{{if .X}}\"\n", "desk.vi.toml": ""},
		"desk.vi.toml:1:":       {"public.vi.toml": "", "desk.vi.toml": "\"a\" = \"\""},
		"desk.vi.toml:2:":       {"public.vi.toml": "", "desk.vi.toml": "\"a\" = \"x\"\n\"a\" = \"y\""},
		`"some" is not`:         {"public.vi.toml": "\"a\" = { some = \"x\" }", "desk.vi.toml": ""},
		`form "other" is miss`:  {"public.vi.toml": "\"a\" = { one = \"x\" }", "desk.vi.toml": ""},
		"must be a text":        {"public.vi.toml": "\"a\" = 3", "desk.vi.toml": ""},
		"desk.vi.toml is miss":  {"public.vi.toml": ""},
		"desk-vi.toml: the nam": {"public.vi.toml": "", "desk-vi.toml": ""},
		"form.vi.toml: the nam": {"public.vi.toml": "", "form.vi.toml": ""},
	} {
		if _, err := load(t, files); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want one with %q", files, err, want)
		}
	}
}

func TestMatchChoosesByAcceptLanguage(t *testing.T) {
	c := mustLoad(t, map[string]string{"public.vi.toml": "", "desk.vi.toml": "", "public.en.toml": "", "public.zh.toml": "", "desk.en.toml": ""})
	for header, want := range map[string]string{
		"":                              "vi",
		"en":                            "en",
		"en-GB,en;q=0.9":                "en",
		"vi-VN,vi;q=0.9,en;q=0.8":       "vi",
		"de,en;q=0.5":                   "en",
		"de":                            "vi",
		"zh-CN":                         "zh",
		"*":                             "vi",
		"!!;q=x":                        "vi",
		"en;q=0":                        "vi",
		strings.Repeat("en-a-b,", 1000): "vi",
	} {
		if got := c.Match("public", header); got != want {
			t.Errorf("Match(%.30q) = %q, want %q", header, got, want)
		}
	}
	if got := c.Match("desk", "zh,en;q=0.1"); got != "en" {
		t.Errorf("the desk does not speak Chinese, but answers in %q", got)
	}
	if got := c.Match("elsewhere", "en"); got != "vi" {
		t.Errorf("an unknown area answers in %q", got)
	}
}

func TestAReaderOfAnotherLanguageGetsEnglish(t *testing.T) {
	both, chinese := []string{"vi", "en"}, []string{"vi", "zh"}
	for _, c := range []struct {
		languages    []string
		header, want string
	}{
		{both, "", "vi"}, {both, "*", "vi"}, {both, "!!;q=x", "vi"}, {both, "ko;q=0", "vi"}, {both, "vi-VN,vi;q=0.9,en;q=0.8", "vi"},
		{both, "en-GB,en;q=0.9", "en"}, {both, "ko-KR", "en"}, {both, "de", "en"}, {both, "de,vi;q=0.5", "vi"}, {both, "ko,*;q=0.5", "en"},
		{chinese, "zh-TW,en", "zh"}, {chinese, "de,en", "vi"}, {chinese, "", "vi"},
		{both, strings.Repeat("en-a-b,", 1000), "vi"},
	} {
		if got := Choose(c.languages, c.header); got != c.want {
			t.Errorf("of %v, %.30q gets %q, want %q", c.languages, c.header, got, c.want)
		}
	}
}

func TestAPlainSentenceCostsNoMemory(t *testing.T) {
	p := shipped(t).Printer("desk", "en")
	if n := testing.AllocsPerRun(100, func() { _ = p.T("error.form") }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestEveryKindOfFaultHasItsWords(t *testing.T) {
	c := shipped(t)
	for _, kind := range []fault.Kind{fault.Invalid, fault.Malformed, fault.SignedOut, fault.Forbidden, fault.NotFound, fault.Gone, fault.Conflict,
		fault.NotPossible, fault.TooLarge, fault.TooMany, fault.Unavailable, fault.Internal} {
		for _, area := range []string{"public", "desk"} {
			for _, lang := range []string{"vi", "en"} {
				for _, part := range []string{"title", "body"} {
					if key := "error." + string(kind) + "." + part; !c.Printer(area, lang).Has(key) {
						t.Errorf("%s.%s lacks %s", area, lang, key)
					}
				}
			}
		}
	}
	if got := c.Printer("public", "vi").T("error.internal.body", "ID", "k3x9"); !strings.Contains(got, "k3x9") {
		t.Errorf("the code is not told: %q", got)
	}
}
