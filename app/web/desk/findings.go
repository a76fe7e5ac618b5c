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
	hash, key := form.Text("hash", 80), form.Text("key", 40)
	reason := form.Text("reason", 2*newsroom.MaxReason)
	if err := form.Err(); err != nil {
		return err
	}
	if err := d.Newsroom.Explain(web.Context(c), web.Actor(c), refOf(c), hash, key, reason); err != nil {
		return err
	}
	done := "explained"
	if reason == "" {
		done = "unexplained"
	}
	return c.Redirect(editionPath(refOf(c))+"?done="+done+"#findings", fiber.StatusSeeOther)
}

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
