package media

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"doingoai/app/fault"

	"golang.org/x/image/webp"
)

// format is a kind of picture that can be uploaded.
type format struct {
	name    string
	matches func(data []byte) bool
	config  func(io.Reader) (image.Config, error)
	decode  func(io.Reader) (image.Image, error)
	exif    func(data []byte) []byte // the TIFF structure of its EXIF data, nil for none
	photo   bool                     // what it holds is a photograph, not a drawing
}

var formats = []format{
	{"JPEG", begins("\xff\xd8\xff"), jpeg.DecodeConfig, jpeg.Decode, jpegEXIF, true},
	{"PNG", begins("\x89PNG\r\n\x1a\n"), png.DecodeConfig, png.Decode, pngEXIF, false},
	{"GIF", begins("GIF87a", "GIF89a"), gif.DecodeConfig, gif.Decode, noEXIF, false},
	{"WebP", isRIFF("WEBP"), webp.DecodeConfig, webp.Decode, webpEXIF, false},
}

// others are recognised so that the person is told what to do about them.
var others = []struct {
	name    string
	matches func(data []byte) bool
}{
	{"HEIC", isBox("heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1")},
	{"AVIF", isBox("avif", "avis")},
	{"TIFF", begins("II*\x00", "MM\x00*", "II+\x00", "MM\x00+")},
	{"BMP", begins("BM")},
	{"PDF", begins("%PDF-")},
	{"Photoshop", begins("8BPS")},
	{"SVG", isSVG},
}

// header is what is known of a picture before it is decoded.
type header struct {
	format        format
	width, height int // as stored, before it is turned upright
	orientation   int // EXIF: 1 upright … 8
}

// inspect recognises an upload by its content, whatever its name says, and
// reads its dimensions without allocating for them.
func inspect(data []byte) (header, error) {
	f, err := recognise(data)
	if err != nil {
		return header{}, err
	}
	c, err := f.config(bytes.NewReader(data))
	if err != nil {
		return header{}, damaged(err)
	}
	h := header{f, c.Width, c.Height, orientation(f.exif(data))}
	switch {
	case h.width <= 0 || h.height <= 0:
		return h, damaged(nil)
	case h.width > MaxSide || h.height > MaxSide || h.width*h.height > MaxPixels:
		return h, fault.New(fault.Invalid, "error.media.too_many_pixels",
			"Width", h.width, "Height", h.height, "MaxSide", MaxSide, "MaxMegapixels", MaxPixels/1_000_000)
	case f.name == "JPEG" && scans(data) > maxScans:
		return h, damaged(nil)
	}
	return h, nil
}

func recognise(data []byte) (format, error) {
	for _, f := range formats {
		if f.matches(data) {
			return f, nil
		}
	}
	for _, o := range others {
		if o.matches(data) {
			return format{}, fault.New(fault.Invalid, "error.media.format", "Format", o.name)
		}
	}
	return format{}, fault.New(fault.Invalid, "error.media.not_image")
}

// maxScans is how often a progressive JPEG may go over its pixels; cameras and
// programs do it about ten times. Each time costs work for all pixels but only
// a few bytes, so without a limit a small file would keep a processor busy for
// hours.
const maxScans = 64

// scans counts a JPEG's start-of-scan markers. Bytes of metadata may look like
// one, which is far too rare to matter.
func scans(data []byte) int { return bytes.Count(data, []byte{0xff, 0xda}) }

func damaged(cause error) error {
	return &fault.Error{Kind: fault.Invalid, Message: fault.Say("error.media.damaged"), Cause: cause}
}

func begins(magics ...string) func([]byte) bool {
	return func(data []byte) bool {
		for _, m := range magics {
			if bytes.HasPrefix(data, []byte(m)) {
				return true
			}
		}
		return false
	}
}

func isRIFF(form string) func([]byte) bool {
	return func(data []byte) bool {
		return len(data) >= 12 && string(data[:4]) == "RIFF" && string(data[8:12]) == form
	}
}

// isBox tells the formats that are built like MP4, by their brand.
func isBox(brands ...string) func([]byte) bool {
	return func(data []byte) bool {
		if len(data) < 12 || string(data[4:8]) != "ftyp" {
			return false
		}
		for _, b := range brands {
			if string(data[8:12]) == b {
				return true
			}
		}
		return false
	}
}

// isSVG tells drawings made of text, which may carry scripts.
func isSVG(data []byte) bool {
	start := bytes.ToLower(bytes.TrimLeft(data[:min(len(data), 1024)], "\xef\xbb\xbf \t\r\n"))
	return bytes.HasPrefix(start, []byte("<")) && bytes.Contains(start, []byte("<svg"))
}
