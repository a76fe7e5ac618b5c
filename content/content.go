// Package content holds what the program ships to be read: the setup of a new
// installation, the sample content of the demo, the help in both languages
// and the handbook for developers.
//
// Everything is plain text below this folder, so that an editor can correct it
// without knowing Go: Markdown with a head of YAML for what people read, YAML
// alone for lists. A mistake in a file is an error that names the file, never
// a page with a hole in it.
//
//	setup/      agencies, outlets, sections and places, by codes that never change
//	demo/       sample people, items (one file an edition) and pictures
//	help/       the newsroom's help, one folder a language, the same pages in each
//	public/     what the readers' site says of itself, one folder a language
//	handbook/   how the program is built, and why
//	terms/      the glossary that comes along, as a table of terms
package content

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"go.yaml.in/yaml/v3"
)

// FS has all shipped content.
//
//go:embed all:setup all:demo all:help all:public all:handbook all:terms
var FS embed.FS

// readYAML reads one YAML document from a file into v. A field that v does
// not know is a mistake in the file, not something to pass over.
func readYAML(fsys fs.FS, name string, v any) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	return parseYAML(name, data, v)
}

func parseYAML(name string, data []byte, v any) error {
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(v); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// Glossary is the table of terms that comes along.
func Glossary() ([]byte, error) { return fs.ReadFile(FS, "terms/glossary.csv") }
