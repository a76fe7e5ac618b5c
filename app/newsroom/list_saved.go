package newsroom

import (
	"context"
	"slices"

	"doingoai/app/account"
	"doingoai/app/fault"
	"doingoai/app/store"
)

// SavedSearch is a list that a person wants to find again: the query of its
// address, under a name of their own.
type SavedSearch struct {
	ID, Name, Query string
}

// Limits of saved searches.
const (
	MaxSavedSearches   = 30
	MaxSavedSearchName = 60
	maxSavedQuery      = 1000
)

// SaveSearch remembers a list for the person; one of that name gives way.
func (n *Newsroom) SaveSearch(ctx context.Context, actor account.Actor, name, query string) error {
	if _, err := listingOf(actor); err != nil {
		return err
	}
	name = line(name)
	var form fault.Form
	if name == "" {
		form.Refuse("name", "error.required")
	}
	field{"name", name, MaxSavedSearchName}.check(&form)
	field{"query", query, maxSavedQuery}.check(&form)
	if err := form.Err(); err != nil {
		return err
	}
	return n.db.Write(ctx, func(tx *store.Tx) error {
		others, err := loadSearches(tx.DB, actor.ID)
		if err != nil {
			return err
		}
		others = slices.DeleteFunc(others, func(o SavedSearch) bool { return o.Name == name })
		if len(others) >= MaxSavedSearches {
			return fault.New(fault.NotPossible, "error.search.many", "Max", MaxSavedSearches)
		}
		return putSearch(tx, savedSearchRow{ID: store.NewID(), PersonID: actor.ID, Name: name, Query: query, CreatedAt: store.Micros(tx.Now)})
	})
}

// SavedSearches lists a person's own, by name.
func (n *Newsroom) SavedSearches(ctx context.Context, actor account.Actor) ([]SavedSearch, error) {
	return loadSearches(n.db.Read(ctx), actor.ID)
}

// ForgetSearch forgets one of the person's own. One that is not there is forgotten.
func (n *Newsroom) ForgetSearch(ctx context.Context, actor account.Actor, id string) error {
	return n.db.Write(ctx, func(tx *store.Tx) error { return deleteSearch(tx, actor.ID, id) })
}
