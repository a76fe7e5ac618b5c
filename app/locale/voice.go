package locale

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
)

// A voice is how one theme speaks: a folder beside the house's files, holding
// files of the same names with those keys alone that it says otherwise. What it
// does not say, the house says for it.

// As answers the catalogue in a voice; the house's own where there is none of
// that name.
func (c *Catalogue) As(voice string) *Catalogue {
	if v := c.voices[voice]; v != nil {
		return v
	}
	return c
}

// Voices lists the names of the voices.
func (c *Catalogue) Voices() []string { return slices.Sorted(maps.Keys(c.voices)) }

// loadVoices reads every folder of fsys.
func (c *Catalogue) loadVoices(fsys fs.FS) error {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return err
	}
	c.voices = map[string]*Catalogue{}
	for _, e := range entries {
		if !e.IsDir() {
			continue
		}
		v, err := c.readVoice(fsys, e.Name())
		if err != nil {
			return err
		}
		c.voices[e.Name()] = v
	}
	return nil
}

func (c *Catalogue) readVoice(fsys fs.FS, voice string) (*Catalogue, error) {
	names, err := fs.Glob(fsys, voice+"/*.toml")
	if err != nil {
		return nil, err
	}
	v := &Catalogue{books: c.books, own: map[bookName]*book{}}
	for _, name := range names {
		parts := fileName.FindStringSubmatch(name[len(voice)+1:])
		if parts == nil {
			return nil, fmt.Errorf("%s: the name must be that of a file of the house, such as public.vi.toml", name)
		}
		of := bookName{parts[1], parts[2]}
		own, err := readBook(fsys, name, of.lang)
		if err != nil {
			return nil, err
		}
		if err := own.fits(c.books[of]); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		v.own[of] = own
	}
	v.prepare()
	return v, nil
}

// fits refuses what the house does not say, or says of other things.
func (b *book) fits(house *book) error {
	if house == nil {
		return errors.New("the house has no file of this name")
	}
	for _, key := range slices.Sorted(maps.Keys(b.messages)) {
		said := house.messages[key]
		if said == nil {
			return fmt.Errorf("%q: the house has no such key", key)
		}
		if !slices.Equal(said.placeholders, b.messages[key].placeholders) {
			return fmt.Errorf("%q: the placeholders must be %v, not %v", key, said.placeholders, b.messages[key].placeholders)
		}
	}
	return nil
}
