package content

import "time"

// Place is a place of a list, with what became of it. Other places are named
// by their codes; maps are by language.
type Place struct {
	Code, Kind string
	Names      map[string]string
	From       Day    // empty: before our records
	Within     string // the place it is part of
	SplitFrom  string `yaml:"split_from"`
	Changes    []PlaceChange
	Until      Day
	Into       []string // what it became part of when it ended
	Basis      Basis
	EndBasis   Basis `yaml:"end_basis"`
}

// PlaceChange is a new name or rank from a day on.
type PlaceChange struct {
	Names map[string]string
	Kind  string
	From  Day
	Basis Basis
}

// Basis is the document that an act rests on.
type Basis struct {
	Document string
	On       Day
	Link     string
}

// Day is a day of the calendar as 2006-01-02, "" for none.
type Day string

// In is the beginning of the day in a time zone, the zero time for none.
func (d Day) In(zone *time.Location) (time.Time, error) {
	if d == "" {
		return time.Time{}, nil
	}
	t, err := time.ParseInLocation(time.DateOnly, string(d), zone)
	return t.UTC(), err
}

// ParsePlaces reads a list of places, which may be YAML or JSON. name is what
// an error calls it.
func ParsePlaces(name string, data []byte) ([]Place, error) {
	var places []Place
	err := parseYAML(name, data, &places)
	return places, err
}
