package newsroom

import (
	"strings"

	"doingoai/app/account"
)

// The tags of an edition in the index: what it is narrowed and counted by, and
// by what people are let see it.
func stateTag(s State) string             { return "state:" + string(s) }
func langTag(lang string) string          { return "lang:" + lang }
func agencyTag(agency string) string      { return "agency:" + agency }
func hostTag(agency string) string        { return "host:" + agency }
func byTag(person string) string          { return "by:" + person }
func ownTag(agency, person string) string { return "own:" + agency + "/" + person }

// tags are all of an edition's: sight, which decides who sees it, in words.
func (t findable) tags() []string {
	r := t.row
	tags := []string{
		stateTag(State(r.State)), langTag(r.Lang), agencyTag(r.AgencyID),
		byTag(r.CreatedBy), byTag(r.SavedBy), ownTag(r.AgencyID, r.CreatedBy), ownTag(r.AgencyID, r.SavedBy),
	}
	for _, agency := range t.hosts {
		tags = append(tags, hostTag(agency))
	}
	return tags
}

// tagsOpen are the tags of which an edition must have one for this person to
// see it; no list when they see everything.
func tagsOpen(actor account.Actor) ([][]string, error) {
	l, err := listingOf(actor)
	if err != nil || l.all {
		return nil, err
	}
	var open []string
	for _, agency := range l.agencies {
		open = append(open, agencyTag(agency))
	}
	for _, agency := range l.own {
		open = append(open, ownTag(agency, l.person))
	}
	if l.ownAll {
		open = append(open, byTag(l.person))
	}
	for _, agency := range l.hosts {
		open = append(open, hostTag(agency))
	}
	return [][]string{open}, nil
}

// tags are those by which what is wanted is narrowed.
func (w Wanted) tags() [][]string {
	var lists [][]string
	if w.State != "" {
		lists = append(lists, []string{stateTag(w.State)})
	}
	if w.Agency != "" {
		lists = append(lists, []string{agencyTag(w.Agency)})
	}
	return lists
}

// counted are the counts of the tags that begin with a word, by what follows it.
func counted[K ~string](tags map[string]int, beginning string) map[K]int {
	counts := map[K]int{}
	for tag, n := range tags {
		if name, ok := strings.CutPrefix(tag, beginning); ok {
			counts[K(name)] = n
		}
	}
	return counts
}
