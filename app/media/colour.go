package media

import (
	"fmt"
	"image"
	"image/color"
	"image/draw"
)

// maxColours is how many a PNG with a palette can have; drawings, charts and
// emblems stay below, photographs never do.
const maxColours = 256

// hasFewColours tells a drawing from a photograph.
func hasFewColours(img image.Image) bool {
	if _, ok := img.(*image.Paletted); ok {
		return true
	}
	b := img.Bounds()
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	seen := map[[4]byte]bool{}
	for y := range b.Dy() {
		draw.Draw(line, line.Bounds(), img, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
		if countColours(line, seen); len(seen) > maxColours {
			return false
		}
	}
	return true
}

// countColours adds the colours of a picture to seen, and stops when there
// are more than a palette can have.
func countColours(img *image.RGBA, seen map[[4]byte]bool) {
	var last [4]byte
	for i := 0; i < len(img.Pix) && len(seen) <= maxColours; i += 4 {
		c := [4]byte(img.Pix[i : i+4])
		if c != last || i == 0 {
			seen[c], last = true, c
		}
	}
}

// withPalette gives a picture of few colours a palette, which makes its file
// several times smaller.
func withPalette(img *image.RGBA) image.Image {
	seen := map[[4]byte]bool{}
	if countColours(img, seen); len(seen) > maxColours {
		return img
	}
	out := image.NewPaletted(img.Bounds(), nil)
	index := map[[4]byte]uint8{}
	for i := 0; i < len(img.Pix); i += 4 {
		c := [4]byte(img.Pix[i : i+4])
		at, known := index[c]
		if !known {
			at = uint8(len(out.Palette))
			index[c] = at
			out.Palette = append(out.Palette, color.RGBA{c[0], c[1], c[2], c[3]})
		}
		out.Pix[i/4] = at
	}
	return out
}

// dominant answers the colour that most of a picture is near to, as #rrggbb;
// pages show it while the picture is on its way. Of a picture one can see
// through, what shows through does not count.
func dominant(img *image.RGBA) string {
	type bucket struct{ n, r, g, b int }
	small := shrink(img, 64, 1)
	var buckets [512]bucket
	most := &bucket{r: 255, g: 255, b: 255}
	for i := 0; i < len(small.Pix); i += 4 {
		p := small.Pix[i : i+4]
		if p[3] < 128 {
			continue
		}
		k := &buckets[int(p[0]>>5)<<6|int(p[1]>>5)<<3|int(p[2]>>5)]
		k.n, k.r, k.g, k.b = k.n+1, k.r+int(p[0]), k.g+int(p[1]), k.b+int(p[2])
		if k.n > most.n {
			most = k
		}
	}
	n := max(1, most.n)
	return fmt.Sprintf("#%02x%02x%02x", most.r/n, most.g/n, most.b/n)
}
