package newsroom

import (
	"doingoai/app/account"
	"doingoai/app/store"
)

// Inherit gives the articles of an agency to the one that takes its place, as
// part of the act by which agencies become one, and answers how many editions
// that were: with their duties, on the workflow under which they were
// submitted. What was published once stays, as an item, the work of the agency
// that wrote it; what was not appears in the name of the new one.
func (n *Newsroom) Inherit(tx *store.Tx, _ account.Actor, from, to string) (int, error) {
	return handOver(tx, from, to)
}
