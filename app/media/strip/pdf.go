package strip

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"time"

	"doingoai/app/fault"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// A PDF is a graph of objects; what nothing leads to is still in the file, such
// as the pages as they were before the last change. So the objects that the
// catalog leads to are written anew, without what tells of people and programs.
// That makes an electronic signature void, which covers the bytes as they were:
// it is left out, and what it shows on the page stays.
//
// pdfcpu reads the objects. It does not write them: it would note itself, the
// time and a number at random, and the same upload would not be the same file.

// Limits of a PDF.
const (
	maxPages         = 3000
	maxPDFTime       = 30 * time.Second
	maxObjectStreams = 1000
	maxUnpacked      = 256 << 20 // of all its object streams
)

// pdfDropped are the entries that tell of people, programs and earlier times,
// or hold for others what the page does not show.
var pdfDropped = []string{
	"Metadata", "PieceInfo", "LastModified", "Thumb", "Threads", "SpiderInfo", "Legal", "Perms", "DSS", "SigFlags",
	"Author", "Creator", "CreatorInfo", "Producer", "CreationDate", "ModDate",
}

// pdfActive are the actions that run or fetch something.
var pdfActive = []string{"JavaScript", "Launch", "SubmitForm", "ImportData", "GoToE", "Rendition", "RichMediaExecute"}

// pdfHolders are the annotations that hold a file of their own.
var pdfHolders = []string{"FileAttachment", "RichMedia", "Movie", "Sound", "Screen", "3D"}

func stripPDF(s *source, k *Kept) error {
	data, err := s.whole()
	if err != nil {
		return err
	}
	doc, err := readPDF(data)
	if err != nil {
		return err
	}
	p := &pdf{doc: doc, numbers: map[int]int{}}
	p.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	root := p.number(*doc.Root)
	for len(p.queue) > 0 {
		ref := p.queue[0]
		p.queue = p.queue[1:]
		if err := p.object(ref); err != nil {
			return err
		}
	}
	if p.pages == 0 {
		return damaged(nil)
	}
	p.finish(root)
	k.Pages = p.pages
	k.parts.put(p.out.Bytes()...)
	return nil
}

// objectStream finds the streams that objects are packed into, however their
// name is written.
var objectStream = regexp.MustCompile(`/(O|#4[fF])(b|#62)(j|#6[aA])(S|#53)(t|#74)(m|#6[dD])`)

// readPDF reads the objects of a file. They are unpacked into memory, so their
// streams share what there is of it.
func readPDF(data []byte) (doc *model.Context, err error) {
	streams := len(objectStream.FindAllIndex(data, maxObjectStreams+1))
	if streams > maxObjectStreams {
		return nil, damaged(nil)
	}
	conf := pdfConfiguration()
	conf.Limits.MaxStreamBytes = maxHeld
	conf.Limits.MaxDecodeBytes = max(1<<20, maxUnpacked/int64(streams+1))
	conf.Limits.MaxObjectCount, conf.Limits.MaxXRefEntries = 1_000_000, 1_000_000
	ctx, cancel := context.WithTimeout(context.Background(), maxPDFTime)
	defer cancel()
	defer func() {
		if r := recover(); r != nil { // what is hostile may be too much for pdfcpu
			doc, err = nil, damaged(fmt.Errorf("pdfcpu: %v", r))
		}
	}()
	doc, err = pdfcpu.ReadWithContext(ctx, bytes.NewReader(data), conf)
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword), err == nil && doc.Encrypt != nil, err != nil && bytes.Contains(data, []byte("/Encrypt")):
		return nil, errLocked()
	case err != nil:
		return nil, damaged(err)
	case doc.Root == nil:
		return nil, damaged(nil)
	}
	return doc, nil
}

// pdfConfiguration is that of pdfcpu, which would else read and write a folder
// of its own in the home of whoever runs the program.
func pdfConfiguration() *model.Configuration {
	c := model.Configuration{Reader15: true, ValidationMode: model.ValidationRelaxed, Offline: true, Limits: model.DefaultResourceLimits()}
	return &c
}

// pdf writes the objects of a document anew.
type pdf struct {
	doc     *model.Context
	out     bytes.Buffer
	numbers map[int]int // what an object was, and is now
	queue   []types.IndirectRef
	places  []int // of the objects, by number
	pages   int
}

// number is the new number of an object, which will be written.
func (p *pdf) number(ref types.IndirectRef) types.IndirectRef {
	was := ref.ObjectNumber.Value()
	n, known := p.numbers[was]
	if !known {
		n = len(p.numbers) + 1
		p.numbers[was] = n
		p.queue = append(p.queue, ref)
	}
	return types.IndirectRef{ObjectNumber: types.Integer(n)}
}

