package newsroom

import (
	"context"
	"strings"

	"doingoai/app/account"
	"doingoai/app/fault"
)

// MaxSeen is how many editions Seen takes at once.
const MaxSeen = 500

// Seen answers those of some editions that a person may see, in no particular
// order, with the same rule by which each of them could be opened.
func (n *Newsroom) Seen(ctx context.Context, actor account.Actor, refs []Ref) ([]Edition, error) {
	db := n.db.Read(ctx)
	rows, err := loadMany(db, refs[:min(len(refs), MaxSeen)])
	if err != nil {
		return nil, err
	}
	return sightOf(db, actor).seen(rows)
}

// SeesAll answers which subjects somebody may see as they stand now: editions
// by the rule by which they could be opened, what outlets decide about also by
// being asked to carry it, and the person themselves. Who does not work here any
// more sees nothing.
func (n *Newsroom) SeesAll(ctx context.Context, person string, subjects []string) (map[string]bool, error) {
	seen := map[string]bool{}
	actor, err := n.person(ctx, person)
	if kind := fault.KindOf(err); kind == fault.NotFound || kind == fault.Forbidden {
		return seen, nil
	}
	if err != nil {
		return nil, err
	}
	var refs []Ref
	for _, subject := range subjects {
		if ref, ok := RefOf(subject); ok {
			refs = append(refs, ref)
		}
		if seen[subject], err = n.seesOffer(ctx, actor, subject); err != nil {
			return nil, err
		}
		seen[subject] = seen[subject] || subject == "person/"+person
	}
	editions, err := n.Seen(ctx, actor, refs)
	for _, e := range editions {
		seen[e.Ref.subject()] = true
	}
	return seen, err
}

// seesOffer says whether a subject is what the person is asked to carry.
func (n *Newsroom) seesOffer(ctx context.Context, actor account.Actor, subject string) (bool, error) {
	name, ok := strings.CutPrefix(subject, "offer/")
	if !ok {
		return false, nil
	}
	ref, _ := RefOf("edition/" + name)
	db := n.db.Read(ctx)
	row, err := loadEdition(db, ref)
	if err == nil {
		_, err = sightOf(db, actor).glimpse(row)
	}
	if fault.KindOf(err) == fault.NotFound {
		return false, nil
	}
	return err == nil, err
}
