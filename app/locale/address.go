package locale

import (
	"io/fs"
	"strings"
	"sync"

	"doingoai/locales"
)

// addressKey begins the keys of words that stand in readers' addresses.
const addressKey = "address."

// words are those of fixed addresses: by language, then by what they lead to.
type words map[string]map[string]string

// shippedWords are read once: addresses belong to the program as its routes do.
var shippedWords = sync.OnceValue(func() words {
	w, err := addressWords(locales.FS)
	if err != nil { // a program that starts has loaded the same files
		return nil
	}
	return w
})

func addressWords(fsys fs.FS) (words, error) {
	c, err := Load(fsys)
	if err != nil {
		return nil, err
	}
	w := words{}
	for _, lang := range c.Languages("public") {
		w[lang] = map[string]string{}
		for key, m := range c.books[bookName{"public", lang}].messages {
			if name, ok := strings.CutPrefix(key, addressKey); ok {
				w[lang][name] = m.plain
			}
		}
	}
	return w, nil
}

// AddressWord is the word of a fixed address in a language: "tim-kiem" for
// "search". A language without a word of its own uses the English one.
func AddressWord(name, lang string) string { return shippedWords().of(name, lang) }

func (w words) of(name, lang string) string {
	if word := w[lang][name]; word != "" {
		return word
	}
	return w["en"][name]
}

// AddressName is what a word of any language leads to: "search" for
// "tim-kiem"; "" when it is no word of a fixed address.
func AddressName(word string) string {
	for _, names := range shippedWords() {
		for name, own := range names {
			if own == word {
				return name
			}
		}
	}
	return ""
}
