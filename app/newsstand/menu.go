package newsstand

import (
	"context"
	"slices"

	"doingoai/app/kind"
	"doingoai/app/release"
)

// menuKey names what an outlet shows in a language.
type menuKey struct{ outlet, lang string }

// menu is which sections hold articles, and which lists of kinds hold anything,
// as of an epoch.
type menu struct {
	epoch  uint64
	filled map[string]bool
}

// Menu lists the sections of an outlet's menu in a language: those that were
// chosen for it, else all at the top that are not closed, in their order.
func (s *Site) Menu(outlet *release.Outlet, lang string) []*release.Section {
	chosen, ok := outlet.Menus[lang]
	if !ok {
		return slices.DeleteFunc(s.Children("", lang), func(sec *release.Section) bool { return sec.Closed })
	}
	var list []*release.Section
	for _, id := range chosen {
		if sec := s.sections[id]; sec != nil && sec.Names[lang].Name != "" {
			list = append(list, sec)
		}
	}
	return list
}

// Menu lists the sections of an outlet's menu that have an article of it in the
// language, or have one below them. The database is asked once
// in an epoch, however many pages are made in it.
func (s *Stand) Menu(ctx context.Context, outlet *release.Outlet, lang string) ([]*release.Section, error) {
	epoch := s.Epoch() // before the data: what changes meanwhile outdates it
	site := s.Site()
	filled, err := s.filled(ctx, epoch, site, menuKey{outlet.ID, lang})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(site.Menu(outlet, lang), func(sec *release.Section) bool {
		return !slices.ContainsFunc(site.family(sec.ID), func(id string) bool { return filled[id] })
	}), nil
}

// filled answers which sections hold articles, and which lists of kinds anything.
func (s *Stand) filled(ctx context.Context, epoch uint64, site *Site, key menuKey) (map[string]bool, error) {
	if known, ok := s.menus.Load(key); ok && known.(menu).epoch == epoch {
		return known.(menu).filled, nil
	}
	ids := make([]string, len(site.ordered))
	for i, sec := range site.ordered {
		ids[i] = sec.ID
	}
	for _, k := range kind.All() {
		ids = append(ids, kindList(k))
	}
	full, err := loadFilled(s.db.Read(ctx), key.outlet, key.lang, ids)
	if err != nil {
		return nil, err
	}
	filled := map[string]bool{}
	for _, id := range full {
		filled[id] = true
	}
	s.menus.Store(key, menu{epoch, filled})
	return filled, nil
}
