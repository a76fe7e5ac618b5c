package markup

import (
	"html/template"
	"strings"
	"unicode"

	"golang.org/x/net/html"
)

// Block is a part of a text that stands by itself.
type Block struct {
	Kind string // p, h2 to h6, li, pre, row, quote, caption or picture
	Text string // of a picture, the words that stand for it
	// Form is the HTML within, which tells texts apart that say the same in
	// another way: in bold, or with a link that leads elsewhere.
	Form string
}

// Blocks takes HTML that came from here apart into what stands by itself, in
// the order in which it is read, for comparing one version with another.
func Blocks(source template.HTML) []Block {
	var w blockWriter
	z := html.NewTokenizer(strings.NewReader(string(source)))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			w.end()
			return w.blocks
		}
		raw := string(z.Raw())
		if kind == html.TextToken {
			w.write(html.UnescapeString(raw))
			w.form.WriteString(raw)
			continue
		}
		name, _ := z.TagName()
		tag := string(name)
		switch {
		case tag == "img":
			w.end()
			w.blocks = append(w.blocks, Block{"picture", attribute(z, "alt"), raw})
		case isBlock(tag):
			w.end()
			w.enter(tag, kind)
		case tag == "td" || tag == "th":
			w.cell(kind == html.StartTagToken)
		default:
			w.form.WriteString(raw)
			if tag == "br" {
				w.write(" ")
			}
		}
	}
}

// blockWriter gathers blocks.
type blockWriter struct {
	blocks []Block
	inside []string // the blocks around, innermost last
	cells  int      // of the row so far
	text   strings.Builder
	form   strings.Builder
	gap    bool
}

func (w *blockWriter) enter(tag string, kind html.TokenType) {
	switch kind {
	case html.StartTagToken:
		w.inside = append(w.inside, tag)
		w.cells = 0
	case html.EndTagToken:
		if len(w.inside) > 0 {
			w.inside = w.inside[:len(w.inside)-1]
		}
	}
}

func (w *blockWriter) cell(begins bool) {
	if !begins {
		return
	}
	if w.cells > 0 {
		w.text.WriteString(" | ")
		w.gap = false
	}
	w.cells++
}

func (w *blockWriter) write(s string) {
	for _, r := range s {
		if unicode.IsSpace(r) {
			w.gap = w.text.Len() > 0
			continue
		}
		if w.gap && !strings.HasSuffix(w.text.String(), " ") {
			w.text.WriteByte(' ')
		}
		w.gap = false
		w.text.WriteRune(r)
	}
}

func (w *blockWriter) end() {
	if text := w.text.String(); strings.TrimSpace(text) != "" {
		w.blocks = append(w.blocks, Block{w.kind(), text, strings.TrimSpace(w.form.String())})
	}
	w.text.Reset()
	w.form.Reset()
	w.gap = false
}

// kind is what the innermost block that says something about it is.
func (w *blockWriter) kind() string {
	for i := len(w.inside) - 1; i >= 0; i-- {
		switch tag := w.inside[i]; tag {
		case "h2", "h3", "h4", "h5", "h6", "li", "pre":
			return tag
		case "tr":
			return "row"
		case "blockquote":
			return "quote"
		case "figcaption", "caption":
			return "caption"
		}
	}
	return "p"
}

// attribute is one of a tag whose name has been read.
func attribute(z *html.Tokenizer, name string) string {
	for {
		key, value, more := z.TagAttr()
		if string(key) == name {
			return string(value)
		}
		if !more {
			return ""
		}
	}
}
