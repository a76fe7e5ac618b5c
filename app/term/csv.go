package term

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"doingoai/app/locale"
	"doingoai/app/release"
	"doingoai/app/spreadsheet"
	"doingoai/app/vietnamese"
)

// A table has a column for each of these, and three for each language, such as
// "en required"; "en" alone is what is required. A cell with several texts
// parts them with a bar.
const (
	langColumn       = "language"
	wordingColumn    = "wording"
	variantsColumn   = "variants"
	noteColumn       = "note"
	documentColumn   = "document"
	documentOnColumn = "document_on"
	linkColumn       = "link"
	fromColumn       = "valid_from"
	toColumn         = "valid_to"
	lockedColumn     = "locked"
)

var columns = []string{
	langColumn, wordingColumn, variantsColumn, noteColumn, documentColumn, documentOnColumn, linkColumn, fromColumn, toColumn, lockedColumn,
}

// calledToo are other headings of columns, folded, as people write them in
// Vietnamese.
var calledToo = map[string]string{
	"ngon ngu": langColumn, "thuat ngu": wordingColumn, "bien the": variantsColumn, "cach viet khac": variantsColumn, "ghi chu": noteColumn,
	"dinh nghia": noteColumn, "can cu": documentColumn, "van ban": documentColumn, "ngay van ban": documentOnColumn, "lien ket": linkColumn,
	"tu ngay": fromColumn, "den ngay": toColumn, "khoa": lockedColumn,
	"bat buoc": string(Required), "chap nhan": string(Allowed), "khong dung": string(Forbidden),
}

// column is what a heading stands for: a name of columns, or the renderings of
// a standing in a language.
type column struct {
	name     string
	lang     string
	standing Standing
}

// readHeading says what a heading stands for.
func readHeading(text string) (column, bool) {
	text = strings.ReplaceAll(vietnamese.Fold(tidyLine(text)), "_", " ")
	named := func(s string) string {
		if other := calledToo[s]; other != "" {
			return other
		}
		return strings.ReplaceAll(s, " ", "_")
	}
	if name := named(text); slices.Contains(columns, name) {
		return column{name: name}, true
	}
	lang, rest, both := strings.Cut(text, " ")
	standing := Required
	if both {
		standing = Standing(named(rest))
	}
	known := release.IsLanguage(lang) && slices.Contains(Standings, standing)
	return column{lang: lang, standing: standing}, known && (both || len(lang) == 2) // a longer word alone is more likely none
}

// readCSV reads a table: commas, semicolons or tabs, a heading, a term in each
// row.
func readCSV(text string) ([]entry, error) {
	heading, _, _ := strings.Cut(text, "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	for _, sign := range ";\t" { // as spreadsheets write them in Vietnam
		if strings.Count(heading, string(sign)) > strings.Count(heading, string(r.Comma)) {
			r.Comma = sign
		}
	}
	record, err := r.Read()
	if err != nil {
		return nil, unreadable(err)
	}
	heads := make([]column, len(record))
	for i, text := range record {
		head, ok := readHeading(text)
		if !ok {
			return nil, refuseList("error.term.column", "Column", shortened(text))
		}
		if slices.Contains(heads[:i], head) {
			return nil, refuseList("error.term.column_twice", "Column", shortened(text))
		}
		heads[i] = head
	}
	if !slices.Contains(heads, column{name: wordingColumn}) {
		return nil, refuseList("error.term.no_wording")
	}
	var entries []entry
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return entries, nil
		}
		if err != nil {
			return nil, unreadable(err)
		}
		if len(entries) == MaxEntries {
			return nil, refuseList("error.term.many", "Max", MaxEntries)
		}
		line, _ := r.FieldPos(0)
		if e := readRecord(line, heads, record); e.says() {
			entries = append(entries, e)
		}
	}
}

func shortened(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}

// unreadable says where a table cannot be read.
func unreadable(err error) error {
	var at *csv.ParseError
	if errors.As(err, &at) {
		return refuseList("error.term.line", "Line", at.Line)
	}
	return refuseList("error.term.empty")
}

