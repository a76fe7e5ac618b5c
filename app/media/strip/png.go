package strip

import (
	"encoding/binary"
	"hash/crc32"
	"image/png"
	"slices"
)

const pngMagic = "\x89PNG\r\n\x1a\n"

// pngKept are the chunks that make pixels and their colours.
var pngKept = []string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT"}

// stripPNG keeps the chunks of the still picture, up to the last.
func stripPNG(s *source, k *Kept) error {
	data, err := s.whole()
	if err != nil {
		return err
	}
	if err := measure(data, k, png.DecodeConfig); err != nil {
		return err
	}
	k.Orientation = upright
	var p pieces
	for at := len(pngMagic); ; {
		kind, body, ok := nextChunk(data, at)
		if !ok {
			return damaged(nil)
		}
		end := at + 12 + len(body)
		switch {
		case kind == "eXIf":
			k.Orientation = orientation(body)
		case kind == "IEND":
			if len(body) != 0 {
				return damaged(nil)
			}
			if k.Orientation != upright {
				p.put(pngChunk("eXIf", turned(k.Orientation))...)
			}
			p.keep(int64(at), 12)
			k.parts = append(pieces{{n: int64(len(pngMagic)), put: []byte(pngMagic)}}, p...)
			return nil
		case slices.Contains(pngKept, kind):
			p.keep(int64(at), int64(end-at))
		}
		at = end
	}
}

// nextChunk reads the chunk that begins at a place, when its sum is right.
func nextChunk(data []byte, at int) (kind string, body []byte, ok bool) {
	if len(data)-at < 12 {
		return "", nil, false
	}
	size := int64(binary.BigEndian.Uint32(data[at:]))
	if size > int64(len(data)-at-12) {
		return "", nil, false
	}
	end := at + 8 + int(size)
	return string(data[at+4 : at+8]), data[at+8 : end], binary.BigEndian.Uint32(data[end:]) == crc32.ChecksumIEEE(data[at+4:end])
}

func pngChunk(kind string, body []byte) []byte {
	chunk := append(binary.BigEndian.AppendUint32(nil, uint32(len(body))), kind...)
	chunk = append(chunk, body...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}
