package term

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
)

// TBX is the exchange format of terminology (ISO 30042). Its core is read in
// either edition and style: an entry holds languages, a language holds terms,
// a term has an administrative status. What TBX-Basic has no category for,
// days and official names, travels as notes that a person can read as well:
// "valid_from: 2025-07-01".

// statuses are what TBX calls the standings; the first of each is written.
var statuses = map[Standing][]string{
	Required:  {"preferredTerm-admn-sts", "preferred", "preferredTerm"},
	Allowed:   {"admittedTerm-admn-sts", "admitted", "admittedTerm", "standardizedTerm", "regulatedTerm-admn-sts", "legalTerm-admn-sts"},
	Forbidden: {"deprecatedTerm-admn-sts", "deprecated", "deprecatedTerm", "supersededTerm-admn-sts", "superseded", "notRecommended"},
}

// deepest is how deep elements may lie in each other; the format needs nine.
const deepest = 32

// tbxReader reads a file element by element; nothing is kept but entries.
type tbxReader struct {
	main    string // the language of the file
	entries []entry

	depth    int
	entry    *tbxEntry
	lang     string
	text     strings.Builder
	category string // of the element that is being read
	target   string
}

// tbxEntry is an entry as it is read.
type tbxEntry struct {
	line       int
	langs      []string
	terms      map[string][]*tbxTerm
	definition string
	notes      []string
	said       map[string]string
}

type tbxTerm struct {
	text     string
	standing Standing
}

