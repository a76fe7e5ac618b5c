package desk

import (
	"slices"
	"strings"
	"unicode/utf16"

	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/term"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// explain keeps why something that stands out in a text is right, or takes that
// back where nothing is said.
func (d *Desk) explain(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	hash, key, reason := form.Text("hash", 80), form.Text("key", 40), form.Text("reason", roomy)
	if err = form.Err(); err == nil {
		err = d.Newsroom.Explain(web.Context(c), web.Actor(c), refOf(c), hash, key, reason)
	}
	switch {
	case err == nil && strings.TrimSpace(reason) == "":
		return c.Redirect(editionPath(refOf(c))+"?done=unexplained#findings", fiber.StatusSeeOther)
	case err == nil:
		return c.Redirect(editionPath(refOf(c))+"?done=explained#findings", fiber.StatusSeeOther)
	case correctable(err):
		return d.refuseExplanation(c, key, reason, err)
	}
	return err
}

// explaining is how a refused explanation is told apart from what the verbs ask.
const explaining newsroom.Verb = "explain"

// refuseExplanation shows the edition with the explanation as it was typed.
func (d *Desk) refuseExplanation(c *fiber.Ctx, key, reason string, refusal error) error {
	sheet, err := d.Newsroom.Open(web.Context(c), web.Actor(c), refOf(c))
	if err != nil {
		return err
	}
	show := editionPage{page: d.page(c, "edition.title", "findings"), Sheet: sheet, Content: sheet.Revision.Content, Base: sheet.Revision.Number}
	show.refusedAs("refused.explain", refusal)
	show.Errors.Form, show.Asked = whyForm(key), asked{explaining, newsroom.Ask{Reason: reason}}
	return d.showEdition(c, web.Status(refusal), show)
}

// whyForm is how the ids of the form of a finding begin.
func whyForm(key string) string { return "why-" + key }

// Why is the id with which the form of a finding begins.
func (p *editionPage) Why(f newsroom.Finding) string { return whyForm(f.Key) }

// agreed are the agreed names of what a source speaks of, as a page lists them.
type agreed struct {
	page
	Hints []term.Hint
}

// Agreed lists agreed names.
func (p page) Agreed(hints []term.Hint) agreed { return agreed{p, hints} }

// AgreedNames are those of the whole text, where it is written as a whole.
func (page) AgreedNames() []term.Hint { return nil }

// AgreedNames are those that its source speaks of.
func (p editionPage) AgreedNames() []term.Hint {
	if p.Source == nil {
		return nil
	}
	return p.Source.Names
}

// Told is what stands out, in words.
func (p page) Told(f newsroom.Finding) string { return told(p.P, f) }

func told(p *locale.Printer, f newsroom.Finding) string {
	words := p.T("finding."+string(f.Sort)+"."+f.Kind, "From", f.From, "To", f.To)
	if len(f.Want) > 0 {
		words += " " + p.T("finding.want", "Text", strings.Join(f.Want, ", "))
	}
	return words
}

// hint answers what stands out in a translation that is being written, as script
// shows it: in words, and where it stands in UTF-16 units.
func (d *Desk) hint(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	written := newsroom.Written{Passage: form.Text("passage", 80), Text: form.Text("text", roomy), Markdown: form.Text("markdown", 1) != ""}
	if err := form.Err(); err != nil {
		return err
	}
	if written.Passage == "body" {
		written.Passage = ""
	}
	hints, err := d.Newsroom.Hint(web.Context(c), web.Actor(c), refOf(c), written)
	if err != nil {
		return err
	}
	p, notes, avoid := d.printer(c), []string{}, []fiber.Map{}
	for _, f := range hints.Found {
		if words := told(p, f); !slices.Contains(notes, words) {
			notes = append(notes, words)
		}
	}
	units := func(bytes int) int { return len(utf16.Encode([]rune(written.Text[:bytes]))) }
	for _, a := range hints.Avoid {
		avoid = append(avoid, fiber.Map{"from": units(a.Start), "to": units(a.End)})
	}
	return c.JSON(fiber.Map{"notes": notes, "avoid": avoid})
}
