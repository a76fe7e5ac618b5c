package strip_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"slices"
	"strings"
	"testing"

	"doingoai/app/media/strip"
)

// sound stands in for coded sound and picture, which are kept as they are.
const sound = "coded sound and picture, kept to the last byte"

func mp3File() []byte {
	// MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes for 1152 samples
	frame := "\xff\xfb\x90\x00" + sound + strings.Repeat("s", 417-4-len(sound))
	frames := strings.Repeat(frame, 39)
	id3 := func(body string) string { return "ID3\x04\x00\x00\x00\x00\x00" + string(rune(len(body))) + body }
	ape := func(body string) string {
		size := binary.LittleEndian.AppendUint32(nil, uint32(len(body)+32))
		return body + "APETAGEX\xd0\x07\x00\x00" + string(size) + "\x01\x00\x00\x00\x00\x00\x00\x00" + strings.Repeat("\x00", 8)
	}
	id3v1 := "TAG" + secret + strings.Repeat("\x00", 125-len(secret))
	return []byte(id3("TPE1"+secret) + id3("GEOB"+secret) + frames + id3("TIT2"+secret) + frames + ape("Artist\x00"+secret) + id3v1)
}

func wavFile() []byte {
	format := "\x01\x00\x01\x00\x40\x1f\x00\x00\x40\x1f\x00\x00\x01\x00\x08\x00" // 8 kHz, one byte a sample
	return append(riff("WAVE",
		riffChunk("bext", secret), riffChunk("fmt ", format), riffChunk("LIST", "INFOIART"+secret), riffChunk("fact", "\x40\x1f\x00\x00"),
		riffChunk("data", strings.Repeat("\x80", 12_001)), riffChunk("iXML", secret)), secret...)
}

// oggPage is a page of a stream, with its checksum as the format says it: the
// bits are taken from the highest, and nothing is inverted.
func oggPage(flags byte, position uint64, number uint32, packets ...string) []byte {
	head := append([]byte("OggS\x00"), flags)
	head = binary.LittleEndian.AppendUint64(head, position)
	head = binary.LittleEndian.AppendUint32(head, 77)
	head = binary.LittleEndian.AppendUint32(head, number)
	head = append(head, 0, 0, 0, 0)
	var table []byte
	for _, p := range packets {
		for n := len(p); n >= 0; n -= 255 {
			table = append(table, byte(min(n, 255)))
		}
	}
	page := append(append(append(head, byte(len(table))), table...), strings.Join(packets, "")...)
	binary.LittleEndian.PutUint32(page[22:], oggSum(page))
	return page
}

func oggSum(page []byte) uint32 {
	var sum uint32
	for _, b := range page {
		sum ^= uint32(b) << 24
		for range 8 {
			if sum&0x80000000 != 0 {
				sum = sum<<1 ^ 0x04c11db7
			} else {
				sum <<= 1
			}
		}
	}
	return sum
}

// oggComment is a comment with two notes, of which one is long.
func oggComment(opening, end string) string {
	text := func(s string) string { return string(binary.LittleEndian.AppendUint32(nil, uint32(len(s)))) + s }
	return opening + text("libopus of "+secret) + "\x02\x00\x00\x00" + text("ARTIST="+secret) + text("PICTURE="+strings.Repeat(secret, 4)) + end
}

func opusFile() []byte {
	return slices.Concat(
		oggPage(2, 0, 0, "OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00"),
		oggPage(0, 0, 1, oggComment("OpusTags", "")),
		oggPage(0, 48000, 2, sound), oggPage(4, 96312, 3, sound),
		oggPage(2, 0, 0, "OpusHead"+secret)) // a second stream after the first
}

func vorbisFile() []byte {
	id := "\x01vorbis\x00\x00\x00\x00\x01\x80\xbb\x00\x00" + strings.Repeat("\x00", 13) + "\x01"
	return slices.Concat(
		oggPage(2, 0, 0, id), oggPage(0, 0, 1, oggComment("\x03vorbis", "\x01"), "\x05vorbis"+sound), oggPage(4, 144000, 2, sound))
}

// box is a box of an MP4.
func box(name string, parts ...string) string {
	body := strings.Join(parts, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(body)+8))) + name + body
}

func be32(numbers ...uint32) string {
	var b []byte
	for _, n := range numbers {
		b = binary.BigEndian.AppendUint32(b, n)
	}
	return string(b)
}

// track is a track whose two samples are one chunk at a place in the file.
func track(handler string, sideways bool, place uint32) string {
	made := be32(0xe5123456, 0xe5123457)
	matrix := be32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
	if sideways {
		matrix = be32(0, 0x10000, 0, 0xffff0000, 0, 0, 0, 0, 0x40000000)
	}
	return box("trak",
		box("tkhd", be32(7), made, be32(1, 0, 5000), be32(0, 0, 0, 0), matrix, be32(1920<<16, 1080<<16)),
		box("udta", box("\xa9xyz", secret)), box("meta", secret),
		box("mdia",
			box("mdhd", be32(0), made, be32(1000, 5000, 0x55c40000)),
			box("hdlr", be32(0, 0), handler, be32(0, 0, 0), secret),
			box("minf", box("smhd", be32(0, 0)), box("dinf", box("dref", be32(0, 1), box("url ", be32(1), secrets[0]))),
				box("stbl", box("stsd", be32(0, 0)), box("stsc", be32(0, 1, 1, 2, 1)), box("stsz", be32(0, 0, 2, 20, uint32(len(sound)-20))), box("stco", be32(0, 1, place)), box("uuid", secret)))))
}

