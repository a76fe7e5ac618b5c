package strip

import (
	"archive/zip"
	"bytes"
	"io"
	"path"
	"slices"
	"strings"

	"doingoai/app/fault"
)

// An office document is an archive of parts. Each part that a reader needs is
// taken out, cleaned and packed again, without its date and order of bytes;
// pictures, sound and films in it are cleaned like those that come alone.
//
// A change that is tracked is text that somebody struck out, or has not yet
// agreed to. What should become of it is for a person to decide, so documents
// with such changes are refused. Comments are kept, and become nobody's.

// Limits of an archive. They protect memory and time: a few bytes can unpack to
// any size, and no number in the archive is believed.
const (
	maxParts  = 5000
	maxRatio  = 200     // how much larger than packed a document is unpacked
	unasked   = 1 << 20 // what any document may unpack to, however small it is
	maxNested = 2       // documents in documents, such as the table of a chart
)

// office is one of the ways in which documents are made of parts.
type office struct {
	extension string
	rules     officeRules
}

// officeRules say what becomes of the parts of a document.
type officeRules interface {
	// drops says whether a part is left out.
	drops(name string) bool
	// refuses says why a document with a part of this name is refused.
	refuses(name string) error
	// xml cleans a part.
	xml(name string, data []byte) ([]byte, error)
}

// packed is what office documents are until it is known of which kind they are.
const packed = "application/zip"

// offices are the documents that are kept, by what they call themselves.
var offices = map[string]office{
	ooxml + "wordprocessingml.document":   {".docx", ooxmlRules{}},
	ooxml + "spreadsheetml.sheet":         {".xlsx", ooxmlRules{}},
	ooxml + "presentationml.presentation": {".pptx", ooxmlRules{}},
	odf + "text":                          {".odt", odfRules{}},
	odf + "spreadsheet":                   {".ods", odfRules{}},
	odf + "presentation":                  {".odp", odfRules{}},
}

// otherOffices are recognised so that the person is told what to do about them.
var otherOffices = map[string]string{
	ooxml + "wordprocessingml.template": "DOTX", ooxml + "spreadsheetml.template": "XLTX",
	ooxml + "presentationml.template": "POTX", ooxml + "presentationml.slideshow": "PPSX",
	odf + "text-template": "OTT", odf + "graphics": "ODG", "application/epub+zip": "EPUB",
}

const (
	ooxml = "application/vnd.openxmlformats-officedocument."
	odf   = "application/vnd.oasis.opendocument."
)

func stripOffice(s *source, k *Kept) error { return stripNested(s, k, 1) }

func stripNested(s *source, k *Kept, depth int) error {
	a, err := openArchive(s)
	if err != nil {
		return err
	}
	mime, err := a.mime()
	if err != nil {
		return err
	}
	doc, err := officeOf(mime)
	if err != nil {
		return err
	}
	k.Type, k.Extension = mime, doc.extension
	out, err := a.repack(doc.rules, depth)
	if err != nil {
		return err
	}
	k.parts.put(out...)
	return nil
}

// archive is what a document is packed in.
type archive struct {
	parts  []*zip.File
	unpack int64 // how much more may be unpacked
}

func openArchive(s *source) (*archive, error) {
	if s.size > maxHeld {
		return nil, errTooLarge()
	}
	z, err := zip.NewReader(io.NewSectionReader(s.r, 0, s.size), s.size)
	if err != nil {
		return nil, damaged(err)
	}
	a := &archive{unpack: min(maxUnpacked, unasked+maxRatio*s.size)}
	if len(z.File) > maxParts {
		return nil, damaged(nil)
	}
	seen := map[string]bool{}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		name := strings.ToLower(f.Name)
		if !isInside(f.Name) || seen[name] || !f.Mode().IsRegular() {
			return nil, damaged(nil)
		}
		if f.Flags&1 != 0 {
			return nil, errLocked()
		}
		seen[name] = true
		a.parts = append(a.parts, f)
	}
	return a, nil
}

