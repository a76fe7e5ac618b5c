package markup

import (
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

// images replaces every picture by our own node or by its alt text, then
// makes figures of those that stand by themselves.
func (e *edit) images(images []*ast.Image) {
	var holders []ast.Node
	for _, n := range images {
		parent := n.Parent()
		if parent == nil {
			continue
		}
		p := e.picture(n)
		if p == nil {
			unwrap(n, nil)
			continue
		}
		parent.ReplaceChild(parent, n, p)
		if len(holders) == 0 || holders[len(holders)-1] != parent {
			holders = append(holders, parent)
		}
	}
	for _, holder := range holders {
		if paragraph, ok := holder.(*ast.Paragraph); ok && holdsOnlyPictures(paragraph) {
			makeFigures(paragraph)
		}
	}
}

// picture answers nil for a picture that may not be shown.
func (e *edit) picture(n *ast.Image) *picture {
	if e.noPictures || len(n.Destination) > maxURL {
		return nil
	}
	ref, ok := checkMedia(string(util.URLEscape(n.Destination, true)))
	if !ok || !e.afford(len(n.Title)) {
		return nil
	}
	p := &picture{alt: oneLine(e.textIn(n)), caption: e.textOfTitle(n.Title)}
	if e.lookup != nil {
		file, ok := e.lookup(ref.hash)
		if !ok {
			return nil
		}
		if name := fileName(file.Name); name != "" {
			ref.name = name
		}
		p.width, p.height = file.Width, file.Height
		p.kind, p.name, p.about = file.Kind, file.Name, file.About
		if p.kind != Picture && inLink(n) {
			return nil // what can be pressed holds nothing else that can
		}
	}
	p.src = ref.path()
	e.noteMedia(ref.hash)
	return p
}

func inLink(n ast.Node) bool {
	for p := n.Parent(); p != nil; p = p.Parent() {
		if p.Kind() == ast.KindLink || p.Kind() == kindAnchor {
			return true
		}
	}
	return false
}

// textOfTitle resolves what Markdown allows in a title: escapes and entities.
func (e *edit) textOfTitle(title []byte) string {
	if len(title) == 0 {
		return ""
	}
	holder := ast.NewTextBlock()
	holder.AppendChild(holder, ast.NewString(title))
	return oneLine(e.textIn(holder))
}

func holdsOnlyPictures(paragraph *ast.Paragraph) bool {
	for c := paragraph.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *picture:
		case *ast.Text:
			if !c.Segment.IsEmpty() {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// makeFigures puts a figure for each picture in the place of a paragraph.
func makeFigures(paragraph *ast.Paragraph) {
	parent := paragraph.Parent()
	for c := paragraph.FirstChild(); c != nil; c = c.NextSibling() {
		if p, ok := c.(*picture); ok {
			parent.InsertBefore(parent, paragraph, &figure{picture: p})
		}
	}
	parent.RemoveChild(parent, paragraph)
}

// table dresses the cells, takes the paragraph after the table for its caption
// and gives one without a caption a name.
func (e *edit) table(t table) {
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		_, isHeader := row.(*extast.TableHeader)
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			if cell, ok := c.(*extast.TableCell); ok {
				e.cell(cell, isHeader)
			}
		}
	}
	if !e.captionOf(t.Table) {
		e.nameTable(t)
	}
}

// cell gives a cell the class of its column's alignment, one at the top its
// scope, and one that holds nothing but a number the class of figures.
func (e *edit) cell(cell *extast.TableCell, isHeader bool) {
	if isHeader {
		cell.SetAttributeString("scope", []byte("col"))
	}
	if cell.Alignment == extast.AlignNone {
		return
	}
	class := "align-" + cell.Alignment.String()
	if !isHeader && cell.Alignment == extast.AlignRight && isFigure(e.textIn(cell)) {
		class += " figure"
	}
	cell.SetAttributeString("class", []byte(class))
}

// isFigure tells a number as tables write it: "4,33", "−1 200", "58 %".
func isFigure(said string) bool {
	return strings.ContainsAny(said, "0123456789") && strings.Trim(said, "0123456789.,+-−–%() \u00a0") == ""
}

// maxTableName is how much of a heading names a table, in runes.
const maxTableName = 100

// nameTable names a table for those who hear that they are in it: as the
// heading above does, else as its first column.
func (e *edit) nameTable(t table) {
	var name string
	if t.under != nil {
		name = oneLine(e.textIn(t.under))
	}
	if first := t.FirstChild(); name == "" && first != nil && first.FirstChild() != nil {
		name = oneLine(e.textIn(first.FirstChild()))
	}
	name = name[:forward(name, 0, maxTableName)]
	if name != "" && e.afford(len(name)) {
		t.SetAttributeString("aria-label", []byte(name))
	}
}

// captionOf answers whether the table has got a caption.
func (e *edit) captionOf(t *extast.Table) bool {
	paragraph, ok := t.NextSibling().(*ast.Paragraph)
	if !ok {
		return false
	}
	first, ok := paragraph.FirstChild().(*ast.Text)
	if !ok {
		return false
	}
	said := first.Segment.Value(e.source)
	if len(said) < 3 || said[0] != ':' || said[1] != ' ' {
		return false
	}
	first.Segment = first.Segment.WithStart(first.Segment.Start + 2)
	e.tables++
	c := &caption{id: e.newID("table-"+strconv.Itoa(e.tables), "")}
	moveChildren(paragraph, c)
	paragraph.Parent().RemoveChild(paragraph.Parent(), paragraph)
	t.InsertBefore(t, t.FirstChild(), c)
	return true
}
