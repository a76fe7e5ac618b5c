package web

import (
	"fmt"
	"strings"

	"github.com/skip2/go-qrcode"
)

// Square is a QR code as the drawing instructions of an SVG path, with its
// light margin.
type Square struct {
	Size int
	Path string
}

// NewSquare draws a text, most often an address.
func NewSquare(text string) (Square, error) {
	code, err := qrcode.New(text, qrcode.Medium)
	if err != nil {
		return Square{}, err
	}
	var b strings.Builder
	rows := code.Bitmap()
	for y, row := range rows {
		for x := 0; x < len(row); x++ {
			begin := x
			for x < len(row) && row[x] {
				x++
			}
			if x > begin {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", begin, y, x-begin, x-begin)
			}
		}
	}
	return Square{len(rows), b.String()}, nil
}
