package vietnamese

import (
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"doingoai/app/fault"
)

const byteOrderMark = "\ufeff"

// Decode makes text from the bytes of an uploaded or pasted file: UTF-8 with
// or without a byte order mark, or UTF-16 with one. The text is NFC, its
// lines end in \n, and control characters other than \n and \t are gone.
//
// Bytes that are neither are refused with a fault of kind Invalid and the key
// error.not_utf8: guessing an encoding would publish mojibake.
func Decode(b []byte) (string, error) {
	text, ok := fromBytes(b)
	if ok {
		text, ok = Clean(text)
	}
	if !ok {
		return "", fault.New(fault.Invalid, "error.not_utf8")
	}
	return text, nil
}

func fromBytes(b []byte) (string, bool) {
	if len(b) >= 2 && b[0] == 0xFE && b[1] == 0xFF {
		return fromUTF16(b[2:], binary.BigEndian)
	}
	if len(b) >= 2 && b[0] == 0xFF && b[1] == 0xFE {
		return fromUTF16(b[2:], binary.LittleEndian)
	}
	return strings.TrimPrefix(string(b), byteOrderMark), true
}

func fromUTF16(b []byte, order binary.ByteOrder) (string, bool) {
	if len(b)%2 != 0 {
		return "", false
	}
	var out strings.Builder
	out.Grow(len(b))
	for i := 0; i < len(b); i += 2 {
		r := rune(order.Uint16(b[i:]))
		if utf16.IsSurrogate(r) {
			if i+4 > len(b) {
				return "", false
			}
			r = utf16.DecodeRune(r, rune(order.Uint16(b[i+2:])))
			if r == utf8.RuneError {
				return "", false // half a pair
			}
			i += 2
		}
		out.WriteRune(r)
	}
	return out.String(), true
}

// Clean does for a form field what Decode does for a file. It answers false,
// and no text, when the field is not valid UTF-8.
func Clean(s string) (string, bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	if strings.IndexFunc(s, isUnwanted) >= 0 {
		s = strings.ReplaceAll(s, "\r\n", "\n")
		s = strings.ReplaceAll(s, "\r", "\n")
		s = strings.Map(dropUnwanted, s)
	}
	return NFC(s), true
}

func dropUnwanted(r rune) rune {
	if isUnwanted(r) {
		return -1
	}
	return r
}

// isUnwanted tells what no text of ours may hold: control characters (a NUL
// is refused by PostgreSQL), the signs that reverse the direction of what
// follows them on a page (none of our languages needs them), and the two code
// points that make XML, and so a feed, malformed.
func isUnwanted(r rune) bool {
	switch {
	case r < 0x20:
		return r != '\n' && r != '\t'
	case r >= 0x7F && r <= 0x9F:
		return true
	case r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069:
		return true
	}
	return r == 0xFFFE || r == 0xFFFF
}
