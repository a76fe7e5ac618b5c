package desk

import (
	"slices"
	"strings"

	"doingoai/app/newsroom"
	"doingoai/app/web"

	"github.com/gofiber/fiber/v2"
)

// boardPage shows an agency's editions where they stand: a column for each
// stretch of the way, in it a lane for each state.
type boardPage struct {
	page
	Agencies []choice
	Agency   string
	Columns  []boardColumn
	Months   []monthRates // this one
}

type boardColumn struct {
	Key   string
	Lanes []boardLane
}

// ID is the column's place on the page.
func (c boardColumn) ID() string { return strings.TrimPrefix(c.Key, "board.") }

// Empty says whether there is nothing on the board.
func (p *boardPage) Empty() bool {
	return !slices.ContainsFunc(p.Columns, func(c boardColumn) bool {
		return slices.ContainsFunc(c.Lanes, func(l boardLane) bool { return l.Count > 0 })
	})
}

type boardLane struct {
	State newsroom.State
	Count int
	Rows  []editionRow
	All   string // the address of the whole lane, "" when it is here
}

// columns are the stretches of the way.
var columns = []struct {
	key    string
	states []newsroom.State
}{
	{"board.writing", []newsroom.State{newsroom.Draft, newsroom.Returned}},
	{"board.editing", []newsroom.State{newsroom.Submitted, newsroom.Editing}},
	{"board.deciding", []newsroom.State{newsroom.DeskReview, newsroom.Approval}},
	{"board.ready", []newsroom.State{newsroom.Approved, newsroom.Scheduled}},
	{"board.out", []newsroom.State{newsroom.Published, newsroom.Corrected}},
}

func (d *Desk) board(c *fiber.Ctx) error {
	show := &boardPage{page: d.page(c, "board.title", "board")}
	var err error
	if show.Agencies, show.Agency, err = d.ownAgency(c, show.page); err != nil {
		return err
	}
	lanes, err := d.Newsroom.Board(web.Context(c), show.Actor, show.Agency)
	if err != nil {
		return err
	}
	if show.Months, err = d.rates(c, show.page, show.Agency, 1); err != nil {
		return err
	}
	if show.Columns, err = d.boardColumns(c, show, lanes); err != nil {
		return err
	}
	return d.show(c, fiber.StatusOK, "board", show)
}

func (d *Desk) boardColumns(c *fiber.Ctx, show *boardPage, lanes []newsroom.Lane) ([]boardColumn, error) {
	var all []newsroom.Edition
	for _, l := range lanes {
		all = append(all, l.Editions...)
	}
	rows, err := d.rows(c, show.page, all)
	if err != nil {
		return nil, err
	}
	list := make([]boardColumn, len(columns))
	for _, l := range lanes {
		lane := boardLane{State: l.State, Count: l.Count, Rows: rows[:len(l.Editions)]}
		rows = rows[len(l.Editions):]
		if l.Count > len(l.Editions) {
			lane.All = listAddress(newsroom.Filter{State: l.State, Agency: show.Agency})
		}
		for i, column := range columns {
			if slices.Contains(column.states, l.State) {
				list[i].Key, list[i].Lanes = column.key, append(list[i].Lanes, lane)
			}
		}
	}
	return list, nil
}
