package newsroom

import (
	"context"

	"doingoai/app/letter"
)

// CorrectedFor answers which of some letters were answered by a correction, and
// of which edition. Both were written in one transaction, which has one time:
// that is what ties them.
func (n *Newsroom) CorrectedFor(ctx context.Context, letters []letter.Letter) (map[string]Ref, error) {
	return loadCorrectedFor(n.db.Read(ctx), letters)
}
