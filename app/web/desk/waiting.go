package desk

import (
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type waitingPage struct {
	page
	Groups    []taskGroup
	Unsaved   []unsavedRow
	Today     []editionRow // to be published today, or planned for it
	MayCreate bool
	MayRead   bool
	MayWait   bool // articles may ever wait for this person
	Vacant    []vacantStep
	Reviews   []reviewRow // pages about the province that are due for review
	Letters   int         // letters that are not settled, for those who read them
}

// reviewRow is a page about the province that is due for review.
type reviewRow struct {
	newsroom.ReviewDue
	Path, OwnerName string
}

// reviews are those that the person sees.
func (d *Desk) reviews(c *fiber.Ctx, p page) ([]reviewRow, error) {
	due, err := d.Newsroom.ReviewsDue(web.Context(c), p.Actor)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	names, err := d.agencyNames(c, p.Lang())
	rows := make([]reviewRow, len(due))
	for i, r := range due {
		rows[i] = reviewRow{r, editionPath(r.Ref), names[r.Owner]}
	}
	return rows, err
}

// vacantStep is a step at which texts wait for nobody, as those are told who can
// do something about it.
type vacantStep struct {
	Step, AgencyName string
	Lang             string // of what waits
	Waiting          int
	Href             string
}

// vacantSteps are those of the agencies whose workflows the person manages. Who
// gives roles is led to the people, others to the steps.
func (d *Desk) vacantSteps(c *fiber.Ctx, p page) ([]vacantStep, error) {
	empty, err := d.Newsroom.Vacancies(web.Context(c), p.Actor)
	if err != nil || len(empty) == 0 {
		return nil, err
	}
	names, err := d.agencyNames(c, p.Lang())
	steps := make([]vacantStep, len(empty))
	for i, v := range empty {
		steps[i] = vacantStep{newsroom.Named(v.Step.Names, p.Lang()), names[v.Agency], v.Lang, v.Waiting, "/workflows"}
		if p.Actor.MayAnywhere(account.ManageUsers) {
			steps[i].Href = "/people?agency=" + v.Agency
		}
	}
	return steps, err
}

// taskGroup is what waits for the same thing: Key names it among the words.
type taskGroup struct {
	Key  string
	Rows []taskRow
	More bool // these are only the oldest of them
}

// ID is the group's place on the page.
func (g taskGroup) ID() string { return strings.TrimPrefix(g.Key, "waiting.") }

// taskRow is a task in a list.
type taskRow struct {
	editionRow
	Href  string // where it is done
	Key   string // what is asked, where the group does not say so
	Since time.Time
	For   string // the name of the absent person in whose place it is asked

	deadline time.Time
}

// unsavedRow is a text in which something typed was not saved.
type unsavedRow struct {
	editionRow
	TypedAt time.Time
}

// waiting is the first page of the day: what waits for me.
func (d *Desk) waiting(c *fiber.Ctx) error {
	show := waitingPage{page: d.page(c, "waiting.title", "waiting")}
	show.MayCreate, show.MayRead = show.Actor.MayAnywhere(account.Create), show.Actor.MayAnywhere(account.ViewOwn)
	show.MayWait = slices.ContainsFunc(dutiful, show.Actor.MayAnywhere)
	if err := d.fillWaiting(c, &show); err != nil {
		return err
	}
	var err error
	if show.Vacant, err = d.vacantSteps(c, show.page); err != nil {
		return err
	}
	if show.Actor.MayAnywhere(account.ReadLetters) {
		if show.Letters, err = d.Letters.Waiting(web.Context(c), show.Actor); err != nil {
			return err
		}
	}
	return d.show(c, fiber.StatusOK, "waiting", show)
}

// fillWaiting adds what waits, what of the person's own is unsaved, and what
// today is for.
func (d *Desk) fillWaiting(c *fiber.Ctx, show *waitingPage) error {
	ctx := web.Context(c)
	tasks, err := d.Newsroom.Waiting(ctx, show.Actor)
	if err != nil {
		return err
	}
	var unsaved []newsroom.UnsavedText
	var today []newsroom.Edition
	if show.MayRead {
		if unsaved, err = d.Newsroom.Unfinished(ctx, show.Actor); err != nil {
			return err
		}
		morning := startOfDay(show.Now())
		if today, _, err = d.Newsroom.Calendar(ctx, show.Actor, "", morning, morning.AddDate(0, 0, 1)); err != nil {
			return err
		}
		today = today[:min(len(today), maxToday)]
		if show.Reviews, err = d.reviews(c, show.page); err != nil {
			return err
		}
	}
	var editions []newsroom.Edition
	for _, t := range tasks {
		editions = append(editions, t.Edition)
	}
	for _, u := range unsaved {
		editions = append(editions, u.Edition)
	}
	rows, err := d.rows(c, show.page, append(editions, today...))
	if err != nil {
		return err
	}
	if show.Groups, err = d.groups(c, show.page, tasks, rows); err != nil {
		return err
	}
	for i, u := range unsaved {
		show.Unsaved = append(show.Unsaved, unsavedRow{rows[len(tasks)+i], u.TypedAt})
	}
	show.Today = rows[len(editions):]
	return nil
}

// maxToday is how much of today's calendar is shown.
const maxToday = 20

// startOfDay is the beginning of a moment's day in Vietnam.
func startOfDay(t time.Time) time.Time {
	year, month, day := t.In(locale.Zone()).Date()
	return time.Date(year, month, day, 0, 0, 0, 0, locale.Zone())
}

// groups puts tasks of one sort together, in the order they came; but what
// cannot wait stands before all others, the soonest due first.
func (d *Desk) groups(c *fiber.Ctx, p page, tasks []newsroom.Task, rows []editionRow) ([]taskGroup, error) {
	var absent []string
	for _, t := range tasks {
		absent = append(absent, t.For)
	}
	names, err := d.Accounts.Names(web.Context(c), slices.DeleteFunc(absent, func(id string) bool { return id == "" }))
	if err != nil {
		return nil, err
	}
	var groups []taskGroup
	of := map[string]int{}
	pressing := taskGroup{Key: "waiting.now"}
	for i, t := range tasks {
		row, key := taskRow{editionRow: rows[i], Href: rows[i].Path(), Since: t.Since, For: names[t.For], deadline: t.Deadline()}, taskKey(t)
		of[key]++
		if t.Verb == newsroom.CatchUp {
			row.Href = sidePath(t.Ref) + "#behind-1"
		}
		if !t.Due.IsZero() {
			row.Due = p.dueMark(p.T("clock."+string(t.Verb)), newsroom.Clock{Code: string(t.Verb), From: t.Since, Due: t.Due})
		}
		if t.Pressing(p.Now()) {
			row.Key = key
			pressing.Rows = append(pressing.Rows, row)
			continue
		}
		at := slices.IndexFunc(groups, func(g taskGroup) bool { return g.Key == key })
		if at < 0 {
			at, groups = len(groups), append(groups, taskGroup{Key: key})
		}
		groups[at].Rows = append(groups[at].Rows, row)
	}
	for i, g := range groups {
		groups[i].More = of[g.Key] >= newsroom.MostWaiting
	}
	if len(pressing.Rows) == 0 {
		return groups, nil
	}
	slices.SortStableFunc(pressing.Rows, func(a, b taskRow) int { return a.deadline.Compare(b.deadline) })
	return slices.Insert(groups, 0, pressing), nil
}

// dutiful are the actions for whose sake an article may wait for somebody.
var dutiful = []account.Action{
	account.Submit, account.Take, account.Pass, account.Approve, account.Confirm, account.Clear, account.Schedule, account.Publish,
}

// taskKey names a task's group. What was returned is to be mended, which is
// not the same as a draft that was never sent.
func taskKey(t newsroom.Task) string {
	if t.State == newsroom.Returned {
		return "waiting.returned"
	}
	return "waiting." + string(t.Verb)
}
