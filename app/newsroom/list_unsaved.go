package newsroom

import (
	"context"
	"time"

	"doingoai/app/account"
)

// UnsavedText is an edition of which a person has typed something that they
// did not save.
type UnsavedText struct {
	Edition
	TypedAt time.Time
}

// maxUnfinished is how many texts Unfinished looks at.
const maxUnfinished = 20

// Unfinished lists what a person typed last and did not save, newest first, as
// far as they may still see the edition. What says the same as the newest
// revision is nothing unsaved.
func (n *Newsroom) Unfinished(ctx context.Context, actor account.Actor) ([]UnsavedText, error) {
	l, err := n.listing(ctx, actor)
	if err != nil {
		return nil, err
	}
	rows, err := loadUnfinished(n.db.Read(ctx), l, maxUnfinished)
	if err != nil {
		return nil, err
	}
	var list []UnsavedText
	for _, r := range rows {
		unsaved, err := r.Autosave.unsaved()
		if err != nil {
			return nil, err
		}
		if unsaved.Content.Hash() != r.HeadHash {
			list = append(list, UnsavedText{r.Edition.edition(), unsaved.SavedAt})
		}
	}
	return list, nil
}

// Heads answers the content hash of the newest revision of editions that the
// person was shown, which a verb asks for (Ask.Hash). An edition that has moved
// on since has none.
func (n *Newsroom) Heads(ctx context.Context, editions []Edition) (map[Ref]string, error) {
	return loadHeads(n.db.Read(ctx), editions)
}
