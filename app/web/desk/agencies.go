package desk

import (
	"cmp"
	"slices"

	"doingoai/app/agency"
	"doingoai/app/fault"
	"doingoai/app/vietnamese"
	"doingoai/app/web"
	"doingoai/app/wording"

	"github.com/gofiber/fiber/v2"
)

// agencies lists those that stand for themselves, and those in whose place
// another stands.
func (d *Desk) agencies(c *fiber.Ctx) error {
	show := siteListPage{page: d.page(c, "site.agencies", "agencies")}
	show.Up, show.Lead = siteLink{"/site", show.T("site.title")}, show.T("site.agencies_lead")
	show.Do = []siteLink{{"/site/agencies/new", show.T("agencies.add")}}
	all, err := d.Agencies.All(web.Context(c))
	if err != nil {
		return err
	}
	slices.SortStableFunc(all, func(a, b agency.Agency) int {
		return cmp.Compare(vietnamese.Fold(named(a.Names, show.Lang())), vietnamese.Fold(named(b.Names, show.Lang())))
	})
	var standing, ended siteList
	for _, a := range all {
		row := siteRow{siteLink: siteLink{"/site/agencies/" + a.ID, named(a.Names, show.Lang())}, Note: a.Code}
		if a.Ended.IsZero() {
			standing.Rows = append(standing.Rows, row)
			continue
		}
		row.Note += " · " + show.T("agencies.ended", "Date", show.Date(a.Ended))
		ended.Rows = append(ended.Rows, row)
	}
	show.Lists = []siteList{standing}
	if len(ended.Rows) > 0 {
		ended.Title = show.T("agencies.former")
		show.Lists = append(show.Lists, ended)
	}
	return d.show(c, fiber.StatusOK, "site-list", show)
}

