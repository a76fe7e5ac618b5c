package strip

import (
	"bytes"
	"encoding/binary"
	"image/jpeg"
)

// A JPEG is a row of segments and, after some of them, coded pixels.
const (
	jpegEnd    = 0xd9
	jpegScan   = 0xda
	jpegJFIF   = 0xe0
	jpegEXIF   = 0xe1
	jpegColour = 0xe2
	jpegAdobe  = 0xee
)

// stripJPEG keeps the segments that a decoder needs, and the colour profile.
// What follows the end mark is left behind: phones put whole films there.
func stripJPEG(s *source, k *Kept) error {
	data, err := s.whole()
	if err != nil {
		return err
	}
	if err := measure(data, k, jpeg.DecodeConfig); err != nil {
		return err
	}
	k.Orientation = upright
	var p pieces
	scanned := false
	for at := 2; ; {
		seg, ok := nextSegment(data, at)
		if !ok {
			return damaged(nil)
		}
		body := data[seg.body:seg.end]
		switch {
		case seg.marker == jpegEnd:
			if !scanned {
				return damaged(nil)
			}
			p.keep(int64(seg.at), 2)
			k.parts = append(jpegHead(k.Orientation), p...)
			return nil
		case seg.marker == jpegEXIF && k.Orientation == upright:
			if exif, ok := bytes.CutPrefix(body, []byte("Exif\x00\x00")); ok {
				k.Orientation = orientation(exif)
			}
		case seg.marker == jpegScan:
			scanned = true
			seg.end = endOfScan(data, seg.end)
			p.keep(int64(seg.at), int64(seg.end-seg.at))
		case keepsSegment(seg.marker, body):
			p.keep(int64(seg.at), int64(seg.end-seg.at))
		}
		at = seg.end
	}
}

// jpegHead begins a file, with an EXIF segment when it must be turned.
func jpegHead(orientation int) (p pieces) {
	p.put(0xff, 0xd8)
	if orientation != upright {
		exif := append([]byte("Exif\x00\x00"), turned(orientation)...)
		p.put(binary.BigEndian.AppendUint16([]byte{0xff, jpegEXIF}, uint16(len(exif)+2))...)
		p.put(exif...)
	}
	return p
}

type jpegSegment struct {
	marker        byte
	at, body, end int
}

// nextSegment finds the segment that begins at a place, after its padding.
func nextSegment(data []byte, at int) (jpegSegment, bool) {
	if at >= len(data) || data[at] != 0xff {
		return jpegSegment{}, false
	}
	for at+1 < len(data) && data[at+1] == 0xff {
		at++
	}
	if at+2 > len(data) {
		return jpegSegment{}, false
	}
	marker := data[at+1]
	if marker == jpegEnd || marker == 0x01 || marker >= 0xd0 && marker <= 0xd7 { // without content
		return jpegSegment{marker, at, at + 2, at + 2}, true
	}
	if at+4 > len(data) {
		return jpegSegment{}, false
	}
	end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
	return jpegSegment{marker, at, at + 4, end}, end >= at+4 && end <= len(data)
}

// endOfScan is where the coded pixels end: at a marker that is none of their own.
func endOfScan(data []byte, at int) int {
	for ; at+1 < len(data); at++ {
		if m := data[at+1]; data[at] == 0xff && m != 0 && m != 0xff && (m < 0xd0 || m > 0xd7) {
			return at
		}
	}
	return len(data)
}

func keepsSegment(marker byte, body []byte) bool {
	switch marker {
	case jpegJFIF:
		return bytes.HasPrefix(body, []byte("JFIF\x00")) && len(body) == 14 // without a thumbnail
	case jpegColour:
		return bytes.HasPrefix(body, []byte("ICC_PROFILE\x00"))
	case jpegAdobe:
		return bytes.HasPrefix(body, []byte("Adobe")) && len(body) == 12 // how colours are coded
	case 0xc8: // reserved
		return false
	}
	return marker >= 0xc0 && marker <= 0xdd // tables, frames and scans
}
