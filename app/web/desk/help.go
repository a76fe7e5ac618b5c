package desk

import (
	"html/template"
	"slices"

	"doingoai/content"

	"github.com/gofiber/fiber/v2"
)

// book is the help of a language, or the handbook.
type book struct {
	Root  string // where its pages are
	Lang  string
	Title string // key of its name
	Lead  string // key of what stands on its first page
	Pages []content.HelpPage
}

type bookPage struct {
	page
	Book book
	Slug string // "" for the list of pages alone
	Body template.HTML
}

func (d *Desk) helpBook(lang string) book {
	return book{"/help", lang, "help.title", "help.lead", d.help[lang]}
}

func (d *Desk) handbookBook() book {
	return book{"/handbook", "en", "handbook.title", "handbook.lead", d.handbook}
}

func (d *Desk) helpIndex(c *fiber.Ctx) error {
	return d.showBook(c, d.helpBook(d.printer(c).Lang()), "")
}

func (d *Desk) helpPage(c *fiber.Ctx) error {
	return d.showBook(c, d.helpBook(d.printer(c).Lang()), c.Params("slug"))
}

func (d *Desk) handbookIndex(c *fiber.Ctx) error { return d.showBook(c, d.handbookBook(), "") }

func (d *Desk) handbookPage(c *fiber.Ctx) error {
	return d.showBook(c, d.handbookBook(), c.Params("slug"))
}

// showBook shows a page of a book beside the list of all.
func (d *Desk) showBook(c *fiber.Ctx, b book, slug string) error {
	show := bookPage{page: d.page(c, b.Title, ""), Book: b}
	if slug == "" {
		return d.show(c, fiber.StatusOK, "help", show)
	}
	i := slices.IndexFunc(b.Pages, func(p content.HelpPage) bool { return p.Slug == slug })
	if i < 0 {
		return errNoPage()
	}
	found := b.Pages[i]
	show.Slug, show.Title = found.Slug, found.Title
	rendered, err := d.markup.Article(found.Body)
	if err != nil {
		return err
	}
	show.Body = rendered.HTML
	return d.show(c, fiber.StatusOK, "help", show)
}
