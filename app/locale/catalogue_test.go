package locale

import (
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"doingoai/app/vietnamese"
	"doingoai/locales"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// The files of package locales, checked as they are shipped.

// The public pages speak six languages, the newsroom two; a text that is new
// in one of an area's files is new in all of them.
func TestAllLanguagesHaveTheSameKeys(t *testing.T) {
	c := shipped(t)
	for area, languages := range map[string][]string{"public": {"vi", "en", "ja", "km", "ko", "zh"}, "desk": {"vi", "en"}} {
		if got := c.Languages(area); !slices.Equal(got, languages) {
			t.Errorf("%s speaks %v, not %v", area, got, languages)
		}
	}
	for name := range c.books {
		own, original := c.Keys(name.area, name.lang), c.Keys(name.area, Default)
		for _, key := range original {
			if !slices.Contains(own, key) {
				t.Errorf("locales/%s.%s.toml lacks %q: write it there too, in its language", name.area, name.lang, key)
			}
		}
		for _, key := range own {
			if !slices.Contains(original, key) {
				t.Errorf("locales/%s.%s.toml has %q, which %s.%s.toml has not", name.area, name.lang, key, name.area, Default)
			}
		}
	}
}

// A text that was copied and never translated is equal to its English, or has
// no letter of its language's script.
func TestTextsAreTranslated(t *testing.T) {
	scripts := map[string][]*unicode.RangeTable{
		"km": {unicode.Khmer}, "zh": {unicode.Han}, "ko": {unicode.Hangul}, "ja": {unicode.Han, unicode.Hiragana, unicode.Katakana},
	}
	c := shipped(t)
	for lang, script := range scripts {
		for key, m := range c.books[bookName{"public", lang}].messages {
			for form, text := range m.forms {
				words := placeholder.ReplaceAllString(text, "")
				own := strings.ContainsFunc(words, func(r rune) bool { return unicode.In(r, script...) })
				if !own && strings.ContainsFunc(words, unicode.IsLetter) {
					t.Errorf("public.%s.toml: %q (%s) has no word in its language: %q", lang, key, form, text)
				}
			}
		}
	}
	alike := []string{"format.infographic", "format.megastory", "format.podcast", "format.video"} // Vietnamese newsrooms say these in English
	english := c.books[bookName{"public", "en"}]
	for key, m := range c.books[bookName{"public", "vi"}].messages {
		if text := m.forms["other"]; !slices.Contains(alike, key) && english.messages[key] != nil && text == english.messages[key].forms["other"] && strings.ContainsFunc(placeholder.ReplaceAllString(text, ""), unicode.IsLetter) {
			t.Errorf("public.vi.toml: %q is the English text", key)
		}
	}
}

func TestAllLanguagesUseTheSamePlaceholders(t *testing.T) {
	c := shipped(t)
	for name, b := range c.books {
		for key, m := range b.messages {
			original := c.books[bookName{name.area, Default}].messages[key]
			if original != nil && !reflect.DeepEqual(m.placeholders, original.placeholders) {
				t.Errorf("%s.%s.toml: %q has placeholders %v, Vietnamese %v", name.area, name.lang, key, m.placeholders, original.placeholders)
			}
		}
	}
}

// A message that counts has exactly the forms that its language can ask for.
// One that does not count has none; where the language has a single form it is
// written as one text.
func TestPluralFormsFitTheLanguage(t *testing.T) {
	c := shipped(t)
	for name, b := range c.books {
		wanted := formsOf(name.lang)
		for key, m := range b.messages {
			have := slices.Sorted(maps.Keys(m.forms))
			if slices.Contains(m.placeholders, "count") && !slices.Equal(have, wanted) && !writesNoPlural(name.lang, have) {
				t.Errorf("%s.%s.toml: %q counts in the forms %v, %s has %v", name.area, name.lang, key, have, name.lang, wanted)
			}
			if len(have) > 1 && !slices.Equal(have, wanted) {
				t.Errorf("%s.%s.toml: %q has the forms %v, %s has %v", name.area, name.lang, key, have, name.lang, wanted)
			}
		}
	}
}

// writesNoPlural allows Vietnamese, whose nouns do not change, a single text
// in spite of its two forms.
func writesNoPlural(lang string, have []string) bool { return lang == "vi" && len(have) == 1 }

// formsOf finds the forms by asking for many numbers. Vietnamese is given
// apart: go-i18n follows a newer CLDR than golang.org/x/text.
func formsOf(lang string) []string {
	if lang == "vi" {
		return []string{"one", "other"}
	}
	names := map[plural.Form]string{plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many", plural.Other: "other"}
	var forms []string
	for n := range 200 {
		form := names[plural.Cardinal.MatchPlural(language.Make(lang), n, 0, 0, 0, 0)]
		if !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	slices.Sort(forms)
	return forms
}

func TestFilesAreSortedOneLinePerKeyAndComposed(t *testing.T) {
	names, err := fs.Glob(locales.FS, "*.toml")
	if err != nil {
		t.Fatal(err)
	}
	voices, err := fs.Glob(locales.FS, "*/*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range append(names, voices...) {
		content, err := fs.ReadFile(locales.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		before := ""
		for i, line := range strings.Split(strings.TrimSuffix(string(content), "\n"), "\n") {
			if line == "" && len(content) == 0 {
				continue
			}
			key, rest, ok := strings.Cut(strings.TrimPrefix(line, `"`), `" = `)
			switch {
			case !ok || !strings.HasPrefix(line, `"`) || rest == "":
				t.Errorf(`%s:%d: must be "key" = …, on one line`, name, i+1)
			case key <= before:
				t.Errorf("%s:%d: %q must stand before %q", name, i+1, key, before)
			case vietnamese.NFC(line) != line:
				t.Errorf("%s:%d: not NFC", name, i+1)
			}
			before = key
		}
	}
}

// What an outlet says otherwise, it says in both languages.
func TestAVoiceSpeaksVietnameseAndEnglish(t *testing.T) {
	c := shipped(t)
	if got := c.Voices(); !slices.Equal(got, []string{"broadcaster", "newspaper", "portal"}) {
		t.Errorf("the voices are %v", got)
	}
	for _, voice := range c.Voices() {
		for key := range c.As(voice).own[bookName{"public", "en"}].messages {
			if c.As(voice).own[bookName{"public", Default}].messages[key] == nil {
				t.Errorf("%s says %q otherwise in English only", voice, key)
			}
		}
	}
}
