package newsstand

import (
	"context"
	"slices"
	"time"

	"doingoai/app/release"
)

// Sort is what a list of articles may be about, besides a section.
type Sort string

// The sorts.
const (
	TagSort    Sort = "tag"
	AuthorSort Sort = "author"
	AgencySort Sort = "agency"
	PlaceSort  Sort = "place"
)

// Sorts lists them.
var Sorts = []Sort{TagSort, AuthorSort, AgencySort, PlaceSort}

// listOf names the list of a thing.
func listOf(sort Sort, id string) string { return string(sort) + "/" + id }

// mentions names the lists that an article stands on besides its section's. It
// is on that of the agency it belongs to.
func mentions(a *release.Article) []string {
	var lists []string
	for _, of := range []struct {
		sort Sort
		ids  []string
	}{{TagSort, a.Tags}, {AuthorSort, a.Authors}, {AgencySort, append([]string{a.Agency}, a.Agencies...)}, {PlaceSort, a.Places}} {
		for _, id := range of.ids {
			if id != "" {
				lists = append(lists, listOf(of.sort, id))
			}
		}
	}
	return unique(lists)
}

// subjects are what lists of articles are about, beside sections.
type subjects struct {
	labels     map[Sort]map[string]*release.Label
	labelSlugs map[slugKey]*release.Label
	places     map[string]*release.Place
	before     map[string][]string // lists by that of what their things have become
}

type slugKey struct {
	sort       Sort
	lang, slug string
}

// Among adds tags, authors and places to a new snapshot, and answers it.
func (s *Site) Among(tags, authors []release.Label, places []release.Place) *Site {
	s.subjects = subjects{
		labels: map[Sort]map[string]*release.Label{TagSort: {}, AuthorSort: {}}, labelSlugs: map[slugKey]*release.Label{},
		places: map[string]*release.Place{}, before: map[string][]string{},
	}
	became := func(sort Sort, from, to string) {
		if to != "" {
			s.before[listOf(sort, to)] = append(s.before[listOf(sort, to)], listOf(sort, from))
		}
	}
	for _, sort := range []Sort{TagSort, AuthorSort} {
		labels := tags
		if sort == AuthorSort {
			labels = authors
		}
		for i := range labels {
			s.labels[sort][labels[i].ID] = &labels[i]
			became(sort, labels[i].ID, labels[i].Into)
			for lang, n := range labels[i].Names {
				for _, slug := range append(n.FormerSlugs, n.Slug) {
					s.labelSlugs[slugKey{sort, lang, slug}] = &labels[i]
				}
			}
		}
	}
	for i := range places {
		s.places[places[i].ID] = &places[i]
		for _, rel := range places[i].Relations {
			switch {
			case rel.Kind == "merged_into" && rel.From == places[i].ID:
				became(PlaceSort, rel.From, rel.To)
			case rel.Kind == "split_from" && rel.From == places[i].ID:
				became(PlaceSort, rel.To, rel.From)
			}
		}
	}
	for _, a := range s.agencies {
		became(AgencySort, a.ID, a.Into)
	}
	return s
}

// LabelBySlug finds a tag or an author by a slug it has or had in a language.
// What was merged is the one that it was merged into.
func (s *Site) LabelBySlug(sort Sort, lang, slug string) *release.Label {
	if l := s.labelSlugs[slugKey{sort, lang, slug}]; l != nil {
		return s.Label(sort, l.ID)
	}
	return nil
}

// Label answers a tag or an author, nil when there is none; for one that was
// merged, the one it was merged into.
func (s *Site) Label(sort Sort, id string) *release.Label {
	l := s.labels[sort][id]
	for steps := 0; l != nil && l.Into != "" && steps < len(s.labels[sort]); steps++ {
		l = s.labels[sort][l.Into]
	}
	return l
}

// Place answers a place, nil when there is none.
func (s *Site) Place(id string) *release.Place { return s.places[id] }

