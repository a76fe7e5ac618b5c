package strip_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"strings"
	"testing"

	"doingoai/app/fault"
	"doingoai/app/media/strip"
)

func TestWhatIsNotKeptIsRefusedWithAReason(t *testing.T) {
	for _, c := range []struct{ key, format, begin string }{
		{"error.media.format", "HEIC", "\x00\x00\x00\x18ftypheic"},
		{"error.media.format", "AVIF", "\x00\x00\x00\x18ftypavif"},
		{"error.media.format", "TIFF", "II*\x00"},
		{"error.media.format", "BMP", "BM"},
		{"error.media.format", "SVG", "\xef\xbb\xbf <?xml version=\"1.0\"?>\n<svg onload=\"alert(1)\">"},
		{"error.media.format", "Photoshop", "8BPS"},
		{"error.media.sound_format", "FLAC", "fLaC"},
		{"error.media.sound_format", "AIFF", "FORM\x00\x00\x00\x00AIFF"},
		{"error.media.film_format", "QuickTime (MOV)", "\x00\x00\x00\x14ftypqt  "},
		{"error.media.film_format", "3GP", "\x00\x00\x00\x14ftyp3gp5"},
		{"error.media.film_format", "AVI", "RIFF\x00\x00\x00\x00AVI "},
		{"error.media.film_format", "Matroska (MKV)", "\x1a\x45\xdf\xa3\x8b\x42\x82\x88matroska"},
		{"error.media.film_format", "Windows Media", "\x30\x26\xb2\x75\x8e\x66\xcf\x11"},
		{"error.media.film_format", "Ogg Theora", string(oggPage(2, 0, 0, "\x80theora"))},
		{"error.media.document_format", "RTF", `{\rtf1`},
		{"error.media.archive", "", "Rar!\x1a\x07\x01\x00"},
		{"error.media.archive", "", "7z\xbc\xaf\x27\x1c"},
		{"error.media.archive", "", "\x1f\x8b\x08"},
		{"error.media.archive", "", strings.Repeat("\x00", 257) + "ustar\x0000"},
		{"error.media.program", "", "MZ\x90\x00"},
		{"error.media.program", "", "\x7fELF\x02"},
		{"error.media.program", "", "#!/bin/sh\n"},
		{"error.media.program", "", "<!DOCTYPE html><script>alert(1)</script>"},
		{"error.media.program", "", "\n<html>"},
		{"error.media.unknown_format", "", ""},
		{"error.media.unknown_format", "", "Thông tin đối ngoại"},
		{"error.media.unknown_format", "", "\xff\xfb\x90\x00 a frame of sound that no other follows"},
	} {
		_, err := clean([]byte(c.begin))
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.Invalid || f.Message.Key != c.key {
			t.Errorf("%q: %v, want %s", c.begin, err, c.key)
			continue
		}
		if got, _ := f.Message.Args["Format"].(string); got != c.format {
			t.Errorf("%q is told to be %q, want %q", c.begin, got, c.format)
		}
	}
}

