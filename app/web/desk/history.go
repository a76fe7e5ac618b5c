package desk

import (
	"slices"
	"strconv"
	"time"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// historyPage is what became of an edition: its saved versions, and what was
// done with it between them.
type historyPage struct {
	page
	Edition newsroom.Edition
	MaySave bool
	Past    []past
	Names   map[string]string
	Older   int // the page after this one begins before this version; 0: there is none
}

// MayReadPast says whether there is something that readers had, and the person
// may see it.
func (p historyPage) MayReadPast() bool {
	_, may := p.Actor.May(account.ReadPast, p.Edition.Agency)
	return may && p.Edition.Live != newsroom.NeverLive
}

// past is a saved version, or something that was done.
type past struct {
	At       time.Time
	Revision *newsroom.Revision
	Done     *audit.Entry
}

const (
	historyPageSize = 50
	// historyDeeds is how many deeds one page looks at; between fifty saved
	// versions there are hardly a hundred.
	historyDeeds = 500
)

func (d *Desk) history(c *fiber.Ctx) error {
	show := historyPage{page: d.page(c, "history.title", "revisions")}
	sheet, err := d.Newsroom.Open(web.Context(c), show.Actor, refOf(c))
	if err != nil {
		return err
	}
	show.Edition, show.MaySave = sheet.Edition, sheet.MaySave
	before, err := web.QueryInt(c, "before", 0, 1, sheet.Head)
	if err != nil {
		return err
	}
	if err := d.readPast(c, &show, before); err != nil {
		return err
	}
	var ids []string
	for _, p := range show.Past {
		if p.Revision != nil {
			ids = append(ids, p.Revision.Author)
		} else {
			ids = append(ids, p.Done.ActorID)
		}
	}
	if show.Names, err = d.Accounts.Names(web.Context(c), ids); err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "history", show)
}

// readPast gathers the saved versions before one of them, 0 for all of them,
// with what was done while they were the newest.
func (d *Desk) readPast(c *fiber.Ctx, show *historyPage, before int) error {
	ctx, ref := web.Context(c), show.Edition.Ref
	revisions, err := d.Newsroom.HistoryBefore(ctx, show.Actor, ref, before, historyPageSize)
	if err != nil || len(revisions) == 0 {
		return err
	}
	oldest := revisions[len(revisions)-1]
	deeds := audit.Filter{Subject: "edition/" + ref.Item + "/" + ref.Lang, From: oldest.CreatedAt}
	if before > 0 {
		next, err := d.Newsroom.Revision(ctx, show.Actor, ref, before)
		if err != nil {
			return err
		}
		deeds.Until = next.CreatedAt
	}
	found, err := audit.Find(ctx, d.DB, deeds, 0, historyDeeds)
	if err != nil {
		return err
	}
	for i := range found.Entries { // the newest first
		if e := &found.Entries[i]; slices.Contains(historic, e.Verb) {
			show.Past = append(show.Past, past{At: e.At, Done: e})
		}
	}
	for i := range revisions {
		show.Past = append(show.Past, past{At: revisions[i].CreatedAt, Revision: &revisions[i]})
	}
	slices.SortStableFunc(show.Past, func(a, b past) int { return b.At.Compare(a.At) })
	if oldest.Number > 1 {
		show.Older = oldest.Number
	}
	return nil
}

// historic are the deeds that a history tells besides saving.
var historic = func() []string {
	list := []string{"edition." + string(newsroom.Expire)}
	for _, v := range newsroom.Verbs() {
		list = append(list, "edition."+string(v))
	}
	return list
}()

// Weight says what a deed is for those who skim: "let" when it let a text go to
// readers, "stop" when it kept one from them.
func (p past) Weight() string {
	switch newsroom.State(p.Done.To) {
	case p.from():
	case newsroom.Approved, newsroom.Published, newsroom.Corrected:
		return "let"
	case newsroom.Returned, newsroom.Rejected, newsroom.Withdrawn:
		return "stop"
	}
	return ""
}

func (p past) from() newsroom.State { return newsroom.State(p.Done.From) }

// Moved says whether the deed led to another state.
func (p past) Moved() bool { return p.Done.From != p.Done.To }

// To is the state that the deed led to.
func (p past) To() newsroom.State { return newsroom.State(p.Done.To) }

// restore brings an older version back as a new one.
func (d *Desk) restore(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(web.Param(c, "number"))
	if err != nil {
		return errNoPage()
	}
	base, _ := strconv.Atoi(form.Text("base", 10)) // 0 is no version: a conflict
	if _, err := d.Newsroom.Restore(web.Context(c), web.Actor(c), refOf(c), number, base); err != nil {
		return err
	}
	return c.Redirect(editionPath(refOf(c))+"?done=restored", fiber.StatusSeeOther)
}
