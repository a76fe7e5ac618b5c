package markup

import (
	"html/template"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/util"
)

// The nodes that edit puts into the tree in place of the parser's own, once
// their addresses are checked.
var (
	kindAnchor  = ast.NewNodeKind("Anchor")
	kindPicture = ast.NewNodeKind("Picture")
	kindFigure  = ast.NewNodeKind("Figure")
	kindCaption = ast.NewNodeKind("TableCaption")
	kindSpace   = ast.NewNodeKind("Space")
)

// anchor is a checked link; its children are what it says.
type anchor struct {
	ast.BaseInline
	href     string
	external bool
}

// picture is a stored file that is shown or played, or a document that is
// offered, within a line or in a figure.
type picture struct {
	ast.BaseInline
	kind          Kind
	src, alt      string
	name, about   string // of a document
	caption       string // shown in a figure only
	width, height int    // 0 when unknown
}

// figure is a picture that stands by itself.
type figure struct {
	ast.BaseBlock
	picture *picture
}

// caption names a table; id is what the scrolling frame refers to.
type caption struct {
	ast.BaseBlock
	id string
}

// space stands between the joined paragraphs of a one-line field.
type space struct{ ast.BaseInline }

func (*anchor) Kind() ast.NodeKind  { return kindAnchor }
func (*picture) Kind() ast.NodeKind { return kindPicture }
func (*figure) Kind() ast.NodeKind  { return kindFigure }
func (*caption) Kind() ast.NodeKind { return kindCaption }
func (*space) Kind() ast.NodeKind   { return kindSpace }

// Dump is part of goldmark's node interface.
func (n *anchor) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Dump is part of goldmark's node interface.
func (n *picture) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Dump is part of goldmark's node interface.
func (n *figure) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Dump is part of goldmark's node interface.
func (n *caption) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// Dump is part of goldmark's node interface.
func (n *space) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// ownNodes writes our nodes, and the parser's nodes that we write differently.
type ownNodes struct{}

// RegisterFuncs is part of goldmark's renderer interface.
func (ownNodes) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	reg.Register(kindAnchor, writeAnchor)
	reg.Register(kindPicture, writePicture)
	reg.Register(kindFigure, writeFigure)
	reg.Register(kindCaption, writeCaption)
	reg.Register(kindSpace, writeSpace)
	reg.Register(extast.KindTable, writeTable)
	reg.Register(ast.KindRawHTML, writeRawHTML)
	reg.Register(ast.KindHTMLBlock, writeHTMLBlock)
}

func writeAnchor(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	a := n.(*anchor)
	if !entering {
		w.WriteString("</a>")
		return ast.WalkContinue, nil
	}
	w.WriteString(`<a href="` + template.HTMLEscapeString(a.href) + `"`)
	if a.external {
		w.WriteString(` rel="noopener"`)
	}
	w.WriteString(">")
	return ast.WalkContinue, nil
}

func writePicture(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString(n.(*picture).html())
	}
	return ast.WalkContinue, nil
}

func writeFigure(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	w.WriteString(n.(*figure).picture.figure())
	return ast.WalkContinue, nil
}

// writeTable puts the table into a frame that scrolls sideways on small
// screens and can be reached with the keyboard. A region must have a name:
// its caption, else the one that edit found for it.
func writeTable(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		w.WriteString("</table></div>\n")
		return ast.WalkContinue, nil
	}
	w.WriteString(`<div class="table-scroll" tabindex="0"`)
	if c, ok := n.FirstChild().(*caption); ok {
		w.WriteString(` role="region" aria-labelledby="` + c.id + `"`)
	} else if name, ok := n.AttributeString("aria-label"); ok {
		w.WriteString(` role="region" aria-label="` + template.HTMLEscapeString(string(name.([]byte))) + `"`)
	}
	w.WriteString("><table>\n")
	return ast.WalkContinue, nil
}

func writeCaption(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString(`<caption id="` + n.(*caption).id + `">`)
	} else {
		w.WriteString("</caption>\n")
	}
	return ast.WalkContinue, nil
}

func writeSpace(w util.BufWriter, _ []byte, _ ast.Node, entering bool) (ast.WalkStatus, error) {
	if entering {
		w.WriteString(" ")
	}
	return ast.WalkContinue, nil
}

// writeRawHTML drops a tag within a line, but keeps <br>, which visual
// editors write for a line break in a table cell.
func writeRawHTML(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch strings.ToLower(string(n.(*ast.RawHTML).Segments.Value(source))) {
	case "<br>", "<br/>", "<br />":
		w.WriteString("<br>")
	}
	return ast.WalkSkipChildren, nil
}

// writeHTMLBlock keeps the words of a block of HTML, so that an author who
// pasted it sees that they arrived, without anything that was a tag.
func writeHTMLBlock(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	block := n.(*ast.HTMLBlock)
	raw := string(block.Lines().Value(source))
	if block.HasClosure() {
		raw += string(block.ClosureLine.Value(source))
	}
	for _, line := range strings.Split(Text(raw), "\n") {
		if line != "" {
			w.WriteString("<p>" + template.HTMLEscapeString(line) + "</p>\n")
		}
	}
	return ast.WalkContinue, nil
}
