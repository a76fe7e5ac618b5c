package strip

import "encoding/binary"

// riffChunk is a part of the formats that are built as RIFF: WebP and WAV.
type riffChunk struct {
	id         string
	body, size int64
	end        int64 // after the byte that makes it even
}

func (s *source) riffChunk(at, end int64) (riffChunk, error) {
	head, err := s.at(at, 8)
	if err != nil {
		return riffChunk{}, err
	}
	c := riffChunk{id: string(head[:4]), body: at + 8, size: int64(binary.LittleEndian.Uint32(head[4:]))}
	if c.size > end-c.body {
		return riffChunk{}, damaged(nil)
	}
	c.end = min(end, c.body+c.size+c.size%2) // some leave the last even byte out
	return c, nil
}

// asRIFF is a file of a form, made of what is kept of its chunks.
func asRIFF(form string, chunks pieces) pieces {
	head := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(4+chunks.size()))
	return append(pieces{{n: 12, put: append(head, form...)}}, chunks...)
}
