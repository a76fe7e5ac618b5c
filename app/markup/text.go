package markup

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"doingoai/app/vietnamese"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Text is the plain text of HTML, one line per block, for the search index,
// feeds and descriptions. Table cells are parted by a space. The numbers and
// arrows of footnotes are left out, as are scripts and styles, should the
// input have any. It reads tokens and builds no tree, so that depth costs nothing.
func Text(source string) string {
	var w lineWriter
	walk(source, &w)
	return w.String()
}

// walker follows HTML in the order in which it is read.
type walker interface {
	text(s string)    // what is read
	rest(raw string)  // everything else, as it is written
	link(begins bool) // not one of a footnote
	endLine()
	space()
}

// walk tells a walker what it finds: the one rule of what is read of a text,
// and of where its lines end.
func walk(source string, w walker) {
	z := html.NewTokenizer(strings.NewReader(source))
	skipping := "" // the element whose content is left out
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		raw := string(z.Raw())
		if kind == html.TextToken && skipping == "" {
			w.text(html.UnescapeString(raw))
			continue
		}
		w.rest(raw)
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken && kind != html.EndTagToken {
			continue
		}
		name, hasAttributes := z.TagName()
		tag := string(name)
		switch {
		case skipping != "":
			if kind == html.EndTagToken && tag == skipping {
				skipping = ""
			}
		case kind == html.StartTagToken && (isUnread(tag) || tag == "a" && hasAttributes && isFootnoteLink(z)):
			skipping = tag
		case tag == "a":
			w.link(kind == html.StartTagToken)
		case isBlock(tag):
			w.endLine()
		case isGap(tag):
			w.space()
		}
	}
}

func isFootnoteLink(z *html.Tokenizer) bool {
	for {
		key, value, more := z.TagAttr()
		if string(key) == "class" && (bytes.Equal(value, []byte("footnote-ref")) || bytes.Equal(value, []byte("footnote-backref"))) {
			return true
		}
		if !more {
			return false
		}
	}
}

// isUnread tells the elements whose content nobody reads.
func isUnread(tag string) bool {
	switch tag {
	case "script", "style", "iframe", "noembed", "noframes", "noscript", "template":
		return true
	}
	return false
}

func isBlock(tag string) bool {
	switch atom.Lookup([]byte(tag)) {
	case atom.P, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd,
		atom.Table, atom.Caption, atom.Tr, atom.Thead, atom.Tbody, atom.Blockquote, atom.Pre, atom.Hr, atom.Div,
		atom.Figure, atom.Figcaption, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Address:
		return true
	}
	return false
}

func isGap(tag string) bool { return tag == "br" || tag == "td" || tag == "th" }

// lineWriter gathers lines, with one space for every run of spaces.
type lineWriter struct {
	b     strings.Builder
	gap   bool // a space is due before the next letter
	inRow bool // the line has begun
}

func (w *lineWriter) text(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) {
			w.gap = w.inRow
			continue
		}
		if !w.inRow && w.b.Len() > 0 {
			w.b.WriteByte('\n')
		}
		if w.gap {
			w.b.WriteByte(' ')
		}
		w.b.WriteRune(r)
		w.gap, w.inRow = false, true
	}
}

func (w *lineWriter) rest(string) {}
func (w *lineWriter) link(bool)   {}
func (w *lineWriter) space()      { w.gap = w.inRow }
func (w *lineWriter) endLine()    { w.gap, w.inRow = false, false }

func (w *lineWriter) String() string { return w.b.String() }

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// countWords counts what an editor pays by: syllables, and single characters
// where words are not spaced.
func countWords(s string) int {
	n := 0
	for _, t := range vietnamese.Syllables(s) {
		if isUnspaced(t.Text) {
			n += utf8.RuneCountInString(t.Text)
		} else {
			n++
		}
	}
	return n
}

// isUnspaced tells a run of Chinese or Japanese.
func isUnspaced(run string) bool {
	r, _ := utf8.DecodeRuneInString(run)
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}
