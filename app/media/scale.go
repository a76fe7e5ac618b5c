package media

import (
	"image"
	"image/draw"
	"sync"
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
// by line and needs memory for one line beside the result, unlike a general
// resampler, which would need hundreds of megabytes for a large photograph.
func scale(src image.Image, width, height int) *image.RGBA {
	b := src.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, width, height))
	if photo, ok := src.(*image.YCbCr); ok && (b.Dx() > width || b.Dy() > height) {
		src = scalePlanes(photo, width, height)
		b = src.Bounds()
	}
	if b.Dx() == width && b.Dy() == height {
		draw.Draw(out, out.Bounds(), src, b.Min, draw.Src)
		return out
	}
	line := image.NewRGBA(image.Rect(0, 0, b.Dx(), 1))
	r := newReducer(4, b.Size(), out.Bounds().Size(), out.Pix, out.Stride)
	for y := range b.Dy() {
		draw.Draw(line, line.Bounds(), src, image.Pt(b.Min.X, b.Min.Y+y), draw.Src)
		r.add(line.Pix)
	}
	return out
}

// scalePlanes scales a photograph as it is stored, brightness and the two
// colours each by itself: what is made to RGB is the result, not the source,
// which has ten times as many pixels.
func scalePlanes(src *image.YCbCr, width, height int) *image.YCbCr {
	out := image.NewYCbCr(image.Rect(0, 0, width, height), src.SubsampleRatio)
	from, to, first := src.Bounds().Size(), out.Bounds().Size(), src.Bounds().Min
	fromColour, toColour := colourSize(from, src.SubsampleRatio), colourSize(to, src.SubsampleRatio)
	var planes sync.WaitGroup
	planes.Go(func() {
		reduce(src.Y[src.YOffset(first.X, first.Y):], src.YStride, from, out.Y, out.YStride, to)
	})
	planes.Go(func() {
		at := src.COffset(first.X, first.Y)
		reduce(src.Cb[at:], src.CStride, fromColour, out.Cb, out.CStride, toColour)
		reduce(src.Cr[at:], src.CStride, fromColour, out.Cr, out.CStride, toColour)
	})
	planes.Wait()
	return out
}

// colourSize is the size of the planes of colour of a photograph.
func colourSize(size image.Point, ratio image.YCbCrSubsampleRatio) image.Point {
	across, down := 1, 1
	switch ratio {
	case image.YCbCrSubsampleRatio422:
		across = 2
	case image.YCbCrSubsampleRatio420:
		across, down = 2, 2
	case image.YCbCrSubsampleRatio440:
		down = 2
	case image.YCbCrSubsampleRatio411:
		across = 4
	case image.YCbCrSubsampleRatio410:
		across, down = 4, 2
	}
	return image.Pt((size.X+across-1)/across, (size.Y+down-1)/down)
}

func reduce(src []byte, stride int, from image.Point, out []byte, outStride int, to image.Point) {
	r := newReducer(1, from, to, out, outStride)
	for y := range from.Y {
		r.add(src[y*stride : y*stride+from.X])
	}
}

// reducer makes the lines of a smaller picture of those of a larger one. All
// its numbers are whole: a source cell is cut where the border of two cells of
// the result goes through it, in parts of 1/to of its side.
type reducer struct {
	channels int
	from, to image.Point // no side of to is longer
	out      []byte
	stride   int
	sum      []uint32 // of the lines that the next line of the result covers
	read     int      // lines of the source
	done     int      // lines of the result
}

func newReducer(channels int, from, to image.Point, out []byte, stride int) *reducer {
	return &reducer{channels: channels, from: from, to: to, out: out, stride: stride, sum: make([]uint32, channels*from.X)}
}

// add takes the next line of the source.
func (r *reducer) add(line []byte) {
	start, end := r.read*r.to.Y, (r.read+1)*r.to.Y
	border := (r.done + 1) * r.from.Y
	r.read++
	if end < border {
		r.gather(line, r.to.Y)
		return
	}
	r.gather(line, border-start)
	r.flush()
	r.gather(line, end-border)
}

func (r *reducer) gather(line []byte, part int) {
	if part == 0 {
		return
	}
	sum, weight := r.sum[:len(line)], uint32(part)
	for i, v := range line {
		sum[i] += uint32(v) * weight
	}
}

// flush writes a line of the result and begins the next one.
func (r *reducer) flush() {
	out := r.out[r.done*r.stride:]
	area := uint64(r.from.X) * uint64(r.from.Y)
	for x := range r.to.X {
		begin, end := x*r.from.X, (x+1)*r.from.X
		first, last := begin/r.to.X, (end-1)/r.to.X
		head, tail := uint64(min(end, (first+1)*r.to.X)-begin), uint64(end-last*r.to.X)
		for c := range r.channels {
			total := head * uint64(r.sum[first*r.channels+c])
			if last > first {
				var whole uint64
				for i := first + 1; i < last; i++ {
					whole += uint64(r.sum[i*r.channels+c])
				}
				total += whole*uint64(r.to.X) + tail*uint64(r.sum[last*r.channels+c])
			}
			out[x*r.channels+c] = byte((total + area/2) / area)
		}
	}
	r.done++
	clear(r.sum)
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
