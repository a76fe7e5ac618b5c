package content

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// HelpPage is one page of the newsroom's help; Body is Markdown.
type HelpPage struct {
	Slug, Title, Body string
	Order             int
}

// LoadHelp reads the help pages of a language, in reading order.
func LoadHelp(fsys fs.FS, lang string) ([]HelpPage, error) {
	names, err := fs.Glob(fsys, path.Join("help", lang, "*.md"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no help in language %q", lang)
	}
	var pages []HelpPage
	for _, name := range names {
		var head struct {
			Title string
			Order int
		}
		body, err := readPage(fsys, name, &head)
		if err != nil {
			return nil, err
		}
		slug := strings.TrimSuffix(path.Base(name), ".md")
		pages = append(pages, HelpPage{slug, head.Title, body, head.Order})
	}
	slices.SortFunc(pages, func(a, b HelpPage) int {
		return cmp.Or(cmp.Compare(a.Order, b.Order), cmp.Compare(a.Slug, b.Slug))
	})
	return pages, nil
}
