package locale

import (
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"testing"

	"doingoai/app/vietnamese"
	"doingoai/locales"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// The files of package locales, checked as they are shipped.

func TestVietnameseAndEnglishHaveTheSameKeys(t *testing.T) {
	c := shipped(t)
	for _, area := range []string{"public", "desk"} {
		vi, en := c.Keys(area, "vi"), c.Keys(area, "en")
		for _, key := range vi {
			if !slices.Contains(en, key) {
				t.Errorf("%s.en.toml lacks %q", area, key)
			}
		}
		for _, key := range en {
			if !slices.Contains(vi, key) {
				t.Errorf("%s.vi.toml lacks %q", area, key)
			}
		}
	}
}

func TestOtherLanguagesHaveNoKeyThatVietnameseLacks(t *testing.T) {
	c := shipped(t)
	for name := range c.books {
		for _, key := range c.Keys(name.area, name.lang) {
			if !slices.Contains(c.Keys(name.area, Default), key) {
				t.Errorf("%s.%s.toml has %q, Vietnamese has not", name.area, name.lang, key)
			}
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

// A message with forms must have those its language can ask for, and no
// other; a message that counts must be one with forms wherever the language
// tells one from many in writing.
func TestPluralFormsFitTheLanguage(t *testing.T) {
	c := shipped(t)
	for name, b := range c.books {
		wanted := formsOf(name.lang)
		for key, m := range b.messages {
			if len(m.forms) == 1 {
				if name.lang == "en" && slices.Contains(m.placeholders, "count") {
					t.Errorf("%s.en.toml: %q counts, but has one form only", name.area, key)
				}
				continue
			}
			for form := range m.forms {
				if !slices.Contains(wanted, form) {
					t.Errorf("%s.%s.toml: %q has the form %q, never used", name.area, name.lang, key, form)
				}
			}
			for _, form := range wanted {
				if m.forms[form] == "" {
					t.Errorf("%s.%s.toml: %q lacks the form %q", name.area, name.lang, key, form)
				}
			}
		}
	}
}

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
	return forms
}

func TestFilesAreSortedOneLinePerKeyAndComposed(t *testing.T) {
	names, err := fs.Glob(locales.FS, "*.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
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
