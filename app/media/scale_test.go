package media

import (
	"image"
	"image/color"
	"image/draw"
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

// A photograph is scaled as it is stored. What comes out is what scaling its
// colours as they are seen gives, but for rounding.
func TestAPhotographIsScaledAsItIsStored(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	} {
		whole := image.NewYCbCr(image.Rect(0, 0, 640, 480), ratio)
		for i := range whole.Y {
			whole.Y[i] = uint8(90 + i%whole.YStride/8 + i/whole.YStride/8)
		}
		for i := range whole.Cb {
			whole.Cb[i], whole.Cr[i] = uint8(120+i%whole.CStride/16), uint8(136-i/whole.CStride/16)
		}
		src := whole.SubImage(image.Rect(4, 4, 637, 473)).(*image.YCbCr)
		seen := image.NewRGBA(image.Rect(0, 0, 633, 469))
		draw.Draw(seen, seen.Bounds(), src, src.Bounds().Min, draw.Src)
		for _, size := range []image.Point{{632, 469}, {320, 240}, {101, 77}, {633, 8}, {1, 1}} {
			got, want := scale(src, size.X, size.Y), slowly(seen, size.X, size.Y)
			for i := range want.Pix {
				if d := int(got.Pix[i]) - int(want.Pix[i]); d < -6 || d > 6 {
					t.Fatalf("%v %v: byte %d is %d, want %d", ratio, size, i, got.Pix[i], want.Pix[i])
				}
			}
		}
	}
}
