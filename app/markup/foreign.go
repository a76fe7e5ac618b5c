package markup

import (
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// MarkForeign says of what is in another language than its page which language
// that is, so that it is read aloud, broken into lines and drawn as such (WCAG
// 2.2, 3.1.2). body is HTML of this package, lang that of its page.
//
// It goes by what is seen. Another script is marked wherever it stands: a
// Khmer name, a Chinese title. English in Vietnamese, and Vietnamese in other
// languages, are marked where a whole block is; single words and names, which
// every language borrows, are not. Code is nobody's language.
func MarkForeign(body template.HTML, lang string) template.HTML {
	m := marker{lang: lang, block: -1}
	z := html.NewTokenizer(strings.NewReader(string(body)))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		m.token(kind, string(z.Raw()), z)
	}
	m.settle()
	return template.HTML(strings.Join(m.pieces, ""))
}

// marker writes HTML again. block is the piece that opens the block whose text
// is being read, -1 between blocks.
type marker struct {
	lang   string
	pieces []string
	block  int
	text   strings.Builder
	code   int
}

func (m *marker) token(kind html.TokenType, raw string, z *html.Tokenizer) {
	if kind == html.TextToken {
		if m.code == 0 {
			m.text.WriteString(html.UnescapeString(raw))
			raw = m.spans(raw)
		}
		m.pieces = append(m.pieces, raw)
		return
	}
	name, _ := z.TagName()
	tag := string(name)
	begins := kind == html.StartTagToken
	if tag == "code" || tag == "pre" {
		if begins {
			m.code++
		} else {
			m.code--
		}
	}
	if isBlock(tag) || tag == "td" || tag == "th" {
		m.settle()
		if begins {
			m.block = len(m.pieces)
		}
	}
	m.pieces = append(m.pieces, raw)
}

// settle marks the block that was read, if it is in another language.
func (m *marker) settle() {
	if m.block >= 0 {
		if lang := latin(m.text.String(), m.lang); lang != "" {
			tag := m.pieces[m.block]
			m.pieces[m.block] = strings.TrimSuffix(tag, ">") + ` lang="` + lang + `">`
		}
	}
	m.block = -1
	m.text.Reset()
}

// spans marks what is in another script. raw is escaped, which concerns no
// letter of these.
func (m *marker) spans(raw string) string {
	if strings.IndexFunc(raw, isScripted) < 0 {
		return raw
	}
	var b strings.Builder
	for raw != "" {
		from := strings.IndexFunc(raw, isScripted)
		if from < 0 {
			break
		}
		to := runEnd(raw, from)
		run := raw[from:to]
		b.WriteString(raw[:from])
		if lang := scripted(run, m.lang); lang != m.lang {
			run = `<span lang="` + lang + `">` + run + `</span>`
		}
		b.WriteString(run)
		raw = raw[to:]
	}
	return b.String() + raw
}

// runEnd answers where a run in such scripts ends: at its last letter before
// one of another script, whatever spaces and signs stand in between.
func runEnd(s string, from int) int {
	end := from
	first, _ := utf8.DecodeRuneInString(s[from:])
	khmer := unicode.Is(unicode.Khmer, first)
	for i, r := range s[from:] {
		switch {
		case isScripted(r) && unicode.Is(unicode.Khmer, r) == khmer:
			end = from + i + utf8.RuneLen(r)
		case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '&' || r == '<':
			return end
		}
	}
	return end
}

func isScripted(r rune) bool {
	return r > 0x7ff && unicode.In(r, unicode.Khmer, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Han)
}

// scripted tells the language of a run by its letters. Han alone is Chinese,
// except in Japanese and Korean, which have it too.
func scripted(run, page string) string {
	lang := "zh"
	if page == "ja" || page == "ko" {
		lang = page
	}
	for _, r := range run {
		switch {
		case unicode.Is(unicode.Khmer, r):
			return "km"
		case unicode.Is(unicode.Hangul, r):
			return "ko"
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			return "ja"
		}
	}
	return lang
}

// So many words in a row are no name and no term.
const (
	passageWords = 6
	runningWords = 3 // of them not capitalised
)

// latin tells which language in Latin letters a block is in, if it is clearly
// another than its page's; "" if it is not. No Vietnamese sentence is without
// the letters that only Vietnamese has.
func latin(text, page string) string {
	words, running, marked := 0, 0, 0
	for word := range strings.FieldsSeq(text) {
		r, _ := utf8.DecodeRuneInString(word)
		if isScripted(r) {
			return ""
		}
		if !unicode.Is(unicode.Latin, r) {
			continue
		}
		words++
		if !unicode.IsLower(r) {
			continue
		}
		running++
		if strings.IndexFunc(word, func(r rune) bool { return r > unicode.MaxASCII && unicode.Is(unicode.Latin, r) }) >= 0 {
			marked++
		}
	}
	switch {
	case words < passageWords || running < runningWords:
		return ""
	case page != "vi" && 2*marked >= running:
		return "vi"
	case page != "en" && marked == 0 && strings.IndexFunc(text, func(r rune) bool { return unicode.Is(unicode.Latin, r) && r > unicode.MaxASCII }) < 0:
		return "en"
	}
	return ""
}
