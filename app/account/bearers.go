package account

import "context"

// Bearers lists those who hold a role in an agency now, be it their own or
// that of somebody for whom they stand in, without those who are disabled.
func (a *Accounts) Bearers(ctx context.Context, agency string, role Role) ([]string, error) {
	return bearersOf(a.db.Read(ctx), agency, role, a.db.Now())
}
