package strip

import (
	"io"
)

// maxHeld is the most of an upload that is in memory at one time. Pictures and
// documents are read whole, of sound and films only what surrounds them.
const maxHeld = 64 << 20

// source is what was uploaded. It reads ahead, as the parts of a film are many
// and each is asked for a few bytes.
type source struct {
	r      io.ReaderAt
	size   int64
	ahead  []byte
	begins int64 // where the bytes that are read ahead stand
	reads  int
}

// Limits of how much work a file may make that is built to make work. A film of
// ten hours is read about five million times.
const (
	maxReads  = 32_000_000
	maxPieces = 500_000
)

// readAhead is how much is read at once when little is asked for.
const readAhead = 16 << 10

// at reads n bytes from a place on. What lies beyond the end is damage.
func (s *source) at(from, n int64) ([]byte, error) {
	switch {
	case from < 0 || n < 0 || n > s.size-from:
		return nil, damaged(io.ErrUnexpectedEOF)
	case n > maxHeld:
		return nil, errTooLarge()
	case s.reads >= maxReads:
		return nil, damaged(nil)
	}
	s.reads++
	b := make([]byte, n)
	if n > readAhead/4 {
		return b, s.read(b, from)
	}
	if off := from - s.begins; off < 0 || off+n > int64(len(s.ahead)) {
		s.ahead, s.begins = make([]byte, min(readAhead, s.size-from)), from
		if err := s.read(s.ahead, from); err != nil {
			s.ahead = nil
			return nil, err
		}
	}
	copy(b, s.ahead[from-s.begins:])
	return b, nil
}

func (s *source) read(b []byte, from int64) error {
	n, err := s.r.ReadAt(b, from)
	if n == len(b) {
		return nil
	}
	return err
}

// whole is all of it, for the formats that are read whole.
func (s *source) whole() ([]byte, error) { return s.at(0, s.size) }

// pieces are what is kept of an upload.
type pieces []piece

// piece is a stretch of the upload, bytes of ours, or as many zeros.
type piece struct {
	from, n int64
	put     []byte
	zeros   bool
}

// keep takes a stretch of the upload; neighbours become one.
func (p *pieces) keep(from, n int64) {
	if n <= 0 {
		return
	}
	if last := len(*p) - 1; last >= 0 {
		if l := &(*p)[last]; l.put == nil && !l.zeros && l.from+l.n == from {
			l.n += n
			return
		}
	}
	*p = append(*p, piece{from: from, n: n})
}

// put takes bytes of ours.
func (p *pieces) put(data ...byte) {
	if len(data) > 0 {
		*p = append(*p, piece{n: int64(len(data)), put: data})
	}
}

// blank takes zeros.
func (p *pieces) blank(n int64) {
	if n > 0 {
		*p = append(*p, piece{n: n, zeros: true})
	}
}

func (p pieces) size() int64 {
	var sum int64
	for _, part := range p {
		sum += part.n
	}
	return sum
}

// of reads what is kept of a source.
func (p pieces) of(s *source) io.Reader {
	return &piecesReader{rest: p, source: s.r}
}

type piecesReader struct {
	rest   pieces
	source io.ReaderAt
	done   int64 // of the first piece
}

func (r *piecesReader) Read(b []byte) (int, error) {
	for len(r.rest) > 0 && r.done == r.rest[0].n {
		r.rest, r.done = r.rest[1:], 0
	}
	if len(r.rest) == 0 {
		return 0, io.EOF
	}
	p := r.rest[0]
	b = b[:min(int64(len(b)), p.n-r.done)]
	n, err := len(b), error(nil)
	switch {
	case p.zeros:
		clear(b)
	case p.put != nil:
		copy(b, p.put[r.done:])
	default:
		n, err = r.source.ReadAt(b, p.from+r.done)
	}
	r.done += int64(n)
	if n == len(b) {
		return n, nil
	}
	if err == io.EOF { // the upload became shorter than it was
		err = io.ErrUnexpectedEOF
	}
	return n, err
}
