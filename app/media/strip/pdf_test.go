package strip_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"strings"
	"testing"

	"doingoai/app/fault"
	"doingoai/app/media/strip"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
)

// pdfFile is a document of one page: 1 is its catalog, 2 the row of pages, 3 the
// page, 4 what is on it, 5 who made it. Others come after.
func pdfFile(catalog, page string, others ...string) []byte {
	const content = "BT /F1 12 Tf 72 700 Td (Thong tin doi ngoai) Tj ET"
	return pdfOf("/Root 1 0 R/Info 5 0 R", append([]string{
		"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R" + catalog + ">>",
		"<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/LastModified(" + secret + ")/PieceInfo<</Word<</Private(" + secret + ")>>>>" + page + ">>",
		pdfStream("", content),
		"<</Author(" + secret + ")/Title(" + secret + ")/Producer(Word)/CreationDate(D:" + secret + ")>>",
		pdfStream("/Type/Metadata/Subtype/XML", "<x:xmpmeta>"+secret+"</x:xmpmeta>"),
	}, others...)...)
}

func pdfStream(entries, content string) string {
	return fmt.Sprintf("<</Length %d%s>>\nstream\n%s\nendstream", len(content), entries, content)
}

func pdfOf(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var places []int
	for i, o := range objects {
		places = append(places, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, start)
	return b.Bytes()
}

// changed is a document with a change after its end, as programs save one: the
// page as it was before is still in the file.
func changed() []byte {
	before := pdfFile("", "/Was("+secret+")")
	var b bytes.Buffer
	b.Write(before)
	place := b.Len()
	fmt.Fprintf(&b, "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>\nendobj\n")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n3 1\n%010d 00000 n \ntrailer\n<</Size 7/Root 1 0 R/Info 5 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF\n",
		place, bytes.LastIndex(before, []byte("\nxref"))+1, start)
	return b.Bytes()
}

// readAgain opens a document that was kept and answers its objects as text.
func readAgain(t *testing.T, data []byte) (pages int, objects string) {
	t.Helper()
	doc, err := pdfcpu.Read(bytes.NewReader(data), &model.Configuration{Reader15: true, Limits: model.DefaultResourceLimits()})
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.EnsurePageCount(); err != nil {
		t.Fatal(err)
	}
	return doc.PageCount, string(data)
}

func TestDocumentsKeepTheirPagesAndNothingElse(t *testing.T) {
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"who made it":   {pdfFile("", ""), ""},
		"how it was":    {changed(), ""},
		"a note":        {pdfFile("", "/Annots[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/T("+secret+")/M("+secret+")/Contents(Xem lai)>>]"), "(Xem lai)"},
		"a field":       {pdfFile("/AcroForm<</Fields[7 0 R]>>", "/Annots[7 0 R]", "<</Subtype/Widget/Rect[0 0 9 9]/FT/Tx/T(ho_ten)/M("+secret+")>>"), "(ho_ten)"},
		"a link":        {pdfFile("", "/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(https://vbpl.vn)>>>>]"), "(https://vbpl.vn)"},
		"a file beside": {pdfFile("", "/Annots[<</Subtype/Link/Rect[0 0 9 9]/A<</S/GoToR/F(C:/Users/"+secret+")>>>>]"), "/Link"},
		"a signature":   {pdfFile("/Perms<</DocMDP 7 0 R>>", "/Annots[<</Subtype/Widget/Rect[0 0 9 9]/FT/Sig/T(ky)/V 7 0 R>>]", "<</Type/Sig/Name("+secret+")/ByteRange[0 1 2 3]/Contents<00>>>"), "/FT/Sig"},
		"a photograph":  {pdfFile("", "/Resources<</XObject<</Im1 7 0 R>>>>", pdfStream("/Subtype/Image/Filter/DCTDecode", string(photo(t, 6)))), "/DCTDecode"},
		"a thumbnail":   {pdfFile("", "/Thumb 7 0 R", pdfStream("", secret)), ""},
		"a content that is another's": {pdfFile("", "/Resources<</XObject<</Im1 7 0 R>>>>",
			"<</Length 0/F("+secret+")>>\nstream\n\nendstream"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			k, out := kept(t, c.data)
			if k.Kind != strip.Document || k.Type != "application/pdf" || k.Extension != ".pdf" {
				t.Errorf("%s %s %s", k.Kind, k.Type, k.Extension)
			}
			pages, objects := readAgain(t, out)
			if pages != 1 || !strings.Contains(objects, "(Thong tin doi ngoai) Tj") || !strings.Contains(objects, c.want) {
				t.Errorf("%d pages, %s", pages, objects)
			}
			for _, told := range []string{"/Info", "Metadata", "PieceInfo", "Producer", "ByteRange"} {
				if strings.Contains(objects, told) {
					t.Errorf("%s is still there", told)
				}
			}
			if _, twice := kept(t, out); !bytes.Equal(out, twice) {
				t.Error("what is clean changes when it is cleaned again")
			}
		})
	}
}

