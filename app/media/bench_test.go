package media_test

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"testing"
)

func BenchmarkAdd(b *testing.B) {
	flat := image.NewPaletted(image.Rect(0, 0, 7000, 7000), color.Palette{color.White, color.Black})
	var moving bytes.Buffer
	if err := gif.Encode(&moving, flat, nil); err != nil {
		b.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"phone photo, 12 megapixels": asJPEG(b, gradient(4000, 3000)),
		"large JPEG, 36 megapixels":  asJPEG(b, image.NewRGBA(image.Rect(0, 0, 6000, 6000))),
		"largest PNG, 49 megapixels": asPNG(b, image.NewNRGBA64(image.Rect(0, 0, 7000, 7000))),
		"largest GIF, 49 megapixels": moving.Bytes(),
	} {
		b.Run(name, func(b *testing.B) {
			r := newRoom(b)
			b.ReportAllocs()
			for b.Loop() {
				add(b, r, "x", data)
			}
		})
	}
}
