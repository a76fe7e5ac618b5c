package media

import (
	"image"
	"image/draw"
)

// fit answers the size of a w × h picture that is to be at most width wide.
func fit(w, h, width int) (int, int) {
	if w <= width {
		return w, h
	}
	return width, max(1, (h*width+w/2)/w)
}

// shrink scales a stored picture so that it fits a width once it is upright.
func shrink(src image.Image, width, orientation int) *image.RGBA {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	if orientation >= 5 { // on its side: the height becomes the width
		h, w = fit(h, w, width)
	} else {
		w, h = fit(w, h, width)
	}
	return scale(src, w, h)
}

// scale scales down by averaging: each pixel of the result is the mean of the
// area it covers, which neither blurs nor flickers. It reads the source line
// by line and needs memory for two lines beside the result, unlike a general
// resampler, which would need hundreds of megabytes for a large photograph.
func scale(src image.Image, width, height int) *image.RGBA {
	b := src.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	if b.Dx() == width && b.Dy() == height {
		draw.Draw(out, out.Bounds(), src, b.Min, draw.Src)
		return out
	}
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	columns := shares(b.Dx(), width)
	rows := shares(b.Dy(), height)
	narrow := make([]float32, 4*width) // the current line, narrowed
	sum := make([]float32, 4*width)    // the row of the result being gathered
	for y := range b.Dy() {
		draw.Draw(line, line.Bounds(), src, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
		narrowLine(narrow, line.Pix, columns)
		share := rows[y]
		gather(sum, narrow, share.first)
		if share.first < 1 || share.closes {
			flush(out.Pix[share.to*out.Stride:], sum, float32(width)*float32(height)/(float32(b.Dx())*float32(b.Dy())))
			gather(sum, narrow, 1-share.first)
		}
	}
	return out
}

// share says to which cell of the result a cell of the source belongs, and
// with which part; the rest belongs to the next one.
type share struct {
	to     int
	first  float32
	closes bool // ends exactly where the cell of the result ends
}

// shares divides from cells among to cells, to < from or equal.
func shares(from, to int) []share {
	s := make([]share, from)
	for i := range s {
		// In units of 1/to of a source cell, borders are whole numbers.
		start, end := i*to, (i+1)*to
		cell := start / from
		border := (cell + 1) * from
		s[i] = share{to: cell, first: 1, closes: end == border}
		if end > border {
			s[i].first = float32(border-start) / float32(to)
		}
	}
	return s
}

func narrowLine(into []float32, pix []byte, columns []share) {
	clear(into)
	for x, c := range columns {
		p, at := pix[4*x:4*x+4:4*x+4], 4*c.to
		for i, v := range p {
			into[at+i] += float32(v) * c.first
		}
		if c.first < 1 {
			for i, v := range p {
				into[at+4+i] += float32(v) * (1 - c.first)
			}
		}
	}
}

func gather(sum, line []float32, part float32) {
	if part == 0 {
		return
	}
	for i, v := range line {
		sum[i] += v * part
	}
}

// flush writes a gathered row and empties it.
func flush(into []byte, sum []float32, scale float32) {
	for i, v := range sum {
		into[i] = byte(min(255, v*scale+0.5))
	}
	clear(sum)
}

// upright turns and mirrors a picture as its EXIF orientation says.
func upright(src *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 {
		return src
	}
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	if orientation >= 5 {
		out = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := turn(orientation, x, y, w, h)
			copy(out.Pix[out.PixOffset(tx, ty):][:4], src.Pix[src.PixOffset(x, y):][:4])
		}
	}
	return out
}

// turn answers where a stored pixel belongs in the upright picture.
func turn(orientation, x, y, w, h int) (int, int) {
	switch orientation {
	case 2: // mirrored
		return w - 1 - x, y
	case 3: // upside down
		return w - 1 - x, h - 1 - y
	case 4: // mirrored, upside down
		return x, h - 1 - y
	case 5: // mirrored, on its side
		return y, x
	case 6: // turn right
		return h - 1 - y, x
	case 7: // mirrored, on its other side
		return h - 1 - y, w - 1 - x
	case 8: // turn left
		return y, w - 1 - x
	}
	return x, y
}
