package strip

import "bytes"

// Limits of what may stand between the frames of an MP3: how often, and how
// long frames are looked for until the sound is at its end.
const (
	maxGaps = 1000
	maxGap  = 16 << 20
)

// stripMP3 keeps the frames of sound. The notes before, between and after them
// (ID3, APE, Lyrics3), which hold names, dates and pictures, are left behind.
func stripMP3(s *source, k *Kept) error {
	at, err := afterID3(s)
	if err != nil {
		return err
	}
	var p pieces
	var first mp3Frame
	samples := int64(0)
	for gaps := 0; ; gaps++ {
		f, from, err := findFrames(s, at, first)
		if err != nil {
			return err
		}
		if from < 0 {
			break
		}
		if gaps > maxGaps {
			return damaged(nil)
		}
		first, at = f, from
		for f.size > 0 && f.size <= s.size-at {
			p.keep(at, f.size)
			samples += f.samples
			at += f.size
			if f, err = frameAt(s, at); err != nil {
				return err
			}
			if !f.like(first) {
				break
			}
		}
	}
	if samples == 0 {
		return damaged(nil)
	}
	k.parts, k.Seconds = p, seconds(samples, first.hertz)
	return nil
}

// afterID3 is where the notes at the beginning end.
func afterID3(s *source) (int64, error) {
	at := int64(0)
	for {
		head, err := s.at(at, min(10, s.size-at))
		if err != nil {
			return 0, err
		}
		if len(head) < 10 || string(head[:3]) != "ID3" {
			return at, nil
		}
		size := int64(head[6]&0x7f)<<21 | int64(head[7]&0x7f)<<14 | int64(head[8]&0x7f)<<7 | int64(head[9]&0x7f)
		if head[5]&0x10 != 0 { // with a footer
			size += 10
		}
		if at += 10 + size; at > s.size {
			return 0, damaged(nil)
		}
	}
}

// findFrames looks for the next two frames that follow each other, and are like
// those before. It answers a place below 0 when there are no more.
func findFrames(s *source, at int64, like mp3Frame) (mp3Frame, int64, error) {
	for end := min(s.size, at+maxGap); at+4 <= end; at++ {
		f, err := frameAt(s, at)
		if err != nil {
			return f, -1, err
		}
		if f.size == 0 || f.size > s.size-at || like.size > 0 && !f.like(like) {
			continue
		}
		next, err := frameAt(s, at+f.size)
		if err != nil {
			return f, -1, err
		}
		if next.like(f) || like.size == 0 && at+f.size == s.size {
			return f, at, nil
		}
	}
	return mp3Frame{}, -1, nil
}

// mp3Frame is what the first four bytes of a frame say of it.
type mp3Frame struct {
	version byte
	hertz   int64
	size    int64 // 0: this is no frame
	samples int64
}

func (f mp3Frame) like(other mp3Frame) bool {
	return f.size > 0 && f.version == other.version && f.hertz == other.hertz
}

func frameAt(s *source, at int64) (mp3Frame, error) {
	if s.size-at < 4 {
		return mp3Frame{}, nil
	}
	head, err := s.at(at, 4)
	return frameOfMP3(head), err
}

// Rates of layer III, in 1000 bits a second, and its samplings, by the versions
// MPEG 1, 2 and 2.5.
var (
	mpeg1Rates  = [16]int64{1: 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320}
	mpeg2Rates  = [16]int64{1: 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160}
	mpegHertzes = map[byte][4]int64{3: {44100, 48000, 32000}, 2: {22050, 24000, 16000}, 0: {11025, 12000, 8000}}
)

func frameOfMP3(b []byte) mp3Frame {
	if len(b) < 4 || b[0] != 0xff || b[1]&0xe6 != 0xe2 {
		return mp3Frame{}
	}
	f := mp3Frame{version: b[1] >> 3 & 3, samples: 576}
	rates := mpeg2Rates
	if f.version == 3 {
		rates, f.samples = mpeg1Rates, 1152
	}
	rate := rates[b[2]>>4]
	f.hertz = mpegHertzes[f.version][b[2]>>2&3]
	if rate == 0 || f.hertz == 0 {
		return mp3Frame{}
	}
	f.size = f.samples/8*rate*1000/f.hertz + int64(b[2]>>1&1)
	return f
}

// isMP3 tells a file of sound from others by two frames that follow each other,
// or by the notes before them.
func isMP3(head []byte) bool {
	if bytes.HasPrefix(head, []byte("ID3")) {
		return true
	}
	f := frameOfMP3(head)
	return f.size > 0 && int64(len(head)) > f.size && frameOfMP3(head[f.size:]).like(f)
}

// seconds is how long so many samples last, rounded.
func seconds(samples, hertz int64) int {
	const longest = 1 << 30
	if hertz <= 0 || samples < 0 || samples/hertz > longest {
		return 0
	}
	return int(samples/hertz + (samples%hertz*2)/hertz)
}
