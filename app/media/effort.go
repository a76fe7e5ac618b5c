package media

import (
	"bytes"
	"context"
	"io"

	"doingoai/app/fault"
)

// effort is what decoding a picture takes, as far as it is known before it is
// begun. A file of a few hundred kilobytes can ask for a gigabyte of memory, or
// for minutes of a processor, while all others wait.
type effort struct {
	memory int64 // bytes that are held at one time
	work   int64 // pixels that are gone over, each as often as it is
}

const (
	// maxMemory is what pictures that are being decoded take together: two of a
	// large camera's, or the largest one that is taken alone.
	maxMemory = 512 << 20
	// maxWork is a picture of MaxPixels with the twelve scans of a progressive
	// JPEG as programs write it; that is three or four seconds.
	maxWork = 12 * MaxPixels
	// maxScans is how often any JPEG may go over its pixels. Each scan takes only
	// a few bytes of the file.
	maxScans = 64
)

// What is quickly done does not wait behind what is not.
const (
	quickMemory = 16 << 20
	quickWork   = 40_000_000
	quickLane   = 4 * quickMemory // for all of that together
)

// effortOf reads from an upload's head what decoding it takes. In doubt it is
// the most that the decoders, which are not ours, were seen to take.
func effortOf(data []byte, h header) effort {
	pixels := int64(h.width) * int64(h.height)
	switch h.mediaType {
	case "image/jpeg":
		return effort{pixels * jpegDepth(data) / 16, pixels * int64(scans(data))}
	case "image/png":
		return effort{pixels * pngDepth(data), pixels}
	case "image/gif":
		return effort{2 * pixels, pixels}
	}
	return effort{10 * pixels, pixels} // WebP, with what its transformations need
}

func (e effort) isQuick() bool { return e.memory <= quickMemory && e.work <= quickWork }

// enter waits while others decode what memory is meant for: two pictures at
// most or one large one, and beside them four small ones.
func (r *Room) enter(ctx context.Context, e effort) (leave func(), err error) {
	lane, weight := r.decoding, min(max(e.memory, maxMemory/2), maxMemory)
	if e.isQuick() {
		lane, weight = r.quick, quickMemory
	}
	if err := lane.Acquire(ctx, weight); err != nil {
		return nil, err
	}
	return func() { lane.Release(weight) }, nil
}

// check refuses what takes too much.
func (e effort) check(h header) error {
	if e.memory > maxMemory || e.work > maxWork {
		return fault.New(fault.Invalid, "error.media.too_heavy", "Width", h.width, "Height", h.height)
	}
	return nil
}

// scans counts a JPEG's start-of-scan markers. Bytes of metadata may look like
// one, which is far too rare to matter.
func scans(data []byte) int { return bytes.Count(data, []byte{0xff, 0xda}) }

// jpegDepth is how much memory a pixel takes, in sixteenths of a byte: each of
// its colours at its share of the pixels; of a progressive one four bytes more
// for each, until the last scan; and the whole again where the colours are no
// brightness with two differences.
func jpegDepth(data []byte) int64 {
	progressive, shares, components := jpegFrame(data)
	depth := shares
	if progressive {
		depth *= 5
	}
	if components > 3 || shares >= 3*16 {
		depth += 4 * 16
	}
	return depth
}

// jpegFrame looks for the segment that tells how a JPEG is stored; without one
// it is as bad as can be. shares are the colours' parts of the pixels, in
// sixteenths.
func jpegFrame(data []byte) (progressive bool, shares int64, components int) {
	for at := 2; at+9 < len(data); {
		if data[at] != 0xff {
			at++
			continue
		}
		marker := data[at+1]
		if marker == 0xff || marker == 0 || marker >= 0xd0 && marker <= 0xd8 {
			at++
			continue
		}
		if marker >= 0xc0 && marker <= 0xc2 {
			return marker == 0xc2, sharesIn(data[at+9:]), int(data[at+9])
		}
		at += 2 + max(2, int(data[at+2])<<8|int(data[at+3]))
	}
	return true, 4 * 16, 4
}

// sharesIn reads the sampling of the colours, which begins with their number.
func sharesIn(frame []byte) int64 {
	most, sum := int64(1), int64(0)
	for i := range int(frame[0]) {
		if 2+3*i >= len(frame) {
			break
		}
		across, down := int64(frame[2+3*i]>>4), int64(frame[2+3*i]&15)
		most, sum = max(most, across*down), sum+across*down
	}
	return (sum*16 + most - 1) / most
}

// pngDepth is how many bytes a pixel takes: four colours of one byte or two,
// and an interlaced picture is put together from pictures.
func pngDepth(data []byte) int64 {
	const bits, interlace = 24, 28 // after signature, length, name, width, height
	depth := int64(4)
	if len(data) <= interlace || data[bits] == 16 {
		depth = 8
	}
	if len(data) <= interlace || data[interlace] != 0 {
		depth *= 2
	}
	return depth
}

// patient lets decoders, which know no deadline, read until there is one.
type patient struct {
	ctx context.Context
	io.Reader
}

func (p patient) Read(to []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.Reader.Read(to)
}
