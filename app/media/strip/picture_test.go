package strip_test

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"
	"testing"

	"doingoai/app/media/strip"

	_ "golang.org/x/image/webp"
)

func TestPicturesKeepTheirPixelsAndNothingElse(t *testing.T) {
	for _, c := range []struct {
		mime, extension            string
		data                       []byte
		width, height, orientation int
	}{
		{"image/jpeg", ".jpg", photo(t, 6), 40, 30, 6},
		{"image/jpeg", ".jpg", photo(t, 1), 40, 30, 1},
		{"image/png", ".png", pngFile(t), 40, 30, 8},
		{"image/gif", ".gif", gifFile(t), 40, 30, 1},
		{"image/webp", ".webp", webpFile(), 1, 1, 6},
	} {
		t.Run(c.mime, func(t *testing.T) {
			k, out := kept(t, c.data)
			if k.Kind != strip.Picture || k.Type != c.mime || k.Extension != c.extension {
				t.Errorf("%s %s %s", k.Kind, k.Type, k.Extension)
			}
			if k.Width != c.width || k.Height != c.height || k.Orientation != c.orientation {
				t.Errorf("%d × %d, orientation %d", k.Width, k.Height, k.Orientation)
			}
			samePixels(t, c.data, out)
			again, twice := kept(t, out)
			if again.Orientation != c.orientation || !bytes.Equal(out, twice) {
				t.Error("what is clean changes when it is cleaned again")
			}
		})
	}
}

func samePixels(t *testing.T, before, after []byte) {
	t.Helper()
	a, _, err := image.Decode(bytes.NewReader(before))
	if err != nil {
		t.Fatal(err)
	}
	b, _, err := image.Decode(bytes.NewReader(after))
	if err != nil {
		t.Fatal(err)
	}
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%v became %v", a.Bounds(), b.Bounds())
	}
	for y := a.Bounds().Min.Y; y < a.Bounds().Max.Y; y++ {
		for x := a.Bounds().Min.X; x < a.Bounds().Max.X; x++ {
			if a.At(x, y) != b.At(x, y) {
				t.Fatalf("the pixel at %d, %d changed", x, y)
			}
		}
	}
}

func TestCollectedPicturesAreCleaned(t *testing.T) {
	for _, name := range []string{
		"hopper.jpg", "hopper.webp", "sample.webp", "hopper.gif", "icc_profile.png", "rgba.png", "mode_palette_alpha.png", "pil_sample_cmyk.jpg", "exif_gps.jpg",
	} {
		t.Run(name, func(t *testing.T) {
			before := sample(t, "images", name)
			_, out := kept(t, before)
			samePixels(t, before, out)
			for _, trace := range []string{"Exif\x00", "GPS", "http://ns.adobe", "Photoshop", "tEXt", "iTXt"} {
				if bytes.Contains(out, []byte(trace)) {
					t.Errorf("%q is still there", trace)
				}
			}
		})
	}
	for o := 2; o <= 8; o++ {
		if k, _ := kept(t, sample(t, "images", fmt.Sprintf("hopper_orientation_%d.jpg", o))); k.Orientation != o {
			t.Errorf("orientation %d, want %d", k.Orientation, o)
		}
	}
}

// The head of a WebP announces what is in it.
func TestTheHeadOfAWebPAnnouncesWhatIsKept(t *testing.T) {
	const flags, exif = 20, 1 << 3
	if _, out := kept(t, webpFile()); out[flags] != exif {
		t.Errorf("flags %x", out[flags])
	}
	upright := bytes.Replace(webpFile(), []byte("\x00\x01\x00\x06\x00"), []byte("\x00\x01\x00\x01\x00"), 1)
	if _, out := kept(t, upright); out[flags] != 0 {
		t.Errorf("flags %x, though nothing is kept beside the pixels", out[flags])
	}
}
