package desk

import (
	"io"
	"slices"

	"doingoai/app/fault"
	"doingoai/app/term"
	"doingoai/app/web"
	"doingoai/content"

	"github.com/gofiber/fiber/v2"
)

// mostLines is how many rows of a list are shown before it is taken in; those
// that are refused stand first.
const mostLines = 200

type termsImportPage struct {
	page
	Agencies []choice
	List     term.List
	Agency   string // that answers for the list, in words
	Report   term.Report
	Lines    []term.Line
	Waits    bool // a list waits for the person to agree
}

// Count is the number of rows with an outcome.
func (p termsImportPage) Count(o term.Outcome) int { return p.Report.Count(o) }

// Takes is how many rows would change something.
func (p termsImportPage) Takes() int { return p.Count(term.Added) + p.Count(term.Altered) }

// Hidden is how many rows are not shown.
func (p termsImportPage) Hidden() int { return len(p.Report.Lines) - len(p.Lines) }

// Outcomes are those that rows have.
func (p termsImportPage) Outcomes() []term.Outcome {
	return slices.DeleteFunc(slices.Clone(term.Outcomes), func(o term.Outcome) bool { return p.Count(o) == 0 })
}

// Problem says what is wrong in a field of a row.
func (p termsImportPage) Problem(l term.Line, field string) string {
	return p.P.Message(l.Problems[field])
}

// FieldName names a field of a row.
func (p termsImportPage) FieldName(field string) string { return p.termField(field) }

func (d *Desk) termsImport(c *fiber.Ctx) error { return d.showTermsImport(c, fiber.StatusOK, nil) }

func (d *Desk) showTermsImport(c *fiber.Ctx, status int, refusal error) error {
	show := termsImportPage{page: d.page(c, "terms.import", "terms")}
	show.refused(refusal)
	var err error
	if show.Agencies, err = d.keptAgencies(c, show.page); err != nil {
		return err
	}
	list, report, found, err := d.Terms.Proposed(web.Context(c), show.Actor)
	if _, refused := fault.As(err); err != nil && !refused { // who may not any more starts anew
		return err
	}
	if found {
		names, err := d.agencyNames(c, show.Lang())
		if err != nil {
			return err
		}
		show.Waits, show.List, show.Report, show.Agency = true, list, report, names[list.Agency]
		for _, o := range term.Outcomes {
			for _, l := range report.Lines {
				if l.Outcome == o && len(show.Lines) < mostLines {
					show.Lines = append(show.Lines, l)
				}
			}
		}
	}
	return d.show(c, status, "terms-import", show)
}

// proposeTerms keeps a file until the person has seen what would come of it.
func (d *Desk) proposeTerms(c *fiber.Ctx) error {
	return d.propose(c, func(form *web.Form) (term.List, error) {
		file, name, err := form.File("list")
		if err != nil {
			return term.List{}, err
		}
		if file == nil {
			var missing fault.Form
			missing.Refuse("list", "error.required")
			return term.List{}, missing.Err()
		}
		defer file.Close()
		data, err := io.ReadAll(io.LimitReader(file, term.MaxList+1))
		if err != nil {
			return term.List{}, err
		}
		return term.ReadList(form.Text("agency", 40), name, data)
	})
}

// proposeGlossary does the same with the glossary that comes along.
func (d *Desk) proposeGlossary(c *fiber.Ctx) error {
	return d.propose(c, func(form *web.Form) (term.List, error) {
		table, err := content.Glossary()
		return term.List{Agency: form.Text("agency", 40), Name: "glossary.csv", Body: string(table)}, err
	})
}

func (d *Desk) propose(c *fiber.Ctx, read func(form *web.Form) (term.List, error)) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	list, err := read(form)
	if err == nil {
		err = form.Err()
	}
	if err == nil {
		err = d.Terms.Propose(web.Context(c), web.Actor(c), list)
	}
	if err != nil && correctable(err) {
		// Whoever sent another list has done with the one before: it would be
		// taken for the one that is refused.
		if err := d.Terms.Drop(web.Context(c), web.Actor(c)); err != nil {
			return err
		}
		return d.showTermsImport(c, web.Status(err), err)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/terms/import", fiber.StatusSeeOther)
}

func (d *Desk) acceptTerms(c *fiber.Ctx) error {
	_, err := d.Terms.Accept(web.Context(c), web.Actor(c))
	if err != nil && correctable(err) {
		return d.showTermsImport(c, web.Status(err), err)
	}
	if err != nil {
		return err
	}
	return c.Redirect("/terms?done=terms_imported", fiber.StatusSeeOther)
}

func (d *Desk) dropTerms(c *fiber.Ctx) error {
	if err := d.Terms.Drop(web.Context(c), web.Actor(c)); err != nil {
		return err
	}
	return c.Redirect("/terms/import", fiber.StatusSeeOther)
}
