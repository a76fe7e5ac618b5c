package newsstand

import (
	"cmp"
	"net"
	"slices"
	"strings"

	"doingoai/app/release"
)

// Site is a snapshot of what surrounds articles: outlets, sections, agencies.
// It does not change; a newer one takes its place.
type Site struct {
	outlets  map[string]*release.Outlet
	byHost   map[string]*release.Outlet
	fallback *release.Outlet
	sections map[string]*release.Section
	ordered  []*release.Section // by position
	bySlug   map[[2]string]*release.Section
	agencies map[string]*release.Agency
	subjects
}

// NewSite puts released documents together.
func NewSite(outlets []release.Outlet, sections []release.Section, agencies []release.Agency) *Site {
	s := &Site{
		outlets: map[string]*release.Outlet{}, byHost: map[string]*release.Outlet{},
		sections: map[string]*release.Section{}, bySlug: map[[2]string]*release.Section{}, agencies: map[string]*release.Agency{},
	}
	for i := range outlets {
		o := &outlets[i]
		s.outlets[o.ID] = o
		for _, host := range o.Hosts {
			s.byHost[strings.ToLower(host)] = o
		}
		if o.Default || s.fallback == nil {
			s.fallback = o
		}
	}
	for i := range sections {
		s.sections[sections[i].ID] = &sections[i]
		s.ordered = append(s.ordered, &sections[i])
	}
	slices.SortFunc(s.ordered, func(a, b *release.Section) int {
		return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
	})
	for i := range agencies {
		s.agencies[agencies[i].ID] = &agencies[i]
	}
	s.nameSlugs()
	return s
}

// nameSlugs finds sections by the slugs they had and those they have. A slug
// in use leads to who uses it, whoever had it before.
func (s *Site) nameSlugs() {
	for _, sec := range s.ordered {
		for lang, n := range sec.Names {
			for _, slug := range n.FormerSlugs {
				s.bySlug[[2]string{lang, slug}] = sec
			}
		}
	}
	for _, sec := range s.ordered {
		for lang, n := range sec.Names {
			if n.Slug != "" {
				s.bySlug[[2]string{lang, n.Slug}] = sec
			}
		}
	}
}

// Site answers the newest snapshot.
func (s *Stand) Site() *Site { return s.site.Load() }

// OutletByHost answers the outlet of a Host header, with or without port; the
// default outlet for a host nobody has claimed, nil before any was released.
func (s *Site) OutletByHost(host string) *release.Outlet {
	if o := s.byHost[host]; o != nil {
		return o
	}
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if o := s.byHost[strings.TrimSuffix(strings.ToLower(host), ".")]; o != nil {
		return o
	}
	return s.fallback
}

// Outlets lists the outlets in no particular order.
func (s *Site) Outlets() []*release.Outlet {
	list := make([]*release.Outlet, 0, len(s.outlets))
	for _, o := range s.outlets {
		list = append(list, o)
	}
	return list
}

// Outlet answers an outlet, nil when there is none.
func (s *Site) Outlet(id string) *release.Outlet { return s.outlets[id] }

// Section answers a section, nil when there is none.
func (s *Site) Section(id string) *release.Section { return s.sections[id] }

// SectionBySlug finds a section by a slug it has or had in a language;
// current says whether the slug is the one it has now.
func (s *Site) SectionBySlug(lang, slug string) (sec *release.Section, current bool) {
	sec = s.bySlug[[2]string{lang, slug}]
	return sec, sec != nil && sec.Names[lang].Slug == slug
}

// Sections lists the sections that have a name in a language, in their order.
func (s *Site) Sections(lang string) []*release.Section {
	var list []*release.Section
	for _, sec := range s.ordered {
		if sec.Names[lang].Name != "" {
			list = append(list, sec)
		}
	}
	return list
}

// Children lists the sections directly below one, in their order; below "",
// those at the top. A section whose parent has no name in the language stands
// where its parent would.
func (s *Site) Children(id, lang string) []*release.Section {
	return slices.DeleteFunc(s.Sections(lang), func(sec *release.Section) bool {
		above := s.Ancestors(sec.ID)
		for i := len(above) - 1; i >= 0; i-- {
			if above[i].Names[lang].Name != "" {
				return above[i].ID != id
			}
		}
		return id != ""
	})
}

// Ancestors lists the sections above one, from the top down.
func (s *Site) Ancestors(id string) []*release.Section {
	var above []*release.Section
	for _, a := range s.lineage(id) {
		if sec := s.sections[a]; sec != nil && a != id {
			above = append(above, sec)
		}
	}
	slices.Reverse(above)
	return above
}

// Agency answers an agency, nil when there is none.
func (s *Site) Agency(id string) *release.Agency { return s.agencies[id] }

// PlaceName is what a place is called in a language today, else in Vietnamese;
// "" when there is none.
func (s *Site) PlaceName(id, lang string) string {
	p := s.places[id]
	if p == nil {
		return ""
	}
	for _, l := range []string{lang, "vi"} {
		for _, n := range p.Names {
			if n.Lang == l && n.To.IsZero() {
				return n.Name
			}
		}
	}
	return ""
}

// lineage is a section and all above it.
func (s *Site) lineage(id string) []string {
	var ids []string
	for sec := s.sections[id]; sec != nil && !slices.Contains(ids, sec.ID); sec = s.sections[sec.Parent] {
		ids = append(ids, sec.ID)
	}
	if ids == nil && id != "" {
		return []string{id} // its document is still to come
	}
	return ids
}

// family is a section and all below it.
func (s *Site) family(id string) []string {
	ids := []string{id}
	for i := 0; i < len(ids); i++ {
		for _, sec := range s.ordered {
			if sec.Parent == ids[i] && !slices.Contains(ids, sec.ID) {
				ids = append(ids, sec.ID)
			}
		}
	}
	return ids
}

// moved lists the sections that stand under others in a newer snapshot.
func (s *Site) moved(newer *Site) []string {
	ids := []string{}
	for id := range newer.sections {
		if !slices.Equal(s.lineage(id), newer.lineage(id)) {
			ids = append(ids, id)
		}
	}
	for id := range s.sections {
		if newer.sections[id] == nil && !slices.Equal(s.lineage(id), newer.lineage(id)) {
			ids = append(ids, id)
		}
	}
	return ids
}
