package wording

import (
	"slices"
	"strings"

	"doingoai/app/vietnamese"
)

// Called is a thing that is chosen by its name: an agency, a place.
type Called struct {
	ID, Code string
	Names    map[string]string
}

func (c Called) by(word string) bool {
	for _, name := range c.Names {
		if vietnamese.Fold(name) == vietnamese.Fold(word) {
			return true
		}
	}
	return false
}

// Known answers for each of some words which of all things it may be, as ids:
// by id, code or a name, typed with or without marks.
func Known(all []Called, words []string) map[string][]string {
	found := map[string][]string{}
	for _, word := range words {
		for _, c := range all {
			if word == c.ID || word == c.Code || c.by(word) {
				found[word] = append(found[word], c.ID)
			}
		}
	}
	return found
}

// Named answers what things are called in a language, by id; by their codes
// where others of all are called the same, or where the name has the sign that
// parts names in a form.
func Named(all []Called, ids []string, lang string) map[string]string {
	names := map[string]string{}
	for _, c := range all {
		if !slices.Contains(ids, c.ID) {
			continue
		}
		name := c.Names[lang]
		if name == "" {
			name = c.Names["vi"]
		}
		alike := func(other Called) bool { return other.ID != c.ID && other.by(name) }
		if name == "" || strings.Contains(name, ";") || slices.ContainsFunc(all, alike) {
			name = c.Code
		}
		names[c.ID] = name
	}
	return names
}
