package card

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // pictures come in these formats
	_ "image/png"
	"io"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"
)

// mostPixels bounds the memory that a picture is read into.
const mostPixels = 50_000_000

// quality is JPEG's: a link's picture is looked at in passing.
const quality = 82

var errTooLarge = errors.New("card: the picture has too many pixels")

// CutSum names all that a cut depends on: the picture's hash and the point.
func CutSum(hash string, focusX, focusY int) string {
	return sum(drawing, hash, fmt.Sprint(focusX, focusY))
}

// Cut makes a card of a picture: as much of it as fits the shape, around the
// point that is to stay in view, in thousandths of its sides.
func (p *Painter) Cut(picture io.ReadSeeker, focusX, focusY int) ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	head, _, err := image.DecodeConfig(picture)
	if err != nil {
		return nil, err
	}
	if head.Width*head.Height > mostPixels {
		return nil, errTooLarge
	}
	if _, err := picture.Seek(0, io.SeekStart); err != nil {
		return nil, err
	}
	whole, _, err := image.Decode(picture)
	if err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, Width, Height))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src) // what one can see through
	draw.CatmullRom.Scale(img, img.Bounds(), whole, window(whole.Bounds(), focusX, focusY), draw.Over, nil)
	var b bytes.Buffer
	if err := encodeJPEG(&b, img); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// window is the largest part of a picture in the shape of a card, as near
// around a point as its edges allow.
func window(all image.Rectangle, focusX, focusY int) image.Rectangle {
	w, h := all.Dx(), all.Dx()*Height/Width
	if h > all.Dy() {
		w, h = all.Dy()*Width/Height, all.Dy()
	}
	w, h = max(w, 1), max(h, 1)
	x := min(max(all.Dx()*focusX/1000-w/2, 0), all.Dx()-w)
	y := min(max(all.Dy()*focusY/1000-h/2, 0), all.Dy()-h)
	return image.Rect(x, y, x+w, y+h).Add(all.Min)
}
