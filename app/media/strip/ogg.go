package strip

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// maxComment is the longest comment of an Ogg file that is read; the picture of
// a cover may be in it.
const maxComment = 16 << 20

// stripOgg empties the comment, which is the second packet, without moving
// anything: what it said becomes blanks in the name of the encoder. There must
// be one stream of Opus or Vorbis, up to its last page.
func stripOgg(s *source, k *Kept) error {
	first, err := readOggPage(s, 0)
	if err != nil {
		return err
	}
	codec, err := oggCodecOf(s, first)
	if err != nil {
		return err
	}
	p := pieces{{n: first.size()}}
	at, err := codec.blankComment(s, first, &p)
	if err != nil {
		return err
	}
	last := first
	for last.flags&oggLast == 0 && at < s.size {
		if last, err = readOggPage(s, at); err != nil {
			return err
		}
		if last.serial != first.serial {
			return errSound("Ogg")
		}
		p.keep(at, last.size())
		at += last.size()
	}
	k.parts, k.Seconds = p, seconds(last.position-codec.skip, codec.hertz)
	return nil
}

// oggLast marks the last page of a stream.
const oggLast = 4

// oggPage is one page of an Ogg file.
type oggPage struct {
	at       int64
	head     []byte // with the table of segments
	body     int64  // length
	flags    byte
	position int64 // samples until its end
	serial   uint32
	first    int64 // where in the body the first packet ends, -1 when none does
}

func (p oggPage) size() int64 { return int64(len(p.head)) + p.body }

func readOggPage(s *source, at int64) (oggPage, error) {
	head, err := s.at(at, 27)
	if err != nil {
		return oggPage{}, err
	}
	if string(head[:5]) != "OggS\x00" {
		return oggPage{}, damaged(nil)
	}
	if head, err = s.at(at, 27+int64(head[26])); err != nil {
		return oggPage{}, err
	}
	p := oggPage{
		at: at, head: head, flags: head[5], first: -1,
		position: int64(binary.LittleEndian.Uint64(head[6:])), serial: binary.LittleEndian.Uint32(head[14:]),
	}
	for _, n := range head[27:] {
		p.body += int64(n)
		if n < 255 && p.first < 0 {
			p.first = p.body
		}
	}
	if p.size() > s.size-at {
		return oggPage{}, damaged(nil)
	}
	return p, nil
}

func (p oggPage) read(s *source) ([]byte, error) { return s.at(p.at+int64(len(p.head)), p.body) }

// oggCodec is how the sound of a stream is coded, as its first packet says.
type oggCodec struct {
	comment string // how the comment begins
	framed  bool   // and whether a bit ends it
	hertz   int64
	skip    int64 // samples before the sound
}

func oggCodecOf(s *source, first oggPage) (oggCodec, error) {
	id, err := first.read(s)
	switch {
	case err != nil:
		return oggCodec{}, err
	case bytes.HasPrefix(id, []byte("OpusHead")) && len(id) >= 19:
		return oggCodec{"OpusTags", false, 48000, int64(binary.LittleEndian.Uint16(id[10:]))}, nil
	case bytes.HasPrefix(id, []byte("\x01vorbis")) && len(id) >= 30:
		return oggCodec{"\x03vorbis", true, int64(binary.LittleEndian.Uint32(id[12:])), 0}, nil
	case bytes.HasPrefix(id, []byte("\x80theora")):
		return oggCodec{}, errFilm("Ogg Theora")
	}
	return oggCodec{}, errSound("Ogg")
}

// blankComment puts the pages of the comment, saying nothing, and answers where
// they end.
func (c oggCodec) blankComment(s *source, first oggPage, p *pieces) (int64, error) {
	var pages []oggPage
	var packet []byte
	at := first.size()
	for whole := false; !whole; {
		page, err := readOggPage(s, at)
		if err != nil {
			return 0, err
		}
		body, err := page.read(s)
		if err != nil {
			return 0, err
		}
		if page.serial != first.serial {
			return 0, errSound("Ogg") // several streams
		}
		if whole = page.first >= 0; whole {
			body = body[:page.first]
		}
		if packet = append(packet, body...); len(packet) > maxComment {
			return 0, damaged(nil)
		}
		pages, at = append(pages, page), at+page.size()
	}
	if !bytes.HasPrefix(packet, []byte(c.comment)) || !c.blank(packet[len(c.comment):]) {
		return 0, damaged(nil)
	}
	for _, page := range pages {
		body, err := page.read(s)
		if err != nil {
			return 0, err
		}
		n := int64(len(body))
		if page.first >= 0 {
			n = page.first
		}
		copy(body, packet[:n])
		packet = packet[n:]
		p.put(summed(append(slices.Clone(page.head), body...))...)
	}
	return at, nil
}

// blank makes a comment say nothing, in the same length: the encoder's name is
// all blanks, and no note follows.
func (c oggCodec) blank(comment []byte) bool {
	end := 4 // the number of notes
	if c.framed {
		end = 5
	}
	room := len(comment) - 4 - end
	if room < 0 {
		return false
	}
	binary.LittleEndian.PutUint32(comment, uint32(room))
	copy(comment[4:], bytes.Repeat([]byte{' '}, room))
	clear(comment[4+room:])
	if c.framed {
		comment[len(comment)-1] = 1
	}
	return true
}

// summed writes its checksum into a page.
func summed(page []byte) []byte {
	clear(page[22:26])
	var sum uint32
	for _, b := range page {
		sum = sum<<8 ^ oggTable[byte(sum>>24)^b]
	}
	binary.LittleEndian.PutUint32(page[22:], sum)
	return page
}

var oggTable = func() (table [256]uint32) {
	for i := range table {
		r := uint32(i) << 24
		for range 8 {
			high := r&0x80000000 != 0
			if r <<= 1; high {
				r ^= 0x04c11db7
			}
		}
		table[i] = r
	}
	return table
}()
