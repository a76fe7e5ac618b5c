package newsroom

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/media"
	"doingoai/app/release"
)

// Picture answers a file of the picture library for the newsroom's own pages,
// to a person who may see it: it was brought by them, the library has it for
// them, readers have it, or it is in an edition they see, or in what they are
// asked to carry.
// For others there is no such picture.
func (n *Newsroom) Picture(ctx context.Context, actor account.Actor, hash string) (release.File, error) {
	m, err := n.media.Of(ctx, hash)
	if err != nil {
		return release.File{}, err
	}
	may, err := n.maySeePicture(ctx, actor, m, hash)
	if err == nil && !may {
		err = fault.New(fault.NotFound, "error.media.unknown")
	}
	if err != nil {
		return release.File{}, err
	}
	return m.Rendition(hash), nil
}

func (n *Newsroom) maySeePicture(ctx context.Context, actor account.Actor, m media.Media, hash string) (bool, error) {
	if m.MaySee(actor) || actor.ID != "" && actor.ID == m.PersonID {
		return true, nil
	}
	if released, err := n.log.NeedsMedia(ctx, hash); err != nil || released {
		return released, err
	}
	l, err := n.listing(ctx, actor)
	if fault.KindOf(err) == fault.Forbidden {
		return false, nil // sees no editions at all
	}
	if err != nil {
		return false, err
	}
	hashes := []string{m.Hash}
	if m.Small != nil {
		hashes = append(hashes, m.Small.Hash)
	}
	db := n.db.Read(ctx)
	if shown, err := isShown(db, l, hashes); err != nil || shown {
		return shown, err
	}
	asked, _ := actor.Agencies(account.WordPlacement)
	return isOffered(db, asked, hashes)
}
