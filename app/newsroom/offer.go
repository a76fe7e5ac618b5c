package newsroom

import (
	"context"
	"slices"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/kind"
	"doingoai/app/release"
	"doingoai/app/store"
)

// Offer is an edition as the people of its outlets have it before them. Those
// who are only asked to carry it see no more of the edition than a glimpse.
type Offer struct {
	Edition
	Text       Revision    // what they decide about; before there is such a text the newest, of a glimpse none
	Placements []Placement // empty before the edition is approved
}

// offered is the number of the text that a glimpse is of: what outlets decide
// about, or what readers had last; 0 for none.
func (r editionRow) offered() int {
	if number := r.placeable(); number != 0 || Live(r.Live) != WasLive {
		return number
	}
	return r.LiveRevision
}

// glimpse is as much of an edition as those see who are only asked to carry it:
// what the text says that they are asked about, and whether readers have it.
// What the newsroom does with the text since is not theirs to know.
func (r editionRow) glimpse(text Revision) Edition {
	e := Edition{
		Ref: r.ref(), Glimpse: true, Kind: kind.Kind(r.Kind), Agency: r.AgencyID, State: State(r.State), Head: text.Number,
		Headline: text.Content.Headline, Section: text.Content.Section, Live: Live(r.Live), FirstLiveAt: store.Time(r.FirstLiveAt),
	}
	switch {
	case e.Live == IsLive:
		e.State, e.LiveRevision = Published, text.Number
		e.Correction, e.CorrectedAt = r.Correction, store.Time(r.CorrectedAt)
	case r.placeable() == 0:
		e.State, e.LiveRevision = Withdrawn, text.Number
	default:
		e.PublishAt = store.Time(r.PublishAt)
	}
	return e
}

// Offer answers how the outlets that an edition names stand to it: those
// readers can find it on, or will once it is published.
func (n *Newsroom) Offer(ctx context.Context, actor account.Actor, ref Ref) (*Offer, error) {
	db := n.db.Read(ctx)
	row, err := loadEdition(db, ref)
	if err != nil {
		return nil, err
	}
	whole, err := sightOf(db, actor).glimpse(row)
	if err != nil {
		return nil, err
	}
	number, open := row.offered(), row.placeable() != 0
	if whole && !open {
		number = row.Head
	}
	o := &Offer{Edition: row.edition()}
	if o.Text, err = loadRevision(db, ref, number); err != nil {
		return nil, err
	}
	if !whole {
		o.Edition = row.glimpse(o.Text)
	}
	switch {
	case open:
		return o, (&act{n: n, ctx: ctx, actor: actor, row: row}).fillPlacements(o)
	case !whole:
		o.Text = Revision{}
	}
	return o, nil
}

// fillPlacements adds how the outlets stand to it, and what this person may do.
func (a *act) fillPlacements(o *Offer) (err error) {
	if o.Placements, err = loadPlacements(a.db(), a.row, o.Text.Content.Outlets); err != nil {
		return err
	}
	canonical := canonicalOf(o.Placements, a.n.db.Now())
	for i := range o.Placements {
		p := &o.Placements[i]
		p.Canonical, p.Hash = p.Outlet == canonical, p.hash(o.Text)
		for _, rule := range placings {
			if _, may := a.actor.PostIn(rule.action, p.Agency, a.row.Lang); !may || rule.possible(a.row, *p) != nil {
				continue
			}
			switch err := a.mayDecide(rule, *p, o.Text); fault.KindOf(err) {
			case "":
				p.Verbs = append(p.Verbs, rule.verb)
			case fault.Internal:
				return err
			}
		}
	}
	return nil
}

// PreviewOffer composes the public document of what outlets decide about, as
// readers of one of them would get it.
func (n *Newsroom) PreviewOffer(ctx context.Context, actor account.Actor, ref Ref, outlet string) (*release.Article, error) {
	o, err := n.Offer(ctx, actor, ref)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(o.Placements, func(p Placement) bool { return p.Outlet == outlet })
	if i < 0 {
		return nil, errNoPlacement()
	}
	doc, err := n.previewOf(ctx, o.Text)
	if err == nil {
		o.Placements[i].Wording().Over(doc)
	}
	return doc, err
}

func errNoPlacement() error { return fault.New(fault.NotFound, "error.placement.none") }
