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
	effort        effort
}

// photo says whether what it holds is a photograph, not a drawing.
func (h header) photo() bool { return h.mediaType == "image/jpeg" }

// inspect reads the dimensions of a picture without allocating for them.
func inspect(data []byte) (header, error) {
	kept, err := strip.Clean(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return header{}, err
	}
	h := header{mediaType: kept.Type, width: kept.Width, height: kept.Height, orientation: kept.Orientation}
	switch {
	case h.width > MaxSide || h.height > MaxSide || h.width*h.height > MaxPixels:
		return h, fault.New(fault.Invalid, "error.media.too_many_pixels",
			"Width", h.width, "Height", h.height, "MaxSide", MaxSide, "MaxMegapixels", MaxPixels/1_000_000)
	case h.photo() && scans(data) > maxScans:
		return h, damaged(nil)
	}
	h.effort = effortOf(data, h)
	return h, h.effort.check(h)
}

func damaged(cause error) error {
	return &fault.Error{Kind: fault.Invalid, Message: fault.Say("error.media.damaged"), Cause: cause}
}
