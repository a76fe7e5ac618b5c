// Package card draws the picture that stands with a link where people pass it
// on: the outlet's name, its colours and its fonts, and the headline.
//
// What is drawn depends on nothing but the Card, so that the same card is the
// same bytes. Text is shaped (HarfBuzz's rules, by go-text), because Khmer signs
// change with their neighbours; the fonts are the ones that the theme's pages
// load. A sign that no font of the theme has is left out: an empty box tells
// nobody anything.
package card

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"io"
	"strconv"
	"strings"
	"sync"

	"doingoai/app/theme"

	"github.com/go-text/typesetting/font"
)

// Width and Height are those of a card that is shown large beside a link.
const (
	Width  = 1200
	Height = 630
)

// Card is what is drawn.
type Card struct {
	Width, Height int
	Theme         *theme.Theme
	Script        string // the style with the fonts of the language, "" for none
	Lang          string
	Name, Part    string // the outlet's
	Kicker, Title string
	Foot          string
	Accent        string // the outlet's own colour, "" for the theme's
}

// drawing is the number of the way in which cards are drawn; whoever changes it
// counts on.
const drawing = "1"

// Sum names all that the card depends on.
func (c Card) Sum() string {
	styles := []string{drawing}
	for _, name := range []string{"base.css", "outlet.css", c.Script} { // they name the fonts and their content
		styles = append(styles, c.Theme.Asset(name))
	}
	return sum(append(styles, c.Lang, c.Name, c.Part, c.Kicker, c.Title, c.Foot, c.Accent, fmt.Sprint(c.Width, c.Height))...)
}

func sum(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// Painter draws cards, one at a time.
type Painter struct {
	mu    sync.Mutex
	faces map[string]*font.Face // by file
}

// NewPainter makes a Painter.
func NewPainter() *Painter { return &Painter{faces: map[string]*font.Face{}} }

// The measures of a card of the usual height: its margin, and the sizes of what
// stands on it.
const (
	margin    = 64
	nameSize  = 36
	smallSize = 28
	rule      = 4
	gap       = 28
	mostLines = 6
)

// titleSizes are tried from large to small; what does not fit in the last is cut.
var titleSizes = []int{80, 72, 64, 56, 48, 42}

// PNG draws a card.
func (p *Painter) PNG(c Card) ([]byte, error) {
	return p.write(c, func(w io.Writer, img image.Image) error { return png.Encode(w, img) })
}

// JPEG draws a card that stands in for a picture.
func (p *Painter) JPEG(c Card) ([]byte, error) { return p.write(c, encodeJPEG) }

func encodeJPEG(w io.Writer, img image.Image) error {
	return jpeg.Encode(w, img, &jpeg.Options{Quality: quality})
}

func (p *Painter) write(c Card, encode func(io.Writer, image.Image) error) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	t, err := p.typesetter(c)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := encode(&b, t.draw(c)); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// draw puts everything in its place; a card of twice the height has everything
// twice as large, and room for as many lines of the name.
func (t *typesetter) draw(c Card) image.Image {
	ink, accent, quiet := rgb(c.Theme.Colour("mast-ink")), rgb(c.accent()), rgb(c.Theme.Colour("mast-quiet"))
	img := image.NewRGBA(image.Rect(0, 0, c.Width, c.Height))
	fill := func(r image.Rectangle, colour string) {
		draw.Draw(img, r, image.NewUniform(rgb(c.Theme.Colour(colour))), image.Point{}, draw.Src)
	}
	fill(img.Bounds(), "mast-paper")

	n := max(1, c.Height/Height)
	small, left, y, wide := n*smallSize, n*margin, n*margin, c.Width-2*n*margin
	y = t.set(img, c.Name, face{n * nameSize, true, ink}, left, y, wide, n)
	y = t.set(img, c.Part, face{small, false, quiet}, left, y, wide, 1)
	y += n * gap / 2
	fill(image.Rect(left, y, left+wide, y+n*rule), "mast-line")
	y += n * (rule + gap)
	if below := t.set(img, c.Kicker, face{small, true, accent}, left, y, wide, 1); below > y {
		y = below + n*gap/4
	}

	foot := c.Height - n*margin - t.height(small)
	size, lines := t.largest(c.Title, n, wide, foot-n*gap/2-y)
	t.set(img, c.Title, face{size, true, ink}, left, y, wide, lines)
	t.set(img, c.Foot, face{small, false, quiet}, left, foot, wide, 1)
	return img
}

// accent is the outlet's own colour wherever the theme has no other for the masthead.
func (c Card) accent() string {
	theme := c.Theme.Colour("mast-accent")
	if c.Accent != "" && theme == c.Theme.Colour("accent") {
		return c.Accent
	}
	return theme
}

var errNoFonts = errors.New("card: the theme's styles offer no fonts")

// rgb reads #rrggbb; what is no colour is black.
func rgb(hex string) color.RGBA {
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 24)
	if err != nil {
		return color.RGBA{A: 0xff}
	}
	return color.RGBA{uint8(n >> 16), uint8(n >> 8), uint8(n), 0xff}
}
