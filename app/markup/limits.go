package markup

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

const (
	// maxDepth is how deep quotations and lists nest; what lies deeper is
	// text. It protects the stack, and browsers.
	maxDepth = 24

	// maxInlineDepth is how deep emphasis nests; deeper is plain text.
	maxInlineDepth = 24

	// maxAddressBytes bounds what links add to a page. One long address,
	// defined once and used a hundred thousand times by reference, would make
	// gigabytes.
	maxAddressBytes = MaxBytes

	// maxCells bounds what tables add to a page: rows are filled up to the
	// width of the header, so short rows under a wide header multiply.
	maxCells = 200_000

	// maxOpeners bounds the signs in one block that may open emphasis or a
	// link: each that stays open is looked at again for each that follows. The
	// rest are plain characters.
	maxOpeners = 1000

	// maxFootnotes bounds the notes of a document, which are found by looking
	// through all of them.
	maxFootnotes = 1000

	// maxEscapedPipes bounds the "\|" within code in tables, which are handled
	// by comparing each with each.
	maxEscapedPipes = 2000
)

// shallow keeps a block parser from opening a block below maxDepth.
type shallow struct{ parser.BlockParser }

// Open refuses deep blocks; their text then belongs to a paragraph.
func (s shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if depth++; depth > maxDepth {
			return nil, parser.NoChildren
		}
	}
	return s.BlockParser.Open(parent, reader, pc)
}

// fewFootnotes keeps footnotes to maxFootnotes; the rest are paragraphs.
type fewFootnotes struct{ parser.BlockParser }

var footnotesKey = parser.NewContextKey()

// Open counts and refuses.
func (f fewFootnotes) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	opened := pc.ComputeIfAbsent(footnotesKey, func() any { return new(int) }).(*int)
	if *opened >= maxFootnotes {
		return nil, parser.NoChildren
	}
	n, state := f.BlockParser.Open(parent, reader, pc)
	if n != nil {
		*opened++
	}
	return n, state
}

// fewOpeners takes the signs beyond maxOpeners out of the hands of the other
// inline parsers, before which it is asked.
type fewOpeners struct{}

var openersKey = parser.NewContextKey()

// openers counts within one block.
type openers struct {
	block ast.Node
	n     int
}

// Trigger is part of goldmark's inline parser interface.
func (fewOpeners) Trigger() []byte { return []byte("*_~[!") }

// Parse answers nothing while the block has few openers, then each opener as text.
func (fewOpeners) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if line[0] == '!' && (len(line) < 2 || line[1] != '[') {
		return nil
	}
	count := pc.ComputeIfAbsent(openersKey, func() any { return &openers{} }).(*openers)
	if count.block != parent {
		count.block, count.n = parent, 0
	}
	if count.n++; count.n <= maxOpeners {
		return nil
	}
	block.Advance(1)
	return ast.NewTextSegment(segment.WithStop(segment.Start + 1))
}

// boundedTables leaves a table as text when the document's tables would have
// too many cells.
type boundedTables struct{ parser.ParagraphTransformer }

var spentKey = parser.NewContextKey()

// spent is what the tables of one document have used up.
type spent struct{ cells, escapedPipes int }

// Transform makes a table of the paragraph, if it is one and is affordable.
func (t boundedTables) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	columns, pipes := measureTable(node, reader.Source())
	if columns == 0 {
		return
	}
	used := pc.ComputeIfAbsent(spentKey, func() any { return &spent{} }).(*spent)
	used.cells += columns * node.Lines().Len()
	used.escapedPipes += pipes
	if used.cells <= maxCells && used.escapedPipes <= maxEscapedPipes {
		t.ParagraphTransformer.Transform(node, reader, pc)
	}
}

// measureTable counts the columns of the widest delimiter row, 0 when there
// is none, and the escaped pipes.
func measureTable(node *ast.Paragraph, source []byte) (columns, pipes int) {
	lines := node.Lines()
	for i := range lines.Len() {
		segment := lines.At(i)
		line := segment.Value(source)
		pipes += bytes.Count(line, []byte(`\|`))
		if i > 0 && len(bytes.Trim(line, "-|: \t\r\n")) == 0 {
			columns = max(columns, bytes.Count(line, []byte("|"))+1)
		}
	}
	return columns, pipes
}

// flatten replaces inline content nested deeper than maxInlineDepth by its
// text. It does not recurse: the tree may be as deep as the input is long.
func flatten(doc ast.Node, source []byte) {
	depth := 0 // of inline nodes above n
	for n := doc.FirstChild(); n != nil; {
		if n.Type() == ast.TypeInline && depth >= maxInlineDepth && n.HasChildren() {
			n = replaceByText(n, source)
		}
		if child := n.FirstChild(); child != nil {
			if n.Type() == ast.TypeInline {
				depth++
			}
			n = child
			continue
		}
		for n != doc && n.NextSibling() == nil {
			n = n.Parent()
			if n.Type() == ast.TypeInline {
				depth--
			}
		}
		if n == doc {
			return
		}
		n = n.NextSibling()
	}
}

// replaceByText puts the text nodes under n in its place and answers the last
// of them, or an empty one.
func replaceByText(n ast.Node, source []byte) ast.Node {
	parent := n.Parent()
	var last ast.Node
	put := func(leaf ast.Node) {
		parent.InsertBefore(parent, n, leaf)
		last = leaf
	}
	for c := n; c != nil; {
		next := following(c, n)
		if t, ok := c.(*ast.Text); ok {
			put(ast.NewTextSegment(t.Segment))
		}
		c = next
	}
	if last == nil {
		put(ast.NewString(nil))
	}
	parent.RemoveChild(parent, n)
	return last
}

// following is the next node after c within root, in the order of the text.
func following(c, root ast.Node) ast.Node {
	if child := c.FirstChild(); child != nil {
		return child
	}
	for c != root {
		if next := c.NextSibling(); next != nil {
			return next
		}
		c = c.Parent()
	}
	return nil
}
