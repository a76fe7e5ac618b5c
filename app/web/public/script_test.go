package public

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"doingoai/app/locale"
	"doingoai/locales"
	"doingoai/themes"
)

// Letters that our own font lacks are carried only by pages of their language.
func TestAPageCarriesTheFontsOfItsLanguageOnly(t *testing.T) {
	words, err := locale.Load(locales.FS)
	if err != nil {
		t.Fatal(err)
	}
	for name, look := range loadLooks(t) {
		for _, lang := range words.Languages("public") {
			var b bytes.Buffer
			if err := look.Render(&b, "home", homeView{frame: sampleFrame(words, "base", lang, true)}); err != nil {
				t.Fatal(err)
			}
			for other, style := range scripts {
				if carries := strings.Contains(b.String(), style); carries != (other == lang) {
					t.Errorf("%s: a page in %s carries the fonts of %s: %v", name, lang, other, carries)
				}
			}
		}
	}
}

// The fonts hold every letter that the pages themselves say.
func TestTheFontsHoldTheWordsOfThePages(t *testing.T) {
	span := regexp.MustCompile(`U\+([0-9a-f]+)(?:-([0-9a-f]+))?[,;]`)
	for lang, style := range scripts {
		css, err := themes.FS.ReadFile("base/static/" + style)
		if err != nil {
			t.Fatal(err)
		}
		var held [][2]rune
		for _, found := range span.FindAllStringSubmatch(string(css), -1) {
			first, _ := strconv.ParseInt(found[1], 16, 32)
			last, err := strconv.ParseInt(found[2], 16, 32)
			if err != nil {
				last = first
			}
			held = append(held, [2]rune{rune(first), rune(last)})
		}
		text, err := locales.FS.ReadFile("public." + lang + ".toml")
		if err != nil {
			t.Fatal(err)
		}
		lacking := map[rune]bool{}
		for _, r := range string(text) {
			if !unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Khmer) {
				continue
			}
			lacking[r] = true
			for _, h := range held {
				if h[0] <= r && r <= h[1] {
					delete(lacking, r)
					break
				}
			}
		}
		for r := range lacking {
			t.Errorf("%s lacks %q", style, r)
		}
	}
}
