package media

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"

	"github.com/gen2brain/webp"
)

// widths are those of the renditions that browsers choose from, in pixels. A
// picture has the ones that are narrower than itself, and its own.
var widths = []int{320, smallWidth, 960, 1280, fullWidth}

// webpQuality of 100 looks as the JPEG files made here do, and takes little
// more than half of their bytes.
const webpQuality = 78

// renditionsOf makes the renditions of a picture that it does not have yet: in
// every width a WebP, which today's browsers read, and for all others a file of
// the picture's own type.
func renditionsOf(ctx context.Context, data []byte, m Media) ([]encoded, error) {
	source, err := decode(ctx, data, header{mediaType: m.Type, width: m.Width, height: m.Height, orientation: 1})
	if err != nil {
		return nil, err
	}
	_, drawing := source.(*image.Paletted)
	encode := encodeJPEG
	if m.Type == "image/png" {
		encode = encodePNG
	}
	var made []encoded
	for _, width := range m.widths() {
		img := shrink(source, width, 1)
		if !m.has(m.Type, width) {
			e, err := encode(img)
			if err != nil {
				return nil, err
			}
			made = append(made, e)
		}
		e, err := encodeWebP(img, drawing)
		if err != nil {
			return nil, err
		}
		made = append(made, e)
		if err := ctx.Err(); err != nil { // the encoders do not ask
			return nil, err
		}
	}
	return made, nil
}

// widths are those in which a picture is to be had.
func (m Media) widths() []int {
	var list []int
	for _, w := range widths {
		if w < m.Width {
			list = append(list, w)
		}
	}
	return append(list, m.Width)
}

// has says whether a picture came with a file of a type and width.
func (m Media) has(mediaType string, width int) bool {
	return mediaType == m.Type && (width == m.Width || m.Small != nil && width == m.Small.Width)
}

// encodeWebP gives a drawing its exact colours and a photograph few bytes. The
// encoder is libwebp, run as WebAssembly where the machine has no such library;
// it is set up when the first picture comes. Whatever goes wrong in it must not
// take the program along.
func encodeWebP(img *image.RGBA, drawing bool) (e encoded, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("WebP encoder: %v", p)
		}
	}()
	// The encoder wants colours that are not yet multiplied by what is seen of them.
	plain := image.NewNRGBA(img.Bounds())
	draw.Draw(plain, plain.Bounds(), img, img.Bounds().Min, draw.Src)
	var b bytes.Buffer
	if err := webp.Encode(&b, plain, webp.Options{Quality: webpQuality, Method: webp.DefaultMethod, Lossless: drawing}); err != nil {
		return encoded{}, fmt.Errorf("WebP encoder: %w", err)
	}
	return finished(b.Bytes(), "image/webp", img), nil
}
