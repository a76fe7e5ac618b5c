// Package locales holds every sentence the program shows to a person, as TOML
// files named <area>.<language>.toml. The area "public" is what readers see,
// "desk" is what the newsroom sees; desk looks in public for what it lacks, so
// what both sides say stands in public once.
//
// An entry is one line, sorted by key:
//
//	"area.thing"  = "Sentence with {{.Placeholder}}"
//	"area.things" = { one = "{{.count}} thing", other = "{{.count}} things" }
//
// Readers are spoken to in six languages, the newsroom in two: a new key is
// written into every file of its area, each sentence as a native editor of the
// language would say it. A further language is one more file, public.<language>.toml,
// and its choice in an outlet's settings.
//
// A folder is the voice of a theme of that name: files of the same names with
// those entries alone that this outlet says otherwise.
//
// Package locale reads them; its tests say what every file must satisfy.
package locales

import "embed"

// FS holds the catalogue files of all areas and languages.
//
//go:embed *.toml */*.toml
var FS embed.FS
