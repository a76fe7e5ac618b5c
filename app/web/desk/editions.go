package desk

import (
	"cmp"
	"errors"
	"net/url"
	"slices"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/store"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

type editionsPage struct {
	page
	Filter        newsroom.Filter
	Query         string // the filter's, for an address
	Rows          []pickRow
	States        []stateCount
	Clocks        []clockCount
	ClockStates   []newsroom.ClockState
	Kinds         []kind.Kind
	Languages     []string
	Agencies      []choice
	Sections      []choice
	Outlets       []choice
	People        []choice
	Saved         []newsroom.SavedSearch
	Bulk          []newsroom.Verb // what can be done with several
	Newest, Older string          // addresses of the first page and the next, "" on the first and the last
	MayCreate     bool
}

// Narrowed says whether more than the state and the headline are chosen.
func (p *editionsPage) Narrowed() bool {
	f := p.Filter
	f.State, f.Headline, f.After = "", "", newsroom.Bookmark{}
	return f != newsroom.Filter{}
}

// Whole says whether the list is that of a state, or of all: what the counts
// are of.
func (p *editionsPage) Whole() bool { return !p.Narrowed() && p.Filter.Headline == "" }

// Clear is the list's address without anything but the state.
func (p *editionsPage) Clear() string { return listAddress(newsroom.Filter{State: p.Filter.State}) }

// Day writes a moment as a date field takes it; a list goes until the evening
// before its To.
func (p *editionsPage) Day(t time.Time) string { return dayValue(t) }

// Until is the last day of the list.
func (p *editionsPage) Until() string {
	if p.Filter.To.IsZero() {
		return ""
	}
	return dayValue(lastDay(p.Filter.To))
}

// InState is the list's address with another state.
func (p *editionsPage) InState(s newsroom.State) string {
	f := p.Filter
	f.State = s
	return listAddress(f)
}

// WithClock is the list's address with clocks that stand so.
func (p *editionsPage) WithClock(s newsroom.ClockState) string {
	f := p.Filter
	f.Clock = s
	return listAddress(f)
}

type stateCount struct {
	State newsroom.State
	Count int
}

type clockCount struct {
	State newsroom.ClockState
	Count int
}

// editions lists what the person may see; the filter is the address.
func (d *Desk) editions(c *fiber.Ctx) error {
	return d.showEditions(c, fiber.StatusOK, d.page(c, "editions.title", "desk"))
}

func (d *Desk) showEditions(c *fiber.Ctx, status int, base page) error {
	show := &editionsPage{page: base, Kinds: kind.All(), Languages: newsroom.Languages, ClockStates: newsroom.ClockStates}
	show.MayCreate = show.Actor.MayAnywhere(account.Create)
	show.Bulk = bulkVerbs(show.Actor)
	f, err := readFilter(c)
	if err != nil {
		return err
	}
	show.Filter, show.Query = f, queryOf(f).Encode()
	editions, more, err := d.Newsroom.List(web.Context(c), show.Actor, f)
	if err != nil {
		return err
	}
	if show.Rows, err = d.pickRows(c, show.page, editions); err != nil {
		return err
	}
	if err := d.fillCounts(c, show); err != nil {
		return err
	}
	if err := d.fillChoices(c, show); err != nil {
		return err
	}
	if f.After != (newsroom.Bookmark{}) {
		show.Newest = listAddress(f)
	}
	if more {
		show.Older = behind(f, editions[len(editions)-1])
	}
	return d.show(c, status, "editions", show)
}

// fillCounts adds how many there are of each state, and of each clock that
// needs somebody.
func (d *Desk) fillCounts(c *fiber.Ctx, show *editionsPage) error {
	counts, err := d.Newsroom.Counts(web.Context(c), show.Actor)
	if err != nil {
		return err
	}
	for _, s := range newsroom.States {
		if counts[s] > 0 || s == show.Filter.State {
			show.States = append(show.States, stateCount{s, counts[s]})
		}
	}
	clocks, err := d.Newsroom.ClockCounts(web.Context(c), show.Actor)
	for _, s := range newsroom.ClockStates {
		if s != newsroom.ClockOK && clocks[s] > 0 {
			show.Clocks = append(show.Clocks, clockCount{s, clocks[s]})
		}
	}
	return err
}

// fillChoices adds what the list can be narrowed to.
func (d *Desk) fillChoices(c *fiber.Ctx, show *editionsPage) (err error) {
	if show.Agencies, err = d.agencyChoices(c, show.Lang()); err != nil {
		return err
	}
	if show.Sections, err = d.sectionChoices(c, show.Lang()); err != nil {
		return err
	}
	outlets, err := d.Outlets.All(web.Context(c))
	if err != nil {
		return err
	}
	for _, o := range outlets {
		show.Outlets = append(show.Outlets, choice{o.ID, outletName(o, show.Lang())})
	}
	colleagues, err := d.Accounts.Colleagues(web.Context(c), show.Actor)
	if err != nil {
		return err
	}
	for _, p := range colleagues {
		show.People = append(show.People, choice{p.ID, p.Name})
	}
	show.Saved, err = d.Newsroom.SavedSearches(web.Context(c), show.Actor)
	return err
}

// readFilter reads the list's address. What it names and there is not, finds
// nothing; what cannot be anything is malformed.
func readFilter(c *fiber.Ctx) (newsroom.Filter, error) {
	var f newsroom.Filter
	var err error
	text := func(name string) string {
		if err != nil {
			return ""
		}
		var value string
		value, err = web.Query(c, name, newsroom.MaxHeadline)
		return value
	}
	day := func(name string) time.Time {
		if err != nil {
			return time.Time{}
		}
		var t time.Time
		t, err = queryDay(c, name)
		return t
	}
	f.State, f.Kind, f.Lang, f.Agency = newsroom.State(text("state")), kind.Kind(text("kind")), text("lang"), text("agency")
	f.Section, f.Outlet, f.Person = text("section"), text("outlet"), text("person")
	f.Mine, f.Headline, f.Clock = text("mine") == "1", text("headline"), newsroom.ClockState(text("clock"))
	f.From, f.To = day("from"), day("to")
	if !f.To.IsZero() {
		f.To = f.To.AddDate(0, 0, 1) // the day named is in the list
	}
	after, ok := newsroom.ReadBookmark(text("after"))
	if f.After = after; !ok {
		return f, fault.New(fault.Malformed, "error.malformed.title")
	}
	if f.State != "" && !slices.Contains(newsroom.States, f.State) || f.Kind != "" && !f.Kind.Known() || f.Clock != "" && !slices.Contains(newsroom.ClockStates, f.Clock) {
		return f, fault.New(fault.Malformed, "error.malformed.title")
	}
	return f, err
}

// queryOf is the address of a filter, from its beginning.
func queryOf(f newsroom.Filter) url.Values {
	q := url.Values{}
	to := f.To
	if !to.IsZero() {
		to = lastDay(to)
	}
	for name, value := range map[string]string{
		"state": string(f.State), "kind": string(f.Kind), "lang": f.Lang, "agency": f.Agency, "section": f.Section, "headline": f.Headline,
		"outlet": f.Outlet, "person": f.Person, "clock": string(f.Clock), "from": dayValue(f.From), "to": dayValue(to),
	} {
		if value != "" {
			q.Set(name, value)
		}
	}
	if f.Mine {
		q.Set("mine", "1")
	}
	return q
}

// dayValue is a day as a date field takes it, "" for none.
func dayValue(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(locale.Zone()).Format(time.DateOnly)
}

func listAddress(f newsroom.Filter) string {
	if q := queryOf(f).Encode(); q != "" {
		return "/editions?" + q
	}
	return "/editions"
}

// behind is the address of what the list has after an edition.
func behind(f newsroom.Filter, last newsroom.Edition) string {
	q := queryOf(f)
	q.Set("after", last.Bookmark().String())
	return "/editions?" + q.Encode()
}

// saveSearch keeps the list that is shown under a name.
func (d *Desk) saveSearch(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	query, err := url.ParseQuery(form.Text("query", 1000))
	if err != nil {
		return &fault.Error{Kind: fault.Malformed, Message: fault.Say("error.malformed.title"), Cause: err}
	}
	for name := range query {
		if !slices.Contains(filterNames, name) {
			query.Del(name)
		}
	}
	if err = form.Err(); err == nil {
		err = d.Newsroom.SaveSearch(web.Context(c), web.Actor(c), form.Text("name", 2*newsroom.MaxSavedSearchName), query.Encode())
	}
	if err == nil {
		query.Set("done", "search_saved")
		return c.Redirect("/editions?"+query.Encode(), fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	c.Request().URI().SetQueryString(query.Encode()) // the list that was to be kept
	base := d.page(c, "editions.title", "desk")
	base.refused(err)
	return d.showEditions(c, web.Status(err), base)
}

// filterNames are the parameters that narrow the list.
var filterNames = []string{"state", "kind", "lang", "agency", "section", "headline", "outlet", "person", "clock", "from", "to", "mine"}

func (d *Desk) forgetSearch(c *fiber.Ctx) error {
	if err := d.Newsroom.ForgetSearch(web.Context(c), web.Actor(c), web.Param(c, "id")); err != nil {
		return err
	}
	return c.Redirect("/editions?done=search_forgotten", fiber.StatusSeeOther)
}

type newPage struct {
	page
	Kinds                     []kind.Kind
	Kind                      kind.Kind
	Agencies, Sections        []choice
	Languages                 []string // in which the person may begin something, in one agency or another
	Agency, Section, Language string
	Headline                  string
	ID                        string // of the item that the form begins, however often it is sent
	Begun                     string // the page of what was begun with the form when it said something else
}

func (d *Desk) newForm(c *fiber.Ctx) error {
	return d.showNew(c, fiber.StatusOK, newPage{page: d.page(c, "new.title", "writing"), Kind: kind.Article, Language: "vi"})
}

func (d *Desk) showNew(c *fiber.Ctx, status int, show newPage) error {
	all, err := d.agencyChoices(c, show.Lang())
	if err != nil {
		return err
	}
	show.Agencies = slices.DeleteFunc(all, func(a choice) bool {
		_, may := show.Actor.May(account.Create, a.Value)
		return !may
	})
	show.Languages = slices.DeleteFunc(slices.Clone(newsroom.Languages), func(lang string) bool {
		return !slices.ContainsFunc(show.Agencies, func(a choice) bool {
			_, may := show.Actor.MayIn(account.Create, a.Value, lang)
			return may
		})
	})
	if show.Sections, err = d.openSections(c, show.Lang(), ""); err != nil {
		return err
	}
	if show.Kinds = kind.All(); !store.IsID(show.ID) {
		show.ID = store.NewID()
	}
	return d.show(c, status, "new", show)
}

// create begins an item and goes on to its editor.
func (d *Desk) create(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := newPage{
		page: d.page(c, "new.title", "writing"), Kind: kind.Kind(form.Text("kind", 40)), Agency: form.Text("agency", 40), Section: form.Text("section", 40),
		Language: form.Text("lang", 10), Headline: form.Text("headline", roomy), ID: form.Text("id", 40),
	}
	start := newsroom.Start{
		Kind: cmp.Or(show.Kind, kind.Article), Agency: show.Agency, Lang: show.Language, ID: show.ID,
		Content: newsroom.Content{Headline: show.Headline, Section: show.Section},
	}
	if start.Content.Outlets, err = d.ownOutlets(c, show.Agency); err != nil {
		return err
	}
	err = form.Err()
	var ref newsroom.Ref
	if err == nil {
		ref, err = d.Newsroom.Create(web.Context(c), show.Actor, start)
	}
	if err != nil {
		if !correctable(err) {
			return err
		}
		show.refused(err)
		var begun *newsroom.BegunError
		if errors.As(err, &begun) {
			show.Begun, show.ID = editionPath(begun.First), "" // sent again, it begins another
		}
		return d.showNew(c, web.Status(err), show)
	}
	return c.Redirect(editionPath(ref)+"?done=created", fiber.StatusSeeOther)
}

// ownOutlets are the agency's outlets: where its items run unless said otherwise.
func (d *Desk) ownOutlets(c *fiber.Ctx, agency string) ([]string, error) {
	outlets, err := d.Outlets.All(web.Context(c))
	var ids []string
	for _, o := range outlets {
		if o.Agency == agency {
			ids = append(ids, o.ID)
		}
	}
	return ids, err
}
