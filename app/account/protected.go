package account

import "context"

// Protected answers which people and services have a second factor.
func (a *Accounts) Protected(ctx context.Context, actor Actor) (map[string]bool, error) {
	if _, err := manager(actor); err != nil {
		return nil, err
	}
	ids, err := protected(a.db.Read(ctx))
	with := make(map[string]bool, len(ids))
	for _, id := range ids {
		with[id] = true
	}
	return with, err
}
