// Package markup turns the Markdown that editors write into the HTML that
// readers get, and finds headings, pictures and plain text in it on the way.
//
// HTML reaches a page only from here. There are two walls. The first is the
// way it is made: raw HTML is never copied, links and pictures are checked and
// written by our own code. The second is a sanitiser with a list of allowed
// elements and attribute values that goes over the result; it would have
// nothing to do if the first wall were perfect.
//
// What Markdown means here:
//
//   - CommonMark with tables, strikethrough, footnotes, definition lists and
//     bare web addresses. Quotation marks stay as typed.
//   - Headings begin at h2, for the page's headline is its h1, and never skip
//     a level. Their ids are slugs of their text.
//   - A picture is ![alt](media:HASH "caption"), where HASH is the SHA-256 of
//     the file in 64 hexadecimal digits, or an address /media/HASH/name. Alone
//     in its paragraph it becomes a figure. Any other picture becomes its alt text.
//     A film or sound of the library is written in the same way and becomes a
//     player; a document becomes a link that saves it.
//   - Links lead to http, https, mailto, tel, to an address of the same site
//     (/…) or place of the same page (#…), or to a file (media:HASH). Any
//     other link becomes its text.
//   - A paragraph that begins with ": " right after a table is its caption.
//   - A number and its unit stay on one line (see Bind).
//   - HTML tags are dropped and the text between them kept, except <br>.
//
// Input is limited in size, nesting and the ways a short text can make a long
// page (see limits.go), so the time it takes stays in proportion to its length.
package markup

import (
	"html/template"

	"doingoai/app/fault"
	"doingoai/app/vietnamese"

	"github.com/microcosm-cc/bluemonday"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
)

// Rendered is an article's body in the forms that are needed of it.
type Rendered struct {
	HTML     template.HTML
	Text     string    // plain text, one line per block
	Headings []Heading // in order, for a table of contents
	Media    []string  // hashes of the pictures and files referred to, each once
	Words    int       // syllables in Vietnamese, characters in Chinese and Japanese
}

// Heading is one heading of an article. Level is that of the HTML, 2 to 6.
type Heading struct {
	Level    int
	ID, Text string
}

// File is what is known of a stored file when an article refers to it.
type File struct {
	Name          string // last part of its address; "file" when empty
	Width, Height int    // of a picture or a film in pixels, so that the page does not jump; 0 when unknown
	Kind          Kind
	About         string // of a document: its format and size, in words
}

// Kind is how a page shows a file.
type Kind string

// The kinds of files. What nobody says anything of is a picture.
const (
	Picture  Kind = ""
	Video    Kind = "video"
	Audio    Kind = "audio"
	Document Kind = "document"
)

// Lookup finds a stored file by its hash; false leaves it out of the page as
// if it were not allowed.
type Lookup func(hash string) (File, bool)

// Renderer makes HTML of Markdown. It may be used by many goroutines.
type Renderer struct {
	article, letter, line parser.Parser
	html                  renderer.Renderer
	policy                *bluemonday.Policy
}

// New makes a Renderer.
func New() *Renderer {
	return &Renderer{
		article: articleParser(),
		letter:  letterParser(),
		line:    lineParser(),
		html:    htmlRenderer(),
		policy:  newPolicy(),
	}
}

// MaxBytes is the longest input that is rendered. The longest real documents,
// decisions with their annexes, stay under a third of it.
const MaxBytes = 1 << 20

// Article renders a body. A body over MaxBytes is refused with a fault of kind
// TooLarge and the key error.too_long; nothing else is.
func (r *Renderer) Article(markdown string) (Rendered, error) {
	return r.ArticleWith(markdown, nil)
}

// ArticleWith is Article with knowledge of the stored files.
func (r *Renderer) ArticleWith(markdown string, lookup Lookup) (Rendered, error) {
	if len(markdown) > MaxBytes {
		return Rendered{}, fault.New(fault.TooLarge, "error.too_long", "Max", MaxBytes)
	}
	source := []byte(Bind(vietnamese.NFC(markdown)))
	doc := r.article.Parse(text.NewReader(source))
	e := &edit{source: source, html: r.html, lookup: lookup, budget: maxAddressBytes}
	e.run(doc)
	out, err := r.write(source, doc)
	if err != nil {
		return Rendered{}, err
	}
	plain := Text(out)
	return Rendered{
		HTML:     template.HTML(out),
		Text:     plain,
		Headings: e.headings,
		Media:    e.media,
		Words:    countWords(plain),
	}, nil
}

// Letter renders what somebody outside wrote: paragraphs, lists, quotations,
// emphasis and links, and nothing that has an id. Pictures become their alt
// text. One over MaxBytes is refused like an article.
func (r *Renderer) Letter(markdown string) (Rendered, error) {
	if len(markdown) > MaxBytes {
		return Rendered{}, fault.New(fault.TooLarge, "error.too_long", "Max", MaxBytes)
	}
	source := []byte(Bind(vietnamese.NFC(markdown)))
	doc := r.letter.Parse(text.NewReader(source))
	e := &edit{source: source, html: r.html, budget: maxAddressBytes, noPictures: true}
	e.run(doc)
	out, err := r.write(source, doc)
	if err != nil {
		return Rendered{}, err
	}
	plain := Text(out)
	return Rendered{HTML: template.HTML(out), Text: plain, Words: countWords(plain)}, nil
}

// Inline renders a field of one line, such as a standfirst: emphasis, code,
// strikethrough and links only. Several lines are joined. Pictures become
// their alt text. A text over MaxBytes is shown as it was typed.
func (r *Renderer) Inline(markdown string) template.HTML {
	if len(markdown) > MaxBytes {
		return template.HTML(template.HTMLEscapeString(markdown))
	}
	source := []byte(vietnamese.NFC(markdown))
	doc := r.line.Parse(text.NewReader(source))
	e := &edit{source: source, html: r.html, budget: maxAddressBytes, noPictures: true}
	e.run(doc)
	joinParagraphs(doc)
	out, err := r.write(source, doc)
	if err != nil {
		return template.HTML(template.HTMLEscapeString(markdown))
	}
	return template.HTML(out)
}
