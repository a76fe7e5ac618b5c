package desk

import (
	"slices"

	"doingoai/app/account"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type waitingPage struct {
	page
	Groups    []taskGroup
	MayCreate bool
	MayRead   bool
	MayWait   bool // articles may ever wait for this person
	Letters   int  // of readers that are open
}

// taskGroup is what waits for the same thing: Key names it among the words.
type taskGroup struct {
	Key   string
	State newsroom.State
	Rows  []editionRow
}

// editionRow is a line of any list of editions.
type editionRow struct {
	newsroom.Edition
	SavedByName string
	SectionName string
	AgencyName  string
}

// Path is the edition's own page.
func (r editionRow) Path() string { return editionPath(r.Ref) }

func editionPath(ref newsroom.Ref) string { return "/editions/" + ref.Item + "/" + ref.Lang }

// waiting is the first page of the day: what waits for me.
func (d *Desk) waiting(c *fiber.Ctx) error {
	show := waitingPage{page: d.page(c, "waiting.title", "waiting")}
	show.MayCreate, show.MayRead = show.Actor.MayAnywhere(account.Create), show.Actor.MayAnywhere(account.ViewOwn)
	show.MayWait = slices.ContainsFunc(dutiful, show.Actor.MayAnywhere)
	tasks, err := d.Newsroom.Waiting(web.Context(c), show.Actor)
	if err != nil {
		return err
	}
	editions := make([]newsroom.Edition, len(tasks))
	for i, t := range tasks {
		editions[i] = t.Edition
	}
	rows, err := d.rows(c, show.Lang(), editions)
	if err != nil {
		return err
	}
	for i, t := range tasks {
		if n := len(show.Groups); n == 0 || show.Groups[n-1].State != t.State {
			show.Groups = append(show.Groups, taskGroup{Key: taskKey(t), State: t.State})
		}
		g := &show.Groups[len(show.Groups)-1]
		g.Rows = append(g.Rows, rows[i])
	}
	if show.Actor.MayAnywhere(account.ReadLetters) {
		if show.Letters, err = d.Letters.Waiting(web.Context(c), show.Actor); err != nil {
			return err
		}
	}
	return d.show(c, fiber.StatusOK, "waiting", show)
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

// rows adds the names a list shows, in a fixed number of queries.
func (d *Desk) rows(c *fiber.Ctx, lang string, editions []newsroom.Edition) ([]editionRow, error) {
	ids := make([]string, 0, len(editions))
	for _, e := range editions {
		ids = append(ids, e.SavedBy)
	}
	people, err := d.Accounts.Names(web.Context(c), ids)
	if err != nil {
		return nil, err
	}
	sections, err := d.sectionNames(c, lang)
	if err != nil {
		return nil, err
	}
	agencies, err := d.agencyNames(c, lang)
	if err != nil {
		return nil, err
	}
	rows := make([]editionRow, len(editions))
	for i, e := range editions {
		rows[i] = editionRow{e, people[e.SavedBy], sections[e.Section], agencies[e.Agency]}
	}
	return rows, nil
}

func (d *Desk) sectionNames(c *fiber.Ctx, lang string) (map[string]string, error) {
	choices, err := d.sectionChoices(c, lang)
	names := map[string]string{}
	for _, s := range choices {
		names[s.Value] = s.Label
	}
	return names, err
}
