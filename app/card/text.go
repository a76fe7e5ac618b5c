package card

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"slices"
	"strings"
	"unicode"

	"doingoai/app/theme"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	woff "github.com/tdewolff/font"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/vector"
)

// typesetter sets the text of one card.
type typesetter struct {
	painter *Painter
	fonts   []theme.Font // in the order in which they are asked for a sign
	lang    language.Language
	leading float64 // a line's height, in sizes of its letters
}

// face is how letters are set.
type face struct {
	size   int
	bold   bool
	colour color.RGBA
}

// leading is how tall lines are where signs stand above and below each other.
var leading = map[string]float64{"km": 1.75, "zh": 1.4, "ja": 1.4, "ko": 1.4}

// typesetter orders the theme's fonts: its own, those of the card's language,
// and those of the other scripts.
func (p *Painter) typesetter(c Card) (*typesetter, error) {
	t := &typesetter{painter: p, fonts: c.Theme.Fonts(), lang: language.NewLanguage(c.Lang), leading: 1.3}
	if l, ok := leading[c.Lang]; ok {
		t.leading = l
	}
	if len(t.fonts) == 0 {
		return nil, errNoFonts
	}
	place := func(f theme.Font) int {
		switch {
		case f.Style == c.Script:
			return 1
		case strings.HasPrefix(f.Style, "script-"):
			return 2
		}
		return 0
	}
	slices.SortStableFunc(t.fonts, func(a, b theme.Font) int { return place(a) - place(b) })
	for _, f := range t.fonts[:1] { // so that there is a face for every sign
		if p.face(f) == nil {
			return nil, fmt.Errorf("card: the font %s cannot be read", f.File)
		}
	}
	return t, nil
}

// face reads a font once; nil when it cannot be read.
func (p *Painter) face(f theme.Font) *font.Face {
	if known, ok := p.faces[f.File]; ok {
		return known
	}
	var face *font.Face
	if plain, err := woff.ParseWOFF2(f.Body); err == nil {
		if read, err := font.ParseTTF(bytes.NewReader(plain)); err == nil {
			face = read
		}
	}
	p.faces[f.File] = face
	return face
}

// find answers the first font that has a sign: of its style, the one of the
// wanted weight before others.
func (t *typesetter) find(sign rune, bold bool) *font.Face {
	var other *font.Face
	style := ""
	for _, f := range t.fonts {
		if other != nil && f.Style != style {
			break
		}
		if !f.Offers(sign) {
			continue
		}
		face := t.painter.face(f)
		if face == nil {
			continue
		}
		if _, has := face.NominalGlyph(sign); !has {
			continue
		}
		if f.Bold == bold {
			return face
		}
		other, style = face, f.Style
	}
	return other
}

// known are a text's signs that can be set.
func (t *typesetter) known(text string, bold bool) []rune {
	kept := strings.Map(func(sign rune) rune {
		joins := sign >= 0x200b && sign <= 0x200d
		if joins || unicode.IsSpace(sign) || unicode.IsGraphic(sign) && t.find(sign, bold) != nil {
			return sign
		}
		return -1
	}, text)
	return []rune(strings.Join(strings.Fields(kept), " "))
}

// weighted finds faces for shaping.
type weighted struct {
	*typesetter
	bold bool
}

// ResolveFace answers a face for every sign, as shaping must have.
func (w weighted) ResolveFace(sign rune) *font.Face {
	if f := w.find(sign, w.bold); f != nil {
		return f
	}
	return w.painter.face(w.fonts[0])
}

// wrap shapes a text into lines of a width. more says that some was cut.
func (t *typesetter) wrap(text string, size int, bold bool, width, most int) (lines []shaping.Line, more bool) {
	signs := t.known(text, bold)
	if len(signs) == 0 {
		return nil, false
	}
	shaper, faces := &shaping.HarfbuzzShaper{}, weighted{t, bold}
	input := func(signs []rune) shaping.Input {
		return shaping.Input{Text: signs, RunEnd: len(signs), Direction: di.DirectionLTR, Size: fixed.I(size), Language: t.lang}
	}
	var runs []shaping.Output
	for _, in := range new(shaping.Segmenter).Split(input(signs), faces) {
		run := shaper.Shape(in)
		space(&run, signs)
		runs = append(runs, run)
	}
	dots := input([]rune("…"))
	dots.Face, dots.Script = faces.ResolveFace('…'), language.Latin
	config := shaping.WrapConfig{Direction: di.DirectionLTR, TruncateAfterLines: most}.WithTruncator(shaper, dots)
	lines, cut := new(shaping.LineWrapper).WrapParagraph(config, width, signs, shaping.NewSliceIterator(runs))
	return lines, cut > 0
}

