package desk

import (
	"doingoai/app/notice"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// noticeWaysPage is where a person chooses how they are told of things.
type noticeWaysPage struct {
	page
	Ways     notice.Ways
	Mailing  bool   // there is e-mail
	DigestAt string // a time of day
}

// Sorts are what a way is chosen for.
func (p noticeWaysPage) Sorts() []notice.Sort { return notice.Sorts }

// Choices are the ways in which somebody may be told of a sort.
func (p noticeWaysPage) Choices(s notice.Sort) []notice.Way { return notice.Choices(s) }

// Way is the word for one.
func (p noticeWaysPage) Way(w notice.Way) string {
	return p.T("notices.way."+string(w), "Time", p.DigestAt)
}

func (d *Desk) noticeWays(c *fiber.Ctx) error {
	show := noticeWaysPage{page: d.page(c, "notices.ways", "notifications"), Mailing: d.Courier.Mailing(), DigestAt: d.Courier.DigestAt()}
	var err error
	if show.Ways, err = d.Notices.Ways(web.Context(c), show.Actor); err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "notice-ways", show)
}

func (d *Desk) setNoticeWays(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	ways := notice.Ways{}
	for _, sort := range notice.Sorts {
		ways[sort] = notice.Way(form.Text("way_"+string(sort), 10))
	}
	if err := d.Notices.SetWays(web.Context(c), web.Actor(c), ways); err != nil {
		return err // the form offers nothing that is refused
	}
	return c.Redirect("/account/notices?done=notice_ways", fiber.StatusSeeOther)
}
