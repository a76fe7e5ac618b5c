package locale

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"sort"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// book is one catalogue file, ready to speak.
type book struct {
	messages  map[string]*message
	localizer *i18n.Localizer
}

// message is one entry. A sentence without placeholders and plural forms,
// which most are, is answered from plain alone.
type message struct {
	plain        string
	isPlain      bool
	forms        map[string]string
	placeholders []string
}

// placeholder is the only action a message may hold: it is a sentence, not a program.
var placeholder = regexp.MustCompile(`\{\{\.([A-Za-z][A-Za-z0-9]*)\}\}`)

func readBook(fsys fs.FS, name, lang string) (*book, error) {
	source, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	entries := map[string]any{}
	if err := toml.Unmarshal(source, &entries); err != nil {
		var syntax toml.ParseError
		if errors.As(err, &syntax) {
			return nil, fmt.Errorf("%s:%d: %s", name, syntax.Position.Line, syntax.Message)
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	b := &book{messages: make(map[string]*message, len(entries))}
	tag := language.Make(lang)
	bundle := i18n.NewBundle(tag)
	for key, value := range entries {
		m, err := readMessage(value)
		if err == nil {
			err = bundle.AddMessages(tag, m.template(key))
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %q: %w", name, lineOf(source, key), key, err)
		}
		b.messages[key] = m
	}
	b.localizer = i18n.NewLocalizer(bundle, lang)
	return b, nil
}

// lineOf finds the line that an entry stands on; TOML keeps no positions of
// values that are well-formed.
func lineOf(source []byte, key string) int {
	for i, line := range bytes.Split(source, []byte("\n")) {
		trimmed := strings.TrimLeft(string(line), " \t[")
		if strings.HasPrefix(trimmed, `"`+key+`"`) || strings.HasPrefix(trimmed, key) {
			return i + 1
		}
	}
	return 1
}

func readMessage(value any) (*message, error) {
	m := &message{forms: map[string]string{}}
	switch value := value.(type) {
	case string:
		m.forms["other"] = value
	case map[string]any:
		for form, text := range value {
			sentence, ok := text.(string)
			if !ok || !isPluralForm(form) {
				return nil, fmt.Errorf("%q is not a plural form with a text", form)
			}
			m.forms[form] = sentence
		}
	default:
		return nil, errors.New("must be a text, or a table of plural forms")
	}
	return m, m.check()
}

func isPluralForm(form string) bool {
	switch form {
	case "zero", "one", "two", "few", "many", "other":
		return true
	}
	return false
}

// check refuses what could not be spoken, and notes the placeholders.
func (m *message) check() error {
	seen := map[string]bool{}
	for form, text := range m.forms {
		if strings.TrimSpace(text) == "" {
			return fmt.Errorf("the form %q is empty", form)
		}
		if rest := placeholder.ReplaceAllString(text, ""); strings.Contains(rest, "{{") {
			return errors.New("only placeholders such as {{.Name}} may stand between {{ and }}")
		}
		for _, found := range placeholder.FindAllStringSubmatch(text, -1) {
			seen[found[1]] = true
		}
	}
	if m.forms["other"] == "" {
		return errors.New(`the form "other" is missing`)
	}
	for name := range seen {
		m.placeholders = append(m.placeholders, name)
	}
	sort.Strings(m.placeholders)
	m.plain = m.forms["other"]
	m.isPlain = len(m.forms) == 1 && len(seen) == 0
	return nil
}

func (m *message) template(key string) *i18n.Message {
	return &i18n.Message{
		ID: key, Zero: m.forms["zero"], One: m.forms["one"], Two: m.forms["two"],
		Few: m.forms["few"], Many: m.forms["many"], Other: m.forms["other"],
	}
}

// say fills a message that is not plain. count is nil or an int64. Localize
// may answer a text together with an error, when it had to take the form
// "other" for a missing one: that text is right and is used. Only without any
// text is the raw sentence shown, which still tells the person something.
func (b *book) say(key string, m *message, data map[string]any, count any) string {
	text, err := b.localizer.Localize(&i18n.LocalizeConfig{MessageID: key, TemplateData: data, PluralCount: count})
	if err != nil && text == "" {
		return m.plain
	}
	return text
}
