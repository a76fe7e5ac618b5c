package media

import (
	"bytes"
	"encoding/binary"
)

// Cameras store what the sensor saw and note in the EXIF data how to turn it.
// Only that one note is read; everything else in there is dropped with the
// upload.

// jpegEXIF finds the EXIF data in the segments before a JPEG's first scan.
func jpegEXIF(data []byte) []byte {
	for at := 2; at+4 <= len(data) && data[at] == 0xff; {
		marker, size := data[at+1], int(binary.BigEndian.Uint16(data[at+2:]))
		if marker == 0xff { // padding
			at++
			continue
		}
		end := at + 2 + size
		if marker == 0xda || size < 2 || end > len(data) {
			return nil
		}
		if exif, ok := bytes.CutPrefix(data[at+4:end], []byte("Exif\x00\x00")); ok && marker == 0xe1 {
			return exif
		}
		at = end
	}
	return nil
}

// pngEXIF finds the eXIf chunk of a PNG.
func pngEXIF(data []byte) []byte {
	for at := 8; at+12 <= len(data); {
		size := int(binary.BigEndian.Uint32(data[at:]))
		if size > len(data)-at-12 {
			return nil
		}
		if string(data[at+4:at+8]) == "eXIf" {
			return data[at+8 : at+8+size]
		}
		at += 12 + size
	}
	return nil
}

// webpEXIF finds the EXIF chunk of a WebP.
func webpEXIF(data []byte) []byte {
	for at := 12; at+8 <= len(data); {
		size := int(binary.LittleEndian.Uint32(data[at+4:]))
		if size > len(data)-at-8 {
			return nil
		}
		if string(data[at:at+4]) == "EXIF" {
			exif := data[at+8 : at+8+size]
			return bytes.TrimPrefix(exif, []byte("Exif\x00\x00"))
		}
		at += 8 + size + size%2
	}
	return nil
}

func noEXIF([]byte) []byte { return nil }

// orientation reads tag 274 of the first directory of a TIFF structure. It
// answers 1, upright, when there is none or it makes no sense.
func orientation(tiff []byte) int {
	const upright, tag, typeShort = 1, 0x0112, 3
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(tiff[:4]) {
	case "II*\x00":
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return upright
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return upright
	}
	entries := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return upright
		}
		if order.Uint16(entries) == tag && order.Uint16(entries[2:]) == typeShort {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return upright
		}
		entries = entries[12:]
	}
	return upright
}
