package content

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"
)

// Demo is the sample content: people of every role, and what they wrote.
type Demo struct {
	People []Person
	Labels Labels
	Items  []Item
}

// Labels are the tags and the pen names of the sample content: names by language.
type Labels struct{ Tags, Authors []map[string]string }

// Person is a sample account, named for its office and never for a person.
type Person struct {
	Email, Name, Locale string
	Roles               []Role
}

// Role is an office held within an agency, both by code.
type Role struct{ Role, Agency string }

// Item is one piece of content. Editions[0] is the source; the others are
// translations of it, by language code. State is how far the item has gone:
// "" for published, or withdrawn, draft, submitted, editing, approval.
type Item struct {
	Code, Section, Agency string
	Kind                  string // "" for an article
	Outlets               []string
	Published             time.Time // for what is not published: when it was begun
	State                 string
	Editions              []Edition
	Lead                  *Picture
	// What it says of itself, by name or code.
	Tags, Authors, Agencies, Places []string
	Format, InfoKind                string
}

// Edition is an item in one language. State is its own where it differs from
// the item's; Reason says to its readers why the edition was withdrawn;
// DraftBody is a newer text that nobody has approved yet.
type Edition struct {
	Lang, State, Reason, Title, Kicker, Standfirst, Byline, SourceName, SourceURL, Body, UpdateBody, DraftBody string
	Facts                                                                                                      map[string]string // of the item's kind; agencies by code
	Explain                                                                                                    string            // why figures and terms that stand out in it are right
}

// Picture is a lead picture: a file of demo/media and its words by language.
type Picture struct {
	File                 string
	Alt, Caption, Credit map[string]string
}

// draftLine parts the released text from the newer draft below it.
const draftLine = "\n=== draft ===\n"

// updateLine parts the released text from a later one, released after it was
// translated.
const updateLine = "\n=== update ===\n"

// head is the YAML of an edition's file. The first block, and what State
// says of the whole item, stand in the source language's file only.
type head struct {
	Source          bool
	Kind            string
	Facts           map[string]string
	Section, Agency string
	Outlets         []string
	Published       time.Time
	Lead            string // a file of demo/pictures.yaml

	Tags, Authors, Agencies, Places []string
	Format                          string
	InfoKind                        string `yaml:"info_kind"`

	State, Reason, Title, Kicker, Standfirst, Byline, Explain string
	SourceName                                                string `yaml:"source_name"`
	SourceURL                                                 string `yaml:"source_url"`
}

func (h head) hasItemFacts() bool {
	return h.Section != "" || h.Kind != "" || h.Agency != "" || h.Outlets != nil || !h.Published.IsZero() || h.Lead != ""
}

// LoadDemo reads the sample content. Items are in the order of their codes.
func LoadDemo(fsys fs.FS) (*Demo, error) {
	var d Demo
	if err := readYAML(fsys, "demo/people.yaml", &d.People); err != nil {
		return nil, err
	}
	if err := readYAML(fsys, "demo/labels.yaml", &d.Labels); err != nil {
		return nil, err
	}
	var pictures []Picture
	if err := readYAML(fsys, "demo/pictures.yaml", &pictures); err != nil {
		return nil, err
	}
	names, err := fs.Glob(fsys, "demo/items/*.md")
	if err != nil {
		return nil, err
	}
	editions := map[string][]string{}
	for _, name := range names {
		code, _, _ := strings.Cut(path.Base(name), ".")
		editions[code] = append(editions[code], name)
	}
	for _, code := range slices.Sorted(maps.Keys(editions)) {
		item, err := loadItem(fsys, code, editions[code], pictures)
		if err != nil {
			return nil, err
		}
		d.Items = append(d.Items, item)
	}
	return &d, nil
}

// loadItem reads the editions of one item, the source first.
func loadItem(fsys fs.FS, code string, names []string, pictures []Picture) (Item, error) {
	item := Item{Code: code}
	sources := 0
	for _, name := range names {
		h, e, err := loadEdition(fsys, name)
		switch {
		case err != nil:
			return item, err
		case !h.Source && h.hasItemFacts():
			return item, fmt.Errorf("%s: the item's facts belong in the source edition's file", name)
		case !h.Source:
			item.Editions = append(item.Editions, e)
			continue
		}
		sources++
		item.Kind = h.Kind
		item.Section, item.Agency, item.Outlets, item.Published = h.Section, h.Agency, h.Outlets, h.Published
		item.State, e.State = h.State, ""
		item.Tags, item.Authors, item.Agencies, item.Places, item.Format, item.InfoKind = h.Tags, h.Authors, h.Agencies, h.Places, h.Format, h.InfoKind
		item.Editions = slices.Insert(item.Editions, 0, e)
		if item.Lead, err = pictureOf(pictures, h.Lead); err != nil {
			return item, fmt.Errorf("%s: %w", name, err)
		}
	}
	if sources != 1 {
		return item, fmt.Errorf("demo/items/%s.*.md: one file must say source: true, %d do", code, sources)
	}
	return item, nil
}

// pictureOf finds a picture by its file; no file, no picture.
func pictureOf(pictures []Picture, file string) (*Picture, error) {
	if file == "" {
		return nil, nil
	}
	i := slices.IndexFunc(pictures, func(p Picture) bool { return p.File == file })
	if i < 0 {
		return nil, fmt.Errorf("lead %q is not in demo/pictures.yaml", file)
	}
	return &pictures[i], nil
}

func loadEdition(fsys fs.FS, name string) (head, Edition, error) {
	var h head
	body, err := readPage(fsys, name, &h)
	if err != nil {
		return h, Edition{}, err
	}
	lang := strings.TrimPrefix(path.Ext(strings.TrimSuffix(path.Base(name), ".md")), ".")
	if lang == "" {
		return h, Edition{}, fmt.Errorf("%s: the name must be <code>.<language>.md", name)
	}
	body, draft, _ := strings.Cut(body, draftLine)
	body, update, _ := strings.Cut(body, updateLine)
	return h, Edition{
		Lang: lang, State: h.State, Reason: h.Reason, Facts: h.Facts, Explain: h.Explain, Title: h.Title, Kicker: h.Kicker, Standfirst: h.Standfirst, Byline: h.Byline,
		SourceName: h.SourceName, SourceURL: h.SourceURL, Body: strings.TrimSpace(body), UpdateBody: strings.TrimSpace(update), DraftBody: strings.TrimSpace(draft),
	}, nil
}
