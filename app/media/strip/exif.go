package strip

import "encoding/binary"

// Cameras store what the sensor saw and note in the EXIF data how to turn it.
// Only that one note is read, and written again alone.

// upright is the orientation of a picture that need not be turned.
const upright = 1

// tagOrientation is the note's number, and typeShort how it is written.
const (
	tagOrientation = 0x0112
	typeShort      = 3
)

// orientation reads the first directory of a TIFF structure. It answers upright
// when there is none or it makes no sense.
func orientation(tiff []byte) int {
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
		if order.Uint16(entries) == tagOrientation && order.Uint16(entries[2:]) == typeShort {
			if v := int(order.Uint16(entries[8:])); v >= 1 && v <= 8 {
				return v
			}
			return upright
		}
		entries = entries[12:]
	}
	return upright
}

// turned is the smallest TIFF structure: it says nothing but an orientation.
func turned(orientation int) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08\x00\x01")
	b = binary.BigEndian.AppendUint16(b, tagOrientation)
	b = binary.BigEndian.AppendUint16(b, typeShort)
	b = binary.BigEndian.AppendUint32(b, 1)
	b = binary.BigEndian.AppendUint16(b, uint16(orientation))
	return append(b, 0, 0, 0, 0, 0, 0) // no other directory
}
