package strip

import (
	"encoding/binary"
	"slices"
)

// An MP4 is a tree of boxes, each with a size, a name and content. What is left
// behind becomes a free box of zeros where it stood, so that nothing moves and
// the tables of where picture and sound are stay true.

// boxRule says what becomes of a box.
type boxRule int

const (
	boxFree  boxRule = iota // it is overwritten
	boxKeep                 // as it is
	boxOpen                 // each box in it has its own rule
	boxDated                // without the times it was made and changed
	boxNamed                // without the name that a program gave
	boxHere                 // a list of where the content is, which is this file
	boxTrack                // opened, when it is picture or sound
)

// boxRules are the boxes that make picture and sound, by what they stand in.
var boxRules = map[string]map[string]boxRule{
	"":     {"ftyp": boxKeep, "styp": boxKeep, "sidx": boxKeep, "mfra": boxOpen, "mdat": boxKeep, "moov": boxOpen, "moof": boxOpen},
	"moov": {"mvhd": boxDated, "iods": boxKeep, "mvex": boxOpen, "trak": boxTrack},
	"mvex": {"mehd": boxKeep, "trex": boxKeep},
	"trak": {"tkhd": boxDated, "edts": boxOpen, "mdia": boxOpen},
	"edts": {"elst": boxKeep},
	"mdia": {"mdhd": boxDated, "hdlr": boxNamed, "elng": boxKeep, "minf": boxOpen},
	"minf": {"vmhd": boxKeep, "smhd": boxKeep, "dinf": boxOpen, "stbl": boxOpen},
	"dinf": {"dref": boxHere},
	"stbl": keepBoxes("stsd", "stts", "ctts", "cslg", "stsc", "stsz", "stz2", "stco", "co64", "stss", "stsh", "padb", "stdp", "sdtp", "sbgp", "sgpd", "subs", "saiz", "saio"),
	"mfra": {"tfra": boxKeep, "mfro": boxKeep},
	"moof": {"mfhd": boxKeep, "traf": boxOpen},
	"traf": keepBoxes("tfhd", "tfdt", "trun", "sdtp", "sbgp", "sgpd", "subs", "saiz", "saio"),
}

func keepBoxes(names ...string) map[string]boxRule {
	rules := map[string]boxRule{}
	for _, n := range names {
		rules[n] = boxKeep
	}
	return rules
}

// mp4 walks the boxes of a film.
type mp4 struct {
	*source
	kept  *Kept
	found map[string]bool
	track string    // what the track is that is open
	told  []stretch // the content of tracks that are neither picture nor sound
}

func stripMP4(s *source, k *Kept) error {
	m := &mp4{source: s, kept: k, found: map[string]bool{}}
	if err := m.walk("", 0, s.size); err != nil {
		return err
	}
	switch {
	case !m.found["moov"] || !m.found["mdat"]:
		return damaged(nil)
	case m.found["vide"]:
		k.Kind, k.Type, k.Extension = Video, "video/mp4", ".mp4"
	case m.found["soun"]:
		k.Kind, k.Type, k.Extension = Audio, "audio/mp4", ".m4a"
	default:
		return damaged(nil)
	}
	if m.found["other"] && m.found["moof"] {
		return errTracks()
	}
	k.parts = k.parts.without(m.told)
	return nil
}

// box is one box of an MP4.
type box struct {
	name          string
	at, body, end int64
}

func (m *mp4) box(at, end int64) (box, error) {
	head, err := m.at(at, min(16, end-at))
	if err != nil {
		return box{}, err
	}
	if len(head) < 8 {
		return box{}, damaged(nil)
	}
	b := box{name: string(head[4:8]), at: at, body: at + 8}
	size := uint64(binary.BigEndian.Uint32(head))
	switch {
	case size == 0:
		size = uint64(end - at)
	case size == 1 && len(head) == 16:
		size, b.body = binary.BigEndian.Uint64(head[8:]), at+16
	}
	if size < uint64(b.body-at) || size > uint64(end-at) {
		return box{}, damaged(nil)
	}
	b.end = at + int64(size)
	return b, nil
}

// walk follows the rules of what stands in a parent.
func (m *mp4) walk(parent string, at, end int64) error {
	for at < end {
		b, err := m.box(at, end)
		if err != nil {
			return err
		}
		if len(m.kept.parts) > maxPieces {
			return damaged(nil)
		}
		rule := boxRules[parent][b.name]
		if rule != boxFree {
			m.found[b.name] = true
		}
		if err := m.follow(rule, b); err != nil {
			return err
		}
		at = b.end
	}
	return nil
}

