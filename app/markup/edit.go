package markup

import (
	"bytes"
	"strconv"

	"doingoai/app/vietnamese"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer"
)

// edit goes once over a parsed document, replaces what must not be written as
// it stands, and collects headings and media.
type edit struct {
	source     []byte
	html       renderer.Renderer
	lookup     Lookup
	noPictures bool
	budget     int // bytes that addresses and captions may still add to the page

	headings []Heading
	tables   int // captions given
	media    []string
	noted    map[string]bool
	ids      map[string]int // ids given, with the number to try next
}

func (e *edit) run(doc ast.Node) {
	flatten(doc, e.source)
	e.ids, e.noted = map[string]int{}, map[string]bool{}
	before := collect(doc)
	for _, t := range before.tables {
		e.table(t)
	}
	e.images(before.images)
	after := collect(doc) // the links within an alt text are gone now
	for _, n := range after.links {
		e.link(n)
	}
	e.levels(after.headings)
}

// found are the nodes of a document that edit changes, in the order of the
// text. They are gathered first, because a tree must not change under a walk.
type found struct {
	headings []*ast.Heading
	images   []*ast.Image
	links    []ast.Node
	tables   []table
}

// table is one with the heading that it stands under, nil when there is none.
type table struct {
	*extast.Table
	under *ast.Heading
}

func collect(doc ast.Node) found {
	var f found
	var under *ast.Heading
	for n := doc; n != nil; n = following(n, doc) {
		switch n := n.(type) {
		case *ast.Heading:
			f.headings = append(f.headings, n)
			under = n
		case *ast.Image:
			f.images = append(f.images, n)
		case *ast.Link, *ast.AutoLink:
			f.links = append(f.links, n)
		case *extast.Table:
			f.tables = append(f.tables, table{n, under})
		}
	}
	return f
}

// levels moves headings so that the highest one used is h2 and none is more
// than one below the heading before it, and gives them ids.
func (e *edit) levels(headings []*ast.Heading) {
	top := 6
	for _, h := range headings {
		top = min(top, h.Level)
	}
	before := 1
	for _, h := range headings {
		said := oneLine(e.textIn(h))
		if said == "" {
			h.Parent().RemoveChild(h.Parent(), h)
			continue
		}
		h.Level = min(h.Level-top+2, before+1, 6)
		before = h.Level
		id := e.newID(vietnamese.Slug(said, 60), "section")
		h.SetAttributeString("id", []byte(id))
		e.headings = append(e.headings, Heading{Level: h.Level, ID: id, Text: said})
	}
}

// newID makes an id that the document does not have yet.
func (e *edit) newID(want, otherwise string) string {
	if want == "" {
		want = otherwise
	}
	id := want
	for e.ids[id] > 0 {
		e.ids[want]++
		id = want + "-" + strconv.Itoa(e.ids[want])
	}
	e.ids[id] = 1
	return id
}

// textIn is the plain text of what stands within n.
func (e *edit) textIn(n ast.Node) string {
	var out flatBuffer
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if err := e.html.Render(&out, e.source, c); err != nil {
			return ""
		}
	}
	return Text(out.String())
}

// flatBuffer lets goldmark write without a buffer of its own, of which there
// would be one for each heading.
type flatBuffer struct{ bytes.Buffer }

// Buffered is part of goldmark's writer interface.
func (*flatBuffer) Buffered() int { return 0 }

// Flush is part of goldmark's writer interface.
func (*flatBuffer) Flush() error { return nil }

// afford takes n bytes from the budget, or answers false.
func (e *edit) afford(n int) bool {
	if n > e.budget {
		return false
	}
	e.budget -= n
	return true
}

func (e *edit) noteMedia(hash string) {
	if !e.noted[hash] {
		e.noted[hash] = true
		e.media = append(e.media, hash)
	}
}

// link makes an anchor of a link to an allowed address, and text of another.
func (e *edit) link(n ast.Node) {
	destination, label := e.linkParts(n)
	if n.Parent() == nil || !e.afford(len(destination)) {
		unwrap(n, label)
		return
	}
	to, ok := checkAddress(destination)
	if ok && to.hash != "" {
		to.href, ok = e.resolve(destination)
	}
	if !ok {
		unwrap(n, label)
		return
	}
	if to.hash != "" {
		e.noteMedia(to.hash)
	}
	a := &anchor{href: to.href, external: to.external}
	n.Parent().ReplaceChild(n.Parent(), n, a)
	moveChildren(n, a)
	if label != nil {
		a.AppendChild(a, label)
	}
}

// linkParts gives a link's target, and for a bare address also the text that
// the reader sees.
func (e *edit) linkParts(n ast.Node) (destination []byte, label ast.Node) {
	switch n := n.(type) {
	case *ast.Link:
		return n.Destination, nil
	case *ast.AutoLink:
		destination = n.URL(e.source)
		if n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(destination), []byte("mailto:")) {
			destination = append([]byte("mailto:"), destination...)
		}
		return destination, verbatim(n.Label(e.source))
	}
	return nil, nil
}

// resolve is the address of a stored file, with its real name when known.
func (e *edit) resolve(destination []byte) (string, bool) {
	ref, _ := checkMedia(string(destination))
	if e.lookup == nil {
		return ref.path(), true
	}
	file, ok := e.lookup(ref.hash)
	if name := fileName(file.Name); name != "" {
		ref.name = name
	}
	return ref.path(), ok
}

// verbatim is text that is escaped when written and not read as Markdown.
func verbatim(said []byte) ast.Node {
	s := ast.NewString(said)
	s.SetRaw(true)
	return s
}

func unwrap(n, label ast.Node) {
	parent := n.Parent()
	if parent == nil {
		return
	}
	for c := n.FirstChild(); c != nil; c = n.FirstChild() {
		parent.InsertBefore(parent, n, c)
	}
	if label != nil {
		parent.InsertBefore(parent, n, label)
	}
	parent.RemoveChild(parent, n)
}

func moveChildren(from, to ast.Node) {
	for c := from.FirstChild(); c != nil; c = from.FirstChild() {
		to.AppendChild(to, c)
	}
}

// joinParagraphs makes one line of the paragraphs of a one-line field.
func joinParagraphs(doc ast.Node) {
	line := ast.NewTextBlock()
	for p := doc.FirstChild(); p != nil; p = doc.FirstChild() {
		if line.HasChildren() {
			line.AppendChild(line, &space{})
		}
		moveChildren(p, line)
		doc.RemoveChild(doc, p)
	}
	doc.AppendChild(doc, line)
}
