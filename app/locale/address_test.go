package locale

import (
	"testing"
	"testing/fstest"

	"doingoai/app/vietnamese"
	"doingoai/locales"
)

func TestAddressesAreInTheLanguageOfThePage(t *testing.T) {
	for lang, want := range map[string]string{"vi": "tim-kiem", "en": "search", "zh": "搜索", "lo": "search"} {
		if got := AddressWord("search", lang); got != want {
			t.Errorf("%s: %q, not %q", lang, got, want)
		}
	}
	if AddressName("tim-kiem") != "search" || AddressName("報告") != "" {
		t.Error("a word leads elsewhere")
	}
}

// A word that led to two pages, or that a browser would send in another form,
// would lead nowhere.
func TestAWordLeadsToOnePage(t *testing.T) {
	w, err := addressWords(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	leads := map[string]string{}
	for lang, names := range w {
		for name, word := range names {
			if was := leads[word]; was != "" && was != name {
				t.Errorf("%s: %q leads to %s and to %s", lang, word, was, name)
			}
			leads[word] = name
			if slug := vietnamese.Slug(word, 60); slug != word {
				t.Errorf("%s: %q would be written %q", lang, word, slug)
			}
		}
	}
}

// A seventh language is one more file: it is spoken, asked for and found in
// addresses.
func TestALanguageIsOneFile(t *testing.T) {
	fsys := fstest.MapFS{"public.lo.toml": {Data: []byte(`"address.search" = "ຄົ້ນຫາ"` + "\n" + `"search.found" = "ພົບ {{.count}} ບົດ"`)}}
	for _, name := range []string{"public.vi.toml", "public.en.toml", "desk.vi.toml"} {
		text, err := locales.FS.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		fsys[name] = &fstest.MapFile{Data: text}
	}
	c, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Match("public", "lo-LA,lo;q=0.9,en;q=0.5"); got != "lo" {
		t.Errorf("a reader of Lao gets %s", got)
	}
	p := c.Printer("public", "lo")
	if got := p.T("search.found", "count", 1234); p.Lang() != "lo" || got != "ພົບ 1,234 ບົດ" {
		t.Errorf("%s: %q", p.Lang(), got)
	}
	w, err := addressWords(fsys)
	if err != nil || w.of("search", "lo") != "ຄົ້ນຫາ" || w.of("report", "lo") != "report-error" {
		t.Errorf("%v %v", w["lo"], err)
	}
}