// readRecord reads a row of a table.
func readRecord(line int, heads []column, record []string) entry {
	e := entry{row: line, term: Term{Lang: "vi"}, said: map[string]bool{}}
	for i, cell := range record {
		cell = spreadsheet.Plain(strings.TrimSpace(cell))
		if i >= len(heads) {
			if cell != "" {
				e.refuse.Refuse("list", "error.term.cells")
			}
			continue
		}
		if head := heads[i]; head.lang != "" {
			e.said[RenderingField(head.lang, head.standing)] = true
			for _, text := range parts(cell) {
				e.term.Renderings = append(e.term.Renderings, Rendering{head.lang, text, head.standing})
			}
		} else {
			e.read(head.name, cell)
		}
	}
	return e
}

func parts(cell string) []string {
	var texts []string
	for _, text := range strings.Split(cell, "|") {
		if text = tidyLine(text); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// read takes what a list says of one particular of a term.
func (e *entry) read(name, text string) {
	e.said[name] = true
	switch name {
	case langColumn:
		if e.term.Lang = strings.ToLower(text); text == "" {
			e.term.Lang = "vi"
		}
	case wordingColumn:
		e.term.Wording = tidyLine(text)
	case variantsColumn:
		e.term.Variants = parts(text)
	case noteColumn:
		e.term.Note = text
	case documentColumn:
		e.term.Basis.Document = text
	case documentOnColumn:
		e.term.Basis.On = e.day(name, text)
	case linkColumn:
		e.term.Basis.Link = text
	case fromColumn:
		e.term.From = e.day(name, text)
	case toColumn:
		e.term.To = e.day(name, text)
	case lockedColumn:
		switch vietnamese.Fold(text) {
		case "", "no", "false", "0", "khong":
		case "yes", "true", "1", "x", "co":
			e.term.Locked = true
		default:
			e.refuse.Refuse(name, "error.term.yes_no")
		}
	}
}

// day reads the beginning of a day in Vietnam's time.
func (e *entry) day(name, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	for _, layout := range []string{time.DateOnly, "2/1/2006"} {
		if t, err := time.ParseInLocation(layout, text, locale.Zone()); err == nil && t.Year() >= 1900 && t.Year() <= 2200 {
			return t.UTC()
		}
	}
	e.refuse.Refuse(name, "error.bad_date")
	return time.Time{}
}

func dayOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(locale.Zone()).Format(time.DateOnly)
}

// WriteCSV writes terms as a table that spreadsheets open and Import reads.
func WriteCSV(w io.Writer, terms []Term) error {
	var langs []string
	for _, t := range terms {
		for _, lang := range t.Languages() {
			if !slices.Contains(langs, lang) {
				langs = append(langs, lang)
			}
		}
	}
	slices.Sort(langs)
	heading := []string{langColumn, wordingColumn, variantsColumn}
	for _, lang := range langs {
		for _, s := range Standings {
			heading = append(heading, lang+" "+string(s))
		}
	}
	heading = append(heading, noteColumn, documentColumn, documentOnColumn, linkColumn, fromColumn, toColumn, lockedColumn)
	if _, err := io.WriteString(w, "\ufeff"); err != nil { // by which spreadsheets know UTF-8
		return err
	}
	table := csv.NewWriter(w)
	if err := table.Write(heading); err != nil {
		return err
	}
	for _, t := range terms {
		record := []string{t.Lang, t.Wording, strings.Join(t.Variants, " | ")}
		for _, lang := range langs {
			for _, s := range Standings {
				record = append(record, strings.Join(t.In(lang, s), " | "))
			}
		}
		record = append(record, t.Note, t.Basis.Document, dayOf(t.Basis.On), t.Basis.Link, dayOf(t.From), dayOf(t.To), yesNo(t.Locked))
		for i := range record {
			record[i] = spreadsheet.Text(record[i])
		}
		if err := table.Write(record); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

func yesNo(b bool) string { return map[bool]string{true: "yes", false: "no"}[b] }
