package media

import (
	"context"
	"time"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// PageSize is how many files a page of the library shows.
const PageSize = 60

// soon is how long before the end of its rights a file is called expiring.
const soon = 30 * 24 * time.Hour

// Filter says which files of the library are wanted.
type Filter struct {
	Agency   string // "": all
	Kind     Kind   // "": all
	Text     string // in names, words and credits, with or without marks
	Expiring bool   // their rights are over, or will be within thirty days
	Unused   bool   // in no text
	Usable   string // an agency that could use them now; "": whoever could
	Page     int    // from 1
}

// Find lists a page of the files that a person may see, newest first, and says
// whether there are more.
func (r *Room) Find(ctx context.Context, actor account.Actor, f Filter) ([]Media, bool, error) {
	agencies, all := actor.Agencies(account.BrowseMedia)
	if len(agencies) == 0 && !all {
		return nil, false, fault.New(fault.Forbidden, "error.forbidden.title")
	}
	found, err := find(r.db.Read(ctx), search{f, agencies, all, r.db.Now()})
	if err != nil || len(found) <= PageSize {
		return found, false, err
	}
	return found[:PageSize], true, nil
}

// Entry answers a file of the library to a person who may see it there; for
// others there is no such file.
func (r *Room) Entry(ctx context.Context, actor account.Actor, hash string) (Media, error) {
	m, err := r.Get(ctx, hash)
	if err == nil && !m.MaySee(actor) {
		err = errUnknown()
	}
	if err != nil {
		return Media{}, err
	}
	return m, nil
}