// object writes one object. They are written in the order of their numbers.
func (p *pdf) object(ref types.IndirectRef) error {
	o, err := p.doc.Dereference(ref)
	if err != nil {
		return damaged(err)
	}
	var raw []byte
	stream, isStream := o.(types.StreamDict)
	if isStream {
		if raw, err = pdfStream(stream); err != nil {
			return err
		}
		o = stream.Dict.Clone()
	}
	o, err = p.value(o)
	if err != nil {
		return err
	}
	p.places = append(p.places, p.out.Len())
	fmt.Fprintf(&p.out, "%d 0 obj\n", len(p.places))
	if d, ok := o.(types.Dict); ok && isStream {
		d.Delete("F") // the content would be another file's
		d.Update("Length", types.Integer(len(raw)))
		fmt.Fprintf(&p.out, "%s\nstream\n%s\nendstream", d.PDFString(), raw)
	} else if o == nil {
		p.out.WriteString("null")
	} else {
		p.out.WriteString(o.PDFString())
	}
	p.out.WriteString("\nendobj\n")
	if p.out.Len() > maxHeld {
		return errTooLarge()
	}
	return nil
}

// pdfStream is the content of a stream. A photograph in a page is a JPEG as its
// camera made it.
func pdfStream(s types.StreamDict) ([]byte, error) {
	if !s.HasSoleFilterNamed("DCTDecode") {
		return s.Raw, nil
	}
	src := &source{r: bytes.NewReader(s.Raw), size: int64(len(s.Raw))}
	k := &Kept{source: src}
	if err := stripJPEG(src, k); err != nil {
		return nil, err
	}
	return io.ReadAll(k.Reader())
}

// value is an object as it is kept, nil for one that is left out.
func (p *pdf) value(o types.Object) (types.Object, error) {
	switch o := o.(type) {
	case types.IndirectRef:
		return p.number(o), nil
	case types.Array:
		out := make(types.Array, len(o))
		for i, v := range o {
			kept, err := p.value(v)
			if err != nil {
				return nil, err
			}
			out[i] = kept
		}
		return out, nil
	case types.Dict:
		return p.dict(o)
	case types.Name, types.Integer, types.Float, types.Boolean, types.StringLiteral, types.HexLiteral:
		return o, nil
	}
	return nil, nil
}

func (p *pdf) dict(d types.Dict) (types.Object, error) {
	name := func(key string) string {
		o, _ := p.doc.Dereference(d[key])
		n, _ := o.(types.Name)
		return n.Value()
	}
	switch {
	case slices.Contains(pdfActive, name("S")), d.HasEntry("XFA"):
		return nil, fault.New(fault.Invalid, "error.media.active")
	case p.holdsFile(d), d.HasEntry("Rect") && slices.Contains(pdfHolders, name("Subtype")):
		return nil, errEmbedded()
	case name("S") == "GoToR", d.HasEntry("ByteRange"): // a file of the author's, or a signature
		return nil, nil
	case name("Type") == "Page":
		if p.pages++; p.pages > maxPages {
			return nil, fault.New(fault.TooLarge, "error.media.too_many_pages", "Max", maxPages)
		}
	}
	out := types.Dict{}
	for _, key := range sortedKeys(d) {
		if slices.Contains(pdfDropped, key) || d.HasEntry("Rect") && tellsWhoNoted(key, name("Subtype")) {
			continue
		}
		kept, err := p.value(d[key])
		if err != nil {
			return nil, err
		}
		if kept != nil {
			out[key] = kept
		}
	}
	return out, nil
}

// tellsWhoNoted says whether an entry of an annotation is who noted it or when.
// In a field of a form, T is its name.
func tellsWhoNoted(key, subtype string) bool {
	return key == "M" || key == "NM" || key == "T" && subtype != "Widget"
}

// holdsFile tells the description of a file that is in the document.
func (p *pdf) holdsFile(d types.Dict) bool {
	files, err := p.doc.Dereference(d["EF"])
	held, ok := files.(types.Dict)
	return err == nil && ok && (held.HasEntry("F") || held.HasEntry("UF"))
}

func sortedKeys(d types.Dict) []string {
	keys := make([]string, 0, len(d))
	for key := range d {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}

// finish writes the table of where objects are.
func (p *pdf) finish(root types.IndirectRef) {
	start := p.out.Len()
	fmt.Fprintf(&p.out, "xref\n0 %d\n0000000000 65535 f \n", len(p.places)+1)
	for _, place := range p.places {
		fmt.Fprintf(&p.out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&p.out, "trailer\n<</Root %s/Size %d>>\nstartxref\n%d\n%%%%EOF\n", root.PDFString(), len(p.places)+1, start)
}