func (m *mp4) follow(rule boxRule, b box) error {
	switch rule {
	case boxTrack:
		shown, err := m.shown(b)
		if err != nil {
			return err
		}
		if !shown {
			m.free(b)
			return m.tell(b)
		}
		fallthrough
	case boxOpen:
		m.kept.parts.keep(b.at, b.body-b.at)
		return m.walk(b.name, b.body, b.end)
	case boxDated:
		return m.undate(b)
	case boxNamed:
		return m.unname(b)
	case boxHere:
		return m.here(b)
	case boxKeep:
		m.kept.parts.keep(b.at, b.end-b.at)
	default:
		m.free(b)
	}
	return nil
}

// free fills the place of a box with nothing, keeping how its size is written.
func (m *mp4) free(b box) {
	m.kept.parts.keep(b.at, 4)
	m.kept.parts.put([]byte("free")...)
	m.kept.parts.keep(b.at+8, b.body-b.at-8)
	m.kept.parts.blank(b.end - b.body)
}

// Heads of films, tracks and media begin with the times they were made and
// changed, of 4 bytes each in version 0 and 8 in version 1; what comes then is
// read for how long and how large the film is.
func (m *mp4) undate(b box) error {
	const most = 256
	head, err := m.at(b.body, min(most, b.end-b.body))
	if err != nil {
		return err
	}
	times := 8
	if len(head) > 0 && head[0] == 1 {
		times = 16
	}
	if len(head) < 4+times+72 && b.name != "mdhd" || len(head) < 4+times+12 {
		return damaged(nil)
	}
	m.kept.parts.keep(b.at, b.body-b.at+4)
	m.kept.parts.blank(int64(times))
	m.kept.parts.keep(b.body+4+int64(times), b.end-b.body-4-int64(times))
	switch rest := head[4+times:]; b.name {
	case "mvhd":
		scale, units := int64(binary.BigEndian.Uint32(rest)), int64(int32(binary.BigEndian.Uint32(rest[4:])))
		if times == 16 {
			units = int64(binary.BigEndian.Uint64(rest[4:]))
		}
		m.kept.Seconds = seconds(units, scale)
	case "tkhd":
		if m.track == "vide" && m.kept.Width == 0 {
			m.size(head)
		}
	}
	return nil
}

// size reads how large a track is shown: the last two numbers of its head, and
// how it is turned by the matrix before them.
func (m *mp4) size(tkhd []byte) {
	const matrix = 36
	tail := tkhd[len(tkhd)-8-matrix:]
	w, h := int(binary.BigEndian.Uint32(tail[matrix:])>>16), int(binary.BigEndian.Uint32(tail[matrix+4:])>>16)
	if binary.BigEndian.Uint32(tail) == 0 && binary.BigEndian.Uint32(tail[16:]) == 0 { // lying on its side
		w, h = h, w
	}
	m.kept.Width, m.kept.Height = w, h
}

// unname keeps of a handler what it handles: after that come the name of its
// maker and a name for people.
func (m *mp4) unname(b box) error {
	const handled = 12
	if b.end-b.body < handled {
		return damaged(nil)
	}
	m.kept.parts.keep(b.at, b.body-b.at+handled)
	m.kept.parts.blank(b.end - b.body - handled)
	return nil
}

// here keeps of a list of files that each is this one. Another's name may not
// be told, and its content is not here.
func (m *mp4) here(list box) error {
	const head = 8 // version, flags, how many
	if list.end-list.body < head {
		return damaged(nil)
	}
	m.kept.parts.keep(list.at, list.body-list.at+head)
	for at := list.body + head; at < list.end; {
		b, err := m.box(at, list.end)
		if err != nil {
			return err
		}
		flags, err := m.at(b.body, min(4, b.end-b.body))
		if err != nil {
			return err
		}
		if len(flags) < 4 || flags[3]&1 == 0 {
			return damaged(nil)
		}
		m.kept.parts.keep(b.at, b.body-b.at+4)
		m.kept.parts.blank(b.end - b.body - 4)
		at = b.end
	}
	return nil
}

