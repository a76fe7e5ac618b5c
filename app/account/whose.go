package account

import "context"

// Whose answers the person to whom a session or a token belongs, and "" when it
// is nobody's who is still with us: the door asks it before it reads much of
// anybody. A session that has run out counts, for what its person was writing
// comes along when they sign in again. One that was ended is no more.
func (a *Accounts) Whose(ctx context.Context, session, token string) (person string, err error) {
	db := a.db.Read(ctx)
	if session != "" {
		held, err := sessionByToken(db, tokenHash(session))
		if err != nil || held.Session.ID != "" && held.DisabledAt == 0 {
			return held.Session.PersonID, err
		}
	}
	if !isToken(token) {
		return "", nil
	}
	held, err := tokenByHash(db, tokenHash(token))
	if err != nil || held.DisabledAt != 0 || !held.Token.token().IsOpen(a.db.Now()) {
		return "", err
	}
	return held.Token.PersonID, nil
}
