package desk

import (
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/letter"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type lettersPage struct {
	page
	Letters []letter.Letter
	Done    bool
	Names   map[string]string
	Pages   map[string]string // addresses of the outlets, by id
	// Numbers of the neighbouring pages, 0 where there is none.
	Previous, Next int
}

// letters lists what readers reported: what is open, or what was dealt with.
func (d *Desk) letters(c *fiber.Ctx) error {
	show := lettersPage{page: d.page(c, "letters.title", "letters"), Done: c.Query("done_only") == "1"}
	number, err := web.QueryInt(c, "page", 1, 1, 10_000)
	if err != nil {
		return err
	}
	var more bool
	show.Letters, more, err = d.Letters.List(web.Context(c), show.Actor, show.Done, number)
	if err != nil {
		return err
	}
	show.Previous = number - 1
	if more {
		show.Next = number + 1
	}
	if show.Pages, err = d.outletAddresses(c); err != nil {
		return err
	}
	ids := make([]string, len(show.Letters))
	for i, l := range show.Letters {
		ids[i] = l.DoneBy
	}
	if show.Names, err = d.Accounts.Names(web.Context(c), ids); err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "letters", show)
}

// MayAnswer says whether the person may deal with a letter, besides reading it.
func (p lettersPage) MayAnswer(l letter.Letter) bool {
	_, ok := p.Actor.May(account.AnswerLetters, l.Agency)
	return ok
}

// Page is where the page that a letter is about can be read, "" when the desk
// cannot know.
func (p lettersPage) Page(l letter.Letter) string {
	if base := p.Pages[l.Outlet]; base != "" && strings.HasPrefix(l.Address, "/") {
		return base + l.Address
	}
	return ""
}

// Sort says what kind of letter it is, and what it is about.
func (p lettersPage) Sort(l letter.Letter) string {
	if l.Topic == "" {
		return p.T("letters.kind." + l.Kind)
	}
	return p.T("letters.kind."+l.Kind) + ": " + p.T("letters.topic."+l.Topic)
}

func (d *Desk) closeLetter(c *fiber.Ctx) error {
	if err := d.Letters.Close(web.Context(c), web.Actor(c), web.Param(c, "id")); err != nil {
		return err
	}
	return c.Redirect("/letters?done=closed", fiber.StatusSeeOther)
}

// Answer is the page of the correction that answered a letter, "" for none.
func (p lettersPage) Answer(l letter.Letter) string {
	if ref, ok := newsroom.RefOf(l.AnsweredBy); ok {
		return editionPath(ref)
	}
	return ""
}

// readLetters puts the open letters about a text that readers have on its page.
// The one that the address names is what a correction begins with.
func (d *Desk) readLetters(c *fiber.Ctx, show *editionPage) (err error) {
	if show.Sheet.Live != newsroom.IsLive {
		return nil
	}
	if show.Letters, err = d.Letters.About(web.Context(c), show.Actor, show.Sheet.Item); err != nil {
		return err
	}
	for _, l := range show.Letters {
		if l.ID == c.Query("letter") && show.Asked.Verb == "" {
			show.Asked.Verb, show.Asked.Reason, show.Asked.Letters = newsroom.Correct, shorten(l.Message, newsroom.MaxReason-2), []string{l.ID}
		}
	}
	return nil
}

// Chosen says whether a letter is to be answered by the correction.
func (a asked) Chosen(id string) bool { return slices.Contains(a.Letters, id) }

// Short is the beginning of a letter.
func (editionPage) Short(message string) string { return shorten(message, 160) }
