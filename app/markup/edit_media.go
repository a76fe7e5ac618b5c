package markup

import (
	"strconv"

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
	}
	p.src = ref.path()
	e.noteMedia(ref.hash)
	return p
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

// table gives header cells their scope and all cells the class of their
// column's alignment, and takes the paragraph after it for its caption.
func (e *edit) table(t *extast.Table) {
	for row := t.FirstChild(); row != nil; row = row.NextSibling() {
		_, isHeader := row.(*extast.TableHeader)
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			cell, ok := c.(*extast.TableCell)
			if !ok {
				continue
			}
			if isHeader {
				cell.SetAttributeString("scope", []byte("col"))
			}
			if cell.Alignment != extast.AlignNone {
				cell.SetAttributeString("class", []byte("align-"+cell.Alignment.String()))
			}
		}
	}
	e.captionOf(t)
}

func (e *edit) captionOf(t *extast.Table) {
	paragraph, ok := t.NextSibling().(*ast.Paragraph)
	if !ok {
		return
	}
	first, ok := paragraph.FirstChild().(*ast.Text)
	if !ok {
		return
	}
	said := first.Segment.Value(e.source)
	if len(said) < 3 || said[0] != ':' || said[1] != ' ' {
		return
	}
	first.Segment = first.Segment.WithStart(first.Segment.Start + 2)
	e.tables++
	c := &caption{id: e.newID("table-"+strconv.Itoa(e.tables), "")}
	moveChildren(paragraph, c)
	paragraph.Parent().RemoveChild(paragraph.Parent(), paragraph)
	t.InsertBefore(t, t.FirstChild(), c)
}
