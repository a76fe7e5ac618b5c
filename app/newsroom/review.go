package newsroom

import (
	"context"
	"slices"
	"time"

	"doingoai/app/account"
)

// ReviewDue is a page about the province that nobody has looked at in time. It
// is the source edition's: what it says in one language it says in all.
type ReviewDue struct {
	Edition
	Owner         string // agency id
	Reviewed, Due time.Time
}

// mostReviews is how many pages are looked through.
const mostReviews = 500

// ReviewsDue lists the pages that readers have, that a person may see, and that
// are due for review, the longest overdue first. Who may read nothing has none.
func (n *Newsroom) ReviewsDue(ctx context.Context, actor account.Actor) ([]ReviewDue, error) {
	l, err := n.listing(ctx, actor)
	if err != nil {
		return nil, err
	}
	rows, err := loadReviewed(n.db.Read(ctx), l, mostReviews)
	if err != nil {
		return nil, err
	}
	var list []ReviewDue
	for _, row := range rows {
		facts, err := row.facts()
		if err != nil {
			return nil, err
		}
		if reviewed, due, ok := facts.Review(); ok && !n.db.Now().Before(due) {
			list = append(list, ReviewDue{row.Edition.edition(), facts["owner"], reviewed, due})
		}
	}
	slices.SortStableFunc(list, func(a, b ReviewDue) int { return a.Due.Compare(b.Due) })
	return list, nil
}
