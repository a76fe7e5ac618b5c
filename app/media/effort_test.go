package media

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"
	"time"

	"doingoai/app/account"
	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/media/blob"
)

// headOfJPEG announces a picture that is stored in a way, with the sampling of
// each colour, and begins as many scans; there is nothing in them.
func headOfJPEG(w, h int, marker byte, sampling []byte, scans int) []byte {
	frame := []byte{8, byte(h >> 8), byte(h), byte(w >> 8), byte(w), byte(len(sampling))}
	for i, s := range sampling {
		frame = append(frame, byte(i+1), s, 0)
	}
	n := len(frame) + 2
	out := append([]byte{0xff, 0xd8, 0xff, 0xe0, 0, 4, 0xff, 0xc2, 0xff, marker, byte(n >> 8), byte(n)}, frame...)
	for range scans {
		out = append(out, 0xff, 0xda, 0, 8, 1, 1, 0, 1, 1, 0x10, 0x5a)
	}
	return append(out, 0xff, 0xd9)
}

// headOfPNG announces a picture, and holds nothing.
func headOfPNG(w, h uint32, bits, interlace byte) []byte {
	chunk := func(kind string, data []byte) []byte {
		out := append(append(binary.BigEndian.AppendUint32(nil, uint32(len(data))), kind...), data...)
		return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
	}
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, w), h)
	return slices.Concat([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", append(size, bits, 2, 0, 0, interlace)), chunk("IDAT", nil), chunk("IEND", nil))
}

func TestASmallFileThatIsALotOfWorkIsRefused(t *testing.T) {
	whole, half := []byte{0x11, 0x11, 0x11}, []byte{0x22, 0x11, 0x11}
	for name, c := range map[string]struct {
		data []byte
		key  string
	}{
		"62 scans of 49 megapixels":         {headOfJPEG(7000, 7000, 0xc2, half, 62), "error.media.too_heavy"},
		"as many as programs write":         {headOfJPEG(7000, 7000, 0xc2, half, 12), ""},
		"62 scans of a small one":           {headOfJPEG(2000, 2000, 0xc2, half, 62), ""},
		"65 scans of a small one":           {headOfJPEG(2000, 2000, 0xc2, half, 65), "error.media.damaged"},
		"49 megapixels in fine steps":       {headOfJPEG(7000, 7000, 0xc2, whole, 1), "error.media.too_heavy"},
		"a large camera's":                  {headOfJPEG(6000, 4000, 0xc2, whole, 10), ""},
		"a larger one's at once":            {headOfJPEG(7000, 7000, 0xc0, whole, 1), ""},
		"four colours":                      {headOfJPEG(7000, 7000, 0xc2, []byte{0x11, 0x11, 0x11, 0x11}, 1), "error.media.too_heavy"},
		"interlaced, two bytes a colour":    {headOfPNG(11900, 4200, 16, 1), "error.media.too_heavy"},
		"two bytes a colour":                {headOfPNG(11900, 4200, 16, 0), ""},
		"interlaced":                        {headOfPNG(11900, 4200, 8, 1), ""},
		"interlaced, two bytes, not so big": {headOfPNG(6000, 4000, 16, 1), ""},
	} {
		_, err := inspect(c.data)
		got := ""
		if f, ok := fault.As(err); ok {
			got = f.Message.Key
		}
		if got != c.key || err != nil && got == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// The memory that is set aside is as much as the decoders take, at the least.
func TestTheMemorySetAsideIsEnough(t *testing.T) {
	for name, img := range map[string]image.Image{
		"4:2:0": image.NewYCbCr(image.Rect(0, 0, 1200, 800), image.YCbCrSubsampleRatio420), "grey": image.NewGray(image.Rect(0, 0, 1200, 800)),
		"colour": image.NewNRGBA(image.Rect(0, 0, 1200, 800)), "two bytes": image.NewNRGBA64(image.Rect(0, 0, 1200, 800)),
	} {
		var b bytes.Buffer
		var err error
		switch img.(type) {
		case *image.YCbCr, *image.Gray:
			err = jpeg.Encode(&b, img, nil)
		default:
			err = png.Encode(&b, img)
		}
		if err != nil {
			t.Fatal(err)
		}
		h, err := inspect(b.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		decoded, err := decode(t.Context(), b.Bytes(), h)
		if err != nil {
			t.Fatal(err)
		}
		var took int
		switch m := decoded.(type) {
		case *image.YCbCr:
			took = len(m.Y) + len(m.Cb) + len(m.Cr)
		case *image.Gray:
			took = len(m.Pix)
		case *image.NRGBA:
			took = len(m.Pix)
		case *image.NRGBA64:
			took = len(m.Pix)
		case *image.RGBA:
			took = len(m.Pix)
		case *image.RGBA64:
			took = len(m.Pix)
		}
		if took == 0 || h.effort.memory < int64(took) || h.effort.memory > 4*int64(took) {
			t.Errorf("%s: %d bytes for %d (%T)", name, h.effort.memory, took, decoded)
		}
	}
}

// Another one's small picture does not wait for the large ones; and who waits
// for those is not kept for ever.
func TestASmallPictureDoesNotWaitForTheLarge(t *testing.T) {
	db := apptest.NewDatabase(t)
	r := New(db, blob.Folder(t.TempDir()))
	reporter := account.Actor{ID: "p1", Posts: []account.Post{{Agency: "a1", Role: account.Reporter}}}
	if err := r.decoding.Acquire(t.Context(), maxMemory); err != nil { // by large ones that take their time
		t.Fatal(err)
	}
	defer r.decoding.Release(maxMemory)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var small, large bytes.Buffer
	if err := errors.Join(jpeg.Encode(&small, image.NewGray(image.Rect(0, 0, 200, 100)), nil), jpeg.Encode(&large, image.NewGray(image.Rect(0, 0, 8000, 6000)), nil)); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Add(ctx, reporter, "a1", "nhỏ.jpg", &small); err != nil {
		t.Errorf("the small one: %v", err)
	}
	short, end := context.WithDeadline(t.Context(), time.Now())
	defer end()
	if _, err := r.Add(short, reporter, "a1", "lớn.jpg", &large); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("the large one: %v", err)
	}
}

// A decoder that is at work when the time is over reads no further.
func TestDecodingEndsWithTheTime(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 300, 200))); err != nil {
		t.Fatal(err)
	}
	h, err := inspect(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	over, cancel := context.WithDeadline(t.Context(), time.Now())
	defer cancel()
	if _, err := decode(over, b.Bytes(), h); fault.KindOf(err) != fault.Unavailable {
		t.Errorf("%v", err)
	}
}
