package strip

import (
	"encoding/binary"
	"math"
	"math/bits"
)

// A WebM is a tree of elements, each with a number, a size and content. What is
// left behind is overwritten where it stands, so that the table of contents and
// the index stay true: it becomes Void, or an empty text.
const (
	ebmlHeader  = 0x1a45dfa3
	ebmlVoid    = 0xec
	mkvSegment  = 0x18538067
	mkvInfo     = 0x1549a966
	mkvScale    = 0x2ad7b1
	mkvDuration = 0x4489
	mkvMuxer    = 0x4d80
	mkvWriter   = 0x5741
	mkvTracks   = 0x1654ae6b
	mkvTrack    = 0xae
	mkvType     = 0x83
	mkvVideo    = 0xe0
	mkvWidth    = 0xb0
	mkvHeight   = 0xba
	mkvShownW   = 0x54b0
	mkvShownH   = 0x54ba
	mkvCluster  = 0x1f43b675
	mkvTime     = 0xe7
	mkvBlock    = 0xa3
)

// webmRule says what becomes of an element.
type webmRule int

const (
	webmVoid  webmRule = iota // it is overwritten
	webmKeep                  // as it is
	webmEmpty                 // a text that must be there, and says nothing
	webmOpen                  // each element in it has its own rule
)

// webmRules are the elements that make picture and sound, by what they stand in.
var webmRules = map[uint32]map[uint32]webmRule{
	0: {ebmlHeader: webmKeep, mkvSegment: webmOpen},
	mkvSegment: {
		0x114d9b74: webmKeep, // table of contents
		0x1c53bb6b: webmKeep, // index
		mkvInfo:    webmOpen, mkvTracks: webmOpen, mkvCluster: webmOpen,
	},
	mkvInfo:    {mkvScale: webmKeep, mkvDuration: webmKeep, mkvMuxer: webmEmpty, mkvWriter: webmEmpty},
	mkvTracks:  {mkvTrack: webmOpen},
	mkvTrack:   keepAll(0xd7, 0x73c5, mkvType, 0xb9, 0x88, 0x55aa, 0x9c, 0x6de7, 0x6df8, 0x23e383, 0x55ee, 0x22b59c, 0x22b59d, 0x86, 0x63a2, 0x56aa, 0x56bb, 0xe1, mkvVideo),
	mkvCluster: keepAll(mkvTime, mkvBlock, 0xa0, 0xa7, 0xab),
}

func keepAll(ids ...uint32) map[uint32]webmRule {
	rules := map[uint32]webmRule{}
	for _, id := range ids {
		rules[id] = webmKeep
	}
	return rules
}

// webm walks the elements of a film.
type webm struct {
	*source
	kept     *Kept
	found    map[uint32]bool
	shown    bool    // there is something to see
	scale    uint64  // nanoseconds of a unit of time
	duration float64 // in units
	cluster  uint64  // the time of the cluster
	last     uint64  // the latest time of a block
}

func stripWebM(s *source, k *Kept) error {
	w := &webm{source: s, kept: k, found: map[uint32]bool{}, scale: 1_000_000}
	if _, err := w.walk(0, 0, s.size, true); err != nil {
		return err
	}
	if !w.found[mkvTracks] || !w.found[mkvCluster] {
		return damaged(nil)
	}
	if !w.shown {
		k.Kind, k.Type = Audio, "audio/webm"
	}
	if w.duration <= 0 {
		w.duration = float64(w.last)
	}
	if d := w.duration * float64(w.scale) / 1e9; d < math.MaxInt32 {
		k.Seconds = int(math.Round(d))
	}
	return nil
}

// element is one element; what is live says no size and ends where the next of
// its like begins.
type element struct {
	id       uint32
	at, body int64
	end      int64
	live     bool
}

// walk follows the rules of what stands in a parent. It answers where it ended,
// which is before the end in what is live and followed by another.
func (w *webm) walk(parent uint32, at, end int64, sized bool) (int64, error) {
	rules := webmRules[parent]
	for at < end {
		e, err := w.element(at, end)
		if err != nil {
			return at, err
		}
		rule, ruled := rules[e.id]
		if !ruled && !sized && webmRules[mkvSegment][e.id] != webmVoid {
			return at, nil
		}
		if len(w.kept.parts) > maxPieces {
			return at, damaged(nil)
		}
		switch rule {
		case webmOpen:
			w.kept.parts.keep(e.at, e.body-e.at)
			if at, err = w.walk(e.id, e.body, e.end, !e.live); err != nil {
				return at, err
			}
			w.found[e.id] = true
			if e.id == mkvSegment {
				return at, nil // what follows is no film
			}
			continue
		case webmKeep:
			if err := w.note(parent, e); err != nil {
				return at, err
			}
			w.kept.parts.keep(e.at, e.end-e.at)
		case webmEmpty:
			w.kept.parts.keep(e.at, e.body-e.at)
			w.kept.parts.blank(e.end - e.body)
		default:
			w.void(e.end - e.at)
		}
		if e.live {
			return at, damaged(nil)
		}
		at = e.end
	}
	return at, nil
}