// Subjects lists what there is of a sort, and stands for itself, by id.
func (s *Site) Subjects(sort Sort) []string {
	var ids []string
	switch sort {
	case TagSort, AuthorSort:
		for id, l := range s.labels[sort] {
			if l.Into == "" {
				ids = append(ids, id)
			}
		}
	case AgencySort:
		for id := range s.agencies {
			ids = append(ids, id)
		}
	case PlaceSort:
		for id := range s.places {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// Successors lists what a place has become: what it was merged into, or split
// into where it is over.
func (s *Site) Successors(id string) []*release.Place {
	p := s.places[id]
	if p == nil || p.Ended.IsZero() {
		return nil
	}
	var next []*release.Place
	for _, rel := range p.Relations {
		to := ""
		switch {
		case rel.Kind == "merged_into" && rel.From == id:
			to = rel.To
		case rel.Kind == "split_from" && rel.To == id:
			to = rel.From
		}
		if successor := s.places[to]; successor != nil && !slices.Contains(next, successor) {
			next = append(next, successor)
		}
	}
	return next
}

// lists are that of a thing and of all that it has become out of.
func (s *Site) lists(sort Sort, id string) []string {
	lists := []string{listOf(sort, id)}
	for i := 0; i < len(lists); i++ {
		for _, earlier := range s.before[lists[i]] {
			if !slices.Contains(lists, earlier) {
				lists = append(lists, earlier)
			}
		}
	}
	return lists
}

// NameAt is what a place was called in a language at a moment, else in
// Vietnamese; one that was over, by its last name.
func NameAt(p *release.Place, lang string, at time.Time) release.PlaceName {
	if !p.Ended.IsZero() && !at.Before(p.Ended) {
		at = p.Ended.Add(-time.Microsecond)
	}
	if at.Before(p.Began) {
		at = p.Began
	}
	var found release.PlaceName
	for _, n := range p.Names {
		holds := !at.Before(n.From) && (n.To.IsZero() || at.Before(n.To))
		if holds && (n.Lang == lang || n.Lang == "vi" && found.Lang != lang) {
			found = n
		}
	}
	return found
}

// ListAbout answers one page of the articles about a thing and all that it has
// become out of, in three local reads: their number, their cards, and pictures.
func (s *Stand) ListAbout(ctx context.Context, outlet *release.Outlet, lang string, sort Sort, id string, page int) (*Listing, error) {
	lists := s.Site().lists(sort, id)
	total, err := countMentions(s.db.Read(ctx), outlet.ID, lang, lists)
	if err != nil {
		return nil, err
	}
	l := &Listing{Page: page, Pages: max(1, (total+PerPage-1)/PerPage), Total: total}
	if page < 1 || page > l.Pages {
		return nil, notFound()
	}
	if l.Cards, err = loadMentions(s.db.Read(ctx), outlet.ID, lang, lists, (page-1)*PerPage, PerPage); err == nil {
		err = s.addToCards(ctx, l.Cards)
	}
	return l, err
}

// NewestAbout answers the newest articles about a thing, complete, for feeds.
func (s *Stand) NewestAbout(ctx context.Context, outlet *release.Outlet, lang string, sort Sort, id string, n int) ([]*release.Article, error) {
	cards, err := loadMentions(s.db.Read(ctx), outlet.ID, lang, s.Site().lists(sort, id), 0, n)
	if err != nil {
		return nil, err
	}
	return s.complete(ctx, outlet, cards)
}

// About answers of which things of a sort an outlet has articles in a language,
// in one local read.
func (s *Stand) About(ctx context.Context, outlet *release.Outlet, lang string, sort Sort) ([]string, error) {
	site := s.Site()
	ids := site.Subjects(sort)
	var lists []string
	for _, id := range ids {
		lists = append(lists, site.lists(sort, id)...)
	}
	filled, err := loadMentioned(s.db.Read(ctx), outlet.ID, lang, unique(lists))
	if err != nil {
		return nil, err
	}
	has := map[string]bool{}
	for _, list := range filled {
		has[list] = true
	}
	return slices.DeleteFunc(ids, func(id string) bool {
		return !slices.ContainsFunc(site.lists(sort, id), func(list string) bool { return has[list] })
	}), nil
}

// Speaks answers in which of an outlet's languages there are articles about a
// thing.
func (s *Stand) Speaks(ctx context.Context, outlet *release.Outlet, sort Sort, id string) ([]string, error) {
	return loadLanguagesAbout(s.db.Read(ctx), outlet, s.Site().lists(sort, id))
}
