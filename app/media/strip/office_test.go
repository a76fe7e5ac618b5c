package strip_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"doingoai/app/fault"
	"doingoai/app/media/strip"
)

// part is one part of an office document: its name and its content.
type part struct{ name, data string }

func pack(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.SetComment(secret); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// unpack answers the parts of a document that was kept.
func unpack(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(b)
	}
	return parts
}

const (
	wordType  = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	excelType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	showType  = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
	rel       = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// types is the list of parts of a document whose main part is of a type.
func types(main, more string) part {
	return part{"[Content_Types].xml", `<?xml version="1.0"?><Types><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/main.xml" ContentType="` + main + `.main+xml"/><Override PartName="/docProps/core.xml" ContentType="core"/>` + more + `</Types>`}
}

func rels(name string, each ...string) part {
	return part{name, `<Relationships>` + strings.Join(each, "") + `</Relationships>`}
}

func related(kind, target, more string) string {
	return `<Relationship Id="r" Type="` + rel + kind + `" Target="` + target + `"` + more + `/>`
}

const outside = ` TargetMode="External"`

// ooxmlFile is a document of Microsoft's: what everybody sees, and who made it.
func ooxmlFile(t testing.TB, main, content string, more ...part) []byte {
	return pack(t, append([]part{
		types(main, ""),
		rels("_rels/.rels", related("officeDocument", "main.xml", ""), related("core-properties", "docProps/core.xml", ""), related("thumbnail", "docProps/thumbnail.jpeg", "")),
		{"main.xml", content},
		{"docProps/core.xml", `<cp:coreProperties><dc:creator>` + secret + `</dc:creator></cp:coreProperties>`},
		{"docProps/app.xml", `<Properties><Company>` + secret + `</Company></Properties>`},
		{"docProps/custom.xml", `<Properties>` + secret + `</Properties>`},
		{"docProps/thumbnail.jpeg", secret},
		{"customXml/item1.xml", `<SharedWithUsers>` + secret + `</SharedWithUsers>`},
	}, more...)...)
}

// odfFile is an OpenDocument of a kind.
func odfFile(t testing.TB, kind, content string, more ...part) []byte {
	return pack(t, append([]part{
		{"mimetype", "application/vnd.oasis.opendocument." + kind},
		{"content.xml", content},
		{"meta.xml", `<office:document-meta><meta:initial-creator>` + secret + `</meta:initial-creator></office:document-meta>`},
		{"settings.xml", `<s><config:config-item config:name="PrinterName">` + secret + `</config:config-item></s>`},
		{"Thumbnails/thumbnail.png", secret},
		{"META-INF/manifest.xml", `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"/><manifest:file-entry manifest:full-path="Thumbnails/thumbnail.png"/></manifest:manifest>`},
	}, more...)...)
}

const text = `<w:document><w:p><w:r><w:t>Khu công nghiệp Becamex</w:t></w:r></w:p></w:document>`

func TestOfficeDocumentsKeepTheirContentAndNobodysName(t *testing.T) {
	comment := `<w:comments><!-- ` + secret + ` --><w:comment w:id="0" w:author="` + secret + `" w:initials="` + secrets[0] + `" w:date="` + secrets[3] + `"><w:t>Xem lại</w:t></w:comment></w:comments>`
	cells := `<comments><authors><author>` + secret + `</author></authors><commentList><comment authorId="0"><text><r><t>` + secret + `:</t></r><r><t>Xem lại</t></r></text></comment></commentList></comments>`
	note := `<office:text><office:annotation><dc:creator>` + secret + `</dc:creator><dc:date>` + secret + `</dc:date><text:p>Xem lại</text:p></office:annotation></office:text>`
	table := string(ooxmlFile(t, excelType, `<workbook/>`))
	for name, c := range map[string]struct {
		data            []byte
		mime, extension string
		part, want      string
	}{
		"Word":               {ooxmlFile(t, wordType, text), wordType, ".docx", "main.xml", text},
		"when it was typed":  {ooxmlFile(t, wordType, `<w:p w:rsidR="00`+secret+`" w:x="1"><w:t>A</w:t></w:p>`), wordType, ".docx", "main.xml", `<w:p w:x="1"><w:t>A</w:t></w:p>`},
		"comments":           {ooxmlFile(t, wordType, text, part{"word/comments.xml", comment}), wordType, ".docx", "word/comments.xml", `<w:comments><w:comment w:id="0" w:author="Author" w:initials="A"><w:t>Xem lại</w:t></w:comment></w:comments>`},
		"people":             {ooxmlFile(t, wordType, text, part{"word/people.xml", `<w15:person w15:author="` + secret + `"><w15:presenceInfo w15:providerId="AD" w15:userId="` + secret + `"/></w15:person>`}), wordType, ".docx", "word/people.xml", `<w15:person w15:author="Author"><w15:presenceInfo w15:providerId="None" w15:userId="Author"/></w15:person>`},
		"a link":             {ooxmlFile(t, wordType, text, rels("word/_rels/main.xml.rels", related("hyperlink", "https://dongnai.gov.vn", outside))), wordType, ".docx", "main.xml", text},
		"a photograph":       {ooxmlFile(t, wordType, text, part{"word/media/image1.jpeg", string(photo(t, 6))}), wordType, ".docx", "main.xml", text},
		"a drawing":          {ooxmlFile(t, wordType, text, part{"word/media/image1.emf", "\x01\x00\x00\x00l"}), wordType, ".docx", "word/media/image1.emf", "\x01\x00\x00\x00l"},
		"a chart":            {ooxmlFile(t, wordType, text, part{"word/embeddings/Microsoft_Excel_Sheet1.xlsx", table}), wordType, ".docx", "main.xml", text},
		"Excel":              {ooxmlFile(t, excelType, `<workbook><fileSharing userName="`+secret+`"/><x15ac:absPath url="C:\Users\`+secret+`\"/></workbook>`), excelType, ".xlsx", "main.xml", `<workbook><fileSharing userName="Author"/><x15ac:absPath url=""/></workbook>`},
		"comments in Excel":  {ooxmlFile(t, excelType, `<workbook/>`, part{"xl/comments1.xml", cells}), excelType, ".xlsx", "xl/comments1.xml", `<comments><authors><author>Author</author></authors><commentList><comment authorId="0"><text><r><t>Author:</t></r><r><t>Xem lại</t></r></text></comment></commentList></comments>`},
		"a printer":          {ooxmlFile(t, excelType, `<worksheet><pageSetup paperSize="9" r:id="r"/></worksheet>`, part{"xl/printerSettings/printerSettings1.bin", secret}, rels("xl/worksheets/_rels/sheet1.xml.rels", related("printerSettings", "../printerSettings/printerSettings1.bin", ""))), excelType, ".xlsx", "xl/worksheets/_rels/sheet1.xml.rels", `<Relationships></Relationships>`},
		"PowerPoint":         {ooxmlFile(t, showType, `<p:presentation/>`, part{"ppt/commentAuthors.xml", `<p:cmAuthor id="1" name="` + secret + `" initials="` + secret + `"/>`}), showType, ".pptx", "ppt/commentAuthors.xml", `<p:cmAuthor id="1" name="Author" initials="A"/>`},
		"LibreOffice":        {odfFile(t, "text", `<office:text><text:p>Khu công nghiệp</text:p></office:text>`), "application/vnd.oasis.opendocument.text", ".odt", "content.xml", `<office:text><text:p>Khu công nghiệp</text:p></office:text>`},
		"comments in it":     {odfFile(t, "text", note), "application/vnd.oasis.opendocument.text", ".odt", "content.xml", `<office:text><office:annotation><dc:creator>Author</dc:creator><text:p>Xem lại</text:p></office:annotation></office:text>`},
		"its printer":        {odfFile(t, "spreadsheet", `<a/>`), "application/vnd.oasis.opendocument.spreadsheet", ".ods", "settings.xml", `<s></s>`},
		"its list of parts":  {odfFile(t, "presentation", `<a/>`), "application/vnd.oasis.opendocument.presentation", ".odp", "META-INF/manifest.xml", `<manifest:manifest><manifest:file-entry manifest:full-path="content.xml"/></manifest:manifest>`},
		"a link in it":       {odfFile(t, "text", `<text:a xlink:href="https://dongnai.gov.vn"/>`), "application/vnd.oasis.opendocument.text", ".odt", "content.xml", `<text:a xlink:href="https://dongnai.gov.vn"/>`},
		"a photograph in it": {odfFile(t, "text", `<draw:image xlink:href="Pictures/1.jpg"/>`, part{"Pictures/1.jpg", string(photo(t, 6))}), "application/vnd.oasis.opendocument.text", ".odt", "content.xml", `<draw:image xlink:href="Pictures/1.jpg"/>`},
	} {
		t.Run(name, func(t *testing.T) {
			k, out := kept(t, c.data)
			if k.Kind != strip.Document || k.Type != c.mime || k.Extension != c.extension {
				t.Errorf("%s %s %s", k.Kind, k.Type, k.Extension)
			}
			parts := unpack(t, out)
			if parts[c.part] != c.want {
				t.Errorf("%s is %s", c.part, parts[c.part])
			}
			tellNothing(t, parts)
			if _, twice := kept(t, out); !bytes.Equal(out, twice) {
				t.Error("what is clean changes when it is cleaned again")
			}
		})
	}
}

// tellNothing looks for secrets in parts, and in the parts of documents in them.
func tellNothing(t *testing.T, parts map[string]string) {
	t.Helper()
	for name, data := range parts {
		if strings.HasPrefix(name, "docProps") || strings.HasPrefix(name, "customXml") || strings.Contains(data, "docProps") {
			t.Errorf("%s is kept, or says that there is more", name)
		}
		for _, s := range secrets {
			if strings.Contains(data, s) {
				t.Errorf("%s still tells %q", name, s)
			}
		}
		if strings.HasPrefix(data, "PK") {
			tellNothing(t, unpack(t, []byte(data)))
		}
	}
}

func TestPartsDoNotTellWhenTheyWerePacked(t *testing.T) {
	_, out := kept(t, sample(t, "import-docx", "pandoc", "metadata.docx"))
	z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if f.Modified.Year() > 1980 {
			t.Errorf("%s was packed at %v", f.Name, f.Modified)
		}
	}
}

func TestOfficeDocumentsThatRunHideOrFetchSomethingAreRefused(t *testing.T) {
	word := func(more ...part) []byte { return ooxmlFile(t, wordType, text, more...) }
	const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	nested := word()
	for range 3 {
		nested = word(part{"word/embeddings/a.docx", string(nested)})
	}
	for name, c := range map[string]struct {
		data []byte
		key  string
	}{
		"macros":                  {word(part{"word/vbaProject.bin", ole}), "error.media.macros"},
		"macros as XML":           {word(part{"word/vbaData.xml", "<wne:vbaSuppData/>"}), "error.media.macros"},
		"a document for macros":   {ooxmlFile(t, "application/vnd.ms-word.document.macroEnabled", text), "error.media.macros"},
		"macros in the list":      {pack(t, types(wordType, `<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>`)), "error.media.macros"},
		"old macros of Excel":     {ooxmlFile(t, excelType, `<workbook/>`, part{"xl/macrosheets/sheet1.xml", `<a/>`}), "error.media.macros"},
		"a control":               {word(part{"word/activeX/activeX1.xml", `<ax:ocx/>`}), "error.media.macros"},
		"a script in a drawing":   {word(part{"word/media/a.svg", `<?xml version="1.0"?><x/><!-- --><svg><script>alert(1)</script></svg>`}), "error.media.macros"},
		"a template elsewhere":    {word(rels("word/_rels/settings.xml.rels", related("attachedTemplate", "https://example.com/a.dotm", outside))), "error.media.outside"},
		"a picture elsewhere":     {word(rels("word/_rels/main.xml.rels", related("image", "https://example.com/a.png", outside))), "error.media.outside"},
		"a link into a folder":    {word(rels("word/_rels/main.xml.rels", related("hyperlink", "file:///C:/Users/an/a.docx", outside))), "error.media.outside"},
		"another table":           {ooxmlFile(t, excelType, `<workbook/>`, part{"xl/externalLinks/externalLink1.xml", `<a/>`}), "error.media.outside"},
		"a command in a field":    {ooxmlFile(t, wordType, `<w:p><w:instrText>D</w:instrText><w:instrText>DEAUTO c:\\windows</w:instrText></w:p>`), "error.media.outside"},
		"changes":                 {ooxmlFile(t, wordType, `<w:p><w:del w:id="1" w:author="A"><w:delText>tiền</w:delText></w:del></w:p>`), "error.media.changes"},
		"changes of looks":        {ooxmlFile(t, wordType, `<w:rPr><w:rPrChange w:id="1"/></w:rPr>`), "error.media.changes"},
		"an object":               {word(part{"word/embeddings/oleObject1.bin", ole}), "error.media.embedded"},
		"a program":               {word(part{"word/media/image1.jpeg", "MZ\x90\x00"}), "error.media.embedded"},
		"a web page":              {word(part{"word/afchunk.htm", "<html><script>alert(1)</script></html>"}), "error.media.embedded"},
		"a PDF":                   {word(part{"word/embeddings/a.pdf", string(pdfFile("", ""))}), "error.media.embedded"},
		"an unknown part":         {word(part{"word/a.bin", "what is it?"}), "error.media.embedded"},
		"too deep":                {nested, "error.media.embedded"},
		"entities":                {ooxmlFile(t, wordType, `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`), "error.media.damaged"},
		"half an element":         {ooxmlFile(t, wordType, `<a><b>`), "error.media.damaged"},
		"another encoding":        {ooxmlFile(t, wordType, "<\x00a\x00>\x00"), "error.media.damaged"},
		"a broken picture":        {word(part{"word/media/image1.jpeg", "\xff\xd8\xff\xe0"}), "error.media.damaged"},
		"a name that leads out":   {word(part{"../../etc/passwd", "a"}), "error.media.damaged"},
		"a name from the root":    {word(part{"/etc/passwd", "a"}), "error.media.damaged"},
		"a name of Windows":       {word(part{`..\a.exe`, "a"}), "error.media.damaged"},
		"a name twice":            {word(part{"MAIN.xml", text}), "error.media.damaged"},
		"a template":              {ooxmlFile(t, "application/vnd.openxmlformats-officedocument.wordprocessingml.template", text), "error.media.document_format"},
		"a book":                  {pack(t, part{"mimetype", "application/epub+zip"}), "error.media.document_format"},
		"any archive":             {pack(t, part{"a.txt", "a"}), "error.media.archive"},
		"Word 97":                 {[]byte(ole + strings.Repeat("\x00", 600)), "error.media.old_office"},
		"Word with a password":    {[]byte(ole + strings.Repeat("\x00", 600) + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"), "error.media.locked"},
		"macros of LibreOffice":   {odfFile(t, "text", `<a/>`, part{"Basic/Standard/Module1.xml", `<a/>`}), "error.media.macros"},
		"what runs on opening":    {odfFile(t, "text", `<office:scripts><script:event-listener script:event-name="dom:load"/></office:scripts>`), "error.media.macros"},
		"its locked parts":        {odfFile(t, "text", `<a/>`, part{"META-INF/b.xml", `<manifest:encryption-data/>`}), "error.media.locked"},
		"its changes":             {odfFile(t, "text", `<text:tracked-changes><text:changed-region/></text:tracked-changes>`), "error.media.changes"},
		"its pictures elsewhere":  {odfFile(t, "text", `<draw:image xlink:href="http://example.com/a.png"/>`), "error.media.outside"},
		"its links into a folder": {odfFile(t, "text", `<text:a xlink:href="file:///home/an/a.odt"/>`), "error.media.outside"},
		"its objects":             {odfFile(t, "text", `<a/>`, part{"Object 1", ole}), "error.media.embedded"},
	} {
		_, err := clean(c.data)
		if f, ok := fault.As(err); !ok || f.Message.Key != c.key {
			t.Errorf("%s: %v, want %s", name, err, c.key)
		}
	}
}

func TestAnArchiveThatUnpacksWithoutEndIsRefused(t *testing.T) {
	many := make([]part, 5001)
	for i := range many {
		many[i] = part{"word/" + strings.Repeat("a", i%70) + string(rune('0'+i/70)), "a"}
	}
	for name, c := range map[string]struct {
		data []byte
		key  string
	}{
		"one part":   {ooxmlFile(t, wordType, "<a>"+strings.Repeat(" ", 4<<20)+"</a>"), "error.media.unpacks"},
		"many parts": {ooxmlFile(t, wordType, text, many...), "error.media.damaged"},
	} {
		if _, err := clean(c.data); err == nil || refusal(t, err) != c.key {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestCollectedDocumentsAreCleaned(t *testing.T) {
	for name, told := range map[string]string{
		"mammoth/comments.docx": "Michael Williamson", "pandoc/comments.docx": "Jesse Rosenthal", "pandoc/metadata.docx": "Jesse Rosenthal",
		"pandoc/image.docx": "", "mammoth/strict-format.docx": "", "mammoth/utf8-bom.docx": "", "pandoc/table_captions_with_field.docx": "",
	} {
		before := unpack(t, sample(t, "import-docx", name))
		_, out := kept(t, sample(t, "import-docx", name))
		after := unpack(t, out)
		words := func(parts map[string]string) int { return strings.Count(parts["word/document.xml"], "<w:t") }
		if words(after) != words(before) || words(after) == 0 {
			t.Errorf("%s: %d texts became %d", name, words(before), words(after))
		}
		for part, data := range after {
			if told != "" && strings.Contains(data, told) {
				t.Errorf("%s: %s still tells %s", name, part, told)
			}
		}
	}
	for name, key := range map[string]string{"pandoc/track_changes_move.docx": "error.media.changes", "mammoth/external-picture.docx": "error.media.outside"} {
		if _, err := clean(sample(t, "import-docx", name)); err == nil || refusal(t, err) != key {
			t.Errorf("%s: %v", name, err)
		}
	}
}
