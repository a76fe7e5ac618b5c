package content

import "io/fs"

// World is what a new installation begins with.
type World struct {
	Agencies []Agency
	Outlets  []Outlet
	Sections []Section
	Places   []Place
}

// Agency is an organisation, named in each language.
type Agency struct {
	Code  string
	Names map[string]string
}

// Outlet is a public face of an agency: masthead, host names, theme.
type Outlet struct {
	Code, Agency, Theme string
	Hosts               []string // without port; the first is canonical
	Languages           []string // the first is the default
	Default             bool     // answers for hosts that no outlet has
	Names, Taglines     map[string]string
	Identity            map[string]Identity // by language
}

// Identity is what the law asks for in the footer of every page.
type Identity struct {
	Unit, Responsible, Address, Phone, Email, Licence string
}

// Section is a place in the topic tree; all maps are by language.
type Section struct {
	Code, Parent               string // Parent is a code, "" at the top
	Position                   int
	Names, Slugs, Descriptions map[string]string
}

// Load reads the setup.
func Load(fsys fs.FS) (*World, error) {
	var w World
	for name, into := range map[string]any{
		"setup/agencies.yaml": &w.Agencies,
		"setup/outlets.yaml":  &w.Outlets,
		"setup/sections.yaml": &w.Sections,
		"setup/places.yaml":   &w.Places,
	} {
		if err := readYAML(fsys, name, into); err != nil {
			return nil, err
		}
	}
	return &w, nil
}