func TestDocumentsThatRunHideOrLockSomethingAreRefused(t *testing.T) {
	link := func(action string) []byte {
		return pdfFile("", "/Annots[<</Subtype/Link/Rect[0 0 9 9]/A 7 0 R>>]", action)
	}
	file := "<</Type/Filespec/F(a.exe)/EF<</F 8 0 R>>>>"
	for name, c := range map[string]struct {
		data []byte
		key  string
	}{
		"a script":                      {pdfFile("/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>", ""), "error.media.active"},
		"a script whose name is hidden": {pdfFile("/OpenAction<</S/Java#53cript/JS(app.alert\\(1\\))>>", ""), "error.media.active"},
		"scripts by name":               {pdfFile("/Names<</JavaScript<</Names[(a)7 0 R]>>>>", "", "<</S/JavaScript/JS 8 0 R>>", pdfStream("", "app.alert(1)")), "error.media.active"},
		"a script of a page":            {pdfFile("", "/AA<</O 7 0 R>>", "<</S/JavaScript/JS(1)>>"), "error.media.active"},
		"a program":                     {link("<</S/Launch/F(cmd.exe)>>"), "error.media.active"},
		"a form that sends":             {link("<</S/SubmitForm/F(https://example.com)>>"), "error.media.active"},
		"a form with scripts":           {pdfFile("/AcroForm<</XFA 7 0 R>>", "", pdfStream("", "<xdp/>")), "error.media.active"},
		"a file inside":                 {pdfFile("/Names<</EmbeddedFiles<</Names[(a)7 0 R]>>>>", "", file, pdfStream("", "MZ")), "error.media.embedded"},
		"a file that is pinned":         {pdfFile("", "/Annots[<</Subtype/FileAttachment/Rect[0 0 9 9]/FS 7 0 R>>]", file, pdfStream("", "MZ")), "error.media.embedded"},
		"a film":                        {pdfFile("", "/Annots[<</Subtype/RichMedia/Rect[0 0 9 9]>>]"), "error.media.embedded"},
		"locked": {pdfOf("/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>",
			"<</Filter/Standard/V 1/R 2/O<"+strings.Repeat("00", 32)+">/U<"+strings.Repeat("00", 32)+">/P -4>>"), "error.media.locked"},
		"locked in an unknown way": {pdfOf("/Root 1 0 R/Encrypt 2 0 R", "<</Type/Catalog>>", "<</Filter/Other>>"), "error.media.locked"},
		"no page":                  {pdfOf("/Root 1 0 R", "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[]/Count 0>>"), "error.media.damaged"},
		"no catalog":               {pdfOf("", "<</Type/Pages>>"), "error.media.damaged"},
		"nothing":                  {[]byte("%PDF-1.7"), "error.media.damaged"},
		"too many pages":           {manyPages(), "error.media.too_many_pages"},
	} {
		_, err := clean(c.data)
		if f, ok := fault.As(err); !ok || f.Message.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

func manyPages() []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R>>", ""}
	var kids strings.Builder
	for i := range 3001 {
		objects = append(objects, "<</Type/Page/Parent 2 0 R>>")
		fmt.Fprintf(&kids, "%d 0 R ", i+3)
	}
	objects[1] = "<</Type/Pages/Count 3001/Kids[" + kids.String() + "]>>"
	return pdfOf("/Root 1 0 R", objects...)
}

// Objects are packed into streams, which a few bytes can make enormous.
func TestADocumentThatUnpacksWithoutEndIsRefused(t *testing.T) {
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(z, "1 0 "); err != nil {
		t.Fatal(err)
	}
	if _, err := z.Write(bytes.Repeat([]byte(" "), 130<<20)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	bomb := func(streams int) []byte {
		var b bytes.Buffer
		b.WriteString("%PDF-1.5\n")
		rows := []byte{2, 0, 2, 0} // object 1 is packed into 2
		for i := range streams {
			rows = append(rows, 1, byte(b.Len()>>8), byte(b.Len()), 0)
			content := ""
			if i == 0 {
				content = packed.String()
			}
			fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+2, pdfStream("/Type/ObjStm/N 1/First 4/Filter/FlateDecode", content))
		}
		start := b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", streams+2,
			pdfStream(fmt.Sprintf("/Type/XRef/Size %d/W[1 2 1]/Index[1 %d]/Root 1 0 R", streams+2, streams+1), string(rows)), start)
		return b.Bytes()
	}
	for _, streams := range []int{1, 1001} {
		if _, err := clean(bomb(streams)); err == nil || refusal(t, err) != "error.media.damaged" {
			t.Errorf("%d streams: %v", streams, err)
		}
	}
}
