package desk

import (
	"strings"

	"doingoai/app/newsroom"
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

// Wanted is what a text should say in place of what stands out.
func (page) Wanted(f newsroom.Finding) string { return strings.Join(f.Want, ", ") }
