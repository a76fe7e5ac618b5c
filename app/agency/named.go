package agency

import (
	"context"

	"doingoai/app/wording"
)

// Known answers for each of some words which agencies it may be: by id, code or a
// name that one has today, typed with or without marks.
func (r *Room) Known(ctx context.Context, words []string) (map[string][]string, error) {
	all, err := r.called(ctx)
	return wording.Known(all, words), err
}

// Named answers what agencies are called in a language, by id; by their codes
// where others are called the same.
func (r *Room) Named(ctx context.Context, ids []string, lang string) (map[string]string, error) {
	all, err := r.called(ctx)
	return wording.Named(all, ids, lang), err
}

func (r *Room) called(ctx context.Context) ([]wording.Called, error) {
	all, err := r.All(ctx)
	called := make([]wording.Called, len(all))
	for i, one := range all {
		called[i] = wording.Called{ID: one.ID, Code: one.Code, Names: one.Names}
	}
	return called, err
}
