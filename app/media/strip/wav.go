package strip

import (
	"encoding/binary"
	"slices"
)

// wavKept are the chunks of sound. Recorders and studios write the place, the
// reporter and the notes of the cut into others.
var wavKept = []string{"fmt ", "fact", "data"}

func stripWAV(s *source, k *Kept) error {
	var p pieces
	rate, sound := int64(0), int64(-1)
	for at := int64(12); at+8 <= s.size && sound < 0 && len(p) < maxPieces; {
		c, err := s.riffChunk(at, s.size)
		if err != nil {
			return err
		}
		if c.id == "fmt " {
			format, err := s.at(c.body, min(c.size, 16))
			if err != nil {
				return err
			}
			if len(format) < 16 {
				return damaged(nil)
			}
			rate = int64(binary.LittleEndian.Uint32(format[8:]))
		}
		if slices.Contains(wavKept, c.id) {
			p.keep(at, c.end-at)
		}
		if c.id == "data" {
			sound = c.size
		}
		at = c.end
	}
	if sound < 0 || rate == 0 {
		return damaged(nil)
	}
	k.parts, k.Seconds = asRIFF("WAVE", p), seconds(sound, rate)
	return nil
}
