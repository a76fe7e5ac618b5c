package media

import (
	"bytes"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"doingoai/app/fault"
	"doingoai/app/media/strip"

	"golang.org/x/image/webp"
)

// decoders give the pixels of a picture, by its media type.
var decoders = map[string]func(io.Reader) (image.Image, error){
	"image/jpeg": jpeg.Decode, "image/png": png.Decode, "image/gif": gif.Decode, "image/webp": webp.Decode,
}

// header is what is known of a picture before it is decoded.
type header struct {
	mediaType     string
	width, height int // as stored, before it is turned upright
	orientation   int // EXIF: 1 upright … 8
}

// photo says whether what it holds is a photograph, not a drawing.
func (h header) photo() bool { return h.mediaType == "image/jpeg" }

// inspect reads the dimensions of a picture without allocating for them.
func inspect(data []byte) (header, error) {
	kept, err := strip.Clean(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return header{}, err
	}
	h := header{kept.Type, kept.Width, kept.Height, kept.Orientation}
	switch {
	case h.width > MaxSide || h.height > MaxSide || h.width*h.height > MaxPixels:
		return h, fault.New(fault.Invalid, "error.media.too_many_pixels",
			"Width", h.width, "Height", h.height, "MaxSide", MaxSide, "MaxMegapixels", MaxPixels/1_000_000)
	case h.photo() && scans(data) > maxScans:
		return h, damaged(nil)
	}
	return h, nil
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