// space narrows the gap between words where the font has no sign for it:
// shaping leaves it with the font of the word before, a whole letter wide.
func space(run *shaping.Output, signs []rune) {
	if _, has := run.Face.NominalGlyph(' '); has {
		return
	}
	for i := range run.Glyphs {
		if g := &run.Glyphs[i]; signs[g.TextIndex()] == ' ' {
			g.Advance = run.Size / 4
		}
	}
	run.RecomputeAdvance()
}

// largest answers the greatest size in which a headline fits a box, and in how
// many lines at most.
func (t *typesetter) largest(text string, times, width, height int) (size, lines int) {
	for _, size = range titleSizes {
		size *= times
		lines = max(1, min(mostLines, height/t.height(size)))
		if _, more := t.wrap(text, size, true, width, lines); !more && !t.breaks(text, size, width) {
			return size, lines
		}
	}
	return size, lines
}

// breaks says whether a word is longer than a line, so that it would be broken.
func (t *typesetter) breaks(text string, size, width int) bool {
	for word := range strings.FieldsSeq(text) {
		if lines, _ := t.wrap(word, size, true, width, 0); len(lines) > 1 && !slices.ContainsFunc([]rune(word), ideographic) {
			return true
		}
	}
	return false
}

// ideographic says whether lines may break beside a sign, as between words.
func ideographic(sign rune) bool {
	return unicode.In(sign, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Khmer)
}

// height is that of a line.
func (t *typesetter) height(size int) int { return int(t.leading*float64(size) + 0.5) }

// set draws a text and answers where the next one begins.
func (t *typesetter) set(img draw.Image, text string, f face, x, y, width, most int) int {
	lines, _ := t.wrap(text, f.size, f.bold, width, most)
	if len(lines) == 0 {
		return y
	}
	above := f.size / 4 // marks may stand over a line's edge
	box := image.Rect(0, y-above, img.Bounds().Dx(), y+len(lines)*t.height(f.size)+above)
	r := vector.NewRasterizer(box.Dx(), box.Dy())
	for _, line := range lines {
		dot := float32(x)
		base := float32(y-box.Min.Y) + float32(t.height(f.size))*0.5 + float32(f.size)*0.36 // capitals stand in the middle of the line
		for _, run := range line {
			dot = trace(r, run, dot, base)
		}
		y += t.height(f.size)
	}
	r.Draw(img, box, image.NewUniform(f.colour), image.Point{})
	return y
}

// trace draws the outlines of shaped letters and answers where the next begin.
func trace(r *vector.Rasterizer, run shaping.Output, x, y float32) float32 {
	scale := pixels(run.Size) / float32(run.Face.Upem())
	for _, g := range run.Glyphs {
		left, base := x+pixels(g.XOffset), y-pixels(g.YOffset)
		outline, _ := run.Face.GlyphDataOutline(g.GlyphID) // none for a space
		at := func(p opentype.SegmentPoint) (float32, float32) { return left + p.X*scale, base - p.Y*scale }
		begun := false
		for _, s := range outline.Segments {
			ax, ay := at(s.Args[0])
			bx, by := at(s.Args[1])
			cx, cy := at(s.Args[2])
			switch s.Op {
			case opentype.SegmentOpMoveTo:
				if begun {
					r.ClosePath()
				}
				begun = true
				r.MoveTo(ax, ay)
			case opentype.SegmentOpLineTo:
				r.LineTo(ax, ay)
			case opentype.SegmentOpQuadTo:
				r.QuadTo(ax, ay, bx, by)
			case opentype.SegmentOpCubeTo:
				r.CubeTo(ax, ay, bx, by, cx, cy)
			}
		}
		if begun {
			r.ClosePath()
		}
		x += pixels(g.Advance)
	}
	return x
}

func pixels(v fixed.Int26_6) float32 { return float32(v) / 64 }
