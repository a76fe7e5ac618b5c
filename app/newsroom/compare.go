package newsroom

import (
	"context"

	"doingoai/app/account"
	"doingoai/app/audit"
	"doingoai/app/markup"
)

// Comparison is how one saved version became another.
type Comparison struct {
	From, To Revision
	Body     []Changed // as it reads; long stretches that did not change are left out
}

// Changes says whether the body has changed at all.
func (c Comparison) Changes() bool { return c.From.Content.Body != c.To.Content.Body }

// Compare answers how one saved version of an edition became another, in either
// direction.
func (n *Newsroom) Compare(ctx context.Context, actor account.Actor, ref Ref, from, to int) (Comparison, error) {
	var c Comparison
	var err error
	if c.From, err = n.Revision(ctx, actor, ref, from); err != nil {
		return c, err
	}
	if c.To, err = n.Revision(ctx, actor, ref, to); err != nil {
		return c, err
	}
	if !c.Changes() {
		return c, nil
	}
	c.Body, err = n.CompareBodies(c.From.Content.Body, c.To.Content.Body)
	return c, err
}

// CompareBodies answers how one text in Markdown became another, as it reads.
func (n *Newsroom) CompareBodies(from, to string) ([]Changed, error) {
	before, err := n.markup.Article(from)
	if err != nil {
		return nil, err
	}
	after, err := n.markup.Article(to)
	if err != nil {
		return nil, err
	}
	return foldUnchanged(compareBlocks(markup.Blocks(before.HTML), markup.Blocks(after.HTML))), nil
}

// Known are the numbers of versions that a person knows already, 0 where there
// is none: what they may want to see the changes since.
type Known struct {
	Approved int // that they approved last
	Live     int // that readers have
	Saved    int // that they saved last
}

// Known answers what a person who sees an edition knows of it.
func (n *Newsroom) Known(ctx context.Context, actor account.Actor, ref Ref) (Known, error) {
	db := n.db.Read(ctx)
	row, err := seenEdition(db, actor, ref)
	if err != nil {
		return Known{}, err
	}
	known := Known{}
	if Live(row.Live) == IsLive {
		known.Live = row.LiveRevision
	}
	if known.Saved, err = loadLastBy(db, ref, actor.ID); err != nil {
		return known, err
	}
	known.Approved, err = n.approvedBy(ctx, row, actor.ID)
	return known, err
}

// approvedBy is the number of the version that a person approved last: the
// trail tells it, whatever was approved since.
func (n *Newsroom) approvedBy(ctx context.Context, row editionRow, person string) (int, error) {
	if row.ApprovedBy == person {
		return row.Approved, nil
	}
	found, err := audit.Find(ctx, n.db, audit.Filter{
		Actors: []string{person}, Verbs: []string{"edition." + string(Approve), "edition." + string(Confirm)}, Subject: row.ref().subject(),
	}, 0, 1)
	if err != nil || len(found.Entries) == 0 {
		return 0, err
	}
	return loadByHash(n.db.Read(ctx), row.ref(), found.Entries[0].Revision)
}
