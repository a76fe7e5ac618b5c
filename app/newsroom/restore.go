package newsroom

import (
	"context"

	"doingoai/app/account"
)

// Restore brings an older revision back as a new one, under the rules of
// saving: base is the number of the newest revision that the person knew, and
// what may not be used any more, a closed section or a deleted picture, is not
// brought back either. The others stay as they are.
func (n *Newsroom) Restore(ctx context.Context, actor account.Actor, ref Ref, number, base int) (Revision, error) {
	older, err := n.Revision(ctx, actor, ref, number)
	if err != nil {
		return Revision{}, err
	}
	return n.Keep(ctx, actor, ref, Saving{Base: base, Content: older.Content, restored: number})
}