// film is an MP4 of picture, sound and a track of positions.
func film(brand string, handlers ...string) []byte {
	head := box("ftyp", brand, be32(512), "isomavc1")
	const media = 8
	telling := sound[:len(sound)-len(secrets[2])] + secrets[2]
	mdat := box("mdat", sound, sound, telling)
	place := uint32(len(head) + media)
	moov := box("mvhd", be32(0, 0xe5123456, 0xe5123457, 1000, 5000), strings.Repeat("\x00", 80))
	for i, h := range handlers {
		moov += track(h, h == "vide", place+uint32(i*len(sound)))
	}
	if !slices.Contains(handlers, "meta") {
		mdat = box("mdat", sound, sound)
	}
	return []byte(head + mdat + box("moov", moov, box("udta", secret), box("meta", secret)) + box("uuid", secret) + box("free", secret))
}

// el is an element of a WebM.
func el(id uint32, parts ...string) string {
	body := strings.Join(parts, "")
	return elID(id) + string(binary.BigEndian.AppendUint64(nil, 1<<56|uint64(len(body)))) + body
}

// live is an element that does not say its size.
func live(id uint32, parts ...string) string { return elID(id) + "\xff" + strings.Join(parts, "") }

func elID(id uint32) string {
	return string(bytes.TrimLeft(binary.BigEndian.AppendUint32(nil, id), "\x00"))
}

func webmHead() string { return el(0x1a45dfa3, el(0x4282, "webm"), el(0x4287, "\x04")) }

func webmTracks(kinds ...string) string {
	var tracks string
	for _, k := range kinds {
		tracks += el(0xae, el(0xd7, "\x01"), el(0x83, k), el(0x536e, secret), el(0x86, "V_VP8"), el(0x258688, secret), el(0xe0, el(0xb0, "\x05\x00"), el(0xba, "\x02\xd0")))
	}
	return el(0x1654ae6b, tracks)
}

func webmInfo(more string) string {
	return el(0x1549a966, "\xbf\x84\x01\x02\x03\x04", el(0x2ad7b1, "\x0f\x42\x40"), el(0x7ba9, secret), el(0x4d80, secret), el(0x5741, secret), el(0x4461, secret[:8]), el(0x73a4, secret), more)
}

// webmSound is a WebM of sound alone.
func webmSound() []byte {
	return []byte(webmHead() + el(0x18538067, webmInfo(""), el(0x1654ae6b, el(0xae, el(0xd7, "\x01"), el(0x83, "\x02"))),
		el(0x1f43b675, el(0xe7, "\x0b\xb8"), el(0xa3, "\x81\x00\x00\x80"+sound))))
}

func webmFile() []byte {
	duration := el(0x4489, "\x45\xdb\x58\x00") // 7019 milliseconds
	return []byte(webmHead() + el(0x18538067, el(0xec, secret), webmInfo(duration), webmTracks("\x01", "\x02"),
		el(0x1f43b675, el(0xe7, "\x00"), el(0xa3, "\x81\x00\x00\x80"+sound)),
		el(0x1254c367, secret), el(0x1941a469, secret), el(0x1043a770, secret)) + secret)
}

// recorded is a film as browsers record it, which end with the connection: no
// sizes and no duration.
func recorded() []byte {
	return []byte(webmHead() + live(0x18538067, webmInfo(""), webmTracks("\x01"),
		live(0x1f43b675, el(0xe7, "\x00"), el(0xa3, "\x81\x00\x00\x80"+sound)),
		live(0x1f43b675, el(0xe7, "\x0b\xb8"), el(0xa3, "\x81\x01\xf4\x80"+sound), el(0xec, secret)),
		el(0x1254c367, secret)))
}

var films = []struct {
	name, mime, extension string
	kind                  strip.Kind
	data                  []byte
	width, height, second int
	sounds                int // how often the sound is in it
}{
	{"MP3", "audio/mpeg", ".mp3", strip.Audio, mp3File(), 0, 0, 2, 78},
	{"WAV", "audio/wav", ".wav", strip.Audio, wavFile(), 0, 0, 2, 0},
	{"Opus", "audio/ogg", ".ogg", strip.Audio, opusFile(), 0, 0, 2, 2},
	{"Vorbis", "audio/ogg", ".ogg", strip.Audio, vorbisFile(), 0, 0, 3, 2},
	{"M4A", "audio/mp4", ".m4a", strip.Audio, film("M4A ", "soun"), 0, 0, 5, 2},
	{"MP4 of sound alone", "audio/mp4", ".m4a", strip.Audio, film("isom", "soun"), 0, 0, 5, 2},
	{"MP4 taken upright", "video/mp4", ".mp4", strip.Video, film("mp42", "soun", "vide"), 1080, 1920, 5, 2},
	{"MP4 with positions", "video/mp4", ".mp4", strip.Video, film("isom", "vide", "soun", "meta"), 1080, 1920, 5, 2},
	{"WebM", "video/webm", ".webm", strip.Video, webmFile(), 1280, 720, 7, 1},
	{"WebM of sound alone", "audio/webm", ".webm", strip.Audio, webmSound(), 0, 0, 3, 1},
	{"WebM as it was recorded", "video/webm", ".webm", strip.Video, recorded(), 1280, 720, 4, 2},
}