func readTBX(text string) ([]entry, error) {
	d := xml.NewDecoder(strings.NewReader(text))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is text already
	r := &tbxReader{}
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) && len(r.entries) > 0 {
			return r.entries, nil
		}
		if errors.Is(err, io.EOF) {
			return nil, refuseList("error.term.empty")
		}
		line, _ := d.InputPos()
		if err != nil || r.depth > deepest {
			return nil, refuseList("error.term.line", "Line", line)
		}
		switch token := token.(type) {
		case xml.StartElement:
			if r.depth == 0 && token.Name.Local != "tbx" && token.Name.Local != "martif" {
				return nil, refuseList("error.term.no_tbx")
			}
			r.begin(token, line)
		case xml.CharData:
			r.text.Write(token)
		case xml.EndElement:
			r.end(token.Name.Local)
		}
		if len(r.entries) > MaxEntries {
			return nil, refuseList("error.term.many", "Max", MaxEntries)
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

var region = regexp.MustCompile(`-[a-z]{2}$`)

// language reads a tag; which country's English it is, we do not ask.
func language(tag string) string { return region.ReplaceAllString(strings.ToLower(tag), "") }

func (r *tbxReader) begin(e xml.StartElement, line int) {
	if r.depth == 0 {
		r.main = language(attribute(e, "lang"))
	}
	r.depth++
	switch e.Name.Local {
	case "conceptEntry", "termEntry":
		r.entry = &tbxEntry{line: line, terms: map[string][]*tbxTerm{}, said: map[string]string{}}
		r.lang = ""
	case "langSec", "langSet":
		r.lang = language(attribute(e, "lang"))
	case "tig", "ntig", "termSec":
		if r.entry != nil && r.lang != "" {
			if !slices.Contains(r.entry.langs, r.lang) {
				r.entry.langs = append(r.entry.langs, r.lang)
			}
			r.entry.terms[r.lang] = append(r.entry.terms[r.lang], &tbxTerm{})
		}
	case "hi", "foreign": // within a text
		return
	}
	r.category, r.target = attribute(e, "type"), attribute(e, "target")
	if r.category == "" {
		r.category = e.Name.Local
	}
	r.text.Reset()
}

func (r *tbxReader) end(name string) {
	r.depth--
	if r.entry == nil || name == "hi" || name == "foreign" {
		return
	}
	text := tidyLine(r.text.String())
	r.text.Reset()
	var last *tbxTerm
	if terms := r.entry.terms[r.lang]; len(terms) > 0 {
		last = terms[len(terms)-1]
	}
	switch {
	case name == "conceptEntry" || name == "termEntry":
		r.entries = append(r.entries, r.entry.entry(r.main))
		r.entry = nil
	case name == "term" && last != nil:
		last.text = text
	case r.category == "administrativeStatus" && last != nil:
		for s, names := range statuses {
			if slices.Contains(names, text) {
				last.standing = s
			}
		}
	case r.category == "definition" && r.entry.definition == "":
		r.entry.definition = text
	case r.category == "source" && r.entry.said[documentColumn] == "" && r.lang == "":
		r.entry.said[documentColumn] = text
	case r.category == "externalCrossReference" && r.lang == "":
		r.entry.said[linkColumn] = r.target
	case name == "note":
		r.entry.note(text)
	}
}

// carried are the particulars that travel as notes.
var carried = []string{langColumn, documentOnColumn, fromColumn, toColumn, lockedColumn}

func (e *tbxEntry) note(text string) {
	name, value, ok := strings.Cut(text, ": ")
	if ok && slices.Contains(carried, name) {
		e.said[name] = value
		return
	}
	e.notes = append(e.notes, text)
}

// entry is the term that an entry of the file is about: worded in the language
// it names, or the file's, or Vietnamese, or the first there is.
func (e *tbxEntry) entry(main string) entry {
	got := entry{row: e.line, said: map[string]bool{}}
	for _, lang := range append([]string{e.said[langColumn], main, "vi"}, e.langs...) {
		if slices.Contains(e.langs, lang) {
			got.term.Lang = lang
			break
		}
	}
	for name, value := range e.said {
		if name != langColumn {
			got.read(name, value)
		}
	}
	if note := strings.Join(append([]string{e.definition}, e.notes...), "\n"); strings.TrimSpace(note) != "" {
		got.read(noteColumn, strings.TrimSpace(note))
	}
	for _, lang := range e.langs {
		for _, s := range Standings {
			got.said[RenderingField(lang, s)] = true
		}
		for _, t := range e.terms[lang] {
			switch {
			case lang != got.term.Lang && t.standing == "": // nobody says that another would do
				got.term.Renderings = append(got.term.Renderings, Rendering{lang, t.text, Required})
			case lang != got.term.Lang || t.standing == Forbidden:
				got.term.Renderings = append(got.term.Renderings, Rendering{lang, t.text, t.standing})
			case got.term.Wording == "" && t.standing != Allowed:
				got.term.Wording = t.text
			default:
				got.term.Variants = append(got.term.Variants, t.text)
			}
		}
	}
	if got.term.Wording == "" && len(got.term.Variants) > 0 {
		got.term.Wording, got.term.Variants = got.term.Variants[0], got.term.Variants[1:]
	}
	got.said[variantsColumn] = true
	return got
}

// What is written, in the order of the format.
type (
	tbxFile struct {
		XMLName xml.Name   `xml:"tbx"`
		Space   string     `xml:"xmlns,attr"`
		Type    string     `xml:"type,attr"`
		Style   string     `xml:"style,attr"`
		Lang    string     `xml:"xml:lang,attr"`
		Source  string     `xml:"tbxHeader>fileDesc>sourceDesc>p"`
		Entries []tbxOneIn `xml:"text>body>conceptEntry"`
	}
	tbxOneIn struct {
		ID         string      `xml:"id,attr"`
		Definition []tbxPart   `xml:"descrip"`
		Source     []tbxPart   `xml:"admin"`
		Notes      []string    `xml:"note"`
		Link       []tbxPart   `xml:"xref"`
		Langs      []tbxLangIn `xml:"langSec"`
	}
	tbxPart struct {
		Type   string `xml:"type,attr"`
		Target string `xml:"target,attr,omitempty"`
		Text   string `xml:",chardata"`
	}
	tbxLangIn struct {
		Lang  string      `xml:"xml:lang,attr"`
		Terms []tbxTermIn `xml:"termSec"`
	}
	tbxTermIn struct {
		Term   string  `xml:"term"`
		Status tbxPart `xml:"termNote"`
	}
)

// WriteTBX writes terms as TBX-Basic of the edition of 2019.
func WriteTBX(w io.Writer, terms []Term) error {
	file := tbxFile{Space: "urn:iso:std:iso:30042:ed-2", Type: "TBX-Basic", Style: "dca", Lang: "vi", Source: "Đối Ngoại"}
	for _, t := range terms {
		file.Entries = append(file.Entries, t.tbx())
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(file); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (t Term) tbx() tbxOneIn {
	out := tbxOneIn{ID: "t" + t.ID}
	if t.Note != "" {
		out.Definition = []tbxPart{{Type: "definition", Text: t.Note}}
	}
	if t.Basis.Document != "" {
		out.Source = []tbxPart{{Type: "source", Text: t.Basis.Document}}
	}
	if t.Basis.Link != "" {
		out.Link = []tbxPart{{Type: "externalCrossReference", Target: t.Basis.Link, Text: t.Basis.Link}}
	}
	said := map[string]string{documentOnColumn: dayOf(t.Basis.On), fromColumn: dayOf(t.From), toColumn: dayOf(t.To)}
	if t.Locked {
		said[lockedColumn] = "yes"
	}
	if t.Lang != "vi" {
		said[langColumn] = t.Lang
	}
	for _, name := range carried {
		if said[name] != "" {
			out.Notes = append(out.Notes, name+": "+said[name])
		}
	}
	for _, lang := range append([]string{t.Lang}, slices.DeleteFunc(t.Languages(), func(l string) bool { return l == t.Lang })...) {
		sec := tbxLangIn{Lang: lang}
		for _, r := range t.advice(lang) {
			sec.Terms = append(sec.Terms, tbxTermIn{r.Text, tbxPart{Type: "administrativeStatus", Text: statuses[r.Standing][0]}})
		}
		out.Langs = append(out.Langs, sec)
	}
	return out
}
