package media

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// slowly scales by the definition: each pixel of the result is the mean of
// the area it covers.
func slowly(src *image.RGBA, w, h int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	fx, fy := float64(src.Bounds().Dx())/float64(w), float64(src.Bounds().Dy())/float64(h)
	for y := range h {
		for x := range w {
			for c := range 4 {
				var sum float64
				for sy := int(float64(y) * fy); sy < src.Bounds().Dy() && float64(sy) < float64(y+1)*fy; sy++ {
					for sx := int(float64(x) * fx); sx < src.Bounds().Dx() && float64(sx) < float64(x+1)*fx; sx++ {
						wide := math.Min(float64(sx+1), float64(x+1)*fx) - math.Max(float64(sx), float64(x)*fx)
						high := math.Min(float64(sy+1), float64(y+1)*fy) - math.Max(float64(sy), float64(y)*fy)
						sum += wide * high * float64(src.Pix[src.PixOffset(sx, sy)+c])
					}
				}
				out.Pix[out.PixOffset(x, y)+c] = uint8(math.Round(sum / fx / fy))
			}
		}
	}
	return out
}

func TestScalingTakesTheMeanOfTheCoveredArea(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 61, 47))
	for i := range src.Pix {
		src.Pix[i] = uint8(i * i / 13)
	}
	for _, size := range []image.Point{{61, 47}, {60, 46}, {61, 1}, {1, 47}, {1, 1}, {30, 23}, {31, 24}, {20, 47}, {7, 5}} {
		got, want := scale(src, size.X, size.Y), slowly(src, size.X, size.Y)
		if got.Bounds() != want.Bounds() {
			t.Fatalf("%v: %v", size, got.Bounds())
		}
		for i := range want.Pix {
			if d := int(got.Pix[i]) - int(want.Pix[i]); d < -1 || d > 1 {
				t.Fatalf("%v: byte %d is %d, want %d", size, i, got.Pix[i], want.Pix[i])
			}
		}
	}
}

func TestScalingKeepsAPlainColourPlain(t *testing.T) {
	src := image.NewRGBA(image.Rect(0, 0, 1777, 333))
	plain := color.RGBA{254, 255, 1, 255}
	for i := range src.Pix {
		src.Pix[i] = []uint8{plain.R, plain.G, plain.B, plain.A}[i%4]
	}
	out := shrink(src, 640, 1)
	for y := range out.Bounds().Dy() {
		for x := range out.Bounds().Dx() {
			if got := out.RGBAAt(x, y); got != plain {
				t.Fatalf("(%d,%d) is %v", x, y, got)
			}
		}
	}
}