func TestCollectedPicturesAreRefused(t *testing.T) {
	for name, key := range map[string]string{
		"hopper.avif": "error.media.format", "16bit.cropped.tif": "error.media.format",
		"svg-xss-1.svg": "error.media.format", "svg-xss-2.svg": "error.media.format",
	} {
		if _, err := clean(sample(t, "images", name)); err == nil || refusal(t, err) != key {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// everything is an upload of each format that is kept.
func everything(t testing.TB) map[string][]byte {
	all := map[string][]byte{"JPEG": photo(t, 6), "PNG": pngFile(t), "GIF": gifFile(t), "WebP": webpFile(), "PDF": pdfFile("", ""), "Word": ooxmlFile(t, wordType, text), "LibreOffice": odfFile(t, "text", "<a/>")}
	for _, f := range films {
		all[f.name] = f.data
	}
	return all
}

// An upload that ends anywhere is refused, or what is kept of it can be read:
// never a panic, never another kind of error, never a secret.
func TestAnUploadMayEndAnywhere(t *testing.T) {
	for name, data := range everything(t) {
		t.Run(name, func(t *testing.T) {
			step := 1 + len(data)/5000
			for n := 0; n < len(data); n += step {
				invariants(t, data[:n])
			}
		})
	}
}

// Half of a file whose format says how long it is, is no file.
func TestHalfAnUploadIsRefused(t *testing.T) {
	for name, data := range everything(t) {
		_, whole := kept(t, data)
		if name == "MP3" || name == "WebM as it was recorded" || name == "Opus" || name == "Vorbis" {
			continue // streams may end after each of their parts
		}
		if _, err := clean(whole[:len(whole)/2]); err == nil || refusal(t, err) != "error.media.damaged" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// invariants hold for whatever is uploaded.
func invariants(t *testing.T, data []byte) {
	t.Helper()
	k, err := clean(data)
	if err != nil {
		if f, ok := fault.As(err); !ok || f.Kind != fault.Invalid && f.Kind != fault.TooLarge {
			t.Fatalf("%v is no sentence for a person", err)
		}
		return
	}
	n, err := io.Copy(io.Discard, k.Reader())
	if err != nil || n != k.Size() {
		t.Fatalf("%d of %d bytes could be read: %v", n, k.Size(), err)
	}
}

// A file that is two at once, so that each program sees in it what it wants,
// is only one of them when it is kept.
func TestOfFilesThatAreTwoAtOnceOneRemains(t *testing.T) {
	const page = "<html><script>alert(1)</script></html>"
	const archive = "PK\x03\x04PK\x01\x02PK\x05\x06"
	for name, data := range everything(t) {
		both := append(bytes.Clone(data), page+archive...)
		if _, err := clean(both); err != nil {
			if refusal(t, err) != "error.media.damaged" {
				t.Errorf("%s: %v", name, err)
			}
			continue
		}
		_, out := kept(t, both)
		if bytes.Contains(out, []byte("<script>")) || bytes.HasSuffix(out, []byte(archive)) {
			t.Errorf("%s: the other file is still there", name)
		}
	}
}

// Each of these is built to make work without end.
func TestWhatIsBuiltToMakeWorkEnds(t *testing.T) {
	nowhere := film("isom", "vide", "soun", "meta")
	copy(nowhere[bytes.LastIndex(nowhere, []byte("stco"))+12:], "\xff\xff\xff\xf0")
	deep := "x"
	for range 200 {
		deep = box("moov", deep)
	}
	for name, data := range map[string][]byte{
		"boxes in boxes":             []byte(box("ftyp", "isom") + deep),
		"a box longer than the file": []byte(box("ftyp", "isom") + "\xff\xff\xff\xffmoov"),
		"a box of no length":         []byte(box("ftyp", "isom") + "\x00\x00\x00\x04moov"),
		"a box of enormous length":   []byte(box("ftyp", "isom") + be32(1) + "moov" + be32(0xffffffff, 0xffffffff)),
		"chunks that are nowhere":    nowhere,
		"an element of no number":    []byte(webmHead() + "\x00\x00\x00\x00\x00"),
		"an enormous time":           []byte(webmHead() + live(0x18538067, webmTracks("\x01"), live(0x1f43b675, el(0xe7, strings.Repeat("\xff", 9))))),
		"an enormous chunk":          riff("WAVE", "data\xff\xff\xff\xff"),
		"notes longer than the file": []byte("ID3\x04\x00\x00\x7f\x7f\x7f\x7f"),
		"an enormous comment":        oggPage(2, 0, 0, "OpusHead\x01\x01\x38\x01\x80\xbb\x00\x00\x00\x00\x00"),
		"a PNG chunk past the end":   []byte("\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR"),
	} {
		if _, err := clean(data); err == nil || refusal(t, err) != "error.media.damaged" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Of pictures and documents all is read, so they may not be of any length.
func TestWhatIsReadWholeMayNotBeOfAnyLength(t *testing.T) {
	v := &vast{head: []byte("\xff\xd8\xff\xe0"), size: 1 << 30}
	_, err := strip.Clean(v, v.size)
	if fault.KindOf(err) != fault.TooLarge || v.read > 1<<20 {
		t.Errorf("%v, after %d bytes", err, v.read)
	}
}

// A disk that cannot be read is no fault of the person's.
func TestADiskThatFailsIsNotTheirFault(t *testing.T) {
	_, err := strip.Clean(broken{}, 1<<20)
	if err == nil || fault.KindOf(err) != fault.Internal {
		t.Error(err)
	}
}

type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, errors.New("input/output error") }

func FuzzClean(f *testing.F) {
	for _, data := range everything(f) {
		f.Add(data)
	}
	f.Fuzz(invariants)
}

// Tables of sizes and counts are where parsers break: each four bytes of a film
// become the largest number in turn.
func TestNoNumberInAFilmIsBelieved(t *testing.T) {
	for _, c := range films {
		if len(c.data) > 10_000 {
			continue // frames of sound alone, all alike
		}
		for at := 0; at+4 <= len(c.data); at++ {
			for _, n := range []uint32{0, 0x7fffffff, 0xffffffff} {
				data := bytes.Clone(c.data)
				binary.BigEndian.PutUint32(data[at:], n)
				invariants(t, data)
			}
		}
	}
}