// shown says whether a track is picture or sound. Others hold what phones,
// cameras and drones note from moment to moment, such as where they are.
func (m *mp4) shown(trak box) (bool, error) {
	hdlr, err := m.find(trak, "mdia", "hdlr")
	if err != nil {
		return false, err
	}
	b, err := m.at(hdlr.body, min(12, hdlr.end-hdlr.body))
	if err != nil {
		return false, err
	}
	if len(b) < 12 {
		return false, damaged(nil)
	}
	if m.track = string(b[8:12]); m.track != "vide" && m.track != "soun" {
		m.found["other"] = true
		return false, nil
	}
	m.found[m.track] = true
	return true, nil
}

// find goes down a path of boxes.
func (m *mp4) find(in box, path ...string) (box, error) {
	for _, name := range path {
		at := in.body
		for {
			if at >= in.end {
				return box{}, damaged(nil)
			}
			b, err := m.box(at, in.end)
			if err != nil {
				return box{}, err
			}
			if at = b.end; b.name == name {
				in = b
				break
			}
		}
	}
	return in, nil
}

// tell notes where the content of a track stands, so that it is overwritten:
// its samples are in chunks, a table says how many are in each.
func (m *mp4) tell(trak box) error {
	stbl, err := m.find(trak, "mdia", "minf", "stbl")
	if err != nil {
		return err
	}
	chunks, err := m.chunks(stbl)
	if err != nil {
		return err
	}
	sizes, err := m.sizes(stbl)
	if err != nil {
		return err
	}
	runs, err := m.table(stbl, "stsc", 12)
	if err != nil {
		return err
	}
	sample := 0
	for i, from := range chunks {
		for len(runs) > 12 && int64(binary.BigEndian.Uint32(runs[12:])) <= int64(i+1) {
			runs = runs[12:]
		}
		if len(runs) < 12 || len(m.told) > maxPieces {
			return damaged(nil)
		}
		next := sample + int(binary.BigEndian.Uint32(runs[4:]))
		if next > sizes.count {
			return damaged(nil)
		}
		n := sizes.sum(sample, next)
		if from < 0 || n < 0 || n > m.source.size-from {
			return damaged(nil)
		}
		m.told, sample = append(m.told, stretch{from, from + n}), next
	}
	if sample != sizes.count {
		return damaged(nil)
	}
	return nil
}

// table reads a table with rows of so many bytes, after its count.
func (m *mp4) table(stbl box, name string, row int64) ([]byte, error) {
	b, err := m.find(stbl, name)
	if err != nil {
		return nil, err
	}
	data, err := m.at(b.body, b.end-b.body)
	if err != nil {
		return nil, err
	}
	if len(data) < 8 || int64(binary.BigEndian.Uint32(data[4:]))*row > int64(len(data)-8) {
		return nil, damaged(nil)
	}
	return data[8 : 8+int64(binary.BigEndian.Uint32(data[4:]))*row], nil
}

// chunks are the places where the chunks of a track begin.
func (m *mp4) chunks(stbl box) ([]int64, error) {
	name, row := "stco", int64(4)
	if _, err := m.find(stbl, "co64"); err == nil {
		name, row = "co64", 8
	}
	data, err := m.table(stbl, name, row)
	if err != nil {
		return nil, err
	}
	var places []int64
	for b := range slices.Chunk(data, int(row)) {
		places = append(places, int64(number(b)))
	}
	return places, nil
}

// sampleSizes are the sizes of a track's samples: one for all, or each its own.
type sampleSizes struct {
	all   int64
	each  []byte
	count int
}

// sum is the size of the samples from one to before another.
func (s sampleSizes) sum(from, to int) int64 {
	if s.all != 0 {
		return s.all * int64(to-from)
	}
	n := int64(0)
	for ; from < to; from++ {
		n += int64(binary.BigEndian.Uint32(s.each[4*from:]))
	}
	return n
}

func (m *mp4) sizes(stbl box) (sampleSizes, error) {
	b, err := m.find(stbl, "stsz")
	if err != nil {
		return sampleSizes{}, err
	}
	data, err := m.at(b.body, b.end-b.body)
	if err != nil {
		return sampleSizes{}, err
	}
	if len(data) < 12 {
		return sampleSizes{}, damaged(nil)
	}
	s := sampleSizes{int64(binary.BigEndian.Uint32(data[4:])), data[12:], int(binary.BigEndian.Uint32(data[8:]))}
	if s.all == 0 && s.count > len(s.each)/4 || s.all*int64(s.count) > m.source.size || s.count > 1<<31 || s.all > 1<<31 {
		return sampleSizes{}, damaged(nil)
	}
	return s, nil
}
