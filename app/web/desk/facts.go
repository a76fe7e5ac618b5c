package desk

import (
	"cmp"
	"slices"

	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// The facts of an item are filled in, compared and shown by the table of kinds
// (app/kind): nothing here knows what an event is.

// factInput is a field of the form, for one of an item's facts.
type factInput struct {
	kind.Input
	Name     string // in the form
	Value    string // as the person types it
	Required bool   // before readers get it
	Options  []choice
}

// Long says whether it takes several lines.
func (f factInput) Long() bool { return f.Type == kind.Words }

// HTML is the type of its field in a browser. Numbers are text: browsers write
// them as they like.
func (f factInput) HTML() string {
	switch f.Type {
	case kind.Date:
		return "date"
	case kind.Moment:
		return "datetime-local"
	case kind.Web:
		return "url"
	case kind.Email:
		return "email"
	case kind.Phone:
		return "tel"
	}
	return "text"
}

// Field is HTML, but for a value that such a field would not show: a browser
// drops what it cannot read, and it is not to be lost.
func (f factInput) Field() string {
	if (f.Type == kind.Date || f.Type == kind.Moment) && f.Value != f.Read(f.Value, "") {
		return "text"
	}
	return f.HTML()
}

// factRow are the fields of one fact, side by side: a number and its unit.
type factRow []factInput

// factNames is what the things are called that facts name, and what they can be
// chosen from.
type factNames struct {
	p       *locale.Printer
	choices map[kind.Type][]choice
	file    func(hash string) string // what a file is called, "" for none
}

// name is what one of them is called, "" where there is none.
func (n factNames) name(t kind.Type, id string) string {
	if t == kind.File {
		return n.file(id)
	}
	i := slices.IndexFunc(n.choices[t], func(c choice) bool { return c.Value == id })
	if i < 0 {
		return ""
	}
	return n.choices[t][i].Label
}

// say is a fact in words, as it is compared.
func (n factNames) say(key, text string) string {
	in, _ := kind.InputOf(key)
	if text == "" {
		return ""
	}
	return cmp.Or(in.Print(text, n.p, n.name), text) // what it names may not be there any more
}

// factNames reads what facts may name; nothing, of a kind that has no facts.
func (d *Desk) factNames(c *fiber.Ctx, k kind.Kind) (factNames, error) {
	names := factNames{p: d.printer(c), choices: map[kind.Type][]choice{}, file: func(hash string) string {
		m, err := d.Media.Get(web.Context(c), hash)
		if err != nil {
			return ""
		}
		return m.FileName
	}}
	if len(k.Facts()) == 0 {
		return names, nil
	}
	agencies, err := d.agencyChoices(c, names.p.Lang())
	if err != nil {
		return names, err
	}
	places, err := d.Places.All(web.Context(c))
	if err != nil {
		return names, err
	}
	names.choices[kind.Agency] = agencies
	for _, p := range places {
		if p.Ended.IsZero() {
			names.choices[kind.Place] = append(names.choices[kind.Place], choice{p.ID, named(p.Names, names.p.Lang())})
		}
	}
	return names, nil
}

// options are what one can choose from. A file is found on a page of its own:
// here there are only those that are named already.
func (n factNames) options(in kind.Input, named ...string) []choice {
	if in.Type == kind.File {
		var files []choice
		for _, hash := range slices.Compact(named) {
			if name := n.file(hash); name != "" {
				files = append(files, choice{hash, name})
			}
		}
		return files
	}
	if len(in.Choices) == 0 {
		return n.choices[in.Type]
	}
	var options []choice
	for _, value := range in.Choices {
		options = append(options, choice{value, n.say(in.Key, value)})
	}
	return options
}

// rows are the fields of the form of an edition: of an original all facts, of a
// translation those that it words.
func (n factNames) rows(s *newsroom.Sheet, facts kind.Facts) []factRow {
	var rows []factRow
	for _, f := range s.Kind.Facts() {
		if s.Ref.Lang != s.SourceLang && !f.Worded {
			continue
		}
		var row factRow
		for _, in := range f.Inputs() {
			field := factInput{Input: in, Name: kind.Prefix + in.Key, Value: in.Show(facts[in.Key], n.p.Lang()), Required: f.Required}
			field.Options = n.options(in, field.Value)
			row = append(row, field)
		}
		rows = append(rows, row)
	}
	return rows
}

// shownFact is a fact as it is read beside a text.
type shownFact struct {
	Label string
	kind.Shown
}

func (n factNames) shown(k kind.Kind, facts kind.Facts) []shownFact {
	var list []shownFact
	for _, f := range facts.View(k, n.p, n.name) {
		list = append(list, shownFact{n.p.T("field." + kind.Prefix + f.Key), f})
	}
	return list
}

// fillFacts adds to an edition's page its facts, as a form and as they are read.
func (d *Desk) fillFacts(c *fiber.Ctx, show *editionPage) error {
	var err error
	if show.names, err = d.factNames(c, show.Sheet.Kind); err != nil || len(show.Sheet.Kind.Facts()) == 0 {
		return err
	}
	shared, err := d.Newsroom.NeutralFacts(web.Context(c), show.Sheet)
	if fault.KindOf(err) == fault.Internal {
		return err
	}
	if show.Writing {
		show.Facts = show.names.rows(show.Sheet, show.Content.Facts)
		show.Known = show.names.shown(show.Sheet.Kind, shared)
		return nil
	}
	for key, text := range show.Content.Facts {
		shared = shared.With(key, text)
	}
	show.Known = show.names.shown(show.Sheet.Kind, shared)
	return nil
}

// writtenIn names the field that says in which language's writing a form's
// numbers are.
const writtenIn = "written_in"

// readFacts reads the facts of a form, as far as it has any.
func readFacts(form *web.Form, prefix string) kind.Facts {
	var facts kind.Facts
	lang := form.Text(writtenIn, 10)
	for _, in := range kind.Inputs() {
		if name := prefix + kind.Prefix + in.Key; form.Has(name) {
			facts = facts.With(in.Key, in.Read(form.Text(name, roomy), lang))
		}
	}
	return facts
}

// factFields are the facts of a content as its form has them; those of every
// kind, since a form takes its own and leaves the others.
func factFields(c newsroom.Content, lang string) []field {
	var list []field
	for _, in := range kind.Inputs() {
		list = append(list, field{kind.Prefix + in.Key, in.Show(c.Facts[in.Key], lang)})
	}
	return list
}
