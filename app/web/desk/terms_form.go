package desk

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/locale"
	"doingoai/app/release"
	"doingoai/app/term"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// termPage is a term: what is known of it, the form that changes it, and what
// was done with it.
type termPage struct {
	page
	Term    termSaid
	New     bool
	Ended   bool // it is over
	Form    siteForm
	Main    []siteInput
	Parts   []termPart // a language each
	More    []siteInput
	End     siteForm
	MayDo   bool // change it
	Guarded bool // an official name that the person may not change
	History []auditRow
}

// termPart is the form's part about a language.
type termPart struct {
	Lang, Name string
	Open       bool
	Inputs     []siteInput
}

// FieldLabel names a refused field as its form does.
func (p termPage) FieldLabel(field string) string {
	for _, f := range []siteForm{p.Form, p.End} {
		for _, in := range f.Inputs {
			if f.Refused && in.Name == field {
				return in.Label
			}
		}
	}
	return p.page.FieldLabel(field)
}

func (d *Desk) newTerm(c *fiber.Ctx) error { return d.showNewTerm(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showNewTerm(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := termPage{page: d.page(c, "terms.add", "terms"), New: true, MayDo: true}
	show.refused(refusal)
	show.Errors.Form = siteFormID("/terms/new")
	wording, err := web.Query(c, "wording", term.MaxText)
	if err != nil {
		return err
	}
	show.Term.Term = term.Term{Lang: "vi", Wording: wording}
	if err := d.layTermForm(c, &show, typed, "/terms/new"); err != nil {
		return err
	}
	return d.show(c, status, "term", show)
}

func (d *Desk) defineTerm(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	t := readTerm(form, term.Term{Lang: form.Text("lang", 10)})
	var id string
	if err = form.Err(); err == nil {
		id, err = d.Terms.Define(web.Context(c), web.Actor(c), t)
	}
	return d.sent(c, err, "/terms/"+id, "added", func(status int, refusal error) error {
		return d.showNewTerm(c, status, form, refusal)
	})
}

func (d *Desk) term(c *fiber.Ctx) error { return d.showTerm(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showTerm(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := termPage{page: d.page(c, "terms.title", "terms")}
	if refusal != nil {
		show.refused(refusal)
		show.Errors.Form = siteFormID(c.Path())
	}
	t, err := d.Terms.Get(web.Context(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	names, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	show.Title, show.Term = t.Wording, show.saidIn(t, names)
	show.Ended = !t.To.IsZero() && !t.To.After(d.DB.Now())
	_, defines := show.Actor.May(account.DefineTerms, t.Agency)
	_, locks := show.Actor.May(account.LockTerms, t.Agency)
	show.MayDo, show.Guarded = defines && (locks || !t.Locked), defines && t.Locked && !locks
	if show.MayDo {
		if err := d.layTermForm(c, &show, typed, "/terms/"+t.ID); err != nil {
			return err
		}
		show.End = siteForms{show.page, typed}.form("/terms/"+t.ID+"/end", "terms.end", "terms.end_button",
			siteInput{Name: "valid_to", Type: "date", Max: len(time.DateOnly), Hint: show.T("hint.term_end")})
	}
	entries, err := d.Terms.History(web.Context(c), t.ID)
	if err != nil {
		return err
	}
	words, err := d.auditWords(web.Context(c), show.page, entries)
	if err != nil {
		return err
	}
	for _, e := range entries {
		row := words.row(e)
		row.Circumstance = words.termChange(e.Detail)
		show.History = append(show.History, row)
	}
	return d.show(c, status, "term", show)
}

// termChange says what was changed of a term, each thing by its name.
func (w auditWords) termChange(detail map[string]string) string {
	var parts []string
	for _, name := range slices.Sorted(maps.Keys(detail)) {
		before, changed := detail[name+".before"]
		if strings.HasSuffix(name, ".before") || !changed {
			continue
		}
		said := w.page.termField(name) + ": "
		if before != "" {
			said += w.spoken(name, before) + " → "
		}
		parts = append(parts, said+nonEmpty(w.spoken(name, detail[name]), w.page.T("site.none")))
	}
	return strings.Join(parts, " · ")
}

// termField names a field of a term as its form does.
func (p page) termField(field string) string {
	if standing, lang, ok := strings.Cut(field, "_"); ok && slices.Contains(term.Standings, term.Standing(standing)) {
		return p.LanguageAlone(lang) + ", " + p.T("terms."+standing)
	}
	switch field {
	case "note", "agency":
		return p.T("terms." + field)
	}
	if key := "field." + field; p.P.Has(key) {
		return p.T(key)
	}
	return field
}

// Valid says when the term is valid.
func (p termPage) Valid() string { return p.days(p.Term.From, p.Term.To) }

// Basis is the document that the term rests on.
func (p termPage) Basis() string { return p.day(time.Time{}, p.Term.Term.Basis) }

// layTermForm prepares the form of a term, in three parts.
func (d *Desk) layTermForm(c *fiber.Ctx, show *termPage, typed *web.Form, action string) error {
	t := show.Term.Term
	agencies, err := d.keptAgencies(c, show.page)
	if err != nil {
		return err
	}
	forms := siteForms{show.page, typed}
	main := []siteInput{
		{Name: "wording", Value: t.Wording, Max: term.MaxText, Required: true, Lang: t.Lang},
		{Name: "variants", Type: linesInput, Value: strings.Join(t.Variants, "\n"), Max: term.MaxVariants * term.MaxText, Lang: t.Lang, Hint: show.T("hint.variants")},
	}
	if show.New {
		main = append(main, siteInput{Name: "lang", Type: selectInput, Choices: pick(show.languageChoices(), t.Lang)})
	}
	main = append(main, siteInput{Name: "note", Label: show.T("terms.note"), Type: linesInput, Value: t.Note, Max: term.MaxNote})
	inputs := main
	for _, lang := range termLanguages(t) {
		part := termPart{Lang: lang, Name: show.LanguageAlone(lang), Open: lang == "en"}
		for _, s := range term.Standings {
			if lang == t.Lang && s != term.Forbidden && !show.New {
				continue
			}
			texts := t.In(lang, s)
			part.Open = part.Open || len(texts) > 0
			part.Inputs = append(part.Inputs, siteInput{
				Name: term.RenderingField(lang, s), Label: show.T("terms." + string(s)), Type: linesInput, Lang: lang,
				Value: strings.Join(texts, "\n"), Max: term.MaxRenderings * term.MaxText,
			})
		}
		show.Parts = append(show.Parts, part)
		inputs = append(inputs, part.Inputs...)
	}
	more := []siteInput{
		{Name: "agency", Label: show.T("terms.agency"), Type: selectInput, Choices: pick(agencies, t.Agency)},
		{Name: "document", Value: t.Basis.Document, Max: release.MaxDocument, Hint: show.T("hint.document")},
		{Name: "document_on", Type: "date", Value: dateValue(t.Basis.On), Max: len(time.DateOnly)},
		{Name: "link", Type: "url", Value: t.Basis.Link, Max: release.MaxLink},
		{Name: "valid_from", Type: "date", Value: dateValue(t.From), Max: len(time.DateOnly)},
		{Name: "valid_to", Type: "date", Value: dateValue(t.To), Max: len(time.DateOnly)},
	}
	if show.Actor.MayAnywhere(account.LockTerms) {
		locked := siteInput{Name: "locked", Type: checkInput, Hint: show.T("hint.locked")}
		if t.Locked {
			locked.Value = "1"
		}
		more = append(more, locked)
	}
	show.Form = forms.form(action, "terms.change", "terms.save", append(inputs, more...)...)
	// The form has completed its fields; they go back into their parts.
	rest := show.Form.Inputs
	show.Main, rest = rest[:len(main)], rest[len(main):]
	for i, part := range show.Parts {
		show.Parts[i].Inputs, rest = rest[:len(part.Inputs)], rest[len(part.Inputs):]
		for _, in := range show.Parts[i].Inputs {
			show.Parts[i].Open = show.Parts[i].Open || in.Message != "" || in.Value != ""
		}
	}
	show.More = rest
	return nil
}

// dateValue is the beginning of a day as a date field takes it.
func dateValue(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(locale.Zone()).Format(time.DateOnly)
}

// sameDay is the moment that was there where the day in the form is still its
// day, and else the beginning of the day.
func sameDay(was, day time.Time) time.Time {
	if dateValue(was) == dateValue(day) {
		return was
	}
	return day
}

// readTerm reads the form of a term over what it was.
func readTerm(form *web.Form, t term.Term) term.Term {
	t.Wording = form.Text("wording", term.MaxText)
	t.Variants = strings.Split(form.Text("variants", term.MaxVariants*term.MaxText), "\n")
	t.Note = form.Text("note", term.MaxNote)
	t.Agency = form.Text("agency", 40)
	t.Basis = basisOf(form)
	t.From, t.To = sameDay(t.From, form.LocalDate("valid_from")), sameDay(t.To, form.LocalDate("valid_to"))
	t.Locked = form.Text("locked", 1) == "1"
	before := t
	t.Renderings = nil
	for _, lang := range termLanguages(before) {
		for _, s := range term.Standings {
			field := term.RenderingField(lang, s)
			for _, text := range strings.Split(form.Text(field, term.MaxRenderings*term.MaxText), "\n") {
				if text = strings.TrimSpace(text); text != "" {
					t.Renderings = append(t.Renderings, term.Rendering{Lang: lang, Text: text, Standing: s})
				}
			}
		}
	}
	return t
}

func (d *Desk) changeTerm(c *fiber.Ctx) error {
	return d.doWithTerm(c, "terms_saved", func(form *web.Form, t term.Term) error {
		t = readTerm(form, t)
		if err := form.Err(); err != nil {
			return err
		}
		return d.Terms.Change(web.Context(c), web.Actor(c), t)
	})
}

func (d *Desk) endTerm(c *fiber.Ctx) error {
	return d.doWithTerm(c, "ended", func(form *web.Form, t term.Term) error {
		at := form.LocalDate("valid_to")
		if err := form.Err(); err != nil {
			return err
		}
		return d.Terms.End(web.Context(c), web.Actor(c), t.ID, t.Version, at)
	})
}

// doWithTerm has a term changed by a form that names the version it shows.
func (d *Desk) doWithTerm(c *fiber.Ctx, done string, do func(form *web.Form, t term.Term) error) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	t, err := d.Terms.Get(web.Context(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	t.Version, _ = strconv.Atoi(form.Text("version", 10)) // none at all is an old one
	return d.sent(c, do(form, t), "/terms/"+t.ID, done, func(status int, refusal error) error {
		return d.showTerm(c, status, form, refusal)
	})
}
