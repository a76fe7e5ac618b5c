package media_test

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"math"
	"math/rand/v2"
	"testing"
)

// photograph has the texture and the noise of a camera's picture, which a
// gradient has not: the work of decoding grows with what there is to see.
func photograph(w, h int) *image.YCbCr {
	img := image.NewYCbCr(image.Rect(0, 0, w, h), image.YCbCrSubsampleRatio420)
	r := rand.New(rand.NewPCG(1, 2))
	for i := range img.Y {
		x, y := float64(i%img.YStride), float64(i/img.YStride)
		v := 120 + 60*math.Sin(x/97)*math.Cos(y/83) + 25*math.Sin(x*y/9000) + 6*r.NormFloat64()
		img.Y[i] = byte(max(0, min(255, v)))
	}
	for i := range img.Cb {
		x, y := float64(i%img.CStride), float64(i/img.CStride)
		img.Cb[i] = byte(128 + 40*math.Sin(x/211) + 2*r.NormFloat64())
		img.Cr[i] = byte(128 + 40*math.Cos(y/191) + 2*r.NormFloat64())
	}
	return img
}

func BenchmarkAdd(b *testing.B) {
	flat := image.NewPaletted(image.Rect(0, 0, 7000, 7000), color.Palette{color.White, color.Black})
	var moving bytes.Buffer
	if err := gif.Encode(&moving, flat, nil); err != nil {
		b.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"camera photo, 24 megapixels": asJPEG(b, photograph(6000, 4000)),
		"phone photo, 12 megapixels":  asJPEG(b, gradient(4000, 3000)),
		"large JPEG, 36 megapixels":   asJPEG(b, image.NewRGBA(image.Rect(0, 0, 6000, 6000))),
		"largest PNG, 49 megapixels":  asPNG(b, image.NewNRGBA64(image.Rect(0, 0, 7000, 7000))),
		"largest GIF, 49 megapixels":  moving.Bytes(),
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
