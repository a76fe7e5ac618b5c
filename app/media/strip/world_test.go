package strip_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"strings"
	"testing"

	"doingoai/app/apptest"
	"doingoai/app/fault"
	"doingoai/app/media/strip"
)

// secrets stand in every upload of these tests, and in nothing that is kept.
var secrets = []string{"Nguoi Chup Anh", "GPSLatitude", "+11.7512+106.7235/", "2026:11:25"}

// secret is all of them in one text.
var secret = strings.Join(secrets, "|")

func clean(data []byte) (*strip.Kept, error) {
	return strip.Clean(bytes.NewReader(data), int64(len(data)))
}

// kept is what remains of an upload, which must be accepted and tell no secret.
func kept(t testing.TB, data []byte) (*strip.Kept, []byte) {
	t.Helper()
	k, err := clean(data)
	if err != nil {
		t.Fatal(err)
	}
	out, err := io.ReadAll(k.Reader())
	if err != nil {
		t.Fatal(err)
	}
	if int64(len(out)) != k.Size() {
		t.Errorf("%d bytes are kept, and %d are announced", len(out), k.Size())
	}
	for _, s := range secrets {
		if bytes.Contains(out, []byte(s)) {
			t.Errorf("%q is still told", s)
		}
	}
	return k, out
}

// refusal is the key of the sentence an upload is refused with.
func refusal(t testing.TB, err error) string {
	t.Helper()
	f, ok := fault.As(err)
	if !ok {
		t.Fatalf("%v is no refusal", err)
	}
	return f.Message.Key
}

func sample(t testing.TB, parts ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(apptest.TestData(t, parts...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func drawing(w, h int) image.Image {
	m := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black, color.RGBA{200, 30, 30, 255}})
	for y := range h {
		for x := range w {
			m.SetColorIndex(x, y, uint8((x/4+y/3)%3))
		}
	}
	return m
}

// photo is a JPEG whose camera told everything: in EXIF data that also say how
// to turn it, in XMP, in IPTC and in a comment, and with more after its end.
func photo(t testing.TB, orientation byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, drawing(40, 30), nil); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	out := bytes.Clone(plain[:2])
	for marker, body := range map[byte]string{
		0xe1: "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(rune(orientation)) + "\x00\x00\x00\x00\x00\x00" + secret,
		0xe2: "MPF\x00" + secret,
		0xed: "Photoshop 3.0\x00" + secret,
		0xe0: "JFXX\x00" + secret,
		0xfe: secret,
	} {
		out = append(out, jpegSegment(marker, body)...)
	}
	out = append(out, jpegSegment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+secret)...)
	return append(append(out, plain[2:]...), "\xff\xd8"+secret...)
}

func jpegSegment(marker byte, body string) []byte {
	return append(binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(body)+2)), body...)
}

// chunk is a PNG chunk.
func chunk(kind, body string) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	out = append(append(out, kind...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

func pngFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, drawing(40, 30)); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	const head = 33 // signature and IHDR
	out := bytes.Clone(plain[:head])
	for _, c := range [][]byte{
		chunk("tEXt", "Author\x00"+secret), chunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+secret), chunk("tIME", "\x07\xea\x0b\x19\x00\x00\x00"),
		chunk("eXIf", "II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x08\x00\x00\x00\x00\x00\x00\x00"+secret),
	} {
		out = append(out, c...)
	}
	return append(append(out, plain[head:]...), secret...)
}

func gifFile(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := gif.Encode(&b, drawing(40, 30), nil); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	head := 13 + 3<<(plain[10]&7+1)
	if plain[10]&0x80 == 0 {
		head = 13
	}
	out := bytes.Clone(plain[:head])
	out = append(out, "!\xfe"+string(rune(len(secret)))+secret+"\x00"...)
	out = append(out, "!\xff\x0bXMP DataXMP"+string(rune(len(secret)))+secret+"\x00"...)
	return append(append(out, plain[head:]...), secret...)
}

// riff is a RIFF file of a form.
func riff(form string, chunks ...string) []byte {
	body := form + strings.Join(chunks, "")
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func riffChunk(id, body string) string {
	size := binary.LittleEndian.AppendUint32(nil, uint32(len(body)))
	return id + string(size) + body + strings.Repeat("\x00", len(body)%2)
}

// webpFile is one pixel, coded without loss.
func webpFile() []byte {
	return riff("WEBP",
		riffChunk("VP8X", "\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00"),
		riffChunk("VP8L", "/\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00"),
		riffChunk("EXIF", "Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"+secret),
		riffChunk("XMP ", secret))
}
