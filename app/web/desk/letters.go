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
	Typed   string            // an answer that was refused; the form is its letter's
	// Numbers of the neighbouring pages, 0 where there is none.
	Previous, Next int
}

// letters lists what readers wrote: what is open, or what was dealt with.
func (d *Desk) letters(c *fiber.Ctx) error {
	return d.showLetters(c, fiber.StatusOK, lettersPage{page: d.page(c, "letters.title", "letters"), Done: c.Query("done_only") == "1"})
}

func (d *Desk) showLetters(c *fiber.Ctx, status int, show lettersPage) error {
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
	return d.show(c, status, "letters", show)
}

// MayReply says whether the person may still answer whoever wrote a letter. Who
// commented on a page was given no number, and cannot be told anything.
func (p lettersPage) MayReply(l letter.Letter) bool {
	return l.Answer == "" && l.Kind != letter.Rating && p.MayAnswer(l)
}

// replyToLetter answers whoever wrote a letter. One that is refused is shown
// again with what was typed.
func (d *Desk) replyToLetter(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	id, answer := web.Param(c, "id"), form.Text("answer", letter.MaxMessage)
	if err = form.Err(); err == nil {
		err = d.Letters.Reply(web.Context(c), web.Actor(c), id, answer)
	}
	if err == nil {
		return c.Redirect("/letters?done=letter_answered", fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	show := lettersPage{page: d.page(c, "letters.title", "letters"), Typed: answer}
	show.refused(err)
	show.Errors.Form = id
	return d.showLetters(c, web.Status(err), show)
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
