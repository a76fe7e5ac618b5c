package kind

import (
	"strconv"
	"strings"

	"doingoai/app/locale"
)

// Shown is a fact as people read it.
type Shown struct {
	Key  string
	Type Type
	Text string
	Href string // where it leads, "" for nowhere
	// Of a figure: as of when, from where, and who checked it.
	AsOf, Source, CheckedBy string
}

// Names answers what something is called: a place, an agency, an item, a file;
// "" for what is not known.
type Names func(t Type, id string) string

// View is what is known of an item, as it is read in a language: only what is
// known, in the order of the table. The words of choices and units come from the
// printer: "fact.status.planned", "unit.ha".
func (f Facts) View(k Kind, p *locale.Printer, names Names) []Shown {
	var list []Shown
	for _, fact := range k.Facts() {
		text := f[fact.Key]
		if text == "" {
			continue
		}
		inputs := fact.Inputs()
		s := Shown{Key: fact.Key, Type: fact.Type, Text: inputs[0].Print(text, p, names)}
		switch fact.Type {
		case Number, Money:
			s.Text = strings.TrimSpace(s.Text + "\u00a0" + inputs[1].Print(f[inputs[1].Key], p, names))
		case Period:
			s.Text = strings.TrimSpace(s.Text + " – " + inputs[1].Print(f[inputs[1].Key], p, names))
		case Web:
			s.Href = text
		case Email:
			s.Href = "mailto:" + text
		case Phone:
			s.Href = "tel:" + strings.Map(dialled, text)
		}
		if fact.Figure {
			s.AsOf, s.Source, s.CheckedBy = Input{Type: Date}.Print(f[fact.Key+".as_of"], p, names), f[fact.Key+".source"], f[fact.Key+".checked_by"]
		}
		if s.Text != "" {
			list = append(list, s)
		}
	}
	return list
}

// Print writes one of the texts as people read it; a draft's that could not be
// read stays as it was typed.
func (in Input) Print(text string, p *locale.Printer, names Names) string {
	switch in.Type {
	case Number:
		return PrintNumber(text, p)
	case Date:
		if t, ok := (Facts{"": text}).Day(""); ok {
			return p.Date(t)
		}
	case Moment:
		if t, ok := (Facts{"": text}).moment(""); ok {
			return p.DateTimeZone(t)
		}
	case Choice:
		if text == "" || strings.HasSuffix(in.Key, ".currency") {
			return text
		}
		if strings.HasSuffix(in.Key, ".unit") {
			return p.T("unit." + text)
		}
		return p.T("fact." + in.Key + "." + text)
	case Yes:
		return p.T("fact.yes")
	case Place, Agency, Item, File:
		return names(in.Type, text)
	}
	return in.Show(text, p.Lang())
}

// PrintNumber writes a number as readers of a language do, with the decimals
// that it is kept with.
func PrintNumber(text string, p *locale.Printer) string {
	number, err := strconv.ParseFloat(text, 64)
	if err != nil || !isNumber(text) {
		return text
	}
	_, decimals, _ := strings.Cut(text, ".")
	return p.Number(number, len(decimals))
}

// dialled keeps what a telephone dials.
func dialled(r rune) rune {
	if r >= '0' && r <= '9' || r == '+' {
		return r
	}
	return -1
}
