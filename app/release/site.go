package release

import (
	"maps"
	"slices"
	"time"
)

// Section is a node of the topic tree with its name in every language.
type Section struct {
	ID       string                 `json:"id"`
	Code     string                 `json:"code"`
	Parent   string                 `json:"parent,omitempty"`
	Position int                    `json:"position"`
	Names    map[string]SectionName `json:"names"`
	Closed   bool                   `json:"closed,omitempty"` // nothing new is put into it
}

// SectionName is a section in one language. FormerSlugs redirect for ever.
type SectionName struct {
	Name        string   `json:"name"`
	Slug        string   `json:"slug"`
	Description string   `json:"description,omitempty"`
	FormerSlugs []string `json:"formerSlugs,omitempty"`
}

// Outlet is a public face of an agency.
type Outlet struct {
	ID        string                `json:"id"`
	Code      string                `json:"code"`
	Agency    string                `json:"agency"`
	Theme     string                `json:"theme"`
	Hosts     []string              `json:"hosts"`     // the first is canonical
	Languages []string              `json:"languages"` // in order of the switcher; the first is the default
	Default   bool                  `json:"default"`   // answers for unknown hosts
	Texts     map[string]OutletText `json:"texts"`     // by language
	// Accent is the outlet's own colour by day and by night; nil for its theme's.
	Accent *Accent `json:"accent,omitempty"`
	// Emblem is the sign before its name; nil for its theme's.
	Emblem *Emblem `json:"emblem,omitempty"`
	// Menus are the sections of its menu by language, in order. A language
	// without one has all sections in their own order.
	Menus map[string][]string `json:"menus,omitempty"`
}

// Accent is a colour for what is to stand out, #rrggbb, on light and on dark
// ground.
type Accent struct {
	Day   string `json:"day"`
	Night string `json:"night"`
}

// Emblem is a small picture that stands on every page. Its name changes with it.
type Emblem struct {
	Name   string `json:"name"`
	PNG    []byte `json:"png"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// OutletText is what an outlet says of itself in one language, including the
// identity block the law asks for (NĐ 237/2026 Đ23, TT 32/2017 Đ16).
type OutletText struct {
	Name        string `json:"name"`
	Tagline     string `json:"tagline,omitempty"`
	Unit        string `json:"unit,omitempty"`
	Governing   string `json:"governing,omitempty"`   // the body that the unit belongs to
	Responsible string `json:"responsible,omitempty"` // the office, and the name where the law asks for it
	Address     string `json:"address,omitempty"`
	Phone       string `json:"phone,omitempty"`
	Email       string `json:"email,omitempty"`
	Licence     string `json:"licence,omitempty"`   // its number
	LicenceOn   string `json:"licenceOn,omitempty"` // the day it was given, 2006-01-02
	LicenceBy   string `json:"licenceBy,omitempty"` // who gave it
}

// Agency is an organisation's public names by language: those of today, and
// those it had.
type Agency struct {
	ID     string            `json:"id"`
	Code   string            `json:"code"`
	Names  map[string]string `json:"names"`
	Former []FormerName      `json:"former,omitempty"` // oldest first
	Ended  time.Time         `json:"ended,omitzero"`   // when another agency took its place
	Into   string            `json:"into,omitempty"`   // id of that agency
}

// FormerName is a name that was valid until a moment.
type FormerName struct {
	Lang  string    `json:"lang"`
	Name  string    `json:"name"`
	Until time.Time `json:"until"`
}

// NameAt is what the agency was called in a language at a moment, "" when it
// has no name in it.
func (a Agency) NameAt(lang string, t time.Time) string {
	for _, n := range a.Former {
		if n.Lang == lang && t.Before(n.Until) {
			return n.Name
		}
	}
	return a.Names[lang]
}

// Label is a tag or an author, by whose name readers find articles together.
type Label struct {
	ID     string               `json:"id"`
	Names  map[string]LabelName `json:"names"`
	Agency string               `json:"agency,omitempty"` // that an author writes for
	Into   string               `json:"into,omitempty"`   // the label it was merged into
}

// LabelName is a label in one language. FormerSlugs redirect for ever.
type LabelName struct {
	Name        string   `json:"name"`
	Slug        string   `json:"slug"`
	Line        string   `json:"line,omitempty"`
	FormerSlugs []string `json:"formerSlugs,omitempty"`
}

// In is the label in a language, else in Vietnamese, English, or any.
func (l Label) In(lang string) LabelName {
	for _, lang := range append([]string{lang, "vi", "en"}, slices.Sorted(maps.Keys(l.Names))...) {
		if n := l.Names[lang]; n.Name != "" {
			return n
		}
	}
	return LabelName{}
}

// Place is a place with all its names and what happened to it.
type Place struct {
	ID        string          `json:"id"`
	Code      string          `json:"code"`
	Began     time.Time       `json:"began,omitzero"` // absent: before our records
	Ended     time.Time       `json:"ended,omitzero"` // absent: it is still there
	Names     []PlaceName     `json:"names"`
	Relations []PlaceRelation `json:"relations,omitempty"`
}

// PlaceName is what a place was called in one language, and its rank.
type PlaceName struct {
	Lang string    `json:"lang"`
	Name string    `json:"name"`
	Kind string    `json:"kind"`
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

// PlaceRelation is the sentence From, Kind, To about places.
type PlaceRelation struct {
	Kind  string    `json:"kind"`
	From  string    `json:"from"`
	To    string    `json:"to"`
	At    time.Time `json:"at,omitzero"`
	Until time.Time `json:"until,omitzero"`
	Basis Basis     `json:"basis"`
}
