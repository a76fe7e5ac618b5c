package desk

import (
	"strconv"
	"strings"
	"time"

	"doingoai/app/account"
	"doingoai/app/locale"
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// clocksPage is where an agency's targets are set, beside how often it met them.
type clocksPage struct {
	page
	Up       siteLink
	Agencies []choice
	Agency   string
	Targets  []targetRow // those there are, and room for new ones
	Months   []monthRates
}

// targetRow is a target as its fields show it.
type targetRow struct{ Code, Vi, En, Minutes string }

// spareTargets is how many new targets the form has room for.
const spareTargets = 2

// monthRates are how often the targets were met that were due in a month.
type monthRates struct {
	Name  string
	Rates []rate
}

type rate struct {
	Name              string
	Met, All, Percent int
}

func (d *Desk) clocks(c *fiber.Ctx) error {
	show := &clocksPage{page: d.page(c, "site.clocks", "clocks")}
	agency, err := web.Query(c, "agency", 40)
	if err != nil {
		return err
	}
	return d.showClocks(c, fiber.StatusOK, show, agency)
}

func (d *Desk) showClocks(c *fiber.Ctx, status int, show *clocksPage, agency string) error {
	var err error
	if show.Agencies, err = d.agencyChoices(c, show.Lang()); err != nil {
		return err
	}
	if agency == "" && len(show.Actor.Posts) > 0 {
		agency = show.Actor.Posts[0].Agency
	}
	for _, a := range show.Agencies {
		if _, may := show.Actor.May(account.ManageSite, a.Value); may && (show.Agency == "" || a.Value == agency) {
			show.Agency = a.Value
		}
	}
	show.Up = siteLink{"/site", show.T("menu.site")}
	if show.Targets == nil {
		targets, err := d.Newsroom.Targets(web.Context(c), show.Agency)
		if err != nil {
			return err
		}
		for _, t := range targets {
			show.Targets = append(show.Targets, targetRow{t.Code, t.Names["vi"], t.Names["en"], strconv.Itoa(t.Minutes)})
		}
	}
	show.Targets = append(show.Targets, make([]targetRow, spareTargets)...)
	if show.Months, err = d.rates(c, show.page, show.Agency, 2); err != nil {
		return err
	}
	return d.show(c, status, "clocks", show)
}

// rates are an agency's in this month and in some before it.
func (d *Desk) rates(c *fiber.Ctx, p page, agency string, months int) ([]monthRates, error) {
	names, err := d.Newsroom.ClockNames(web.Context(c))
	if err != nil {
		return nil, err
	}
	year, month, _ := p.Now().In(locale.Zone()).Date()
	var list []monthRates
	for i := range months {
		from := time.Date(year, month-time.Month(i), 1, 0, 0, 0, 0, locale.Zone())
		met, err := d.Newsroom.Punctuality(web.Context(c), agency, from, from.AddDate(0, 1, 0))
		if err != nil {
			return nil, err
		}
		m := monthRates{Name: p.T("calendar.month_span", "Month", p.T("month."+from.Format("01")), "Year", from.Format("2006"))}
		for _, r := range met {
			all := r.Met + r.Missed
			m.Rates = append(m.Rates, rate{names(agency, r.Code, p.Lang()), r.Met, all, r.Met * 100 / all})
		}
		list = append(list, m)
	}
	return list, nil
}

func (d *Desk) setClocks(c *fiber.Ctx) error {
	form, err := web.ReadForm(c)
	if err != nil {
		return err
	}
	show := &clocksPage{page: d.page(c, "site.clocks", "clocks"), Targets: []targetRow{}}
	agency := form.Text("agency", 40)
	var targets []newsroom.Target
	for i := range newsroom.MaxTargets + spareTargets {
		at := "targets-" + strconv.Itoa(i) + "-"
		row := targetRow{
			form.Text(at+"code", 40), form.Text(at+"vi", roomy), form.Text(at+"en", roomy),
			strings.TrimSpace(form.Text(at+"minutes", roomy)),
		}
		if row.Vi == "" && row.En == "" {
			continue // it is wanted no more
		}
		minutes, err := strconv.Atoi(row.Minutes)
		if err != nil && row.Minutes != "" {
			minutes = -1 // which no target has
		}
		show.Targets = append(show.Targets, row)
		targets = append(targets, newsroom.Target{Code: row.Code, Names: map[string]string{"vi": row.Vi, "en": row.En}, Minutes: minutes})
	}
	if err = form.Err(); err == nil {
		err = d.Newsroom.SetTargets(web.Context(c), show.Actor, agency, targets)
	}
	if err == nil {
		return c.Redirect("/site/clocks?agency="+agency+"&done=targets", fiber.StatusSeeOther)
	}
	if !correctable(err) {
		return err
	}
	show.refused(err)
	return d.showClocks(c, web.Status(err), show, agency)
}
