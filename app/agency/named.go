package agency

import (
	"context"
	"slices"
	"strings"

	"doingoai/app/vietnamese"
)

// Known answers for each of some words which agencies it may be: by id, code or
// a name that one has today, typed with or without marks.
func (r *Room) Known(ctx context.Context, words []string) (map[string][]string, error) {
	all, err := r.All(ctx)
	found := map[string][]string{}
	for _, word := range words {
		for _, a := range all {
			if word == a.ID || word == a.Code || a.called(word) {
				found[word] = append(found[word], a.ID)
			}
		}
	}
	return found, err
}

func (a Agency) called(word string) bool {
	for _, name := range a.Names {
		if vietnamese.Fold(name) == vietnamese.Fold(word) {
			return true
		}
	}
	return false
}

// Named answers what agencies are called in a language, by id; by their codes
// where others are called the same.
func (r *Room) Named(ctx context.Context, ids []string, lang string) (map[string]string, error) {
	all, err := r.All(ctx)
	names := map[string]string{}
	for _, a := range all {
		if !slices.Contains(ids, a.ID) {
			continue
		}
		name := a.Names[lang]
		if name == "" {
			name = a.Names["vi"]
		}
		alike := func(other Agency) bool { return other.ID != a.ID && other.called(name) }
		if name == "" || strings.Contains(name, ";") || slices.ContainsFunc(all, alike) {
			name = a.Code
		}
		names[a.ID] = name
	}
	return names, err
}
