package content

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// LoadHandbook reads the handbook for those who run and change the program:
// its pages, then the decisions in their order. It is in English alone. A
// page's title is its first heading, and its slug the name of its file; the
// page about the decisions has that of their folder.
func LoadHandbook(fsys fs.FS) ([]HelpPage, error) {
	var pages []HelpPage
	for _, pattern := range []string{"handbook/*.md", "handbook/decisions/README.md", "handbook/decisions/[0-9]*.md"} {
		names, err := fs.Glob(fsys, pattern)
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			p, err := readHandbook(fsys, name)
			if err != nil {
				return nil, err
			}
			p.Order = len(pages)
			pages = append(pages, p)
		}
	}
	return pages, nil
}

func readHandbook(fsys fs.FS, name string) (HelpPage, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return HelpPage{}, err
	}
	first, body, _ := strings.Cut(strings.ReplaceAll(string(data), "\r\n", "\n"), "\n")
	title, ok := strings.CutPrefix(first, "# ")
	if !ok {
		return HelpPage{}, fmt.Errorf("%s: does not begin with a heading", name)
	}
	slug := strings.TrimSuffix(path.Base(name), ".md")
	if slug == "README" {
		slug = path.Base(path.Dir(name))
	}
	return HelpPage{Slug: slug, Title: title, Body: strings.TrimSpace(body)}, nil
}
