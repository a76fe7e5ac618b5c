package place

import (
	"context"
	"slices"
	"strings"

	"doingoai/app/vietnamese"
)

// Known answers for each of some words which places it may be: by id, code or a
// name that one has, or had when it ended, typed with or without marks.
func (r *Room) Known(ctx context.Context, words []string) (map[string][]string, error) {
	all, err := r.All(ctx)
	found := map[string][]string{}
	for _, word := range words {
		for _, p := range all {
			if word == p.ID || word == p.Code || p.called(word) {
				found[word] = append(found[word], p.ID)
			}
		}
	}
	return found, err
}

func (p Place) called(word string) bool {
	for _, name := range p.Names {
		if vietnamese.Fold(name) == vietnamese.Fold(word) {
			return true
		}
	}
	return false
}

// Named answers what places are called in a language, by id; by their codes
// where others are called the same.
func (r *Room) Named(ctx context.Context, ids []string, lang string) (map[string]string, error) {
	all, err := r.All(ctx)
	names := map[string]string{}
	for _, p := range all {
		if !slices.Contains(ids, p.ID) {
			continue
		}
		name := p.Names[lang]
		if name == "" {
			name = p.Names["vi"]
		}
		alike := func(other Place) bool { return other.ID != p.ID && other.called(name) }
		if name == "" || strings.Contains(name, ";") || slices.ContainsFunc(all, alike) {
			name = p.Code
		}
		names[p.ID] = name
	}
	return names, err
}