// void fills a stretch with an element of nothing.
func (w *webm) void(n int64) {
	const shortest, short = 2, 128
	if n <= short {
		w.kept.parts.put(ebmlVoid, 0x80|byte(n-shortest))
		w.kept.parts.blank(n - shortest)
		return
	}
	w.kept.parts.put(binary.BigEndian.AppendUint64([]byte{ebmlVoid}, 1<<56|uint64(n-9))...)
	w.kept.parts.blank(n - 9)
}

func (w *webm) element(at, end int64) (element, error) {
	head, err := w.at(at, min(12, end-at))
	if err != nil {
		return element{}, err
	}
	idSize := bits.LeadingZeros8(head[0]) + 1
	if idSize > 4 || idSize >= len(head) {
		return element{}, damaged(nil)
	}
	sizeSize := bits.LeadingZeros8(head[idSize]) + 1
	if sizeSize > 8 || idSize+sizeSize > len(head) {
		return element{}, damaged(nil)
	}
	e := element{id: uint32(number(head[:idSize])), at: at, body: at + int64(idSize+sizeSize)}
	size := number(head[idSize:idSize+sizeSize]) & (1<<(7*sizeSize) - 1)
	switch {
	case size == 1<<(7*sizeSize)-1:
		e.live, e.end = true, end
	case size > uint64(end-e.body):
		return element{}, damaged(nil)
	default:
		e.end = e.body + int64(size)
	}
	return e, nil
}

// note reads what is worth knowing of a film from an element that is kept.
func (w *webm) note(parent uint32, e element) error {
	switch e.id {
	case mkvScale, mkvType, mkvTime, mkvDuration:
		if e.end-e.body > 8 {
			return damaged(nil)
		}
		b, err := w.at(e.body, e.end-e.body)
		if err != nil {
			return err
		}
		return w.noteNumber(e.id, b)
	case mkvBlock:
		return w.noteBlock(e)
	case mkvVideo:
		return w.noteVideo(e)
	}
	return nil
}

func (w *webm) noteNumber(id uint32, b []byte) error {
	n := number(b)
	switch id {
	case mkvScale:
		w.scale = n
	case mkvTime:
		w.cluster = n
	case mkvDuration:
		if w.duration = math.Float64frombits(n); len(b) == 4 {
			w.duration = float64(math.Float32frombits(uint32(n)))
		}
	case mkvType:
		const video, audio = 1, 2
		if n != video && n != audio {
			return errTracks()
		}
		w.shown = w.shown || n == video
	}
	return nil
}

// noteBlock reads when a block is shown: its track, then its time after that of
// its cluster.
func (w *webm) noteBlock(e element) error {
	b, err := w.at(e.body, min(10, e.end-e.body))
	if err != nil {
		return err
	}
	track := 1
	if len(b) > 0 {
		track = bits.LeadingZeros8(b[0]) + 1
	}
	if len(b) < track+2 {
		return damaged(nil)
	}
	if t := int64(w.cluster) + int64(int16(number(b[track:track+2]))); t > int64(w.last) {
		w.last = uint64(t)
	}
	return nil
}

// noteVideo reads how large a film is shown.
func (w *webm) noteVideo(video element) error {
	for at := video.body; at < video.end; {
		e, err := w.element(at, video.end)
		if err != nil {
			return err
		}
		if e.end-e.body <= 4 {
			b, err := w.at(e.body, e.end-e.body)
			if err != nil {
				return err
			}
			switch n := int(number(b)); e.id {
			case mkvWidth, mkvShownW:
				w.kept.Width = n
			case mkvHeight, mkvShownH:
				w.kept.Height = n
			}
		}
		at = e.end
	}
	return nil
}

// number reads bytes as a number, the largest first.
func number(b []byte) uint64 {
	var n uint64
	for _, c := range b {
		n = n<<8 | uint64(c)
	}
	return n
}
