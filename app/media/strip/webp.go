package strip

import (
	"bytes"
	"encoding/binary"

	"golang.org/x/image/webp"
)

// Flags of a WebP's extended header.
const (
	webpHasEXIF = 1 << 3
	webpHasXMP  = 1 << 2
)

// stripWebP keeps the chunks of pixels and colours.
func stripWebP(s *source, k *Kept) error {
	data, err := s.whole()
	if err != nil {
		return err
	}
	if err := measure(data, k, webp.DecodeConfig); err != nil {
		return err
	}
	k.Orientation = upright
	end := 8 + int64(binary.LittleEndian.Uint32(data[4:]))
	if end > int64(len(data)) {
		return damaged(nil)
	}
	var p pieces
	extended := -1 // the piece of the extended header
	for at := int64(12); at < end; {
		c, err := s.riffChunk(at, end)
		if err != nil {
			return err
		}
		body := data[c.body : c.body+c.size]
		switch c.id {
		case "VP8X":
			if extended >= 0 || c.size < 10 {
				return damaged(nil)
			}
			extended = len(p)
			p.put(bytes.Clone(data[at:c.end])...)
		case "VP8 ", "VP8L", "ALPH", "ANIM", "ANMF", "ICCP":
			p.keep(at, c.end-at)
		case "EXIF":
			k.Orientation = orientation(bytes.TrimPrefix(body, []byte("Exif\x00\x00")))
		}
		at = c.end
	}
	if extended >= 0 {
		flags := &p[extended].put[8]
		*flags &^= webpHasEXIF | webpHasXMP
		if k.Orientation != upright {
			*flags |= webpHasEXIF
			exif := turned(k.Orientation)
			p.put(binary.LittleEndian.AppendUint32([]byte("EXIF"), uint32(len(exif)))...)
			p.put(exif...)
		}
	}
	k.parts = asRIFF("WEBP", p)
	return nil
}
