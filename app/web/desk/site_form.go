package desk

import (
	"slices"
	"strings"

	"doingoai/app/newsroom"
	"doingoai/app/release"
	"doingoai/app/web"
)

// The pages under /site have forms of one kind: a heading, some fields, a
// button. A form is described here and drawn by one template
// (parts/site.html); its fields' ids are made from its address, so that a page
// may hold many and a refusal finds the one it belongs to.

// siteForm is one form of a page.
type siteForm struct {
	ID, Action, CSRF, Save string
	Title, Lead            string
	File                   bool // it sends one
	Refused                bool
	Late                   bool // some of its words are behind their source
	Inputs                 []siteInput
}

// siteInput is a field; what is empty is left out.
type siteInput struct {
	ID, Name, Label, Value, Type, Lang, Hint, Message string
	Required                                          bool
	Late, LateWord                                    string // id of what is said of it being behind its source, and that it is
	Max                                               int
	Choices                                           []siteChoice // of a select, of checks and of an order
}

// The types of fields besides those of HTML's input.
const (
	selectInput = "select"
	checksInput = "checks" // any number of Choices
	checkInput  = "check"  // one box
	orderInput  = "order"  // a number for each of Choices that is wanted
	linesInput  = "lines"
)

// siteChoice is one of several. Value of an order is its number in it.
type siteChoice struct {
	Value, Label, Note, Number string
	Chosen                     bool
}

// DescribedBy are the ids of what is said of a field.
func (in siteInput) DescribedBy() string {
	var ids []string
	if in.Hint != "" {
		ids = append(ids, "h-"+in.ID)
	}
	if in.Late != "" {
		ids = append(ids, "l-"+in.ID)
	}
	if in.Message != "" {
		ids = append(ids, "e-"+in.ID)
	}
	return strings.Join(ids, " ")
}

// siteFormID is how the ids of a form's fields begin, made from its address.
func siteFormID(action string) string {
	return strings.ReplaceAll(strings.Trim(action, "/"), "/", "-")
}

// siteForms makes the forms of a page, with what was typed into the refused one.
type siteForms struct {
	page  page
	typed *web.Form
}

// form completes a form: title and save are keys of words.
func (s siteForms) form(action, title, save string, inputs ...siteInput) siteForm {
	f := siteForm{ID: siteFormID(action), Action: action, CSRF: s.page.CSRF, Title: s.page.T(title), Save: s.page.T(save)}
	errors := s.page.Errors.Of(f.ID)
	f.Refused = errors.Summary != ""
	for _, in := range inputs {
		in.ID, in.Message = errors.ID(in.Name), errors.For(in.Name)
		if in.Label == "" {
			in.Label = s.page.T("field." + in.Name)
		}
		if in.Type == "" {
			in.Type = "text"
		}
		if f.Refused {
			in = in.typed(s.typed)
		}
		f.File = f.File || in.Type == "file"
		f.Inputs = append(f.Inputs, in)
	}
	return f
}

// typed is a field with what was typed into it.
func (in siteInput) typed(form *web.Form) siteInput {
	in.Value = form.Text(in.Name, 4*max(in.Max, 40))
	chosen := form.List(in.Name, 200)
	choices := slices.Clone(in.Choices)
	for i := range choices {
		choices[i].Number = form.Text(in.Name+"-"+choices[i].Value, 10)
		choices[i].Chosen = slices.Contains(chosen, choices[i].Value)
	}
	in.Choices = choices
	return in
}

// code is the field of a code that never changes.
func (s siteForms) code() siteInput {
	return siteInput{Name: "code", Label: s.page.T("site.code"), Max: 60, Required: true, Hint: s.page.T("site.code_hint")}
}

// pick marks one of several choices.
func pick(choices []choice, value string) []siteChoice {
	list := make([]siteChoice, len(choices))
	for i, c := range choices {
		list[i] = siteChoice{Value: c.Value, Label: c.Label, Chosen: c.Value == value}
	}
	return list
}

// optional puts the choice of none before others.
func (s siteForms) optional(choices []siteChoice) []siteChoice {
	return slices.Insert(slices.Clone(choices), 0, siteChoice{Label: s.page.T("site.none")})
}

// act are the fields of when something was done and on what basis.
func (s siteForms) act(required bool) []siteInput {
	return []siteInput{
		{Name: "at", Label: s.page.T("site.at"), Type: "date", Max: len("2006-01-02"), Hint: s.page.T("hint.at")},
		{Name: "document", Max: release.MaxDocument, Required: required, Hint: s.page.T("hint.document")},
		{Name: "document_on", Type: "date", Max: len("2006-01-02")},
		{Name: "link", Type: "url", Max: release.MaxLink},
	}
}

// basisOf reads the legal basis of a form.
func basisOf(form *web.Form) release.Basis {
	return release.Basis{
		Document: form.Text("document", release.MaxDocument), On: form.LocalDate("document_on"), Link: form.Text("link", release.MaxLink),
	}
}

// names are the fields for names in the languages of the interface, and in those
// there are besides.
func (s siteForms) names(known map[string]string, max int, more ...string) []siteInput {
	var inputs []siteInput
	for _, lang := range newsroom.Languages {
		if slices.Contains(siteLanguages, lang) || known[lang] != "" || slices.Contains(more, lang) {
			inputs = append(inputs, siteInput{Name: "name_" + lang, Value: known[lang], Max: max, Lang: lang, Required: lang == "vi"})
		}
	}
	return inputs
}

func typedNames(form *web.Form, max int) map[string]string {
	names := map[string]string{}
	for _, lang := range newsroom.Languages {
		names[lang] = form.Text("name_"+lang, max)
	}
	return names
}

// orderOf reads an order: the names that have a number, by their numbers.
func orderOf(form *web.Form, name string) []string {
	numbers := form.Prefixed(name+"-", 4)
	var order []string
	for value, number := range numbers {
		if strings.TrimSpace(number) != "" {
			order = append(order, value)
		}
	}
	place := func(value string) string { // as text of one width, so that 10 comes after 9
		number := strings.TrimSpace(numbers[value])
		return strings.Repeat("0", max(0, 4-len(number))) + number + value
	}
	slices.SortFunc(order, func(a, b string) int { return strings.Compare(place(a), place(b)) })
	return order
}
