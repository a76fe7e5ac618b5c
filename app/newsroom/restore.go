package newsroom

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// Restore brings an older revision back as a new one, under the rules of
// saving: base is the number of the newest revision that the person knew, and
// what may not be used any more, a closed section or a deleted picture, is not
// brought back either. The others stay as they are, and so do the replies of
// affected parties: no wish to have an older text back takes them from readers.
func (n *Newsroom) Restore(ctx context.Context, actor account.Actor, ref Ref, number, base int) (Revision, error) {
	older, err := n.Revision(ctx, actor, ref, number)
	if err != nil {
		return Revision{}, err
	}
	known, err := n.Revision(ctx, actor, ref, base)
	if err != nil && fault.KindOf(err) != fault.NotFound { // of no revision: a conflict, which Keep tells
		return Revision{}, err
	}
	older.Content.Replies = known.Content.Replies
	return n.Keep(ctx, actor, ref, Saving{Base: base, Content: older.Content, restored: number})
}
