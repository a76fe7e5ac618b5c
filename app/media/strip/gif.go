package strip

import (
	"image/gif"
)

// A GIF is a row of frames and extensions, each ending in a row of blocks.
const (
	gifFrame     = 0x2c
	gifExtension = 0x21
	gifEnd       = 0x3b
	gifControl   = 0xf9 // the extension that says how a frame is shown
)

// stripGIF keeps the frames and how they are shown; neither comments nor what
// programs put there for themselves.
func stripGIF(s *source, k *Kept) error {
	data, err := s.whole()
	if err != nil {
		return err
	}
	if err := measure(data, k, gif.DecodeConfig); err != nil {
		return err
	}
	k.Orientation = upright
	at := 13 + colours(data[10])
	var p pieces
	p.keep(0, int64(at))
	for frames := 0; ; {
		start := at
		if at >= len(data) {
			return damaged(nil)
		}
		switch data[at] {
		case gifEnd:
			if frames == 0 {
				return damaged(nil)
			}
			p.keep(int64(at), 1)
			k.parts = p
			return nil
		case gifFrame:
			if at+10 > len(data) {
				return damaged(nil)
			}
			frames++
			at = endOfBlocks(data, at+10+colours(data[at+9])+1)
		case gifExtension:
			at = endOfBlocks(data, at+2)
		default:
			return damaged(nil)
		}
		if at < 0 {
			return damaged(nil)
		}
		if data[start] == gifFrame || data[start+1] == gifControl {
			p.keep(int64(start), int64(at-start))
		}
	}
}

// colours is the size of the table of colours that flags announce.
func colours(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// endOfBlocks is where a row of blocks ends, -1 when it does not.
func endOfBlocks(data []byte, at int) int {
	for at < len(data) {
		n := int(data[at])
		at += n + 1
		if n == 0 {
			return at
		}
	}
	return -1
}
