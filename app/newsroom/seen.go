package newsroom

import (
	"context"

	"doingoai/app/account"
)

// MaxSeen is how many editions Seen takes at once.
const MaxSeen = 500

// Seen answers those of some editions that a person may see, in no particular
// order, with the same rule by which each of them could be opened.
func (n *Newsroom) Seen(ctx context.Context, actor account.Actor, refs []Ref) ([]Edition, error) {
	db := n.db.Read(ctx)
	rows, err := loadMany(db, refs[:min(len(refs), MaxSeen)])
	if err != nil {
		return nil, err
	}
	return sightOf(db, actor).seen(rows)
}
