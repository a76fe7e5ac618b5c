package account

import (
	"context"
	"strings"

	"doingoai/app/vietnamese"
)

// Named answers the ids of the people and services, disabled ones too, whose
// name or address has some words in it, typed with or without marks, or whose
// id is just that; at most limit of them.
func (a *Accounts) Named(ctx context.Context, words string, limit int) ([]string, error) {
	rows, err := everybody(a.db.Read(ctx))
	if err != nil {
		return nil, err
	}
	folded := vietnamese.Fold(words)
	var ids []string
	for _, row := range rows {
		if row.ID == words {
			return []string{row.ID}, nil
		}
		if len(ids) < limit && (strings.Contains(vietnamese.Fold(row.Name), folded) || strings.Contains(row.Email, folded)) {
			ids = append(ids, row.ID)
		}
	}
	return ids, nil
}
