package desk

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"doingoai/app/locale"
	"doingoai/app/place"
	"doingoai/app/vietnamese"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// mostPlaces is how many places a search shows; more of them say that it must
// be narrowed.
const mostPlaces = 200

// places shows the places of today, each with its parts, or those that a
// search finds, of today or of a day.
func (d *Desk) places(c *fiber.Ctx) error {
	show := siteListPage{page: d.page(c, "site.places", "places"), Search: &siteSearch{Dated: true}}
	show.Up, show.Lead = siteLink{"/site", show.T("site.title")}, show.T("site.places_lead")
	show.Do = []siteLink{{"/site/places/new", show.T("places.add")}, {"/site/places/import", show.T("places.import")}}
	var err error
	if show.Search.Text, err = web.Query(c, "q", place.MaxName); err != nil {
		return err
	}
	on, err := queryDay(c, "on")
	if err != nil {
		return err
	}
	if !on.IsZero() {
		show.Search.On = on.In(locale.Zone()).Format(time.DateOnly)
	}
	show.Search.Any = show.Search.Text != "" || show.Search.On != ""
	found, err := d.Places.Find(web.Context(c), show.Search.Text, on)
	if err != nil {
		return err
	}
	show.Lists = show.placeLists(found)
	return d.show(c, fiber.StatusOK, "site-list", show)
}

// placeLists are the places that were found, or all in their tree and those
// that are over.
func (p siteListPage) placeLists(found []place.Place) []siteList {
	slices.SortStableFunc(found, func(a, b place.Place) int {
		return cmp.Compare(vietnamese.Fold(named(a.Names, p.Lang())), vietnamese.Fold(named(b.Names, p.Lang())))
	})
	if p.Search.Any {
		list := siteList{Title: p.T("places.found", "count", len(found)), Empty: p.T("places.none")}
		for _, f := range found[:min(len(found), mostPlaces)] {
			list.Rows = append(list.Rows, p.placeRow(f))
		}
		return []siteList{list}
	}
	lists := []siteList{{Rows: p.placeTree(found, "")}}
	former := siteList{Title: p.T("places.former")}
	for _, f := range found {
		if !f.Ended.IsZero() {
			former.Rows = append(former.Rows, p.placeRow(f))
		}
	}
	if len(former.Rows) > 0 {
		lists = append(lists, former)
	}
	return lists
}

// placeTree are the places of today that are part of one.
func (p page) placeTree(all []place.Place, within string) []siteRow {
	var rows []siteRow
	for _, pl := range all {
		if pl.Within != within || !pl.Ended.IsZero() {
			continue
		}
		row := p.placeRow(pl)
		row.Rows = p.placeTree(all, pl.ID)
		rows = append(rows, row)
	}
	return rows
}

func (p page) placeRow(pl place.Place) siteRow {
	row := siteRow{siteLink: siteLink{"/site/places/" + pl.ID, p.PlaceName(pl)}}
	if !pl.Ended.IsZero() {
		row.Note = p.days(pl.Began, pl.Ended)
	}
	return row
}

// PlaceName names a place with its rank.
func (p page) PlaceName(pl place.Place) string {
	return p.T("place."+pl.Kind, "Name", named(pl.Names, p.Lang()))
}

func (p page) kindChoices(chosen string) []siteChoice {
	var choices []siteChoice
	for _, kind := range place.Kinds {
		choices = append(choices, siteChoice{Value: kind, Label: p.T("place_kind." + kind), Chosen: kind == chosen})
	}
	return choices
}

// placeChoices are the places of today but one.
func (d *Desk) placeChoices(c *fiber.Ctx, p page, but string) ([]choice, error) {
	all, err := d.Places.Find(web.Context(c), "", time.Time{})
	if err != nil {
		return nil, err
	}
	var choices []choice
	for _, pl := range all {
		if pl.ID != but && pl.Ended.IsZero() {
			choices = append(choices, choice{pl.ID, p.PlaceName(pl)})
		}
	}
	slices.SortStableFunc(choices, func(a, b choice) int { return cmp.Compare(vietnamese.Fold(a.Label), vietnamese.Fold(b.Label)) })
	return choices, nil
}

