package desk

import (
	"context"
	"log/slog"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"doingoai/app/account"
	"doingoai/app/notice"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type noticesPage struct {
	page
	Notices []notice.Notice
	Filter  notice.Filter
	Older   string // the address of the next page, "" at the end
}

// notices lists what the person was told.
func (d *Desk) notices(c *fiber.Ctx) error {
	show := noticesPage{page: d.page(c, "notices.title", "notifications")}
	sort, err := web.Query(c, "sort", 20)
	if err != nil {
		return err
	}
	before, err := web.QueryInt(c, "before", 0, 0, math.MaxInt)
	if err != nil {
		return err
	}
	show.Filter = notice.Filter{Sort: notice.Sort(sort), Unread: c.Query("unread") == "1", Before: int64(before)}
	var more bool
	if show.Notices, more, err = d.Notices.List(web.Context(c), show.Actor, show.Filter); err != nil {
		return err
	}
	if more {
		next := show.Filter
		next.Before = show.Notices[len(show.Notices)-1].Event
		show.Older = noticesAddress(next)
	}
	return d.show(c, fiber.StatusOK, "notices", show)
}

// noticesAddress is where a list of notices can be read.
func noticesAddress(f notice.Filter) string {
	query := url.Values{}
	if f.Sort != "" {
		query.Set("sort", string(f.Sort))
	}
	if f.Unread {
		query.Set("unread", "1")
	}
	if f.Before > 0 {
		query.Set("before", strconv.FormatInt(f.Before, 10))
	}
	if len(query) == 0 {
		return "/notices"
	}
	return "/notices?" + query.Encode()
}

// Sorts are what the list can be narrowed to, "" for everything.
func (p noticesPage) Sorts() []notice.Sort {
	return slices.Concat([]notice.Sort{""}, notice.Sorts)
}

// SortName is the word for a sort of notices.
func (p page) SortName(s notice.Sort) string {
	if s == "" {
		return p.T("notices.all")
	}
	return p.T("notices.sort." + string(s))
}

// Of is the list of one sort.
func (p noticesPage) Of(s notice.Sort) string {
	return noticesAddress(notice.Filter{Sort: s, Unread: p.Filter.Unread})
}

// ReadToo is the list with what was read, or without.
func (p noticesPage) ReadToo(too bool) string {
	return noticesAddress(notice.Filter{Sort: p.Filter.Sort, Unread: !too})
}

// Newest is up to where everything is marked as read: what comes while the
// page is being looked at stays unread.
func (p noticesPage) Newest() int64 {
	if len(p.Notices) == 0 {
		return 0
	}
	return p.Notices[0].Event
}

// followNotice leads to what a notice is about, which is read with that.
func (d *Desk) followNotice(c *fiber.Ctx) error {
	href, err := d.Notices.Follow(web.Context(c), web.Actor(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	if !strings.HasPrefix(href, "/") { // it was taken out of their sight
		href = "/notices"
	}
	return c.Redirect(href, fiber.StatusSeeOther)
}

func (d *Desk) readNotices(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	through, err := strconv.ParseInt(form.Text("through", 20), 10, 64)
	if err != nil {
		through = 0 // nothing was shown, so nothing was read
	}
	if err := d.Notices.ReadAll(web.Context(c), web.Actor(c), through); err != nil {
		return err
	}
	return c.Redirect("/notices?done=notices_read", fiber.StatusSeeOther)
}

// countNotices notes in the menu how many notices are unread. A page is not
// withheld because nobody can count.
func (d *Desk) countNotices(c *fiber.Ctx, p *page) {
	i := slices.IndexFunc(p.Menu, func(m menuEntry) bool { return m.Href == "/notices" })
	if i < 0 {
		return
	}
	n, err := d.Notices.Unread(web.Context(c), p.Actor)
	if err != nil {
		slog.Warn("the unread notices cannot be counted", "error", err)
	}
	p.Menu[i].Count = countOf(n)
}

// noticesMark is that number, for a page that is open.
func (d *Desk) noticesMark(ctx context.Context, actor account.Actor, _ string) (string, error) {
	n, err := d.Notices.Unread(ctx, actor)
	return countOf(n), err
}

// countOf is a number of unread notices as the menu shows it.
func countOf(n int) string {
	switch {
	case n == 0:
		return ""
	case n >= notice.MostCounted:
		return strconv.Itoa(notice.MostCounted-1) + "+"
	}
	return strconv.Itoa(n)
}

// Unread says whether any notice is.
func (p page) Unread() bool {
	return slices.ContainsFunc(p.Menu, func(m menuEntry) bool { return m.Href == "/notices" && m.Count != "" })
}

// saw notes that somebody is at the page which notices lead to, so that these
// need not be opened one by one.
func (d *Desk) saw(c *fiber.Ctx, p *page, subject string) {
	if !p.Unread() {
		return
	}
	if err := d.Notices.Saw(web.Context(c), p.Actor, subject); err != nil {
		slog.Warn("notices of a page that was opened stay unread", "error", err)
		return
	}
	d.countNotices(c, p)
}