func TestSoundAndFilmsKeepTheirTracksAndNothingElse(t *testing.T) {
	for _, c := range films {
		t.Run(c.name, func(t *testing.T) {
			k, out := kept(t, c.data)
			if k.Kind != c.kind || k.Type != c.mime || k.Extension != c.extension {
				t.Errorf("%s %s %s", k.Kind, k.Type, k.Extension)
			}
			if k.Width != c.width || k.Height != c.height || k.Seconds != c.second {
				t.Errorf("%d × %d, %d s", k.Width, k.Height, k.Seconds)
			}
			if n := bytes.Count(out, []byte(sound)); n != c.sounds {
				t.Errorf("the sound is in it %d times, want %d", n, c.sounds)
			}
			if again, twice := kept(t, out); again.Seconds != k.Seconds || !bytes.Equal(out, twice) {
				t.Error("what is clean changes when it is cleaned again")
			}
		})
	}
}

// Where picture and sound stand is written in tables, so nothing may move.
func TestNothingMovesInFilms(t *testing.T) {
	for _, c := range films {
		if c.mime == "audio/mpeg" || c.mime == "audio/wav" || c.mime == "audio/ogg" {
			continue
		}
		_, out := kept(t, c.data)
		if bytes.Index(out, []byte(sound)) != bytes.Index(c.data, []byte(sound)) {
			t.Errorf("%s: the sound moved", c.name)
		}
	}
}

func TestPagesOfOggHaveTheRightSum(t *testing.T) {
	for _, data := range [][]byte{opusFile(), vorbisFile()} {
		_, out := kept(t, data)
		for at, n := 0, uint32(0); at < len(out); n++ {
			head := 27 + int(out[at+26])
			size := head
			for _, s := range out[at+27 : at+head] {
				size += int(s)
			}
			page := bytes.Clone(out[at : at+size])
			told := binary.LittleEndian.Uint32(page[22:])
			clear(page[22:26])
			if oggSum(page) != told || binary.LittleEndian.Uint32(page[18:]) != n {
				t.Errorf("page %d has a wrong sum or number", n)
			}
			at += size
		}
	}
}

func TestTimesAFilmWasMadeAreGone(t *testing.T) {
	_, out := kept(t, film("isom", "vide", "soun"))
	for _, made := range []string{be32(0xe5123456), be32(0xe5123457)} {
		if bytes.Contains(out, []byte(made)) {
			t.Error("a time is still told")
		}
	}
}

// A film in pieces does not say in one place where its tracks are.
func TestFilmsWhoseOtherTracksCannotBeTakenOutAreRefused(t *testing.T) {
	inPieces := append(film("isom", "vide", "meta"), box("moof", box("mfhd", be32(0, 1)))...)
	withText := []byte(webmHead() + el(0x18538067, webmInfo(""), webmTracks("\x01", "\x11"), el(0x1f43b675, el(0xe7, "\x00"))))
	for name, data := range map[string][]byte{"MP4": inPieces, "WebM": withText} {
		if _, err := clean(data); err == nil || refusal(t, err) != "error.media.tracks" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A film of two gigabytes is read where it must be, and never held.
func TestALargeFilmIsNotHeld(t *testing.T) {
	const large = 2 << 30
	head := []byte(box("ftyp", "isom", be32(512)) + box("moov", box("mvhd", be32(0, 0, 0, 1000, 5000), strings.Repeat("\x00", 80)), track("vide", false, 0)) +
		be32(1) + "mdat" + be32(large>>32, large-4096))
	f := &vast{head: head, size: large}
	f.size = int64(len(head)) - 16 + large - 4096
	k, err := strip.Clean(f, f.size)
	if err != nil {
		t.Fatal(err)
	}
	if k.Size() != f.size || f.read > 1<<20 {
		t.Errorf("%d of %d bytes are kept, %d were read", k.Size(), f.size, f.read)
	}
}

// vast is a file of zeros after its head.
type vast struct {
	head []byte
	size int64
	read int64
}

func (v *vast) ReadAt(b []byte, from int64) (int, error) {
	clear(b)
	if from < int64(len(v.head)) {
		copy(b, v.head[from:])
	}
	n := min(int64(len(b)), v.size-from)
	if v.read += n; n < int64(len(b)) {
		return int(n), io.EOF
	}
	return int(n), nil
}
