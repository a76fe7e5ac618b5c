package desk

import (
	"maps"
	"slices"
	"strings"

	"doingoai/app/account"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// placementsPage shows how the outlets stand to a story, and lets their people
// decide.
type placementsPage struct {
	page
	Path     string // of the edition
	Edition  newsroom.Edition
	Text     newsroom.Content // the story's own words
	Outlets  []placementRow
	Named    []string // outlets the text names, while nothing is approved
	Names    map[string]string
	Asked    newsroom.PlaceVerb // what was refused, and for which outlet
	AskedFor string
	Typed    newsroom.PlaceAsk
	TypedAt  string
}

// FieldID is the id of a refused field in the form of the outlet.
func (p *placementsPage) FieldID(field string) string {
	switch field {
	case "at":
		return "at-" + p.AskedFor
	case "kicker", "standfirst":
		return field[:1] + "-" + p.AskedFor
	case "headline":
		return "w-" + p.AskedFor
	case "reason":
		return "r-" + string(p.Asked) + "-" + p.AskedFor
	}
	return p.page.FieldID(field)
}

// placementRow is an outlet with its name.
type placementRow struct {
	newsroom.Placement
	Name, AgencyName string
	Typed            newsroom.Words // in the form
	At               string         // in the form: since when it is carried
	Ask              string         // who may agree to the words this person has proposed
}

// CarryKey names what agreeing does: to words, to another moment, or at all.
func (r placementRow) CarryKey() string {
	switch {
	case r.Draft != nil:
		return "placement.carry_words"
	case r.Placing == newsroom.Carried:
		return "placement.carry_at"
	}
	return "placement.carry"
}

// May says whether the person is offered a verb.
func (r placementRow) May(verb newsroom.PlaceVerb) bool { return slices.Contains(r.Verbs, verb) }

// Future says whether readers of the outlet get it at a later moment.
func (r placementRow) Future() bool { return r.LiveAt.IsZero() && !r.PublishAt.IsZero() }

func (d *Desk) placements(c *fiber.Ctx) error {
	return d.showPlacements(c, fiber.StatusOK, &placementsPage{page: d.page(c, "placements.title", "several-outlets")})
}

func (d *Desk) showPlacements(c *fiber.Ctx, status int, show *placementsPage) error {
	ref, ctx := refOf(c), web.Context(c)
	offer, err := d.Newsroom.Offer(ctx, show.Actor, ref)
	if err != nil {
		return err
	}
	show.Path, show.Edition, show.Text = editionPath(ref), offer.Edition, offer.Text.Content
	d.saw(c, &show.page, ref.OfferSubject())
	outlets, err := d.outletNames(c, show.Lang())
	if err != nil {
		return err
	}
	agencies, err := d.agencyNames(c, show.Lang())
	if err != nil {
		return err
	}
	var people []string
	for _, p := range offer.Placements {
		row := placementRow{Placement: p, Name: outlets[p.Outlet], AgencyName: agencies[p.Agency], Typed: p.Wording(), At: inputTime(p.PublishAt)}
		if show.AskedFor == p.Outlet && show.Asked == newsroom.WordIt {
			row.Typed = show.Typed.Words
		}
		if show.AskedFor == p.Outlet && show.Asked == newsroom.CarryIt {
			row.At = show.TypedAt
		}
		if p.Draft != nil && p.DraftedBy == show.Actor.ID {
			if row.Ask, err = d.whoAgrees(c, show.page, row); err != nil {
				return err
			}
		}
		show.Outlets = append(show.Outlets, row)
		people = append(people, p.DraftedBy, p.DecidedBy)
	}
	if len(offer.Placements) == 0 {
		for _, id := range show.Text.Outlets {
			show.Named = append(show.Named, outlets[id])
		}
	}
	if show.Names, err = d.Accounts.Names(ctx, people); err != nil {
		return err
	}
	return d.show(c, status, "placements", show)
}

// whoAgrees tells somebody who proposed words for an outlet who may agree to
// them: colleagues by name, or, where there are none, what can be done.
func (d *Desk) whoAgrees(c *fiber.Ctx, p page, row placementRow) (string, error) {
	ctx := web.Context(c)
	var people, roles []string
	for _, role := range account.Roles {
		if !account.Permits(account.Place, role) {
			continue
		}
		roles = append(roles, p.Role(role))
		bearers, err := d.Accounts.Bearers(ctx, row.Agency, role, row.Ref.Lang)
		if err != nil {
			return "", err
		}
		for _, id := range bearers {
			if id != p.Actor.ID && !slices.Contains(people, id) {
				people = append(people, id)
			}
		}
	}
	if len(people) == 0 {
		return p.T("placements.ask_nobody", "Agency", row.AgencyName, "Roles", strings.Join(roles, ", ")), nil
	}
	names, err := d.Accounts.Names(ctx, people)
	return p.T("placements.ask", "Names", strings.Join(slices.Sorted(maps.Values(names)), ", ")), err
}

// wordedOutlet is an outlet with words of its own over a story.
type wordedOutlet struct {
	newsroom.Placement
	Name string
}

// Shown are the words that its readers have.
func (w wordedOutlet) Shown() string {
	var words []string
	for _, text := range []string{w.Words.Kicker, w.Words.Headline, w.Words.Standfirst} {
		if text != "" {
			words = append(words, text)
		}
	}
	return strings.Join(words, " · ")
}

func (d *Desk) wordedOutlets(c *fiber.Ctx, sheet *newsroom.Sheet, lang string) ([]wordedOutlet, error) {
	if len(sheet.Worded) == 0 {
		return nil, nil
	}
	names, err := d.outletNames(c, lang)
	worded := make([]wordedOutlet, len(sheet.Worded))
	for i, p := range sheet.Worded {
		worded[i] = wordedOutlet{p, names[p.Outlet]}
	}
	return worded, err
}

// outletNames are the names of all outlets in a language, by id.
func (d *Desk) outletNames(c *fiber.Ctx, lang string) (map[string]string, error) {
	all, err := d.Outlets.All(web.Context(c))
	names := map[string]string{}
	for _, o := range all {
		names[o.ID] = outletName(o, lang)
	}
	return names, err
}

// placeOn does something with how an outlet carries a story.
func (d *Desk) placeOn(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := &placementsPage{page: d.page(c, "placements.title", "several-outlets"), AskedFor: web.Param(c, "outlet")}
	show.Asked, show.TypedAt = newsroom.PlaceVerb(form.Text("verb", 20)), form.Text("at", 30)
	show.Typed = newsroom.PlaceAsk{
		Hash: form.Text("hash", 64), Reason: form.Text("reason", roomy),
		Words: newsroom.Words{Kicker: form.Text("kicker", roomy), Headline: form.Text("headline", roomy), Standfirst: form.Text("standfirst", roomy)},
	}
	if show.TypedAt != "" {
		show.Typed.At = form.LocalTime("at")
	}
	if err = form.Err(); err == nil {
		err = d.Newsroom.Place(web.Context(c), show.Actor, refOf(c), show.AskedFor, show.Asked, show.Typed)
	}
	if err == nil {
		return c.Redirect(offerPath(refOf(c))+"?done=place_"+string(show.Asked)+"#"+show.AskedFor, fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	show.refused(err)
	return d.showPlacements(c, web.Status(err), show)
}