// isInside tells names of parts from those that lead elsewhere when somebody
// unpacks the document.
func isInside(name string) bool {
	return name != "" && name == path.Clean(name) && !strings.HasPrefix(name, "/") && !strings.HasPrefix(name, "..") && !strings.ContainsAny(name, "\\:\x00")
}

// read unpacks a part.
func (a *archive) read(f *zip.File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, a.unpack+1))
	if err != nil {
		return nil, damaged(err)
	}
	if a.unpack -= int64(len(data)); a.unpack < 0 {
		return nil, fault.New(fault.TooLarge, "error.media.unpacks")
	}
	return data, nil
}

// mime is what the document says of itself: in its first part, or in the list
// of its parts.
func (a *archive) mime() (string, error) {
	for _, f := range a.parts {
		if f.Name != "mimetype" && f.Name != ooxmlTypes {
			continue
		}
		data, err := a.read(f)
		if err != nil || f.Name == "mimetype" {
			return string(data), err
		}
		return ooxmlMain(data)
	}
	return "", errArchive("")
}

// officeOf is the kind of document with a media type.
func officeOf(mime string) (office, error) {
	if doc, ok := offices[mime]; ok {
		return doc, nil
	}
	if name, ok := otherOffices[mime]; ok {
		return office{}, errText(name)
	}
	if strings.Contains(mime, "macroEnabled") {
		return office{}, errMacros()
	}
	return office{}, errArchive("")
}

// repack packs what is kept of the parts.
func (a *archive) repack(rules officeRules, depth int) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range a.parts {
		if rules.drops(f.Name) {
			continue
		}
		data, err := a.read(f)
		if err != nil {
			return nil, err
		}
		if data, err = cleanPart(rules, f.Name, data, depth); err != nil {
			return nil, err
		}
		method := zip.Deflate
		if f.Name == "mimetype" { // which programs look for without unpacking
			method = zip.Store
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.Name, Method: method})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(data); err != nil {
			return nil, err
		}
		if out.Len() > maxHeld {
			return nil, errTooLarge()
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

// plainParts are the endings of parts that are kept as they are: drawings of
// Windows and fonts.
var plainParts = []string{".emf", ".wmf", ".wdp", ".odttf", ".fntdata", ".ttf", ".otf"}

// isDrawing tells the drawings that stand for a chart where it cannot be drawn.
var isDrawing = begins("VCLMTF", "\x01\x00\x00\x00")

// cleanPart cleans a part by what it is.
func cleanPart(rules officeRules, name string, data []byte, depth int) ([]byte, error) {
	if err := rules.refuses(name); err != nil || name == "mimetype" || len(data) == 0 {
		return data, err
	}
	if isXML(data) {
		return rules.xml(name, data)
	}
	s := &source{r: bytes.NewReader(data), size: int64(len(data))}
	f, err := recognise(s)
	switch {
	case refusedAs(err, "error.media.format"): // a picture
		return data, nil
	case refusedAs(err, "error.media.unknown_format") && (slices.Contains(plainParts, strings.ToLower(path.Ext(name))) || isDrawing(data)):
		return data, nil
	case err != nil, f.kind == Document && (f.mime != packed || depth == maxNested):
		return nil, errEmbedded()
	}
	k := &Kept{source: s}
	if f.kind == Document {
		err = stripNested(s, k, depth+1)
	} else {
		err = f.strip(s, k)
	}
	if err != nil {
		return nil, err
	}
	return io.ReadAll(k.Reader())
}

// isXML tells XML from what only looks like it: web pages.
func isXML(data []byte) bool {
	return bytes.HasPrefix(bytes.TrimLeft(data, "\xef\xbb\xbf \t\r\n"), []byte("<")) && !isMarkup("<html", "<!doctype html")(data)
}

func refusedAs(err error, key string) bool {
	f, ok := fault.As(err)
	return ok && f.Message.Key == key
}

// refuseOldOffice refuses the documents of before 2007. Newer ones that are
// locked are packed in such a file too.
func refuseOldOffice(s *source, _ *Kept) error {
	data, err := s.whole()
	if err != nil {
		return err
	}
	if bytes.Contains(data, []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")) {
		return errLocked()
	}
	return fault.New(fault.Invalid, "error.media.old_office")
}
