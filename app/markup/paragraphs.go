package markup

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Paragraphs cuts Markdown where a text can be taken apart: into its
// paragraphs, headings, quotations, pictures, and whole lists, tables and
// pieces of code, each as it was written. Put together again with a blank line
// between each two, they are the same article.
func Paragraphs(markdown string) []string {
	source := []byte(markdown)
	var found []string
	from := 0
	cut := func(to int) {
		if p := withoutBlankLines(markdown[from:to]); p != "" {
			found = append(found, p)
		}
		from = to
	}
	for n := blockParser().Parse(text.NewReader(source)).FirstChild(); n != nil; n = n.NextSibling() {
		if at := bytes.LastIndexByte(source[:max(n.Pos(), 0)], '\n') + 1; at > from {
			cut(at)
		}
	}
	cut(len(markdown))
	return found
}

// blockParser knows which blocks there are, and nothing of what is in them. A
// footnote is a paragraph like others to it: it stays where it was written.
var blockParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(articleBlocks()...),
		parser.WithParagraphTransformers(articleTransformers()...),
	)
})

// withoutBlankLines takes blank lines from both ends, but no space that
// begins a line: it may mean something.
func withoutBlankLines(s string) string {
	for {
		line, rest, more := strings.Cut(s, "\n")
		if !more || strings.TrimSpace(line) != "" {
			return strings.TrimRight(s, " \t\r\n")
		}
		s = rest
	}
}
