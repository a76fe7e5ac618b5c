package desk

import (
	"html/template"
	"slices"
	"strconv"

	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// revisionPage is a saved version: what it changed, and its text.
type revisionPage struct {
	page
	Edition  newsroom.Ref
	Revision newsroom.Revision
	Author   string
	Before   int // the number of the revision before, 0 for none
	Changes  []fieldChange
	Body     template.HTML
	Facts    []field // what is said besides the text itself
}

// revision shows a saved version and what it changed.
func (d *Desk) revision(c *fiber.Ctx) error {
	number, err := strconv.Atoi(c.Params("number"))
	if err != nil {
		return errNoPage()
	}
	show := revisionPage{page: d.page(c, "revision.title", "writing", "Number", number), Edition: refOf(c)}
	show.Revision, err = d.Newsroom.Revision(web.Context(c), show.Actor, show.Edition, number)
	if err != nil {
		return err
	}
	var before newsroom.Revision
	if number > 1 {
		show.Before = number - 1
		if before, err = d.Newsroom.Revision(web.Context(c), show.Actor, show.Edition, show.Before); err != nil {
			return err
		}
	}
	if err := d.compare(c, &show, before.Content); err != nil {
		return err
	}
	body, err := d.markup.Article(show.Revision.Content.Body)
	if err != nil {
		return err
	}
	show.Body = body.HTML
	names, err := d.Accounts.Names(web.Context(c), []string{show.Revision.Author})
	if err != nil {
		return err
	}
	show.Author = names[show.Revision.Author]
	return d.show(c, fiber.StatusOK, "revision", show)
}

// compare says what a version changed, and what it holds besides its text.
// Sections, outlets and pictures are named.
func (d *Desk) compare(c *fiber.Ctx, show *revisionPage, before newsroom.Content) error {
	now := show.Revision.Content
	sections, err := d.sectionChoices(c, show.Lang())
	if err != nil {
		return err
	}
	outlets, err := d.outletChoices(c, show.Lang(), nil)
	if err != nil {
		return err
	}
	pictures, err := d.Media.Many(web.Context(c), []string{before.Lead.Media, now.Lead.Media})
	if err != nil {
		return err
	}
	show.Changes = changes(before, now, nameOf(sections), outlets)
	for i, ch := range show.Changes {
		if ch.Kind == "picture" {
			show.Changes[i].Pieces = whole(pictures[ch.Before].Name, pictures[ch.Now].Name)
		}
		show.Changes[i].Pieces = condense(show.Changes[i].Pieces)
	}
	now.Section = nameOf(sections)(now.Section)
	now.Lead.Media = pictures[now.Lead.Media].Name
	show.Facts = append(facts(now), field{"outlets", namesOf(now.Outlets, outlets)})
	return nil
}

// facts are the fields of a content besides the text as it is read.
func facts(c newsroom.Content) []field {
	text := []string{"kicker", "headline", "standfirst", "body"}
	return slices.DeleteFunc(fields(c), func(f field) bool { return f.Text == "" || slices.Contains(text, f.Name) })
}
