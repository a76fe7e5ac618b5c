package newsroom

import (
	"context"

	"doingoai/app/account"
)

// Lane is a state on the board: its editions, those first that came into it
// last, as many as there is room for, and how many there are.
type Lane struct {
	State    State
	Count    int
	Editions []Edition
}

// LaneSize is how many editions a lane of the board shows.
const LaneSize = 8

// onBoard are the states of the board. What is done with is in the list.
var onBoard = []State{
	Draft, Returned, Submitted, Editing, DeskReview, Approval, Approved, Scheduled, Published, Corrected,
}

// Board answers an agency's editions by their state, as far as the person may
// see them.
func (n *Newsroom) Board(ctx context.Context, actor account.Actor, agency string) ([]Lane, error) {
	l, err := n.listing(ctx, actor)
	if err != nil {
		return nil, err
	}
	l.Agency = agency
	db := n.db.Read(ctx)
	counts, err := loadCounts(db, l)
	if err != nil {
		return nil, err
	}
	rows, err := loadLanes(db, l, onBoard, LaneSize)
	if err != nil {
		return nil, err
	}
	lanes := make([]Lane, len(onBoard))
	for i, s := range onBoard {
		lanes[i] = Lane{State: s, Count: counts[s]}
		for _, r := range rows {
			if State(r.State) == s {
				lanes[i].Editions = append(lanes[i].Editions, r.edition())
			}
		}
	}
	return lanes, nil
}
