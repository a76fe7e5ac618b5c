package media

import (
	"context"
	"slices"

	"doingoai/app/store"
)

// Place is where in the life of a text a file is used.
type Place string

// The places that are looked at: the newest revision, and what readers have.
const (
	Newest Place = "newest"
	Live   Place = "live"
)

// Use says that a text uses a file.
type Use struct {
	Item, Lang   string
	Newest, Live bool
}

// Using notes which files a text uses in one of the places from now on, as
// part of the transaction that saves or publishes it. What is no file of the
// library is left out.
//
// Of what readers have, they are told the renditions by the same transaction.
// It says so before it releases the text, or withdraws it: so pages show neither
// a text whose renditions are still to come nor renditions of no text.
func (r *Room) Using(tx *store.Tx, item, lang string, place Place, files []string) error {
	if place != Live {
		return replaceUses(tx, item, lang, place, files)
	}
	if err := r.log.Lock(tx); err != nil {
		return err
	}
	before, err := loadLive(tx, item, lang)
	if err != nil {
		return err
	}
	if err := replaceUses(tx, item, lang, place, files); err != nil {
		return err
	}
	now, err := loadLive(tx, item, lang)
	if err != nil {
		return err
	}
	hashes := append(before, now...)
	slices.Sort(hashes)
	for _, hash := range slices.Compact(hashes) {
		if err := r.tell(tx, hash); err != nil {
			return err
		}
	}
	return nil
}

// Uses lists the texts that use a file.
func (r *Room) Uses(ctx context.Context, hash string) ([]Use, error) {
	rows, err := loadUses(r.db.Read(ctx), hash)
	var uses []Use
	for _, row := range rows {
		if n := len(uses); n == 0 || uses[n-1].Item != row.ItemID || uses[n-1].Lang != row.Lang {
			uses = append(uses, Use{Item: row.ItemID, Lang: row.Lang})
		}
		last := &uses[len(uses)-1]
		last.Newest, last.Live = last.Newest || Place(row.Place) == Newest, last.Live || Place(row.Place) == Live
	}
	return uses, err
}
