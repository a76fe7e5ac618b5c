package apptest

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
)

// FileSecret is the name of a person that stands in what these files tell of
// themselves. It must not outlive an upload.
const FileSecret = "Nguyen Van Bi Mat"

// Sound is a WAV of silence, which browsers play.
func Sound(seconds int) []byte {
	const rate = 8000 // one byte a sample
	format := binary.LittleEndian.AppendUint32([]byte("\x01\x00\x01\x00"), rate)
	format = append(binary.LittleEndian.AppendUint32(format, rate), "\x01\x00\x08\x00"...)
	body := "WAVE" + riffChunk("fmt ", string(format)) + riffChunk("LIST", "INFO"+riffChunk("IART", FileSecret+".")) +
		riffChunk("data", strings.Repeat("\x80", seconds*rate))
	return []byte(riffChunk("RIFF", body))
}

func riffChunk(name, body string) string {
	return name + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body
}

// Film is a WebM of 1280 × 720 pixels and seven seconds that holds as many
// bytes of picture as is asked for. Nothing is to be seen in it.
func Film(size int) []byte {
	picture := strings.Repeat("picture ", size/8+1)[:size]
	tracks := ebml(0x1654ae6b, ebml(0xae, ebml(0xd7, "\x01"), ebml(0x83, "\x01"), ebml(0x86, "V_VP8"), ebml(0xe0, ebml(0xb0, "\x05\x00"), ebml(0xba, "\x02\xd0"))))
	info := ebml(0x1549a966, ebml(0x2ad7b1, "\x0f\x42\x40"), ebml(0x4d80, FileSecret), ebml(0x5741, FileSecret), ebml(0x4489, "\x45\xdb\x58\x00"))
	return []byte(ebml(0x1a45dfa3, ebml(0x4282, "webm"), ebml(0x4287, "\x04")) +
		ebml(0x18538067, info, tracks, ebml(0x1f43b675, ebml(0xe7, "\x00"), ebml(0xa3, "\x81\x00\x00\x80"+picture))))
}

func ebml(id uint32, parts ...string) string {
	body := strings.Join(parts, "")
	name := bytes.TrimLeft(binary.BigEndian.AppendUint32(nil, id), "\x00")
	return string(name) + string(binary.BigEndian.AppendUint64(nil, 1<<56|uint64(len(body)))) + body
}

// PDF is a document of one page that says a sentence.
func PDF(sentence string) []byte {
	content := "BT /F1 12 Tf 72 700 Td (" + sentence + ") Tj ET"
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 6 0 R>>>>>>",
		fmt.Sprintf("<</Length %d>>\nstream\n%s\nendstream", len(content), content),
		"<</Author(" + FileSecret + ")>>", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	places := make([]int, len(objects))
	for i, o := range objects {
		places[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R/Info 5 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return b.Bytes()
}
