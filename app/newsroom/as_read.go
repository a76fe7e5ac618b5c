package newsroom

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/release"
)

// What readers had is kept for ever, also what was false and had to be taken
// from them (NĐ 237/2026 Đ16, Đ19). Whoever may read an edition's past can have
// it shown as it was at any moment; that they did is in the trail.

// maxMoments is more publications than any edition sees.
const maxMoments = 500

// Moments lists when readers got another text of an edition, or lost it, newest
// first.
func (n *Newsroom) Moments(ctx context.Context, actor account.Actor, ref Ref) ([]release.Moment, error) {
	db := n.db.Read(ctx)
	row, err := seenEdition(db, actor, ref)
	if err != nil {
		return nil, err
	}
	if _, err := sightOf(db, actor).demand(account.ReadPast, row); err != nil {
		return nil, err
	}
	return n.log.Moments(ctx, articleKey(ref), maxMoments)
}

// AsRead answers what readers had of an edition at a moment, with what stood
// around it then, and notes in the trail who looked.
func (n *Newsroom) AsRead(ctx context.Context, actor account.Actor, ref Ref, at time.Time) (release.Past, error) {
	had, hash, err := n.past(ctx, articleKey(ref), at)
	if err != nil {
		return release.Past{}, err
	}
	err = n.on(ctx, actor, ref, account.ReadPast, func(a *act) error {
		return a.recordAs("edition.as_read", State(a.row.State), hash, "", map[string]string{"at": at.UTC().Format(time.RFC3339)})
	})
	if err != nil { // who may not look is told nothing of what there is
		return release.Past{}, err
	}
	return had, nil
}

// past reads from the release log, and answers the hash of what it found.
func (n *Newsroom) past(ctx context.Context, key release.Key, at time.Time) (had release.Past, hash string, err error) {
	had.Key, had.At = key, at
	entry, err := n.log.AsOf(ctx, key, at)
	if fault.KindOf(err) == fault.NotFound {
		return had, "", nil
	}
	if err != nil {
		return had, "", err
	}
	had.Since = entry.At
	if entry.Op == release.Withdraw {
		had.Stone = &release.Tombstone{}
		err = entry.Decode(had.Stone)
	} else {
		had.Article = &release.Article{}
		err = entry.Decode(had.Article)
	}
	if err != nil {
		return had, "", err
	}
	if had.Outlets, err = allAsOf[release.Outlet](ctx, n.log, release.OutletKind, at); err != nil {
		return had, "", err
	}
	if had.Sections, err = allAsOf[release.Section](ctx, n.log, release.SectionKind, at); err != nil {
		return had, "", err
	}
	had.Agencies, err = allAsOf[release.Agency](ctx, n.log, release.AgencyKind, at)
	return had, entry.Hash, err
}

func allAsOf[T any](ctx context.Context, log *release.Log, kind release.Kind, at time.Time) ([]T, error) {
	entries, err := log.AllAsOf(ctx, kind, at)
	if err != nil {
		return nil, err
	}
	list := make([]T, len(entries))
	for i := range entries {
		if err := entries[i].Decode(&list[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

func articleKey(ref Ref) release.Key {
	return release.Key{Kind: release.ArticleKind, ID: ref.Item, Lang: ref.Lang}
}