func (d *Desk) newAgency(c *fiber.Ctx) error { return d.showNewAgency(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showNewAgency(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := d.newThing(c, "agencies.add", "agencies", "agencies")
	show.refuse(c, refusal)
	of, err := web.Query(c, "of", 40)
	if err != nil {
		return err
	}
	others, err := d.agencyChoices(c, show.Lang())
	if err != nil {
		return err
	}
	forms := siteForms{show.page, typed}
	inputs := append([]siteInput{forms.code()}, forms.names(nil, agency.MaxName)...)
	inputs = append(inputs, siteInput{
		Name: "split_from", Type: selectInput, Choices: forms.optional(pick(others, of)), Hint: show.T("hint.split_from"),
	})
	show.Forms = []siteForm{forms.form("/site/agencies/new", "agencies.add", "agencies.add_button", append(inputs, forms.act(false)...)...)}
	return d.show(c, status, "site-thing", show)
}

func (d *Desk) addAgency(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	founding := agency.Founding{
		Code: form.Text("code", 60), Names: typedNames(form, agency.MaxName), SplitFrom: form.Text("split_from", 40),
		At: form.LocalDate("at"), Basis: basisOf(form),
	}
	var id string
	if err = form.Err(); err == nil {
		id, err = d.Agencies.Add(web.Context(c), web.Actor(c), founding)
	}
	return d.sent(c, err, "/site/agencies/"+id, "added", func(status int, refusal error) error {
		return d.showNewAgency(c, status, form, refusal)
	})
}

func (d *Desk) agency(c *fiber.Ctx) error { return d.showAgency(c, fiber.StatusOK, nil, nil) }

func (d *Desk) showAgency(c *fiber.Ctx, status int, typed *web.Form, refusal error) error {
	show := siteThingPage{page: d.page(c, "site.agencies", "agencies")}
	show.refuse(c, refusal)
	a, err := d.Agencies.Get(web.Context(c), web.Param(c, "id"))
	if err != nil {
		return err
	}
	show.Up, show.Title, show.Code = show.up("agencies"), named(a.Names, show.Lang()), a.Code
	if err := d.tellAgency(c, &show, a); err != nil {
		return err
	}
	if !a.Ended.IsZero() {
		show.Badge = show.T("agencies.ended", "Date", show.Date(a.Ended))
		return d.show(c, status, "site-thing", show)
	}
	show.Do = []siteLink{{"/site/agencies/new?of=" + a.ID, show.T("agencies.split")}}
	offered, err := d.Outlets.Offered(web.Context(c))
	if err != nil {
		return err
	}
	forms := siteForms{show.page, typed}
	rename := append(forms.names(a.Names, agency.MaxName, offered.Langs...), siteInput{
		Name: "from", Type: "date", Max: len("2006-01-02"), Label: show.T("site.name_from"), Hint: show.T("hint.name_from"),
	})
	if show.Late, err = d.late(c, show.page, wording.Agency, a.ID); err != nil {
		return err
	}
	show.add(forms.form("/site/agencies/"+a.ID+"/name", "agencies.rename", "agencies.rename_button", append(rename, forms.act(false)[1:]...)...), "")
	others, err := d.agencyChoices(c, show.Lang())
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(o choice) bool { return o.Value == a.ID })
	if len(others) > 0 {
		inputs := append([]siteInput{{Name: "from", Type: checksInput, Label: show.T("agencies.merge_which"), Choices: pick(others, "")}}, forms.act(true)...)
		inputs = append(inputs, siteInput{Name: "sure", Type: checkInput, Label: show.T("agencies.merge_sure", "Name", show.Title), Required: true})
		merge := forms.form("/site/agencies/"+a.ID+"/merge", "agencies.merge", "agencies.merge_button", inputs...)
		merge.Lead = show.T("agencies.merge_lead", "Name", show.Title)
		show.Forms = append(show.Forms, merge)
	}
	return d.show(c, status, "site-thing", show)
}

// tellAgency says what an agency was called, and what it came from and became.
func (d *Desk) tellAgency(c *fiber.Ctx, show *siteThingPage, a agency.Agency) error {
	history, err := d.Agencies.History(web.Context(c), a.ID)
	if err != nil {
		return err
	}
	relations, err := d.Agencies.Relations(web.Context(c), a.ID)
	if err != nil {
		return err
	}
	others, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	past := siteList{Title: show.T("site.history")}
	for _, r := range relations {
		other, word := r.To, "agencies."+string(r.Kind)
		if r.To == a.ID {
			other, word = r.From, word+"_here"
		}
		past.Rows = append(past.Rows, siteRow{
			siteLink: siteLink{"/site/agencies/" + other, show.T(word, "Name", others[other])}, Note: show.day(r.At, r.Basis),
		})
	}
	if len(past.Rows) > 0 {
		show.Lists = append(show.Lists, past)
	}
	called := siteList{Title: show.T("site.names")}
	for _, n := range history {
		called.Rows = append(called.Rows, siteRow{siteLink: siteLink{"", n.Name}, Note: show.LanguageAlone(n.Lang) + " · " + show.days(n.From, n.To)})
	}
	show.Lists = append(show.Lists, called)
	return nil
}

func (d *Desk) renameAgency(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	to := agency.Renaming{Names: typedNames(form, agency.MaxName), From: form.LocalDate("from"), Basis: basisOf(form)}
	if err = form.Err(); err == nil {
		err = d.Agencies.Rename(web.Context(c), web.Actor(c), web.Param(c, "id"), to)
	}
	return d.agencySent(c, form, err, "renamed")
}

func (d *Desk) agencyRight(c *fiber.Ctx) error {
	return d.stillRight(c, d.Agencies.StillRight, web.Param(c, "id"), func(err error) error { return d.agencySent(c, nil, err, "still_right") })
}

func (d *Desk) mergeAgencies(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	merger := agency.Merger{Into: web.Param(c, "id"), From: form.List("from", 40), At: form.LocalDate("at"), Basis: basisOf(form)}
	if _, err := d.Agencies.Get(web.Context(c), merger.Into); err != nil {
		return err
	}
	if err = form.Err(); err == nil && form.Text("sure", 1) == "" {
		var unsure fault.Form
		unsure.Refuse("sure", "error.agency.sure")
		err = unsure.Err()
	}
	if err == nil {
		err = d.Agencies.Merge(web.Context(c), web.Actor(c), merger)
	}
	return d.agencySent(c, form, err, "merged")
}

func (d *Desk) agencySent(c *fiber.Ctx, form *web.Form, err error, done string) error {
	return d.sent(c, err, "/site/agencies/"+web.Param(c, "id"), done, func(status int, refusal error) error {
		return d.showAgency(c, status, form, refusal)
	})
}
