package media

import (
	"doingoai/app/account"
	"doingoai/app/store"
)

// Inherit gives the files of an agency to the one that takes its place, as part
// of the act by which agencies become one, and answers how many.
func (r *Room) Inherit(tx *store.Tx, _ account.Actor, from, to string) (int, error) {
	return handOver(tx, from, to)
}
