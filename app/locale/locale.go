// Package locale turns message keys into sentences, and dates and numbers
// into the form a person of each language writes.
//
// A Catalogue is all files of package locales, read and checked once at the
// start. A Printer is one area of it in one language; pages, forms and letters
// get one and pass it down, so a template never knows which language it
// speaks. What a file lacks is looked for in this order: the same language's
// public area, then Vietnamese (own area, then public), and at last the key
// itself shows in ⟦brackets⟧, so that the page stands and the gap is seen.
//
// go-i18n lives here. It supplies the plural rules of the languages; note that
// by them Vietnamese has two forms, "one" for 0 and 1, and "other". Its
// Localize may answer with a text and an error at once; book.say decides there.
package locale

import (
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"sort"

	"golang.org/x/text/language"
)

// Default is the language of the house: the one every key exists in, and the
// one shown to a person whose languages we do not speak.
const Default = "vi"

// Catalogue holds the messages of all areas and languages. It does not change
// after Load and may be used by many goroutines.
type Catalogue struct {
	books    map[bookName]*book
	printers map[bookName]*Printer
	matchers map[string]areaMatcher
	own      map[bookName]*book    // of a voice: what it says otherwise
	voices   map[string]*Catalogue // by name
}

type bookName struct{ area, lang string }

type areaMatcher struct {
	languages []string
	matcher   language.Matcher
}

// fileName is <area>.<language>.toml.
var fileName = regexp.MustCompile(`^(public|desk)\.([a-z]{2,3}(?:-[a-z0-9]{2,8})?)\.toml$`)

// Load reads every TOML file in the top folder of fsys, and the voices in the
// folders below. An error names the file and the line.
func Load(fsys fs.FS) (*Catalogue, error) {
	names, err := fs.Glob(fsys, "*.toml")
	if err != nil {
		return nil, fmt.Errorf("locales: %w", err)
	}
	c := &Catalogue{books: map[bookName]*book{}}
	for _, name := range names {
		parts := fileName.FindStringSubmatch(name)
		if parts == nil {
			return nil, fmt.Errorf("locales: %s: the name must be public.<language>.toml or desk.<language>.toml", name)
		}
		b, err := readBook(fsys, name, parts[2])
		if err != nil {
			return nil, fmt.Errorf("locales: %w", err)
		}
		c.books[bookName{parts[1], parts[2]}] = b
	}
	for _, area := range []string{"public", "desk"} {
		if c.books[bookName{area, Default}] == nil {
			return nil, fmt.Errorf("locales: %s.%s.toml is missing", area, Default)
		}
	}
	c.prepare()
	if err := c.loadVoices(fsys); err != nil {
		return nil, fmt.Errorf("locales: %w", err)
	}
	return c, nil
}

// prepare makes the printers and matchers, so that a request only looks them up.
func (c *Catalogue) prepare() {
	c.printers = map[bookName]*Printer{}
	c.matchers = map[string]areaMatcher{}
	for name := range c.books {
		c.printers[name] = c.newPrinter(name)
		if _, done := c.matchers[name.area]; !done {
			c.matchers[name.area] = newAreaMatcher(c.Languages(name.area))
		}
	}
}

// newPrinter lists the books to look in. The desk in a language that only
// readers have falls back to the whole of Vietnamese.
func (c *Catalogue) newPrinter(name bookName) *Printer {
	p := &Printer{lang: name.lang, style: styleOf(name.lang)}
	for _, place := range []bookName{name, {"public", name.lang}, {name.area, Default}, {"public", Default}} {
		for _, b := range []*book{c.own[place], c.books[place]} {
			if b != nil && !contains(p.chain, b) {
				p.chain = append(p.chain, b)
			}
		}
	}
	return p
}

func contains(books []*book, b *book) bool {
	for _, have := range books {
		if have == b {
			return true
		}
	}
	return false
}

func newAreaMatcher(languages []string) areaMatcher {
	tags := make([]language.Tag, len(languages))
	for i, lang := range languages {
		tags[i] = language.Make(lang)
	}
	return areaMatcher{languages: languages, matcher: language.NewMatcher(tags)}
}

// Printer speaks one language in one area. A language the area has no file
// for gets the Vietnamese printer.
func (c *Catalogue) Printer(area, lang string) *Printer {
	if p := c.printers[bookName{area, lang}]; p != nil {
		return p
	}
	if p := c.printers[bookName{area, Default}]; p != nil {
		return p
	}
	return c.printers[bookName{"public", Default}]
}

// Languages lists the languages of an area: Vietnamese, then the others in
// alphabetical order.
func (c *Catalogue) Languages(area string) []string {
	var languages []string
	for name := range c.books {
		if name.area == area {
			languages = append(languages, name.lang)
		}
	}
	sort.Slice(languages, func(i, j int) bool {
		if (languages[i] == Default) != (languages[j] == Default) {
			return languages[i] == Default
		}
		return languages[i] < languages[j]
	})
	return languages
}

// maxAcceptLanguage limits what is parsed of a header anybody can send;
// browsers send well under 200 bytes.
const maxAcceptLanguage = 500

// Match chooses the area's language that serves an Accept-Language header
// best, Vietnamese when none does.
func (c *Catalogue) Match(area, acceptLanguage string) string {
	m, ok := c.matchers[area]
	wanted := named(acceptLanguage)
	if !ok || len(wanted) == 0 {
		return Default
	}
	_, index, confidence := m.matcher.Match(wanted...)
	if confidence == language.No {
		return Default
	}
	return m.languages[index]
}

// Choose picks, among the languages that an outlet speaks to its readers, the
// one that serves an Accept-Language header best. A header that asks for
// nothing gets the first; one that asks for others only gets English, which
// the pages name to search engines as the one for everybody else.
func Choose(languages []string, acceptLanguage string) string {
	if len(languages) == 0 {
		return Default
	}
	wanted := named(acceptLanguage)
	if len(wanted) == 0 {
		return languages[0]
	}
	m := newAreaMatcher(languages)
	_, index, confidence := m.matcher.Match(wanted...)
	switch {
	case confidence != language.No:
		return languages[index]
	case slices.Contains(languages, "en"):
		return "en"
	}
	return languages[0]
}

// named are the languages that a header asks for; none when it cannot be read
// or takes any.
func named(acceptLanguage string) []language.Tag {
	if acceptLanguage == "" || len(acceptLanguage) > maxAcceptLanguage {
		return nil
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil {
		return nil
	}
	anyLanguage := language.Make("mul")
	return slices.DeleteFunc(wanted, func(t language.Tag) bool { return t == anyLanguage })
}

// Keys lists the keys that an area's file in one language holds itself,
// sorted. Tests compare them with the keys the program uses.
func (c *Catalogue) Keys(area, lang string) []string {
	b := c.books[bookName{area, lang}]
	if b == nil {
		return nil
	}
	keys := make([]string, 0, len(b.messages))
	for key := range b.messages {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	return keys
}
