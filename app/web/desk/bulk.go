package desk

import (
	"slices"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// Several editions can be sent on their way together. Each is a verb of its
// own, about the revision that was looked at, and each is told of by itself:
// what could not be done does not hold up the others. Nothing is done twice:
// an edition that has moved on refuses. Approval and publication are not
// among the verbs, for nobody should give them to what they have not read.

// planDay is the verb of planning for a day; it changes no state.
const planDay newsroom.Verb = "plan"

// bulkActions are the verbs for several; what permits each; and whether there
// is something to ask first: a reason, a time, or, where it cannot be undone,
// whether it is meant.
var bulkActions = []struct {
	verb   newsroom.Verb
	action account.Action
	asks   bool
}{
	{newsroom.Submit, account.Submit, false}, {newsroom.Take, account.Take, false}, {newsroom.Return, account.Return, true},
	{newsroom.Schedule, account.Schedule, true}, {newsroom.Unschedule, account.Schedule, false}, {planDay, account.Plan, true},
	{newsroom.Archive, account.Archive, true},
}

// bulkVerbs are those that a person may ask for somewhere.
func bulkVerbs(actor account.Actor) []newsroom.Verb {
	var verbs []newsroom.Verb
	for _, b := range bulkActions {
		if actor.MayAnywhere(b.action) {
			verbs = append(verbs, b.verb)
		}
	}
	return verbs
}

// shown names an edition, and what was looked at: the hash of its revision.
type shown struct {
	newsroom.Ref
	Hash string
}

func (p shown) String() string { return p.Item + "/" + p.Lang + "/" + p.Hash }

func readOne(text string) (shown, bool) {
	parts := strings.Split(text, "/")
	if len(parts) != 3 {
		return shown{}, false
	}
	return shown{newsroom.Ref{Item: parts[0], Lang: parts[1]}, parts[2]}, true
}

// readShown reads those that a form names, each edition once.
func readShown(form *web.Form) ([]shown, error) {
	texts := form.List("pick", 200)
	var list []shown
	for _, text := range texts {
		s, ok := readOne(text)
		if !ok || len(texts) > newsroom.PageSize {
			return nil, fault.New(fault.Malformed, "error.malformed.title")
		}
		if !slices.ContainsFunc(list, func(o shown) bool { return o.Ref == s.Ref }) {
			list = append(list, s)
		}
	}
	return list, nil
}

// pickRow is a line of a list that can be chosen.
type pickRow struct {
	editionRow
	Pick shown
}

func (d *Desk) pickRows(c *fiber.Ctx, p page, editions []newsroom.Edition) ([]pickRow, error) {
	rows, err := d.rows(c, p, editions)
	if err != nil {
		return nil, err
	}
	heads, err := d.Newsroom.Heads(web.Context(c), editions)
	picks := make([]pickRow, len(rows))
	for i, r := range rows {
		picks[i] = pickRow{r, shown{r.Ref, heads[r.Ref]}}
	}
	return picks, err
}

// bulkPage asks what has to be asked first, and then tells what was done with
// each.
type bulkPage struct {
	page
	Back    string
	Asked   bulkAsk
	Picks   []shown
	Chosen  []newsroom.Edition // before anything is done
	Done    []newsroom.Edition
	Refused []bulkRefusal
}

// bulkRefusal is an edition with which it could not be done, and why.
type bulkRefusal struct {
	newsroom.Edition
	Why string
}

// bulkAsk is what is asked of each edition.
type bulkAsk struct {
	Verb   newsroom.Verb
	Reason string
	At     time.Time
	Day    time.Time
}

// PublishAt and PlannedDay are the times as their fields take them.
func (b bulkAsk) PublishAt() string  { return asked{Ask: newsroom.Ask{At: b.At}}.PublishAt() }
func (b bulkAsk) PlannedDay() string { return dayValue(b.Day) }

// asks says whether there is something to ask before the verb.
func (b bulkAsk) asks() bool {
	for _, a := range bulkActions {
		if a.verb == b.Verb {
			return a.asks
		}
	}
	return false
}

// lacks refuses what would be refused for each.
func (b bulkAsk) lacks() error {
	var form fault.Form
	if b.Verb.NeedsReason() && strings.TrimSpace(b.Reason) == "" {
		form.Refuse("reason", "error.reason.required")
	}
	if b.Verb == newsroom.Schedule && b.At.IsZero() {
		form.Refuse("publish_at", "error.schedule.none")
	}
	return form.Err()
}

func (d *Desk) bulk(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := &bulkPage{page: d.page(c, "bulk.title", "desk"), Back: localPath(form.Text("back", maxNext))}
	show.Asked = bulkAsk{
		newsroom.Verb(form.Text("verb", 20)), form.Text("reason", newsroom.MaxReason), form.LocalTime("publish_at"), form.LocalDate("day"),
	}
	if !slices.Contains(bulkVerbs(show.Actor), show.Asked.Verb) {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	if show.Picks, err = readShown(form); err != nil {
		return err
	}
	first := show.Asked.asks() && !form.Has("asked")
	if first || len(show.Picks) == 0 {
		return d.askBulk(c, fiber.StatusOK, show)
	}
	if err = form.Err(); err == nil {
		err = show.Asked.lacks()
	}
	if err != nil {
		show.refused(err)
		return d.askBulk(c, web.Status(err), show)
	}
	outcome := map[newsroom.Ref]error{}
	for _, p := range show.Picks {
		err := d.bulkOne(c, show.Asked, p)
		if fault.KindOf(err) == fault.Internal {
			return err
		}
		outcome[p.Ref] = err
	}
	return d.tellBulk(c, show, outcome)
}

// askBulk shows what was chosen, with the fields that the verb needs.
func (d *Desk) askBulk(c *fiber.Ctx, status int, show *bulkPage) error {
	var err error
	if show.Chosen, err = d.picked(c, show); err != nil {
		return err
	}
	show.Title = show.T("bulk.ask", "Verb", show.BulkVerb(show.Asked.Verb), "count", len(show.Chosen))
	return d.show(c, status, "bulk", show)
}

// picked are the chosen editions in the order of the list, as far as the person
// may see them.
func (d *Desk) picked(c *fiber.Ctx, show *bulkPage) ([]newsroom.Edition, error) {
	refs := make([]newsroom.Ref, len(show.Picks))
	for i, p := range show.Picks {
		refs[i] = p.Ref
	}
	editions, err := d.Newsroom.Seen(web.Context(c), show.Actor, refs)
	slices.SortFunc(editions, func(a, b newsroom.Edition) int { return slices.Index(refs, a.Ref) - slices.Index(refs, b.Ref) })
	return editions, err
}

func (d *Desk) bulkOne(c *fiber.Ctx, b bulkAsk, p shown) error {
	ctx, actor := web.Context(c), web.Actor(c)
	if b.Verb == planDay {
		return d.Newsroom.PlanDay(ctx, actor, p.Ref, b.Day)
	}
	return d.Newsroom.Do(ctx, actor, p.Ref, b.Verb, newsroom.Ask{Hash: p.Hash, Reason: b.Reason, At: b.At})
}

// tellBulk puts the outcome into words. What the person may not see is not named.
func (d *Desk) tellBulk(c *fiber.Ctx, show *bulkPage, outcome map[newsroom.Ref]error) error {
	editions, err := d.picked(c, show)
	if err != nil {
		return err
	}
	for _, e := range editions {
		if f, refused := fault.As(outcome[e.Ref]); refused {
			show.Refused = append(show.Refused, bulkRefusal{e, show.why(f)})
		} else {
			show.Done = append(show.Done, e)
		}
	}
	show.Title = show.T("bulk.done", "Verb", show.BulkVerb(show.Asked.Verb), "Done", len(show.Done), "count", len(editions))
	return d.show(c, fiber.StatusOK, "bulk", show)
}

// why is a refusal in one sentence: of the field that was wrong, if one was.
func (p page) why(f *fault.Error) string {
	for _, m := range f.Fields {
		return p.P.Message(m)
	}
	return p.P.Message(f.Message)
}

// BulkVerb is the word for what is done with several.
func (p page) BulkVerb(v newsroom.Verb) string {
	if v == planDay {
		return p.T("bulk.plan")
	}
	return p.Verb(v)
}