func (d *Desk) newPlace(c *fiber.Ctx) error { return d.showNewPlace(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showNewPlace(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := d.newThing(c, "places.add", "places", "places")
	show.refuse(c, refusal)
	others, err := d.placeChoices(c, show.page, "")
	if err != nil {
		return err
	}
	forms := siteForms{show.page, typed}
	inputs := []siteInput{
		{Name: "kind", Type: selectInput, Choices: show.kindChoices("commune")},
		forms.code(),
	}
	inputs = append(inputs, forms.names(nil, place.MaxName)...)
	inputs = append(inputs,
		siteInput{Name: "within", Type: selectInput, Choices: forms.optional(pick(others, ""))},
		siteInput{Name: "split_from", Type: selectInput, Choices: forms.optional(pick(others, ""))},
	)
	act := forms.act(false)
	act[0].Hint = show.T("hint.began")
	show.Forms = []siteForm{forms.form("/site/places/new", "places.add", "places.add_button", append(inputs, act...)...)}
	return d.show(c, status, "site-thing", show)
}

func (d *Desk) addPlace(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	founding := place.Founding{
		Code: form.Text("code", 60), Kind: form.Text("kind", 40), Names: typedNames(form, place.MaxName),
		Within: form.Text("within", 40), SplitFrom: form.Text("split_from", 40), At: form.LocalDate("at"), Basis: basisOf(form),
	}
	var id string
	if err = form.Err(); err == nil {
		id, err = d.Places.Add(web.Context(c), web.Actor(c), founding)
	}
	return d.sent(c, err, "/site/places/"+id, "added", func(status int, refusal error) error {
		return d.showNewPlace(c, status, form, refusal)
	})
}

func (d *Desk) place(c *fiber.Ctx) error { return d.showPlace(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showPlace(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := siteThingPage{page: d.page(c, "site.places", "places")}
	show.refuse(c, refusal)
	pl, err := d.Places.Get(web.Context(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	show.Up, show.Title, show.Code = show.up("places"), show.PlaceName(pl), pl.Code
	if err := d.tellPlace(c, &show, pl); err != nil {
		return err
	}
	if !pl.Ended.IsZero() {
		show.Badge = show.T("places.ended", "Date", show.Date(pl.Ended))
		return d.show(c, status, "site-thing", show)
	}
	others, err := d.placeChoices(c, show.page, pl.ID)
	if err != nil {
		return err
	}
	forms, path := siteForms{show.page, typed}, "/site/places/"+pl.ID
	rename := append([]siteInput{{Name: "kind", Type: selectInput, Choices: show.kindChoices(pl.Kind)}}, forms.names(pl.Names, place.MaxName)...)
	put := append([]siteInput{{Name: "within", Type: selectInput, Choices: forms.optional(pick(others, pl.Within))}}, forms.act(false)...)
	merge := append([]siteInput{{Name: "into", Type: checksInput, Label: show.T("places.merge_which"), Choices: pick(others, "")}}, forms.act(true)...)
	show.Forms = []siteForm{
		forms.form(path+"/name", "places.rename", "places.rename_button", append(rename, forms.act(false)...)...),
		forms.form(path+"/within", "places.put", "places.put_button", put...),
		forms.form(path+"/end", "places.merge", "places.merge_button", merge...),
	}
	show.Forms[2].Lead = show.T("places.merge_lead", "Name", show.Title)
	return d.show(c, status, "site-thing", show)
}

// tellPlace says where a place is, what it consists of, what it was called and
// what happened to it.
func (d *Desk) tellPlace(c *fiber.Ctx, show *siteThingPage, pl place.Place) error {
	all, err := d.Places.All(web.Context(c))
	if err != nil {
		return err
	}
	history, err := d.Places.History(web.Context(c), pl.ID)
	if err != nil {
		return err
	}
	relations, err := d.Places.Relations(web.Context(c), pl.ID)
	if err != nil {
		return err
	}
	called := map[string]string{}
	for _, other := range all {
		called[other.ID] = show.PlaceName(other)
	}
	show.Facts = []siteFact{{Label: show.T("site.time"), Value: show.days(pl.Began, pl.Ended)}}
	if pl.Within != "" {
		show.Facts = append(show.Facts, siteFact{show.T("field.within"), called[pl.Within], "/site/places/" + pl.Within})
	}
	if parts := show.placeTree(all, pl.ID); len(parts) > 0 {
		show.Lists = append(show.Lists, siteList{Title: show.T("places.parts"), Rows: parts})
	}
	past := siteList{Title: show.T("site.history")}
	for _, r := range relations {
		if r.Kind == place.PartOf && r.From != pl.ID {
			continue // its parts stand above
		}
		past.Rows = append(past.Rows, show.relationRow(pl.ID, r, called))
	}
	names := siteList{Title: show.T("site.names")}
	for _, n := range history {
		note := show.LanguageAlone(n.Lang) + " · " + show.T("place_kind."+n.Kind) + " · " + show.days(n.From, n.To)
		names.Rows = append(names.Rows, siteRow{siteLink: siteLink{"", n.Name}, Note: note})
	}
	if len(past.Rows) > 0 {
		show.Lists = append(show.Lists, past)
	}
	show.Lists = append(show.Lists, names)
	return nil
}

// relationRow says what a relation is for a place.
func (p page) relationRow(id string, r place.Relation, called map[string]string) siteRow {
	other, word := r.To, "places."+r.Kind
	if r.To == id && r.From != id {
		other, word = r.From, word+"_here"
	}
	row := siteRow{siteLink: siteLink{"/site/places/" + other, p.T(word, "Name", called[other])}, Note: p.day(r.At, r.Basis)}
	if other == id {
		row.Href = ""
	}
	if r.Kind == place.PartOf && !r.Until.IsZero() {
		row.Note = strings.TrimSuffix(p.days(r.At, r.Until)+" · "+r.Basis.Document, " · ")
	}
	return row
}

func (d *Desk) renamePlace(c *fiber.Ctx) error {
	return d.changePlace(c, "renamed", func(form *web.Form, id string, act place.Act) error {
		kind, names := form.Text("kind", 40), typedNames(form, place.MaxName)
		if err := form.Err(); err != nil {
			return err
		}
		return d.Places.Rename(web.Context(c), web.Actor(c), id, kind, names, act)
	})
}

func (d *Desk) putPlace(c *fiber.Ctx) error {
	return d.changePlace(c, "moved", func(form *web.Form, id string, act place.Act) error {
		within := form.Text("within", 40)
		if err := form.Err(); err != nil {
			return err
		}
		return d.Places.Put(web.Context(c), web.Actor(c), id, within, act)
	})
}

func (d *Desk) endPlace(c *fiber.Ctx) error {
	return d.changePlace(c, "merged", func(form *web.Form, id string, act place.Act) error {
		into := form.List("into", 40)
		if err := form.Err(); err != nil {
			return err
		}
		return d.Places.Merge(web.Context(c), web.Actor(c), []string{id}, into, act)
	})
}

// changePlace reads what all forms of a place have, and has the change made.
func (d *Desk) changePlace(c *fiber.Ctx, done string, change func(form *web.Form, id string, act place.Act) error) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	id := web.Param(c, "id")
	if _, err := d.Places.Get(web.Context(c), id); err != nil {
		return err
	}
	err = change(form, id, place.Act{At: form.LocalDate("at"), Basis: basisOf(form)})
	return d.sent(c, err, "/site/places/"+id, done, func(status int, refusal error) error {
		return d.showPlace(c, status, form, refusal)
	})
}
