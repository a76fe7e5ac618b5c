package desk

import (
	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// editionRow is a line of any list of editions, with the names it shows.
type editionRow struct {
	newsroom.Edition
	AuthorName  string
	SectionName string
	AgencyName  string
	Due         dueMark
	Present     presenceMark
}

// Path is the edition's own page; for who sees no more than what they are asked
// to carry, the page where they answer.
func (r editionRow) Path() string {
	if r.Glimpse {
		return offerPath(r.Ref)
	}
	return editionPath(r.Ref)
}

func offerPath(ref newsroom.Ref) string { return editionPath(ref) + "/outlets" }

func editionPath(ref newsroom.Ref) string { return "/editions/" + ref.Item + "/" + ref.Lang }

// rows adds the names a list shows, in a fixed number of queries.
func (d *Desk) rows(c *fiber.Ctx, p page, editions []newsroom.Edition) ([]editionRow, error) {
	if len(editions) == 0 {
		return nil, nil
	}
	ids := make([]string, 0, len(editions))
	for _, e := range editions {
		ids = append(ids, e.CreatedBy)
	}
	people, err := d.Accounts.Names(web.Context(c), ids)
	if err != nil {
		return nil, err
	}
	sections, err := d.sectionNames(c, p.Lang())
	if err != nil {
		return nil, err
	}
	agencies, err := d.agencyNames(c, p.Lang())
	if err != nil {
		return nil, err
	}
	clocks, err := d.Newsroom.ClockNames(web.Context(c))
	if err != nil {
		return nil, err
	}
	present, err := d.presence(web.Context(c), p.Actor, p.P, editions)
	if err != nil {
		return nil, err
	}
	rows := make([]editionRow, len(editions))
	for i, e := range editions {
		rows[i] = editionRow{e, people[e.CreatedBy], sections[e.Section], agencies[e.Agency], p.clockMark(e, clocks), present[e.Ref]}
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
