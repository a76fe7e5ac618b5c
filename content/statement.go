package content

import (
	"fmt"
	"io/fs"
	"path"
)

// The statements that every readers' site makes of itself, by the names of
// their files.
const (
	Privacy       = "privacy"
	Accessibility = "accessibility"
)

// Statement is what a readers' site says of itself. Body is Markdown, in which
// names in braces stand for what is the outlet's own: {outlet}. Version is the
// day of its wording, by which it is known what somebody agreed to.
type Statement struct {
	Title, Lead, Version, Body string
}

// LoadStatements reads the statements by language, then by name. A language
// that has one has all.
func LoadStatements(fsys fs.FS) (map[string]map[string]Statement, error) {
	folders, err := fs.ReadDir(fsys, "public")
	if err != nil {
		return nil, err
	}
	all := map[string]map[string]Statement{}
	for _, folder := range folders {
		all[folder.Name()] = map[string]Statement{}
		for _, name := range []string{Privacy, Accessibility} {
			file := path.Join("public", folder.Name(), name+".md")
			var head struct{ Title, Lead, Version string }
			body, err := readPage(fsys, file, &head)
			if err != nil {
				return nil, err
			}
			s := Statement{head.Title, head.Lead, head.Version, body}
			if s.Title == "" || s.Version == "" || s.Body == "" {
				return nil, fmt.Errorf("%s: needs a title, a version and a text", file)
			}
			all[folder.Name()][name] = s
		}
	}
	return all, nil
}
