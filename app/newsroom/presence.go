package newsroom

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// Who has an edition open is told to everybody else who sees it, so that two
// people do not write the same text unknowingly. It warns and locks nothing:
// what is saved too late is a conflict with both texts (ConflictError). It
// leaves no trace either: it is nothing that anybody did.

// PresenceChannel of the store is rung when somebody comes, begins to write, or
// goes.
const PresenceChannel = "presence"

const (
	// presenceLease is how long a page is believed that says nothing more. It
	// says every 20 seconds that it is there; but browsers let one that is not
	// in front speak once a minute only.
	presenceLease = 75 * time.Second
	// maxPages is how many pages of one edition a person has at once; what is
	// more goes unnoticed.
	maxPages = 20
	// maxPageName limits what a page calls itself.
	maxPageName = 40
)

// Presence is somebody who has an edition open, on however many pages.
type Presence struct {
	Person  string
	Writing bool // has changed something and not saved it
}

// Attend notes that a person has an edition open on a page, for a while; it is
// asked again before that is over. Whoever may not see the edition is told that
// there is none.
func (n *Newsroom) Attend(ctx context.Context, actor account.Actor, ref Ref, page string, writing bool) error {
	db := n.db.Read(ctx)
	if _, err := seenEdition(db, actor, ref); err != nil {
		return err
	}
	if page == "" || len(page) > maxPageName || !utf8.ValidString(page) {
		return fault.New(fault.Malformed, "error.malformed.title")
	}
	return n.db.Write(ctx, func(tx *store.Tx) error {
		before, err := loadPages(tx, ref, actor.ID)
		if err != nil {
			return err
		}
		known := slices.IndexFunc(before, func(r presenceRow) bool { return r.Page == page })
		if known < 0 && len(before) >= maxPages {
			return nil
		}
		err = putPresence(tx, presenceRow{
			ItemID: ref.Item, Lang: ref.Lang, PersonID: actor.ID, Page: page, Writing: writing, Ends: store.Micros(tx.Now.Add(presenceLease)),
		})
		if err != nil || known >= 0 && before[known].Writing == writing {
			return err
		}
		return tx.Ring(PresenceChannel)
	})
}

// Leave notes that a page is open no more.
func (n *Newsroom) Leave(ctx context.Context, actor account.Actor, ref Ref, page string) error {
	return n.db.Write(ctx, func(tx *store.Tx) error {
		gone, err := deletePresence(tx, ref, actor.ID, page)
		if err != nil || !gone {
			return err
		}
		return tx.Ring(PresenceChannel)
	})
}

// Present answers who else has editions open that the person was shown whole,
// those who write first.
func (n *Newsroom) Present(ctx context.Context, actor account.Actor, editions []Edition) (map[Ref][]Presence, error) {
	editions = slices.DeleteFunc(slices.Clone(editions), func(e Edition) bool { return e.Glimpse })
	rows, err := loadPresent(n.db.Read(ctx), editions, n.db.Now())
	if err != nil {
		return nil, err
	}
	present := map[Ref][]Presence{}
	for _, r := range rows { // those who write before those who look, so that the first page of a person says it
		ref := Ref{r.ItemID, r.Lang}
		known := slices.ContainsFunc(present[ref], func(p Presence) bool { return p.Person == r.PersonID })
		if r.PersonID != actor.ID && !known {
			present[ref] = append(present[ref], Presence{r.PersonID, r.Writing})
		}
	}
	return present, nil
}

// SweepPresence forgets pages that have not spoken for long.
func (n *Newsroom) SweepPresence(ctx context.Context) error {
	return n.db.Write(ctx, func(tx *store.Tx) error { return deletePassed(tx) })
}
