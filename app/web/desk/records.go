package desk

import (
	"doingoai/app/audit"
	"doingoai/app/letter"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// auditPageSize is how many entries of the trail one page shows.
const auditPageSize = 50

type auditPage struct {
	page
	Entries []audit.Entry
	Names   map[string]string
	Before  int64 // where the next page begins, 0 on the last
}

// audit shows the trail, newest first.
func (d *Desk) audit(c *fiber.Ctx) error {
	show := auditPage{page: d.page(c, "audit.title", "people")}
	before, err := web.QueryInt(c, "before", 0, 0, 1<<53)
	if err != nil {
		return err
	}
	show.Entries, err = audit.Page(web.Context(c), d.DB, int64(before), auditPageSize)
	if err != nil {
		return err
	}
	ids := make([]string, len(show.Entries))
	for i, e := range show.Entries {
		ids[i] = e.ActorID
	}
	if show.Names, err = d.Accounts.Names(web.Context(c), ids); err != nil {
		return err
	}
	if n := len(show.Entries); n == auditPageSize && show.Entries[n-1].Seq > 1 {
		show.Before = show.Entries[n-1].Seq
	}
	return d.show(c, fiber.StatusOK, "audit", show)
}

type lettersPage struct {
	page
	Letters []letter.Letter
	Done    bool
	Names   map[string]string
	Next    int // number of the next page, 0 on the last
}

// letters lists what readers reported, the open ones first asked for.
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
	if more {
		show.Next = number + 1
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

func (d *Desk) closeLetter(c *fiber.Ctx) error {
	if err := d.Letters.Close(web.Context(c), web.Actor(c), web.Param(c, "id")); err != nil {
		return err
	}
	return c.Redirect("/letters?done=closed", fiber.StatusSeeOther)
}
