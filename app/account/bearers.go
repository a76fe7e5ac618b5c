package account

import "context"

// Bearers lists those who hold a role in an agency now, in a language or, with
// none, in whichever, be it their own or that of somebody for whom they stand in,
// without those who are disabled.
func (a *Accounts) Bearers(ctx context.Context, agency string, role Role, lang string) ([]string, error) {
	return bearersOf(a.db.Read(ctx), agency, role, lang, a.db.Now())
}

// Administrators lists those who rule over people and outlets now, without
// those who are disabled.
func (a *Accounts) Administrators(ctx context.Context) ([]string, error) {
	return administratorsOf(a.db.Read(ctx), a.db.Now())
}
