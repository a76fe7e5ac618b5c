package media_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/media"
)

func sample(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(apptest.TestData(t, "images", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// chunk is a PNG chunk.
func chunk(kind string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, kind...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// hugePNG announces dimensions and holds nothing.
func hugePNG(w, h uint32) []byte {
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return slices.Concat([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(size, 8, 2, 0, 0, 0)), chunk("IDAT", nil), chunk("IEND", nil))
}

// liarWebP has a small canvas and announces a large picture inside.
func liarWebP() []byte {
	inner := append([]byte("VP8 \x0a\x00\x00\x00"), 0x10, 0, 0, 0x9d, 0x01, 0x2a, 0xff, 0x3f, 0xff, 0x3f)
	body := append([]byte("WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x09\x00\x00\x09\x00\x00"), inner...)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

// manyScans is a JPEG that goes over its pixels again and again.
func manyScans(t testing.TB) []byte {
	whole := asJPEG(t, gradient(16, 16))
	return append(whole, bytes.Repeat([]byte("\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00"), 1000)...)
}

func TestWhatIsNoPictureOrTooMuchIsRefusedWithAReason(t *testing.T) {
	r := newRoom(t)
	photo := asJPEG(t, gradient(300, 200))
	cases := map[string]struct {
		data []byte
		key  string
		kind fault.Kind
	}{
		"empty":               {nil, "error.media.not_image", fault.Invalid},
		"text":                {[]byte("Thông tin đối ngoại"), "error.media.not_image", fault.Invalid},
		"script":              {[]byte("<script>alert(1)</script>"), "error.media.not_image", fault.Invalid},
		"SVG":                 {[]byte("<?xml version=\"1.0\"?><svg onload=alert(1)>"), "error.media.format", fault.Invalid},
		"HEIC":                {[]byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic"), "error.media.format", fault.Invalid},
		"PDF":                 {[]byte("%PDF-1.7"), "error.media.not_image", fault.Invalid},
		"beginning of a JPEG": {photo[:20], "error.media.damaged", fault.Invalid},
		"half a JPEG":         {photo[:len(photo)/2], "error.media.damaged", fault.Invalid},
		"half a PNG":          {asPNG(t, gradient(300, 200))[:4000], "error.media.damaged", fault.Invalid},
		"huge PNG":            {hugePNG(100_000, 100_000), "error.media.too_many_pixels", fault.Invalid},
		"wide PNG":            {hugePNG(12_001, 1), "error.media.too_many_pixels", fault.Invalid},
		"PNG of no width":     {hugePNG(0, 10), "error.media.damaged", fault.Invalid},
		"GIF bomb":            {[]byte("GIF89a\xff\xff\xff\xff\x00\x00\x00,\x00\x00\x00\x00\xff\xff\xff\xff\x00\x02\x00;"), "error.media.too_many_pixels", fault.Invalid},
		"WebP that lies":      {liarWebP(), "error.media.damaged", fault.Invalid},
		"thousand scans":      {manyScans(t), "error.media.damaged", fault.Invalid},
		"26 megabytes":        {append(photo, make([]byte, media.MaxBytes)...), "error.media.too_large", fault.TooLarge},
	}
	for name, c := range cases {
		_, err := r.AddPicture(ctx, reporter, "a1", "anh.jpg", bytes.NewReader(c.data))
		if f, ok := fault.As(err); !ok || f.Kind != c.kind || f.Message.Key != c.key {
			t.Errorf("%s: %v, want %s %s", name, err, c.kind, c.key)
		}
	}
}

func TestAnEndlessUploadEnds(t *testing.T) {
	_, err := newRoom(t).Add(ctx, reporter, "a1", "x.jpg", io.MultiReader(strings.NewReader("\xff\xd8\xff"), endless{}))
	if fault.KindOf(err) != fault.TooLarge {
		t.Error(err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestCollectedPicturesAreTakenOrRefused(t *testing.T) {
	r := newRoom(t)
	for name, want := range map[string]string{ // the media type, or the key of the refusal
		"hopper.jpg": "image/jpeg", "hopper.webp": "image/jpeg", "sample.webp": "image/jpeg", "hopper.gif": "image/png",
		"icc_profile.png": "image/jpeg", "rgba.png": "image/png", "mode_palette_alpha.png": "image/png",
		"pil_sample_cmyk.jpg": "image/jpeg", "exif_gps.jpg": "image/jpeg",
		"hopper.avif": "error.media.format", "16bit.cropped.tif": "error.media.format",
		"svg-xss-1.svg": "error.media.format", "svg-xss-2.svg": "error.media.format",
		"decompression_bomb.gif": "error.media.damaged", "pixel-flood-lottapixel.jpg": "error.media.too_many_pixels",
	} {
		m, err := r.Add(ctx, reporter, "a1", name, bytes.NewReader(sample(t, name)))
		got := m.Type
		if f, ok := fault.As(err); ok {
			got = f.Message.Key
		}
		if got != want {
			t.Errorf("%s: %s (%v), want %s", name, got, err, want)
		}
		if err == nil {
			pixels(t, r, m.File)
		}
	}
}

func TestPlaceAndTrailingDataAreGone(t *testing.T) {
	r := newRoom(t)
	for _, name := range []string{"exif_gps.jpg", "hopper_orientation_6.jpg", "pil_sample_cmyk.jpg", "icc_profile.png"} {
		data := append(sample(t, name), "<?php secret ?>"...)
		kept := read(t, r, add(t, r, name, data).Hash)
		for _, trace := range []string{"Exif", "GPS", "II*\x00", "MM\x00*", "ICC_PROFILE", "iCCP", "Adobe", "secret", "http"} {
			if bytes.Contains(kept, []byte(trace)) {
				t.Errorf("%s still holds %q", name, trace)
			}
		}
	}
}

// The samples are the same picture, stored in eight ways.
func TestPicturesStandUpright(t *testing.T) {
	r := newRoom(t)
	want := pixels(t, r, add(t, r, "hopper.jpg", sample(t, "hopper.jpg")).File)
	for o := 2; o <= 8; o++ {
		m := add(t, r, "x.jpg", sample(t, fmt.Sprintf("hopper_orientation_%d.jpg", o)))
		got := pixels(t, r, m.File)
		if d := difference(got, want); d > 12 {
			t.Errorf("orientation %d differs by %.1f of 255", o, d)
		}
	}
}

// difference is the mean distance of two pictures' colours, at the scale of 255.
func difference(a, b image.Image) float64 {
	if a.Bounds().Size() != b.Bounds().Size() {
		return 255
	}
	var sum float64
	size := a.Bounds().Size()
	for y := range size.Y {
		for x := range size.X {
			p := color.RGBAModel.Convert(a.At(a.Bounds().Min.X+x, a.Bounds().Min.Y+y)).(color.RGBA)
			q := color.RGBAModel.Convert(b.At(b.Bounds().Min.X+x, b.Bounds().Min.Y+y)).(color.RGBA)
			for _, d := range []int{int(p.R) - int(q.R), int(p.G) - int(q.G), int(p.B) - int(q.B)} {
				sum += float64(max(d, -d))
			}
		}
	}
	return sum / float64(3*size.X*size.Y)
}

// withOrientation puts an EXIF segment behind a JPEG's first two bytes.
func withOrientation(data []byte, o byte, order string) []byte {
	tiff := "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00" + string([]byte{o, 0, 0, 0}) + "\x00\x00\x00\x00"
	if order == "MM" {
		tiff = "MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01" + string([]byte{0, o, 0, 0}) + "\x00\x00\x00\x00"
	}
	segment := "Exif\x00\x00" + tiff
	size := len(segment) + 2
	out := append([]byte{0xff, 0xd8, 0xff, 0xe1, byte(size >> 8), byte(size)}, segment...)
	return append(out, data[2:]...)
}

func TestAPictureOnItsSideIsMeasuredUpright(t *testing.T) {
	r := newRoom(t)
	wide := asJPEG(t, gradient(2400, 1200)) // upright: 1200 wide
	tall := asJPEG(t, gradient(1000, 2000)) // upright: 2000 wide
	for _, c := range []struct {
		data  []byte
		order string
		want  image.Point
	}{
		{wide, "II", image.Pt(1200, 2400)}, {tall, "MM", image.Pt(1920, 960)},
	} {
		m := add(t, r, "x.jpg", withOrientation(c.data, 6, c.order))
		if got := image.Pt(m.Width, m.Height); got != c.want {
			t.Errorf("%v, want %v", got, c.want)
		}
	}
	odd := add(t, r, "x.jpg", withOrientation(wide, 99, "II"))
	if odd.Width != 1920 {
		t.Errorf("an orientation that makes no sense: %v", odd.File)
	}
}

func FuzzAdd(f *testing.F) {
	photo := asJPEG(f, gradient(24, 16))
	for _, seed := range [][]byte{
		photo, asPNG(f, gradient(24, 16)), withOrientation(photo, 7, "MM"), hugePNG(70_000, 70_000), liarWebP(),
		[]byte("GIF89a\x02\x00\x02\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x02\x84\x51\x00;"),
	} {
		f.Add(seed)
	}
	r := newRoom(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		m, err := r.Add(ctx, reporter, "a1", "x", bytes.NewReader(data))
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatalf("not a refusal but %v", err)
			}
			return
		}
		img := pixels(t, r, m.File)
		if b := img.Bounds(); b.Dx() > 1920 || b.Empty() {
			t.Fatalf("%v", b)
		}
	})
}
