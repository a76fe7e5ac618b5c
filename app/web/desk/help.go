package desk

import (
	"html/template"
	"slices"

	"doingoai/content"

	"github.com/gofiber/fiber/v2"
)

type helpShow struct {
	page
	Pages []content.HelpPage
	Slug  string
	Body  template.HTML
}

func (d *Desk) helpIndex(c *fiber.Ctx) error {
	show := helpShow{page: d.page(c, "help.title", "")}
	show.Pages = d.help[show.Lang()]
	return d.show(c, fiber.StatusOK, "help", show)
}

func (d *Desk) helpPage(c *fiber.Ctx) error {
	show := helpShow{page: d.page(c, "help.title", "")}
	show.Pages = d.help[show.Lang()]
	i := slices.IndexFunc(show.Pages, func(p content.HelpPage) bool { return p.Slug == c.Params("slug") })
	if i < 0 {
		return errNoPage()
	}
	found := show.Pages[i]
	show.Slug, show.Title = found.Slug, found.Title
	rendered, err := d.markup.Article(found.Body)
	if err != nil {
		return err
	}
	show.Body = rendered.HTML
	return d.show(c, fiber.StatusOK, "help", show)
}
