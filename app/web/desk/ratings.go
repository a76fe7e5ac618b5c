package desk

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"time"

	"doingoai/app/letter"
	"doingoai/app/locale"
	"doingoai/app/spreadsheet"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// ratingsPage is how useful readers found pages in a month.
type ratingsPage struct {
	page
	Month          string // 2006-01
	Previous, Next string
	Whole          ratingLine
	Sections       []ratingLine
	Pages          []ratingLine
}

// ratingLine is a sum with what it is of.
type ratingLine struct {
	letter.Sum
	Name, Href string
}

// Mean is the average in words; where few rated, that it says nothing yet.
func (p ratingsPage) Mean(s letter.Sum) string {
	mean, ok := s.Average()
	if !ok {
		return p.T("ratings.few")
	}
	return p.P.Number(mean, 1)
}

// readRatings sums what readers said in the month that is asked for, else in
// this one.
func (d *Desk) readRatings(c *fiber.Ctx) (ratingsPage, error) {
	show := ratingsPage{page: d.page(c, "ratings.title", "letters"), Month: strings.Clone(c.Query("month"))}
	now := show.Now().In(locale.Zone())
	if show.Month == "" {
		show.Month = now.Format("2006-01")
	}
	sums, err := d.Letters.Ratings(web.Context(c), show.Actor, show.Month)
	if err != nil {
		return show, err
	}
	if first, err := time.ParseInLocation("2006-01", show.Month, locale.Zone()); err == nil {
		show.Previous, show.Next = first.AddDate(0, -1, 0).Format("2006-01"), ""
		if next := first.AddDate(0, 1, 0); !next.After(now) {
			show.Next = next.Format("2006-01")
		}
	}
	names, err := d.sectionNames(c, show.Lang())
	if err != nil {
		return show, err
	}
	outlets, err := d.outletAddresses(c)
	if err != nil {
		return show, err
	}
	sections := map[string]*ratingLine{}
	for _, s := range sums {
		line := ratingLine{Sum: s, Name: s.Address}
		if base := outlets[s.Outlet]; base != "" && strings.HasPrefix(s.Address, "/") {
			line.Href = base + s.Address
		}
		show.Pages = append(show.Pages, line)
		show.Whole.Add(s)
		if s.Section == "" {
			continue
		}
		if sections[s.Section] == nil {
			sections[s.Section] = &ratingLine{Name: cmp.Or(names[s.Section], s.Section)}
		}
		sections[s.Section].Add(s)
	}
	for _, line := range sections {
		show.Sections = append(show.Sections, *line)
	}
	slices.SortFunc(show.Sections, func(a, b ratingLine) int {
		if n := b.Total() - a.Total(); n != 0 {
			return n
		}
		return strings.Compare(a.Name, b.Name)
	})
	return show, nil
}

func (d *Desk) showRatings(c *fiber.Ctx) error {
	show, err := d.readRatings(c)
	if err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "ratings", show)
}

// saveRatings is the month as a table to take away.
func (d *Desk) saveRatings(c *fiber.Ctx) error {
	show, err := d.readRatings(c)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString("\ufeff") // by which spreadsheets know that it is UTF-8
	w := csv.NewWriter(&b)
	rows := [][]string{{show.T("ratings.page"), show.T("field.lang"), show.T("field.section"), "1", "2", "3", "4", "5", show.T("ratings.total")}}
	for _, l := range show.Pages {
		row := []string{spreadsheet.Text(l.Address), l.Lang, spreadsheet.Text(l.Section)}
		for _, n := range l.Counts {
			row = append(row, strconv.Itoa(n))
		}
		rows = append(rows, append(row, strconv.Itoa(l.Total())))
	}
	if err := w.WriteAll(rows); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="ratings-`+show.Month+`.csv"`)
	return c.Send(b.Bytes())
}
